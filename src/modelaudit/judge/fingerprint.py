"""What identifies a finding when lines move: rule, file, the name that holds the ID, the callee, model and platform. No lines, no dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from modelaudit.domain.digest import blake2s
from modelaudit.domain.finding import Finding


def fingerprint(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings with their fingerprints; equal ones in one file are told apart by their order."""
    seen: dict[tuple[str, ...], int] = {}
    for finding in findings:
        parts = _parts(finding)
        number = seen[parts] = seen.get(parts, 0) + 1
        text = "\0".join((*parts, str(number)))
        yield finding._replace(fingerprint=blake2s(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest())


def _parts(finding: Finding) -> tuple[str, ...]:
    """The first site, not the worst: which one is worst depends on the day."""
    usage, identity = finding.sites[0].usage, finding.verdict.identity
    place = ("", "") if usage.site is None else (usage.site.site.callee, usage.site.site.function)
    model = identity.model or identity.written
    return (finding.rule, usage.path, usage.literal.context, *place, model, finding.verdict.platform or "")
