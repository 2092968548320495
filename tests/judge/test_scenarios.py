"""The scenarios of the risk model through the real pipeline: points, levels, dates and what is said of fallbacks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from modelaudit.config.settings import DEFAULT
from modelaudit.domain import traces
from modelaudit.domain.facts import Trace
from modelaudit.domain.finding import Finding, Risk, SiteRisk
from modelaudit.domain.location import Span
from modelaudit.judge.judge import Judged

Pipeline = Callable[..., Judged]
HERE = Span(1, 1, 1, 2)
HEAD = "import json\n\nimport anthropic\n\nfrom {package}.settings import MODEL\n\nclient = anthropic.Anthropic()\n\n\n"
SUMMARISER = {
    "summariser/settings.py": 'MODEL = "claude-fable-5"\n',
    "summariser/service.py": HEAD.format(package="summariser")
    + "def summarise_ticket(ticket):\n    try:\n        answer = client.messages.create(model=MODEL, max_tokens=1024, messages=ticket)\n"
    "    except anthropic.RateLimitError:\n        raise\n    return answer\n",
}
ENRICHER = {
    "enrich/settings.py": 'MODEL = "claude-mythos-5"\n',
    "enrich/alerts.py": HEAD.format(package="enrich")
    + "def enrich_alert(alert):\n    try:\n        answer = client.messages.create(model=MODEL, max_tokens=512, messages=alert)\n"
    "    except anthropic.APIStatusError:\n        return rules.enrich(alert)\n    return answer\n",
}
ROUTED = (
    'import litellm\n\n\ndef ask(text):\n    return litellm.completion(model="anthropic/claude-fable-5", messages=text, fallbacks=["{}"])\n'
)


def only(judged: Judged, rule: str) -> tuple[Finding, SiteRisk]:
    (finding,) = [one for one in judged.findings if one.rule == rule and not one.usage.fallback]
    (site,) = finding.sites
    return finding, site


def points(site: SiteRisk) -> tuple[int, int, int]:
    return site.urgency, site.exposure, site.difficulty


def said(site: SiteRisk, words: str) -> bool:
    return any(words in factor.sentence for factor in site.factors)


def test_a_summariser_without_protection(pipeline: Pipeline) -> None:
    finding, site = only(pipeline(SUMMARISER, "2026-06-15"), "restricted-model")
    assert (points(site), finding.risk) == ((4, 3, 2), Risk.CRITICAL)
    assert said(site, "no other model is tried")
    assert said(site, "RateLimitError does not cover a withdrawn model")
    assert finding.options[0].do.startswith("set MODEL to claude-opus-4-8")
    assert [option.risk_after for option in finding.options] == [Risk.INFO, Risk.HIGH], "no licence helps when nobody is served"


def test_the_same_with_an_adequate_fallback(pipeline: Pipeline) -> None:
    judged = pipeline({"app/a.py": ROUTED.format("anthropic/claude-opus-4-8")}, "2026-06-15")
    finding, site = only(judged, "restricted-model")
    assert (points(site), finding.risk) == ((4, 1, 2), Risk.HIGH)
    assert said(site, "fallback claude-opus-4-8: other fate")


def test_the_same_with_a_fallback_of_shared_fate(pipeline: Pipeline) -> None:
    judged = pipeline({"app/a.py": ROUTED.format("anthropic/claude-mythos-5")}, "2026-06-15")
    finding, site = only(judged, "restricted-model")
    assert (points(site), finding.risk) == ((4, 3, 2), Risk.CRITICAL)
    assert said(site, "it shares anthropic-suspension-2026-06 (test 1, other fate)")
    (spare,) = [one for one in judged.findings if one.usage.fallback]
    assert (spare.sites[0].exposure, spare.risk) == (1, Risk.HIGH), "every fallback entry is a finding of its own"


def test_a_fallback_on_another_platform_is_unproven_until_its_key_is_seen(pipeline: Pipeline) -> None:
    files = {"app/a.py": ROUTED.format("openai/gpt-5.5")}
    _, site = only(pipeline(files, "2026-06-15"), "restricted-model")
    assert site.exposure == 2
    assert said(site, "test 5, reachable")
    _, site = only(pipeline(files, "2026-06-15", left=(Trace(traces.CREDENTIAL, "OPENAI_API_KEY", HERE),)), "restricted-model")
    assert site.exposure == 1
    _, site = only(pipeline(files, "2026-06-15", left=(Trace(traces.CREDENTIAL, "ANTHROPIC_API_KEY", HERE),)), "restricted-model")
    assert site.exposure == 3


def test_a_path_without_the_model_is_degraded(pipeline: Pipeline) -> None:
    finding, site = only(pipeline(ENRICHER, "2026-06-15"), "restricted-model")
    assert (site.urgency, site.exposure) == (4, 2)
    assert said(site, "APIStatusError answers without this model")
    assert any("licence" in option.do for option in finding.options)
    assert any(factor.effect == "U4" and "mythos-access-gate" in factor.sentence for factor in site.factors), "every act that withholds it"
    stay = [option for option in finding.options if option.do.startswith("stay on the path")]
    assert [option.risk_after for option in stay] == [finding.risk]


def test_a_fine_tune_goes_with_its_base(pipeline: Pipeline) -> None:
    code = (
        "from openai import OpenAI\nclient = OpenAI()\n\n\ndef smalltalk(history):\n    return client.chat.completions.create(\n"
        '        model="ft:gpt-3.5-turbo:acme:smalltalk:9xZ",\n        max_tokens=200,\n        messages=history,\n    )\n'
    )
    finding, site = only(pipeline({"bot/smalltalk.py": code}, "2026-11-21"), "retired-model")
    assert (points(site), finding.risk) == ((4, 3, 3), Risk.CRITICAL)
    assert "2026-10-23, 29 days ago" in finding.message
    assert [(item.parameter, item.line) for item in finding.breaking] == [("max_tokens", 8)]
    assert finding.effort is not None
    assert finding.effort.size == "XL"


def test_permissions_and_schemas_on_bedrock(pipeline: Pipeline) -> None:
    code = (
        'import boto3\nclient = boto3.client("bedrock-runtime")\n\n\ndef extract(text):\n'
        '    return client.converse(modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0", messages=text)\n'
    )
    listed = Trace(traces.PERMISSION, "iam arn:aws:bedrock:*::foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0", HERE)
    finding, site = only(pipeline({"lambda/handler.py": code}, "2026-11-21", left=(listed,)), "deprecated-model")
    assert (site.urgency, site.exposure, finding.verdict.days_left) == (1, 3, 138)
    assert said(site, "does not allow")
    assert site.difficulty >= 1


def test_a_call_in_a_program_inside_a_template_is_seen(pipeline: Pipeline) -> None:
    template = (
        "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Warm:\n    Type: AWS::Lambda::Function\n    Properties:\n      Code:\n"
        '        ZipFile: |\n          import boto3\n          client = boto3.client("bedrock-runtime")\n'
        '          def handler(event, context):\n              client.converse(modelId="amazon.titan-text-express-v1", messages=[])\n'
        "      Environment:\n        Variables:\n          OTHER_MODEL_ID: amazon.titan-text-lite-v1\n"
    )
    judged = pipeline({"template.yaml": template}, "2026-11-21")
    inside, entry = sorted((one for one in judged.findings if one.rule == "retired-model"), key=lambda one: one.usage.literal.span)
    assert not said(inside.sites[0], "the call that reads this setting is not visible")
    assert said(entry.sites[0], "the call that reads this setting is not visible")


@pytest.mark.parametrize(("more", "is_denied"), [("anthropic.*", True), ("amazon.*", False), ("amazon.nova-*", False), ("*", False)])
def test_a_permission_for_one_vendor_is_none_for_another(more: str, is_denied: bool, pipeline: Pipeline) -> None:
    code = 'import boto3\n\nboto3.client("bedrock-runtime").converse(modelId="amazon.titan-text-express-v1", messages=[])\n'
    arns = ("foundation-model/amazon.titan-*", f"inference-profile/us.{more}" if more != "*" else "foundation-model/*")
    listed = tuple(Trace(traces.PERMISSION, f"iam arn:aws:bedrock:*::{arn}", HERE) for arn in arns)
    _, site = only(pipeline({"lambda/handler.py": code}, "2026-11-21", left=listed), "retired-model")
    assert bool(said(site, "does not allow")) is is_denied


def test_a_replacement_that_nobody_names_can_be_tried_where_a_schema_holds_the_answer(pipeline: Pipeline) -> None:
    code = (
        'import litellm\n\n\ndef ask(text):\n    return litellm.completion(model="bedrock/us.anthropic.claude-fable-5", messages=text{})\n'
    )
    finding, site = only(pipeline({"app/a.py": code.format("")}, "2026-06-15"), "restricted-model")
    assert site.difficulty == 2
    assert finding.options[0].do == "move to us.anthropic.claude-opus-4-8, validate the output", "in the geography of the present ID"
    _, site = only(pipeline({"app/a.py": code.format(", response_format=Terms")}, "2026-06-15"), "restricted-model")
    assert site.difficulty == 1


def test_one_model_on_two_platforms_and_in_a_test(pipeline: Pipeline) -> None:
    direct = (
        "import anthropic\nclient = anthropic.Anthropic()\n\n\ndef answer(text):\n    return client.messages.create(\n"
        '        model="claude-sonnet-4-5-20250929",\n        temperature=0.2,\n        messages=text,\n    )\n'
    )
    cloud = direct.replace("Anthropic()", "AnthropicBedrock()").replace('"claude-', '"anthropic.claude-').replace('29",', '29-v1:0",')
    files = {"api/answer.py": direct, "api/answer_aws.py": cloud, "tests/test_answer.py": direct}
    judged = pipeline(files, "2026-11-21", left=(Trace(traces.EVALUATION, "promptfoo", HERE),))
    found = {finding.usage.path: finding for finding in judged.findings}
    table = {path: (points(one.sites[0]), one.sites[0].late, one.risk, one.start_by, one.verdict.days_left) for path, one in found.items()}
    assert table == {
        "api/answer.py": ((3, 3, 1), False, Risk.HIGH, date(2026, 11, 26), 9),
        "api/answer_aws.py": ((1, 3, 1), False, Risk.LOW, date(2027, 4, 6), 138),
        # Nobody validates the answers that a test gets: an hour's work, one working day before the end.
        "tests/test_answer.py": ((3, 0, 1), False, Risk.LOW, date(2026, 11, 27), 9),
    }


def test_late_work_raises_the_level(pipeline: Pipeline) -> None:
    code = 'import anthropic\nclient = anthropic.Anthropic()\nclient.messages.create(model="claude-sonnet-4-5-20250929", messages=m)\n'
    for day, late, level in (("2026-11-26", False, Risk.HIGH), ("2026-11-27", False, Risk.HIGH), ("2026-11-28", True, Risk.CRITICAL)):
        finding, site = only(pipeline({"app/a.py": code}, day), "deprecated-model")
        assert (site.late, finding.risk) == (late, level), day
        assert finding.start_by == date(2026, 11, 27)


def test_what_a_resilience_rule_asks_for_is_not_a_move(pipeline: Pipeline) -> None:
    judged = pipeline(SUMMARISER, "2026-11-21", DEFAULT._replace(select=("single-point-of-failure",)))
    finding, _ = only(judged, "single-point-of-failure")
    assert finding.effort is not None
    assert [(item.name, item.count) for item in finding.effort.items] == [("add_fallback", 1)]


def test_a_fallback_that_is_withheld_for_itself_shares_nothing(pipeline: Pipeline) -> None:
    settings = DEFAULT._replace(select=("shared-fate-fallback",))
    finding, site = only(pipeline({"app/a.py": ROUTED.format("anthropic/claude-mythos-5")}, "2026-06-10", settings), "shared-fate-fallback")
    assert finding.message.endswith("falls back to claude-mythos-5, which does not outlive it: mythos-access-gate withholds it")
    assert not said(site, "shares")
