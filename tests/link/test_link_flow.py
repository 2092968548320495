"""Which literal reaches which site, and by which way."""

from collections.abc import Callable, Mapping

import pytest

from modelaudit.domain.usage import Confidence, Linked, Usage

LinkTree = Callable[[Mapping[str, str]], Linked]

CALL = "from openai import OpenAI\n"


def reaching(linked: Linked) -> dict[str, set[tuple[str, int]]]:
    """Text of each literal to the (path, line) of the sites that it reaches."""
    found: dict[str, set[tuple[str, int]]] = {}
    for usage in linked.usages:
        if usage.site is not None:
            found.setdefault(usage.literal.text, set()).add((usage.site.path, usage.site.site.span.line))
    return found


def one(linked: Linked) -> Usage:
    """The only usage with a site."""
    (usage,) = (usage for usage in linked.usages if usage.site is not None)
    return usage


def snippet(link_tree: LinkTree, code: str) -> set[str]:
    """Literals that reach the one SDK call of a snippet."""
    return set(reaching(link_tree({"case.py": CALL + code})))


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ('A = {"x": "gpt-4", "y": "gpt-4o"}\nOpenAI().responses.create(model=A["x"])', {"gpt-4"}),
        ('A = {"x": "gpt-4", "y": "gpt-4o"}\nfor m in A.values():\n    OpenAI().responses.create(model=m)', {"gpt-4", "gpt-4o"}),
        ('A = {"gpt-4": 1}\nfor m in A:\n    OpenAI().responses.create(model=m)', {"gpt-4"}),
        ('A = ["gpt-4", "gpt-4o"]\nOpenAI().responses.create(model=A[-1])', {"gpt-4o"}),
        ('M = "openai/gpt-4"\nOpenAI().responses.create(model=M.split("/")[1])', {"openai/gpt-4"}),
        ('M = "openai/gpt-4"\np, m = M.split("/", 1)\nOpenAI().responses.create(model=m)', {"openai/gpt-4"}),
        ('def f(m, t):\n    OpenAI().responses.create(model=m)\na = ("gpt-4", 1)\nf(*a)', {"gpt-4"}),
        ('def f(t, **k):\n    OpenAI().responses.create(**k)\nf(1, model="gpt-4")', {"gpt-4"}),
        ('x = []\nx.append("gpt-4")\nfor m in x:\n    OpenAI().responses.create(model=m)', {"gpt-4"}),
    ],
)
def test_values_are_followed(link_tree: LinkTree, code: str, wanted: set[str]) -> None:
    assert snippet(link_tree, code) == wanted


def test_a_changed_copy_covers_what_the_original_had(link_tree: LinkTree) -> None:
    code = """
class Config(NamedTuple):
    model: str = "gpt-4"
    name: str = "gpt-4o"

config = Config()._replace(model="gpt-4-0613")
"""
    assert snippet(link_tree, code + "OpenAI().responses.create(model=config.model)") == {"gpt-4-0613"}
    assert snippet(link_tree, code + "OpenAI().responses.create(model=config.name)") == {"gpt-4o"}


def test_an_enum_gives_a_loop_its_members(link_tree: LinkTree) -> None:
    code = 'class M(Enum):\n    A = "gpt-4"\n    B = "gpt-4o"\n    def f(self):\n        pass\n'
    code += "for m in M:\n    OpenAI().responses.create(model=m.value)"
    assert snippet(link_tree, "from enum import Enum\n" + code) == {"gpt-4", "gpt-4o"}


def test_super_reaches_the_parent_and_not_an_attribute_of_that_name(link_tree: LinkTree) -> None:
    code = """
class Base:
    def __init__(self, name, model):
        self.model = model
    def ask(self):
        OpenAI().responses.create(model=self.model)
class Bot(Base):
    def __init__(self):
        super().__init__("bot", "gpt-4")
"""
    assert snippet(link_tree, code) == {"gpt-4"}


@pytest.mark.parametrize("split", ['whole.split("/", 1)[1]', 'whole.rsplit("/")[-1]', 'whole.partition("/")[2]'])
def test_a_part_of_a_composed_text_is_written_where_it_is_written(link_tree: LinkTree, split: str) -> None:
    """Not where the longest piece of the whole is, which names no model."""
    linked = link_tree(
        {
            "names.py": 'MODEL = "gpt-4"',
            "case.py": f"""
            from openai import OpenAI
            from names import MODEL
            provider = "a-very-long-provider"
            whole = provider + "/" + MODEL
            OpenAI().responses.create(model={split})
            """,
        }
    )
    found = {(usage.path, usage.literal.text) for usage in linked.usages if usage.site is not None}
    assert found == {("names.py", "gpt-4")}


def test_a_group_of_a_router_stands_for_its_models(link_tree: LinkTree) -> None:
    linked = link_tree(
        {
            "router.py": """
            from litellm import Router
            router = Router(model_list=[
                {"model_name": "gpt-4", "litellm_params": {"model": "gpt-4o-mini"}},
                {"model_name": "gpt-4", "litellm_params": {"model": "claude-3-haiku-20240307"}},
            ])
            router.completion(model="gpt-4", messages=[])
            """
        }
    )
    assert reaching(linked) == {
        "gpt-4o-mini": {("router.py", 2), ("router.py", 6)},
        "claude-3-haiku-20240307": {("router.py", 2), ("router.py", 6)},
    }


