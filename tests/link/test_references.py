"""References between config files, up to the code: from where a value is written to the call that gets it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import pytest

APP = """
import os
from anthropic import Anthropic
MODEL = os.environ["SUMMARY_MODEL"]
Anthropic().messages.create(model=MODEL, max_tokens=9, messages=[])
"""
"""The call is on line 4."""
IDS = ("claude-3-haiku-20240307", "claude-3-opus-20240229", "gpt-4-0613", "gpt-4o-2024-05-13")
A, B, C, D = IDS


class Joined(Protocol):
    """What `conftest` gives."""

    def ways(self) -> set[str]: ...
    def steps(self, start: str, end: str) -> list[str]: ...
    def reasons(self) -> dict[str, str]: ...


JoinTree = Callable[[Mapping[str, str]], Joined]

DEPLOYMENT = """
apiVersion: apps/v1
kind: Deployment
spec:
  {{- if .Values.enabled }}
  containers:
  - env:
    - name: SUMMARY_MODEL
      value: {{ .Values.llm.model | quote }}
  {{- end }}
"""
PLAIN_DEPLOYMENT = """
apiVersion: apps/v1
kind: Deployment
spec:
  containers:
  - env:
    - name: SUMMARY_MODEL
      valueFrom:
        configMapKeyRef: {name: llm, key: model}
