"""SQL in strings calls models by functions of the database."""

from __future__ import annotations

from textwrap import dedent

import pytest

from modelaudit.domain.facts import FileFacts
from modelaudit.domain.location import Span
from modelaudit.extract.python.module import extract_python
from modelaudit.extract.python.queries import is_query
from modelaudit.extract.vocabulary import CallVocabulary
from modelaudit.identify.identifier import Identifier


def read(text: str) -> FileFacts:
    """A reader that finds one model, on the second line of the query."""
    from modelaudit.domain.expr import Text
    from modelaudit.domain.facts import Literal, Role, Site

    span = Span(2, 10, 2, 16)
    site = Site(span, "AI_QUERY", "sql", "0", Text("gpt-4o", span), "chat", "databricks", True, "")
    return FileFacts("query.sql", "sql", literals=(Literal("gpt-4o", span, Role.ARGUMENT, "AI_QUERY"),), sites=(site,))


def test_a_query_is_read_and_its_places_are_those_in_the_file(identifier: Identifier, vocabulary: CallVocabulary) -> None:
    text = dedent(
        '''
        QUERY = """SELECT
        AI_QUERY('gpt-4o', x) FROM t
        """'''
    ).lstrip("\n")
    facts = extract_python("case.py", text, identifier, vocabulary, read)
    assert [(site.callee, site.span) for site in facts.sites] == [("AI_QUERY", Span(2, 11, 2, 17))]
    assert [(literal.span, literal.role.value) for literal in facts.literals] == [(Span(2, 11, 2, 17), "argument")]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT AI_QUERY('gpt-4o', x)",
        "create model m options (endpoint = 'gemini-1.5-pro')",
        "\n-- nightly\n/* all */ (SELECT AI_QUERY('gpt-4o', x))",
        "WITH t AS (SELECT 1) SELECT AI_QUERY('gpt-4o', x)",
        "CREATE OR REPLACE MATERIALIZED VIEW v AS SELECT AI_QUERY('gpt-4o', x)",
        "UPDATE t SET a = AI_QUERY('gpt-4o', x)",
        "CALL snowflake.complete('gpt-4o')",
    ],
)
def test_statements_are_queries(text: str) -> None:
    assert is_query(text)


@pytest.mark.parametrize(
    "text",
    [
        "gpt-4",
        "selected ('x')",
        "SELECT 1",
        "it's a (nice) day",
        "Create a session: client.create(model='gpt-4')",
        "Update with client.create(model='gpt-4')",
        "Example:\n    call = create(model='gpt-4')\n    select(call)",
    ],
)
def test_prose_is_none(text: str) -> None:
    assert not is_query(text)


def test_an_example_in_a_docstring_is_no_query(identifier: Identifier, vocabulary: CallVocabulary) -> None:
    text = 'def f():\n    """SELECT\n    AI_QUERY(\'gpt-4o\', x)\n    """\n'
    facts = extract_python("case.py", text, identifier, vocabulary, read)
    assert not facts.sites
    assert [literal.role.value for literal in facts.literals] == ["mention"]