def test_a_model_list_of_another_file_reaches_the_router(link_tree: LinkTree) -> None:
    linked = link_tree(
        {
            "models.py": 'MODELS = [{"model_name": "fast", "litellm_params": {"model": "gpt-4o-mini"}}]',
            "router.py": "from litellm import Router\nfrom models import MODELS\nrouter = Router(model_list=MODELS)",
        }
    )
    assert reaching(linked) == {"gpt-4o-mini": {("router.py", 3)}}


def test_fallbacks_are_told_from_the_model(link_tree: LinkTree) -> None:
    linked = link_tree({"case.py": 'import litellm\nlitellm.completion("gpt-4", [], fallbacks=["gpt-4o", {"model": "gpt-4o-mini"}])'})
    assert {usage.literal.text: usage.fallback for usage in linked.usages if usage.site} == {
        "gpt-4": False,
        "gpt-4o": True,
        "gpt-4o-mini": True,
    }


@pytest.mark.parametrize(("made", "why"), [("get_llm(kind)", 0), ("pick(kind)", 1)])
def test_what_a_factory_of_a_library_makes_for_an_agent_is_an_object(link_tree: LinkTree, made: str, why: int) -> None:
    code = f"from langchain.agents import create_agent\nfrom elsewhere import get_llm, pick\nagent = create_agent(model={made}, tools=[])\n"
    assert len(link_tree({"case.py": code}).unresolved) == why


def test_a_model_object_is_no_unresolved_site(link_tree: LinkTree) -> None:
    linked = link_tree(
        {
            "case.py": """
            from pydantic_ai import Agent
            from pydantic_ai.models.openai import OpenAIModel
            agent = Agent(OpenAIModel("gpt-4o"))
            """
        }
    )
    assert reaching(linked) == {"gpt-4o": {("case.py", 3)}}
    assert linked.unresolved == ()


def test_a_wrapper_without_any_id_is_no_unresolved_site(link_tree: LinkTree) -> None:
    linked = link_tree({"case.py": "from litellm import Router\nrouter = Router(model_list=load())"})
    assert linked.unresolved == ()


def test_every_hop_is_named(link_tree: LinkTree) -> None:
    linked = link_tree(
        {
            "pkg/a.py": 'SUMMARY_MODEL = "gpt-4-0613"',
            "pkg/__init__.py": "from .a import SUMMARY_MODEL",
            "b.py": CALL + "from pkg import SUMMARY_MODEL\ndef ask(text, model=SUMMARY_MODEL):\n    OpenAI().responses.create(model=model)",
            "c.py": 'from b import ask\nask("hello")',
        }
    )
    assert [(step.path, step.what) for step in one(linked).flow] == [
        ("pkg/a.py", "constant SUMMARY_MODEL"),
        ("pkg/__init__.py", "imported from .a"),
        ("b.py", "imported from pkg"),
        ("b.py", "default of parameter model of ask()"),
    ]
    assert one(linked).confidence is Confidence.CERTAIN


def test_an_unset_variable_leaves_the_site_unresolved_with_a_reason(link_tree: LinkTree) -> None:
    linked = link_tree({"case.py": CALL + 'import os\nOpenAI().responses.create(model=os.environ["MODEL"])'})
    assert [entry.why for entry in linked.unresolved] == ["environment variable MODEL is set outside the scanned tree"]


def test_tables_poured_into_one_another_do_not_multiply(link_tree: LinkTree) -> None:
    """Forty layers of two tables lead to the same unknown in 2**40 ways; it is kept once."""
    layers = "".join(f"    x{n}, y{n} = {{**x{n - 1}, **y{n - 1}}}, {{**y{n - 1}, **x{n - 1}}}\n" for n in range(1, 41))
    code = "def ask(n, k):\n    x0, y0 = {k: n.a}, {k: n.b}\n" + layers + '    OpenAI().responses.create(model=x40["model"])\n'
    assert snippet(link_tree, code) == set()


def test_a_list_that_is_poured_into_itself_does_not_hide_what_comes_behind_it(link_tree: LinkTree) -> None:
    """The ways through such a list double with every turn; they were walked until the site had no terms left."""
    code = """
        from openai import OpenAI


        class Team:
            def __init__(self, members, spare):
                self.members = list(members)
                self.first = [*self.members, spare]

            def join(self):
                self.members = [*self.members, *self.members]

            def merge(self):
                self.members = [*self.members, *self.members, *self.members]

            def ask(self):
                for model in self.first:
                    OpenAI().responses.create(model=model)


        Team([], "gpt-4").ask()
        """
    linked = link_tree({"case.py": code})
    assert reaching(linked) == {"gpt-4": {("case.py", 17)}}
    assert linked.unresolved == ()


def test_functions_that_all_call_one_another_do_not_hide_a_default(link_tree: LinkTree) -> None:
    """The ways through them are as many as the orders they can be called in; each parameter is looked at once all the same."""
    names = [f"step{number}" for number in range(9)]
    lines = ["from openai import OpenAI", 'DEFAULT = "gpt-4"']
    for name in names:
        lines.append(f"def {name}(model):")
        lines.extend(["    OpenAI().responses.create(model=model or DEFAULT)"] if name == names[0] else [])
        lines.extend(f"    {other}(model)" for other in names if other != name)
    linked = link_tree({"case.py": "\n".join(lines)})
    assert reaching(linked) == {"gpt-4": {("case.py", 4)}}
    assert linked.unresolved == ()
