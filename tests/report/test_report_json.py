"""The JSON report keeps DESIGN 10, to the letter and to the byte."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest
import report_examples as examples

from modelaudit.domain.report import Report
from modelaudit.report.json import render
from modelaudit.report.style import PLAIN

SCHEMA_FILE = Path(__file__).parents[2] / "docs" / "schema" / "modelaudit-report-1.schema.json"
REPORTS = {"golden": examples.golden(), "june": examples.june(), "nothing": examples.report(), "many": examples.many(50)}


def rendered(report: Report) -> str:
    """The document as text."""
    out = io.StringIO()
    render(report, out, PLAIN)
    return out.getvalue()


def closed(schema: object) -> object:
    """The schema with every object closed, so that a field that it does not describe is an error here (and only here)."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: closed(value) for key, value in schema.items()}
    return {**inner, "additionalProperties": False} if "properties" in inner else inner


@pytest.mark.parametrize("name", REPORTS)
def test_it_fits_the_published_schema_and_nothing_is_undescribed(name: str) -> None:
    schema = closed(json.loads(SCHEMA_FILE.read_text(encoding="utf-8")))
    assert isinstance(schema, dict)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    assert [error.message for error in validator.iter_errors(json.loads(rendered(REPORTS[name])))] == []


def test_the_keys_of_the_contract_are_all_there() -> None:
    document = json.loads(rendered(examples.june()))
    assert document["schema"] == "modelaudit-report/1"
    assert list(document)[:5] == ["schema", "tool", "rules", "as_of", "summary"]
    finding = document["findings"][0]
    assert finding["location"] == {"path": "src/summariser/settings.py", "line": 12, "column": 27, "end_line": 12, "end_column": 41}
    assert (finding["rule"], finding["risk"], finding["status"], finding["since"]) == (
        "restricted-model",
        "critical",
        "restricted",
        "2026-06-12",
    )
    site = finding["sites"][0]
    assert (site["urgency"], site["exposure"], site["difficulty"], site["late"], site["confidence"]) == (4, 3, 2, False, "certain")
    assert site["flow"][1] == {"path": "src/summariser/service.py", "line": 9, "column": 1, "what": "imported from summariser.settings"}
    assert site["factors"][0]["evidence"] == [{"feed": "us-ear-2026-06"}]
    assert site["factors"][1]["evidence"] == [{"path": "src/summariser/service.py", "line": 41}]
    assert finding["effort"]["class"] == "L"
    assert finding["effort"]["minutes"] == [820, 2830]
    assert finding["replacement"]["breaking"][0]["parameter"] == "temperature"


def test_the_legal_interval_and_the_outage_are_kept_apart() -> None:
    restriction = json.loads(rendered(examples.june(date(2026, 6, 30))))["findings"][0]["restriction"]
    assert (restriction["effective"], restriction["lifted"], restriction["available_again"]) == ("2026-06-12", "2026-06-30", "2026-07-01")


def test_a_literal_without_a_site_has_no_sites_but_its_reasons() -> None:
    findings = json.loads(rendered(examples.golden()))["findings"]
    catalog = next(finding for finding in findings if finding["role"] == "catalog")
    assert catalog["sites"] == []
    assert catalog["unplaced"]["factors"]


def test_every_level_is_counted_even_when_there_is_none() -> None:
    summary = json.loads(rendered(examples.report()))["summary"]
    assert summary["by_risk"] == {"critical": 0, "high": 0, "medium": 0, "low": 0, "info": 0}


def test_only_ascii_is_written_and_paths_come_back_as_they_were() -> None:
    text = rendered(examples.golden())
    assert text.isascii()
    assert text.endswith("}\n")
    assert "\x1b" not in text
    assert any("ün 模型.py" in finding["location"]["path"] for finding in json.loads(text)["findings"])


def test_the_same_report_gives_the_same_bytes() -> None:
    assert rendered(examples.golden()) == rendered(examples.golden())


@pytest.mark.parametrize("name", REPORTS)
def test_the_hand_made_layout_is_the_document_that_the_encoder_would_write(name: str) -> None:
    text = rendered(REPORTS[name])
    assert (
        json.dumps(json.loads(text)).split()
        == "".join(line.strip() + " " for line in text.splitlines())
        .replace("{ ", "{")
        .replace(" }", "}")
        .replace("[ ", "[")
        .replace(" ]", "]")
        .split()
    )
