"""Config entries: sites of their own while nothing reads them, and what says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from modelaudit.domain.usage import Linked

CODE = """
import os, yaml
from anthropic import Anthropic
CONFIG = yaml.safe_load(open("config.yaml"))
Anthropic().messages.create(model=CONFIG["llm"]["model"], max_tokens=9, messages=[])
"""
ARN = "arn:aws:bedrock:${local.x}::foundation-model/anthropic.claude-v2"
CONFIG = "llm:\n  model: claude-3-haiku-20240307\n"
UNUSED = "config.yaml:2 set here; no call that takes it was found"


class Joined(Protocol):
    """What `conftest` gives."""

    @property
    def linked(self) -> Linked: ...
    def ways(self) -> set[str]: ...
    def steps(self, start: str, end: str) -> list[str]: ...


JoinTree = Callable[[Mapping[str, str]], Joined]


def test_an_entry_that_nothing_reads_is_a_site_and_says_so(join_tree: JoinTree) -> None:
    joined = join_tree({"config.yaml": CONFIG, "app.py": CODE.replace("config.yaml", "other.yaml")})
    assert joined.ways() == {"config.yaml:2 > config.yaml:2"}
    assert joined.steps("config.yaml:2", "config.yaml:2") == [UNUSED]


def test_an_entry_that_code_reads_has_the_call_alone(join_tree: JoinTree) -> None:
    assert join_tree({"config.yaml": CONFIG, "app.py": CODE}).ways() == {"config.yaml:2 > app.py:4"}


def test_a_variable_that_nothing_reads_says_so(join_tree: JoinTree) -> None:
    joined = join_tree({"prod.env": "LLM_MODEL=gpt-4-0613\n"})
    assert joined.steps("prod.env:1", "prod.env:1") == ["prod.env:1 set here; no call that takes it was found"]


def test_what_only_leads_to_a_variable_that_code_reads_is_no_site(join_tree: JoinTree) -> None:
    joined = join_tree(
        {
            "template.yaml": """
            Parameters:
              ModelId:
                Default: claude-3-haiku-20240307
            Resources:
              Bot:
                Properties:
                  Environment:
                    Variables:
                      SUMMARY_MODEL: !Ref ModelId
            """,
            "app.py": CODE.replace('CONFIG["llm"]["model"]', 'os.environ["SUMMARY_MODEL"]'),
        }
    )
    assert joined.ways() == {"template.yaml:3 > app.py:4"}


def test_a_gateway_reads_its_entries_even_when_code_does_as_well(join_tree: JoinTree) -> None:
    joined = join_tree(
        {
            "config.yaml": "model_list:\n- model_name: chat\n  litellm_params:\n    model: openai/gpt-4-0613\n",
            "app.py": CODE.replace('CONFIG["llm"]["model"]', 'CONFIG["model_list"][0]["litellm_params"]["model"]'),
        }
    )
    assert joined.ways() == {"config.yaml:4 > config.yaml:4", "config.yaml:4 > app.py:4"}
    assert joined.steps("config.yaml:4", "config.yaml:4") == []


def test_a_command_says_nothing_of_the_kind(join_tree: JoinTree) -> None:
    joined = join_tree({"run.sh": "llm prompt --model gpt-4-0613 hello\n"})
    assert joined.steps("run.sh:1", "run.sh:1") == []


def test_a_program_inside_a_template_calls_by_itself(join_tree: JoinTree) -> None:
    joined = join_tree(
        {
            "template.yaml": """
            Resources:
              Bot:
                Type: AWS::Lambda::Function
                Properties:
                  Runtime: python3.12
                  Code:
                    ZipFile: |
                      from anthropic import Anthropic
                      MODEL = "claude-3-haiku-20240307"
                      def handler(event, context):
                          return Anthropic().messages.create(model=MODEL, max_tokens=9, messages=[])
            """
        }
    )
    assert joined.steps("template.yaml:9", "template.yaml:11") == ["template.yaml:9 constant MODEL"]


def test_an_entry_that_a_later_file_refers_to_is_no_site_of_its_own(join_tree: JoinTree) -> None:
    joined = join_tree(
        {
            "a/main.tf": f'module "bot" {{\n  source = "../z"\n  model_id = "{ARN}"\n}}\n',
            "z/agent.tf": 'variable "model_id" {}\nresource "aws_bedrockagent_agent" "b" {\n  foundation_model = var.model_id\n}\n',
        }
    )
    assert joined.ways() == {"a/main.tf:3 > z/agent.tf:3"}


def test_the_fallback_of_an_entry_that_code_reads_stays_a_fallback(join_tree: JoinTree) -> None:
    config = "llm:\n  model: claude-opus-4-8\n  fallback_model: claude-3-haiku-20240307\n"
    joined = join_tree({"config.yaml": config, "app.py": CODE})
    assert joined.ways() == {"config.yaml:2 > app.py:4", "config.yaml:3 > config.yaml:2"}
    assert [usage.fallback for usage in joined.linked.usages if usage.site is not None and usage.site.path == "config.yaml"] == [True]
