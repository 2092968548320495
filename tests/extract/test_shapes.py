"""The matcher over call shapes: typed by qualified name, untyped by class or attribute chain, and which argument carries the model."""

from __future__ import annotations

from pathlib import Path

import pytest

from modelaudit.domain.shapes import Calls, CallShape
from modelaudit.extract.shapes import Match, ShapeIndex, default_anchors, implicit_default, model_arguments, nested_arguments
from modelaudit.feed import calls

RULES = Path(__file__).parents[2] / "rules"
NOTHING: frozenset[str] = frozenset()


@pytest.fixture(scope="module")
def feed() -> Calls:
    return calls.decode(calls.build(str(RULES)))


@pytest.fixture(scope="module")
def index(feed: Calls) -> ShapeIndex:
    return ShapeIndex(feed.shapes, feed.names)


@pytest.fixture(scope="module")
def shapes(feed: Calls) -> dict[str, CallShape]:
    return {shape.id: shape for shape in feed.shapes}


def matched(match: Match | None) -> tuple[str, bool] | None:
    return None if match is None else (match.shape.id, match.typed)


@pytest.mark.parametrize(
    ("qualified", "shape"),
    [
        ("openai.OpenAI().chat.completions.create", "openai.chat.completions.create"),
        ("openai.chat.completions.create", "openai.chat.completions.create"),
        ("openai.ChatCompletion.create", "openai0.ChatCompletion.create"),
        ("anthropic.AsyncAnthropic().messages.create", "anthropic.messages.create"),
        ("anthropic.Anthropic().beta.messages.create", "anthropic.beta.messages.create"),
        ("google.genai.Client().aio.models.generate_content", "google.genai.models.generate_content"),
        ("boto3.client('bedrock-runtime').converse", "boto3.bedrock-runtime.converse"),
        ("boto3.client('bedrock-agent').create_agent", "boto3.bedrock-agent.create_agent"),
        ("litellm.acompletion", "litellm.completion"),
        ("langchain_openai.ChatOpenAI", "langchain_openai.ChatOpenAI"),
        ("langchain.chat_models.init_chat_model", "langchain.init_chat_model"),
        ("mistralai.Mistral().chat.complete", "mistralai.chat.complete"),
        ("dspy.LM", "dspy.LM"),
        ("agno.models.xai.xAI", "agno.models.xai.xAI"),
        ("transformers.LlamaForCausalLM.from_pretrained", "transformers.PreTrainedModel.from_pretrained"),
        ("deepeval.metrics.ContextualRecallMetric", "deepeval.metrics"),
    ],
)
def test_a_known_receiver_is_typed(index: ShapeIndex, qualified: str, shape: str) -> None:
    assert matched(index.match(qualified, "f", NOTHING)) == (shape, True)


@pytest.mark.parametrize(
    ("qualified", "shape"),
    [
        ("boto3.session.Session().client('bedrock-runtime').converse", "boto3.bedrock-runtime.converse"),
        ("openai.lib.azure.AzureOpenAI().chat.completions.create", "openai.chat.completions.create"),
        ("langchain_community.chat_models.openai.ChatOpenAI", "langchain_openai.ChatOpenAI"),
        ("agno.models.aws.claude.Claude", "agno.models.aws.Claude"),
        ("litellm.main.completion", "litellm.completion"),
        ("openai.OpenAI().with_options().chat.completions.create", "openai.chat.completions.create"),
        ("anthropic.Anthropic().messages.with_raw_response.create", "anthropic.messages.create"),
    ],
)
def test_other_ways_to_the_same_object_are_typed(index: ShapeIndex, qualified: str, shape: str) -> None:
    assert matched(index.match(qualified, "f", NOTHING)) == (shape, True)


def test_a_class_in_several_modules_of_one_package_is_not_guessed(index: ShapeIndex) -> None:
    assert index.match("agno.models.Claude", "Claude", frozenset(["agno"])) is None


@pytest.mark.parametrize(
    ("chain", "imports", "shape"),
    [
        ("self.client.chat.completions.create", [], "openai.chat.completions.create"),
        ("client.chat.completions.create", ["groq"], "groq.chat.completions.create"),
        ("client.chat.completions.create", ["groq", "openai"], "openai.chat.completions.create"),
        ("self._llm.messages.create", ["anthropic"], "anthropic.messages.create"),
        ("client.messages.create", [], "anthropic.messages.create"),
        ("c.beta.messages.create", [], "anthropic.beta.messages.create"),
        ("client.aio.models.generate_content", [], "google.genai.models.generate_content"),
        ("bedrock.invoke_model", [], "boto3.bedrock-runtime.invoke_model"),
        ("self.bedrock.converse_stream", [], "boto3.bedrock-runtime.converse_stream"),
        ("client.chat.complete_async", [], "mistralai.chat.complete"),
        ("co.rerank", ["cohere"], "cohere.v1.rerank"),
        ("llm.with_fallbacks", ["langchain_openai"], "langchain.Runnable.with_fallbacks"),
        ("agent.run_sync", ["pydantic_ai"], "pydantic_ai.Agent.run_sync"),
    ],
)
def test_an_unknown_receiver_matches_by_its_attribute_chain(index: ShapeIndex, chain: str, imports: list[str], shape: str) -> None:
    assert matched(index.match(None, chain, frozenset(imports))) == (shape, False)


