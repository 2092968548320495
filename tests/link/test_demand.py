"""Which names lead from the files read to those not read: all under which an ID travels, and not all that it comes near."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from modelaudit.domain.facts import FileFacts
from modelaudit.link.demand import Demands
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
