"""Groups of models behind a gateway: what a call by a group's name gets, and when a name is none of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import pytest

from modelaudit.domain.usage import Linked

PROXY = """
model_list:
- model_name: summarizer
  litellm_params:
    model: anthropic/claude-3-haiku-20240307
- model_name: summarizer
  litellm_params:
    model: bedrock/anthropic.claude-3-haiku-20240307-v1:0
- model_name: backup
  litellm_params:
    model: openai/gpt-4o-2024-05-13
- model_name: gpt-4
  litellm_params:
    model: openai/gpt-4o-mini
router_settings:
  fallbacks:
  - summarizer: [backup]
"""
OPENAI = "import os\nfrom openai import OpenAI\nclient = OpenAI({})\nclient.chat.completions.create(model={}, messages=[])\n"
"""The call is on line 4."""
SUMMARIZER = {"litellm/config.yaml:4", "litellm/config.yaml:7", "litellm/config.yaml:10"}


class Joined(Protocol):
    """What `conftest` gives."""

    @property
    def linked(self) -> Linked: ...
    def ways(self) -> set[str]: ...
    def steps(self, start: str, end: str) -> list[str]: ...


JoinTree = Callable[[Mapping[str, str]], Joined]

CASES = {
    "litellm by its proxy": (
        {"app.py": 'import litellm\n\n\nlitellm.completion(model="litellm_proxy/summarizer", messages=[])\n'},
        SUMMARIZER,
    ),
    "litellm with an address": (
        {"app.py": 'import litellm\nU = "http://gateway"\n\nlitellm.completion(model="openai/summarizer", api_base=U, messages=[])\n'},
        SUMMARIZER,
    ),
    "the gateway's address": ({"app.py": OPENAI.format('base_url="http://litellm:4000"', '"summarizer"')}, SUMMARIZER),
    "an address that nobody knows": ({"app.py": OPENAI.format('base_url=os.environ["GATEWAY"]', '"summarizer"')}, SUMMARIZER),
    "no address": ({"app.py": OPENAI.format("", '"summarizer"')}, SUMMARIZER),
    "a group that is named like a model": (
        {"app.py": OPENAI.format('base_url="http://litellm:4000"', '"gpt-4"')},
        {"litellm/config.yaml:13"},
    ),
    "a model that is named like a group": ({"app.py": OPENAI.format("", '"gpt-4"')}, {"app.py:4"}),
    "a model that is named like a group, at its own address": (
        {"app.py": OPENAI.format('base_url="https://api.openai.com/v1"', '"gpt-4"')},
        {"app.py:4"},
    ),
    "a variable": (
        {
            "app.py": OPENAI.format('base_url="http://litellm:4000"', 'os.environ["TRIAGE_GROUP"]'),
            "compose.yaml": "services:\n  bot:\n    environment:\n      TRIAGE_GROUP: backup\n",
        },
        {"litellm/config.yaml:10"},
    ),
    "a constant of another module": (
        {
            "app.py": "import os\nfrom openai import OpenAI\nfrom names import GROUP\n"
            'OpenAI(base_url=os.environ["U"]).chat.completions.create(model=GROUP, messages=[])\n',
            "names.py": 'GROUP = "backup"\n',
        },
        {"litellm/config.yaml:10"},
    ),
    "a name that only looks alike": ({"app.py": OPENAI.format('base_url="http://litellm:4000"', '"summarizers"')}, {"app.py:4"}),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_group_stands_for_its_entries(join_tree: JoinTree, case: tuple[dict[str, str], set[str]]) -> None:
    files, starts = case
    ways = join_tree({**files, "litellm/config.yaml": PROXY}).ways()
    assert {way.partition(" > ")[0] for way in ways if way.endswith("> app.py:4")} == starts


def test_the_fallback_of_a_group_is_one(join_tree: JoinTree) -> None:
    joined = join_tree({"litellm/config.yaml": PROXY, "app.py": OPENAI.format('base_url="http://litellm:4000"', '"summarizer"')})
    found = {
        (usage.literal.span.line, usage.fallback)
        for usage in joined.linked.usages
        if usage.site is not None and usage.site.path == "app.py"
    }
    assert found == {(4, False), (7, False), (10, True)}


def test_the_way_names_the_group(join_tree: JoinTree) -> None:
    joined = join_tree({"litellm/config.yaml": PROXY, "app.py": OPENAI.format('base_url="http://litellm:4000"', '"gpt-4"')})
    assert joined.steps("litellm/config.yaml:13", "app.py:4") == ["litellm/config.yaml:11 group gpt-4"]


def test_what_is_in_a_group_is_spelled_as_routers_spell_it(join_tree: JoinTree) -> None:
    """`anthropic/…` names the platform there; the name of a group would name none."""
    joined = join_tree({"litellm/config.yaml": PROXY, "app.py": OPENAI.format('base_url="http://litellm:4000"', '"summarizer"')})
    sites = [usage.site.site for usage in joined.linked.usages if usage.site is not None and usage.site.path == "app.py"]
    assert {site.dialect for site in sites} == {"litellm"}


def test_the_name_of_a_group_is_never_an_id(join_tree: JoinTree) -> None:
    joined = join_tree({"litellm/config.yaml": PROXY, "app.py": OPENAI.format('base_url="http://litellm:4000"', '"gpt-4"')})
    assert [usage for usage in joined.linked.usages if usage.literal.text == "gpt-4"] == []


def test_a_router_made_of_the_file_has_its_groups_and_fallbacks(join_tree: JoinTree) -> None:
    code = """
    import yaml
    from litellm import Router
    CONFIG = yaml.safe_load(open("litellm/config.yaml"))
    router = Router(model_list=CONFIG["model_list"], fallbacks=CONFIG["router_settings"]["fallbacks"])
    router.completion(model="summarizer", messages=[])
    """
    joined = join_tree({"litellm/config.yaml": PROXY, "app.py": code})
    found = {
        (usage.literal.span.line, usage.fallback)
        for usage in joined.linked.usages
        if usage.site is not None and (usage.site.path, usage.site.site.span.line) == ("app.py", 5)
    }
    assert found == {(4, False), (7, False), (10, True)}


ROUTER = """
from litellm import Router
MODELS = [
    {"model_name": "summary", "litellm_params": {"model": "anthropic/claude-3-haiku-20240307"}},
    {"model_name": "backup", "litellm_params": {"model": "openai/gpt-4o-2024-05-13"}},
    {"model_name": "spare", "litellm_params": {"model": "openai/gpt-4o-mini"}},
]
"""
SUMMARY, BACKUP, SPARE = 3, 4, 5
"""Lines of the three models in it."""

FALLBACKS = {
    "of one group": ('fallbacks=[{"summary": ["backup", "spare"]}]', {(SUMMARY, False), (BACKUP, True), (SPARE, True)}),
    "under a name": ("fallbacks=ORDER", {(SUMMARY, False), (BACKUP, True)}),
    "of every group": ('default_fallbacks=["spare"]', {(SUMMARY, False), (SPARE, True)}),
    "of one group before those of every group": (
        'default_fallbacks=["spare"], fallbacks=[{"summary": ["backup"]}]',
        {(SUMMARY, False), (BACKUP, True)},
    ),
    "of another group": ('fallbacks=[{"spare": ["backup"]}]', {(SUMMARY, False)}),
    "for long prompts only": ('context_window_fallbacks=[{"summary": ["backup"]}]', {(SUMMARY, False)}),
    "none": ("num_retries=2", {(SUMMARY, False)}),
}


@pytest.mark.parametrize("case", FALLBACKS.values(), ids=FALLBACKS.keys())
@pytest.mark.parametrize("place", ["the call", "the router"])
def test_a_group_of_a_router_in_code_falls_back_to_its_own(
    join_tree: JoinTree, case: tuple[str, set[tuple[int, bool]]], place: str
) -> None:
    """By the call of the group, and by the construction, of which each group is a part of its own."""
    arguments, wanted = case
    router = f'{ROUTER}ORDER = [{{"summary": ["backup"]}}]\nrouter = Router(model_list=MODELS, {arguments})\n'
    calls = 'from routing import router\nrouter.completion(model="summary", messages=[])\n'
    path, line = ("calls.py", 2) if place == "the call" else ("routing.py", 8)
    usages = [
        usage
        for usage in join_tree({"routing.py": router, "calls.py": calls}).linked.usages
        if usage.site is not None and (usage.site.path, usage.site.site.span.line) == (path, line)
    ]
    own = {
        usage.site.site.fallbacks
        for usage in usages
        if usage.site is not None and (usage.literal.span.line, usage.fallback) == (SUMMARY, False)
    }
    assert len(own) == 1
    found = {(usage.literal.span.line, usage.fallback) for usage in usages if usage.site is not None and usage.site.site.fallbacks in own}
    assert {one for one in found if one[1] or one[0] == SUMMARY} == wanted


def test_the_groups_of_a_router_made_of_a_file_are_apart(join_tree: JoinTree) -> None:
    code = """
    import yaml
    from litellm import Router
    CONFIG = yaml.safe_load(open("litellm/config.yaml"))
    router = Router(model_list=CONFIG["model_list"], fallbacks=CONFIG["router_settings"]["fallbacks"])
    """
    sites = [
        (usage.literal.span.line, bool(usage.site.site.fallbacks))
        for usage in join_tree({"litellm/config.yaml": PROXY, "app.py": code}).linked.usages
        if usage.site is not None and usage.site.path == "app.py" and not usage.fallback
    ]
    assert set(sites) == {(4, True), (7, True), (10, False), (13, False)}


def test_a_router_whose_fallbacks_are_not_seen_still_has_them(join_tree: JoinTree) -> None:
    code = f"import os, json\n{ROUTER.strip()}\nRouter(model_list=MODELS, fallbacks=json.loads(os.environ['ORDER']))\n"
    usages = join_tree({"routing.py": code}).linked.usages
    assert {bool(usage.site.site.fallbacks) for usage in usages if usage.site is not None} == {True}


def test_a_call_of_the_projects_own_wrapper_is_looked_at_like_any_other(join_tree: JoinTree) -> None:
    wrapper = """
    REGISTRY = {}
    def ask(model, text):
        return REGISTRY["x"](model, text)
    """
    code = 'from wrapper import ask\nask(model="gpt-4", text="x")\n'
    ways = join_tree({"litellm/config.yaml": PROXY, "app.py": code, "wrapper.py": wrapper}).ways()
    assert {way for way in ways if way.startswith("app.py")} == {"app.py:2 > app.py:2"}


def test_a_file_of_any_name_with_groups_has_groups(join_tree: JoinTree) -> None:
    """The list itself says what it is; `gpt-4` in it is what a team asks for."""
    joined = join_tree({"conf/disable_updates.yaml": PROXY})
    assert {usage.literal.text for usage in joined.linked.usages if usage.literal.span.line == 11} == set()
