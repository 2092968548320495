"""`modelaudit rules`: what the feed holds, how old it is, what is wrong with it, and what changed between two of them."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, timedelta

from modelaudit.config.load import load
from modelaudit.config.settings import Settings
from modelaudit.domain.errors import ExitCode, UsageError
from modelaudit.domain.lifecycle import Status
from modelaudit.domain.spelling import did_you_mean
from modelaudit.feed.load import Feed
from modelaudit.feed.load import load as open_feed
from modelaudit.invocation import Invocation
from modelaudit.judge.biography import biography
from modelaudit.report import rules_list
from modelaudit.terminal import Terminal

STATUSES = tuple(status.value for status in Status)


def run(invocation: Invocation, terminal: Terminal) -> int:
    """One of the commands about the feed."""
    commands: dict[str, Callable[[Invocation, Terminal], int]] = {
        "rules list": _list,
        "rules lint": _lint,
        "rules schema": _schema,
        "rules status": _status,
        "rules diff": _diff,
    }
    return commands[invocation.command](invocation, terminal)


def _list(invocation: Invocation, terminal: Terminal) -> int:
    settings, feed = _open(invocation, terminal)
    as_of = settings.as_of or terminal.today()
    rows = _rows(invocation, settings, feed, as_of)
    if invocation.text("format") == "json":
        rules_list.render_json(rows, as_of, terminal.out)
    else:
        rules_list.render_text(rows, as_of, terminal.out, terminal.style(invocation.text("color") or "auto", 0))
    return int(ExitCode.CLEAN)


def _rows(invocation: Invocation, settings: Settings, feed: Feed, as_of: date) -> list[rules_list.Row]:
    """The lives that the filters let through, by end, then by model."""
    statuses = invocation.values("status")
    for name in statuses:
        if name not in STATUSES:
            raise UsageError(f"--status: unknown status {name!r}", hint=did_you_mean(name, STATUSES) or f"one of: {', '.join(STATUSES)}")
    latest = _latest(invocation.text("within"), as_of)
    publisher, platform = invocation.text("publisher"), invocation.text("platform")
    models = [model for key in feed.keys() if (model := feed.model(key)) is not None]  # noqa: SIM118 - a feed is no mapping
    _check("publisher", publisher, {model.publisher for model in models})
    _check("platform", platform, {life.platform for model in models for life in model.lives})
    rows: list[rules_list.Row] = []
    for model in models:
        if publisher not in (None, model.publisher):
            continue
        told = biography(
            model,
            feed.restrictions(model.key),
            as_of,
            profiles=settings.profiles,
            platform=platform,
            known_at=invocation.day("known-at"),
        )
        rows += ((model, chapter) for chapter in told.chapters if not statuses or chapter.fact.status.value in statuses)
    if latest is not None:
        rows = [row for row in rows if (end := row[1].fact.deadline) is not None and as_of < end <= latest]
    return sorted(rows, key=lambda row: (_end(row) if latest else date.min, row[0].key, row[1].life.platform))


def _check(option: str, name: str | None, known: set[str]) -> None:
    """A name that the feed does not hold would list nothing, which reads as if nothing ended."""
    if name is not None and name not in known:
        raise UsageError(f"--{option}: unknown {option} {name!r}", hint=did_you_mean(name, known) or f"one of: {', '.join(sorted(known))}")


def _end(row: rules_list.Row) -> date:
    return row[1].fact.deadline or date.max


def _latest(within: str | None, as_of: date) -> date | None:
    if within is None:
        return None
    number = within.removesuffix("d")
    if not (number.isascii() and number.isdigit()):
        raise UsageError(f"--within: {within!r} is not a number of days", hint="write it as 90d")
    return as_of + timedelta(days=int(number))


def _status(invocation: Invocation, terminal: Terminal) -> int:
    _, feed = _open(invocation, terminal)
    age = (terminal.today() - feed.generated).days
    restrictions = len(feed.restriction_ids())
    models = (feed.model(key) for key in feed.keys())  # noqa: SIM118 - a feed is no mapping
    lives = [life for model in models if model is not None for life in model.lives]
    platforms = len({life.platform for life in lives})
    if invocation.text("format") == "json":
        import json

        record = {
            "source": feed.source,
            "digest": feed.digest,
            "generated": feed.generated.isoformat(),
            "age_days": age,
            "models": feed.model_count,
            "lives": len(lives),
            "platforms": platforms,
            "restrictions": restrictions,
        }
        terminal.out.write(json.dumps(record, indent=2) + "\n")
        return int(ExitCode.CLEAN)
    terminal.out.write(
        f"source        {feed.source}\n"
        f"digest        {feed.digest}\n"
        f"newest source {feed.generated} ({age} days ago)\n"
        f"models        {feed.model_count:,}, with {len(lives):,} lives on {platforms} platforms\n"
        f"restrictions  {restrictions}\n"
    )
    for note in feed.notifications:
        terminal.out.write(f"{note.level}: {note.message}\n")
    return int(ExitCode.CLEAN)


def _lint(invocation: Invocation, terminal: Terminal) -> int:
    from modelaudit.feed.lint import lint

    folder = invocation.arguments[0] if invocation.arguments else "rules"
    if not os.path.isdir(folder):
        raise UsageError(f"{folder}: no such folder", hint="name a rules folder, one that holds models/ or restrictions/")
    found = lint(folder)
    for one in found:
        place = f"{folder.rstrip('/')}/{one.file}" + (f":{one.line}" if one.line else "")
        key = f" {one.key_path}:" if one.key_path else ""
        terminal.out.write(f"{place}:{key} {one.message}\n")
    terminal.say("1 mistake" if len(found) == 1 else f"{len(found)} mistakes" if found else "no mistakes")
    return int(ExitCode.FINDINGS if found else ExitCode.CLEAN)


def _schema(invocation: Invocation, terminal: Terminal) -> int:
    from modelaudit.feed.schema import schemas

    texts = {name.removesuffix(".schema.json"): text for name, text in schemas().items()}
    if not invocation.arguments:
        terminal.out.write("".join(f"{name}\n" for name in sorted(texts)))
        return int(ExitCode.CLEAN)
    (name,) = invocation.arguments
    if name not in texts:
        raise UsageError(f"no schema is called {name!r}", hint=did_you_mean(name, texts) or f"one of: {', '.join(sorted(texts))}")
    terminal.out.write(texts[name])
    return int(ExitCode.CLEAN)


def _diff(invocation: Invocation, terminal: Terminal) -> int:
    from modelaudit.feed.diff import diff

    cache = invocation.text("cache-dir")
    old, new = (open_feed((place,), cache) for place in invocation.arguments)
    changes = diff(old, new)
    for change in changes:
        terminal.out.write(f"{change.sentence}\n")
    terminal.say("1 change" if len(changes) == 1 else f"{len(changes)} changes")
    return int(ExitCode.CLEAN)


def _open(invocation: Invocation, terminal: Terminal) -> tuple[Settings, Feed]:
    settings = load(invocation, (), terminal.folder).settings
    return settings, open_feed(settings.rules, settings.cache_dir)
