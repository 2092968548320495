"""The rules about suppressions themselves: what is silenced must say until when and why, and must still be about something."""

from __future__ import annotations

from datetime import date

from modelaudit.domain.facts import Literal, Role
from modelaudit.domain.finding import SUPPRESSION, Finding, Risk, SiteRisk, Verdict
from modelaudit.domain.identity import Identity
from modelaudit.domain.lifecycle import Status
from modelaudit.domain.location import Location
from modelaudit.domain.usage import Confidence, Usage
from modelaudit.judge.housekeeping import expired_suppression, unknown_suppression, unused_suppression
from modelaudit.judge.rule import Rule

UNUSED, EXPIRED, UNKNOWN = unused_suppression.RULE, expired_suppression.RULE, unknown_suppression.RULE
HOUSEKEEPING = (EXPIRED, UNKNOWN, UNUSED)


def complaint(rule: Rule, message: str, place: Location, written: str, since: date | None = None) -> Finding:
    """A finding about a suppression; it stands where the suppression is written."""
    literal = Literal(written, place.span, Role.MENTION, SUPPRESSION)
    usage = Usage(place.path, literal, Role.MENTION, written, None, (), False, Confidence.CERTAIN)
    site = SiteRisk(None, usage, Risk.LOW, 0, 0, 0, False, Confidence.CERTAIN, (), ())
    return Finding(
        rule=rule.id,
        risk=Risk.LOW,
        message=message,
        verdict=_no_verdict(written, since),
        usage=usage,
        sites=(site,),
        effort=None,
        start_by=None,
        options=(),
        breaking=(),
        fingerprint="",
    )


def _no_verdict(written: str, since: date | None) -> Verdict:
    """A suppression names no model, so nothing is said of one."""
    identity = Identity(
        written=written,
        model=None,
        publisher=None,
        matched=written,
        start=0,
        end=len(written),
        platform=None,
        evidence="",
        region=None,
        version=None,
        fine_tuned=False,
        alias=None,
        floating=False,
        opaque=None,
        stripped=(),
        family=None,
        nearest=None,
    )
    return Verdict(
        identity=identity,
        status=Status.UNKNOWN,
        platform=None,
        assumed=False,
        since=since,
        deadline=None,
        days_left=None,
        precision=None,
        safe_until=None,
        reroute=None,
        replacement=None,
        successor=None,
        restriction=None,
        available_again=None,
        worse_elsewhere=(),
        sources=(),
        disputed=None,
    )