@pytest.mark.parametrize(
    ("chain", "imports"),
    [
        ("session.create", []),
        ("app.run", []),
        ("co.rerank", []),
        ("converse", []),
        ("asyncio.run", ["asyncio", "replicate"]),
        ("run", ["replicate"]),
        ("llm.with_fallbacks", ["os"]),
        ("client.chat.send", []),
        ("Agent", []),
        ("OpenAI", ["os"]),
        ("x.RunConfig", []),
    ],
)
def test_common_names_match_nothing(index: ShapeIndex, chain: str, imports: list[str]) -> None:
    assert index.match(None, chain, frozenset(imports)) is None


def test_another_service_of_the_same_factory_does_not_match(index: ShapeIndex) -> None:
    assert index.match("boto3.client('s3').converse", "s3.converse", frozenset(["boto3"])) is None


def test_a_factory_without_literal_matches_untyped(index: ShapeIndex) -> None:
    found = index.match("boto3.client().converse", "client.converse", frozenset(["boto3"]))
    assert matched(found) == ("boto3.bedrock-runtime.converse", False)


@pytest.mark.parametrize("qualified", ["app.clients.ChatOpenAI", ".llm.ChatOpenAI", "ChatOpenAI"])
def test_a_distinctive_class_matches_wherever_it_was_imported_from(index: ShapeIndex, qualified: str) -> None:
    assert matched(index.match(qualified, "ChatOpenAI", NOTHING)) == ("langchain_openai.ChatOpenAI", False)


def test_a_class_of_two_families_needs_the_import_of_one(index: ShapeIndex) -> None:
    assert index.match("app.OpenAIEmbeddings2", "f", NOTHING) is None
    assert index.match("app.MistralAI", "MistralAI", NOTHING) is not None
    assert index.match("app.AnthropicModel", "AnthropicModel", NOTHING) is None
    found = index.match("app.AnthropicModel", "AnthropicModel", frozenset(["pydantic_ai"]))
    assert matched(found) == ("pydantic_ai.models.anthropic.AnthropicModel", False)


@pytest.mark.parametrize(
    ("qualified", "dialect"),
    [
        ("anthropic.Anthropic().messages.create", "anthropic"),
        ("anthropic.AsyncAnthropicBedrock().messages.create", "bedrock"),
        ("anthropic.AnthropicVertex().messages.create", "vertex"),
        ("openai.AzureOpenAI().responses.create", "azure-deployment"),
        ("openai.AsyncOpenAI().responses.create", "openai"),
        ("cohere.BedrockClientV2().chat", "bedrock"),
    ],
)
def test_the_receiver_class_decides_the_dialect(index: ShapeIndex, qualified: str, dialect: str) -> None:
    found = index.match(qualified, "f", NOTHING)
    assert found is not None
    assert found.dialect == dialect


def test_keywords_decide_between_shapes_of_one_name(index: ShapeIndex) -> None:
    imports = frozenset(["boto3", "azure"])
    bedrock = index.match(None, "client.create_agent", imports, {"agentName", "foundationModel"})
    azure = index.match(None, "client.create_agent", imports, {"model", "name"})
    assert matched(bedrock) == ("boto3.bedrock-agent.create_agent", False)
    assert matched(azure) == ("azure.ai.agents.AgentsClient.create_agent", False)


def test_every_pattern_finds_its_own_shape(feed: Calls, index: ShapeIndex) -> None:
    wrong = [
        (pattern, matched(found))
        for shape in feed.shapes
        if shape.status != "assignment"
        for pattern in (*shape.match, *shape.legacy)
        if not pattern.startswith("*.") and matched(found := index.match(pattern.replace("*", "Any"), "f", NOTHING)) != (shape.id, True)
    ]
    assert wrong == []


def test_every_suffix_finds_a_shape_of_its_package(feed: Calls, index: ShapeIndex) -> None:
    for shape in feed.shapes:
        if shape.suffix is None:
            continue
        root = shape.match[0].partition(".")[0].replace("*", "langchain_core")
        found = index.match(None, f"self.client.{shape.suffix}", frozenset([root]))
        assert found is not None, shape.id
        assert not found.typed
        assert (found.shape.family, found.shape.suffix) == (shape.family, shape.suffix)


