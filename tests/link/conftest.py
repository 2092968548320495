"""Small trees, extracted with the feed of this checkout and linked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple, cast

import pytest

from modelaudit.config.settings import Settings
from modelaudit.domain.facts import FileFacts
from modelaudit.domain.usage import Linked
from modelaudit.engine import discover_tree, gather
from modelaudit.extract.python.module import extract_python_or_lines
from modelaudit.extract.shapes import ShapeIndex
from modelaudit.extract.vocabulary import CallVocabulary
from modelaudit.feed import calls
from modelaudit.feed.load import load
from modelaudit.feed.plain import Plain
from modelaudit.identify.identifier import Identifier
from modelaudit.link.linker import link

LinkTree = Callable[[Mapping[str, str]], Linked]
ExtractTree = Callable[[Mapping[str, str]], tuple[FileFacts, ...]]


@pytest.fixture(scope="session")
def identifier() -> Identifier:
    """Knows the IDs of the feed."""
    return Identifier(load(None, None))


@pytest.fixture(scope="session")
def vocabulary() -> CallVocabulary:
    """Knows the call shapes of the feed."""
    known = calls.decode(cast("Mapping[str, Plain]", load(None, None).section(calls.NAME)))
    return CallVocabulary(ShapeIndex(known.shapes, known.names), known.names, known.platform_hints, known.clues)


@pytest.fixture(scope="session")
def extract_tree(identifier: Identifier, vocabulary: CallVocabulary) -> ExtractTree:
    """The facts of some Python files."""

    def extract(files: Mapping[str, str]) -> tuple[FileFacts, ...]:
        return tuple(extract_python_or_lines(path, dedent(text).lstrip("\n"), identifier, vocabulary) for path, text in files.items())

    return extract


@pytest.fixture(scope="session")
def link_tree(extract_tree: ExtractTree) -> LinkTree:
    """Some Python files, linked."""
    return lambda files: link(extract_tree(files))


class Joined(NamedTuple):
    """A tree on disk, found and read as a scan does, and linked."""

    linked: Linked

    def ways(self) -> set[str]:
        """`file:line > file:line` from every ID to every site that it reaches, the file names short of what they have in common."""
        return {
            f"{usage.path}:{usage.literal.span.line} > {usage.site.path}:{usage.site.site.span.line}"
            for usage in self.linked.usages
            if usage.site is not None
        }

    def steps(self, start: str, end: str) -> list[str]:
        """What stands on the only way from `file:line` to `file:line`: `file:line what`."""
        (flow,) = (
            usage.flow
            for usage in self.linked.usages
            if usage.site is not None
            and f"{usage.path}:{usage.literal.span.line}" == start
            and f"{usage.site.path}:{usage.site.site.span.line}" == end
        )
        return [f"{step.path}:{step.span.line} {step.what}" for step in flow]

    def reasons(self) -> dict[str, str]:
        """Why each site that was not followed was not."""
        return {f"{entry.path}:{entry.site.span.line}": entry.why for entry in self.linked.unresolved}


JoinTree = Callable[[Mapping[str, str]], Joined]


@pytest.fixture
def join_tree(identifier: Identifier, vocabulary: CallVocabulary, tmp_path: Path) -> JoinTree:
    """Some files of any kind, linked: those that a scan reads, which must say the same as all of them."""

    def join(files: Mapping[str, str]) -> Joined:
        for path, text in files.items():
            file = tmp_path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
        settings = Settings(base=str(tmp_path), respect_gitignore=False, jobs=1)
        tree = discover_tree(settings, (str(tmp_path),))
        assert {file.path for file in tree.files} == set(files)
        feed = load(None, None)
        gathered = gather(settings, feed, identifier, vocabulary, tree)
        demanded = Joined(link(gathered.facts, vocabulary, gathered.unread))
        everything = gather(settings._replace(prefilter=False), feed, identifier, vocabulary, tree)
        assert Joined(link(everything.facts, vocabulary)).ways() == demanded.ways()
        return demanded

    return join
