"""The facts of a file that is no Python: which values choose a model, which only list or mention one, and what names they are given.

A format reader says where every value stands; key rules say what its place means. Values at places that no rule knows are told apart by
the keys around them (`roles`). Every environment variable and key with a model becomes a binding, so that code that reads it is linked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import TypeAlias

from modelaudit.domain.document import Document, Embedded, Kind, Value
from modelaudit.domain.facts import FileFacts, Notification
from modelaudit.domain.location import Span
from modelaudit.extract import formats
from modelaudit.extract.cloudformation import overrides, references
from modelaudit.extract.collected import Collected
from modelaudit.extract.documents import documents
from modelaudit.extract.embedding import Unfolded, unfold
from modelaudit.extract.entries import Entries
from modelaudit.extract.environment import definitions
from modelaudit.extract.given import Given, from_maps
from modelaudit.extract.groups import join_groups
from modelaudit.extract.holes import candidates
from modelaudit.extract.keys import FileKeys, KeyIndex
from modelaudit.extract.roles import Roles
from modelaudit.extract.scopes import Settle, settle
from modelaudit.extract.selection import Selector
from modelaudit.extract.structure import is_text
from modelaudit.extract.suppressions import suppressions
from modelaudit.extract.surroundings import Surroundings
from modelaudit.extract.vocabulary import Words

ReadPython: TypeAlias = Callable[[str], FileFacts]
"""Reads a Python program found inside the file; places are those inside the program."""


def extract_config(path: str, text: str, language: str, words: Words, index: KeyIndex, read_python: ReadPython | None = None) -> FileFacts:
    """The facts of one file, alone. `language` is discovery's; what has no reader of its own is read as text."""
    format = formats.reader(language, path)
    keys = index.for_file(path, format, text)
    unfolded = _read(text, format, keys)
    said = Collected(format, Given(format, path, unfolded.values))
    means = settle(format, path, unfolded.values)
    entries = [_document(path, part, Selector(index, keys), words, means, said, keys) for part in documents(format, text, unfolded.values)]
    for comment in unfolded.comments:
        entries[0].comment(comment)
    programs = []
    for program in unfolded.programs:
        if read_python is not None:
            programs.append(_program(program, read_python))
        else:
            _mention(program, entries[0])
    return reduce(_joined, programs, _facts(path, language, said, unfolded, words))


def _document(
    path: str, values: Sequence[Value], selector: Selector, words: Words, means: Settle, said: Collected, keys: FileKeys
) -> Entries:
    """Reads one document of the file."""
    wanted = candidates(words, values)
    surroundings = Surroundings(values, wanted, keys)
    entries = Entries(words, selector, Roles(path, wanted, surroundings), means, said)
    said.begin(surroundings)
    for value in values:
        entries.value(value)
    said.join_fallbacks()
    return entries


def _read(text: str, format: str, keys: FileKeys) -> Unfolded:
    """The file's values with everything inside them at the surface."""
    document = _parse(text, format)
    unfolded = unfold(document, text, keys)
    values, embedded = definitions(references(overrides(from_maps(unfolded.values))))
    if not embedded:
        return unfolded._replace(values=tuple(values))
    more = unfold(Document(document.format, embedded=tuple(embedded)), text, keys)
    return unfolded._replace(values=(*values, *more.values), programs=(*unfolded.programs, *more.programs))


def _parse(text: str, format: str) -> Document:
    if not is_text(format, text):
        return formats.parse(format, text)
    document = formats.parse("text", text)
    note = Notification("note", "large-file", "too large, or minified: IDs are looked for without regard to structure")
    return document._replace(notifications=(*document.notifications, note))


def _facts(path: str, language: str, said: Collected, unfolded: Unfolded, words: Words) -> FileFacts:
    silenced = suppressions(unfolded.comments, _extents(unfolded.values))
    sites, groups = join_groups(unfolded.values, said.sites, said.paths, words)
    notes = (*unfolded.notifications, *silenced.notifications)
    return FileFacts(
        path=path,
        language=language,
        literals=tuple(sorted(said.literals.values(), key=lambda literal: (literal.span, literal.text))),
        bindings=tuple(sorted((*said.bindings, *groups), key=lambda binding: (binding.span, binding.name))),
        sites=tuple(sorted(sites, key=lambda site: (site.span, site.shape, site.callee))),
        suppressions=silenced.found,
        notifications=tuple(note._replace(path=path) for note in notes),
    )


def _extents(values: tuple[Value, ...]) -> list[tuple[int, int]]:
    """First and last line of every entry, which is what a comment can cover."""
    return sorted({((value.key_span or value.span).line, value.span.end_line) for value in values})


def _program(program: Embedded, read_python: ReadPython) -> FileFacts:
    """The facts of a program inside the file, where they stand in the file."""
    from modelaudit.extract.relocate import relocate

    places = tuple(Span(origin.line, origin.column, origin.line, origin.column) for origin in program.origins)
    return relocate(read_python(program.text), places)


def _mention(program: Embedded, entries: Entries) -> None:
    """Reads the lines of a program as text, so that its IDs are seen though nobody is there to read it."""
    for line, origin in zip(program.text.split("\n"), program.origins, strict=False):
        span = Span(origin.line, origin.column, origin.line, origin.column + len(line))
        entries.value(Value(line, span, program.path, None, Kind.PROSE, not origin.escapes))


def _joined(facts: FileFacts, program: FileFacts) -> FileFacts:
    return facts._replace(
        literals=tuple(sorted((*facts.literals, *program.literals), key=lambda literal: (literal.span, literal.text))),
        bindings=(*facts.bindings, *program.bindings),
        sites=(*facts.sites, *program.sites),
        calls=(*facts.calls, *program.calls),
        functions=(*facts.functions, *program.functions),
        classes=(*facts.classes, *program.classes),
        imports=(*facts.imports, *program.imports),
        suppressions=(*facts.suppressions, *program.suppressions),
        notifications=(*facts.notifications, *program.notifications),
    )
