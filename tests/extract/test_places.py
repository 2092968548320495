"""Where IDs stand in shapes that were first met on real files: exact places, roles and sites, with the spellings of the bundled feed.

`⟦B gpt-4⟧` marks an ID: A argument, B binding, C catalog, P comparison, M mention; `+` behind the letter says that the value is a site.
The marks are taken out before the file is read. What is not marked must not be found.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from modelaudit.discover.languages import language_of
from modelaudit.domain.facts import FileFacts, Role
from modelaudit.extract.config import extract_config
from modelaudit.extract.keys import KeyIndex
from modelaudit.extract.lexing.positions import Positions
from modelaudit.feed import keys as section
from modelaudit.feed.load import load
from modelaudit.identify.identifier import Identifier

ROLES = {"A": Role.ARGUMENT, "B": Role.BINDING, "C": Role.CATALOG, "P": Role.COMPARISON, "M": Role.MENTION}
MARK = re.compile(r"⟦([ABCPM])(\+?) ([^⟧]*)⟧")
_ARN = "arn:aws:bedrock:${AWS::Region}::foundation-model"

CASES = {
    "prose in a literal block": ("a.yaml", "system: |\n  You help.\n  As ⟦M gpt-4-0613⟧ did, \\\n\n    or ⟦M gpt-4o⟧.\nn: 1\n"),
    "prose in a folded block": ("a.yaml", "description: >-\n    Written for\n    ⟦M gpt-4⟧ once.\n"),
    "an ID alone in a block": ("a.yaml", "llm:\n  model: >-\n    ⟦B+ gpt-4o⟧\n"),
    "a block in a template": ("a.yaml", "{{- if .x }}\nsystem: |\n  Not ⟦M gpt-4⟧.\n{{- end }}\n"),
    "a default in braces that YAML takes for mappings": ("t.yaml", 'llm:\n  model: {{ .Values.m | default "⟦B+ gpt-4o⟧" | quote }}\n'),
    "Jinja in braces that YAML takes for mappings": ("t.yaml", 'llm:\n  model: {{ m | default("⟦B+ gpt-4o⟧") }}\n'),
    "a mapping in a mapping is no template": ("a.yaml", "a: { llm: {model: ⟦B+ gpt-4o⟧}, b: [{ x: 1 }]}\n"),
    "comments of a template": (
        "t.yaml",
        "{{/* was ⟦M gpt-4⟧ */}}\n{{- /*\nmodel: ⟦M gpt-4-0613⟧\n*/ -}}\nmodel: ⟦B+ gpt-4o⟧\n{# ⟦M o3-mini⟧ #}\n",
    ),
    "a condition of a template": ("t.yaml", "{{- if eq .m \"⟦P gpt-4o⟧\" }}\na: 1\n{{- end }}\n{% if m == '⟦P gpt-4⟧' %}\n"),
    "a name in a template": ("t.yaml", '{% set model = "⟦B gpt-4o⟧" %}\n{{- $model := "⟦B gpt-4⟧" }}\na: {{ model }}\n'),
    "a key that is a hole": ("t.yaml", "{{- range .x }}\n{{ .name }}: ⟦B gpt-4o⟧\n{{- end }}\n"),
    "tables named after models": ("p.toml", '["⟦C gpt-4o⟧"]\nx = 1\n[prices.⟦C gpt-4-0613⟧]\nx = 2\n[[a."⟦C gpt-4⟧".b]]\n'),
    "a condition in a scalar": (".github/workflows/a.yml", "jobs:\n  a:\n    if: inputs.model == '⟦P gpt-4o⟧' && '⟦P gpt-4⟧' != x\n"),
    "a condition in braces": (".github/workflows/a.yml", "jobs:\n  a:\n    if: ${{ inputs.m == '⟦P gpt-4o⟧' }}\n"),
    "a condition with a function": (".github/workflows/a.yml", "jobs:\n  a:\n    if: contains(inputs.m, '⟦P gpt-4o⟧')\n"),
    "a condition with a variable": (".gitlab-ci.yml", 'd:\n  rules:\n    - if: $M == "⟦P gpt-4o⟧"\n'),
    "a condition in prose": ("a.yaml", "description: when m == 'gpt-4o-x' or ⟦M gpt-4o⟧ == m\n"),
    "a regular expression": ("a.js", "const old = /^⟦P gpt-4-0613⟧$/.test(m);\n"),
    "a test in shell": ("a.sh", 'if [ "$M" = "⟦P gpt-4o⟧" ]; then\n  [[ $M == ⟦P gpt-4⟧ ]] && echo "⟦M gpt-4⟧"\nfi\n'),
    "patterns in shell": ("a.sh", 'case "$M" in\n  ⟦P gpt-4o⟧|⟦P gpt-4⟧) llm -m ⟦A+ gpt-4o⟧ x | jq . ;;\nesac\n(cd x)\n'),
    "a pattern on the line of its case": ("a.sh", "case $M in ⟦P gpt-4o⟧) echo;; esac\n"),
    "a loop in shell": ("a.sh", 'for model in ⟦B+ gpt-4o⟧ "⟦B+ gpt-4⟧"; do run; done\n'),
    "PowerShell": ("a.ps1", "$env:OPENAI_MODEL = \"⟦B+ gpt-4o⟧\"\n$model = '⟦B+ gpt-4⟧'\n"),
    "fish": ("a.fish", "set -gx OPENAI_MODEL ⟦B+ gpt-4o⟧\n"),
    "a list with signs": (".env", "CUSTOM_MODELS=-all,+⟦C gpt-4o⟧,+⟦C gpt-4-turbo⟧=Turbo\n"),
    "an address with a variable": ("a.sh", 'curl "https://x.example/v1/models/⟦B+ gemini-1.5-pro⟧:generateContent?key=$KEY"\n'),
    "a policy with a hole": (
        "template.yaml",
        (
            "AWSTemplateFormatVersion: x\nResources:\n  P:\n    Type: AWS::IAM::Policy\n    Properties:\n      PolicyDocument:\n"
            "        Statement:\n        - Action: bedrock:InvokeModel\n          Resource:\n"
            f"          - !Sub {_ARN}/⟦C anthropic.claude-3-haiku-20240307-v1:0⟧\n          - !Sub arn:aws:s3:::${{B}}/gpt-4o\n"
        ),
    ),
    "a foundation model with a hole": (
        "template.yaml",
        (
            "AWSTemplateFormatVersion: x\nResources:\n  A:\n    Type: AWS::Bedrock::Agent\n    Properties:\n"
            f"      FoundationModel: !Sub {_ARN}/⟦B+ anthropic.claude-3-haiku-20240307-v1:0⟧\n"
        ),
    ),
    "what Terraform allows": ("v.tf", 'variable "allowed_models" {\n  default = ["⟦C gpt-4o⟧", "⟦C gpt-4⟧"]\n}\n'),
    "what XML allows": ("m.xml", "<supportedModels><model>⟦C gpt-4o⟧</model></supportedModels>"),
    "a comment on a rule": ("Makefile", "a: b  # ⟦M gpt-4o⟧\n\t@echo x # ⟦M gpt-4⟧\n"),
    "a prompt in BAML": ("a.baml", 'function F() -> string {\n  client "⟦B+ openai/gpt-4o⟧"\n  prompt #"\n    as ⟦M gpt-4⟧\n  "#\n}\n'),
    "supervisor": ("s.conf", '[program:a]\nenvironment=OPENAI_MODEL="⟦B+ gpt-4-0613⟧",PORT="80"\n'),
    "a pipeline": (
        "Jenkinsfile",
        (
            "pipeline {\n  environment {\n    OPENAI_MODEL = '⟦B+ gpt-4o-mini⟧' // not ⟦M gpt-4⟧\n  }\n  parameters {\n"
            "    choice(name: 'M', choices: ['⟦C gpt-4o⟧', '⟦C gpt-4⟧'], description: 'e.g. ⟦M gpt-4⟧')\n  }\n"
            '  steps {\n    sh \'run --model ⟦A+ gpt-4o⟧\'\n    sh """\n      run --model ⟦A+ gpt-4⟧\n    """\n'
            "    sh(script: 'run --model ⟦A+ o3-mini⟧')\n    if (m == '⟦P gpt-4o⟧') { echo 'now ⟦M gpt-4o⟧' }\n  }\n}\n"
        ),
    ),
}


@pytest.fixture(scope="session")
def identifier() -> Identifier:
    return Identifier(load(None, None))


@pytest.fixture(scope="session")
def index() -> KeyIndex:
    return KeyIndex(section.decode(section.build(str(Path(__file__).parents[2] / "rules"))))


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_ids_stand_where_they_stand(case: tuple[str, str], identifier: Identifier, index: KeyIndex) -> None:
    path, marked = case
    text, wanted = unmarked(marked)
    facts = extract_config(path, text, language_of(path.rpartition("/")[2]) or "text", identifier, index)
    assert found(facts, text) == wanted


def unmarked(marked: str) -> tuple[str, list[tuple[int, str, Role, bool]]]:
    text, wanted, read = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[read : match.start()]
        wanted.append((len(text), match[3], ROLES[match[1]], bool(match[2])))
        text, read = text + match[3], match.end()
    return text + marked[read:], wanted


def found(facts: FileFacts, text: str) -> list[tuple[int, str, Role, bool]]:
    positions = Positions(text)
    said = []
    for literal in facts.literals:
        start = positions.offset(literal.span.line, literal.span.column)
        end = positions.offset(literal.span.end_line, literal.span.end_column)
        is_site = any(site.span[:2] <= literal.span[:2] and literal.span[2:] <= site.span[2:] for site in facts.sites)
        said.append((start, text[start:end], literal.role, is_site))
    return said
