"""What identifies a finding when lines move: rule, file, the name that holds the ID, the function around it, model and platform.

No lines, no dates, and nothing of other files: a constant is the same one whoever calls with it, however many files of the tree are read,
and whatever its callers are renamed to. Only where the ID is written into the call itself the function of that call is a part of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from modelaudit.domain.digest import blake2s
from modelaudit.domain.finding import Finding
from modelaudit.domain.location import Span
from modelaudit.domain.pattern import late
from modelaudit.domain.record import NamedTuple

_POSITION = late(r"(?<=<lambda):\d+:\d+(?=>)")
"""Functions without a name are told apart by where they stand."""


class Parts(NamedTuple):
    """What a fingerprint is made of."""

    rule: str
    path: str
    context: str
    function: str
    model: str
    platform: str


def fingerprint(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings with their fingerprints; equal ones in one file are told apart by their order."""
    seen: dict[Parts, int] = {}
    for finding in findings:
        parts = parts_of(finding)
        number = seen[parts] = seen.get(parts, 0) + 1
        yield finding._replace(fingerprint=digest(parts, number))


def parts_of(finding: Finding) -> Parts:
    """What identifies a finding, its number apart."""
    usage, identity = finding.usage, finding.verdict.identity
    model = identity.model or identity.written
    return Parts(finding.rule, usage.path, usage.literal.context, _function(finding), model, finding.verdict.platform or "")


def digest(parts: Parts, number: int) -> str:
    """The fingerprint of the first, second, ... finding with these parts."""
    return blake2s("\0".join((*parts, str(number))).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def without_position(function: str) -> str:
    """The name of a function as it is wherever it stands."""
    return _POSITION.sub("", function)


def _function(finding: Finding) -> str:
    """The function whose call the ID is written into; empty where it has a place of its own."""
    literal = finding.usage.literal.span
    for site in finding.sites:
        placed = site.placed
        if placed is not None and placed.path == finding.usage.path and _holds(placed.site.span, literal):
            return without_position(placed.site.function)
    return ""


def _holds(outer: Span, inner: Span) -> bool:
    return (outer.line, outer.column) <= (inner.line, inner.column) and (inner.end_line, inner.end_column) <= (
        outer.end_line,
        outer.end_column,
    )
