"""What an ID is doing is told from the structure around it."""

from collections.abc import Callable

import pytest

from modelaudit.domain.facts import FileFacts

CASES = [
    ('MODEL = "gpt-4"', "binding"),
    ('MODELS = ["gpt-4", "gpt-4o"]', "catalog"),
    ('MODELS = ["gpt-4"]', "catalog"),
    ('MODEL = ["gpt-4"]', "binding"),
    ('style = field(metadata={"model_allowlist": ["gpt-4"]})', "catalog"),
    ('_no_thinking_ids: ClassVar[set[str]] = {"gpt-4"}', "catalog"),
    ('ROWS = [("A", "OpenAI", "gpt-4"), ("B", "b", "c"), ("C", "d", "e")]', "catalog"),
    ('PAIR = ("a", "gpt-4")', "binding"),
    ('x = {"example": {"id": 1, "model": "gpt-4"}}', "mention"),
    ('CARDS = [{"model_name": "gpt-4", "context_window": 8192}, {"model_name": "x"}]', "catalog"),
    ('CREW = [{"model": "gpt-4", "role": "writer"}, {"model": "gpt-4o", "role": "editor"}]', "binding"),
    ('x = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "gpt-4", "choices": []}', "mention"),
    ('x = {"model": "gpt-4", "messages": [], "stream": True}', "binding"),
    ('x = {"sample": {"id": 1, "model": "gpt-4"}}', "binding"),
    ('PRICES = {"gpt-4": 3}', "catalog"),
    ('x = PRICES["gpt-4"]', "comparison"),
    ('x = PRICES.get("gpt-4")', "comparison"),
    ('x = prices.get("gpt-4", 0)', "comparison"),
    ('x = options.get("model", "gpt-4")', "binding"),
    ('x = os.getenv("MODEL", "gpt-4")', "binding"),
    ('x = env.str("MODEL", "gpt-4")', "binding"),
    ('x = dict(model="gpt-4")', "binding"),
    ('parser.add_argument("--model", default="gpt-4")', "binding"),
    ('parser.add_argument("--model", choices=["gpt-4"])', "catalog"),
    ('CASES = [pytest.param("gpt-4", id="large")]', "catalog"),
    ('ask(model="gpt-4")', "argument"),
    ('ask("gpt-4", text)', "argument"),
    ('x = model == "gpt-4"', "comparison"),
    ('x = llm.params() == {"model": "gpt-4"}', "comparison"),
    ('x = ask(model="gpt-4") == 3', "argument"),
    ('client.create.assert_called_once_with(model="gpt-4")', "comparison"),
    ('self.assertEqual(params, {"model": "gpt-4"})', "comparison"),
    ('x = name.startswith("gpt-4")', "comparison"),
    ('raise ValueError("gpt-4")', "mention"),
    ('logger.info("gpt-4")', "mention"),
    ('"""gpt-4"""', "mention"),
    ("x = 1  # gpt-4", "mention"),
]


@pytest.mark.parametrize(("code", "role"), CASES)
def test_role(extract: Callable[[str], FileFacts], code: str, role: str) -> None:
    assert [literal.role.value for literal in extract(code).literals if literal.text == "gpt-4"] == [role]


@pytest.mark.parametrize(
    "code",
    [
        'run(id="o3")',
        'orders.create(name="o1")',
        'LABELS = ["o1", "o3"]',
        'MODELS = [{"function": ["summarize"]}]',
        'GRID = {"o1": 1}',
        "o1, o3 = pair()",
    ],
)
def test_a_word_that_is_also_an_id_counts_only_where_a_model_is_expected(extract: Callable[[str], FileFacts], code: str) -> None:
    assert extract(code).literals == ()


@pytest.mark.parametrize("code", ['ask(model="o1")', 'x = model_name == "o1"', 'MODEL = "o1"', 'x = is_reasoning_model("o3")'])
def test_a_word_that_is_also_an_id_counts_where_a_model_is_expected(extract: Callable[[str], FileFacts], code: str) -> None:
    assert len(extract(code).literals) == 1


def test_the_name_of_a_group_of_models_is_no_id(extract: Callable[[str], FileFacts]) -> None:
    facts = extract('models = [{"model_name": "gpt-4", "litellm_params": {"model": "gpt-4o"}}]')
    assert [literal.text for literal in facts.literals] == ["gpt-4o"]


def test_a_placeholder_given_to_an_unknown_callee_is_no_id(extract: Callable[[str], FileFacts]) -> None:
    assert extract('client.ask(model="test-model")').literals == ()


def test_parts_of_a_composed_id_are_no_ids_of_their_own(extract: Callable[[str], FileFacts]) -> None:
    facts = extract('from litellm import completion\ncompletion(model="openai/" + "gpt-4", messages=[])')
    assert [literal.text for literal in facts.literals] == ["gpt-4"]
