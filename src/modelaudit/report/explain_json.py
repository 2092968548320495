"""`explain MODEL --format json`: the keys of DESIGN 10."""

from __future__ import annotations

from typing import TextIO

from modelaudit.domain.lifecycle import Event, Replacement, Unavailable
from modelaudit.judge.biography import Biography, Chapter
from modelaudit.report.record_facts import Record, day, restriction, sources


def render(told: Biography, out: TextIO) -> None:
    """Write the life of a model as JSON."""
    import json

    json.dump(record(told), out, indent=2, ensure_ascii=False)
    out.write("\n")


def record(told: Biography) -> Record:
    """The life of a model as plain data."""
    return {
        "model": told.model.key,
        "publisher": told.model.publisher,
        "as_of": told.as_of.isoformat(),
        "line": told.model.line,
        "succeeded_by": [{"model": one.model, "on": day(one.on)} for one in told.model.succeeded_by],
        "platforms": [chapter_record(chapter) for chapter in told.chapters],
        "restrictions": [restriction(act, None) for act in (*told.restrictions, *told.elsewhere)],
    }


def chapter_record(chapter: Chapter) -> Record:
    """A model on one platform as plain data."""
    life, fact = chapter.life, chapter.fact
    return {
        "platform": life.platform,
        "ids": list(life.ids),
        "aliases": [{"id": one.id, "from": day(one.start), "to": day(one.end), "floating": one.floating} for one in life.aliases],
        "status": fact.status.value,
        "since": day(fact.since),
        "deadline": day(fact.deadline),
        "precision": fact.precision.value if fact.precision else None,
        "safe_until": day(fact.safe_until),
        "available_again": day(fact.available_again),
        "events": [_event(event) for event in chapter.events],
        "unavailable": [_outage(gap) for gap in life.unavailable],
        "on_shutdown": life.on_shutdown.action if life.on_shutdown else None,
        "reroute": fact.reroute,
        "replacement": _replacement(fact.replacement),
        "successor": fact.successor,
        "sources": sources(fact.sources),
        "disputed": fact.disputed,
        "note": life.note,
    }


def _event(event: Event) -> Record:
    return {
        "kind": event.kind.value,
        "on": day(event.on),
        "precision": event.precision.value,
        "scopes": list(event.scopes),
        "known_from": day(event.known_from),
        "disputed": event.disputed,
        "inferred": event.inferred,
        "note": event.note,
        "sources": sources(event.sources),
    }


def _outage(gap: Unavailable) -> Record:
    return {
        "from": gap.start.isoformat(),
        "to": day(gap.end),
        "cause": gap.cause,
        "confidence": gap.confidence,
        "sources": sources(gap.sources),
    }


def _replacement(named: Replacement | None) -> Record | None:
    if named is None:
        return None
    return {
        "drop_in": named.drop_in,
        "options": list(named.options),
        "with": list(named.parameters),
        "note": named.note,
        "inferred": named.inferred,
        "sources": sources(named.sources),
    }
