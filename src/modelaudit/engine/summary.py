"""Counting what was found, and the source lines that reports quote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from modelaudit.discover.decode import decode
from modelaudit.discover.read import read
from modelaudit.discover.tree import Tree
from modelaudit.domain.finding import SUPPRESSION, Finding, Risk
from modelaudit.domain.report import Skipped, Summary, Use
from modelaudit.domain.usage import Linked

LONGEST_LINE = 2000
"""Characters of a quoted line that are kept around its beginning; formats clip further."""


def summarize(tree: Tree, linked: Linked, uses: Iterable[Use], findings: tuple[Finding, ...], skipped: tuple[Skipped, ...]) -> Summary:
    """The counts of a report."""
    sites = {(usage.site.path, usage.site.site.span, usage.site.site.argument) for usage in linked.usages if usage.site is not None}
    sites |= {(entry.path, entry.site.span, entry.site.argument) for entry in linked.unresolved}
    counted = [finding for finding in findings if finding.suppression is None]
    risks = Counter(finding.risk for finding in counted)
    return Summary(
        files=len(tree.files),
        skipped=_counts(entry.why for entry in skipped),
        literals=len({(use.usage.path, use.usage.literal.span) for use in uses}),
        sites=len(sites),
        unresolved=len(linked.unresolved),
        findings=len(counted),
        suppressed=len(findings) - len(counted),
        by_risk=tuple((risk.value, risks[risk]) for risk in sorted(Risk, key=lambda risk: -risk.rank)),
        by_rule=_counts(finding.rule for finding in counted),
        by_model=_counts(one.verdict.identity.model or one.verdict.identity.written for one in counted if not _is_complaint(one)),
    )


def _is_complaint(finding: Finding) -> bool:
    """Whether it is about a suppression, which names no model."""
    return finding.usage.literal.context == SUPPRESSION


def quoted_lines(tree: Tree, findings: tuple[Finding, ...]) -> tuple[tuple[tuple[str, int], str], ...]:
    """The lines on which literals and sites of findings stand."""
    wanted: dict[str, set[int]] = {}
    for finding in findings:
        wanted.setdefault(finding.usage.path, set()).add(finding.usage.literal.span.line)
        for site in finding.sites:
            if site.placed is not None:
                wanted.setdefault(site.placed.path, set()).add(site.placed.site.span.line)
            for step in site.flow:
                wanted.setdefault(step.path, set()).add(step.span.line)
    full = {file.path: file for file in tree.files}
    found: list[tuple[tuple[str, int], str]] = []
    for path in sorted(wanted):
        data = read(full[path].full, follow=full[path].named) if path in full else None
        if not isinstance(data, bytes):
            continue
        rows = decode(data, python=path.endswith(".py")).text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        found.extend(((path, line), rows[line - 1][:LONGEST_LINE]) for line in sorted(wanted[path]) if 0 < line <= len(rows))
    return tuple(found)


def _counts(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(values).items()))
