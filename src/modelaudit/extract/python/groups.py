"""Groups of models that a call makes: the names that it gives them, and what each falls back to (`litellm.Router`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from modelaudit.domain.expr import Expr, Name, Table, Text
from modelaudit.domain.facts import Binding, BindingKind
from modelaudit.domain.shapes import CallShape
from modelaudit.extract.python.structures import head_of, nested, parts_of


def groups_of(shape: CallShape, given: dict[str | int, Expr], written: Callable[[Name], Expr]) -> Iterator[Binding]:
    """For linking: `group:NAME` for each model of a group, and `group-fallback:NAME` for each that the group falls back to."""
    members: dict[str, list[Expr]] = {}
    for path in shape.groups:
        head, rest = head_of(path)
        models = tuple(head_of(model)[1] for model in shape.nested if head_of(model)[0] == head)[:1]
        for name, model in _members(rest, models, _written(given.get(head), written)):
            members.setdefault(name.text, []).append(model)
            yield Binding(f"group:{name.text}", BindingKind.KEY, model, name.span)
    if members:
        tables = [_written(given.get(name), written) for name in shape.fallback_args]
        yield from _fallbacks(members, [table for table in tables if isinstance(table, Table)])


def _written(value: Expr | None, written: Callable[[Name], Expr]) -> Expr | None:
    return written(value) if isinstance(value, Name) else value


def _members(path: str, models: tuple[str, ...], value: Expr | None) -> Iterator[tuple[Text, Expr]]:
    """Each group name at `path` of a literal list with the models of its entry: `[].model_name` and `[].litellm_params.model`."""
    parts = parts_of(path)
    if parts[:1] != ["[]"] or not isinstance(value, Table):
        return
    for entry in value.entries:
        for _, name in nested("", ".".join(parts[1:]), entry.value):
            if isinstance(name, Text):
                for model in models:
                    yield from ((name, inner) for _, inner in nested("", ".".join(parts_of(model)[1:]), entry.value))


def _fallbacks(members: dict[str, list[Expr]], tables: list[Table]) -> Iterator[Binding]:
    """`[{"summary": ["backup"]}]` for one group, `["backup"]` for all that have none of their own."""
    own: dict[str, list[Text]] = {}
    default: list[Text] = []
    for entry in (entry for table in tables for entry in table.entries):
        if isinstance(entry.value, Text):
            default.append(entry.value)
        elif isinstance(entry.value, Table) and entry.value.mapping:
            for inner in entry.value.entries:
                own.setdefault(str(inner.key), []).extend(_texts(inner.value))
    for group in members:
        for target in own.get(group, default):
            models = members.get(target.text, ()) if target.text != group else ()
            yield from (Binding(f"group-fallback:{group}", BindingKind.KEY, model, target.span) for model in models)


def _texts(value: Expr) -> list[Text]:
    entries = value.entries if isinstance(value, Table) else ()
    return [entry.value for entry in entries if isinstance(entry.value, Text)]
