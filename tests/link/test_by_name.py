"""Calls on a receiver of unknown class: which method of that name is meant must not depend on files that have nothing to do with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import pytest

from modelaudit.domain.usage import Linked


class Joined(Protocol):
    """What `conftest` gives."""

    def ways(self) -> set[str]: ...


JoinTree = Callable[[Mapping[str, str]], Joined]
LinkTree = Callable[[Mapping[str, str]], Linked]

MOONSHOT = """
    import requests


    class Client:
        def complete_all(self, request):
            return requests.post("https://api.example.com/v1/chat/completions", json=request)


    class Common:
        client: object
        model: str = "moonshot-v1-8k"

        def ask(self, text):
            request = self.params
            request["messages"] = text
            return self.client.complete_all(request)

        @property
        def params(self):
            return {"model": self.model}
"""
SOLAR = """
    class Other:
        def complete_all(self, request):
            return request
"""
CALLER = """
    class Common:
        model = "gpt-4o"


    class Bot(Common):
        def run(self):
            return self.client.transcribe_all(self.model)
"""
CLIENT = """
    import openai


    class Client:
        def transcribe_all(self, model):
            return openai.OpenAI().chat.completions.create(model=model, messages=[])
"""
NAMESAKE = """
    class Tape:
        def transcribe_all(self, speed):
            return speed
"""
EXAMPLE = """
    class Tape:
        '''Made for those who write

            def transcribe_all(self, speed):
        '''
"""


def ways(linked: Linked) -> set[tuple[str, int, str, int]]:
    return {
        (usage.path, usage.literal.span.line, usage.site.path, usage.site.site.span.line)
        for usage in linked.usages
        if usage.site is not None
    }


def test_a_method_of_the_same_file_is_meant_whatever_other_files_define(link_tree: LinkTree) -> None:
    alone = ways(link_tree({"moonshot.py": MOONSHOT}))
    assert alone == {("moonshot.py", 11, "moonshot.py", 6)}
    assert ways(link_tree({"moonshot.py": MOONSHOT, "solar.py": SOLAR})) == alone


def test_a_large_tree_does_not_spend_what_a_call_may_cost(link_tree: LinkTree) -> None:
    # There is a second method of that name, so only the object tells which is meant, and a class below says which object it is.
    made = MOONSHOT + SOLAR + "\n\n    class Bot(Common):\n        client = Client()\n"
    classes = "class First:\n    pass\n" + "".join(
        f"\n\nclass C{number}({f'C{number - 1}' if number else 'First'}):\n    pass\n" for number in range(800)
    )
    alone = ways(link_tree({"moonshot.py": made}))
    assert alone == {("moonshot.py", 11, "moonshot.py", 6)}
    assert ways(link_tree({"moonshot.py": made, "many.py": classes})) == alone


def test_two_methods_of_the_same_file_are_not_told_apart(link_tree: LinkTree) -> None:
    assert ways(link_tree({"moonshot.py": MOONSHOT + SOLAR})) == set()


def test_the_only_method_of_that_name_is_meant(join_tree: JoinTree) -> None:
    joined = join_tree({"bot.py": CALLER, "client.py": CLIENT})
    assert joined.ways() == {"bot.py:2 > client.py:6"}


def test_a_file_that_nothing_leads_to_makes_a_name_ambiguous_all_the_same(join_tree: JoinTree) -> None:
    known = CLIENT + '\n\n    BEST = "gpt-4.1"\n'
    assert join_tree({"bot.py": CALLER, "client.py": known, "tape.py": NAMESAKE}).ways() == set()


def test_an_example_in_a_text_is_no_definition(join_tree: JoinTree) -> None:
    known = CLIENT + '\n\n    BEST = "gpt-4.1"\n'
    assert join_tree({"bot.py": CALLER, "client.py": known, "tape.py": EXAMPLE}).ways() == {"bot.py:2 > client.py:6"}


CARRIED = """
    import requests


    class Client:
        def transcribe_all(self, model):
            return requests.post("https://api.example.com/v1/chat/completions", json={"model": model})
"""
BASE = """
    class Common:
        model = "gpt-4o"
"""
BOT = """
    from base import Common


    class Bot(Common):
        def run(self):
            return self.client.transcribe_all(self.model)
