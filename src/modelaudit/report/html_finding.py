"""One finding of the page: a line that opens to the source line, the call sites with their flows and reasons, and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from modelaudit.domain.finding import Finding, SiteRisk
from modelaudit.domain.report import Report
from modelaudit.report import advice
from modelaudit.report.elements import Child, Html, element, joined, page_link
from modelaudit.report.escape import plain
from modelaudit.report.words import doubts, essence, idle, location, placed, points, reasons, unplaced

_MOST_TEXT = 400
"""Characters of a source line that are shown on each side of the ID."""


def finding_block(finding: Finding, number: int, report: Report, lines: Mapping[tuple[str, int], str]) -> Html:
    """The block, folded."""
    suppressed = finding.suppression is not None
    classes = f"finding {finding.risk.value}{' suppressed' if suppressed else ''}"
    summary = element(
        "summary",
        element("span", finding.risk.value.upper(), class_="level"),
        f" {finding.rule}{' (suppressed)' if suppressed else ''}{f' ({finding.baseline_state})' if finding.baseline_state else ''}: ",
        element("strong", essence(finding)),
        element("span", location(finding), class_="place"),
    )
    body = element("div", *_body(finding, report, lines))
    return element("details", summary, body, class_=classes, id=f"finding-{number}", data_risk=finding.risk.value)


def _body(finding: Finding, report: Report, lines: Mapping[tuple[str, int], str]) -> Iterator[Html]:
    snippet = _snippet(finding, lines)
    if snippet is not None:
        yield snippet
    sites = placed(finding)
    for site in sites:
        yield _site(site)
    alone = unplaced(finding)
    if not sites and alone is not None:
        if idle(finding):
            yield element("p", idle(finding))
        yield _reasons(alone)
    yield element("dl", *(part for name, words in _rows(finding, report) for part in (element("dt", name), element("dd", words))))


def _snippet(finding: Finding, lines: Mapping[tuple[str, int], str]) -> Html | None:
    span = finding.usage.literal.span
    text = lines.get((finding.usage.path, span.line))
    if text is None:
        return None
    start = max(span.column - 1, 0)
    end = span.end_column - 1 if span.end_line == span.line else len(text)
    head, body, tail = text[:start], text[start:end], text[end:]
    if len(head) > _MOST_TEXT:
        head = "..." + head[-_MOST_TEXT:]
    if len(tail) > _MOST_TEXT:
        tail = tail[:_MOST_TEXT] + "..."
    number = element("span", f"{span.line}  ", class_="number")
    return element("pre", element("code", number, head, element("mark", body[:_MOST_TEXT]), tail.rstrip()))


def _site(site: SiteRisk) -> Html:
    if site.placed is None:
        return joined()
    where = site.placed.site
    words = doubts(site)
    head = element(
        "div",
        element("span", site.risk.value, class_="level"),
        " ",
        element("strong", f"{site.placed.path}:{where.span.line}:{where.span.column}", class_="place"),
        " ",
        element("code", where.callee),
        f" in {where.function}" if where.function else "",
        f" ({', '.join(words)})" if words else "",
    )
    steps = [element("li", element("span", f"{step.path}:{step.span.line}", class_="place"), f" {step.what}") for step in site.flow]
    flow = element("ol", *steps, aria_label="Way from the ID to the call") if steps else None
    return element("div", head, flow, _reasons(site), class_=f"site {site.risk.value}")


def _reasons(site: SiteRisk) -> Html:
    parts: list[Html] = []
    for point, value, label in points(site):
        sentences = [element("li", advice.sentence(factor, site)) for factor in reasons(site, point, value)]
        parts += [element("dt", label), element("dd", element("ul", *sentences) if sentences else None)]
    return element("dl", *parts)


def _rows(finding: Finding, report: Report) -> Iterator[tuple[str, Child]]:
    for name, pieces in advice.instead(finding):
        yield name, element("span", "".join(part.text for part in pieces), class_="good")
    if finding.breaking:
        items = (f"{item.parameter} at {item.path}:{item.line}, {item.effect}: {item.reason}" for item in finding.breaking)
        yield "will break", element("ul", *(element("li", words) for words in items))
    for row in advice.told(finding, report.as_of):
        yield row[0], plain("".join(part.text for part in row[1]))
    if finding.verdict.sources:
        sources = (element("li", page_link(source.url), f" ({advice.source_words(source)})") for source in finding.verdict.sources)
        yield "source", element("ul", *sources)
    if finding.verdict.disputed:
        yield "disputed", finding.verdict.disputed
