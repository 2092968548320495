"""Generated tables do not make the time explode."""

import time

import pytest

from modelaudit.domain.facts import Role
from modelaudit.extract.python.literals import LiteralFinder
from modelaudit.extract.python.module import parse
from modelaudit.extract.python.source import Source


class Words:
    def is_candidate(self, text: str) -> bool:
        return text == "gpt-4"

    def is_weak(self, text: str) -> bool:
        return False

    def tokens(self, text: str) -> tuple[tuple[int, int], ...]:
        return ()


def _seconds(entries: int) -> float:
    text = "x = {" + ", ".join(f'"k{index}": "gpt-4"' for index in range(entries)) + "}\n"
    tree, source = parse(text), Source(text)
    began = time.process_time()
    found = LiteralFinder(source, Words(), frozenset()).run(tree)
    spent = time.process_time() - began
    assert len(found) == entries
    assert {literal.role for literal in found} == {Role.CATALOG}
    return spent


@pytest.mark.parametrize("entries", [2_000])
def test_ten_times_the_entries_take_far_less_than_a_hundred_times_the_time(entries: int) -> None:
    assert _seconds(entries * 10) < 40 * max(_seconds(entries), 0.005)
