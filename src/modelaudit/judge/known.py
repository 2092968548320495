"""What was known on a day. The feed looks back; a report of an earlier day must not tell what nobody could know then."""

from __future__ import annotations

from datetime import date

from modelaudit.domain.lifecycle import Restriction


def as_known(act: Restriction | None, day: date) -> Restriction | None:
    """The act as it was public on a day: without an end, conditions and reliefs that came later."""
    if act is None:
        return None
    act = act._replace(relief=tuple(one for one in act.relief if one.on <= day))
    return act if is_end_known(act, day) else act._replace(lifted=None, conditions=())


def is_end_known(act: Restriction, day: date) -> bool:
    """Whether the end was public: from its own day on, or from an earlier one that the feed names."""
    return act.lifted is not None and min(act.lifted, act.end_known_from or act.lifted) <= day


def back_as_known(again: date | None, act: Restriction | None, day: date) -> date | None:
    """The day on which calls work again, where it was public: with the end of the act behind the outage. An outage without an act is
    told as the feed has it."""
    return again if act is None or is_end_known(act, day) else None
