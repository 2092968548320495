"""The stages, one after another: discover, extract, link, judge, triage, report."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING

from modelaudit._version import __version__
from modelaudit.config.settings import Settings, has_words
from modelaudit.discover.tree import Tree
from modelaudit.domain.facts import Notification
from modelaudit.domain.report import FeedInfo, Report, Use
from modelaudit.domain.usage import Linked
from modelaudit.engine.anchors import Anchors
from modelaudit.engine.names import OwnWords, stems
from modelaudit.engine.rounds import Gathered, Gathering
from modelaudit.engine.summary import quoted_lines, summarize
from modelaudit.extract.extractor import Extractor, Vocabulary
from modelaudit.extract.keys import KeyIndex
from modelaudit.extract.shapes import ShapeIndex, default_anchors
from modelaudit.extract.vocabulary import CallVocabulary
from modelaudit.feed import calls as calls_section
from modelaudit.feed import keys
from modelaudit.feed.load import Feed, load
from modelaudit.identify.identifier import Identifier
from modelaudit.triage.triage import triage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from modelaudit.domain.facts import FileFacts
    from modelaudit.domain.finding import Finding
    from modelaudit.engine.keeping import Keeper
    from modelaudit.triage.baseline import Entry
    from modelaudit.triage.changed import Changed

WORTH_KEEPING = 40
"""Files from which reading the cache of a tree pays: it holds all of the tree, and a hook asks for three files of it."""
MANY = 20
"""Files from which the best engine of the prefilter is loaded at once."""
STALE_AFTER = 120
"""Days after which the feed's newest source is called old."""


def audit(
    settings: Settings,
    paths: tuple[str, ...],
    as_of: date,
    *,
    baseline: tuple[Entry, ...] | None = None,
    changed: Changed | None = None,
) -> Report:
    """Audit some paths as of a day. Reads the paths and the feed; asks neither the clock nor the network."""
    feed = load(settings.rules, None)  # never a folder that the scanned project names: what lies there would be decoded
    identifier = Identifier(feed)
    tree = discover_tree(settings, paths)
    calls = call_vocabulary(settings, feed)
    whole = is_whole(settings, paths)
    gathered = gather(settings, feed, identifier, calls, tree, whole=whole)
    facts = {file.path: file for file in gathered.facts}
    linked, judged, uses = _judged(gathered, facts, calls, feed, identifier, settings, as_of)
    triaged = triage(judged, facts, settings, as_of, baseline=baseline, changed=changed, whole=whole)
    findings = tuple(finding for finding in triaged.findings if finding.risk.rank >= settings.risk.rank)
    skipped = tuple(sorted((*tree.skipped, *gathered.skipped)))
    notifications = (
        *feed.notifications,
        *tree.notifications,
        *gathered.notifications,
        *triaged.notifications,
        *_warnings(feed, tree, as_of),
        *_unmatched(settings, feed, identifier, as_of),
    )
    return Report(
        version=__version__,
        feed=FeedInfo(feed.digest, feed.generated, feed.model_count, feed.source),
        as_of=as_of,
        root=tree.root,
        summary=summarize(tree, linked, uses, findings, skipped),
        findings=findings,
        uses=uses,
        unresolved=linked.unresolved,
        skipped=skipped,
        notifications=tuple(sorted(notifications, key=_notification_order)),
        lines=quoted_lines(tree, findings),
    )


def _judged(
    gathered: Gathered,
    facts: Mapping[str, FileFacts],
    calls: CallVocabulary,
    feed: Feed,
    identifier: Identifier,
    settings: Settings,
    as_of: date,
) -> tuple[Linked, tuple[Finding, ...], tuple[Use, ...]]:
    """What is linked, what is found and what is used. Most commits touch no file with an ID: for them neither stage is even loaded."""
    if not facts:
        return Linked((), ()), (), ()
    from modelaudit.judge.judge import judge
    from modelaudit.link.linker import link

    linked = link(gathered.facts, calls, gathered.unread)
    judged = judge(linked, facts, feed, identifier, settings, as_of)
    return linked, judged.findings, judged.uses


