"""`python -m benchmarks.accuracy.draw TREE... --seed N --findings K --literals K --silent K [--path GLOB] [--format markdown]`.

Draws at random what a person is to judge: findings of an audit; literals above `mention`, those of good models included; and lines that
hold a known model ID and of which the audit says nothing above `mention`. Those lines come from a plain text search over all text files
(`plainsearch`), so that what discovery, parsers or identification lose can be drawn too. The same trees, day and seed give the same draw.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fnmatch import fnmatchcase
from typing import NamedTuple, TypeVar

from benchmarks.accuracy.plainsearch import Line, lines_with_ids, text_lines
from modelaudit.config.settings import Settings
from modelaudit.domain.facts import Literal, Role
from modelaudit.domain.finding import Finding
from modelaudit.domain.location import Span
from modelaudit.domain.report import Report
from modelaudit.domain.usage import PlacedSite, Step, Usage
from modelaudit.engine import audit
from modelaudit.feed.load import load
from modelaudit.report.escape import plain

AROUND = 6
"""Lines of context on either side."""
_LONGEST = 240

_T = TypeVar("_T")


class Tree(NamedTuple):
    """A scanned tree."""

    folder: str
    report: Report


class Drawn(NamedTuple):
    """One thing to judge."""

    kind: str
    """`finding`, `literal` or `silent`."""
    tree: str
    path: str
    line: int
    column: int
    said: tuple[str, ...]
    """What the audit says, a line each."""


def main(arguments: Sequence[str]) -> int:
    """Scan, draw, print."""
    options = _options(arguments)
    as_of = options.as_of or load(None, None).generated
    trees = [Tree(folder, audit(Settings(base=os.path.abspath(folder)), (os.path.abspath(folder),), as_of)) for folder in options.trees]
    wanted = {"finding": options.findings, "literal": options.literals, "silent": options.silent}
    drawn = draw(trees, wanted, options.seed, tuple(options.path))
    for number, thing in enumerate(drawn, 1):
        sys.stdout.write("\n".join(_shown(number, thing, markdown=options.format == "markdown")) + "\n\n")
    return 0


def draw(trees: Sequence[Tree], wanted: dict[str, int], seed: int, globs: tuple[str, ...] = ()) -> list[Drawn]:
    """So many of each kind, or all there are; sorted by place within a kind."""
    chance = random.Random(seed)
    found: list[Drawn] = []
    for kind, population in (("finding", _findings), ("literal", _literals), ("silent", _silent)):
        if wanted.get(kind):
            things = [thing for tree in trees for thing in population(tree) if not globs or _fits(thing.path, globs)]
            found += sorted(_some(things, wanted[kind], chance))
    return found


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy.draw", description=(__doc__ or "").partition("\n\n")[2])
    parser.add_argument("trees", nargs="+", metavar="TREE", help="folder to scan")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--findings", type=int, default=0, metavar="K")
    parser.add_argument("--literals", type=int, default=0, metavar="K", help="literals above mention, of any status")
    parser.add_argument("--silent", type=int, default=0, metavar="K")
    parser.add_argument("--path", action="append", default=[], metavar="GLOB", help="only places in such files; may be repeated")
    parser.add_argument("--as-of", type=date.fromisoformat, metavar="DATE", help="day to judge; the feed's own without it")
    parser.add_argument("--format", choices=("text", "markdown"), default="text")
    return parser.parse_args(arguments)


def _some(things: Sequence[_T], count: int, chance: random.Random) -> Sequence[_T]:
    return things if count >= len(things) else chance.sample(things, count)


def _fits(path: str, globs: tuple[str, ...]) -> bool:
    """A star stands for anything, slashes too; a glob without a slash is for the file's name."""
    return any(fnmatchcase(path if "/" in glob else path.rpartition("/")[2], glob) for glob in globs)


def _findings(tree: Tree) -> Iterator[Drawn]:
    lines = dict(tree.report.lines)
    for finding in tree.report.findings:
        usage = finding.usage
        head = f"{finding.rule} {finding.risk.value}, {_about(usage.literal, usage.role)}"
        quoted = lines.get((usage.path, usage.literal.span.line))
        said = (head, finding.message, f"quoted: {quoted}", *_sites(tree, finding))
        yield _at("finding", tree, usage.path, usage.literal.span, said)


