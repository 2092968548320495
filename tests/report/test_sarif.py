"""SARIF 2.1.0 as its official schema and as GitHub want it."""

from __future__ import annotations

import io
import json
from email.message import Message
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import pytest
import report_examples as examples

from modelaudit.domain.finding import Factor, Finding
from modelaudit.domain.report import Report
from modelaudit.report import sarif
from modelaudit.report.style import PLAIN

SCHEMA = json.loads(Path(__file__).with_name("data").joinpath("sarif-2.1.0.schema.json").read_text(encoding="utf-8"))


def run(report: Report) -> dict:  # type: ignore[type-arg]  # JSON of a foreign format: the schema is its type
    """The one run of the log."""
    out = io.StringIO()
    sarif.render(report, out, PLAIN)
    log = json.loads(out.getvalue())
    assert log["version"] == "2.1.0"
    assert len(log["runs"]) == 1
    return dict(log["runs"][0])


@pytest.mark.parametrize(
    "report",
    [
        examples.golden(),
        examples.june(),
        examples.report(),
        examples.many(30),
        examples.report((examples.deprecated()[0]._replace(breaking=(), baseline_state="updated"),)),
    ],
    ids=["golden", "june", "nothing", "many", "a fix"],
)
def test_it_fits_the_official_schema(report: Report) -> None:
    out = io.StringIO()
    sarif.render(report, out, PLAIN)
    validator = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
    assert [error.message for error in validator.iter_errors(json.loads(out.getvalue()))] == []
    assert out.getvalue().isascii()


@pytest.mark.parametrize(
    ("risk", "level"), [("critical", "error"), ("high", "error"), ("medium", "warning"), ("low", "note"), ("info", "note")]
)
def test_levels(risk: str, level: str) -> None:
    levels = {result["properties"]["risk"]: result["level"] for result in run(examples.golden())["results"]}
    assert levels == {"critical": "error", "high": "error", "medium": "warning", "low": "note", "info": "note"}


def test_suppressed_findings_are_left_out_and_counted() -> None:
    log = run(examples.golden())
    assert len(log["results"]) == 7
    assert log["properties"]["summary"]["suppressed"] == 1


def test_the_code_flow_leads_from_the_literal_to_the_call() -> None:
    result = next(one for one in run(examples.golden())["results"] if one["properties"]["platform"] == "bedrock")
    steps = [step["location"] for step in result["codeFlows"][0]["threadFlows"][0]["locations"]]
    places = [(step["physicalLocation"]["artifactLocation"]["uri"], step["physicalLocation"]["region"]["startLine"]) for step in steps]
    assert places[0] == ("deploy/.env", 3)
    assert places[2:] == [
        ("triage/config.py", 8),
        ("triage/config.py", 8),
        ("triage/handlers/alerts.py", 4),
        ("triage/handlers/alerts.py", 57),
    ]
    assert steps[-1]["message"]["text"] == "bedrock.converse"
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 3, "startColumn": 14, "endLine": 3, "endColumn": 52}


def test_every_site_is_a_related_location_that_the_message_can_link_to() -> None:
    result = run(examples.june())["results"][0]
    assert [location["id"] for location in result["relatedLocations"]] == [1, 2, 3, 4, 5, 6]
    assert "[src/summariser/service.py:41](1) and 5 other call sites: U4 down, E3 unprotected, D2 revalidate" in result["message"]["text"]


def test_paths_are_relative_percent_encoded_and_carry_their_bytes() -> None:
    log = run(examples.golden())
    locations = [result["locations"][0]["physicalLocation"]["artifactLocation"] for result in log["results"]]
    assert {location["uriBaseId"] for location in locations} == {"%SRCROOT%"}
    assert "uri" not in log["originalUriBaseIds"]["%SRCROOT%"]
    hostile = next(location["uri"] for location in locations if location["uri"].startswith("docs/"))
    assert unquote(hostile, errors="surrogateescape") == "docs/\x1b[31m\u202e<img src=x onerror=alert(1)>|`a`\udcff/ün 模型.py"
    assert "%FF" in hostile


def test_columns_are_said_to_count_code_points() -> None:
    assert run(examples.golden())["columnKind"] == "unicodeCodePoints"


def test_rules_carry_their_page_and_results_point_to_them() -> None:
    log = run(examples.golden())
    rules = log["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({result["ruleId"] for result in log["results"]})
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in log["results"])
    assert all("## Why it matters" in rule["help"]["markdown"] for rule in rules)


