"""Every key rule's own example, read by the program as a file: what the rule must find becomes a site, what it must not find does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from modelaudit.discover.languages import language_of
from modelaudit.domain.facts import FileFacts
from modelaudit.domain.shapes import UNSELECTING, KeyExample
from modelaudit.extract.config import extract_config
from modelaudit.extract.keys import KeyIndex
from modelaudit.extract.selection import COMMAND_LINE, ENVIRONMENT
from modelaudit.feed import keys
from modelaudit.feed.load import load
from modelaudit.identify.identifier import Identifier

RULES = str(Path(__file__).parents[2] / "rules")
FEED = keys.decode(keys.build(RULES))
INDEX = KeyIndex(FEED)
EXAMPLES = keys.examples(RULES)
LABELS = {"copilot-frontmatter"}
"""Rules whose example holds a name for people (`Claude Sonnet 4.5`), which is no ID."""
CHOOSING = {rule.id for rule in FEED.rules if any(key.role not in UNSELECTING for key in (*rule.keys, *rule.fallback))} - LABELS


@pytest.fixture(scope="module")
def identifier() -> Identifier:
    return Identifier(load(None, None))


def facts(example: KeyExample, identifier: Identifier) -> FileFacts:
    language = language_of(example.path.rpartition("/")[2])
    assert language is not None
    return extract_config(example.path, example.text, language, identifier, INDEX)


def rules(found: FileFacts) -> set[str]:
    """Rules of the sites."""
    return {site.shape for site in found.sites}


@pytest.mark.parametrize("example", [one for one in EXAMPLES if one.valid and one.rule in CHOOSING], ids=lambda one: one.rule)
def test_the_reader_of_the_file_finds_what_the_rule_means(example: KeyExample, identifier: Identifier) -> None:
    assert rules(facts(example, identifier)) & {example.rule, ENVIRONMENT, COMMAND_LINE}


@pytest.mark.parametrize("example", [one for one in EXAMPLES if not one.valid], ids=lambda one: one.rule)
def test_the_reader_of_the_file_finds_nothing_by_a_rule_that_does_not_fit(example: KeyExample, identifier: Identifier) -> None:
    assert example.rule not in rules(facts(example, identifier))