def test_assignments_are_no_calls(index: ShapeIndex) -> None:
    assert index.match("llama_index.core.Settings.llm", "Settings.llm", NOTHING) is None
    shape = index.assignment("llama_index.core.Settings.llm")
    assert shape is not None
    assert shape.id == "llama_index.core.Settings"
    assert index.assignment("llama_index.core.Settings.chunk_size") is None


def test_a_projects_own_shape_wins(feed: Calls) -> None:
    table = {"id": "acme.ask", "package": "acme", "operation": "chat", "dialect": "openai", "match": ["litellm.completion"]}
    own = calls.own_shapes([{**table, "model": {"m": 0}}], "tool.modelaudit.calls")
    found = ShapeIndex((*own, *feed.shapes), feed.names).match("litellm.completion", "f", NOTHING)
    assert matched(found) == ("acme.ask", True)


def test_wrappers_pass_their_client_through(index: ShapeIndex) -> None:
    assert index.is_wrapper("instructor.from_openai")
    assert not index.is_wrapper("instructor.from_provider")


@pytest.mark.parametrize(
    ("shape", "positional", "keywords", "expected"),
    [
        ("openai.chat.completions.create", 0, ["messages", "model"], ("model",)),
        ("openai.chat.completions.create", 1, ["messages"], ()),
        ("litellm.completion", 1, ["messages"], (0,)),
        ("litellm.completion", 0, ["messages"], ()),
        ("litellm.embedding", 0, ["model"], ("model",)),
        ("voyageai.embed", 2, [], (1,)),
        ("voyageai.embed", 1, [], ()),
        ("langchain_openai.ChatOpenAI", 0, ["model", "model_name"], ("model_name",)),
        ("langchain_openai.AzureChatOpenAI", 0, ["model", "azure_deployment"], ("azure_deployment", "model")),
        ("crewai.Agent", 0, ["role", "llm", "function_calling_llm"], ("llm", "function_calling_llm")),
        ("agno.models.openai.OpenAIChat", 0, ["id"], ("id",)),
        ("llama_index.llms.azure_openai.AzureOpenAI", 2, [], (1, 0)),
        ("litellm.Router", 1, [], ()),
        ("openai.OpenAI", 0, ["api_key"], ()),
    ],
)
def test_model_arguments(
    shapes: dict[str, CallShape], shape: str, positional: int, keywords: list[str], expected: tuple[str | int, ...]
) -> None:
    assert model_arguments(shapes[shape], positional, keywords) == expected


@pytest.mark.parametrize(
    ("shape", "positional", "keywords", "expected"),
    [
        ("anthropic.messages.batches.create", 0, ["requests"], (("requests", "[].params.model"),)),
        (
            "litellm.Router",
            1,
            [],
            ((0, "[].litellm_params.model"), (0, "[].model_info.base_model")),
        ),
        ("claude_agent_sdk.ClaudeAgentOptions", 0, ["agents"], (("agents", "{}.model"),)),
        ("openai.evals.runs.create", 0, ["name"], ()),
    ],
)
def test_nested_arguments(
    shapes: dict[str, CallShape], shape: str, positional: int, keywords: list[str], expected: tuple[tuple[str | int, str], ...]
) -> None:
    assert nested_arguments(shapes[shape], positional, keywords) == expected


def test_implicit_defaults_name_their_release(shapes: dict[str, CallShape]) -> None:
    assert implicit_default(shapes["langchain_openai.ChatOpenAI"]) == ("gpt-3.5-turbo", "langchain-openai 1.7.3")
    assert implicit_default(shapes["agents.Agent"]) == ("gpt-5.6-luna", "openai-agents 0.24.0")
    assert implicit_default(shapes["openai.chat.completions.create"]) is None


def test_anchors_stand_in_every_file_that_may_use_a_default(feed: Calls) -> None:
    anchors = default_anchors(feed.shapes)
    for source in (
        "from langchain_openai import ChatOpenAI\nllm = ChatOpenAI()\n",
        "from google.adk.agents import LlmAgent\n",
        "import agents\nagents.Agent(name='x')\n",
        "from agents import Agent\n",
        "from agno.models.aws import Claude\n",
        "from llama_index.llms.ollama import Ollama\nfrom llama_index.llms.litellm import LiteLLM\n",
        "from deepeval.metrics import ContextualRecallMetric\n",
    ):
        assert any(anchor in source for anchor in anchors), source
    assert not any(anchor in "import os\nclass Agent: ...\n" for anchor in anchors)
