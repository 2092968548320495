"""Key paths: what a pattern means, and that it means the same to a slow and obvious matcher."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelaudit.domain.document import Path
from modelaudit.domain.keypaths import DEEP, ITEM, KEY, Token, compile_path, spell, undotted


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("model", ("model",)),
        ("model_list[].litellm_params.model", ("model_list", 3, "litellm_params", "model")),
        ("[].model", (0, "model")),
        ("{}.llm", ("researcher", "llm")),
        ("agents{}.model", ("agents", "reviewer", "model")),
        ("spring.ai.{PROVIDER}.chat.options.model", ("spring", "ai", "openai", "chat", "options", "model")),
        ("**.model", ("model",)),
        ("**.model", ("a", 0, "b", "model")),
        ("**.plugins.ai-proxy.options.model", ("routes", 0, "plugins", "ai-proxy", "options", "model")),
        ("resource.aws_iam_*.{}.**.Resource[]", ("resource", "aws_iam_policy", "p", "policy", "Statement", 0, "Resource", 1)),
        ("GENERATE.endpoint|ENDPOINT", ("GENERATE", "ENDPOINT")),
        ("AI_QUERY[0]", ("AI_QUERY", 0)),
        ("fallbacks[].{}[]", ("fallbacks", 0, "chat", 1)),
        ("locals.**", ("locals", "a", "b")),
        # List positions that the pattern does not name.
        ("resource.x.{}.model.name", ("resource", "x", "chat", 0, "model", 0, "name")),
        ("providers", ("providers", 2)),
    ],
)
def test_matches(pattern: str, path: Path) -> None:
    assert compile_path(pattern).matches(path)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("model", ()),
        ("model", ("models",)),
        ("model", ("a", "model")),
        ("a.model", ("a", "b", "model")),
        ("a[].model", ("a", "b", "model")),
        ("{}.llm", (0, "llm")),
        ("{}.llm", ("llm",)),
        ("**.model", ("model", "name")),
        ("AI_QUERY[0]", ("AI_QUERY", 1)),
        ("aws_iam_*.x", ("aws_s3", "x")),
        ("a|b", ("c",)),
    ],
)
def test_does_not_match(pattern: str, path: Path) -> None:
    assert not compile_path(pattern).matches(path)


@pytest.mark.parametrize("text", ["", ".", "a.", ".a", "a..b", "a[x]", "a[", "a{", "a}"])
def test_what_is_no_key_path_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a key path"):
        compile_path(text)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (("models", 0, "name"), "models[0].name"),
        ((0, "name"), "[0].name"),
        (("gpt-3.5", "price"), "'gpt-3.5'.price"),
        (("it's", ""), "'it''s'.''"),
        ((), ""),
    ],
)
def test_spelling(path: Path, text: str) -> None:
    assert spell(path) == text


def test_dotted_keys_come_apart() -> None:
    assert undotted(("spring.ai", 0, "chat.model")) == ("spring", "ai", 0, "chat", "model")


NAMES = st.sampled_from(["a", "b", "model"])
PATHS = st.lists(NAMES | st.integers(0, 1), max_size=7).map(tuple)
PIECES = st.sampled_from(["a", "b", "model", "{}", "**", "m*", "a|b"])


@st.composite
def patterns(draw: st.DrawFn) -> str:
    text = ""
    for piece in draw(st.lists(PIECES, min_size=1, max_size=5)):
        text += f".{piece}" if text else piece
        text += draw(st.sampled_from(["", "", "[]", "[1]"])) if piece != "**" else ""
    return text


def slow(tokens: tuple[Token, ...], path: Path) -> bool:
    """The definition, word by word."""
    if not tokens:
        return all(isinstance(part, int) for part in path)
    if tokens[0] == DEEP:
        return any(slow(tokens[1:], path[start:]) for start in range(len(path) + 1))
    if not path:
        return False
    part = path[0]
    if isinstance(part, int) and slow(tokens, path[1:]):
        return True
    return takes(tokens[0], part) and slow(tokens[1:], path[1:])


def takes(token: Token, part: str | int) -> bool:
    if isinstance(part, int):
        return token in (ITEM, part)
    if isinstance(token, tuple):
        return part in token
    if isinstance(token, int) or token == ITEM:
        return False
    return token == KEY or re.fullmatch(re.escape(token).replace(r"\*", ".*"), part) is not None


@given(patterns(), PATHS)
def test_a_pattern_means_what_its_definition_says(pattern: str, path: Path) -> None:
    compiled = compile_path(pattern)
    assert compiled.matches(path) == slow(compiled.tokens, path)


@given(patterns(), PATHS)
def test_quick_looks_never_lose_a_match(pattern: str, path: Path) -> None:
    compiled = compile_path(pattern)
    if compiled.matches(path):
        end = next((part for part in reversed(path) if isinstance(part, str)), "")
        assert not compiled.last or end in compiled.last
        assert compiled.within is None or compiled.within in path


@given(st.lists(NAMES | st.integers(0, 1), min_size=1, max_size=7).map(tuple))
def test_a_path_matches_its_own_spelling(path: Path) -> None:
    pattern = spell(path)
    assert compile_path(pattern).matches(path)
    if any(isinstance(part, str) for part in path):
        assert compile_path(re.sub(r"\[\d\]", "[]", pattern)).matches(path)


def test_deep_lists_take_no_time() -> None:
    path: Path = ("a", *(0 for _ in range(3000)), "b")
    assert not compile_path("a[][][][].**.**.c").matches(path)
