"""What a text names: a model, on a platform, in a spelling."""

from __future__ import annotations

from modelaudit.domain.record import NamedTuple


class Identity(NamedTuple):
    """The outcome of identifying one text.

    `model` None means one of three: opaque (`opaque` says what), unknown (`family` says why it looks like an ID), or a short name that
    moves with a tool (`alias` and `floating`, as `opus` in Claude Code).
    """

    written: str
    model: str | None
    """Key of the model in the feed."""
    publisher: str | None
    matched: str
    """The ID as the platform spells it, after everything that may be stripped was stripped."""
    start: int
    """Offset of `matched`'s text inside `written`; for blaming the part of a composed value."""
    end: int
    platform: str | None
    """Platform that the spelling or the context names; None: judge on the publisher's clock and say so. It need not be one with a clock in
    the feed (`openrouter`, `ollama`); `Platforms.platforms[...].local` tells weights that the user runs and that never retire."""
    evidence: str
    """Why that platform, in words: `Bedrock profile prefix us.`, `litellm prefix bedrock/`; empty when there is none. It ends with
    `deployment name` where users choose the names, so that the ID may still be another model's."""
    region: str | None
    version: str | None
    """Azure model version, when the text carries one."""
    fine_tuned: bool
    alias: str | None
    """The alias that was resolved, None when the ID names the model itself."""
    floating: bool
    """True for names that move silently (`-latest`)."""
    opaque: str | None
    """What it is when text cannot tell the model: `Bedrock application inference profile`."""
    stripped: tuple[str, ...]
    """What was cut off, in order."""
    family: str | None
    nearest: str | None
    """For unknown IDs: the nearest known ID."""