"""
MIXIN = """
    class Running:
        def run(self):
            return self.client.transcribe_all(self.model)
"""
MIXED = """
    from running import Running


    class Bot(Running):
        model = "gpt-4o"
"""


@pytest.mark.parametrize(
    ("files", "start"),
    [
        ({"bot.py": CALLER}, "bot.py:2"),
        ({"base.py": BASE, "bot.py": BOT}, "base.py:2"),
        ({"running.py": MIXIN, "bot.py": MIXED}, "bot.py:5"),
    ],
    ids=["inherited in a file", "inherited across files", "set below"],
)
def test_an_attribute_carries_in_all_classes_of_a_line(join_tree: JoinTree, files: dict[str, str], start: str) -> None:
    assert join_tree({**files, "client.py": CARRIED}).ways() == {f"{start} > client.py:6"}


def test_a_method_of_a_base_class_in_another_file_is_read(join_tree: JoinTree) -> None:
    base = CARRIED.replace("class Client", "class Wide")
    bot = """
        from client import Wide


        class Bot(Wide):
            def run(self):
                return self.transcribe_all("gpt-4o")
    """
    assert join_tree({"client.py": base, "bot.py": bot}).ways() == {"bot.py:6 > client.py:6"}


def test_the_class_of_the_receiver_is_read_where_two_have_the_method(join_tree: JoinTree) -> None:
    files = {
        "bot.py": 'from helpers import get_client\n\n\ndef run():\n    return get_client().transcribe_all("gpt-4o")\n',
        "helpers.py": "from client import Client\n\n\ndef get_client():\n    return Client()\n",
        "client.py": CLIENT,
        "tape.py": NAMESAKE,
    }
    assert join_tree(files).ways() == {"bot.py:5 > client.py:6"}


def test_a_module_that_was_not_read_is_not_taken_for_a_namesake(join_tree: JoinTree) -> None:
    ask = """
        import openai
        from config import MODEL


        def ask():
            return openai.OpenAI().chat.completions.create(model=MODEL, messages=[])
    """
    files = {"a/app.py": ask, "a/config.py": 'import os\n\nMODEL = os.environ["X"]\n', "b/app.py": ask, "b/config.py": 'MODEL = "gpt-4o"\n'}
    assert join_tree(files).ways() == {"b/config.py:1 > b/app.py:6"}


BOTS = """
    class Bot:
        def __init__(self, model):
            self.model = model
"""
ANNOTATED = """
    import openai
    from bots import Bot


    def ask(bot: Bot):
        return openai.OpenAI().responses.create(model=bot.model)
"""
INHERITED = """
    import openai
    from bots import Bot


    class Small(Bot):
        def ask(self):
            return openai.OpenAI().responses.create(model=self.model)
"""


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"ask.py": ANNOTATED, "main.py": 'from bots import Bot\n\nBOT = Bot("gpt-4o")\n'}, {"main.py:3 > ask.py:6"}),
        ({"ask.py": INHERITED, "main.py": 'from ask import Small\n\nSmall("gpt-4o").ask()\n'}, {"main.py:3 > ask.py:7"}),
    ],
    ids=["annotated", "inherited"],
)
def test_an_instance_is_followed_to_where_its_class_is_named(join_tree: JoinTree, files: dict[str, str], expected: set[str]) -> None:
    assert join_tree({"bots.py": BOTS, **files}).ways() == expected


HELPER = "import openai\n\n\ndef run(name):\n    return openai.OpenAI().responses.create(model=name)\n"
PARSER = """
    import argparse
    from helper import run


    def main():
        parser = argparse.ArgumentParser()
        parser.add_argument("--model", default="gpt-4o")
        args = parser.parse_args()
        run(args.model)
"""


def test_an_option_leads_to_the_file_that_is_given_it(join_tree: JoinTree) -> None:
    assert join_tree({"main.py": PARSER, "helper.py": HELPER}).ways() == {"main.py:7 > helper.py:5"}


def test_a_command_line_leads_to_the_script_that_it_runs(join_tree: JoinTree) -> None:
    main = PARSER.replace(', default="gpt-4o"', "")
    files = {"run.sh": "python app/main.py --model gpt-4o\n", "app/main.py": main, "app/helper.py": HELPER, "other/main.py": main}
    assert join_tree(files).ways() == {"run.sh:1 > app/helper.py:5"}
