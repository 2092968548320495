"""Which files are configuration; one that only mentions the program is not even parsed."""

from __future__ import annotations

from pathlib import Path

import pytest

from modelaudit.config.find import nearest


@pytest.mark.parametrize(
    "text",
    [
        "[tool.modelaudit]\nstrict = true\n",
        "[ tool . modelaudit ]\nstrict = true\n",
        '["tool".modelaudit]\nstrict = true\n',
        "['tool' . 'modelaudit']\nstrict = true\n",
        '[tool."modelaudit"]\nstrict = true\n',
        "[tool]\nmodelaudit = { strict = true }\n",
        "[ tool\t]\nmodelaudit.strict = true\n",
        "tool.modelaudit.strict = true\n",
        "tool = { modelaudit = { strict = true } }\n",
    ],
)
def test_a_table_is_found_however_it_is_spelled(text: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    found = nearest(str(tmp_path))
    assert found is not None
    assert found.table == {"strict": True}


@pytest.mark.parametrize("text", ['[project]\nname = "modelaudit"\n', "[tool.ruff]\n# modelaudit\nmodelaudit = [\n"])
def test_a_file_that_only_mentions_the_program_is_not_parsed(text: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    assert nearest(str(tmp_path)) is None
