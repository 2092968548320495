"""Answers are found once, circles end, and what was found under a condition does not outlive it."""

from __future__ import annotations

from modelaudit.link.memo import Memo

NEAR, FAR = 1, 9


class Asked:
    """Counts how often it is looked for."""

    def __init__(self, found: list[str]) -> None:
        self._found = found
        self.times = 0

    def __call__(self) -> list[str]:
        """What is found."""
        self.times += 1
        return self._found


def test_a_question_is_answered_once() -> None:
    memo, work = Memo(), Asked(["x"])
    assert [memo.once("a", (), NEAR, work) for _ in range(3)] == [["x"]] * 3
    assert work.times == 1


def test_what_leans_on_nothing_outlives_the_search() -> None:
    memo, work = Memo(), Asked(["x"])
    memo.once("a", (), NEAR, work)
    memo.clear()
    memo.once("a", (), NEAR, work)
    assert work.times == 1


def test_records_are_told_apart_by_identity() -> None:
    memo = Memo()
    one, other = ["same"], ["same"]
    assert memo.once("a", (one,), NEAR, lambda: ["1"]) == ["1"]
    assert memo.once("a", (other,), NEAR, lambda: ["2"]) == ["2"]


def test_an_open_question_adds_nothing_to_itself() -> None:
    memo = Memo()
    assert memo.once("a", (), NEAR, lambda: ["x", *memo.once("a", (), NEAR, lambda: ["never"])]) == ["x"]


def test_an_answer_that_leans_on_an_open_question_is_looked_for_anew_when_that_is_answered() -> None:
    """`a` is `x` or `b`, and `b` is `y` or `a`: asked for its own sake, `b` is both, whatever was asked first."""
    memo = Memo()

    def a() -> list[str]:
        return ["x", *memo.once("b", (), NEAR, b)]

    def b() -> list[str]:
        return ["y", *memo.once("a", (), NEAR, a)]

    assert set(memo.once("a", (), NEAR, a)) == {"x", "y"}
    assert set(memo.once("b", (), NEAR, b)) == {"x", "y"}


def test_while_the_question_is_open_what_leans_on_it_is_not_looked_for_again() -> None:
    memo, times = Memo(), []

    def b() -> list[str]:
        times.append("b")
        return ["y", *memo.once("a", (), NEAR, list)]

    memo.once("a", (), NEAR, lambda: [*memo.once("b", (), NEAR, b), *memo.once("b", (), NEAR, b)])
    assert times == ["b"]


def test_what_was_too_deep_is_looked_for_anew_from_a_nearer_place_only() -> None:
    memo, times = Memo(), []

    def work() -> list[str]:
        times.append("asked")
        memo.deep()
        return []

    for depth in (FAR, FAR, NEAR, FAR):
        memo.once("a", (), depth, work)
    assert len(times) == 2


def test_what_one_search_had_no_terms_left_for_is_open_to_the_next() -> None:
    memo = Memo()

    def cut() -> list[str]:
        memo.spent()
        return []

    assert memo.once("a", (), NEAR, cut) == []
    memo.clear()
    assert memo.once("a", (), NEAR, lambda: ["x"]) == ["x"]


def test_terms_that_are_spent_aside_cut_nobody_else_short() -> None:
    memo = Memo()

    def aside() -> list[str]:
        memo.spent()
        return ["part"]

    memo.once("a", (), NEAR, lambda: memo.aside(lambda: memo.once("b", (), NEAR, aside)))
    assert memo.once("b", (), NEAR, lambda: ["all"]) == ["all"]
    memo.clear()
    assert memo.once("a", (), NEAR, lambda: ["never"]) == ["part"]


def test_what_is_asked_apart_does_not_see_open_questions() -> None:
    memo = Memo()
    found = memo.once("a", (), NEAR, lambda: memo.apart(lambda: memo.once("a", (), NEAR, lambda: ["x"])))
    assert found == ["x"]
