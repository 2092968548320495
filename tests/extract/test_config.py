"""Config files as people write them: every ID with its exact place, its role, and whether it is a site.

`⟦B gpt-4⟧` marks an ID: A argument, B binding, C catalog, P comparison, M mention; `+` behind the letter says that the value is a site.
The marks are taken out before the file is read. What is not marked must not be found.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modelaudit.discover.languages import language_of
from modelaudit.domain.expr import Choice, Env, Expr, Join, Name, Text
from modelaudit.domain.facts import FileFacts, Role, Site
from modelaudit.domain.location import Span
from modelaudit.extract.config import extract_config
from modelaudit.extract.keys import KeyIndex
from modelaudit.extract.lexing.positions import Positions
from modelaudit.feed import keys as section

ROLES = {"A": Role.ARGUMENT, "B": Role.BINDING, "C": Role.CATALOG, "P": Role.COMPARISON, "M": Role.MENTION}
MARK = re.compile(r"⟦([ABCPM])(\+?) ([^⟧]*)⟧")
_ID = (
    r"(?:gpt-[34](?:[\w.-]*\w)?|claude-[\w.-]*\w|gemini-\d[\w.-]*\w|text-embedding-[\w-]*\w|o1|sonnet"
    r"|(?:[a-z.]+\.)?anthropic\.claude-[\w.:-]*\w)"
)
_WHOLE = re.compile(rf"(?:(?:bedrock|openai|anthropic|azure|googleai)[/:])?{_ID}|arn:aws:bedrock:[\w:*-]*/{_ID}|llama3[\w.:]*")
_TOKEN = re.compile(rf"(?<![\w./:@-])(?:arn:aws:bedrock:[\w:*-]*/)?{_ID}(?![\w/:@-])")
_UNKNOWN = ("gpt-4-tools", "gpt-4-results.json", "gpt-4-bot")
"""Spelled like an ID of a known family, but none that anybody knows."""


class FewWords:
    """A handful of spellings, so that these tests do not move with the feed."""

    def is_candidate(self, text: str) -> bool:
        return _WHOLE.fullmatch(text) is not None

    def is_weak(self, text: str) -> bool:
        return text in ("o1", "sonnet")

    def tokens(self, text: str) -> tuple[tuple[int, int], ...]:
        return tuple(match.span() for match in _TOKEN.finditer(text) if not self.is_weak(match[0]) and match[0] not in _UNKNOWN)


class Case(NamedTuple):
    """A file with marks."""

    path: str
    text: str


@pytest.fixture(scope="session")
def index() -> KeyIndex:
    return KeyIndex(section.decode(section.build(str(Path(__file__).parents[2] / "rules"))))


CASES = {
    "58 JSON settings": Case("app/config.json", '{"llm": {"model": "⟦B+ gpt-4⟧", "temperature": 0.2}, "name": "my-gpt-4-bot"}'),
    "58 recorded answer": Case(
        "out/run.json", '{"id": "x", "model": "⟦C gpt-4⟧", "choices": [{"index": 0}], "usage": {"total_tokens": 3}}'
    ),
    "58 data set": Case("answers.jsonl", '{"model": "⟦C gpt-4⟧", "answer_id": "1"}\n{"model": "⟦C gpt-4⟧", "answer_id": "2"}\n'),
    "58 prose in JSON": Case("x.json", '{"description": "⟦M gpt-4⟧", "help": "uses ⟦M gpt-4⟧ by default"}'),
    "58 JSON in a JSON string": Case("x.json", '{"payload": "{\\"model\\": \\"⟦B+ gpt-4⟧\\", \\"n\\": 1}"}'),
    "59 YAML": Case("config/app.yaml", "llm:\n  provider: openai\n  model: ⟦B+ gpt-4⟧  # was ⟦M gpt-3.5⟧\n  temperature: 0.1\n"),
    "59 quoted": Case("a.yaml", "model: '⟦B+ gpt-4⟧'\nother_model: \"⟦B+ gpt-4o⟧\"\n"),
    "59 cassette": Case("tests/cassettes/a.yaml", "interactions:\n- request:\n    body:\n      model: ⟦C gpt-4⟧\n"),
    "59 several documents": Case("a.yaml", "model: ⟦B+ gpt-4⟧\n---\nmodel: ⟦B+ gpt-4o⟧\n"),
    "59 anchors": Case("a.yaml", "x: &m ⟦B+ gpt-4⟧\nllm:\n  model: *m\n"),
    "61 price table": Case("prices.json", '{"⟦C gpt-4⟧": {"input_cost": 3}, "⟦C gpt-4o⟧": {"input_cost": 2}}'),
    "61 list of objects": Case("models.json", '[{"id": "⟦C gpt-4⟧", "label": "GPT-4"}, {"id": "⟦C gpt-4o⟧", "label": "GPT-4o"}]'),
    "61 priced entries": Case("m.yaml", "entries:\n- model: ⟦C gpt-4⟧\n  input_price: 3\n- model: ⟦C gpt-4o⟧\n  input_price: 2\n"),
    "61 below the entry of a priced ID": Case(
        "prices.json", '{"⟦C gpt-4⟧": {"input_cost": 3, "counted_as": {"model": "⟦C gpt-4o⟧", "provider": "openai"}}}'
    ),
    "61 one level below a cost that is no table": Case("a.json", '{"agent": {"cost_limit": 3, "llm": {"model": "⟦B+ gpt-4⟧"}}}'),
    "58 what a form shows": Case(
        "fields.json",
        '[{"default_model_placeholder": "⟦M gpt-4⟧"}, {"model_tooltip": "⟦M gpt-4⟧"}, '
        '{"tooltip": "e.g. https://x.openai.azure.com/openai/deployments/gpt-4o/chat"}]',
    ),
    "62 object in a call": Case("a.ts", 'await client.chat.completions.create({ model: "⟦A+ gpt-4⟧", temperature: 0 });\n'),
    "62 object": Case("a.js", 'export default { llm: { model: "⟦B+ gpt-4⟧" } };\n'),
    "62 provider function": Case("a.ts", 'generateText({ model: openai("⟦A+ gpt-4o⟧"), prompt: "⟦M gpt-4⟧ is gone" });\n'),
    "60 union": Case("a.ts", 'type Model = "⟦C gpt-4⟧" | "⟦C gpt-4o⟧";\nfunction f(m: "⟦C gpt-4⟧" | string) {}\n'),
    "60 array": Case("a.ts", 'const MODELS = ["⟦C gpt-4⟧", "⟦C gpt-4o⟧"];\n'),
    "60 JSX option": Case("a.tsx", 'const a = <option value="⟦C gpt-4⟧">GPT-4</option>;\n'),
    "60 JSX attribute": Case("a.tsx", 'const a = <Chat model="⟦B+ gpt-4⟧" />;\n'),
    "60 comments": Case("a.js", "// ⟦M gpt-4⟧\n/* was ⟦M gpt-4o⟧ */\n/**\n * ⟦M gpt-4⟧\n */\n"),
    "60 log": Case("a.js", 'console.log("⟦M gpt-4⟧");\n'),
    "66 const": Case("a.ts", 'export const MODEL: string = "⟦B gpt-4⟧";\nlet other = `⟦B gpt-4o⟧`;\n'),
    "66 default of a parameter": Case("a.ts", 'async function ask(q, model = "⟦B gpt-4⟧") {}\n'),
    "67 ===": Case("a.js", 'if (model === "⟦P gpt-4⟧" || "⟦P gpt-4o⟧" == x) {}\n'),
    "67 switch": Case("a.js", 'switch (model) { case "⟦P gpt-4⟧": return 1; }\n'),
    "67 startsWith, regex": Case("a.js", 'model.startsWith("⟦P gpt-4⟧"); ["⟦P gpt-4⟧"].includes(x); /⟦P gpt-4⟧/.test(m);\n'),
    "70 ??": Case("a.ts", 'const m = process.env.MODEL ?? "⟦B gpt-4⟧";\nconst n = process.env.OTHER || "⟦B gpt-4o⟧";\n'),
    "63 Helm values": Case("charts/app/values.yaml", "env:\n  MODEL: ⟦B+ gpt-4⟧\nextraEnv:\n- name: X_MODEL\n  value: ⟦B+ gpt-4o⟧\n"),
    "63 Helm template": Case(
        "charts/app/templates/deploy.yaml",
        "spec:\n{{- if .Values.on }}\n  env:\n    - name: MODEL\n      value: "
        '{{ .Values.model | default "⟦B+ gpt-4⟧" | quote }}\n{{- end }}\n',
    ),
    "64 YAML ID as key": Case("t.yaml", "⟦C gpt-4⟧:\n  limit: 3\n⟦C gpt-4o⟧:\n  limit: 4\n"),
    "65 list": Case("a.yaml", "supported:\n- ⟦C gpt-4⟧\n- ⟦C gpt-4o⟧\n"),
    "65 list of names": Case("a.yaml", "items:\n- name: ⟦C gpt-4⟧\n- name: ⟦C gpt-4o⟧\n"),
    "68 .env commented": Case(".env", "# OPENAI_MODEL=⟦M gpt-4⟧\nX=see ⟦M gpt-4⟧ there\n"),
    "71 .env": Case(".env.example", "OPENAI_MODEL=⟦B+ gpt-4⟧\nexport B_MODEL='⟦B+ gpt-4o⟧' # ⟦M gpt-4⟧\nC_MODEL=\"⟦B+ gpt-4⟧\"\n"),
    "71 default": Case(".env", "LLM_MODEL=${OTHER:-⟦B+ gpt-4⟧}\n"),
    "71 list": Case(".env", "ALLOWED_MODELS=⟦C gpt-4⟧,⟦C gpt-4o⟧\n"),
    "71 weak": Case(".env", "OPENAI_MODEL=⟦B+ o1⟧\nNAME=o1\n"),
    "71 not a model": Case(".env", "IMAGE=my-gpt-4-wrapper:1\nLOG=x/gpt-4-results.json\nMODEL_PATH=/x/gpt-4/weights\n"),
    "69 shell": Case(
        "run.sh",
        'MODEL=${MODEL:-⟦B+ gpt-4⟧}\nlocal m="⟦B+ gpt-4o⟧"\ncurl https://x -d \'{"model": "⟦B+ gpt-4⟧", "n": 1}\' # ⟦M gpt-4⟧\n',
    ),
    "69 here-document": Case("run.sh", "cat > c.yaml <<EOF\nllm:\n  model: ⟦B+ gpt-4⟧\nEOF\n"),
    "69 URL": Case("run.sh", "curl https://g/v1beta/models/⟦B+ gemini-1.5-pro⟧:generateContent\n"),
    "73 flag": Case("run.sh", "tool \\\n  --model ⟦A+ gpt-4⟧ \\\n  --judge-model=⟦A+ gpt-4o⟧\nclaude --model ⟦A+ sonnet⟧\n"),
    "72 TOML": Case(
        "c.toml",
        '[llm]\nmodel = "⟦B+ gpt-4⟧" # ⟦M gpt-4o⟧\n[models.x]\nname = "⟦B gpt-4⟧"\n[ui]\nchoices = ["⟦C gpt-4⟧", "⟦C gpt-4o⟧"]\n',
    ),
    "74 workflow": Case(
        ".github/workflows/a.yml",
        "env:\n  MODEL: ⟦B+ gpt-4⟧\njobs:\n  a:\n    steps:\n    - uses: x/y@v1\n      with:\n        model: ⟦B+ gpt-4o⟧\n"
        '    - run: |\n        tool --model ⟦A+ gpt-4⟧\n        echo "model=⟦B gpt-4⟧" >> $OUT\n',
    ),
    "74 inputs": Case(".github/workflows/a.yml", "on:\n  workflow_dispatch:\n    inputs:\n      model:\n        default: ⟦B+ gpt-4⟧\n"),
    "74 claude_args": Case(
        ".github/workflows/a.yml", "jobs:\n  a:\n    steps:\n    - with:\n        claude_args: --model ⟦A+ claude-opus-4⟧ --x 1\n"
    ),
    "74 folded": Case(".github/workflows/a.yml", "jobs:\n  a:\n    steps:\n    - run: >-\n        tool\n        --model ⟦A+ gpt-4⟧\n"),
    "75 Terraform": Case(
        "main.tf",
        'resource "aws_bedrockagent_agent" "gpt-4" {\n  foundation_model = "⟦B+ anthropic.claude-v2⟧"\n}\n'
        'variable "model_id" {\n  default = "⟦B+ anthropic.claude-v2⟧" // ⟦M gpt-4⟧\n}\n',
    ),
    "75 policy": Case(
        "iam.tf",
        'data "aws_iam_policy_document" "d" {\n  statement {\n    actions = ["bedrock:InvokeModel"]\n'
        '    resources = ["⟦C arn:aws:bedrock:*::foundation-model/anthropic.claude-v2⟧"]\n  }\n}\n',
    ),
    "75 Lambda environment": Case(
        "l.tf",
        'resource "aws_lambda_function" "f" {\n  environment {\n    variables = {\n'
        '      MODEL_ID = "⟦B+ anthropic.claude-v2⟧"\n    }\n  }\n}\n',
    ),
    "75 jsonencode": Case(
        "e.tf",
        'resource "aws_ecs_task_definition" "t" {\n  container_definitions = jsonencode([{ environment = [\n'
        '    { name = "MODEL", value = "⟦B+ gpt-4⟧" }\n  ] }])\n}\n',
    ),
    "75 heredoc": Case("h.tf", 'resource "x" "y" {\n  body = <<EOT\n{"model": "⟦B+ gpt-4⟧"}\nEOT\n}\n'),
    "75 condition": Case("c.tf", 'locals {\n  a = var.m == "⟦P gpt-4⟧" ? 1 : 2\n}\n'),
    "76 CloudFormation": Case(
        "template.yaml",
        "AWSTemplateFormatVersion: '2010-09-09'\nParameters:\n  Model:\n    Default: ⟦B+ anthropic.claude-v2⟧\n    AllowedValues:\n"
        "    - ⟦C anthropic.claude-v2⟧\n",
    ),
    "76 Bicep": Case(
        "main.bicep",
        "param modelName string = '⟦B+ gpt-4⟧' // ⟦M gpt-4o⟧\n"
        "resource d 'Microsoft.CognitiveServices/accounts/deployments@2023-05-01' = {\n  name: 'chat'\n  properties: {\n"
        "    model: {\n      format: 'OpenAI'\n      name: '⟦B+ gpt-4o⟧'\n      version: '2024-05-13'\n    }\n  }\n}\n",
    ),
    "76 inline Lambda source, unread": Case(
        "template.yaml",
        'Resources:\n  F:\n    Properties:\n      Code:\n        ZipFile: |\n          import boto3\n          f("⟦M gpt-4⟧")\n',
    ),
    "77 Dockerfile": Case(
        "Dockerfile",
        'FROM python:3\nARG MODEL="⟦B+ gpt-4⟧"\nENV A_MODEL=⟦B+ gpt-4⟧ \\\n    B_MODEL=⟦B+ gpt-4o⟧\nENV C_MODEL ⟦B+ gpt-4⟧\n'
        'CMD ["serve", "--model", "⟦A+ gpt-4⟧"]\nRUN tool --model ⟦A+ gpt-4⟧ # x\n# ⟦M gpt-4⟧\n',
    ),
    "78 compose": Case(
        "docker-compose.yml",
        "services:\n  a:\n    environment:\n    - MODEL=${MODEL:-⟦B+ gpt-4⟧}\n    - 'B_MODEL=⟦B+ gpt-4o⟧'\n  b:\n    environment:\n"
        '      MODEL: ⟦B+ gpt-4⟧\n    command: ["--model", "⟦A+ gpt-4⟧"]\n  c:\n    command: serve --model ⟦A+ gpt-4o⟧\n',
    ),
    "79 Cloud Build": Case(
        "cloudbuild.yaml",
        "steps:\n- args: [run, deploy, --set-env-vars, 'A_MODEL=⟦B+ gpt-4⟧,B_MODEL=⟦B+ gpt-4o⟧']\nsubstitutions:\n  _MODEL: ⟦B+ gpt-4⟧\n",
    ),
    "80 INI": Case("a.ini", "[DEFAULT]\nMODEL = ⟦B+ gpt-4⟧ ; ⟦M gpt-4o⟧\n# ⟦M gpt-4⟧\n"),
    "properties": Case("application.properties", "spring.ai.openai.chat.options.model=⟦B+ gpt-4⟧\n"),
    "front matter": Case(".claude/agents/a.md", "---\nname: x\nmodel: ⟦B+ claude-opus-4⟧\n---\nPrefers ⟦M gpt-4⟧.\n"),
    "dotprompt": Case("a.prompt", "---\nmodel: ⟦B+ googleai/gemini-1.5-flash⟧\n---\nHi\n"),
    "Makefile": Case("Makefile", "MODEL ?= ⟦B+ gpt-4⟧ # ⟦M gpt-4o⟧\nrun:\n\t@tool --model ⟦A+ gpt-4⟧\n"),
    "XML": Case("a.xml", "<a><!-- ⟦M gpt-4⟧ --><model>⟦B+ gpt-4⟧</model><b model='⟦B+ gpt-4o⟧'/></a>"),
    "BAML": Case("m.baml", 'client<llm> Fast {\n  provider openai\n  options {\n    model "⟦B+ gpt-4o⟧"\n  }\n}\n'),
    "Modelfile": Case("Modelfile", "FROM ⟦B+ llama3.1:8b⟧\nPARAMETER temperature 1\n# ⟦M gpt-4⟧\n"),
    "SQL": Case("q.sql", "SELECT SNOWFLAKE.CORTEX.COMPLETE('⟦A+ claude-3-5-sonnet⟧', x) -- ⟦M gpt-4⟧\nFROM t WHERE m = '⟦P gpt-4⟧';\n"),
    "ConfigMap": Case(
        "k8s/cm.yaml",
        "apiVersion: v1\nkind: ConfigMap\ndata:\n  LLM_MODEL: ⟦B+ gpt-4⟧\n  config.yaml: |\n    llm:\n      model: ⟦B+ gpt-4o⟧\n",
    ),
    "Kubernetes": Case(
        "k8s/d.yaml",
        "apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n      - env:\n        - name: MODEL\n"
        "          value: ⟦B+ gpt-4⟧\n        args: [--model, ⟦A+ gpt-4o⟧]\n",
    ),
    "package.json": Case("package.json", '{"scripts": {"eval": "tool --model ⟦A+ gpt-4⟧"}, "dependencies": {"gpt-4-tools": "1"}}'),
    "text": Case("notes.txt", "We used ⟦M gpt-4⟧ and gpt-4-tools/x.\n"),
    "JSON Schema": Case("s.json", '{"properties": {"model": {"enum": ["⟦C gpt-4⟧", "⟦C gpt-4o⟧"], "default": "⟦B+ gpt-4⟧"}}}'),
    "fallbacks": Case("a.yaml", "llm:\n  model: ⟦B+ gpt-4⟧\n  fallbacks: [⟦B gpt-4o⟧]\n"),
    "labels and assertions of an evaluation": Case(
        "promptfooconfig.yaml",
        "providers:\n- id: ⟦B+ openai:gpt-4⟧\n  label: ⟦M gpt-4⟧, warm\ntests:\n- assert:\n  - type: not-contains\n    value: ⟦P gpt-4o⟧\n",
    ),
    "litellm groups are no IDs": Case(
        "litellm_config.yaml",
        "model_list:\n- model_name: gpt-4\n  litellm_params:\n    model: ⟦B+ azure/gpt-4o⟧\n- model_name: b\n  litellm_params:\n"
        "    model: ⟦B+ bedrock/anthropic.claude-v2⟧\nrouter_settings:\n  fallbacks:\n  - gpt-4: [b]\n",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_every_id_is_found_where_it_is_and_for_what_it_is(name: str, index: KeyIndex) -> None:
    case = CASES[name]
    text, wanted, wanted_sites = unmarked(case.text)
    facts = read(case.path, text, index)
    assert sorted((lit.span, lit.text, lit.role.value) for lit in facts.literals) == sorted(wanted)
    assert sorted(texts(facts.sites)) == sorted(wanted_sites)


def test_a_site_shows_its_key_path_parameters_and_platform(index: KeyIndex) -> None:
    text = "llm:\n  provider: azure\n  model: gpt-4\n  temperature: 0.5\n  max_tokens: 100\n  api_key: secret\n"
    (site,) = read("config.yaml", text, index).sites
    assert (site.callee, site.argument, site.platform, site.platform_evidence) == ("llm.model", "model", "azure", "provider: azure")
    assert [(argument.name, argument.value) for argument in site.arguments] == [("temperature", 0.5), ("max_tokens", 100)]


def test_elements_of_a_list_keep_their_parameters(index: KeyIndex) -> None:
    # promptfoo: the temperature of one provider was told of all others, with what would break there.
    text = "providers:\n- openai:gpt-4\n- id: openai:gpt-4o\n  config:\n    temperature: 0.7\n"
    first, second = read("promptfooconfig.yaml", text, index).sites
    assert first.arguments == ()
    assert [(argument.name, argument.value) for argument in second.arguments] == [("config.temperature", 0.7)]


TWO_CALLS = """const MODEL = "gpt-4";
const one = await openai.chat.completions.create({
  model: MODEL,
  temperature: 0,
  max_tokens: limit,
});
const two = await openai.chat.completions.create({ model: "gpt-4o", top_p: 0.5 });
const three = run(embed({ embeddingModel: "text-embedding-3-small" }), { temperature: 1 });
"""


def test_a_site_in_a_program_is_the_call_with_its_own_arguments(index: KeyIndex) -> None:
    # The call that begins in line 2, not the line of its argument; calls of the same function keep their arguments apart.
    first, second, third = read("src/ask.ts", TWO_CALLS, index).sites
    assert (first.span, second.span.line, third.span) == (Span(2, 19, 6, 3), 7, Span(8, 19, 8, 70))
    assert [(argument.name, argument.value) for argument in first.arguments] == [("temperature", 0)]
    assert [(argument.name, argument.value) for argument in second.arguments] == [("top_p", 0.5)]
    assert third.arguments == ()
    assert [site.operation for site in (first, second, third)] == ["chat", "chat", "embedding"]


@pytest.mark.parametrize(
    ("text", "platform"),
    [
        ("LLM_PROVIDER=bedrock\nLLM_MODEL=gpt-4\n", "bedrock"),
        ("OPENAI_BASE_URL=https://x.openai.azure.com/\nOPENAI_MODEL=gpt-4\n", "azure"),
        ("CLAUDE_CODE_USE_BEDROCK=1\nANTHROPIC_MODEL=claude-opus-4\n", "bedrock"),
        ("OTHER_PROVIDER=bedrock\nLLM_MODEL=gpt-4\n", None),
    ],
)
def test_variables_beside_a_model_tell_its_platform(text: str, platform: str | None, index: KeyIndex) -> None:
    (site,) = read(".env", text, index).sites
    assert site.platform == platform


def test_text_escaped_twice_keeps_its_places(index: KeyIndex) -> None:
    text = r"""echo "{\"log\": \"{\\\"model\\\": \\\"gpt-4\\\"}\"}" """
    (literal,) = read("a.sh", text, index).literals
    assert text[literal.span.column - 1 : literal.span.end_column - 1] == "gpt-4"


def test_a_router_falls_back_to_the_models_of_a_group(index: KeyIndex) -> None:
    text, *_ = unmarked(CASES["litellm groups are no IDs"].text)
    first, second = read("litellm_config.yaml", text, index).sites
    assert [leaf.text for expr in first.fallbacks for leaf in leaves(expr)] == ["bedrock/anthropic.claude-v2"]
    assert second.fallbacks == ()


def test_fallbacks_beside_a_model_belong_to_its_site(index: KeyIndex) -> None:
    text, *_ = unmarked(CASES["fallbacks"].text)
    (site,) = read("a.yaml", text, index).sites
    assert [leaf.text for expr in site.fallbacks for leaf in leaves(expr)] == ["gpt-4o"]


def test_variables_and_keys_are_bindings_that_code_can_be_linked_to(index: KeyIndex) -> None:
    names = {binding.name for binding in read(".env", "A_MODEL=gpt-4\n", index).bindings}
    assert names == {"env:A_MODEL"}
    names = {binding.name for binding in read("c.toml", '[llm]\nmodel = "gpt-4"\n', index).bindings}
    assert names == {"key:llm.model"}


def test_terraform_variables_reach_the_environment(index: KeyIndex) -> None:
    text = 'variable "m" {\n  default = "gpt-4"\n}\nresource "a" "b" {\n  environment {\n    variables = { MODEL_ID = var.m }\n  }\n}\n'
    bindings = {binding.name: binding.value for binding in read("main.tf", text, index).bindings}
    value = bindings["env:MODEL_ID"]
    assert isinstance(value, Name)
    assert value.ref in bindings


def test_an_alias_is_a_site_where_it_stands_with_the_text_where_it_is_written(index: KeyIndex) -> None:
    facts = read("a.yaml", "x: &m gpt-4\nllm:\n  model: *m\n", index)
    (site,) = facts.sites
    assert site.span == Span(3, 10, 3, 12)
    assert site.model == Text("gpt-4", Span(1, 7, 1, 12))


def test_a_suppression_behind_an_entry_covers_it(index: KeyIndex) -> None:
    (found,) = read("a.yaml", "a: 1\nmodel: gpt-4  # modelaudit: ignore[retired-model]\n", index).suppressions
    assert (found.first_line, found.last_line) == (2, 2)


def test_prose_that_looks_like_a_suppression_is_none(index: KeyIndex) -> None:
    facts = read("a.yaml", 'model: gpt-4\nnote: "# modelaudit: ignore[retired-model]"\n', index)
    assert facts.suppressions == ()


def test_inline_python_is_read_by_the_reader_of_python(index: KeyIndex) -> None:
    seen = []

    def reader(text: str) -> FileFacts:
        seen.append(text)
        return FileFacts("x", "python")

    text, *_ = unmarked(CASES["76 inline Lambda source, unread"].text)
    extract_config("template.yaml", text, "yaml", FewWords(), index, reader)
    assert seen == ['import boto3\nf("gpt-4")\n']


def test_markdown_with_an_example_of_python_is_prose(index: KeyIndex) -> None:
    prompt = "You write components.\n\n```python\nimport llm\nllm.ask(model='gpt-4')\n```\n"
    facts = extract_config("flow.json", json.dumps({"value": prompt}), "json", FewWords(), index, lambda text: FileFacts("x", "python"))
    assert [literal.role for literal in facts.literals] == [Role.MENTION]


@pytest.mark.parametrize("text", ["{", "a: [", "\x00", "model: gpt-4\n\tb: {{", "- - - -"])
def test_broken_files_are_read_as_far_as_they_go(text: str, index: KeyIndex) -> None:
    for path in ("a.yaml", "a.json", "a.toml", "a.ts", "a.tf"):
        read(path, text, index)


def read(path: str, text: str, index: KeyIndex) -> FileFacts:
    return extract_config(path, text, language_of(path.rpartition("/")[2]) or "text", FewWords(), index)


def unmarked(text: str) -> tuple[str, list[tuple[Span, str, str]], list[str]]:
    """The file without marks, the literals that they mean, and the texts that are sites."""
    literals: list[tuple[Span, str, str]] = []
    sites: list[str] = []
    plain, read_to = "", 0
    for match in MARK.finditer(text):
        plain += text[read_to : match.start()]
        line, column = plain.count("\n") + 1, len(plain) - plain.rfind("\n")
        literals.append((Span(line, column, line, column + len(match[3])), match[3], ROLES[match[1]].value))
        if match[2]:
            sites.append(match[3])
        plain += match[3]
        read_to = match.end()
    return plain + text[read_to:], literals, sites


def texts(sites: tuple[Site, ...]) -> list[str]:
    return [leaf.text for site in sites for leaf in leaves(site.model) if FewWords().is_candidate(leaf.text)]


def leaves(expr: Expr) -> list[Text]:
    match expr:
        case Text():
            return [expr]
        case Env() if expr.default is not None:
            return leaves(expr.default)
        case Join():
            return [leaf for part in expr.parts for leaf in leaves(part)]
        case Choice():
            return [leaf for option in expr.options for leaf in leaves(option)]
    return []


LANGUAGES = (
    *("yaml", "json", "toml", "env", "ini", "hcl", "dockerfile", "makefile", "shell", "markdown", "javascript", "typescript", "xml", "sql"),
    *("prompt", "modelfile", "groovy", "text"),
)
SNIPPETS = st.sampled_from(
    [
        *(
            "gpt-4",
            "gpt-4o",
            "model",
            "MODEL",
            "model_list",
            "litellm_params",
            "fallbacks",
            "choices",
            "o1",
            "price",
            "text",
            "--model ",
            "=",
            ":",
        ),
        *(
            ": ",
            "\n",
            "\n  ",
            "\n- ",
            "{",
            "}",
            "[",
            "]",
            "(",
            ")",
            '"',
            "'",
            ",",
            "#",
            "//",
            "${",
            "}",
            "{{ ",
            " }}",
            "\\",
            "<<EOF\n",
            "\nEOF\n",
        ),
        *(
            "|\n    ",
            "env",
            "name",
            "value",
            "$",
            "const ",
            "=> ",
            "case ",
            "`",
            "<a b=",
            "run",
            "ENV ",
            "import x\n",
            "/models/",
            ":x",
            "*a",
            "&a ",
        ),
    ]
)


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=60, deadline=None)
@given(pieces=st.lists(SNIPPETS, max_size=40))
def test_no_file_stops_extraction_and_every_literal_is_in_it(language: str, pieces: list[str], index: KeyIndex) -> None:
    text = "".join(pieces)
    facts = extract_config(f"some.{language}", text, language, FewWords(), index)
    positions = Positions(text)
    for literal in facts.literals:
        span = literal.span
        start, end = positions.offset(span.line, span.column), positions.offset(span.end_line, span.end_column)
        assert 0 <= start < end <= len(text)
        # Escapes and folding may widen a place to the whole scalar; nothing may move it.
        assert literal.text in text[start:end] or "\\" in text[start:end] or "\n" in text[start:end] or "''" in text[start:end]
