"""Each factor from real code: its effect, its sentence and the place that it names; what cannot be read is unknown, and said so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from modelaudit.domain.facts import FileFacts, Import, Trace
from modelaudit.domain.finding import Factor, SiteRisk
from modelaudit.domain.location import Span
from modelaudit.judge.judge import Judged
from modelaudit.judge.reach import Reach
from modelaudit.judge.requirements import folder_of, holds_for, package_of

Pipeline = Callable[..., Judged]

HEAD = "import anthropic, json\nclient = anthropic.Anthropic()\ndef ask(text):\n"
CALL = 'answer = client.messages.create(model="claude-3-haiku-20240307", max_tokens=9, messages=text)'


def site(pipeline: Pipeline, files: dict[str, str], path: str = "app/service.py") -> SiteRisk:
    """The worst site in a file."""
    judged = pipeline(files, "2026-11-21")
    found = [one for finding in judged.findings for one in finding.sites if one.placed is not None and one.placed.path == path]
    return max(found, key=lambda one: one.risk.rank)


def factors(one: SiteRisk, kind: str) -> list[Factor]:
    return [factor for factor in one.factors if factor.id == kind]


def in_function(*lines: str) -> str:
    return HEAD + "".join(f"    {line}\n" for line in lines)


BRANCH = (
    'model = "claude-3-haiku-20240307"',
    'if model == "claude-3":',
    "    text = text[:9]",
    CALL.replace('"claude-3-haiku-20240307"', "model"),
)

CASES = [
    ("F24", "D>=2", "json.loads", 5, (CALL, "return json.loads(answer.content[0].text)")),
    ("F24", "D>=2", "model.predict", 5, (CALL, "return model.predict(answer.content[0].text)")),
    ("F24", "none", "bound to a schema", 5, (CALL, "return Terms.model_validate_json(answer.content[0].text)")),
    ("F24", "unknown", "returned by ask", 5, (CALL, "return answer.content[0].text")),
    ("F24", "unknown", "not visible", 4, (CALL,)),
    ("F24", "none", "handed on as text (print)", 5, (CALL, "print(answer.content[0].text)")),
    ("F25", "D>=2", "sets tone", 4, (CALL.replace("messages", 'system="Be warm and playful.", messages'),)),
    ("F25", "D>=2", "tuned to this model: Claude", 4, (CALL.replace("messages=", 'system="You are Claude.", messages='),)),
    ("F25", "none", "names no model", 4, (CALL.replace("messages=", 'system="Answer in one word.", messages='),)),
    ("F25", "none", "no system prompt", 4, (CALL.replace("messages=text", 'messages=[{"role": "user", "content": text}]'),)),
    ("F25", "unknown", "not in this file", 4, (CALL,)),
    ("F25", "unknown", "not in this file", 4, (CALL.replace("messages=", "system=prompt(text), messages="),)),
    ("F26", "D>=1", "claude-3", 5, BRANCH),
    ("F26", "D>=1", "checked", 5, (CALL, "assert answer.model == NAME")),
    ("F13", "none", "max_retries repeats", 4, (CALL.replace("max_tokens=9", "max_retries=5"),)),
    ("F16", "E3", "is_safe", 4, ("def is_safe(text):", f"    {CALL}")),
    ("F11", "unknown", "no entry point", None, (CALL,)),
    ("F12", "E3", "no other model", 4, (CALL,)),
    ("F43", "D>=1", "cannot be read", 4, (CALL.replace("max_tokens=9", "**params"),)),
    ("F28", "unknown", "not pinned", None, (CALL,)),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "effect", "said", "line", "body"), CASES, ids=lambda one: one if isinstance(one, str) else "")
def test_a_factor_names_its_place(kind: str, effect: str, said: str, line: int | None, body: tuple[str, ...], pipeline: Pipeline) -> None:
    found = factors(site(pipeline, {"app/service.py": in_function(*body)}), kind)
    factor = next(one for one in found if said in one.sentence)
    assert factor.effect == effect
    places = [(one.path, one.line) for one in factor.evidence if one.path is not None]
    assert places == ([] if line is None else [("app/service.py", line)])


def test_dead_code_is_harmless(pipeline: Pipeline) -> None:
    dead = site(pipeline, {"app/service.py": in_function("return text", CALL)})
    assert dead.exposure == 0
    assert factors(dead, "F11")[0].evidence[0].line == 5


def test_reached_from_an_entry_point_in_another_file(pipeline: Pipeline) -> None:
    web = "from fastapi import FastAPI\nfrom app.service import ask\napp = FastAPI()\n@app.post('/x')\ndef x(body):\n    return ask(body)\n"
    reached = factors(site(pipeline, {"app/service.py": in_function(CALL), "app/web.py": web}), "F11")[0]
    assert (reached.effect, reached.sentence) == ("none", "reached from app x (app/web.py:5)")
    assert [(one.path, one.line) for one in reached.evidence] == [("app/web.py", 5)]
    stranger = web.replace("app.service", "app.other")
    assert factors(site(pipeline, {"app/service.py": in_function(CALL), "app/web.py": stranger}), "F11")[0].effect == "unknown"


def test_reach_follows_imports_and_ends_in_circles() -> None:
    here = Span(1, 1, 1, 2)

    def file(path: str, *modules: str, entry: str = "") -> FileFacts:
        left = (Trace("entry-point", entry, here),) if entry else ()
        return FileFacts(path, "python", imports=tuple(Import(one, one, None, 0, here) for one in modules), traces=left)

    facts = {
        one.path: one
        for one in (file("a.py", "b", entry="script __main__"), file("b.py", "c"), file("c.py", "b", "d"), file("d.py"), file("e.py", "e"))
    }
    reach = Reach(facts)
    assert [entry.path for entry in reach.to("d.py")] == ["a.py"]
    assert [entry.path for entry in reach.to("a.py")] == ["a.py"]
    assert reach.to("e.py") == ()
    command = {"pyproject.toml": FileFacts("pyproject.toml", "toml", traces=(Trace("entry-point", "command b:run", here),))}
    assert [entry.name for entry in Reach({"b.py": file("b.py", "c"), "c.py": file("c.py"), **command}).to("c.py")] == ["command b:run"]


@pytest.mark.parametrize(
    ("files", "refused", "said"),
    [
        ({"requirements.txt": "anthropic==1.2.0\n"}, True, "anthropic==1.2.0 at requirements.txt:1"),
        ({"requirements.txt": "anthropic==0.84.0\n"}, False, "anthropic==0.84.0 at requirements.txt:1"),
        ({"uv.lock": '[[package]]\nname = "anthropic"\nversion = "1.4.0"\n'}, True, "anthropic==1.4.0 at uv.lock:3"),
        ({"pyproject.toml": '[project]\ndependencies = ["anthropic>=1,<2"]\n'}, True, "anthropic>=1,<2 at pyproject.toml:2"),
        ({"pyproject.toml": '[project]\ndependencies = ["anthropic"]\n'}, False, "not pinned"),
        ({"other/requirements.txt": "anthropic==1.2.0\n"}, False, "not pinned"),
        ({}, False, "not pinned"),
    ],
)
def test_the_locked_release_decides_what_the_sdk_refuses(files: dict[str, str], refused: bool, said: str, pipeline: Pipeline) -> None:
    """Release 1.0 of the SDK has no `temperature`; the model itself takes it."""
    code = in_function(CALL.replace("claude-3-haiku-20240307", "claude-opus-4-5-20251101").replace("max_tokens=9", "temperature=0.2"))
    one = site(pipeline, {"app/service.py": code, **files})
    assert (one.urgency == 4) is refused
    assert any(said in factor.sentence for factor in factors(one, "F28"))
    assert [factor.evidence[0].line for factor in factors(one, "F03")] == ([4] if refused else [])


ROUTED = """\
import litellm
def ask(m):
    return litellm.completion(model="anthropic/claude-3-haiku-20240307", messages=m, fallbacks=["openai/gpt-6-luna"])