"""
LAMBDA = """
resource "aws_lambda_function" "bot" {
  environment {
    variables = {
      SUMMARY_MODEL = var.model_id
    }
  }
}
"""
TO_APP = {
    "Helm": (
        {
            "chart/values.yaml": f"enabled: true\nllm:\n  model: {A}\n",
            "chart/values-prod.yaml": f"llm:\n  model: {B}\n",
            "chart/templates/deployment.yaml": DEPLOYMENT,
        },
        {"chart/values.yaml:3", "chart/values-prod.yaml:2"},
    ),
    "Helm: two charts with the same key": (
        {
            "charts/one/values.yaml": f"llm:\n  model: {A}\n",
            "charts/two/values.yaml": f"llm:\n  model: {B}\n",
            "charts/one/templates/deployment.yaml": DEPLOYMENT,
            "charts/two/templates/deployment.yaml": DEPLOYMENT.replace("SUMMARY_MODEL", "OTHER_MODEL"),
        },
        {"charts/one/values.yaml:2"},
    ),
    "Helm: the chart around it": (
        {
            "app/values.yaml": f"llm:\n  model: {A}\napi:\n  llm:\n    model: {B}\n",
            "app/charts/api/values.yaml": f"llm:\n  model: {C}\n",
            "app/charts/api/templates/deployment.yaml": DEPLOYMENT,
        },
        {"app/values.yaml:5", "app/charts/api/values.yaml:2"},
    ),
    "Helm: values beside the only chart": (
        {
            "deploy/chart/templates/deployment.yaml": DEPLOYMENT,
            "deploy/prod/values.yaml": f"llm:\n  model: {A}\n",
            "deploy/prod/notes.yaml": f"llm:\n  model: {B}\n",
        },
        {"deploy/prod/values.yaml:2"},
    ),
    "Helm: a key that only looks alike": (
        {"chart/values.yaml": f"llms:\n  model: {A}\nllm:\n  model_name: {B}\n", "chart/templates/deployment.yaml": DEPLOYMENT},
        set(),
    ),
    "Terraform": (
        {
            "infra/variables.tf": f'variable "model_id" {{\n  type    = string\n  default = "{A}"\n}}\n',
            "infra/terraform.tfvars": f'model_id = "{B}"\n',
            "infra/env/prod.tfvars": f'model_id = "{C}"\n',
            "infra/main.tf": LAMBDA,
        },
        {"infra/variables.tf:3", "infra/terraform.tfvars:1", "infra/env/prod.tfvars:1"},
    ),
    "Terraform: a local value": (
        {"locals.tf": f'locals {{\n  m = "{A}"\n}}\n', "main.tf": LAMBDA.replace("var.model_id", "local.m")},
        {"locals.tf:2"},
    ),
    "Terraform: a local value of a variable": (
        {
            "v.tf": f'variable "m" {{\n  default = "{A}"\n}}\nlocals {{\n  m = coalesce(var.m, "{B}")\n}}\n',
            "main.tf": LAMBDA.replace("var.model_id", "local.m"),
        },
        {"v.tf:2", "v.tf:5"},
    ),
    "Terraform: the same name in another module": (
        {
            "one/variables.tf": f'variable "model_id" {{\n  default = "{A}"\n}}\n',
            "one/main.tf": LAMBDA,
            "two/variables.tf": f'variable "model_id" {{\n  default = "{B}"\n}}\n',
            "shared/prod.tfvars": f'model_id = "{C}"\n',
        },
        {"one/variables.tf:2"},
    ),
    "Terraform: what a module is given": (
        {
            "prod/main.tf": f'module "bot" {{\n  source = "../modules/bot"\n  model_id = var.wanted\n}}\nvariable "wanted" {{\n'
            f'  default = "{A}"\n}}\n',
            "modules/bot/main.tf": LAMBDA + 'variable "model_id" {}\n',
            "modules/other/main.tf": f'variable "model_id" {{\n  default = "{B}"\n}}\n',
        },
        {"prod/main.tf:6"},
    ),
    "Terragrunt": (
        {
            "live/terragrunt.hcl": f'terraform {{\n  source = "../modules//bot"\n}}\ninputs = {{\n  model_id = "{A}"\n}}\n',
            "modules/bot/main.tf": LAMBDA + 'variable "model_id" {}\n',
        },
        {"live/terragrunt.hcl:5"},
    ),
    "CloudFormation": (
        {
            "template.yaml": f"""
            Parameters:
              ModelId:
                Default: {A}
              Unused:
                Default: {B}
            Resources:
              Bot:
                Type: AWS::Serverless::Function
                Properties:
                  Environment:
                    Variables:
                      SUMMARY_MODEL: !Ref ModelId
            """
        },
        {"template.yaml:3"},
    ),
    "CloudFormation: Sub, and what the deployment says": (
        {
            "bot/template.yaml": f"""
            Parameters:
              ModelId:
                Default: {A}
            Resources:
              Bot:
                Properties:
                  Environment:
                    Variables:
                      SUMMARY_MODEL: !Sub "${{ModelId}}"
            """,
            "bot/samconfig.toml": f'[prod.deploy.parameters]\nparameter_overrides = "Stage=prod ModelId={B}"\n',
            "bot/prod.json": f'[{{"ParameterKey": "ModelId",\n "ParameterValue": "{C}"}}]\n',
        },
        {"bot/template.yaml:3", "bot/samconfig.toml:2", "bot/prod.json:2"},
    ),
    "ConfigMap": (
        {
            "k8s/all.yaml": f"""
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: llm
            data:
              model: {A}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: other
            data:
              model: {B}
            """,
            "k8s/deployment.yaml": PLAIN_DEPLOYMENT,
        },
        {"k8s/all.yaml:6"},
    ),
    "ConfigMap as a whole": (
        {
            "k8s/map.yaml": f"kind: ConfigMap\nmetadata:\n  name: llm\ndata:\n  SUMMARY_MODEL: {A}\n",
            "k8s/deployment.yaml": "spec:\n  envFrom:\n  - configMapRef: {name: llm}\n",
        },
        {"k8s/map.yaml:5"},
    ),
    "ConfigMap that kustomize makes": (
        {
            "k8s/kustomization.yaml": f"configMapGenerator:\n- name: llm\n  literals:\n  - model={A}\n",
            "k8s/deployment.yaml": PLAIN_DEPLOYMENT,
        },
        {"k8s/kustomization.yaml:4"},
    ),
    "an image": (
        {"Dockerfile": f"FROM python:3\nARG LLM={A}\nENV SUMMARY_MODEL=${{LLM}}\n"},
        {"Dockerfile:2"},
    ),
    "an image: an argument is no variable": ({"Dockerfile": f"FROM python:3\nARG SUMMARY_MODEL={A}\n"}, set()),
    "an image: an argument with the name of its variable": (
        {"Dockerfile": f"FROM python:3\nARG SUMMARY_MODEL={A}\nENV SUMMARY_MODEL=$SUMMARY_MODEL\n"},
        {"Dockerfile:2"},
    ),
    "an image that compose builds": (
        {
            "Dockerfile": "FROM python:3\nARG LLM\nENV SUMMARY_MODEL=$LLM\n",
            "compose.yaml": f"services:\n  bot:\n    build:\n      context: .\n      args:\n        LLM: {A}\n",
        },
        {"compose.yaml:6"},
    ),
    "compose": (
        {
            "compose.yaml": f"services:\n  bot:\n    environment:\n      SUMMARY_MODEL: ${{LLM_MODEL:-{A}}}\n",
            ".env": f"LLM_MODEL={B}\n",
        },
        {"compose.yaml:4", ".env:1"},
    ),
    "compose: a variable under its own name": (
        {
            "compose.yaml": "services:\n  bot:\n    environment:\n      - SUMMARY_MODEL=${SUMMARY_MODEL}\n",
            ".env": f"SUMMARY_MODEL={B}\n",
        },
        {".env:1"},
    ),
    "compose: the .env of another project": (
        {
            "one/compose.yaml": "services:\n  bot:\n    environment:\n      SUMMARY_MODEL: ${LLM_MODEL}\n",
            "one/.env": f"LLM_MODEL={A}\n",
            "two/.env": f"LLM_MODEL={B}\n",
        },
        {"one/.env:1"},
    ),
    "compose: what one service has is not what another takes": (
        {
            "compose.yaml": f"services:\n  a:\n    environment:\n      LLM_MODEL: {A}\n"
            "  b:\n    environment:\n      SUMMARY_MODEL: ${LLM_MODEL}\n"
        },
        set(),
    ),
    "a script": ({"run.sh": f'LLM={A}\nexport SUMMARY_MODEL="$LLM"\npython app.py\n', "other.env": f"LLM={B}\n"}, {"run.sh:1"}),
    "make": ({"Makefile": f"LLM ?= {A}\nrun:\n\tSUMMARY_MODEL=$(LLM) python app.py\n"}, {"Makefile:1"}),
    "Bicep": (
        {
            "main.bicep": f"param modelName string = '{A}'\nresource app 'x@1' = {{\n  properties: {{\n    env: [\n      {{\n"
            "        name: 'SUMMARY_MODEL'\n        value: modelName\n      }\n    ]\n  }\n}\n",
            "main.bicepparam": f"using './main.bicep'\nparam modelName = '{B}'\n",
        },
        {"main.bicep:1", "main.bicepparam:2"},
    ),
    "a workflow": (
        {
            ".github/workflows/a.yml": f"""
            env:
              LLM_MODEL: {A}
            jobs:
              one:
                steps:
                - run: python app.py
                  env:
                    SUMMARY_MODEL: ${{{{ env.LLM_MODEL }}}}
            """
        },
        {".github/workflows/a.yml:2"},
    ),
    "a workflow: the nearest level counts": (
        {
            ".github/workflows/a.yml": f"""
            env:
              LLM_MODEL: {A}
            jobs:
              one:
                env:
                  LLM_MODEL: {B}
                steps:
                - run: python app.py
                  env:
                    SUMMARY_MODEL: ${{{{ env.LLM_MODEL }}}}
              two:
                env:
                  LLM_MODEL: {C}
            """
        },
        {".github/workflows/a.yml:6"},
    ),
    "a workflow: its matrix": (
        {
            ".github/workflows/a.yml": f"""
            jobs:
              one:
                strategy:
                  matrix:
                    model: [{A}, {B}]
                    include:
                    - model: {C}
                steps:
                - env:
                    SUMMARY_MODEL: ${{{{ matrix.model }}}}
              two:
                strategy:
                  matrix:
                    model: [{D}]
            """
        },
        {".github/workflows/a.yml:5", ".github/workflows/a.yml:7"},
    ),
    "a workflow: its inputs": (
        {
            ".github/workflows/a.yml": f"""
            on:
              workflow_dispatch:
                inputs:
                  model:
                    default: {A}
            jobs:
              one:
                steps:
                - env:
                    SUMMARY_MODEL: ${{{{ inputs.model || '{B}' }}}}
            """
        },
        {".github/workflows/a.yml:5", ".github/workflows/a.yml:10"},
    ),
    "a workflow that another calls": (
        {
            ".github/workflows/called.yml": """
            on:
              workflow_call:
                inputs:
                  model: {type: string}
            jobs:
              one:
                steps:
                - env:
                    SUMMARY_MODEL: ${{ inputs.model }}
            """,
            ".github/workflows/caller.yml": f"""
            jobs:
              one:
                uses: ./.github/workflows/called.yml
                with:
                  model: {A}
              two:
                uses: ./.github/workflows/another.yml
                with:
                  model: {B}
            """,
        },
        {".github/workflows/caller.yml:5"},
    ),
    "a workflow: what the repository keeps is not what some file sets": (
        {
            ".github/workflows/a.yml": "jobs:\n  one:\n    steps:\n    - env:\n        SUMMARY_MODEL: ${{ vars.LLM_MODEL }}\n",
            ".env": f"LLM_MODEL={A}\n",
        },
        set(),
    ),
}


@pytest.mark.parametrize("case", TO_APP.values(), ids=TO_APP.keys())
def test_a_reference_leads_to_the_call(join_tree: JoinTree, case: tuple[dict[str, str], set[str]]) -> None:
    files, starts = case
    ways = join_tree({**files, "app.py": APP}).ways()
    assert {way.partition(" > ")[0] for way in ways if way.endswith("> app.py:4")} == starts


def test_the_way_names_every_hop(join_tree: JoinTree) -> None:
    case = TO_APP["Helm"][0]
    assert join_tree({**case, "app.py": APP}).steps("chart/values.yaml:3", "app.py:4") == [
        "chart/values.yaml:3 config key llm.model",
        "chart/templates/deployment.yaml:8 environment variable SUMMARY_MODEL",
        "app.py:3 environment variable SUMMARY_MODEL",
        "app.py:3 constant MODEL",
    ]


def test_the_way_through_terraform_names_variable_and_environment(join_tree: JoinTree) -> None:
    case = TO_APP["Terraform: what a module is given"][0]
    assert join_tree({**case, "app.py": APP}).steps("prod/main.tf:6", "app.py:4") == [
        "prod/main.tf:6 variable wanted",
        "prod/main.tf:3 variable model_id",
        "modules/bot/main.tf:4 environment variable SUMMARY_MODEL",
        "app.py:3 environment variable SUMMARY_MODEL",
        "app.py:3 constant MODEL",
    ]
