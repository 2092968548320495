"""What names stand for, where programs go in circles."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from modelaudit.domain.facts import FileFacts
from modelaudit.link.demand import Demands
from modelaudit.link.modules import Modules

ExtractTree = Callable[[Mapping[str, str]], tuple[FileFacts, ...]]


def test_attributes_that_refer_to_one_another_are_each_looked_up_once(extract_tree: ExtractTree) -> None:
    # Without a memory of members there are 15 ways out of each, one after another until it is too deep.
    names = [f"part_{number}" for number in range(16)]
    lines = [f"        self.{name} = self.{other}.{other}" for name in names for other in names if other != name]
    made = "\n".join(("class Box:", "    def __init__(self):", *lines))
    text = f"{made}\n\n    def run(self):\n        self.part_0.ask_the_model('gpt-4o')\n"
    demand = Demands(Modules(["box.py"])).of(extract_tree({"box.py": text}))
    assert demand.methods == ("ask_the_model",)


def test_classes_that_are_bases_of_one_another_have_what_each_of_them_has(extract_tree: ExtractTree) -> None:
    files = {
        "one.py": "from two import Two\n\n\nclass One(Two):\n    def ask(self, model):\n        return model\n",
        "two.py": "from one import One\n\n\nclass Two(One):\n    pass\n\n\nfound = Two().ask('gpt-4o')\n",
    }
    assert "found" in {name for name, _ in Demands(Modules(files)).of(extract_tree(files)).uses}
