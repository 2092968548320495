"""What to put instead: the replacement on the same platform, followed to the end of its chain."""

from __future__ import annotations

import re
from datetime import date

from modelaudit.domain.finding import Verdict
from modelaudit.domain.lifecycle import Replacement, Status
from modelaudit.domain.record import NamedTuple
from modelaudit.judge.case import Standing, Standings

_PASSING = frozenset({Status.LEGACY, Status.DEPRECATED, Status.RETIRED, Status.RESTRICTED})
"""A replacement in one of these states has, if the feed knows one, a replacement of its own."""
_LONGEST = 8

_KINDS = (
    *("embed", "image", "imagen", "dall-e", "nano-banana", "audio", "realtime", "live", "transcribe", "translate", "tts", "whisper"),
    *("lyria", "sora", "veo", "moderation", "rerank", "search", "ocr", "guard", "robotics", "computer", "research", "cyber", "codex"),
)
"""Words in a model's name that tell what it is for; only a model of the same kind is worth naming."""


class Target(NamedTuple):
    """Where the way out of a model ends."""

    standing: Standing | None
    """The last model of the chain; None when there is none."""
    hops: tuple[str, ...]
    """Keys from the first replacement to the last; each hop's changes count."""
    how: str
    """`drop-in`, `options`, `inferred`, `unnamed` (the publisher offers others, none is named) or `none`."""
    named: Replacement | None
    offered: tuple[Standing, ...] = ()
    """For `unnamed`: what the publisher offers there."""
    first: Standing | None = None
    """The replacement that the feed names, when the chain goes on behind it."""


class Targets:
    """The way out of every model, worked out once for all calls that use it in the same way."""

    def __init__(self, standings: Standings) -> None:
        self._standings = standings
        self._known: dict[Verdict, Target] = {}

    def of(self, verdict: Verdict) -> Target:
        """Where replacement and successor lead from one model: to a model that needs none."""
        if verdict not in self._known:
            self._known[verdict] = _resolve(verdict, self._standings)
        return self._known[verdict]


def _resolve(verdict: Verdict, standings: Standings) -> Target:
    chain = tuple(_spelled(hop, verdict) for hop in _chain(verdict, standings))
    if not chain:
        return _unnamed(verdict, standings)
    named = verdict.replacement
    how = "inferred"
    if named is not None and (named.drop_in or named.options):
        how = "inferred" if named.inferred else "drop-in" if named.drop_in else "options"
    return Target(chain[-1], tuple(hop.model for hop in chain), how, named, (), chain[0] if len(chain) > 1 else None)


def _chain(verdict: Verdict, standings: Standings) -> tuple[Standing, ...]:
    seen = {verdict.identity.model}
    found: list[Standing] = []
    names = _names(verdict.replacement, verdict.successor)
    while names and len(found) < _LONGEST:
        nexts = (standings.of(name, verdict.platform, verdict.identity.region) for name in names)
        usable = [one for one in nexts if one is not None and one.model not in seen and one.status is not Status.UNRELEASED]
        if not usable:
            break
        best = next((one for one in usable if one.status not in _PASSING), usable[0])
        found.append(best)
        seen.add(best.model)
        names = _names(best.replacement, best.successor) if best.status in _PASSING else ()
    return tuple(found)


def _names(named: Replacement | None, successor: str | None) -> tuple[str, ...]:
    """Candidates in the order in which they are to be tried."""
    listed = () if named is None else tuple(name for name in (named.drop_in, *named.options) if name)
    return listed or ((successor,) if successor else ())


def _unnamed(verdict: Verdict, standings: Standings) -> Target:
    identity = verdict.identity
    if identity.publisher is None:
        return Target(None, (), "none", None)
    kind = _kind(identity.model or identity.written)
    offered = standings.alternatives(identity.publisher, verdict.platform, identity.region)
    mine = None if identity.model is None else standings.of(identity.model, verdict.platform, identity.region)
    since = date.min if mine is None or mine.released is None else mine.released
    alike = tuple(one for one in offered if one.model != identity.model and _kind(one.model) == kind)
    # Something older is named only when the newest model itself is the one that has to go.
    staying = tuple(one for one in alike if not one.leaving) or alike
    fresh = tuple(one for one in staying if (one.released or date.max) >= since) or staying
    if not alike:
        return Target(None, (), "none", verdict.replacement)
    words = _words(identity.model or identity.written)
    nearest = min(fresh, key=lambda one: len(words ^ _words(one.model)))
    return Target(_spelled(nearest, verdict), (nearest.model,), "unnamed", verdict.replacement, alike)


def _spelled(standing: Standing, verdict: Verdict) -> Standing:
    """In the geography of the present ID: `us.anthropic.…` is replaced by `us.anthropic.…` where that profile exists."""
    geography = verdict.identity.written.rpartition("/")[2].partition(".")[0]
    if geography not in standing.geographies or standing.spelling.startswith(f"{geography}."):
        return standing
    return standing._replace(spelling=f"{geography}.{standing.spelling}")


def _words(name: str) -> frozenset[str]:
    """The words of a name without its numbers: `gemini`, `flash`. Of the newest models the one with the same words is the nearest."""
    return frozenset(word for word in re.split(r"[^a-z]+", name.lower()) if len(word) > 1)


def _kind(name: str) -> str:
    return next((word for word in _KINDS if word in name.lower()), "")