def test_the_status_is_a_taxon() -> None:
    log = run(examples.golden())
    taxa = {taxon["id"] for taxon in log["taxonomies"][0]["taxa"]}
    assert taxa == {"unreleased", "active", "legacy", "deprecated", "retired", "restricted", "unknown"}
    assert {result["taxa"][0]["id"] for result in log["results"]} == {"retired", "deprecated", "legacy"}


def test_fingerprints_and_baseline_state() -> None:
    one = examples.retired()[0]._replace(baseline_state="updated")
    result = run(examples.report((one,)))["results"][0]
    assert result["partialFingerprints"] == {"modelauditFingerprint/v1": "7a90e3b1c2d4e5f6"}
    assert result["baselineState"] == "updated"


def fixes(*findings: Finding) -> list[str]:
    """What each finding's fix would write."""
    results = run(examples.report(findings))["results"]
    return [fix["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"] for one in results for fix in one.get("fixes", ())]


def without_breaking() -> Finding:
    """A finding whose drop-in is accepted by its call."""
    return examples.deprecated()[0]._replace(breaking=())


def test_a_drop_in_is_offered_as_a_fix() -> None:
    assert fixes(without_breaking()) == ["claude-sonnet-5-5"]


def test_nothing_else_is_offered_as_a_fix() -> None:
    assert fixes(*examples.golden().findings) == [], "what breaks at the call, options among several, what is spelled by its surroundings"


def test_a_drop_in_that_has_to_go_itself_is_not_offered() -> None:
    one = without_breaking()
    passing = Factor("F29", "difficulty", "a -> b", "", "a is itself retired: judged up to b", ())
    site = one.sites[0]._replace(factors=(*one.sites[0].factors, passing))
    assert fixes(one._replace(sites=(site,))) == []


def test_a_drop_in_is_not_offered_where_the_literal_is_only_a_part_of_what_is_sent() -> None:
    one = without_breaking()
    named = one.verdict.identity._replace(matched="anthropic.claude-sonnet-4-5-20250929-v1:0")
    assert fixes(one._replace(verdict=one.verdict._replace(identity=named))) == []


def test_what_was_not_followed_is_a_notification() -> None:
    invocation = run(examples.golden())["invocations"][0]
    notes = invocation["toolExecutionNotifications"]
    assert [(note["level"], note["descriptor"]["id"]) for note in notes] == [
        ("warning", "syntax-error"),
        ("note", "decoding"),
        ("warning", "stale-feed"),
        ("note", "not-followed"),
        ("note", "not-followed"),
    ]
    assert invocation["executionSuccessful"] is True
    assert invocation["exitCode"] == 1


def test_the_worst_results_are_kept_in_order_and_the_cut_is_said() -> None:
    low, high = examples.catalog()[0], examples.retired()[0]
    log = run(examples.report((low,) * 30 + (high,) + (low,) * 4980))
    assert len(log["results"]) == 5000
    assert [number for number, result in enumerate(log["results"]) if result["level"] == "error"] == [30]
    assert "11 findings of the lowest levels left out" in log["invocations"][0]["toolExecutionNotifications"][-1]["message"]["text"]


def test_a_result_keeps_to_a_hundred_sites() -> None:
    one = examples.restricted()[0]
    result = run(examples.report((one._replace(sites=one.sites * 30),)))["results"][0]
    assert len(result["relatedLocations"]) == len(result["codeFlows"]) == 100
    assert result["properties"]["sites"] == 180


def test_brackets_of_the_tree_make_no_link() -> None:
    text = json.dumps(run(examples.golden())["results"])
    assert "[x](javascript" not in text
    assert "\\\\[x\\\\](javascript" in text


def test_the_address_of_the_project_is_that_of_its_metadata(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "informationUri" not in run(examples.golden())["tool"]["driver"], "[project.urls] names a homepage now: expect it here"
    told = Message()
    told["Project-URL"] = "Source, https://example.invalid/code"
    told["Project-URL"] = "Homepage, https://example.invalid/modelaudit"
    monkeypatch.setattr("importlib.metadata.metadata", lambda name: told)
    log = run(examples.golden())
    assert log["tool"]["driver"]["informationUri"] == "https://example.invalid/modelaudit"
