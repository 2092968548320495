"""Which calls choose a model, and with what."""

from collections.abc import Callable

import pytest

from modelaudit.domain.expr import Item, Text
from modelaudit.domain.facts import FileFacts

Extract = Callable[[str], FileFacts]


def chosen(facts: FileFacts) -> list[tuple[str, str, str]]:
    """(callee, argument, text) of every site whose model stands at the call."""
    return [(site.callee, site.argument, site.model.text) for site in facts.sites if isinstance(site.model, Text)]


def test_every_deployment_of_a_router_is_a_site(extract: Extract) -> None:
    facts = extract(
        """
        from litellm import Router
        router = Router(model_list=[
            {"model_name": "fast", "litellm_params": {"model": "gpt-4o-mini"}},
            {"model_name": "slow", "litellm_params": {"model": "gpt-4-0613"}},
        ])
        """
    )
    assert [text for _, _, text in chosen(facts)] == ["gpt-4o-mini", "gpt-4-0613"]
    assert [binding.name for binding in facts.bindings if binding.name.startswith("group:")] == ["group:fast", "group:slow"]


def test_groups_are_known_when_the_list_has_a_name(extract: Extract) -> None:
    facts = extract(
        """
        from litellm import Router
        deployments = [{"model_name": "fast", "litellm_params": {"model": "gpt-4o-mini"}}]
        router = Router(model_list=deployments)
        """
    )
    assert "group:fast" in [binding.name for binding in facts.bindings]
    assert [site.shape for site in facts.sites if isinstance(site.model, Item)] == ["litellm.Router", "litellm.Router"]


def test_a_wrapper_of_models_has_its_first_as_model_and_the_others_as_fallbacks(extract: Extract) -> None:
    facts = extract(
        """
        from pydantic_ai.models.fallback import FallbackModel
        model = FallbackModel("openai:gpt-4o", "anthropic:claude-3-haiku-20240307")
        """
    )
    assert chosen(facts) == [("FallbackModel", "default_model", "openai:gpt-4o")]
    assert [fallback.text for fallback in facts.sites[0].fallbacks if isinstance(fallback, Text)] == ["anthropic:claude-3-haiku-20240307"]


def test_an_attribute_of_a_library_that_takes_models_is_a_site(extract: Extract) -> None:
    facts = extract('import litellm\nlitellm.model_fallbacks = ["gpt-4o"]')
    assert [(site.callee, site.shape, site.typed) for site in facts.sites] == [("litellm.model_fallbacks", "litellm.module_settings", True)]


@pytest.mark.parametrize(
    "code",
    [
        'params = dict(model="gpt-4")',
        'models.append({"model": "gpt-4"})',
        '"{model}".format(model="gpt-4")',
        'x = config("MODEL", default="gpt-4")',
        'x = os.environ.get("MODEL", default="gpt-4")',
        'class Preset(NamedTuple):\n    model: str\n\nFAST = Preset(model="gpt-4")',
        'Preset = namedtuple("Preset", "model")\nFAST = Preset(model="gpt-4")',
    ],
)
def test_keeping_an_id_is_no_use_of_it(extract: Extract, code: str) -> None:
    assert extract(code).sites == ()


def test_a_body_is_searched_at_any_depth(extract: Extract) -> None:
    facts = extract('Thing.load({"llm": {"config": {"model": "gpt-4"}}, "steps": [{"model": "gpt-4o"}]})')
    assert [text for _, _, text in chosen(facts)] == ["gpt-4", "gpt-4o"]


def test_a_body_put_into_text_is_a_body(extract: Extract) -> None:
    facts = extract('Request(url, data=json.dumps({"model": "gpt-4"}).encode())')
    assert chosen(facts) == [("Request", "data.model", "gpt-4")]


def test_a_call_prepared_for_later_is_read_as_that_call(extract: Extract) -> None:
    facts = extract(
        """
        from functools import partial
        from openai import OpenAI
        ask = partial(OpenAI().chat.completions.create, model="gpt-4")
        """
    )
    assert [(site.callee, site.shape, site.typed) for site in facts.sites] == [("partial", "openai.chat.completions.create", True)]


@pytest.mark.parametrize(
    "code",
    [
        'pool.submit(send, "text", "gpt-4")',
        'partial(send, model="gpt-4")',
        'await asyncio.to_thread(send, "text", model="gpt-4")',
        'loop.run_in_executor(None, send, "text", "gpt-4")',
        'Thread(target=send, args=("text", "gpt-4"))',
        'Thread(target=send, kwargs={"model": "gpt-4"})',
        'send.delay("text", "gpt-4")',
    ],
)
def test_a_project_function_handed_on_is_called(extract: Extract, code: str) -> None:
    facts = extract(f"def send(text, model):\n    pass\n\nasync def main():\n    {code}\n")
    assert facts.sites == ()
    assert any(repr(call.callee).startswith("Name(ref='send'") for call in facts.calls)


def test_a_wrapped_client_is_that_client(extract: Extract) -> None:
    facts = extract(
        """
        import instructor
        from openai import AzureOpenAI
        client = instructor.from_openai(AzureOpenAI(azure_endpoint="https://acme.openai.azure.com"))
        client.chat.completions.create(model="gpt-4", messages=[])
        """
    )
    (site,) = (site for site in facts.sites if site.shape == "openai.chat.completions.create")
    assert site.typed


@pytest.mark.parametrize(
    "call",
    [
        "callback.log_success_event(kwargs={'model': 'gpt-4o'}, result=result)",
        "logger.async_log_event(model='gpt-4o')",
        "callback.logging_hook(model='gpt-4o')",
        "PreRoutingHookResponse(model='gpt-4o')",
        "store.async_set_cache(key='k', model='gpt-4o')",
        "exception_type(model='gpt-4o', original_exception=error)",
        "config.validate_environment(headers={}, model='gpt-4o')",
    ],
)
def test_what_is_logged_kept_or_answered_chooses_no_model(extract: Extract, call: str) -> None:
    assert extract(f"{call}\n").sites == ()
    assert chosen(extract("bot.reply(model='gpt-4o')\n")) == [("bot.reply", "model", "gpt-4o")]
