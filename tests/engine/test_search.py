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


BOT = Search(NO_DEMAND._replace(classes=(("Bot", ("bots",)),)))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("from app.bots import Bot\nbot = Bot(name)\n", False),
        ("from app.bots import (\n    Bot,\n    Other,\n)\nbot = Bot (name)\n", False),
        ("from app.bots import Bot  # Bot\n", False),
        ("from app.bots import Bot\n\n\nclass Mine(Bot):\n    pass\n", True),
        ("from app.bots import Bot\n\n\nclass Mine(\n    Other,\n    Bot,\n):\n    pass\n", True),
        ("from app.bots import Bot\n\n\ndef use(bot: Bot): ...\n", True),
        ("from app.bots import Bot\n\n\ndef use(bot: 'Bot | None'): ...\n", True),
        ("from app.bots import Bot\nBOTS = [Bot]\n", True),
        ("from app import bots\nbots.Bot(1)\n", False),
        ("from app import bots\nBOTS = bots.Bot\n", True),
        ("class Mine(Bot):\n    bots = 1\n", False),
    ],
)
def test_a_file_that_only_makes_instances_is_not_led_to_by_their_class(text: str, *, wanted: bool) -> None:
    assert BOT.of(text.encode(), python=True).wanted is wanted
