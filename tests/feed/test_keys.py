"""`rules/keys.toml`: every rule finds what its examples say, and mistakes are refused with file and key."""

from __future__ import annotations

import json
import marshal
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from modelaudit.discover.languages import language_of
from modelaudit.domain.errors import FeedError
from modelaudit.domain.keypaths import compile_path, spell
from modelaudit.domain.shapes import KeyExample
from modelaudit.extract.keys import FileKeys, KeyIndex
from modelaudit.feed import keys

RULES = Path(__file__).parents[2] / "rules"
FEED = keys.decode(keys.build(str(RULES)))
INDEX = KeyIndex(FEED)
EXAMPLES = keys.examples(str(RULES))
CANDIDATE = re.compile(r"(?:^|[/:.=])(?:gpt-|claude-|gemini-|llama|text-embedding|o3)", re.IGNORECASE)
"""What the examples' IDs look like; the real question is `identify`'s."""

Path_ = tuple[str | int, ...]


def known(example: KeyExample) -> FileKeys:
    language = language_of(example.path.rpartition("/")[2])
    assert language is not None, example.path
    return INDEX.for_file(example.path, language, example.text)


def document(example: KeyExample, rules: FileKeys) -> dict[str, tuple[Path_, str]] | None:
    """Spelled key path to path and value, by standard readers; None for languages that they do not know."""
    language = language_of(example.path.rpartition("/")[2])
    text = example.text
    if language == "json":
        data = json.loads(text)
    elif language == "yaml":
        data = yaml.load(text, yaml.BaseLoader)
    elif language == "toml":
        data = tomllib.loads(text)
    elif language in ("env", "ini"):
        data = dict(line.split("=", 1) for line in text.splitlines())
    elif language in ("prompt", "markdown") and text.startswith("---\n"):
        data = yaml.load(text.split("---")[1], yaml.BaseLoader)
    else:
        return None
    return {spell(path): (path, value) for path, value in leaves(data, (), rules)}


def leaves(data: object, path: Path_, rules: FileKeys) -> Iterator[tuple[Path_, str]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from leaves(value, (*path, str(key)), rules)
    elif isinstance(data, list):
        for position, value in enumerate(data):
            yield from leaves(value, (*path, position), rules)
    elif rules.embedded(path) == "json":
        yield from leaves(json.loads(str(data)), path, rules)
    else:
        yield path, str(data)


def found(example: KeyExample, rules: FileKeys) -> set[str] | None:
    """The key paths at which the example's rule finds something."""
    read = document(example, rules)
    if read is None:
        return None
    matches = {key: rules.match(path) for key, (path, _) in read.items()}
    return {
        key
        for key, match in matches.items()
        if match is not None and match.rule == example.rule and (match.needs != "candidate" or CANDIDATE.search(read[key][1]))
    }


def taken_apart(key: str) -> Path_:
    """A spelled key path as a path."""
    parts = re.findall(r"'((?:[^']|'')*)'|\[(\d+)\]|([^.\[\]']+)", key)
    return tuple(int(position) if position else (quoted.replace("''", "'") or plain) for quoted, position, plain in parts)


@pytest.mark.parametrize("example", [one for one in EXAMPLES if one.valid], ids=lambda one: one.rule)
def test_what_must_be_found_is_found(example: KeyExample) -> None:
    rules = known(example)
    assert example.rule in [rule.id for rule in rules.rules]
    for key in example.keys:
        # `.properties` keys are one word in the file and a path in the rules: both must do.
        match = rules.match(taken_apart(key))
        assert match is not None, key
        assert match.rule == example.rule, key
    read = found(example, rules)
    if read is not None:
        assert {key.strip("'") for key in read} == {key.strip("'") for key in example.keys}


@pytest.mark.parametrize("example", [one for one in EXAMPLES if not one.valid], ids=lambda one: one.rule)
def test_what_must_not_be_found_is_not(example: KeyExample) -> None:
    rules = known(example)
    assert not found(example, rules)
    for key in example.keys:
        match = rules.match(taken_apart(key))
        assert match is None or match.rule != example.rule or match.needs == "candidate", key


def test_every_rule_has_both_kinds_of_examples() -> None:
    every = {rule.id for rule in FEED.rules}
    assert every - {one.rule for one in EXAMPLES if one.valid} == set()
    assert every - {one.rule for one in EXAMPLES if not one.valid} == set()


def test_an_example_outside_data_formats_names_key_paths_that_must_not_match() -> None:
    bare = {one.rule for one in EXAMPLES if not one.valid and not one.keys and document(one, known(one)) is None}
    # These two only say what is inside such files.
    assert bare == {"docs", "notebook"}


def test_the_feed_holds_every_convention_that_was_collected() -> None:
    assert len(FEED.rules) >= 76
    assert FEED.rules[0].id == "litellm-proxy"
    assert [rule.id for rule in FEED.rules if rule.generic] == ["generic-yaml-json-toml"]
    assert {variable.role for variable in FEED.variables} == {
        "default",
        "small",
        "alias",
        "embedding",
        "rerank",
        "judge",
        "azure-deployment",
        "platform",
        "not-a-model",
    }
    assert len(FEED.flags) >= 12


def test_every_key_path_is_one() -> None:
    for rule in FEED.rules:
        paths = [key.path for key in (*rule.keys, *rule.fallback)]
        for path in (*paths, *rule.fallback_when, *rule.params, *rule.pin, *(path for path, _ in rule.embedded)):
            assert compile_path(path).tokens


def test_the_section_survives_the_index() -> None:
    assert keys.decode(marshal.loads(marshal.dumps(keys.build(str(RULES)), 4))) == FEED


RULE = 'schema = "1"\n[[rule]]\nid = "a"\nfiles = ["**/*.yaml"]\nformats = ["yaml"]\nexposure = "production"\nevidence = "known"\n'


def test_a_layer_may_hold_rules_alone(tmp_path: Path) -> None:
    (tmp_path / "keys.toml").write_text(RULE + 'keys = [["a.b", "chat", "openai"]]\n', encoding="utf-8")
    match = KeyIndex(keys.decode(keys.build(str(tmp_path)))).for_file("x.yaml", "yaml", "").match(("a", "b"))
    assert match is not None
    assert match.rule == "a"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (RULE + 'key = [["a", "chat", "openai"]]\n', "key"),
        (RULE + 'keys = [["a", "chat"]]\n', "keys"),
        (RULE.replace('"production"', '"prod"'), "exposure"),
        (RULE + RULE.partition("\n")[2], "twice"),
        (RULE + 'keys = [["a..b", "chat", "openai"]]\n', "a..b"),
        (RULE + '[[variable]]\nrole = "default"\ncandidate = ["MODEL"]\n', "MODEL"),
        (RULE + "[[rule", "TOML"),
        ("", "schema"),
    ],
)
def test_mistakes_name_the_file_and_what_is_wrong(tmp_path: Path, text: str, wanted: str) -> None:
    (tmp_path / "keys.toml").write_text(text, encoding="utf-8")
    with pytest.raises(FeedError) as caught:
        keys.build(str(tmp_path))
    assert "keys.toml" in str(caught.value)
    assert wanted in f"{caught.value} {caught.value.hint}"
