"""Which classes stand in one line of inheritance, told by their names alone: an attribute of one may be an attribute of all of them."""

from __future__ import annotations

from collections.abc import Sequence

from modelaudit.domain.expr import Attribute, Expr, Name
from modelaudit.link.tokens import FileTokens


def lines(files: Sequence[FileTokens]) -> dict[tuple[str, str], list[tuple[FileTokens, str]]]:
    """The bases and subclasses of each class, by its file and name."""
    named: dict[str, list[tuple[FileTokens, str]]] = {}
    for file in files:
        for entry in file.facts.classes:
            named.setdefault(entry.name, []).append((file, entry.name))
    found: dict[tuple[str, str], list[tuple[FileTokens, str]]] = {}
    for file in files:
        for entry in file.facts.classes:
            for base in entry.bases:
                for other, name in named.get(base_name(file, base) or "", ()):
                    found.setdefault((file.facts.path, entry.name), []).append((other, name))
                    found.setdefault((other.facts.path, name), []).append((file, entry.name))
    return found


def inherits(file: FileTokens, owner: str, method: str) -> bool:
    """Whether a method of a class may be that of a base: the class has none of that name, and a base of the tree."""
    return f"{owner}.{method}" not in file.functions and any(
        base_name(file, base) is not None for entry in file.facts.classes if entry.name == owner for base in entry.bases
    )


def base_name(file: FileTokens, base: Expr) -> str | None:
    """The name under which a base class is defined, None for one of a library."""
    match base:
        case Name(ref=ref):
            name = ref.partition("@")[0]
            return file.imports.get(name) or (name if any(entry.name == name for entry in file.facts.classes) else None)
        case Attribute(base=Name(ref=ref), name=name) if ref.partition("@")[0] in file.imports:
            return name
    return None
