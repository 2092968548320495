"""Names under which one config file gives values to another, and names that are settled within a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from modelaudit.domain.expr import Choice, Env, Expr, Name, Text
from modelaudit.extract.config import extract_config
from modelaudit.extract.keys import KeyIndex
from modelaudit.feed import keys as section


class FewWords:
    """One ID is enough here."""

    def is_candidate(self, text: str) -> bool:
        return text in ("gpt-4", "gpt-4o")

    def is_weak(self, text: str) -> bool:
        return False

    def tokens(self, text: str) -> tuple[tuple[int, int], ...]:
        return ((0, len(text)),) if self.is_candidate(text) else ()


@pytest.fixture(scope="module")
def index() -> KeyIndex:
    return KeyIndex(section.decode(section.build(str(Path(__file__).parents[2] / "rules"))))


def said(expr: Expr | None) -> object:
    match expr:
        case Text():
            return expr.text
        case Name():
            return f"<{expr.ref}>"
        case Env():
            return (f"${expr.name}", said(expr.default)) if expr.default is not None else f"${expr.name}"
        case Choice():
            return tuple(said(option) for option in expr.options)
    return None


CASES = {
    "module": (
        "prod/main.tf",
        'module "bot" {\n  source = "../modules/bot"\n  m = "gpt-4"\n}\n',
        "hcl",
        {"given:modules/bot:key:var.m": "gpt-4"},
    ),
    "module from elsewhere": (
        "main.tf",
        'module "bot" {\n  source = "acme/bot/aws"\n  m = var.x\n}\n',
        "hcl",
        {"given:acme/bot/aws:key:var.m": "<key:var.x>"},
    ),
    "tfvars": ("prod.tfvars", 'm = "gpt-4"\n', "hcl", {"key:var.m": "gpt-4"}),
    "build argument": (
        "compose.yaml",
        "services:\n  a:\n    build:\n      args:\n        LLM: gpt-4\n",
        "yaml",
        {"arg:LLM": "gpt-4", "env:LLM": "gpt-4"},
    ),
    "argument of an image": ("Dockerfile", "ARG LLM=gpt-4\nENV M=$LLM\n", "dockerfile", {"arg:LLM": "gpt-4", "env:M": "<arg:LLM>"}),
    "variable of an image before its argument": ("Dockerfile", "ENV M=$LLM\nARG LLM=gpt-4\n", "dockerfile", {"env:M": "$LLM"}),
    "config maps of one file": (
        "k.yaml",
        "kind: ConfigMap\nmetadata: {name: a}\ndata: {m: gpt-4}\n---\nkind: ConfigMap\nmetadata: {name: b}\ndata: {m: gpt-4o}\n",
        "yaml",
        {"configmap:a.m": "gpt-4", "configmap:b.m": "gpt-4o"},
    ),
    "entry of a config map": (
        "k.yaml",
        "env:\n- name: BOT\n  valueFrom:\n    configMapKeyRef:\n      name: a\n      key: m\n",
        "yaml",
        {"env:BOT": "<configmap:a.m>"},
    ),
    "parameters of a stack": (
        "samconfig.toml",
        '[default.deploy.parameters]\nparameter_overrides = "A=x M=gpt-4 ParameterKey=N,ParameterValue=gpt-4o"\n',
        "toml",
        {"stack:M": "gpt-4", "stack:N": "gpt-4o"},
    ),
    "parameters of a stack in JSON": (
        "p.json",
        '[{"ParameterKey": "M", "ParameterValue": "gpt-4"}]',
        "json",
        {"stack:M": "gpt-4"},
    ),
    "the nearest environment of a workflow": (
        ".github/workflows/a.yml",
        "env:\n  M: gpt-4\njobs:\n  one:\n    env:\n      M: gpt-4o\n    steps:\n    - env:\n        X: ${{ env.M }}\n",
        "yaml",
        {"env:X": "<key:jobs.one.env.M>"},
    ),
    "an environment of a file that is no workflow": (
        "other.yml",
        "env:\n  M: gpt-4\njobs:\n  one:\n    env:\n      X: ${{ env.M }}\n",
        "yaml",
        {"env:X": "$M"},
    ),
    "what a workflow is given": (
        ".github/workflows/a.yml",
        "jobs:\n  one:\n    uses: ./.github/workflows/b.yml\n    with:\n      m: gpt-4\n",
        "yaml",
        {"given:.github/workflows/b.yml:key:inputs.m": "gpt-4"},
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_names_for_other_files(index: KeyIndex, case: tuple[str, str, str, dict[str, object]]) -> None:
    path, text, language, wanted = case
    found = {binding.name: said(binding.value) for binding in extract_config(path, text, language, FewWords(), index).bindings}
    assert {name: found.get(name) for name in wanted} == wanted


def test_the_place_of_a_parameter_is_that_of_its_value(index: KeyIndex) -> None:
    text = 'parameter_overrides = "A=x M=gpt-4"\n'
    (literal,) = extract_config("samconfig.toml", text, "toml", FewWords(), index).literals
    row = text.splitlines()[literal.span.line - 1]
    assert row[literal.span.column - 1 : literal.span.end_column - 1] == "gpt-4"
