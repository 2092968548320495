"""Notebooks: the code cells of a `.ipynb` as one program, with the places of their lines in the file.

Cells share their names, so they are read as one module in the order they stand. Magics and shell lines are blanked, outputs are ignored.
A place in a notebook is the physical line of the file, which editors, diffs and code hosts show; the cell and the line in it are noted
beside.
"""

from __future__ import annotations

from modelaudit.domain.facts import FileFacts, Notification
from modelaudit.domain.location import Span
from modelaudit.domain.pattern import late
from modelaudit.domain.record import NamedTuple
from modelaudit.extract.lexing.jsontext import scan
from modelaudit.extract.lexing.positions import Positions
from modelaudit.extract.python.module import PARSE_ERRORS, extract_python
from modelaudit.extract.python.queries import ReadQuery
from modelaudit.extract.relocate import relocate
from modelaudit.extract.vocabulary import CallVocabulary, Words

_PYTHON = late(r"%%(?:time|capture|python|writefile\b.*\.py\s*$)")
"""Magics of cells that hold Python; what a cell writes to a file, a later one runs."""


class _Line(NamedTuple):
    """One line of code and where it stands in the file."""

    text: str
    place: Span
    cell: int
    number: int


def extract_notebook(path: str, text: str, words: Words, vocabulary: CallVocabulary, read_query: ReadQuery | None = None) -> FileFacts:
    """The facts of a notebook's Python cells."""
    lines = _lines(text)
    facts = _parsed(path, lines, words, vocabulary, read_query)
    places = tuple(line.place for line in lines)
    moved = relocate(facts, places)
    cells = tuple((line.place.line, line.cell, line.number) for line in lines)
    return moved._replace(language="python", cells=cells)


def _parsed(path: str, lines: list[_Line], words: Words, vocabulary: CallVocabulary, read_query: ReadQuery | None) -> FileFacts:
    """All cells together, with lines as in the joined program; cells that do not parse are blanked one by one and named."""
    notes: list[Notification] = []
    code = [line.text for line in lines]
    for _ in range(len({line.cell for line in lines}) + 1):
        try:
            facts = extract_python(path, "\n".join(code), words, vocabulary, read_query)
            return facts._replace(notifications=(*facts.notifications, *notes))
        except PARSE_ERRORS as error:
            number = getattr(error, "lineno", None)
            if not isinstance(number, int) or not 0 < number <= len(lines):
                break
            cell = lines[number - 1].cell
            if not any(code[index].strip() for index, line in enumerate(lines) if line.cell == cell):
                break
            notes.append(Notification("warning", "parse", f"cell {cell} cannot be parsed", path, number))
            code = ["" if line.cell == cell else code[index] for index, line in enumerate(lines)]
    note = Notification("warning", "parse", "its cells cannot be parsed", path)
    return FileFacts(path=path, language="python", notifications=(note, *notes))


def _lines(text: str) -> list[_Line]:
    kinds: dict[int, str] = {}
    sources: dict[int, list[tuple[str, Span]]] = {}
    for value in scan(text, Positions(text), comments=False).values:
        match value.path:
            case ("cells", int(cell), "cell_type"):
                kinds[cell] = value.text
            case ("cells", int(cell), "source", *_):
                sources.setdefault(cell, []).append((value.text, value.span))
    found: list[_Line] = []
    number_of_cell = 0
    for cell in sorted(kinds):
        number_of_cell += 1
        if kinds[cell] != "code":
            continue
        found.extend(_cell(sources.get(cell, []), number_of_cell))
    return found


def _cell(parts: list[tuple[str, Span]], cell: int) -> list[_Line]:
    found: list[_Line] = []
    foreign = False
    for text, span in parts:
        for row in text.rstrip("\n").split("\n"):
            number = len(found) + 1
            if number == 1 and row.lstrip().startswith("%%"):
                foreign = not _PYTHON.match(row.lstrip())
            found.append(_Line("" if foreign or _is_magic(row) else row, span, cell, number))
    return found


def _is_magic(row: str) -> bool:
    return row.lstrip().startswith(("%", "!", "?")) or row.rstrip().endswith("?")
