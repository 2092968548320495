"""The page: self-contained, and nothing of the tree becomes markup."""

from __future__ import annotations

import io
import re
from base64 import b64encode
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser

import pytest
import report_examples as examples
from hypothesis import given
from hypothesis import strategies as st

from modelaudit.domain.finding import Risk
from modelaudit.domain.report import Report
from modelaudit.report.elements import element, page_link
from modelaudit.report.html import render
from modelaudit.report.style import PLAIN

VOID = {"meta", "input", "br"}


class Page(HTMLParser):
    """What a browser would make of the page: elements, attributes and text; fails where tags do not match."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] not in (["script"], ["style"]):
            self.text += data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        """Elements of a kind with these attributes."""
        return [
            attributes
            for name, attributes in self.elements
            if name == tag and all(attributes.get(key) == value for key, value in wanted.items())
        ]


def page_of(report: Report) -> Page:
    """The rendered page."""
    out = io.StringIO()
    render(report, out, PLAIN)
    return Page(out.getvalue())


@pytest.mark.parametrize("name", ["golden", "june", "report", "many"])
def test_nothing_is_loaded_from_elsewhere(name: str) -> None:
    page = page_of(getattr(examples, name)())
    assert not {"link", "img", "iframe", "object", "embed", "base", "form"} & {tag for tag, _ in page.elements}
    assert len(page.all("script")) == 1
    assert page.all("script") == [{}]
    targets = [attributes["href"] or "" for attributes in page.all("a")]
    assert all(target.startswith(("#", "https://")) for target in targets)


def test_the_policy_allows_its_own_script_and_style_and_nothing_else() -> None:
    out = io.StringIO()
    render(examples.golden(), out, PLAIN)
    policy = next(a["content"] for t, a in Page(out.getvalue()).elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    for tag, directive in (("script", "script-src"), ("style", "style-src")):
        body = re.search(rf"<{tag}>(.*?)</{tag}>", out.getvalue(), re.DOTALL)
        assert body is not None
        assert f"{directive} 'sha256-{b64encode(sha256(body[1].encode()).digest()).decode()}'" in policy


def test_hostile_text_is_text() -> None:
    page = page_of(examples.golden())
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert "<script>alert(1)</script>" in page.text
    assert "<img src=x onerror=alert(1)>" in page.text
    assert "javascript:" not in " ".join(attributes["href"] or "" for attributes in page.all("a"))


def test_every_finding_can_be_opened_and_is_linked_from_the_day_it_falls_on() -> None:
    page = page_of(examples.golden())
    findings = [attributes["id"] for attributes in page.all("details") if (attributes.get("class") or "").startswith("finding")]
    assert findings == [f"finding-{number}" for number in range(1, 9)]
    ids = [attributes["id"] for _, attributes in page.elements if attributes.get("id")]
    assert len(ids) == len(set(ids))
    assert {(attributes["href"] or "")[1:] for attributes in page.all("a") if (attributes["href"] or "").startswith("#")} <= set(ids)
    assert {f"day-2026-{day}" for day in ("09-10", "10-23", "11-30", "12-01")} <= set(ids)


def test_a_day_names_its_models_and_sites_but_no_suppressed_ones() -> None:
    out = io.StringIO()
    render(examples.golden(), out, PLAIN)
    row = re.search(r'<tr id="day-2026-10-23".*?</tr>', out.getvalue(), re.DOTALL)
    assert row is not None
    assert "29 days ago" in row[0]
    assert "gpt-4o-2024-05-13" in row[0]
    assert "shop/route.py:18" in row[0]
    assert "shop/prices.py:88" in row[0]
    assert "jobs/report.py" not in row[0]


def test_a_call_that_several_ids_reach_stands_once_on_a_day_with_the_worst_level() -> None:
    first = examples.golden().findings[0]
    milder = first._replace(
        usage=first.usage._replace(path="z.py"), sites=tuple(site._replace(risk=Risk.LOW) for site in first.sites), risk=Risk.LOW
    )
    out = io.StringIO()
    render(examples.golden()._replace(findings=(milder, first)), out, PLAIN)
    rows = re.findall(r"<tr id=.*?</tr>", out.getvalue(), re.DOTALL)
    assert len(rows) == 1
    assert rows[0].count("<li") == len(first.sites)
    assert 'class="low"><span class="level">low' not in rows[0]


def test_the_name_of_the_day_judged_stays_inside_the_strip() -> None:
    early = date(2026, 1, 1)
    out = io.StringIO()
    render(examples.golden()._replace(as_of=early), out, PLAIN)
    assert '<text x="50.0" y="14" text-anchor="middle">2026-01-01</text>' in out.getvalue()


def test_without_findings_there_is_neither_a_timeline_nor_a_filter() -> None:
    page = page_of(examples.report())
    assert "no findings" in page.text
    assert not page.all("svg")


def test_light_and_dark_and_a_page_for_small_screens() -> None:
    out = io.StringIO()
    render(examples.report(), out, PLAIN)
    assert "prefers-color-scheme: dark" in out.getvalue()
    assert 'name="viewport"' in out.getvalue()


@given(st.text(), st.text())
def test_no_child_and_no_attribute_leaves_its_place(child: str, value: str) -> None:
    page = Page(element("p", child, title=value).text)
    assert [tag for tag, _ in page.elements] == ["p"]
    assert set(page.elements[0][1]) == {"title"}


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://a.example/<script>", "data:text/html,x"])
def test_odd_addresses_are_shown_but_not_linked(address: str) -> None:
    assert "href" not in page_link(address).text
