"""The inventory: every model that is written in the tree, good ones too."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest
import report_examples as examples
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from test_report_json import closed

from modelaudit.domain.lifecycle import Status
from modelaudit.domain.report import Report, Use
from modelaudit.report.inventory import cyclonedx, table
from modelaudit.report.inventory.entries import entries, models
from modelaudit.report.inventory.json import render as render_json
from modelaudit.report.layout import display_width
from modelaudit.report.registry import Renderer
from modelaudit.report.style import PLAIN, Style

SCHEMA_FILE = Path(__file__).parents[2] / "docs" / "schema" / "modelaudit-inventory-1.schema.json"


def text_of(render: Renderer, report: Report, style: Style = PLAIN) -> str:
    """What a format writes."""
    out = io.StringIO()
    render(report, out, style)
    return out.getvalue()


def two_platforms() -> Report:
    """One model on two platforms, deprecated on one of them."""
    one = examples.deprecated()[0]
    use = Use(one.usage, one.verdict)
    other = one.verdict._replace(platform="bedrock", status=Status.ACTIVE, deadline=None, assumed=False)
    moved = one.usage._replace(path="api/answer_aws.py")
    return examples.report()._replace(uses=(use, Use(moved, other)))


def test_it_fits_the_published_schema_and_nothing_is_undescribed() -> None:
    schema = closed(json.loads(SCHEMA_FILE.read_text(encoding="utf-8")))
    assert isinstance(schema, dict)
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    for report in (examples.golden(), examples.june(), examples.report(), two_platforms()):
        assert [error.message for error in validator.iter_errors(json.loads(text_of(render_json, report)))] == []


def test_every_literal_of_every_role_and_status_is_there() -> None:
    literals = json.loads(text_of(render_json, examples.golden()))["literals"]
    assert {literal["status"] for literal in literals} == {"retired", "deprecated", "legacy", "active", "unknown"}
    assert {literal["role"] for literal in literals} == {"argument", "binding", "catalog"}
    opaque = next(literal for literal in literals if literal["opaque"])
    assert (opaque["model"], opaque["opaque"]) == (None, "Bedrock application inference profile")


def test_a_model_is_listed_once_with_its_platforms_and_the_first_day_that_comes() -> None:
    (model,) = json.loads(text_of(render_json, two_platforms()))["models"]
    assert (model["id"], model["platforms"], model["status"]) == ("claude-sonnet-4-5-20250929", ["anthropic", "bedrock"], "deprecated")
    assert (model["next_date"], model["literals"]) == ("2026-11-30", 2)


def test_a_day_that_has_passed_is_no_next_date_but_the_end_of_an_outage_is() -> None:
    (listed,) = models(entries(examples.june(date(2026, 6, 30))))
    assert listed.next_date(date(2026, 6, 30)) == date(2026, 7, 1)
    assert listed.next_date(date(2026, 7, 1)) is None


def test_the_sites_of_one_literal_are_gathered() -> None:
    one = examples.restricted()[0]
    report = examples.report()._replace(uses=tuple(Use(site.usage, one.verdict) for site in one.sites))
    (entry,) = entries(report)
    assert len(entry.sites) == 6
    (listed,) = models((entry,))
    assert (listed.literals, listed.sites) == (1, 6)


@pytest.mark.parametrize("name", ["golden", "june", "report", "many"])
def test_the_bill_of_materials_is_valid(name: str) -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text_of(cyclonedx.render, getattr(examples, name)())) is None


def test_the_bill_lists_models_in_use_with_their_sites() -> None:
    bill = json.loads(text_of(cyclonedx.render, examples.golden()))
    components = {component["name"]: component for component in bill["components"]}
    assert {component["type"] for component in components.values()} == {"machine-learning-model"}
    places = [(place["location"], place["line"]) for place in components["claude-3-haiku-20240307"]["evidence"]["occurrences"]]
    assert places == [("deploy/.env", 3), ("triage/handlers/alerts.py", 57)]
    assert ("shop/prices.py", 88) not in [
        (place["location"], place["line"]) for component in components.values() for place in component["evidence"]["occurrences"]
    ]
    properties = {entry["name"]: entry["value"] for entry in components["claude-sonnet-4-5-20250929"]["properties"]}
    assert properties["modelaudit:next-date"] == "2026-11-30"


def test_the_table_says_what_calls_for_something_first() -> None:
    lines = text_of(table.render, examples.golden()).splitlines()
    assert lines[0].split() == ["MODEL", "STATUS", "NEXT", "DATE", "PLATFORM", "IDS", "SITES"]
    statuses = [line.split()[1] for line in lines[1 : lines.index("")]]
    assert statuses == ["retired"] * 3 + ["deprecated"] * 2 + ["legacy", "opaque", "active"]
    assert ["claude-sonnet-4-5-20250929", "deprecated", "2026-11-30", "anthropic?", "1", "1"] in [line.split() for line in lines]


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_table_keeps_to_the_page(width: int) -> None:
    assert all(display_width(line) <= width for line in text_of(table.render, examples.golden(), Style(width=width)).splitlines())


def test_an_empty_inventory_is_one_calm_line() -> None:
    assert text_of(table.render, examples.report()).startswith("No model IDs in 214 files.\n")
