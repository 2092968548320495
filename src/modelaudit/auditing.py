"""An audit as the commands ask for it: paths and settings from the invocation, baseline and revision opened, a report or an error."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TextIO

from modelaudit.config.find import common_folder, nearest, shown
from modelaudit.config.load import Loaded, load
from modelaudit.config.settings import Settings, has_words
from modelaudit.domain.errors import ConfigError, InputError, UsageError
from modelaudit.domain.finding import Finding, Risk
from modelaudit.domain.record import NamedTuple
from modelaudit.domain.report import Report
from modelaudit.domain.spelling import did_you_mean
from modelaudit.invocation import Invocation
from modelaudit.terminal import Progress, Terminal

DEFAULT_BASELINE = "modelaudit-baseline.json"
"""Where `baseline write` puts it, below the project's folder, when nothing else is said."""
GROUPS = frozenset({"all", "housekeeping", "lifecycle", "notice", "policy", "resilience"})
"""Names that stand for several rules."""
_CHOOSING = ("select", "extend_select", "ignore")


class Request(NamedTuple):
    """What to audit."""

    settings: Settings
    paths: tuple[str, ...]
    progress: bool = True
    """Whether to tell on a terminal that a long run is under way."""
    fresh: bool = False
    """True when nothing is decided about this project yet: no configuration, no baseline."""
    text: bytes | None = None
    """What came from standard input in place of the one file of `paths`; None without `--stdin-filename`."""


def request(invocation: Invocation, terminal: Terminal) -> Request:
    """The paths and settings of an invocation, checked. No paths at all means that a list of them was empty."""
    listed = invocation.text("files-from")
    piped = invocation.text("stdin-filename")
    if piped is not None:
        return _piped(piped, invocation, terminal)
    more = () if listed is None else _listed(listed, terminal.source)
    paths = (*invocation.arguments, *more) if invocation.arguments or listed is not None else (".",)
    settings = _settings(invocation, paths, terminal)
    fresh = settings.baseline is None and settings.diff_base is None and nearest(common_folder(paths, terminal.folder)) is None
    return Request(settings, paths, progress=not (invocation.has("no-progress") or invocation.has("quiet")), fresh=fresh)


def audited(wanted: Request, terminal: Terminal, *, compare: bool = True) -> Report:
    """The report; with `compare` false neither baseline nor revision is looked at."""
    from modelaudit.engine import audit

    if wanted.text is not None:
        return _audited_text(wanted, wanted.text, terminal, compare=compare)
    settings, paths = wanted.settings, wanted.paths
    baseline = changed = None
    if compare and settings.baseline is not None:
        from modelaudit.triage.baseline import read

        baseline = read(settings.baseline, settings.baseline)
    if compare and settings.diff_base is not None:
        from modelaudit.engine.since import Since

        changed = Since(settings.base, settings.diff_base, partial(_before, wanted, terminal), limit=settings.max_file_size)
    with Progress(terminal, wanted=wanted.progress):
        return audit(settings, paths, settings.as_of or terminal.today(), baseline=baseline, changed=changed)


def _settings(invocation: Invocation, paths: tuple[str, ...], terminal: Terminal) -> Settings:
    """The settings for some paths, checked; what this run reads and writes itself is left out of the scan."""
    loaded = load(invocation, paths, terminal.folder)
    _check_rules(loaded)
    _check_words(loaded)
    _check_files(loaded, invocation.command, terminal.folder)
    for warning in loaded.warnings:
        terminal.say(f"warning: {warning}")
    settings = loaded.settings
    return settings._replace(extend_exclude=(*settings.extend_exclude, *_own_files(invocation, settings, terminal.folder)))


def _piped(name: str, invocation: Invocation, terminal: Terminal) -> Request:
    """What an editor asks: this text, as if it stood there."""
    if invocation.arguments or invocation.text("files-from") is not None:
        raise UsageError("--stdin-filename takes the place of all paths")
    settings = _settings(invocation, (name,), terminal)
    if settings.diff_base is not None:
        raise UsageError("--stdin-filename cannot be compared with --diff-base", hint="the revision is compared with files, not with text")
    path = os.path.abspath(os.path.join(terminal.folder, name))
    base = os.path.abspath(settings.base)
    if os.path.relpath(path, base).startswith(".."):
        raise UsageError(f"--stdin-filename {name}: lies outside of {base}, which paths are relative to")
    data: object = getattr(terminal.source, "buffer", terminal.source).read()
    text = data if isinstance(data, bytes) else str(data).encode()
    return Request(settings._replace(base=base), (path,), progress=False, text=text)


def _audited_text(wanted: Request, text: bytes, terminal: Terminal, *, compare: bool) -> Report:
    """The report on a text, which is put where a tree of its own has the path that it stands for."""
    from tempfile import TemporaryDirectory

    settings = wanted.settings
    (path,) = wanted.paths
    with TemporaryDirectory(prefix="modelaudit-") as folder:
        root = os.path.realpath(folder)
        target = os.path.join(root, os.path.relpath(path, settings.base))
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "xb") as stream:
            stream.write(text)
        moved = wanted._replace(settings=settings._replace(base=root, respect_gitignore=False), paths=(target,), text=None)
        return audited(moved, terminal, compare=compare)._replace(root=settings.base)


