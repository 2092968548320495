"""The format `html`: one self-contained page for people who would rather look.

Totals, a timeline of end dates with the call sites that fall on each, the findings to filter and to expand, and what was not seen. Nothing
is loaded from elsewhere, and the page forbids itself to: its policy allows its own script and style by their digests only. Without a script
everything is still there, since findings open and close by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from modelaudit.domain.report import Report
from modelaudit.report.elements import Html, element, joined
from modelaudit.report.html_finding import finding_block
from modelaudit.report.html_timeline import timeline
from modelaudit.report.style import Style
from modelaudit.report.words import RISKS, count, worst_first

NAME = "html"


def render(report: Report, out: TextIO, style: Style) -> None:
    """Write the page."""
    css, script = _asset("page.css"), _asset("page.js")
    out.write("<!doctype html>\n")
    out.write(f'<html lang="en">\n<head>\n{_head(report, css, script)}</head>\n<body>\n')
    out.write(_header(report).text + '\n<main id="main">\n')
    out.write(timeline(report).text + "\n")
    out.write(_filters(report).text + "\n")
    lines = dict(report.lines)
    out.writelines(
        finding_block(finding, number, report, lines).text + "\n" for number, finding in enumerate(worst_first(report.findings), 1)
    )
    out.writelines(section.text + "\n" for section in _gaps(report))
    out.write(f"</main>\n{_footer(report).text}\n<script>{script}</script>\n</body>\n</html>\n")


def _asset(name: str) -> str:
    from importlib.resources import files

    return files("modelaudit.report").joinpath("assets", name).read_text(encoding="utf-8")


def _head(report: Report, css: str, script: str) -> str:
    policy = f"default-src 'none'; style-src '{_digest(css)}'; script-src '{_digest(script)}'; base-uri 'none'; form-action 'none'"
    parts = (
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", f"modelaudit: {count(report.summary.findings, 'finding')} on {report.as_of.isoformat()}"),
        Html(f"<style>{css}</style>"),
    )
    return "".join(part.text + "\n" for part in parts)


def _digest(text: str) -> str:
    from base64 import b64encode
    from hashlib import sha256

    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


def _header(report: Report) -> Html:
    summary = report.summary
    by_risk = dict(summary.by_risk)
    cards = [_card(by_risk.get(risk.value, 0), risk.value, risk.value) for risk in RISKS]
    seen = ((summary.sites, "call site"), (summary.literals, "model ID"), (summary.files, "file"))
    cards += [_card(number, noun if number == 1 else f"{noun}s") for number, noun in seen]
    if summary.unresolved:
        cards.append(_card(summary.unresolved, "not followed"))
    if summary.suppressed:
        cards.append(_card(summary.suppressed, "suppressed"))
    feed = f"Judged as of {report.as_of.isoformat()} by the rules feed of {report.feed.generated.isoformat()}."
    headline = f"modelaudit: {count(summary.findings, 'finding')}" if summary.findings else "modelaudit: no findings"
    return element(
        "header",
        element("a", "Skip to the findings", class_="skip", href="#findings"),
        element("h1", headline),
        element("p", feed, class_="soft"),
        element("ul", *cards, class_="totals", aria_label="Totals"),
    )


def _card(number: int, words: str, tone: str = "") -> Html:
    return element("li", element("b", f"{number:,}"), words, class_=tone or None)


def _filters(report: Report) -> Html:
    if not report.findings:
        return element("p", "Nothing that was looked at calls for a change on that day.", class_="good", id="findings")
    boxes = [
        element("label", element("input", type="checkbox", value=risk.value, checked=True), f" {risk.value}", class_=f"level {risk.value}")
        for risk in RISKS
    ]
    search = element(
        "input", type="search", id="search", placeholder="Filter: model, path, rule, words ( / )", aria_label="Filter findings"
    )
    return joined(
        element("h2", "Findings", id="findings"),
        element(
            "div",
            search,
            *boxes,
            element("button", "Expand or fold all", type="button", id="expand"),
            element("span", id="shown", class_="soft", aria_live="polite"),
            class_="filters",
            id="controls",
            hidden=True,
        ),
    )


def _gaps(report: Report) -> Iterator[Html]:
    if report.unresolved:
        items = [
            element("li", element("span", f"{one.path}:{one.site.span.line}", class_="place"), f" {one.site.callee}: {one.why}")
            for one in report.unresolved
        ]
        yield joined(element("h2", "Call sites that could not be followed"), element("ul", *items))
    if report.notifications:
        items = [
            element("li", f"{one.level}: ", element("span", one.path, class_="place") if one.path else None, f" {one.message}")
            for one in report.notifications
        ]
        yield joined(element("h2", "Notices of the run"), element("ul", *items))
    if report.skipped:
        items = [element("li", element("span", one.path, class_="place"), f": {one.why}") for one in report.skipped]
        folded = element("details", element("summary", count(len(items), "line")), element("ul", *items))
        yield joined(element("h2", "Skipped"), folded)


def _footer(report: Report) -> Html:
    keys = "Keys: / filters, j and k move between findings, Enter opens one." if report.findings else ""
    return element("footer", element("p", f"modelaudit {report.version}, rules feed {report.feed.digest[:12]}. {keys}"))
