"""`names`: the project's deployments and aliases are followed like model IDs, with the prefilter and without."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from modelaudit.config.settings import DEFAULT, OwnName
from modelaudit.engine import audit
from modelaudit.engine.names import stems

FILES = {
    "app/llm.py": "from openai import AzureOpenAI\nclient = AzureOpenAI()\n",
    "app/use.py": 'from app.llm import client\nNAME = "Summariser-prod"\nclient.chat.completions.create(model=NAME, messages=[])\n',
    "config.yaml": "model: Summariser-prod\n",
    "prose.py": '"""The Summariser-prod is down."""\ntitle = "Summariser-prod"\n',
}


@pytest.mark.parametrize("prefilter", [True, False])
def test_an_own_name_is_judged_as_the_model_behind_it(prefilter: bool, tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    names = (OwnName("Summariser-prod", "gpt-4-0613", platform="azure"),)
    report = audit(DEFAULT._replace(names=names, base=str(tmp_path), prefilter=prefilter), (str(tmp_path),), date(2026, 11, 21))
    found = [(one.usage.path, one.rule, one.verdict.identity.model, one.verdict.platform) for one in report.findings]
    assert found == [
        ("app/use.py", "retired-model", "gpt-4-0613", "azure"),
        ("config.yaml", "retired-model", "gpt-4-0613", "azure"),
    ]
    assert report.findings[0].sites[0].placed is not None


def test_names_beyond_ascii_have_every_file_read() -> None:
    assert stems((OwnName("Fast", "x"), OwnName("a-1", "y"))) == (b"a-1", b"fast")
    assert stems((OwnName("schnell-für-alle", "x"),)) is None
    assert stems(()) == ()
