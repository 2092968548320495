"""The line of a key, checked against files that the TOML reader accepts."""

from __future__ import annotations

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from modelaudit.config.lines import Path, line_of

TEXT = '''\
# [tool.modelaudit]
[project]
name = "x"

[tool.modelaudit]
risk = "low"
text = """
[tool.modelaudit.names]
fail-on = 1
"""
fail-on = "high"
deny = [
  "a",
  { publisher = "b" },
]
names."a b" = "c"
inline = { one = 1, two = { three = 3 } }

[[tool.modelaudit.ignore]]
rule = "x"

[[tool.modelaudit.ignore]] # second
rule = "y"
until = 1
[tool.modelaudit.exposure]
"src/**" = "ci"
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("risk",), 6),
        (("fail-on",), 11),
        (("deny",), 12),
        (("deny", 1), 12),
        (("deny", 1, "publisher"), 14),
        (("names", "a b"), 16),
        (("inline", "two", "three"), 17),
        (("ignore",), 19),
        (("names",), 16),
        (("exposure",), 25),
        (("ignore", 0, "rule"), 20),
        (("ignore", 1), 22),
        (("ignore", 1, "until"), 24),
        (("exposure", "src/**"), 26),
        (("missing",), 5),
    ],
)
def test_line(path: Path, line: int) -> None:
    tomli.loads(TEXT)
    assert line_of(TEXT, ("tool", "modelaudit", *path)) == line


@given(st.text(max_size=200), st.lists(st.one_of(st.text(max_size=5), st.integers(0, 3)), max_size=4))
def test_any_text_gives_a_line_of_it(text: str, path: list[str | int]) -> None:
    assert 1 <= line_of(text, tuple(path)) <= max(1, len(text.splitlines()))
