"""What files that are no programs say of the whole project: each kind with and without its cause, at its place."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelaudit.discover.languages import language_of
from modelaudit.domain import traces
from modelaudit.extract.project import concerns, project_traces

PACKAGES = frozenset(("anthropic", "openai", "google-genai", "langchain-openai"))


def said(path: str, text: str, *kinds: str) -> list[tuple[str, int, int]]:
    """(text, line, column) of the traces of some kinds."""
    language = language_of(path.rpartition("/")[2])
    assert language is not None, path
    text = dedent(text).lstrip("\n")
    found = project_traces(language, path, text, PACKAGES)
    assert not found or concerns(language, path, text.encode())
    return [(trace.text, trace.span.line, trace.span.column) for trace in found if trace.kind in kinds]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("requirements.txt", "anthropic==1.2.0\nflask==3\n", [("anthropic==1.2.0", 1, 1)]),
        ("requirements-dev.txt", "# openai==9\n-r other.txt\nopenai >= 1.0, < 2  # why\n", [("openai>=1.0,<2", 3, 1)]),
        ("requirements.txt", "google_genai[aio]~=1.4 ; python_version > '3'\n", [("google_genai~=1.4", 1, 1)]),
        ("requirements.txt", "anthropic==1.2.0 \\\n    --hash=sha256:00\n", [("anthropic==1.2.0", 1, 1)]),
        ("requirements.txt", "anthropic\n", [("anthropic", 1, 1)]),
        ("requirements.txt", "git+https://example.com/anthropic.git\n", []),
        ("pyproject.toml", '[project]\ndependencies = ["anthropic>=1.0", "flask>=2"]\n', [("anthropic>=1.0", 2, 18)]),
        ("pyproject.toml", '[tool.poetry.dependencies]\nopenai = "^1.3"\npython = "^3.11"\n', [("openai^1.3", 2, 1)]),
        ("pyproject.toml", '[tool.poetry.dependencies]\nopenai = { version = "~1.3", extras = ["a"] }\n', [("openai~1.3", 2, 1)]),
        ("pyproject.toml", '# "anthropic>=1.0"\n[project]\nname = "anthropic-demo"\n', []),
        (
            "uv.lock",
            '[[package]]\nname = "anthropic"\nversion = "1.2.0"\n\n[[package]]\nname = "six"\nversion = "1"\n',
            [("anthropic==1.2.0", 3, 12)],
        ),
        ("poetry.lock", '[[package]]\nname = "langchain-openai"\nversion = "0.3"\n', [("langchain-openai==0.3", 3, 12)]),
        ("Pipfile.lock", '{"default": {\n"openai": {"hashes": [], "version": "==1.9"}}}', []),
        ("Pipfile.lock", '{"default": {\n"openai": {\n"version": "==1.9"}}}', [("openai==1.9", 3, 15)]),
    ],
)
def test_packages(path: str, text: str, expected: list[tuple[str, int, int]]) -> None:
    if path == "Pipfile.lock" and not expected:
        text = text.replace('"openai"', '"six"')
    assert said(path, text, traces.PACKAGE) == expected


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("compose.yaml", "services:\n  a:\n    environment:\n      OPENAI_API_KEY: ${KEY}\n", [("OPENAI_API_KEY", 4, 7)]),
        (".env", "ANTHROPIC_API_KEY=x\n", [("ANTHROPIC_API_KEY", 1, 1)]),
        (".env", "# ANTHROPIC_API_KEY=x\nMY_OPENAI_API_KEY_NAME=x\n", []),
        ("main.tf", 'name = "OPENAI_API_KEY"\n', [("OPENAI_API_KEY", 1, 9)]),
        ("compose.yaml", "services:\n  a:\n    env_file: .env\n    # API_KEY\n", [(traces.OTHER_CREDENTIALS, 3, 5)]),
        ("policy.json", '{"Action": ["bedrock:InvokeModel"], "Resource": "*"}', [("bedrock:InvokeModel", 1, 14)]),
    ],
)
def test_credentials(path: str, text: str, expected: list[tuple[str, int, int]]) -> None:
    assert said(path, text, traces.CREDENTIAL) == expected


ARN = "arn:aws:bedrock:*::foundation-model/anthropic.claude-opus-4-8"


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("a.tf", f'statement {{\n  actions = ["bedrock:InvokeModel"]\n  resources = [\n    "{ARN}",\n  ]\n}}\n', [(f"iam {ARN}", 4, 6)]),
        ("a.tf", f'actions = ["bedrock:InvokeModel"]\nresources = ["{ARN}"]\n', [(f"iam {ARN}", 2, 15)]),
        ("a.json", f'{{"Action": "bedrock:InvokeModel",\n"Resource": "{ARN}"}}', [(f"iam {ARN}", 2, 14)]),
        ("a.yaml", f"Action: bedrock:InvokeModel\nResource:\n  - !Sub {ARN}\n", [(f"iam {ARN}", 3, 10)]),
        (
            "a.tf",
            f'Action = ["bedrock:InvokeModel"]\nResource = [\n  "{ARN}",\n  "{ARN}-*",\n]\n',
            [(f"iam {ARN}", 3, 4), (f"iam {ARN}-*", 4, 4)],
        ),
        (
            "a.yaml",
            f"Action: bedrock:InvokeModel\nResource:\n  - {ARN}\n  - !Sub {ARN.replace(':aws:', ':${AWS::Partition}:')}\n",
            [(f"iam {ARN}", 3, 5), (f"iam {ARN.replace(':aws:', ':${AWS::Partition}:')}", 4, 10)],
        ),
        ("a.yaml", f"Action: bedrock:InvokeModel\nEffect: Deny\nResource:\n  - {ARN}\n", []),
        ("a.yaml", f"Action: bedrock:InvokeModel\nenvironment:\n  MODEL_ID: {ARN}\n", []),
        ("a.yaml", f"Resource:\n  - {ARN}\n", []),
        (
            "a.tf",
            'actions = ["bedrock:InvokeModel"]\nresources = ["arn:aws:bedrock:*::foundation-model/${var.model}"]\n',
            [("iam *", 2, 15)],
        ),
        (".claude/settings.json", '{"availableModels": [\n  "claude-opus-4-8"\n]}', [("claude-code claude-opus-4-8", 2, 4)]),
        (".claude/settings.json", '{"models": ["claude-opus-4-8"]}', []),
    ],
)
def test_permissions(path: str, text: str, expected: list[tuple[str, int, int]]) -> None:
    assert said(path, text, traces.PERMISSION) == expected


@pytest.mark.parametrize(
    ("path", "text", "kind", "expected"),
    [
        ("evals/promptfooconfig.yaml", "prompts: [a]\n", traces.EVALUATION, ["promptfoo"]),
        (
            "evals/config.yaml",
            "# yaml-language-server: $schema=https://promptfoo.dev/config-schema.json\n",
            traces.EVALUATION,
            ["promptfoo"],
        ),
        ("evals/config.yaml", "prompts: [a]\n", traces.EVALUATION, []),
        ("tests/cassettes/a.yaml", "interactions:\n- request: {}\n", traces.RECORDING, ["tests/cassettes/a.yaml"]),
        ("tests/data/a.yaml", "interactions:\n- request: {}\n", traces.RECORDING, []),
        ("training/a.jsonl", '{"messages": []}\n', traces.FINE_TUNING_DATA, ["training/a.jsonl"]),
        ("data/a.jsonl", '{"text": ""}\n', traces.FINE_TUNING_DATA, []),
        ("pyproject.toml", '[project.scripts]\nbot = "bot.web:main"\n', traces.ENTRY_POINT, ["command bot.web:main"]),
        ("pyproject.toml", '[project.entry-points."x"]\nbot = "bot.web:main"\n', traces.ENTRY_POINT, []),
    ],
)
def test_other_traces(path: str, text: str, kind: str, expected: list[str]) -> None:
    assert [one for one, _, _ in said(path, text, kind)] == expected


@given(st.text(max_size=300), st.sampled_from(["requirements.txt", "uv.lock", "pyproject.toml", "a.yaml", "a.tf", "a.json", ".env"]))
def test_any_text_is_read_without_an_error(text: str, path: str) -> None:
    language = language_of(path)
    assert language is not None
    lines = text.split("\n")
    for trace in project_traces(language, path, text, PACKAGES):
        assert 1 <= trace.span.line <= len(lines)


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("requirements.txt", "requirements"),
        ("requirements-dev.txt", "requirements"),
        ("dev-requirements.txt", "requirements"),
        ("constraints.txt", "requirements"),
        ("notes.txt", None),
        ("my_requirements_of_users.md", "markdown"),
        ("uv.lock", "lock"),
        ("yarn.lock", None),
    ],
)
def test_names_of_requirement_files(name: str, language: str | None) -> None:
    assert language_of(name) == language
