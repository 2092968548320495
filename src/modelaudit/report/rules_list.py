"""`rules list`: models and how they stand on a day, a line for each platform, or the same as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TextIO, TypeAlias

from modelaudit.domain.lifecycle import Model
from modelaudit.judge.biography import Chapter
from modelaudit.report.explain_json import chapter_record
from modelaudit.report.explain_text import STATUS_ROLES, ends
from modelaudit.report.layout import Page, Piece, display_width, piece
from modelaudit.report.style import Style
from modelaudit.report.words import count

Row: TypeAlias = tuple[Model, Chapter]


def render_text(rows: Sequence[Row], as_of: date, out: TextIO, style: Style) -> None:
    """Write the models for people, in columns."""
    page = Page(out, style)
    cells = [
        (model.key, chapter.life.platform, chapter.fact.status.value, ends(chapter, as_of), STATUS_ROLES.get(chapter.fact.status, ""))
        for model, chapter in rows
    ]
    widths = [max((display_width(cell[index]) for cell in cells), default=0) for index in range(3)]
    for model, platform, status, end, role in cells:
        page.line(
            piece(model.ljust(widths[0])),
            piece(f"  {platform.ljust(widths[1])}  ", "dim"),
            piece(status.ljust(widths[2]), role),
            piece(f"  {end}") if end != "-" else Piece(""),
        )
    models = len({model.key for model, _ in rows})
    page.line(piece(f"{count(models, 'model')}, {count(len(rows), 'line')}, as of {as_of}", "dim"))


def render_json(rows: Sequence[Row], as_of: date, out: TextIO) -> None:
    """Write the models for programs; a platform has the keys of `explain`."""
    import json

    models = [{"model": model.key, "publisher": model.publisher, **chapter_record(chapter)} for model, chapter in rows]
    json.dump({"as_of": as_of.isoformat(), "models": models}, out, indent=2, ensure_ascii=False)
    out.write("\n")
