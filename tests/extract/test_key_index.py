"""The matcher over key rules: which rules a file has, what a key path is, and what names of variables and options say."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelaudit.domain.shapes import KeyPath, KeyRule, Keys
from modelaudit.extract.keys import KeyIndex, KeyMatch, OptionMatch, VariableMatch
from modelaudit.feed import keys

RULES = Path(__file__).parents[2] / "rules"
INDEX = KeyIndex(keys.decode(keys.build(str(RULES))))
NOBODY = KeyRule("nobody", (), (), (), (), (), (), (), (), (), (), (), False, "production", "known", "")


def index_of(*rules: KeyRule) -> KeyIndex:
    return KeyIndex(Keys(rules, (), (), (), (), ()))


def rule(name: str, *keys: KeyPath, all_of: tuple[str, ...] = (), any_of: tuple[str, ...] = ()) -> KeyRule:
    return NOBODY._replace(id=name, files=("**/*.yaml",), formats=("yaml",), keys=keys, all_of=all_of, any_of=any_of)


@pytest.mark.parametrize(
    ("path", "format", "text", "wanted"),
    [
        ("litellm_config.yaml", "yaml", "model_list: litellm_params:", "litellm-proxy"),
        ("LITELLM_Config.YAML", "yaml", "model_list: litellm_params:", "litellm-proxy"),
        (".vscode/settings.json", "jsonc", "{}", "vscode-settings"),
        ("src/main/resources/application.properties", "properties", "", "spring-ai"),
        ("infra/main.tf", "terraform", "", "terraform-aws"),
        ("docker/Dockerfile.prod", "dockerfile", "", "dockerfile"),
    ],
)
def test_a_file_has_the_rules_of_its_path_format_and_text(path: str, format: str, text: str, wanted: str) -> None:
    assert wanted in [rule.id for rule in INDEX.for_file(path, format, text).rules]


@pytest.mark.parametrize(
    ("path", "format", "text"),
    [
        ("litellm_config.yaml", "yaml", "model_list:"),
        ("litellm_config.toml", "toml", "model_list: litellm_params:"),
        ("src/cars.txt", "yaml", "model_list: litellm_params:"),
    ],
)
def test_a_rule_needs_path_format_and_markers(path: str, format: str, text: str) -> None:
    assert "litellm-proxy" not in [rule.id for rule in INDEX.for_file(path, format, text).rules]


def test_all_markers_and_one_of_any() -> None:
    index = index_of(rule("r", all_of=("a", "b"), any_of=("c", "d")))
    assert index.for_file("x.yaml", "yaml", "a b d").rules
    assert not index.for_file("x.yaml", "yaml", "a d").rules
    assert not index.for_file("x.yaml", "yaml", "a b").rules


def test_a_group_is_never_a_model() -> None:
    file = INDEX.for_file("litellm_config.yaml", "yaml", "model_list: litellm_params:")
    group = file.match(("model_list", 0, "model_name"))
    model = file.match(("model_list", 0, "litellm_params", "model"))
    assert group is not None
    assert model is not None
    assert (group.role, group.selects) == ("group", False)
    assert (model.role, model.dialect, model.selects) == ("chat", "litellm", True)


def test_fallbacks_are_marked() -> None:
    file = INDEX.for_file(".pr_agent.toml", "toml", "")
    first = file.match(("config", "model"))
    second = file.match(("config", "fallback_models", 0))
    assert first is not None
    assert second is not None
    assert (first.fallback, second.fallback) == (False, True)


def test_the_first_rule_decides() -> None:
    one, two = (KeyPath("a.b", role, "openai") for role in ("chat", "embedding"))
    found = index_of(rule("one", one), rule("two", two)).for_file("x.yaml", "yaml", "").match(("a", "b"))
    assert found == KeyMatch("one", "chat", "openai", "", False, "production")


def test_a_rule_that_ends_in_any_key_keeps_its_turn() -> None:
    wide, narrow = KeyPath("a.{}", "chat", "openai"), KeyPath("a.b", "embedding", "openai")
    found = index_of(rule("wide", wide), rule("narrow", narrow)).for_file("x.yaml", "yaml", "").match(("a", "b"))
    assert found is not None
    assert found.rule == "wide"


@pytest.mark.parametrize("key", ["model", "model_id", "modelId", "model-id", "MODEL_NAME", "llm", "azure_deployment", "engine"])
def test_generic_keys_need_a_candidate(key: str) -> None:
    found = INDEX.for_file("app/settings.yaml", "yaml", "").match(("section", key))
    assert found is not None
    assert found.needs == "candidate"


@pytest.mark.parametrize("key", ["name", "title", "models_dir", "remodel", "value"])
def test_other_keys_say_nothing(key: str) -> None:
    assert INDEX.for_file("app/settings.yaml", "yaml", "").match(("section", key)) is None


def test_environment_keys_take_the_role_of_the_variable() -> None:
    file = INDEX.for_file("docker-compose.yml", "yaml", "services:")

    def at(name: str) -> tuple[str, str, str] | None:
        found = file.match(("services", "web", "environment", name))
        return None if found is None else (found.role, found.dialect, found.needs)

    assert at("OPENAI_MODEL") == ("default", "openai", "")
    assert at("APP_RAG_EMBEDDING_MODEL") == ("embedding", "openai", "candidate")
    assert at("AZURE_OPENAI_DEPLOYMENT") == ("default", "azure-deployment", "")
    assert at("ENGINE_ROOM") == ("default", "openai", "candidate")
    assert at("MODEL_PATH") is None
    assert at("OPENAI_BASE_URL") is None


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("OPENAI_MODEL", VariableMatch("default", None, "")),
        ("openai_model", VariableMatch("default", None, "")),
        ("MODEL", VariableMatch("default", None, "candidate")),
        ("SUMMARY_MODEL", VariableMatch("small", None, "candidate")),
        ("YLCLOUD_RAG_RERANK_MODEL", VariableMatch("rerank", None, "candidate")),
        ("BBJ_RAG_EMBEDDING_MODEL", VariableMatch("embedding", None, "candidate")),
        ("ACME_CHAT_MODEL", VariableMatch("default", None, "candidate")),
        ("ACME_GPT_DEPLOYMENT", VariableMatch("default", "azure-deployment", "candidate")),
        ("ANTHROPIC_DEFAULT_OPUS_MODEL", VariableMatch("alias", None, "")),
        ("INSPECT_GRADER_MODEL", VariableMatch("judge", None, "")),
        ("LLM_FOR_SUMMARY", VariableMatch("default", None, "candidate")),
        ("OPENAI_BASE_URL", VariableMatch("platform", None, "")),
        ("ACME_BASE_URL", VariableMatch("platform", None, "candidate")),
    ],
)
def test_variables(name: str, wanted: VariableMatch) -> None:
    assert INDEX.variable(name) == wanted


@pytest.mark.parametrize(
    "name", ["MODEL_PATH", "AUTH_USER_MODEL", "WHISPER_MODEL_DIR", "LLM_API_KEY", "LLM_TIMEOUT", "EMBEDDING_DIM", "ACME_MODEL_URL"]
)
def test_variables_that_hold_no_model(name: str) -> None:
    assert INDEX.variable(name) is None
    assert INDEX.is_no_model(name)


def test_an_unknown_variable_says_nothing() -> None:
    assert INDEX.variable("REMODELLING") is None
    assert not INDEX.is_no_model("REMODELLING")


@pytest.mark.parametrize(
    ("option", "command", "wanted"),
    [
        ("--model", None, OptionMatch("model", "candidate")),
        ("--model", "python train.py", OptionMatch("model", "candidate")),
        ("--model", "claude -p hello", OptionMatch("model", "")),
        ("-m", "llm", OptionMatch("model", "")),
        ("-m", "/usr/local/bin/codex exec", OptionMatch("model", "")),
        ("-m", "git commit", None),
        ("-m", "llmbench run", None),
        ("-c", "codex", OptionMatch("assignment", "")),
        ("--opus", "aider", OptionMatch("floating", "")),
        ("--served-model-name", "vllm serve x", OptionMatch("name", "")),
        ("--revision", "vllm serve x", OptionMatch("pin", "")),
        ("--model-name", "az cognitiveservices account deployment create -g x", OptionMatch("model", "")),
        ("--deployment-name", "az cognitiveservices account deployment create -g x", OptionMatch("name", "")),
        ("--color", "claude", None),
    ],
)
def test_options(option: str, command: str | None, wanted: OptionMatch | None) -> None:
    assert INDEX.option(option, command) == wanted


@pytest.mark.parametrize(
    ("command", "wanted"),
    [("ollama run", True), ("ollama run llama3.1", True), ("ollama list", False), ("vllm serve x", True), ("", False)],
)
def test_positional_models(command: str, wanted: bool) -> None:
    assert INDEX.takes_positional(command) is wanted


def test_parameters_pins_and_embedded_text() -> None:
    azure = INDEX.for_file("infra/main.tf", "hcl", "azurerm_cognitive_deployment")
    assert azure.is_pin(("resource", "azurerm_cognitive_deployment", "chat", "model", "version"))
    assert not azure.is_pin(("resource", "azurerm_cognitive_deployment", "chat", "model", "name"))
    assert azure.is_parameter(("resource", "azurerm_cognitive_account", "main", "location"))
    workflow = INDEX.for_file(".github/workflows/ci.yml", "yaml", "")
    assert workflow.embedded(("jobs", "test", "steps", 0, "run")) == "shell"
    assert workflow.embedded(("jobs", "test", "steps", 0, "uses")) is None


@given(
    st.lists(st.text(max_size=12) | st.integers(0, 50), max_size=30).map(tuple),
    st.sampled_from(["a.yaml", "k8s/x.yaml", ".env", "values.yaml"]),
)
def test_any_path_is_answered(path: tuple[str | int, ...], name: str) -> None:
    found = INDEX.for_file(name, "yaml", "apiVersion: kind:").match(path)
    assert found is None or found.needs in ("", "candidate")


@given(st.text(max_size=40))
def test_any_name_is_answered(name: str) -> None:
    found = INDEX.variable(name)
    assert found is None or (found.role != "not-a-model" and found.needs in ("", "candidate"))
    assert INDEX.option(name, name) is None or name.startswith("-")
