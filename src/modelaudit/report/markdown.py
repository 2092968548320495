"""The format `markdown`: a comment for a pull request, and the step summary of a workflow.

Code hosts take 65,536 characters. The findings are sorted by level first, so what does not fit is the least, and the end says how much that
is: each finding has a row in the table as long as there is room, then its reasons, folded.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from modelaudit.domain.finding import Finding, SiteRisk
from modelaudit.domain.report import Report
from modelaudit.judge.wording import listed
from modelaudit.report.advice import instead, passing_by, sentence, source_words
from modelaudit.report.escape import code, markdown, markup, url
from modelaudit.report.style import Style
from modelaudit.report.words import RISKS, count, essence, idle, location, placed, points, reasons, unplaced, worst_first

NAME = "markdown"
MOST_CHARACTERS = 65_000
_FOR_THE_END = 2_000
"""Room kept for the counts and for saying what was cut."""
_MOST_SITES = 10


def render(report: Report, out: TextIO, style: Style) -> None:
    """Write a heading, a table of findings, their reasons, and the counts, within `MOST_CHARACTERS`."""
    findings = [finding for finding in worst_first(report.findings) if finding.suppression is None]
    head = "\n".join(_head(report)) + "\n"
    room = MOST_CHARACTERS - _FOR_THE_END - len(head)
    rows = _fitting((_row(finding) for finding in findings), room)
    room -= sum(map(len, rows))
    details = _fitting(("\n".join(_details(finding)) + "\n" for finding in findings[: len(rows)]), room)
    out.write(head)
    out.writelines(rows)
    out.writelines(("\n", *details) if details else ())
    out.write("\n".join(_foot(report, len(findings) - len(rows), len(rows) - len(details))) + "\n")


def _fitting(blocks: Iterator[str], room: int) -> list[str]:
    kept: list[str] = []
    for block in blocks:
        room -= len(block)
        if room < 0:
            break
        kept.append(block)
    return kept


def _head(report: Report) -> Iterator[str]:
    summary = report.summary
    by_risk = dict(summary.by_risk)
    if not summary.findings:
        yield "### modelaudit: no findings"
        return
    counts = ", ".join(f"{by_risk[risk.value]:,} {risk.value}" for risk in RISKS if by_risk.get(risk.value))
    yield f"### modelaudit: {count(summary.findings, 'finding')} ({counts})"
    yield ""
    yield "| Level | What happens | Where | What to do |"
    yield "|---|---|---|---|"


def _row(finding: Finding) -> str:
    where = code(location(finding), cell=True)
    sites = placed(finding)
    if not sites:
        where += f"<br>{idle(finding)}" if idle(finding) else ""
    elif len(sites) > 1:
        where += f"<br>reaches {count(len(sites), 'call site')}"
    elif sites[0].placed is not None and sites[0].flow:
        where += f"<br>reaches {code(_place(sites[0]), cell=True)}"
    mark = f" ({finding.baseline_state})" if finding.baseline_state in {"new", "updated"} else ""
    return f"| **{finding.risk.value}**{mark} | {markdown(essence(finding))} | {where} | {_to_do(finding)} |\n"


def _details(finding: Finding) -> Iterator[str]:
    rule, place = markup(finding.rule), markup(location(finding))
    yield f"<details><summary>{finding.risk.value} <code>{rule}</code> at <code>{place}</code></summary>"
    yield ""
    sites = placed(finding)
    for number, site in enumerate(sites[:_MOST_SITES]):
        yield from _site(site, with_reasons=number == 0)
    if len(sites) > _MOST_SITES:
        yield f"- and {count(len(sites) - _MOST_SITES, 'more call site')}"
    alone = unplaced(finding)
    if not sites and alone is not None:
        yield from _reasons(alone, "")
    for name, pieces in instead(finding):
        yield f"- {name}: {markdown(''.join(part.text for part in pieces))}"
    for item in finding.breaking:
        yield f"- will break: {code(item.parameter)} at {code(f'{item.path}:{item.line}')}, {markdown(f'{item.effect}: {item.reason}')}"
    for source in finding.verdict.sources:
        address = url(source.url)
        yield f"- source: {f'<{address}>' if address else code(source.url)} ({source_words(source)})"
    if finding.verdict.disputed:
        yield f"- disputed: {markdown(finding.verdict.disputed)}"
    yield ""
    yield "</details>"


def _site(site: SiteRisk, *, with_reasons: bool) -> Iterator[str]:
    if site.placed is None:
        return
    callee = site.placed.site.callee
    yield f"- **{site.risk.value}** {code(_place(site))} {code(callee)}"
    if with_reasons:
        for step in site.flow:
            yield f"  - via {code(f'{step.path}:{step.span.line}')} {markdown(step.what)}"
        yield from _reasons(site, "  ")


def _reasons(site: SiteRisk, indent: str) -> Iterator[str]:
    for point, value, label in points(site):
        sentences = [markdown(sentence(factor, site)) for factor in reasons(site, point, value)]
        yield f"{indent}- {label}" + (f": {'; '.join(sentences)}" if sentences else "")


def _foot(report: Report, rows_cut: int, details_cut: int) -> Iterator[str]:
    summary = report.summary
    yield ""
    if rows_cut or details_cut:
        cut = [f"{count(rows_cut, 'finding')} of the lowest levels"] if rows_cut else []
        cut += [f"the reasons of {count(details_cut, 'finding')}"] if details_cut else []
        yield f"**Not shown: {listed(tuple(cut), 'and')}**, because a comment may not be longer. The other formats have them."
        yield ""
    words = [f"{count(summary.files, 'file')}, {count(summary.literals, 'model ID')}, {count(summary.sites, 'call site')}"]
    if summary.unresolved:
        words.append(f"{count(summary.unresolved, 'call site')} could not be followed")
    if summary.skipped:
        words.append(f"skipped {listed(tuple(f'{number:,} {markdown(why)}' for why, number in summary.skipped), 'and')}")
    if summary.suppressed:
        words.append(f"{summary.suppressed:,} suppressed")
    problems = sum(item.level != "note" for item in report.notifications)
    if problems:
        words.append(count(problems, "warning"))
    yield f"<sub>{'; '.join(words)}. As of {report.as_of.isoformat()}, rules feed of {report.feed.generated.isoformat()}.</sub>"


def _place(site: SiteRisk) -> str:
    return "" if site.placed is None else f"{site.placed.path}:{site.placed.site.span.line}"


def _to_do(finding: Finding) -> str:
    named = finding.verdict.replacement
    passing = passing_by(finding)
    if passing:
        return markdown(finding.options[0].do if finding.options else passing)
    if named is not None and (named.drop_in or named.options):
        names = dict.fromkeys(((named.drop_in,) if named.drop_in else ()) + named.options)
        return f"use {listed(tuple(code(name, cell=True) for name in names))}"
    return markdown(finding.options[0].do) if finding.options else "-"