"""


@pytest.mark.parametrize(
    ("files", "exposure", "said"),
    [
        ({}, 2, "whether a key for openai is deployed cannot be seen"),
        ({".env": "OPENAI_API_KEY=x\n"}, 1, "other fate"),
        ({".env": "ANTHROPIC_API_KEY=x\n"}, 3, "no key for openai"),
        ({"compose.yaml": "services:\n  a:\n    env_file: x\n    environment:\n      ANTHROPIC_API_KEY: x\n"}, 2, "cannot be seen"),
        ({"tests/.env": "OPENAI_API_KEY=x\n"}, 2, "cannot be seen"),
    ],
)
def test_keys_of_the_deployment(files: dict[str, str], exposure: int, said: str, pipeline: Pipeline) -> None:
    one = site(pipeline, {"app/service.py": ROUTED, **files})
    assert one.exposure == exposure
    assert any(said in factor.sentence for factor in factors(one, "F12"))


CHAIN = """\
from langchain_openai import ChatOpenAI
from langchain_anthropic import ChatAnthropic
llm = ChatAnthropic(model="claude-3-haiku-20240307")
backup = ChatOpenAI(model="{}")
def ask(text):
    return llm.with_fallbacks([backup]).invoke(text)
"""


@pytest.mark.parametrize(
    ("model", "exposure", "said"),
    [("gpt-6-luna", 1, "fallback gpt-6-luna: other fate"), ("gpt-4o-2024-05-13", 3, "it is retired (test 1, other fate)")],
)
def test_a_fallback_of_langchain(model: str, exposure: int, said: str, pipeline: Pipeline) -> None:
    """Both the model in front and the one behind it are judged; the second runs only when the first fails."""
    files = {"app/service.py": CHAIN.replace("{}", model), ".env": "OPENAI_API_KEY=x\n"}
    one = site(pipeline, files)
    assert one.placed is not None
    assert (one.placed.site.span.line, one.exposure) == (3, exposure)
    tried = next(factor for factor in factors(one, "F12") if said in factor.sentence)
    assert [(where.path, where.line) for where in tried.evidence] == [("app/service.py", 4)]
    if exposure == 3:
        judged = pipeline(files, "2026-11-21")
        behind = [each for finding in judged.findings for each in finding.sites if each.usage.literal.span.line == 4]
        assert behind
        assert {each.exposure for each in behind} == {1}


POLICY = (
    'data "aws_iam_policy_document" "a" {\n  statement {\n    actions = ["bedrock:InvokeModel"]\n    resources = [\n'
    '      "arn:aws:bedrock:*::foundation-model/{}",\n    ]\n  }\n}\n'
)
BEDROCK = (
    'import boto3\nclient = boto3.client("bedrock-runtime")\ndef ask(m):\n'
    '    return client.converse(modelId="anthropic.claude-3-haiku-20240307-v1:0", messages=m)\n'
)


@pytest.mark.parametrize(
    ("allowed", "expected"),
    [
        ("anthropic.claude-3-haiku-20240307-v1:0", [("infra/a.tf", 5)]),
        ("anthropic.claude-*", []),
        ("${var.model}", []),
    ],
)
def test_permissions_name_their_line(allowed: str, expected: list[tuple[str, int]], pipeline: Pipeline) -> None:
    files = {"app/service.py": BEDROCK, "infra/a.tf": POLICY.replace("{}", allowed, 1)}
    found = factors(site(pipeline, files), "F30")
    assert [(one.path, one.line) for factor in found for one in factor.evidence] == expected


def test_the_list_of_claude_code_says_nothing_of_the_application(pipeline: Pipeline) -> None:
    files = {
        "app/service.py": in_function(CALL),
        ".claude/settings.json": '{"availableModels": ["claude-3-haiku-20240307"]}',
    }
    assert factors(site(pipeline, files), "F30") == []


def test_vectors_and_training_data(pipeline: Pipeline) -> None:
    code = "from google import genai\nclient = genai.Client()\ndef store(index, t):\n"
    code += '    made = client.models.embed_content(model="text-embedding-004", contents=t)\n'
    written = factors(site(pipeline, {"app/service.py": code + "    index.upsert(made.embeddings)\n    Index(dim=1536)\n"}), "F27")
    assert [(one.evidence[0].line, one.effect) for one in written if "written" in one.sentence] == [(5, "D3")]
    assert [(one.evidence[0].line, one.effect) for one in written if "length" in one.sentence] == [(6, "D3")]
    unwritten = factors(site(pipeline, {"app/service.py": code}), "F27")
    assert any(one.effect == "unknown" and "where the vectors are stored" in one.sentence for one in unwritten)
    tuned = 'import openai\nopenai.OpenAI().chat.completions.create(model="ft:gpt-3.5-turbo:acme:small:9xZ", messages=m)\n'
    data = factors(site(pipeline, {"app/service.py": tuned, "training/a.jsonl": '{"messages": []}\n'}), "F27")
    assert [one.evidence[0].path for one in data if "training data" in one.sentence] == ["training/a.jsonl"]
    assert any(
        one.effect == "unknown" and "no training data" in one.sentence for one in factors(site(pipeline, {"app/service.py": tuned}), "F27")
    )


def test_evaluations_make_the_check_of_the_output_smaller(pipeline: Pipeline) -> None:
    code = in_function(CALL, "return json.loads(answer.content[0].text)")
    suite = {"evals/promptfooconfig.yaml": "prompts: [a]\nproviders: [anthropic:messages:claude-3-haiku-20240307]\n"}
    without, beside = site(pipeline, {"app/service.py": code}), site(pipeline, {"app/service.py": code, **suite})
    assert [one.value for one in factors(without, "F32")] == ["none"]
    assert [one.value for one in factors(beside, "F32")] == ["evals/promptfooconfig.yaml"]


@pytest.mark.parametrize(
    ("path", "folder"),
    [("requirements.txt", ""), ("api/uv.lock", "api"), ("api/requirements/prod.txt", "api"), ("requirements/prod.txt", "")],
)
def test_what_a_file_of_requirements_speaks_of(path: str, folder: str) -> None:
    assert folder_of(path) == folder


def test_requirements_hold_for_their_folder() -> None:
    assert holds_for("", "a.py")
    assert holds_for("api", "api/a.py")
    assert not holds_for("api", "apis/a.py")
    assert package_of("Google_GenAI[aio]>=1") == "google-genai"
    assert package_of("==1") == ""


TRIAGE = "def queue(summary):\n    return summary['product']\n"
TOLD = (
    "import anthropic, json\nfrom app.triage import queue\nfrom app.prompts import TONE\nclient = anthropic.Anthropic()\ndef ask(text):\n"
)


@pytest.mark.parametrize(
    ("then", "effect", "sentence", "downstream"),
    [
        ("return queue(json.loads(answer.content[0].text))", "D>=2", "what is taken out of the answer goes to queue (app/triage.py:1)", 1),
        ("print(queue(answer))", "unknown", "the answer goes to queue (app/triage.py:1); what is done with it there is not visible", 0),
    ],
)
def test_a_function_of_another_file_rests_on_the_answer(pipeline: Pipeline, then: str, effect: str, sentence: str, downstream: int) -> None:
    code = f"{TOLD}    {CALL}\n    {then}\n"
    (found,) = pipeline({"app/triage.py": TRIAGE, "app/service.py": code}, "2026-11-21").findings
    said = [(factor.effect, factor.sentence, factor.evidence[0].line) for factor in factors(found.sites[0], "F24")]
    assert (effect, sentence, 7) in said
    assert found.effort is not None
    assert sum(item.count for item in found.effort.items if item.name == "downstream") == downstream


def test_a_prompt_of_another_file_is_shown_where_it_is_sent_and_where_it_is_written(pipeline: Pipeline) -> None:
    call = CALL.replace("messages", "system=TONE, messages")
    prompts = "\nTONE = 'You are warm and playful, and never in a hurry.'\n"
    one = site(pipeline, {"app/prompts.py": prompts, "app/service.py": f"{TOLD}    {call}\n"})
    (factor,) = factors(one, "F25")
    assert factor.effect == "D>=2"
    assert [(evidence.path, evidence.line) for evidence in factor.evidence] == [("app/service.py", 6), ("app/prompts.py", 2)]


def test_recorded_answers_are_counted(pipeline: Pipeline) -> None:
    files = {"app/service.py": in_function(CALL), "tests/cassettes/a.yaml": "interactions:\n- request: {}\n"}
    assert [one.sentence for one in factors(site(pipeline, files), "F33")] == ["1 recorded answer must be renewed"]
    assert factors(site(pipeline, {"app/service.py": in_function(CALL)}), "F33") == []


def test_an_end_without_an_error_is_no_outage_and_no_drop_in(pipeline: Pipeline) -> None:
    """From 2026-12-01 the Gemini API answers with another model, ten days after this day."""
    code = 'from google import genai\ngenai.Client().models.generate_content(model="gemini-2.5-flash", contents=q)\n'
    one = site(pipeline, {"app/service.py": code})
    (factor,) = factors(one, "F04")
    assert factor.sentence.startswith("from 2026-12-01 calls are answered by gemini-3.5-flash-lite without an error")
    assert (one.urgency, one.exposure) == (3, 2)
    assert one.difficulty >= 2


def test_the_default_of_a_library_says_whose_it_is(pipeline: Pipeline) -> None:
    code = "from langchain_openai import ChatOpenAI\nllm = ChatOpenAI()\n"
    one = site(pipeline, {"app/service.py": code})
    (factor,) = factors(one, "F42")
    assert factor.sentence == "no model given: the default of langchain_openai.ChatOpenAI is gpt-3.5-turbo-0125"
    assert one.confidence.value == "likely"


@pytest.mark.parametrize(("path", "found"), [("evals/quality.py", True), ("tests/test_quality.py", True), ("app/callbacks.py", False)])
def test_a_product_that_offers_evaluation_has_no_suite_by_that(path: str, found: bool, pipeline: Pipeline) -> None:
    code = 'import deepeval\nJUDGE = "gpt-4o"\n'
    one = site(pipeline, {"app/service.py": in_function(CALL), path: code})
    assert [factor.value == path for factor in factors(one, "F32")] == [found]


def test_what_an_unknown_callee_asks_of_the_model_is_not_visible(pipeline: Pipeline) -> None:
    """`dall-e-2` to `gpt-image-2` would otherwise be a drop-in at a call of which nothing is known."""
    one = site(pipeline, {"app/service.py": 'self.client.create(prompt=q, size="256x256", model="dall-e-2")\n'})
    (factor,) = factors(one, "F43")
    assert factor.sentence == "what self.client.create asks of the model is not visible"
    assert one.difficulty == 1


def test_a_model_of_the_completions_endpoint_is_rebuilt_behind_any_client(pipeline: Pipeline) -> None:
    code = 'def ask(llm, **kwargs):\n    return llm.client.create(model="{}", prompt=p)\n'
    assert site(pipeline, {"app/service.py": code.format("gpt-3.5-turbo-instruct")}).difficulty == 3
    assert site(pipeline, {"app/service.py": code.format("gpt-3.5-turbo")}).difficulty == 1
