"""Formats that code hosts read: workflow commands, Code Quality, JUnit, a comment in Markdown."""

from __future__ import annotations

import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import report_examples as examples
import xmlschema
from markdown_it import MarkdownIt

from modelaudit.domain.finding import Factor
from modelaudit.domain.report import Report
from modelaudit.report import escape, github, gitlab, junit, markdown
from modelaudit.report.registry import Renderer
from modelaudit.report.style import PLAIN

COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")
JUNIT = xmlschema.XMLSchema(str(Path(__file__).with_name("data") / "junit-10.xsd"))


def text_of(render: Renderer, report: Report) -> str:
    """What a format writes."""
    out = io.StringIO()
    render(report, out, PLAIN)
    return out.getvalue()


class Tags(HTMLParser):
    """Elements, attribute names, links and text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.names: set[str] = set()
        self.links: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names |= {name for name, _ in attrs}
        self.links |= {value or "" for name, value in attrs if name == "href"}

    def handle_data(self, data: str) -> None:
        self.text += data


# github


def test_an_annotation_stands_where_the_id_is_written_and_says_what_happens() -> None:
    first = text_of(github.render, examples.golden()).splitlines()[0]
    command = COMMAND.fullmatch(first)
    assert command is not None
    assert command[1] == "error"
    properties = dict(item.split("=", 1) for item in command[2].split(","))
    assert properties == {
        "file": "api/answer.py",
        "line": "30",
        "endLine": "30",
        "col": "38",
        "endColumn": "64",
        "title": "critical%3A deprecated-model",
    }
    assert command[3].startswith("claude-sonnet-4-5-20250929 on the Anthropic API ends 2026-11-30, in 9 days")
    assert "%0Acritical at api/answer.py:30 litellm.completion: U3 imminent, E3 unprotected, D1 adapt" in command[3]


def test_every_line_is_one_command_or_none() -> None:
    for line in text_of(github.render, examples.golden()).splitlines():
        assert not line.startswith("::") or COMMAND.fullmatch(line) or re.fullmatch(r"::(error|warning|notice)::.*", line)


def test_ten_annotations_of_a_kind_and_the_rest_in_the_log() -> None:
    lines = text_of(github.render, examples.many(100)).splitlines()
    kinds = [match[1] for line in lines if (match := COMMAND.match(line))]
    assert {kind: kinds.count(kind) for kind in kinds} == {"error": 10, "notice": 10}
    assert sum(line.startswith("services/") for line in lines) == 80
    assert lines[-2] == "A step shows 10 annotations of a kind: 80 findings only in this log."


def test_suppressed_findings_make_no_annotation() -> None:
    assert "jobs/report.py" not in text_of(github.render, examples.golden())


# gitlab


def test_code_quality_has_what_gitlab_requires() -> None:
    entries = json.loads(text_of(gitlab.render, examples.golden()))
    assert len(entries) == 7
    for entry in entries:
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert isinstance(entry["location"]["lines"]["begin"], int)
        assert not entry["location"]["path"].startswith(("/", "./"))
    assert entries[0]["severity"] == "blocker"


def test_equal_findings_keep_fingerprints_of_their_own() -> None:
    one = examples.retired()[0]
    entries = json.loads(text_of(gitlab.render, examples.report((one, one, one))))
    assert [entry["fingerprint"] for entry in entries] == [one.fingerprint, one.fingerprint + "-2", one.fingerprint + "-3"]


def test_no_findings_are_an_empty_list() -> None:
    assert json.loads(text_of(gitlab.render, examples.report())) == []


# junit


@pytest.mark.parametrize("name", ["golden", "june", "report", "many"])
def test_it_fits_the_schema_of_jenkins(name: str) -> None:
    JUNIT.validate(text_of(junit.render, getattr(examples, name)()))


def test_what_reaches_the_gate_fails_and_nothing_else() -> None:
    root = ET.fromstring(text_of(junit.render, examples.golden()))
    suite = root[0]
    cases = suite.findall("testcase")
    failed = [case.get("classname") for case in cases if case.find("failure") is not None]
    assert failed == ["api/answer.py", "bot/settings.yaml", "deploy/.env"]
    assert [case.get("classname") for case in cases if case.find("skipped") is not None] == ["jobs/report.py"]
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == (str(len(cases)), "3", "1")


def test_a_case_has_the_same_name_when_its_lines_move() -> None:
    one = examples.retired()[0]
    literal = one.usage.literal
    moved = one._replace(usage=one.usage._replace(literal=literal._replace(span=literal.span._replace(line=99, end_line=99))))
    names = [ET.fromstring(text_of(junit.render, examples.report((case,))))[0].find("testcase") for case in (one, moved)]
    assert [case.get("name") for case in names if case is not None] == [f"{one.rule} {literal.text} {one.fingerprint[:8]}"] * 2


def test_a_clean_run_is_one_passed_case() -> None:
    root = ET.fromstring(text_of(junit.render, examples.report()))
    assert [case.get("name") for case in root.iter("testcase")] == ["no findings"]


def test_hostile_text_stays_text_in_xml() -> None:
    root = ET.fromstring(text_of(junit.render, examples.golden()))
    assert {element.tag for element in root.iter()} <= {
        "testsuites",
        "testsuite",
        "testcase",
        "properties",
        "property",
        "failure",
        "skipped",
        "system-out",
    }


# markdown


def test_the_worst_comes_first_and_the_table_has_all() -> None:
    text = text_of(markdown.render, examples.golden())
    levels = re.findall(r"^\| \*\*(\w+)\*\*", text, re.MULTILINE)
    assert levels == ["critical", "high", "high", "medium", "medium", "low", "info"]
    assert text.startswith("### modelaudit: 7 findings (1 critical, 2 high, 2 medium, 1 low, 1 info)")


@pytest.mark.parametrize("number", [150, 400, 3000])
def test_a_comment_keeps_to_the_limit_and_says_what_was_cut(number: int) -> None:
    text = text_of(markdown.render, examples.many(number))
    assert len(text) < 65_000
    rows = len(re.findall(r"^\| \*\*", text, re.MULTILINE))
    details = text.count("<details>")
    assert text.count("</details>") == details
    if rows < number:
        assert f"{number - rows:,} findings of the lowest levels" in text
        assert "| **low**" not in text or rows > number * 0.6  # three of five are worse
    assert f"the reasons of {rows - details:,} findings" in text


def test_a_replacement_that_has_to_go_itself_is_not_what_to_do() -> None:
    one = examples.retired()[0]
    passing = Factor("F29", "difficulty", "a -> b", "", "a is itself retired: judged up to b", ())
    site = one.sites[0]._replace(factors=(*one.sites[0].factors, passing))
    one = one._replace(sites=(site, *one.sites[1:]))
    row = next(line for line in text_of(markdown.render, examples.report((one,))).splitlines() if line.startswith("| **"))
    assert row.endswith("| a is itself retired: judged up to b |" if not one.options else f"| {one.options[0].do} |")


def test_every_row_has_four_cells_whatever_the_tree_holds() -> None:
    for line in text_of(markdown.render, examples.golden()).splitlines():
        if line.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", line)) == 5, line


def test_the_tree_brings_no_markup_no_mention_and_no_link() -> None:
    """Rendered as code hosts do, with raw HTML let through: only what the format itself wrote is markup."""
    rendered = MarkdownIt("commonmark", {"html": True}).enable("table").render(text_of(markdown.render, examples.golden()))
    page = Tags()
    page.feed(rendered)
    structure = {"h3", "p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "details", "summary"}
    assert page.tags <= structure | {"strong", "code", "br", "a", "sub"}
    pages = (examples.ANTHROPIC_PAGE, examples.GEMINI_PAGE, examples.BEDROCK_PAGE, examples.OPENAI_PAGE)
    assert page.links == {source.url for source in pages}
    assert page.names <= {"href"}
    assert "constant [x](javascript:alert(1))" in page.text


def test_a_mention_is_written_so_that_nobody_is_called() -> None:
    assert "&#64;everyone &#35;1" in escape.markdown("@everyone #1")


def test_a_comment_without_findings_is_short() -> None:
    assert text_of(markdown.render, examples.report()).startswith("### modelaudit: no findings\n\n<sub>214 files")
