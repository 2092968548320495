"""Lookups in tables: `ALIASES["fast"]`, `params["model"]`, `cfg.get("model", default)`, iteration over keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from modelaudit.domain.expr import ANY_ELEMENT, SPREAD, Entry, Item, Text, Unknown
from modelaudit.domain.later import later
from modelaudit.domain.usage import Step
from modelaudit.link.values import (
    ClassValue,
    ExternalValue,
    Frame,
    InstanceValue,
    OptionsValue,
    PathValue,
    Piece,
    TableValue,
    TextValue,
    UnknownValue,
    Value,
    distinct,
    through,
)

if TYPE_CHECKING:
    from modelaudit.link import loading, members, paths
    from modelaudit.link.evaluate import Evaluator
else:
    loading, members, paths = later("modelaudit.link", "loading", "members", "paths")

MOST_ENTRIES = 64
"""Entries of one table that a lookup with an unknown key may give."""
MOST_INSIDE = 200
"""Values that are looked at inside nested lists."""


def item(evaluator: Evaluator, expr: Item, path: str, frame: Frame | None, depth: int) -> list[Value]:
    """`base[key]`, and the default of `.get`."""
    wanted = _keys(evaluator, expr, path, frame, depth)
    found: list[Value] = []
    sections = False
    for base in evaluator.evaluate(expr.base, path, frame, depth + 1):
        if isinstance(expr.default, Text) and _has_sections(evaluator, base):
            sections = True
            for section in _of(evaluator, base, wanted, expr, path, depth):
                found.extend(_of(evaluator, section, (expr.default.text,), expr, path, depth))
            continue
        if expr.key is ANY_ELEMENT or expr.key == ANY_ELEMENT:
            found.extend(_elements(evaluator, base, depth))
        else:
            found.extend(_of(evaluator, base, wanted, expr, path, depth))
    if expr.default is not None and not sections:
        found.extend(evaluator.evaluate(expr.default, path, frame, depth + 1))
    return evaluator.charged(distinct(found))


def _has_sections(evaluator: Evaluator, base: Value) -> bool:
    """Of what `configparser` read, `get(section, option)` asks for an option; the second argument is no default."""
    if not isinstance(base, TableValue) or evaluator.program.files[base.path].language != "ini":
        return False
    return base.table is evaluator.configs.table(base.path)


def _elements(evaluator: Evaluator, base: Value, depth: int) -> list[Value]:
    """What a loop goes through."""
    match base:
        case TableValue():
            return keys(evaluator, base, depth)
        case ClassValue() if members.is_enum(evaluator, base):
            return members.enum_members(evaluator, base, depth)
        case UnknownValue():
            return [base]
        case ExternalValue():
            return [UnknownValue(f"an element of what {base.name} gives", outside=base.name.endswith("()"))]
    return [UnknownValue("an element of something that is not a table")]


def entries(evaluator: Evaluator, base: TableValue, key: str, depth: int) -> list[Value]:
    """The values under one key of a table."""
    return _in_table(evaluator, base, (key,), depth)


def keys(evaluator: Evaluator, base: Value, depth: int) -> list[Value]:
    """The keys of a mapping, or the elements of a list, as iteration gives them."""
    if not isinstance(base, TableValue):
        return [] if not isinstance(base, UnknownValue) else [base]
    if not base.table.mapping:
        return _in_table(evaluator, base, None, depth)
    return _poured(evaluator, "keys", base, depth, _keys_of)


def _keys_of(evaluator: Evaluator, base: TableValue, depth: int) -> list[Value]:
    found: list[Value] = []
    for entry in base.table.entries[:MOST_ENTRIES]:
        if entry.key == SPREAD:
            for inner in evaluator.evaluate(entry.value, base.path, base.frame, depth + 1):
                found.extend(keys(evaluator, inner, depth + 1))
        elif isinstance(entry.key, str) and entry.key_span is not None:
            text = Text(entry.key, entry.key_span)
            found.append(TextValue(entry.key, (Piece(base.path, text, 0),), base.steps, True))
    return found


def _keys(evaluator: Evaluator, expr: Item, path: str, frame: Frame | None, depth: int) -> tuple[str, ...] | None:
    """The texts a key may be; None for any."""
    if isinstance(expr.key, Unknown):
        return None
    if isinstance(expr.key, Text):
        return (expr.key.text,)
    values = evaluator.evaluate(expr.key, path, frame, depth + 1)
    texts = tuple(dict.fromkeys(value.text for value in values if isinstance(value, TextValue)))
    return texts if texts and len(texts) == len(values) else texts or None


def _of(evaluator: Evaluator, base: Value, wanted: tuple[str, ...] | None, expr: Item, path: str, depth: int) -> list[Value]:
    match base:
        case TableValue():
            return _in_table(evaluator, base, wanted, depth)
        case ExternalValue() if base.name in ("os.environ", "environ"):
            found: list[Value] = []
            for name in wanted or ():
                step = Step(path, expr.span, f"environment variable {name}")
                found.extend(evaluator.environment(name, None, path, None, depth, step))
            return found or [UnknownValue("an environment variable whose name is computed")]
        case ClassValue() | InstanceValue() | OptionsValue():
            found = []
            for name in wanted or ():
                if name.isdigit():
                    found.extend(members.at(evaluator, base, int(name), depth))
                elif (isinstance(base, ClassValue) and members.is_enum(evaluator, base)) or not isinstance(base, ClassValue):
                    found.extend(evaluator.member(base, name, depth))
            return found or [UnknownValue("an entry of an object")]
        case ExternalValue():
            return [UnknownValue(f"an entry of what {base.name} gives", outside=base.name.endswith("()"))]
        case PathValue():
            return paths.item(base, wanted)
        case TextValue() if wanted and not any(name.isdigit() for name in wanted):
            tables = loading.in_place(evaluator, base, expr, path)
            return [inner for table in tables for inner in _of(evaluator, table, wanted, expr, path, depth)]
        case TextValue():
            return [UnknownValue("part of a text")]
        case UnknownValue():
            return [base]
    return [UnknownValue("an entry of something that is not a table")]


def _in_table(evaluator: Evaluator, base: TableValue, wanted: tuple[str, ...] | None, depth: int) -> list[Value]:
    if wanted is None:
        return _all(evaluator, base, depth)
    found: list[Value] = []
    for key in wanted:
        found.extend(_one(evaluator, base, key, depth))
    if found or _is_closed(base):
        return found
    return [UnknownValue(f"no entry {wanted[0]!r} in a table" if wanted else "an entry of a table")]


def _is_closed(base: TableValue) -> bool:
    """Every key of the table is known: what is not in it is not given."""
    return base.table.mapping and all(entry.key is not None and entry.key != SPREAD for entry in base.table.entries)


def _one(evaluator: Evaluator, base: TableValue, key: str, depth: int) -> list[Value]:
    """One entry."""
    return _poured(evaluator, f"[{key}]", base, depth, lambda evaluator, base, depth: _entry(evaluator, base, key, depth))


def _poured(
    evaluator: Evaluator, what: str, base: TableValue, depth: int, work: Callable[[Evaluator, TableValue, int], list[Value]]
) -> list[Value]:
    """What is in a table; those that are poured into one another, or into themselves, in branches lead to the same ones again and again."""
    if not any(entry.key == SPREAD for entry in base.table.entries):
        return work(evaluator, base, depth)
    plain = base._replace(steps=())
    found = evaluator.memo.once(f"{base.path}:{what}", (base.table, base.frame), depth, lambda: distinct(work(evaluator, plain, depth)))
    evaluator.charged(found)
    return [through(value, base) for value in found] if base.steps else found


def _entry(evaluator: Evaluator, base: TableValue, key: str, depth: int) -> list[Value]:
    exact = [entry for entry in base.table.entries if entry.key != SPREAD and _same(entry, key, len(base.table.entries))]
    if exact:
        return _values(evaluator, base, exact[0], depth)
    found: list[Value] = []
    for entry in base.table.entries:
        if entry.key is None:
            found.extend(_values(evaluator, base, entry, depth))
        elif entry.key == SPREAD:
            for inner in evaluator.evaluate(entry.value, base.path, base.frame, depth + 1):
                if isinstance(inner, TableValue):
                    found.extend(through(value, base) for value in _one(evaluator, inner, key, depth + 1))
                elif isinstance(inner, InstanceValue):
                    found.extend(evaluator.member(inner, key, depth))
                elif isinstance(inner, UnknownValue):
                    found.append(inner)
            if any(isinstance(value, TextValue) for value in found):
                break
    return found


def _same(entry: Entry, key: str, length: int) -> bool:
    if isinstance(entry.key, int):
        return str(entry.key) == key or (key.startswith("-") and key[1:].isdigit() and entry.key == length - int(key[1:]))
    return entry.key == key


def _all(evaluator: Evaluator, base: TableValue, depth: int) -> list[Value]:
    return _poured(evaluator, "all", base, depth, _all_of)


def _all_of(evaluator: Evaluator, base: TableValue, depth: int) -> list[Value]:
    found: list[Value] = []
    for entry in base.table.entries[:MOST_ENTRIES]:
        if entry.key == SPREAD:
            for inner in evaluator.evaluate(entry.value, base.path, base.frame, depth + 1):
                if isinstance(inner, TableValue):
                    found.extend(through(value, base) for value in _all(evaluator, inner, depth + 1))
                elif isinstance(inner, UnknownValue):
                    found.append(inner)
        else:
            found.extend(_values(evaluator, base, entry, depth))
    return found


def _values(evaluator: Evaluator, base: TableValue, entry: Entry, depth: int) -> list[Value]:
    return [through(value, base) for value in evaluator.evaluate(entry.value, base.path, base.frame, depth + 1)]


def item_values(evaluator: Evaluator, base: TableValue) -> list[Value]:
    """Every value inside a table, for arguments that hold lists of models."""
    return _all(evaluator, base, 0)


def flattened(evaluator: Evaluator, values: list[Value]) -> list[Value]:
    """Lists of models or of groups: every text inside counts."""
    found: list[Value] = []
    waiting = list(values)
    for _ in range(MOST_INSIDE):
        if not waiting:
            break
        value = waiting.pop(0)
        if isinstance(value, TableValue):
            waiting.extend(item_values(evaluator, value))
        else:
            found.append(value)
    return found
