"""Faults seen in whole reports, each held by the smallest tree that showed it."""

from __future__ import annotations

from collections.abc import Callable

from modelaudit.judge.judge import Judged

Pipeline = Callable[..., Judged]

COUNTED = """\
import anthropic

client = anthropic.Anthropic()
MODEL = "claude-fable-5"


def ask(text):
    return client.messages.create(model=MODEL, max_tokens=9, messages=[{"role": "user", "content": text}])


def count(text):
    return client.messages.count_tokens(model=MODEL, messages=[{"role": "user", "content": text}])
"""
COMPOSE = "services:\n  web:\n    environment:\n      ASK_MODEL: claude-fable-5\n"
READ = """\
import os

import anthropic


def ask(text):
    return anthropic.Anthropic().messages.create(model=os.environ["ASK_MODEL"], max_tokens=9, messages=[])
"""


def test_a_count_of_tokens_gives_no_answer_to_validate(pipeline: Pipeline) -> None:
    (found,) = pipeline({"app.py": COUNTED}, "2026-06-20").findings
    assert len(found.sites) == 2
    assert found.effort is not None
    assert [item.count for item in found.effort.items if item.name == "reval_noeval"] == [1]


def test_a_page_is_cited_once_and_as_it_was_last_read(pipeline: Pipeline) -> None:
    (found,) = pipeline({"app.py": COUNTED}, "2026-06-20").findings
    addresses = [source.url for source in found.verdict.sources]
    assert len(addresses) == len(set(addresses))
    notes = next(source for source in found.verdict.sources if source.url.endswith("release-notes/overview"))
    assert notes.retrieved is not None


def test_advice_names_the_variable_wherever_it_is_set(pipeline: Pipeline) -> None:
    (found,) = pipeline({"compose.yaml": COMPOSE, "app.py": READ}, "2026-06-20").findings
    assert found.usage.path == "compose.yaml"
    assert found.options[0].do.startswith("set ASK_MODEL to ")


def test_only_what_the_feed_names_is_called_named(pipeline: Pipeline) -> None:
    """On that day Anthropic names Haiku 4.5, which is legacy itself; the advice goes on to what has succeeded it."""
    code = COUNTED.replace("claude-fable-5", "claude-3-haiku-20240307")
    (found,) = pipeline({"app.py": code}, "2026-11-21").findings
    said = [factor.sentence for factor in found.sites[0].factors if factor.id == "F29"]
    assert said == [
        "anthropic names claude-haiku-4-5-20251001 as the replacement",
        "claude-haiku-4-5-20251001 is itself legacy: judged up to claude-haiku-5-5",
    ]


PROFILE = """\
data "aws_region" "here" {}
module "bot" {
  source = "../modules/bot"
  model_source = "arn:aws:bedrock:${data.aws_region.here.region}::foundation-model/anthropic.claude-3-haiku-20240307-v1:0"
}
"""
MODULE = """\
variable "model_source" {}
resource "awscc_bedrock_agent" "bot" {
  foundation_model = var.model_source
}
resource "awscc_bedrock_application_inference_profile" "bot" {
  model_source = { copy_from = var.model_source }
}
"""


def test_an_id_behind_a_hole_is_one_finding_at_the_resources_that_it_is_handed_to(pipeline: Pipeline) -> None:
    (found,) = pipeline({"prod/main.tf": PROFILE, "modules/bot/main.tf": MODULE}, "2026-11-21").findings
    assert found.usage.literal.text == "anthropic.claude-3-haiku-20240307-v1:0"
    assert found.verdict.platform == "bedrock"
    assert found.verdict.identity.written == "arn:aws:bedrock:…::foundation-model/anthropic.claude-3-haiku-20240307-v1:0"
    assert [(site.placed.path, site.placed.site.span.line) for site in found.sites if site.placed] == [
        ("modules/bot/main.tf", 3),
        ("modules/bot/main.tf", 6),
    ]


REGIONS = """\
import boto3

MODEL = "anthropic.claude-3-haiku-20240307-v1:0"


def ask(region, body):
    prefix = {"eu-west-1": "eu.", "us-east-1": "us."}.get(region, "")
    return boto3.client("bedrock-runtime").invoke_model(modelId=prefix + MODEL, body=body)
"""


def test_a_call_is_one_site_however_many_spellings_reach_it(pipeline: Pipeline) -> None:
    (found,) = pipeline({"app.py": REGIONS}, "2026-11-21").findings
    assert [(site.placed.path, site.placed.site.span.line) for site in found.sites if site.placed] == [("app.py", 8)]
