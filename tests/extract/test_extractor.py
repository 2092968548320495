"""The door from bytes to facts."""

from typing import cast

from modelaudit.domain.facts import FileFacts
from modelaudit.domain.report import Skipped
from modelaudit.extract.extractor import Extractor, Vocabulary


def test_binary_files_are_skipped() -> None:
    assert Extractor(cast("Vocabulary", (None, None, None))).extract("a.py", "python", b"\0\0gpt-4") == Skipped("a.py", "binary")


def test_a_defect_costs_one_file_and_is_said_aloud() -> None:
    extractor = Extractor(cast("Vocabulary", (None, None, None)))
    facts = extractor.extract("a.py", "python", b"model = 'gpt-4'\n")
    assert isinstance(facts, FileFacts)
    assert [(note.level, note.code) for note in facts.notifications] == [("error", "internal-error")]
    assert facts.notifications[0].path == "a.py"
