"""Every rule: its card, its page, and its examples through the real pipeline."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import cast

import pytest

from modelaudit.config.load import load
from modelaudit.config.settings import DEFAULT, Settings
from modelaudit.domain import traces
from modelaudit.domain.facts import Trace
from modelaudit.domain.finding import Risk
from modelaudit.domain.location import Span
from modelaudit.invocation import Invocation
from modelaudit.judge import rules
from modelaudit.judge.judge import Judged
from modelaudit.judge.rule import Example, Registered, Rule, selected

Pipeline = Callable[..., Judged]
HEADINGS = ("## What it does", "## Why it matters", "## Example", "## Options", "## Sources")
NAMES = tuple(one.rule.id for one in rules.registered())


def module_of(name: str) -> object:
    return import_module(f"modelaudit.judge.rules.{name.replace('-', '_')}")


def examples(kind: str) -> list[tuple[str, Example]]:
    return [(name, one) for name in NAMES for one in cast("tuple[Example, ...]", getattr(module_of(name), kind))]


def settings_of(example: Example, tmp_path: Path, rule: str) -> Settings:
    settings = configured(example.config, tmp_path) if example.config else DEFAULT
    return settings._replace(select=("all",) if rule not in settings.select else settings.select)


def configured(text: str, folder: Path) -> Settings:
    """Settings from the body of `[tool.modelaudit]`."""
    (folder / "modelaudit.toml").write_text(text, encoding="utf-8")
    return load(Invocation("scan"), (str(folder),), str(folder)).settings


def run(example: Example, rule: str, pipeline: Pipeline, tmp_path: Path) -> Judged:
    left = (Trace(traces.PERMISSION, example.permits, Span(1, 1, 1, 2)),) if example.permits else ()
    return pipeline({example.path: example.code, **dict(example.more)}, example.day, settings_of(example, tmp_path, rule), left)


def found(judged: Judged, rule: str) -> list[str]:
    return [finding.message for finding in judged.findings if finding.rule == rule]


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_is_named_like_its_module_and_has_a_page(name: str) -> None:
    module = module_of(name)
    page = module.__doc__ or ""
    assert page.splitlines()[0].endswith(".")
    positions = [page.index(heading) for heading in HEADINGS]
    assert positions == sorted(positions)


@pytest.mark.parametrize(("rule", "example"), examples("INVALID"))
def test_an_example_that_the_rule_reports(rule: str, example: Example, pipeline: Pipeline, tmp_path: Path) -> None:
    judged = run(example, rule, pipeline, tmp_path)
    assert found(judged, rule)


@pytest.mark.parametrize(("rule", "example"), examples("VALID"))
def test_an_example_that_the_rule_passes_over(rule: str, example: Example, pipeline: Pipeline, tmp_path: Path) -> None:
    judged = run(example, rule, pipeline, tmp_path)
    assert not found(judged, rule)
    assert judged.uses or rule == "implicit-default", "the example must hold a model ID that is seen"


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_has_examples_of_both_kinds(name: str) -> None:
    module = module_of(name)
    assert getattr(module, "VALID", ())
    assert getattr(module, "INVALID", ())


def test_resilience_never_exceeds_medium_and_tests_do_not_count(pipeline: Pipeline) -> None:
    settings = DEFAULT._replace(select=("resilience",))
    for _, example in [pair for pair in examples("INVALID") if rule_of(pair[0]).group == "resilience"]:
        files = {example.path: example.code, **dict(example.more)}
        assert all(one.risk.rank <= Risk.MEDIUM.rank for one in pipeline(files, example.day, settings).findings)
        tests = {f"tests/{path}": code for path, code in files.items()}
        assert pipeline(tests, example.day, settings).findings == ()


def rule_of(name: str) -> Rule:
    return next(one.rule for one in rules.registered() if one.rule.id == name)


def test_rules_that_wait_to_be_selected_are_listed() -> None:
    waiting = {one.rule.id.replace("-", "_") for one in rules.registered() if not one.rule.default}
    assert waiting == rules.WHEN_SELECTED
    assert rules.registered(selecting=False) == tuple(one for one in rules.registered() if one.rule.default)


def test_selection_by_rule_group_and_all() -> None:
    known = rules.registered()

    def ids(some: tuple[Registered, ...]) -> set[str]:
        return {one.rule.id for one in some}

    default = ids(selected(known, (), (), ()))
    assert default == {
        "restricted-model",
        "retired-model",
        "denied-model",
        "deprecated-model",
        "rerouted-model",
        "legacy-model",
        "implicit-default",
    }
    assert ids(selected(known, ("all",), (), ())) == set(NAMES)
    assert ids(selected(known, ("retired-model",), (), ())) == {"retired-model"}
    assert ids(selected(known, (), ("floating-alias",), ("legacy-model",))) == default - {"legacy-model"} | {"floating-alias"}
    assert ids(selected(known, ("resilience",), (), ())) == {
        "single-point-of-failure",
        "shared-fate-fallback",
        "transient-only-fallback",
        "retry-without-fallback",
        "swallowed-error",
        "unevaluated-alias",
        "scattered-model-id",
        "implicit-default",
        "allow-list-mismatch",
        "unmonitored-model-errors",
    }


CODE = (
    "import anthropic\nclient = anthropic.Anthropic()\n\n\n"
    'def ask(text):\n    return client.messages.create(model="{}", messages=text, max_tokens=9)\n'
)


@pytest.mark.parametrize(
    ("day", "rule", "risk", "words"),
    [
        ("2026-06-08", None, None, ()),
        ("2026-06-11", None, None, ()),
        ("2026-06-12", "restricted-model", Risk.CRITICAL, ("withdrawn for all customers", "2026-06-12", "export-control", "in force")),
        ("2026-06-20", "restricted-model", Risk.CRITICAL, ("8 days", "no end announced", "the Anthropic API")),
        ("2026-06-29", "restricted-model", Risk.CRITICAL, ("in force since 2026-06-12", "no end announced")),
        ("2026-06-30", "restricted-model", Risk.CRITICAL, ("was lifted on 2026-06-30", "still fail until 2026-07-01")),
        ("2026-07-01", None, None, ()),
        ("2026-07-15", None, None, ()),
        ("2026-11-21", "legacy-model", Risk.INFO, ("safe until 2027-06-09", "claude-fable-5-2")),
    ],
)
def test_the_act_of_june_2026_day_by_day(day: str, rule: str | None, risk: Risk | None, words: tuple[str, ...], pipeline: Pipeline) -> None:
    judged = pipeline({"app/service.py": CODE.format("claude-fable-5")}, day)
    if rule is None:
        assert judged.findings == ()
        return
    (finding,) = judged.findings
    assert (finding.rule, finding.risk) == (rule, risk)
    for word in words:
        assert word in finding.message
    sentences = " ".join(factor.sentence for site in finding.sites for factor in site.factors)
    if day >= "2026-06-30":
        assert "in force since 2026-06-12" not in finding.message
        assert "export-control" not in finding.message.replace("export-control order on Fable 5 and Mythos 5 was lifted", "")
        assert "in force" not in sentences


def test_the_platform_that_is_called_decides(pipeline: Pipeline) -> None:
    bedrock = (
        'import boto3\nclient = boto3.client("bedrock-runtime", region_name="us-east-1")\n'
        'client.converse(modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0", messages=[])\n'
    )
    direct = CODE.format("claude-sonnet-4-5-20250929")
    judged = pipeline({"app/aws.py": bedrock, "app/direct.py": direct}, "2026-11-21")
    by_path = {finding.usage.path: finding for finding in judged.findings}
    assert by_path["app/direct.py"].verdict.days_left == 9
    assert by_path["app/aws.py"].verdict.days_left == 138
    assert by_path["app/aws.py"].verdict.platform == "bedrock"


def test_without_a_visible_platform_other_clocks_are_named(pipeline: Pipeline) -> None:
    judged = pipeline({"app/settings.py": 'MODEL = "gemini-2.5-pro"\n'}, "2026-11-21")
    (finding,) = judged.findings
    assert finding.verdict.assumed
    assert "platform not visible" in finding.message


def test_the_same_input_gives_the_same_findings_in_order(pipeline: Pipeline) -> None:
    files = {f"app/{name}.py": CODE.format("claude-3-haiku-20240307") for name in "cab"}
    first = pipeline(files, "2026-11-21")
    second = pipeline(dict(reversed(files.items())), "2026-11-21")
    assert first == second
    assert [finding.usage.path for finding in first.findings] == ["app/a.py", "app/b.py", "app/c.py"]
    assert len({finding.fingerprint for finding in first.findings}) == 3


def test_fingerprints_survive_a_move_and_a_day(pipeline: Pipeline) -> None:
    code = CODE.format("claude-sonnet-4-5-20250929")
    (before,) = pipeline({"app/a.py": code}, "2026-11-01").findings
    (after,) = pipeline({"app/a.py": "# a line\n\n" + code}, "2026-11-21").findings
    assert before.fingerprint == after.fingerprint


def test_nothing_heavy_is_imported_for_judging() -> None:
    import subprocess

    heavy = "typer, rich, msgspec, yaml, dataclasses, pathlib, subprocess, logging, json, importlib.metadata"
    code = (
        "import sys; import modelaudit.judge.judge; from modelaudit.judge.rules import registered; registered();"
        f"print(','.join(name for name in {heavy!r}.split(', ') if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
