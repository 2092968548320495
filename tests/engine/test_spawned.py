"""Where processes cannot be forked they are started anew: everything that a round needs must travel to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from modelaudit import parallel
from modelaudit.config.settings import Settings
from modelaudit.domain.facts import FileFacts
from modelaudit.engine import call_vocabulary, discover_tree, gather
from modelaudit.feed.load import load
from modelaudit.identify.identifier import Identifier

FILES = {
    "config.py": 'MODEL = "gpt-4o"\n',
    "app.py": "from config import MODEL\nfrom helpers import ask\n\nask(MODEL)\n",
    "helpers.py": "import openai\n\n\ndef ask(name):\n    return openai.OpenAI().responses.create(model=name)\n",
    "by_name.py": "import config\n\nunknown().ask_the_model(config.MODEL)\n",
    "method.py": "class Bot:\n    def ask_the_model(self, name):\n        self.name = name\n",
    "other.py": "print('nothing')\n",
    "values.yaml": "model: gpt-4o\n",
}


def gathered(root: Path, jobs: int) -> tuple[FileFacts, ...]:
    settings = Settings(base=str(root), respect_gitignore=False, jobs=jobs, cache=False)
    feed = load(None, None)
    tree = discover_tree(settings, (str(root),))
    return gather(settings, feed, Identifier(feed), call_vocabulary(settings, feed), tree).facts


def test_started_processes_find_what_one_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    alone = gathered(tmp_path, 1)
    monkeypatch.setattr(parallel, "_may_fork", lambda: False)
    monkeypatch.setattr(parallel, "MANY_TO_SPAWN", 1)
    assert [facts.path for facts in alone] == ["app.py", "by_name.py", "config.py", "helpers.py", "method.py", "values.yaml"]
    assert gathered(tmp_path, 2) == alone
