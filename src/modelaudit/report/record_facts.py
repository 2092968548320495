"""What the rules feed says of a finding, as plain data with the keys of DESIGN 10: replacement, act, grant, sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from modelaudit.domain.finding import Finding, GrantUse
from modelaudit.domain.lifecycle import Relief, Restriction, Source
from modelaudit.report.escape import well_formed

Json: TypeAlias = "bool | int | str | Sequence[Json] | Mapping[str, Json] | None"
Record: TypeAlias = dict[str, Json]


def replacement(one: Finding) -> Record | None:
    """What to use instead, and the parameters that it treats differently."""
    named = one.verdict.replacement
    if named is None and not one.breaking:
        return None
    breaking: list[Record] = [
        {
            "parameter": well_formed(item.parameter),
            "effect": item.effect,
            "reason": well_formed(item.reason),
            "source": item.source,
            "path": well_formed(item.path),
            "line": item.line,
        }
        for item in one.breaking
    ]
    return {
        "drop_in": named.drop_in if named else None,
        "options": list(named.options) if named else [],
        "with": list(named.parameters) if named else [],
        "note": named.note if named else None,
        "inferred": named.inferred if named else False,
        "sources": sources(named.sources) if named else [],
        "breaking": breaking,
    }


def restriction(act: Restriction | None, available_again: date | None, cause: Restriction | None = None) -> Record | None:
    """The act, its interval and the end of the outage apart, and the act that brought it about."""
    if act is None:
        return None
    return {
        "id": act.id,
        "title": act.title,
        "kind": act.kind,
        "jurisdiction": act.jurisdiction,
        "bound": act.bound,
        "issuer": act.issuer,
        "legal_basis": act.legal_basis,
        "applies_to": list(act.applies_to),
        "profiles": list(act.profiles),
        "effective": act.effective.isoformat(),
        "relief": [_relief(item) for item in act.relief],
        "lifted": day(act.lifted),
        "conditions": list(act.conditions),
        "makes_calls_fail": act.makes_calls_fail,
        "available_again": day(available_again),
        "grade": act.grade,
        "disputed": act.disputed,
        "sources": sources(act.sources),
        "cause": restriction(cause, None),
    }


def grant(used: GrantUse | None) -> Record | None:
    """A licence that lifts a restriction."""
    return None if used is None else {"restrictions": list(used.restrictions), "until": day(used.until)}


def _relief(item: Relief) -> Record:
    return {"on": item.on.isoformat(), "who": item.who, "subjects": list(item.subjects), "sources": sources(item.sources)}


def sources(items: Iterable[Source]) -> list[Record]:
    """Where facts were read."""
    return [{"url": item.url, "official": item.official, "retrieved": day(item.retrieved)} for item in items]


def day(value: date | None) -> str | None:
    """A date as ISO 8601."""
    return None if value is None else value.isoformat()
