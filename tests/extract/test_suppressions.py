"""Suppression comments: what they cover, what they need, what is refused."""

from __future__ import annotations

import pytest

from modelaudit.domain.document import Comment
from modelaudit.domain.location import Span
from modelaudit.extract.suppressions import suppressions

STATEMENTS = ((1, 1), (3, 6), (4, 4), (8, 8))


def comment(text: str, line: int, alone: bool = False) -> Comment:
    return Comment(text, Span(line, 1, line, 2 + len(text)), alone)


def test_trailing_comment_covers_the_innermost_statement_around_it() -> None:
    (found,) = suppressions([comment("modelaudit: ignore[retired-model]", 4)], STATEMENTS).found
    assert (found.first_line, found.last_line) == (4, 4)


def test_trailing_comment_inside_a_long_statement_covers_all_of_it() -> None:
    (found,) = suppressions([comment("modelaudit: ignore[retired-model]", 5)], STATEMENTS).found
    assert (found.first_line, found.last_line) == (3, 6)


def test_comment_alone_covers_the_next_statement_only() -> None:
    (found,) = suppressions([comment("modelaudit: ignore[retired-model]", 7, alone=True)], STATEMENTS).found
    assert (found.first_line, found.last_line) == (8, 8)


def test_comment_behind_everything_covers_its_own_line() -> None:
    (found,) = suppressions([comment("modelaudit: ignore[retired-model]", 12, alone=True)], STATEMENTS).found
    assert (found.first_line, found.last_line) == (12, 12)


def test_ignore_file_covers_the_file() -> None:
    (found,) = suppressions([comment("modelaudit: ignore-file[legacy-model, retired-model]", 1)], STATEMENTS).found
    assert (found.first_line, found.last_line) == (0, 0)
    assert found.rules == ("legacy-model", "retired-model")


def test_until_and_reason_are_read() -> None:
    text = 'modelaudit: ignore[restricted-model] until=2027-01-15 reason="licence 42, see the wiki"'
    (found,) = suppressions([comment(text, 1)], STATEMENTS).found
    assert found.until == "2027-01-15"
    assert found.reason == "licence 42, see the wiki"


@pytest.mark.parametrize(
    "text",
    [
        "noqa; modelaudit: ignore[retired-model] # for now",
        "type: ignore[arg-type]  # noqa: E501  # modelaudit: ignore[retired-model]",
        "eslint-disable-line no-magic // modelaudit: ignore[retired-model]",
        "* modelaudit: ignore[retired-model]",
        "\n   modelaudit: ignore[retired-model]\n",
    ],
)
def test_words_to_other_linters_may_stand_before_it(text: str) -> None:
    (found,) = suppressions([comment(text, 1)], STATEMENTS).found
    assert found.rules == ("retired-model",)
    assert found.reason is None


def test_a_hostile_comment_costs_no_time() -> None:
    assert suppressions([comment("noqa--" * 20_000 + "modelaudit: ignored", 1)], STATEMENTS) == ((), ())


@pytest.mark.parametrize(
    "text", ["modelaudit: ignore", "modelaudit: ignore[]", "modelaudit: ignore[retired-model] until=soon", "modelaudit: ignore-file"]
)
def test_what_cannot_be_understood_silences_nothing_and_is_said(text: str) -> None:
    found, notifications = suppressions([comment(text, 3)], STATEMENTS)
    assert not found
    assert [note.line for note in notifications] == [3]


@pytest.mark.parametrize(
    "text",
    [
        "modelaudit",
        "see modelaudit: it ignores[this]",
        "ignore[retired-model]",
        "we no longer need modelaudit: ignore[retired-model] here",
        "to silence it, write # modelaudit: ignore[retired-model]",
        "noqa was wrong. Write modelaudit: ignore[retired-model]",
        "`modelaudit: ignore[retired-model]` was removed",
    ],
)
def test_prose_about_the_tool_is_no_suppression(text: str) -> None:
    assert suppressions([comment(text, 3)], STATEMENTS) == ((), ())
