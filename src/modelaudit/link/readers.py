"""Which programs of a tree read an environment variable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from modelaudit.domain.expr import Attribute, Env, Expr, Item, Name, Text, children
from modelaudit.domain.facts import FileFacts

CODE = frozenset(("python", "notebook", "javascript", "typescript"))
"""Languages of programs, which take a variable from their process."""


def readers(files: Iterable[FileFacts]) -> dict[str, frozenset[str]]:
    """The files whose code names each variable."""
    found: dict[str, set[str]] = {}
    for file in files:
        if file.language in CODE:
            for expr in _terms(file):
                name = _name(expr)
                if name:
                    found.setdefault(name, set()).add(file.path)
    return {name: frozenset(paths) for name, paths in found.items()}


def _name(expr: Expr) -> str:
    """The variable that a term reads: `os.getenv(NAME)`, `os.environ[NAME]`."""
    match expr:
        case Env(name=name):
            return name
        case Item(base=Attribute(name="environ") | Name(ref="environ"), key=Text(text=text)):
            return text
    return ""


def _terms(file: FileFacts) -> Iterator[Expr]:
    """Every term of a file's facts."""
    waiting: list[Expr] = [binding.value for binding in file.bindings]
    for site in file.sites:
        waiting += (site.model, *site.fallbacks)
    for call in file.calls:
        waiting += (value for _, value in call.arguments)
    while waiting:
        expr = waiting.pop()
        yield expr
        waiting.extend(children(expr))
