"""The stage: from judged findings to findings that know whether they count. Pure: baseline and changed lines are arguments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import starmap
from typing import TYPE_CHECKING

from modelaudit.config.settings import Settings
from modelaudit.domain.facts import FileFacts, Notification
from modelaudit.domain.finding import Finding
from modelaudit.domain.record import NamedTuple

if TYPE_CHECKING:
    from modelaudit.judge.rule import Rule
    from modelaudit.triage.baseline import Entry
    from modelaudit.triage.changed import Changed
    from modelaudit.triage.suppress import Rules


class Triaged(NamedTuple):
    """Findings sorted by path, position and rule; those that are suppressed or known say so."""

    findings: tuple[Finding, ...]
    notifications: tuple[Notification, ...]


def all_rules() -> tuple[Rule, ...]:
    """Every rule there is, those about suppressions included, by id."""
    from modelaudit.judge.rules import registered
    from modelaudit.triage.housekeeping import HOUSEKEEPING

    return tuple(sorted((*(one.rule for one in registered()), *HOUSEKEEPING)))


def triage(
    findings: Sequence[Finding],
    facts: Mapping[str, FileFacts],
    settings: Settings,
    as_of: date,
    *,
    baseline: Sequence[Entry] | None = None,
    changed: Changed | None = None,
    whole: bool = True,
) -> Triaged:
    """`whole` is false when only a part of the project was scanned."""
    kept = tuple(finding for finding in findings if not _is_off(finding, settings))
    notifications = _ending(settings, as_of)
    if settings.suppressions and _is_silenced(facts, settings):
        from modelaudit.triage.suppress import suppress

        rules = _rules(settings)
        marked = suppress(kept, facts, settings, as_of, rules, whole=whole and changed is None)
        complaints = (one for one in marked.complaints if one.rule in rules.ran and not _is_off(one, settings))
        kept, notifications = (*marked.findings, *complaints), (*notifications, *marked.notifications)
    if baseline is not None:
        from modelaudit.triage.baseline import compare

        compared = compare(kept, baseline, whole=whole)
        kept = tuple(finding for finding in compared.findings if finding.baseline_state != "unchanged")
        notifications += (*_known(len(compared.findings) - len(kept)), *starmap(_grown, compared.grown))
    if changed is not None:
        from modelaudit.triage.changed import is_brought

        kept = tuple(finding for finding in kept if is_brought(finding, changed))
    return Triaged(tuple(sorted(kept, key=_order)), notifications)


def _ending(settings: Settings, as_of: date) -> tuple[Notification, ...]:
    if not settings.policies:
        return ()
    from modelaudit.triage.policies import ending

    return ending(settings.policies, as_of)


def _is_silenced(facts: Mapping[str, FileFacts], settings: Settings) -> bool:
    """Whether there is any suppression."""
    return bool(settings.ignores) or any(file.suppressions for file in facts.values())


def _rules(settings: Settings) -> Rules:
    from modelaudit.judge.rule import Registered, selected
    from modelaudit.judge.rules import registered
    from modelaudit.triage.housekeeping import HOUSEKEEPING
    from modelaudit.triage.suppress import Rules

    everything = (*registered(), *(Registered(rule, lambda case, context: None) for rule in HOUSEKEEPING))
    ran = selected(everything, settings.select, settings.extend_select, settings.ignore)
    return Rules(frozenset(one.rule.id for one in everything), frozenset(one.rule.id for one in ran))


def _known(number: int) -> tuple[Notification, ...]:
    """How many findings the baseline holds: nothing is left out in silence."""
    what = "1 finding is" if number == 1 else f"{number:,} findings are"
    return (Notification("note", "baseline", f"{what} in the baseline"),) if number else ()


def _grown(finding: Finding, then: int) -> Notification:
    """Why a known finding counts again though its model stands as it stood."""
    from modelaudit.triage.baseline import calls

    model = finding.verdict.identity.model or finding.verdict.identity.written
    now = calls(finding)
    what = f"{model} reaches {now:,} {'call' if now == 1 else 'calls'}, {then:,} when the baseline was written"
    return Notification("warning", "baseline", what, finding.usage.path, finding.usage.literal.span.line)


def _is_off(finding: Finding, settings: Settings) -> bool:
    """True where the project has switched the rule off for the path."""
    if not settings.per_file_ignores:
        return False
    from modelaudit.judge.paths import matches

    return any(finding.rule in rules and matches((glob,), finding.usage.path) for glob, rules in settings.per_file_ignores)


def _order(finding: Finding) -> tuple[str, int, int, str, str, str]:
    span = finding.usage.literal.span
    identity = finding.verdict.identity
    return finding.usage.path, span.line, span.column, finding.rule, finding.verdict.platform or "", identity.model or identity.written
