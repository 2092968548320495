"""Which unread files a demand asks for."""

from __future__ import annotations

import pytest

from modelaudit.engine.search import Search
from modelaudit.link.demand import NO_DEMAND

SELECTOR = Search(NO_DEMAND._replace(uses=(("Selector", ("selector",)),), stars=("selector",), methods=("ask_all",)))


@pytest.mark.parametrize(
    "text",
    [
        "from helpers.selector import Selector\n",
        "from helpers.selector import (\n    Selector,\n)\n",
        "from helpers import (\n    other,\n    selector,  # why\n)\nselector.Selector()\n",
        "from helpers import other, \\\n    selector\nselector.Selector()\n",
        "import helpers.selector as s\ns.Selector\n",
        "if x: import selector; selector.Selector\n",
        "from .selector import Selector\r\n",
        "from helpers.selector import *\n",
        "from helpers import selector\nSelector",
    ],
)
def test_a_file_that_may_import_the_name_is_wanted(text: str) -> None:
    assert SELECTOR.of(text.encode(), python=True).wanted


@pytest.mark.parametrize(
    "text",
    [
        "Selector = find('selector')\n",
        "# a selector\nclass Selector: ...\n",
        "from helpers.selector import Chooser\n",
        "from helpers.selectors import Selector\n",
        "from helpers.selector import MySelector\n",
        "from other import *\nx['selector'] = 1\n",
    ],
)
def test_a_file_that_only_holds_the_words_is_not(text: str) -> None:
    assert not SELECTOR.of(text.encode(), python=True).wanted


@pytest.mark.parametrize(
    ("text", "methods"),
    [
        ("def ask_all(self): ...\n", (b"ask_all",)),
        ("def  ask_all(self): ...\n", (b"ask_all",)),
        ("def \\\n  ask_all(self): ...\n", (b"ask_all",)),
        ("def ask_all_of(self): ...\n", ()),
        ("bot.ask_all()\n", ()),
        ("def Ask_All(self): ...\n", ()),
    ],
)
def test_methods_are_noted_where_they_are_defined(text: str, methods: tuple[bytes, ...]) -> None:
    assert SELECTOR.of(text.encode(), python=True).methods == methods