def call_vocabulary(settings: Settings, feed: Feed) -> CallVocabulary:
    """The call shapes of the project and of the feed."""
    known = feed.decoded(calls_section.NAME, calls_section.decode)
    return CallVocabulary(ShapeIndex((*settings.calls, *known.shapes), known.names), known.names, known.platform_hints, known.clues)


def extractor(settings: Settings, feed: Feed, identifier: Identifier, calls: CallVocabulary) -> Extractor:
    """What reads single files."""
    words = OwnWords(identifier, settings.names) if settings.names else identifier
    return Extractor(Vocabulary(words, calls, KeyIndex(feed.decoded(keys.NAME, keys.decode))))


def gather(settings: Settings, feed: Feed, identifier: Identifier, calls: CallVocabulary, tree: Tree, *, whole: bool = False) -> Gathered:
    """The facts of every file of a tree that matters; `whole` when the tree is all of the project."""
    own = stems(settings.names) if settings.prefilter else None
    names, much = default_anchors(calls.shapes.shapes), len(tree.files) > MANY
    anchors = None if own is None else Anchors((*identifier.anchors, *own), names, much=much)
    kept = _keeper(settings, feed, len(tree.files))
    reader = extractor(settings, feed, identifier, calls)
    gathering = Gathering(reader, anchors, max_size=settings.max_file_size, jobs=settings.jobs or None, kept=kept)
    gathered = gathering.run(tree.files)
    if kept is not None:
        kept.close(whole=whole)
    return gathered


def _keeper(settings: Settings, feed: Feed, files: int) -> Keeper | None:
    if not settings.cache or files < WORTH_KEEPING:
        return None
    from modelaudit.engine.keeping import opened

    return opened(settings, feed)


def discover_tree(settings: Settings, paths: tuple[str, ...]) -> Tree:
    """The files to look at, and what is passed over."""
    from modelaudit.discover.walk import DEFAULT_EXCLUDE, WalkOptions, discover

    options = WalkOptions(
        exclude=DEFAULT_EXCLUDE if settings.exclude is None else settings.exclude,
        extend_exclude=settings.extend_exclude,
        force_exclude=settings.force_exclude,
        respect_gitignore=settings.respect_gitignore,
        root=settings.base or None,
    )
    return discover(paths, options)


def is_whole(settings: Settings, paths: tuple[str, ...]) -> bool:
    """True when the paths hold the whole project: then a suppression that nothing needs is unused, and code that is gone has moved."""
    base = os.path.join(settings.base, "")
    return any(base.startswith(os.path.join(os.path.abspath(path), "")) for path in paths or (".",))


def _unmatched(settings: Settings, feed: Feed, identifier: Identifier, as_of: date) -> tuple[Notification, ...]:
    """Models of the configuration that the feed does not know."""
    if not has_words(settings):
        return ()
    from modelaudit.engine.vocabulary import unmatched_models

    return unmatched_models(settings, feed, identifier, as_of)


def _warnings(feed: Feed, tree: Tree, as_of: date) -> tuple[Notification, ...]:
    found: list[Notification] = []
    if not tree.files:
        found.append(
            Notification("warning", "nothing-to-scan", "no source or config file was found", hint="check the paths and the excludes")
        )
    if (as_of - feed.generated).days > STALE_AFTER:
        message = f"the rules feed is of {feed.generated.isoformat()}, {(as_of - feed.generated).days} days before the day judged"
        found.append(Notification("warning", "stale-feed", message, hint="update modelaudit, or give a newer feed with --rules"))
    return tuple(found)


def _notification_order(note: Notification) -> tuple[str, int, str, str]:
    return note.path or "", note.line or 0, note.code, note.message
