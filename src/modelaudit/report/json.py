"""The format `json`: one document, schema `modelaudit-report/1`, the same bytes for the same report.

A finding's keys stand on lines of their own, and so does each of its sites: this compares well in reviews, and leaves what is deeper
to the compiled encoder, which is several times faster than an indented document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TextIO, TypeAlias

from modelaudit.domain.report import Report
from modelaudit.report import record
from modelaudit.report.record_facts import Json, Record
from modelaudit.report.style import Style

NAME = "json"

Encode: TypeAlias = Callable[[Json], str]


def render(report: Report, out: TextIO, style: Style) -> None:
    """Write `report` as one JSON document."""
    write_document(
        out,
        record.head(report),
        (
            ("findings", map(record.finding, report.findings), 3),
            ("unresolved", map(record.unresolved, report.unresolved), 1),
            ("skipped", map(record.skipped, report.skipped), 1),
            ("notifications", map(record.notification, report.notifications), 1),
        ),
    )


def write_document(out: TextIO, head: Record, lists: Iterable[tuple[str, Iterable[Json], int]]) -> None:
    """Write an object with the keys of `head`, then those of `lists`: (key, items, levels to unfold). Items are written as they come."""
    encode = encoder()
    separator = "{"
    for key, value in head.items():
        out.write(f"{separator}\n  {encode(key)}: {''.join(_unfold(value, 2, '  ', encode))}")
        separator = ","
    for key, items, levels in lists:
        out.write(f"{separator}\n  {encode(key)}: [")
        separator = ""
        for item in items:
            out.write(f"{separator}\n    ")
            out.writelines(_unfold(item, levels - 1, "    ", encode))
            separator = ","
        out.write("\n  ]" if separator else "]")
        separator = ","
    out.write("\n}\n")


def encoder() -> Encode:
    """What turns data into one line of JSON. Only ASCII is written: whatever a path holds can act on no terminal and on no log, and every
    reader of JSON gets it back as it was."""
    from json import JSONEncoder

    return JSONEncoder(ensure_ascii=True, allow_nan=False).encode


def _unfold(value: Json, levels: int, indent: str, encode: Encode) -> Iterator[str]:
    """`value` with its outer `levels` of containers one entry a line."""
    if levels <= 0 or not value or not isinstance(value, dict | list):
        yield encode(value)
        return
    entries = ((f"{encode(key)}: ", item) for key, item in value.items()) if isinstance(value, dict) else (("", item) for item in value)
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    yield opening
    separator = "\n"
    for label, item in entries:
        yield f"{separator}{indent}  {label}"
        yield from _unfold(item, levels - 1, indent + "  ", encode)
        separator = ",\n"
    yield f"\n{indent}{closing}"