def _literals(tree: Tree) -> Iterator[Drawn]:
    for (path, literal), usages in _by_literal(tree.report).items():
        role = usages[0].role
        if role is not Role.MENTION:
            said = [_about(literal, role)]
            for usage in usages:
                said += _site(tree, usage.site, usage.value, usage.flow)
            yield _at("literal", tree, path, literal.span, tuple(said))


def _silent(tree: Tree) -> Iterator[Drawn]:
    loud: set[tuple[str, int]] = set()
    said: dict[tuple[str, int], set[str]] = {}
    for (path, literal), usages in _by_literal(tree.report).items():
        places = {(path, line) for line in range(literal.span.line, literal.span.end_line + 1)}
        if any(usage.role is not Role.MENTION for usage in usages):
            loud |= places
        else:
            for place in places:
                said.setdefault(place, set()).add(_about(literal, Role.MENTION))
    for line in lines_with_ids(tree.folder, frozenset(load(None, None).lexicon)):
        if (line.path, line.number) not in loud:
            yield _at_line(tree, line, sorted(said.get((line.path, line.number), ())))


def _by_literal(report: Report) -> dict[tuple[str, Literal], list[Usage]]:
    found: dict[tuple[str, Literal], list[Usage]] = {}
    for use in report.uses:
        found.setdefault((use.usage.path, use.usage.literal), []).append(use.usage)
    return found


def _about(literal: Literal, role: Role) -> str:
    written = "" if role is literal.role else f" (written as {literal.role.value})"
    return f"{role.value}{written} {literal.text!r} in {literal.context!r}"


def _sites(tree: Tree, finding: Finding) -> Iterator[str]:
    for site in finding.sites:
        yield from _site(tree, site.placed, site.usage.value, site.flow, f"{site.risk.value}, {site.confidence.value}: ")


def _site(tree: Tree, placed: PlacedSite | None, value: str, flow: Iterable[Step], lead: str = "") -> Iterator[str]:
    if placed is None:
        yield f"  {lead}reaches no known site"
        return
    site = placed.site
    platform = f", {site.platform} by {site.platform_evidence}" if site.platform else ""
    yield (
        f"  {lead}site {placed.path}:{site.span.line}:{site.span.column} {site.callee} [{site.argument}] gets {value!r} "
        f"(shape {site.shape}, {site.operation}, {site.dialect}{platform})"
    )
    yield f"    | {_line(tree, placed.path, site.span.line)}"
    for step in flow:
        yield f"    via {step.path}:{step.span.line} {step.what}"


def _line(tree: Tree, path: str, number: int) -> str:
    rows = text_lines(os.path.join(tree.folder, path))
    return rows[number - 1].strip()[:_LONGEST] if 0 < number <= len(rows) else ""


def _at(kind: str, tree: Tree, path: str, span: Span, said: tuple[str, ...]) -> Drawn:
    return Drawn(kind, tree.folder, path, span.line, span.column, said)


def _at_line(tree: Tree, line: Line, mentions: Sequence[str]) -> Drawn:
    said = (f"plain search sees {line.spelled!r}", *(mentions or ("nothing said",)))
    return Drawn("silent", tree.folder, line.path, line.number, 0, said)


def _shown(number: int, thing: Drawn, *, markdown: bool) -> Iterator[str]:
    place = f"{thing.tree}: {thing.path}:{thing.line}" + (f":{thing.column}" if thing.column else "")
    yield plain(f"### {number}. {thing.kind} {place}" if markdown else f"{number}. {thing.kind} {place}")
    if markdown:
        yield "~~~~"
    yield from (plain(row) for row in thing.said)
    rows = text_lines(os.path.join(thing.tree, thing.path))
    for line in range(max(thing.line - AROUND, 1), min(thing.line + AROUND, len(rows)) + 1):
        text = rows[line - 1]
        shift = max(thing.column - _LONGEST // 2, 0) if line == thing.line else 0
        yield plain(f"{'>' if line == thing.line else ' '}{line:>6} | {text[shift : shift + _LONGEST]}")
    if markdown:
        yield "~~~~"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
