"""Facts of earlier runs in place of extraction: which cache, for which tree, and what a file's stamp says before the file is read.

Only facts are kept. Which of them matter, how they join and what they mean on this day is worked out anew in every run.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from modelaudit._version import __version__
from modelaudit.domain.facts import FileFacts
from modelaudit.engine.outcomes import CLEAN, COLD, Cold, Noted, Outcome
from modelaudit.extract import cache as facts_cache
from modelaudit.extract.cache import FactsCache
from modelaudit.feed.folders import BUNDLE, user_cache

if TYPE_CHECKING:
    from modelaudit.config.settings import Settings
    from modelaudit.discover.tree import SourceFile
    from modelaudit.feed.load import Feed

FOLDER = "facts"
"""Below the user's cache folder."""
_SECTIONS = ("lexicon", "anchors", "heads", "platforms", "calls", "keys")
"""Sections of the feed that extraction asks. Dates, restrictions and migrations are not among them."""
_READERS = ("domain", "discover", "identify", "extract")
"""Packages whose code decides what facts a file has."""


def folder_of(wanted: str | None) -> str:
    """Where facts are kept: `--cache-dir`, or the user's own cache folder."""
    return wanted or os.path.join(user_cache(), FOLDER)


def opened(settings: Settings, feed: Feed) -> Keeper | None:
    """The cache for a run, None where none can be kept."""
    secret = facts_cache.secret_in(user_cache())
    if secret is None:
        return None
    own = (settings.calls, tuple(one._replace(origin=None) for one in settings.names), settings.prefilter)
    key = "\0".join((os.path.realpath(settings.base or "."), __version__, sys.version, _code(), feed.sections_digest(_SECTIONS), repr(own)))
    return Keeper(FactsCache(folder_of(settings.cache_dir), key, secret, began=time.time_ns()))


class Keeper:
    """The cache as the rounds use it. Worker processes read it; only the process that made it writes."""

    def __init__(self, cache: FactsCache) -> None:
        self._cache = cache
        self._process = os.getpid()

    def stamp(self, file: SourceFile) -> bytes | None:
        """The stamp of a file before it is read; None for what is no plain file, which reading deals with."""
        try:
            return facts_cache.stamp_of(os.stat(file.full, follow_symlinks=file.named))
        except (OSError, ValueError):
            return None

    def recalled(self, file: SourceFile, stamp: bytes | None) -> Noted | None:
        """What an earlier run found in a file that was not touched since."""
        digest = None if stamp is None else self._cache.recall(file.path, stamp)
        if digest is None:
            return None
        cold = COLD if digest == facts_cache.COLD else CLEAN if digest == facts_cache.CLEAN else None
        return Noted(cold, stamp, digest) if cold is not None or digest in self._cache else None

    def extracted(
        self, file: SourceFile, data: bytes, stamp: bytes | None, extract: Callable[[SourceFile, bytes], Outcome]
    ) -> Outcome | Noted:
        """The facts of a file, by an earlier run where its content is known."""
        digest = facts_cache.digest_of(file.path, data)
        if digest in self._cache:
            return Noted(None, stamp, digest)
        found = extract(file, data)
        if not isinstance(found, FileFacts):
            return found
        return Noted(found if os.getpid() == self._process else facts_cache.pack(found), stamp, digest)

    def settled(self, file: SourceFile, noted: Noted, again: Callable[[SourceFile], Outcome]) -> Outcome:
        """What was found, kept for the next run; a file whose facts turn out to be damaged is read `again`."""
        found, stamp, digest = noted
        if isinstance(found, Cold):
            digest = facts_cache.COLD if found.again else facts_cache.CLEAN
        elif found is None:
            found = self._cache.get(digest)
        elif isinstance(found, bytes):
            self._cache.put_packed(digest, found)
            found = facts_cache.unpack(found)
        else:
            self._cache.put(digest, found)
        if found is None:
            return again(file)
        if stamp is not None:
            self._cache.remember(file.path, stamp, digest)
        return found

    def close(self, *, whole: bool) -> None:
        """Writes what is new."""
        self._cache.close(whole=whole)


def _code() -> str:
    """When the code that makes facts last changed. In an installed program that is its version; in a checkout it changes without one."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    if os.path.exists(os.path.join(package, BUNDLE)):
        return ""
    newest = 0
    for name in _READERS:
        for folder, _, files in os.walk(os.path.join(package, name)):
            times = (os.stat(os.path.join(folder, file)).st_mtime_ns for file in files if file.endswith(".py"))
            newest = max(newest, max(times, default=0))
    return str(newest)
