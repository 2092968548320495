"""What a call sends, what happens when it fails, what hangs on the model's name, what it is for: each trace with and without its cause."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from modelaudit.domain import traces
from modelaudit.domain.expr import Text
from modelaudit.domain.facts import FileFacts

Extract = Callable[[str], FileFacts]
Left = set[tuple[str, str, int]]

CALL = "import anthropic\nclient = anthropic.Anthropic()\n"


def left(facts: FileFacts, *kinds: str) -> Left:
    """(kind, text, line) of the traces of all sites."""
    assert facts.sites
    return {(trace.kind, trace.text, trace.span.line) for site in facts.sites for trace in site.traces if trace.kind in kinds}


def sent(extract: Extract, arguments: str, *kinds: str, before: str = "") -> Left:
    """Traces of a call with these arguments on line 3, or below `before`."""
    return left(extract(f'{CALL}{before}client.messages.create(model="claude-opus-4-8", {arguments})\n'), *kinds)


@pytest.mark.parametrize(
    ("messages", "roles", "prefill"),
    [
        ('[{"role": "user", "content": q}]', {"user"}, set()),
        ('[{"role": "user", "content": q}, {"role": "assistant", "content": "{"}]', {"user", "assistant"}, {"assistant"}),
        ('[{"role": "assistant", "content": a}, {"role": "user", "content": q}]', {"user", "assistant"}, set()),
        ('[{"role": "system", "content": s}, *history]', {"system"}, set()),
        ("history", set(), set()),
        ('[{"role": role, "content": q}]', set(), set()),
    ],
)
def test_roles(extract: Extract, messages: str, roles: set[str], prefill: set[str]) -> None:
    assert {text for _, text, _ in sent(extract, f"messages={messages}", traces.MESSAGE_ROLE)} == roles
    assert {text for _, text, _ in sent(extract, f"messages={messages}", traces.PREFILL)} == prefill


def test_roles_of_messages_under_a_name(extract: Extract) -> None:
    before = 'turns = [{"role": "user", "content": q}]\nturns.append({"role": "assistant", "content": "{"})\n'
    assert sent(extract, "messages=turns", traces.PREFILL, before=before) == {(traces.PREFILL, "assistant", 4)}
    after = CALL + 'turns = [{"role": "user", "content": q}]\nanswer = client.messages.create(model="claude-opus-4-8", messages=turns)\n'
    after += 'turns.append({"role": "assistant", "content": answer})\n'
    assert left(extract(after), traces.PREFILL) == set(), "it is appended for the next turn"


LONG = "You answer questions about invoices. " * 30
TONED = "Be warm and playful, and never in a hurry at all."
SHORT = "Answer every question in one very short word."


@pytest.mark.parametrize(
    ("before", "system", "expected"),
    [
        ("", '"Answer in one word."', {(traces.SYSTEM_PROMPT, "19", 3)}),
        ('PROMPT = "Answer in one word."\n', "PROMPT", {(traces.SYSTEM_PROMPT, "19", 3)}),
        ("", "prompt_of(user)", {(traces.SYSTEM_PROMPT, "", 3)}),
        ("from prompts import PROMPT\n", "PROMPT", {(traces.SYSTEM_PROMPT, "", 4)}),
        ("", '"Be warm and playful."', {(traces.SYSTEM_PROMPT, "20", 3), (traces.PERSONA, "20", 3)}),
        ("", '"Keep the room warm."', {(traces.SYSTEM_PROMPT, "19", 3)}),
        ("", repr(LONG), {(traces.SYSTEM_PROMPT, str(len(LONG)), 3)}),
        ("", repr(LONG + "Be friendly."), {(traces.SYSTEM_PROMPT, str(len(LONG) + 12), 3), (traces.PERSONA, str(len(LONG) + 12), 3)}),
        ("", '[{"type": "text", "text": "Be warm and playful."}]', {(traces.SYSTEM_PROMPT, "20", 3), (traces.PERSONA, "20", 3)}),
    ],
)
def test_system_prompts(extract: Extract, before: str, system: str, expected: Left) -> None:
    assert sent(extract, f"messages=m, system={system}", traces.SYSTEM_PROMPT, traces.PERSONA, before=before) == expected


@pytest.mark.parametrize(
    ("before", "system", "expected"),
    [
        ("from prompts import PROMPT\n", "PROMPT", {("PROMPT", 4)}),
        ("import prompts\n", '[{"type": "text", "text": prompts.PROMPT}]', {("prompts.PROMPT", 4), ("prompts", 4)}),
        ("from prompts import PROMPT\n", 'f"{PROMPT} Today is {day}."', {("PROMPT", 4)}),
        ("from prompts import PROMPT\nWHOLE = PROMPT.strip()\n", "WHOLE", {("PROMPT.strip", 4), ("PROMPT", 4)}),
        ('PROMPT = "Answer in one word."\n', "PROMPT", set()),
        ("from prompts import build\n", "build()", {("build", 4)}),
    ],
)
def test_names_of_other_files_in_a_prompt(extract: Extract, before: str, system: str, expected: set[tuple[str, int]]) -> None:
    """Every beginning of a dotted name: what follows may be a method."""
    found = sent(extract, f"messages=m, system={system}", traces.NAMED_PROMPT, before=before)
    assert found == {(traces.NAMED_PROMPT, *one) for one in expected}


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        (f"P = {LONG!r}", {f"P {len(LONG)}"}),
        (f"P: str = {LONG + 'Be warm.'!r}", {f"P {len(LONG) + 8} persona"}),
        (f'P = "{TONED}"', {f"P {len(TONED)} persona"}),
        (f'from textwrap import dedent\nP = dedent("{SHORT}")', {f"P {len(SHORT)}"}),
        (f'P = ("{SHORT} " + "Be brief.")', {f"P {len(SHORT) + 10}"}),
        ('P = "short"', set()),
        (f"def f():\n    P = {LONG!r}", set()),
        (f"class A:\n    P = {LONG!r}", set()),
        ("P = Q = 'Answer every question in one very short word.'", set()),
        ("P = load('Answer every question in one very short word.')", set()),
    ],
)
def test_the_texts_that_a_module_offers(extract: Extract, code: str, texts: set[str]) -> None:
    assert {trace.text for trace in extract(code + "\n").traces if trace.kind == traces.LONG_TEXT} == texts


@pytest.mark.parametrize(
    ("before", "system", "expected"),
    [
        ("", '"You are Claude, made by Anthropic."', {("Claude", 3)}),
        ("", '"You are ChatGPT."', {("ChatGPT", 3)}),
        ("", '"You are an assistant. Claude is the name of the customer."', set()),
        ("", "CLAUDE_SYSTEM_PROMPT", {("CLAUDE_SYSTEM_PROMPT", 3)}),
        ("", "SUMMARY_PROMPT", set()),
    ],
)
def test_prompts_that_name_a_model(extract: Extract, before: str, system: str, expected: set[tuple[str, int]]) -> None:
    found = sent(extract, f"messages=m, system={system}", traces.PROMPT_NAMES_MODEL, before=before)
    assert found == {(traces.PROMPT_NAMES_MODEL, *one) for one in expected}


def test_a_prompt_out_of_a_table_by_model(extract: Extract) -> None:
    code = CALL + 'model = "claude-opus-4-8"\nclient.messages.create(model=model, system=PROMPTS[{}], messages=m)\n'
    assert left(extract(code.format("model")), traces.PROMPT_NAMES_MODEL) == {(traces.PROMPT_NAMES_MODEL, "PROMPTS[model]", 4)}
    assert left(extract(code.format("language")), traces.PROMPT_NAMES_MODEL) == set()


def test_the_old_prompt_format(extract: Extract) -> None:
    call = 'import anthropic\nanthropic.Anthropic().completions.create(model="claude-2.1", prompt={})\n'
    assert left(extract(call.format(r'f"\n\nHuman: {q}\n\nAssistant:"')), traces.PROMPT_TEXT) == {(traces.PROMPT_TEXT, "\n\nHuman:", 2)}
    assert left(extract(call.format('f"{anthropic.HUMAN_PROMPT} hi"')), traces.PROMPT_TEXT) == {(traces.PROMPT_TEXT, "\n\nHuman:", 2)}
    assert left(extract(call.format('"Human: hi"')), traces.PROMPT_TEXT) == set()


@pytest.mark.parametrize(
    ("arguments", "kind", "texts"),
    [
        ('tools=[{"type": "computer_20251124", "name": "computer"}]', traces.TOOL_TYPE, {"computer_20251124"}),
        ('tools=[{"type": "function", "function": f}]', traces.TOOL_TYPE, set()),
        ('extra_headers={"Anthropic-Beta": "context-1m-2025-08-07"}', traces.HEADER, {"anthropic-beta: context-1m-2025-08-07"}),
        ('betas=["context-1m-2025-08-07"]', traces.HEADER, {"anthropic-beta: context-1m-2025-08-07"}),
        ("extra_headers=headers", traces.HEADER, set()),
        ('system=[{"type": "text", "text": s, "cache_control": {"type": "ephemeral"}}]', traces.CACHED_PREFIX, {"cache_control"}),
        ('system=[{"type": "text", "text": s}]', traces.CACHED_PREFIX, set()),
        ("max_retries=3", traces.RETRY, {"max_retries"}),
        ("max_retries=0", traces.RETRY, set()),
        ("timeout=3", traces.RETRY, set()),
        ("stream=True", traces.STREAMED, {"stream"}),
        ("stream=False", traces.STREAMED, set()),
        ("drop_params=True", traces.DROPS_ARGUMENTS, {"drop_params"}),
        ("drop_params=False", traces.DROPS_ARGUMENTS, set()),
        ("**params", traces.OPAQUE_ARGUMENTS, {"params"}),
        ("**{'max_tokens': 9}", traces.OPAQUE_ARGUMENTS, set()),
    ],
)
def test_arguments(extract: Extract, arguments: str, kind: str, texts: set[str]) -> None:
    assert sent(extract, f"messages=m, {arguments}", kind) == {(kind, text, 3) for text in texts}


@pytest.mark.parametrize(
    ("made", "kind", "texts"),
    [
        ('default_headers={"anthropic-version": "2026-10-21"}', traces.HEADER, {"anthropic-version: 2026-10-21"}),
        ("max_retries=5", traces.RETRY, {"max_retries"}),
        ('base_url="https://litellm.internal.example/v1"', traces.GATEWAY, {"https://litellm.internal.example/v1"}),
        ('base_url="https://api.anthropic.com"', traces.GATEWAY, set()),
        ("timeout=5", traces.RETRY, set()),
    ],
)
def test_what_the_client_was_made_with(extract: Extract, made: str, kind: str, texts: set[str]) -> None:
    code = f'import anthropic\nclient = anthropic.Anthropic({made})\nclient.messages.create(model="claude-opus-4-8", messages=m)\n'
    assert left(extract(code), kind) == {(kind, text, 2) for text in texts}


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("import tenacity\n@tenacity.retry(stop=5)", {("tenacity.retry", 4)}),
        ("from tenacity import retry\n@retry", {("tenacity.retry", 4)}),
        ("import backoff\n@backoff.on_exception(backoff.expo, Exception)", {("backoff.on_exception", 4)}),
        ("import functools\n@functools.cache", set()),
    ],
)
def test_decorators_that_repeat(extract: Extract, head: str, expected: set[tuple[str, int]]) -> None:
    code = f'{CALL}{head}\ndef ask(m):\n    return client.messages.create(model="claude-opus-4-8", messages=m)\n'
    assert left(extract(code), traces.RETRY) == {(traces.RETRY, *one) for one in expected}


def test_loops_that_repeat(extract: Extract) -> None:
    code = CALL + "import tenacity\nfor attempt in {}:\n    with attempt:\n"
    code += '        client.messages.create(model="claude-opus-4-8", messages=m)\n'
    assert left(extract(code.format("tenacity.Retrying(stop=3)")), traces.RETRY) == {(traces.RETRY, "tenacity.Retrying", 4)}
    assert left(extract(code.format("range(3)")), traces.RETRY) == set()


LANGCHAIN = """\
import openai
from langchain_openai import ChatOpenAI
llm = ChatOpenAI(model="gpt-4o")
backup = ChatOpenAI(model="gpt-4.1")
"""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("llm.with_fallbacks([backup], exceptions_to_handle=(openai.RateLimitError,))", {"openai.RateLimitError"}),
        ("llm.with_fallbacks(fallbacks=[backup], exceptions_to_handle=(openai.RateLimitError,))", {"openai.RateLimitError"}),
        ("llm.with_fallbacks([backup])", set()),
    ],
)
def test_what_triggers_a_fallback(extract: Extract, line: str, expected: set[str]) -> None:
    assert {text for _, text, _ in left(extract(LANGCHAIN + line + "\n"), traces.FALLBACK_ON)} == expected


@pytest.mark.parametrize(
    ("line", "fallbacks", "spare"),
    [
        ("chain = llm.with_fallbacks([backup])", ["gpt-4.1"], True),
        ("chain = (prompt | llm).with_fallbacks(fallbacks=[backup])", ["gpt-4.1"], True),
        ("llm.with_fallbacks([ChatOpenAI(model='gpt-4.1-mini')])", ["gpt-4.1-mini"], False),
        ("chain = llm.with_fallbacks([backup])\nbackup.invoke(m)", ["gpt-4.1"], False),
        ("chain = other.with_fallbacks([backup])", [], True),
        ("llm.bind(stop=backup)", [], False),
    ],
)
def test_models_that_stand_in_for_others(extract: Extract, line: str, fallbacks: list[str], spare: bool) -> None:
    """The model in front knows what it falls back to, and one that is made for nothing else says so."""
    facts = extract(LANGCHAIN + line + "\n")
    first, second = (next(site for site in facts.sites if site.span.line == number) for number in (3, 4))
    assert [value.text for value in first.fallbacks if isinstance(value, Text)] == fallbacks
    assert any(trace.kind == traces.SPARE for trace in second.traces) is spare


def test_a_router_that_falls_back_on_long_prompts_only(extract: Extract) -> None:
    code = "import litellm\nlitellm.completion(model='gpt-4o', messages=m, context_window_fallbacks=[{'gpt-4o': ['gpt-4.1']}]{})\n"
    pattern = (traces.FALLBACK_PATTERN, "litellm.router.context_only", 2)
    assert left(extract(code.replace("{}", "")), traces.FALLBACK_PATTERN) == {pattern}
    assert left(extract(code.replace("{}", ", fallbacks=['gpt-4.1']")), traces.FALLBACK_PATTERN) == set()


def test_the_library_drops_arguments(extract: Extract) -> None:
    code = "import litellm\nlitellm.drop_params = {}\nlitellm.completion(model='gpt-4o', messages=m)\n"
    assert left(extract(code.format("True")), traces.DROPS_ARGUMENTS) == {(traces.DROPS_ARGUMENTS, "litellm.drop_params", 2)}
    assert left(extract(code.format("False")), traces.DROPS_ARGUMENTS) == set()


def test_safety_checks(extract: Extract) -> None:
    code = CALL + 'def {}(m):\n    return client.messages.create(model="claude-opus-4-8", messages=m)\n'
    assert left(extract(code.format("moderate_reply")), traces.GUARD) == {(traces.GUARD, "moderate_reply", 3)}
    assert left(extract(code.format("reply")), traces.GUARD) == set()


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("if False:\n    {}", "its condition is False"),
        ("def ask():\n    return 1\n    {}", "the statements before it leave"),
        ("if DEBUG:\n    {}", None),
        ("def ask():\n    if x:\n        return 1\n    {}", None),
        ("if False:\n    pass\nelse:\n    {}", None),
    ],
)
def test_dead_code(extract: Extract, code: str, why: str | None) -> None:
    call = 'client.messages.create(model="claude-opus-4-8", messages=m)'
    found = left(extract(CALL + code.format(call) + "\n"), traces.UNREACHABLE)
    assert {text for _, text, _ in found} == (set() if why is None else {why})


@pytest.mark.parametrize(
    ("branch", "expected"),
    [
        ('if model.startswith("claude-3"):\n        limit = 4', {("claude-3", 4)}),
        ('if "claude" in model.lower():\n        limit = 4', {("claude", 4)}),
        ('if model == "claude-2":\n        prompt = 4', {("claude-2 selects prompt", 4)}),
        ('if model in ("a-1", "a-2"):\n        data = parse(m)', {("a-1 selects parsing", 4), ("a-2 selects parsing", 4)}),
        ("limit = LIMITS[model]", {("LIMITS", 4)}),
        ("if model is None:\n        limit = 4", set()),
        ('if other == "claude-2":\n        limit = 4', set()),
        ("if model:\n        limit = 4", set()),
        ("limit = limits[model]", set()),
    ],
)
def test_branches_on_the_name(extract: Extract, branch: str, expected: set[tuple[str, int]]) -> None:
    code = f'{CALL}def ask(m, model="claude-opus-4-8"):\n    {branch}\n    client.messages.create(model=model, messages=m)\n'
    assert left(extract(code), traces.NAME_BRANCH) == {(traces.NAME_BRANCH, *one) for one in expected}


def test_branches_on_an_attribute_anywhere_in_the_class(extract: Extract) -> None:
    code = 'import anthropic\nclient = anthropic.Anthropic()\nclass Bot:\n    model = "claude-opus-4-8"\n'
    code += "    def ask(self, m):\n        client.messages.create(model=self.model, messages=m)\n"
    code += '    def limit(self):\n        return 4 if self.model.startswith("claude-3") else 8\n'
    code += 'class Other:\n    def limit(self):\n        return 4 if self.model.startswith("gpt") else 8\n'
    assert left(extract(code), traces.NAME_BRANCH) == {(traces.NAME_BRANCH, "claude-3", 8)}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('if __name__ == "__main__":\n    main()', {(traces.ENTRY_POINT, "script __main__", 1)}),
        ("@app.post('/x')\ndef x():\n    pass", {(traces.ENTRY_POINT, "app x", 2)}),
        ("@click.command()\ndef x():\n    pass", {(traces.ENTRY_POINT, "command x", 2)}),
        ("@shared_task\ndef x():\n    pass", {(traces.ENTRY_POINT, "worker x", 2)}),
        ("def on_event(event, context):\n    pass", {(traces.ENTRY_POINT, "handler on_event", 1)}),
        ("@property\ndef x():\n    pass", set()),
        ("import deepeval", {(traces.EVALUATION, "deepeval", 1)}),
        ("from ragas.metrics import faithfulness", {(traces.EVALUATION, "ragas", 1)}),
        ("import ragastime", set()),
    ],
)
def test_traces_of_a_file(extract: Extract, code: str, expected: Left) -> None:
    facts = extract(code + "\n")
    assert {(trace.kind, trace.text, trace.span.line) for trace in facts.traces} == expected
