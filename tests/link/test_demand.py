"""Which names lead from the files read to those not read: all under which an ID travels, and not all that it comes near."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from modelaudit.domain.facts import FileFacts
from modelaudit.link.demand import NO_DEMAND, Demands
from modelaudit.link.modules import Modules

ExtractTree = Callable[[Mapping[str, str]], tuple[FileFacts, ...]]
IMPORTS = "from app.core import Core, core, clean, start\nfrom app.tools import same, again\n"
TOOLS = "def same(x):\n    y = x\n    return y\n\n\ndef again(x):\n    return same(x)\n"
CORE = 'class Core:\n    model = "gpt-4o"\n    depth = 3\n\n\ncore = Core()\n'


def names(extract_tree: ExtractTree, text: str) -> set[str]:
    files = {"app/core.py": CORE, "app/tools.py": TOOLS, "app/use.py": IMPORTS + text}
    return {name for name, _ in Demands(Modules(files)).of(extract_tree(files)).uses}


@pytest.mark.parametrize(
    "text",
    [
        "found = core.model\n",
        "found = core\n",
        "found = same(core.model)\n",
        "found = again(core.model)\n",
        'found = same("gpt-4o")\n',
        'found = {"llm": {"name": "gpt-4o"}}\n',
        "class Box:\n    def __init__(self, part):\n        self.part = part\n\n\nbox = Box(core.model)\nfound = box.part\n",
        "def pick(x):\n    return core.model\n\n\nfound = pick(1)\n",
        'def pick(x="gpt-4o"):\n    return x\n\n\nfound = pick()\n',
        "def outer(x):\n    def inner():\n        return x\n\n    return inner()\n\n\nfound = outer(core.model)\n",
    ],
)
def test_a_name_that_carries_is_searched_for(extract_tree: ExtractTree, text: str) -> None:
    assert "found" in names(extract_tree, text)


@pytest.mark.parametrize(
    "text",
    [
        "found = core.depth\n",
        "found = same(core.depth)\nother = same(core.model)\n",
        "def found():\n    here = core.model\n    return 1\n",
        "def found(x):\n    return same(x)\n\n\nfound(core.model)\n",
    ],
)
def test_a_name_that_is_only_near_one_is_not(extract_tree: ExtractTree, text: str) -> None:
    assert "found" not in names(extract_tree, text)


def test_rounds_find_what_one_search_of_all_files_finds(extract_tree: ExtractTree) -> None:
    files = {"app/core.py": CORE, "app/tools.py": TOOLS, "app/use.py": IMPORTS + "found = again(core.model)\n"}
    facts, modules = extract_tree(files), Modules(files)
    demands = Demands(modules)
    for count in range(1, len(facts) + 1):
        assert demands.of(facts[:count]) == Demands(modules).of(facts[:count])


HELPERS = "from app.impl import Client\n\n\ndef get_client():\n    return Client()\n"
IMPL = "class Client:\n    def ask_model(self, name):\n        return name\n"
BASE = "class Base:\n    def run_base(self):\n        return self.model\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"app/use.py": 'from app.helpers import get_client\nget_client().ask_model("gpt-4o")\n'}, {"app/helpers.py"}),
        (
            {"app/use.py": 'from app.helpers import get_client\nget_client().ask_model("gpt-4o")\n', "app/helpers.py": HELPERS},
            {"app/impl.py"},
        ),
        ({"app/use.py": 'import app.impl\napp.impl.Client().ask_model("gpt-4o")\n'}, {"app/impl.py"}),
        ({"app/use.py": 'from app import impl\nimpl.start("gpt-4o")\n'}, {"app/impl.py"}),
        ({"app/use.py": 'from app.impl import *\nstart("gpt-4o")\n'}, {"app/impl.py"}),
        (
            {"app/use.py": "from app.impl import Client\n\n\ndef go(client: Client):\n    client.ask_model('gpt-4o')\n"},
            {"app/impl.py"},
        ),
        ({"app/use.py": 'from app.base import Base\n\n\nclass Bot(Base):\n    model = "gpt-4o"\n'}, {"app/base.py"}),
        ({"app/use.py": 'from app.base import Base\nBase(model="gpt-4o")\n'}, {"app/base.py"}),
        ({"app/use.py": 'from app.impl import Client\nClient().ask_model("nothing")\n'}, set()),
        ({"app/use.py": 'from app.base import Base\n\n\nclass Bot(Base):\n    name = "bot"\n'}, set()),
    ],
    ids=[
        "factory",
        "factory read",
        "module",
        "module of a package",
        "star",
        "annotation",
        "base",
        "constructor",
        "no ID",
        "no ID in a class",
    ],
)
def test_the_file_that_is_called_is_wanted(extract_tree: ExtractTree, files: dict[str, str], expected: set[str]) -> None:
    every = ("app/helpers.py", "app/impl.py", "app/base.py", *files)
    assert set(Demands(Modules(every)).of(extract_tree(files)).paths) == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import app.core\nfound = app.core.core.model\n", True),
        ("from app import core\nfound = core.core.model\n", True),
        ("from app.core import *\nfound = core.model\n", True),
        ("from app import core\nfound = core.other\n", False),
        ("from other import core\nfound = core.model\n", False),
    ],
)
def test_what_a_module_offers_carries_in_the_files_that_import_it(extract_tree: ExtractTree, text: str, *, found: bool) -> None:
    files = {"app/core.py": CORE, "app/other.py": "core = 1\n", "app/use.py": text}
    names = {name for name, _ in Demands(Modules(files)).of(extract_tree(files)).uses}
    assert ("found" in names) is found


def test_a_method_of_a_library_is_looked_for_nowhere(extract_tree: ExtractTree) -> None:
    text = 'import voluptuous as vol\nvol.Optional("gpt-4o")\nunknown().optional_part("gpt-4o")\n'
    assert Demands(Modules(["a.py"])).of(extract_tree({"a.py": text})).methods == ("optional_part",)


def test_fields_of_a_class_without_constructor_carry(extract_tree: ExtractTree) -> None:
    bot = "@dataclass\nclass Bot:\n    name: str\n    model: str\n\n    def mine(self):\n        return self.model\n"
    text = f"from dataclasses import dataclass\n\n\n{bot}\n\nfound = Bot('x', 'gpt-4o').mine()\n"
    assert "found" in names(extract_tree, text)


def test_only_what_is_new_is_searched_for(extract_tree: ExtractTree) -> None:
    first = Demands(Modules(["a.py"])).of(extract_tree({"a.py": 'ONE = "gpt-4o"\n'}))
    second = Demands(Modules(["a.py", "b.py"])).of(extract_tree({"a.py": 'ONE = "gpt-4o"\n', "b.py": 'TWO = "gpt-4o"\nONE = TWO\n'}))
    assert second.beyond(NO_DEMAND) == second
    assert second.beyond(second) == NO_DEMAND
    assert second.beyond(first).uses == (("ONE", ("b",)), ("TWO", ("b",)))


MADE = """class Bot:
    def __init__(self, model):
        self.model = model

    def mine(self):
        here = self.model
        return here
"""


@pytest.mark.parametrize(
    ("text", "uses", "classes"),
    [
        ("", set(), set()),
        ('bot = Bot("gpt-4o")\n', {"bot"}, {"Bot"}),
        ('found = Bot("gpt-4o").mine()\nother = Bot("x")\n', {"found"}, {"Bot"}),
        ('class Small(Bot):\n    pass\n\n\nsmall = Small("gpt-4o")\n', {"small"}, {"Bot", "Small"}),
        ('Bot("x").model = "gpt-4o"\n', set(), set()),
        ('class Small(Bot):\n    model = "gpt-4o"\n', {"Small", "Bot"}, set()),  # whoever has a Bot may have a Small
    ],
    ids=["no ID", "instance", "method", "subclass", "of no name", "class attribute"],
)
def test_a_class_does_not_lead_on_for_what_its_instances_are_given(
    extract_tree: ExtractTree, text: str, uses: set[str], classes: set[str]
) -> None:
    demand = Demands(Modules(["app/bots.py"])).of(extract_tree({"app/bots.py": f"{MADE}\n\n{text}"}))
    assert {name for name, _ in demand.uses} == uses
    assert {name for name, _ in demand.classes} == classes