def _before(wanted: Request, terminal: Terminal, folder: str, renames: Mapping[str, str]) -> Sequence[Finding]:
    """The findings of the same request in another revision's tree: same settings, same day, as far as its paths were there."""
    from modelaudit.discover.git import top_of
    from modelaudit.engine import audit

    settings = wanted.settings
    base = os.path.realpath(settings.base)
    top = top_of(base) or base
    places = (os.path.relpath(os.path.realpath(path), top).replace(os.sep, "/") for path in wanted.paths)
    there = (os.path.join(folder, renames.get(place, place)) for place in places)
    paths = tuple(path for path in there if os.path.exists(path))
    if not paths:
        return ()
    moved = os.path.normpath(os.path.join(folder, os.path.relpath(base, top)))
    same = settings._replace(base=moved, respect_gitignore=False, risk=Risk.INFO)
    return audit(same, paths, settings.as_of or terminal.today()).findings


def files(wanted: Request) -> tuple[str, ...]:
    """The files that would be read, as reports name them."""
    from modelaudit.engine import discover_tree

    return tuple(file.path for file in discover_tree(wanted.settings, wanted.paths).files)


def _check_rules(loaded: Loaded) -> None:
    """A name that is no rule would silently select or switch off nothing."""
    settings = loaded.settings
    chosen = [(field, name) for field in _CHOOSING for name in getattr(settings, field)]
    chosen += [("per_file_ignores", name) for _, names in settings.per_file_ignores for name in names]
    if not chosen:
        return
    from modelaudit.triage.triage import all_rules

    known = GROUPS | {rule.id for rule in all_rules()}
    for field, name in chosen:
        if name not in known:
            place = _place(loaded, field, name)
            hint = did_you_mean(name, known) or "`modelaudit explain RULE` tells what a rule does; docs/rules.md lists them"
            error = UsageError if place.startswith("--") else ConfigError
            raise error(f"{place}: unknown rule {name!r}", hint=hint)


def _check_words(loaded: Loaded) -> None:
    """A publisher, platform, profile or restriction that the feed does not know would forbid, bind or lift nothing."""
    settings = loaded.settings
    if not has_words(settings):
        return
    from modelaudit.engine.vocabulary import unknown_words
    from modelaudit.feed.load import load as open_feed

    found = next(unknown_words(settings, open_feed(settings.rules)), None)
    if found is not None:
        place = _place(loaded, found.setting, found.word)
        error = UsageError if place.startswith("--") else ConfigError
        raise error(f"{place}: unknown {found.what} {found.word!r}", hint=found.hint)


def _check_files(loaded: Loaded, command: str, folder: str) -> None:
    """A baseline or a feed that is not there; what the command line names is told by whoever opens it."""
    settings = loaded.settings
    named = [("rules", path) for path in settings.rules or () if path != "bundled"]
    if command == "scan" and settings.baseline is not None:
        named.append(("baseline", settings.baseline))
    for field, path in named:
        origin = dict(loaded.origins).get(field, "")
        if not os.path.exists(path) and not origin.startswith(("--", "MODELAUDIT_")):
            hint = "`modelaudit baseline write` makes one" if field == "baseline" else "give a folder that holds models/, or `bundled`"
            name = shown(path, folder)
            raise ConfigError(f"{_place(loaded, field, os.path.basename(path))}: {name}: no such {_FILES[field]}", hint=hint)


_FILES = {"rules": "rules feed", "baseline": "baseline"}


def _place(loaded: Loaded, field: str, word: str) -> str:
    """Where a setting got a word: file, line and key; the option or the variable."""
    from modelaudit.config.places import place_of

    origin = dict(loaded.origins)[field]
    if origin.startswith(("--", "MODELAUDIT_")):
        return origin
    return place_of(loaded.sources, field, word) or origin


def _own_files(invocation: Invocation, settings: Settings, folder: str) -> tuple[str, ...]:
    """Globs for the baseline and the reports of this run: they name models and use none."""
    places = [settings.baseline or os.path.join(settings.base, DEFAULT_BASELINE)]
    places += (value for name, value in invocation.given if (name == "output" or name.endswith("-output")) and isinstance(value, str))
    inside = (os.path.relpath(os.path.join(folder, place), settings.base) for place in places)
    return tuple("/" + _glob(path.replace(os.sep, "/")) for path in inside if not path.startswith(".."))


def _glob(path: str) -> str:
    """A glob that means the path itself."""
    return "".join(f"\\{character}" if character in "*?[]\\!# " else character for character in path)


def _listed(path: str, source: TextIO) -> tuple[str, ...]:
    """Paths of a list, one a line, or ended by NUL as `git ls-files -z` and `find -print0` write them."""
    try:
        if path == "-":
            text = source.read()
        else:
            with open(path, encoding="utf-8", errors="surrogateescape") as stream:
                text = stream.read()
    except OSError as error:
        raise InputError(f"--files-from: {path}: {error.strerror}") from error
    return tuple(part for part in (text.split("\0") if "\0" in text else text.splitlines()) if part)
