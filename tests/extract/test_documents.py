"""Streams of several YAML documents: what stands beside a value in one says nothing of another."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelaudit.domain.expr import Text
from modelaudit.domain.facts import FileFacts
from modelaudit.extract import formats
from modelaudit.extract.config import extract_config
from modelaudit.extract.documents import documents
from modelaudit.extract.keys import KeyIndex
from modelaudit.feed import keys as section
from modelaudit.feed.load import load
from modelaudit.identify.identifier import Identifier

AZURE = "llm:\n  endpoint: https://acme.openai.azure.com/\n  temperature: 0.7\n  model: gpt-4o\n"
PARTS = ("a: 1\n", "b: [x, y]\n", "c: |\n  ---\n  z\n", "# c\n", "{{ if .x }}\nd: 2\n{{ end }}\n")
PLAIN = "llm:\n  model: gpt-4.1\n"


@pytest.fixture(scope="module")
def index() -> KeyIndex:
    return KeyIndex(section.decode(section.build(str(Path(__file__).parents[2] / "rules"))))


@pytest.fixture(scope="module")
def identifier() -> Identifier:
    return Identifier(load(None, None))


def facts(text: str, index: KeyIndex, identifier: Identifier) -> FileFacts:
    return extract_config("a.yaml", text, "yaml", identifier, index)


@pytest.mark.parametrize(("first", "second"), [(AZURE, PLAIN), (PLAIN, AZURE)])
def test_platform_and_parameters_are_those_of_the_document(first: str, second: str, index: KeyIndex, identifier: Identifier) -> None:
    found = facts(f"---\n{first}---\n{second}", index, identifier)
    told = {
        site.model.text: (site.platform, [argument.name for argument in site.arguments])
        for site in found.sites
        if isinstance(site.model, Text)
    }
    assert told == {"gpt-4o": ("azure", ["temperature"]), "gpt-4.1": (None, [])}


def test_a_fallback_is_that_of_its_document(index: KeyIndex, identifier: Identifier) -> None:
    text = "---\nmodel: gpt-4o\n---\nmodel: gpt-4.1\nfallback_model: gpt-4o-mini\n"
    found = facts(text, index, identifier)
    assert [(site.span.line, len(site.fallbacks)) for site in found.sites] == [(2, 0), (4, 1)]


@given(
    parts=st.lists(st.sampled_from(["a: 1\n", "b: [x, y]\n", "c: |\n  ---\n  z\n", "# c\n", "{{ if .x }}\nd: 2\n{{ end }}\n"]), max_size=6)
)
def test_no_value_is_lost_or_moved(parts: list[str]) -> None:
    text = "---\n".join(parts)
    values = formats.parse("yaml", text).values
    assert [value for part in documents("yaml", text, values) for value in part] == list(values)
