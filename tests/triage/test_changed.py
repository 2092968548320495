"""Changed lines, read from real git output."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from triage_examples import finding

from modelaudit.triage.changed import read_diff, touched

DIFF = """\
diff --git app/a.py app/a.py
index 1..2 100644
--- app/a.py
+++ app/a.py
@@ -3 +3,2 @@ def f():
-old
+new
+newer
@@ -10,2 +11,0 @@
---- gone
-gone
diff --git app/b.py app/b.py
deleted file mode 100644
--- app/b.py
+++ /dev/null
@@ -1 +0,0 @@
-x
diff --git "app/\\303\\251 x.py" "app/\\303\\251 x.py"
--- /dev/null
+++ "app/\\303\\251 x.py"
@@ -0,0 +1 @@
++++ app/c.py
\\ No newline at end of file
"""


def test_hunks() -> None:
    assert read_diff(DIFF) == {"app/a.py": ((3, 4), (11, 12)), "app/é x.py": ((1, 1),)}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"app/settings.py": ((12, 12),)}, True),
        ({"app/settings.py": ((1, 11), (13, 20))}, False),
        ({"app/call.py": ((40, 44),)}, True),
        ({"app/way.py": ((7, 7),)}, True),
        ({"app/other.py": ((1, 99),)}, False),
        ({}, False),
    ],
    ids=["the literal", "around it", "a site", "a step", "elsewhere", "nothing"],
)
def test_touched(changed: dict[str, tuple[tuple[int, int], ...]], expected: bool) -> None:
    one = finding(line=12, sites=[("app/call.py", 42)], steps=[("app/way.py", 7)])
    assert touched(one, changed) is expected


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    read_diff(text)


_LINES = st.lists(st.sampled_from(["a", "b", "+++ x", "--- y", "@@ -1 +1 @@", ""]), max_size=12)


@settings(deadline=None, max_examples=40)  # two runs of git each
@given(_LINES, _LINES)
def test_every_added_line_is_found(before: list[str], after: list[str]) -> None:
    """Against difflib as the judge of what changed: whatever git calls added, the reader must name."""
    with_git = _git_added(before, after)
    if with_git is not None:
        diff, added = with_git
        lines = {line for first, last in read_diff(diff).get("f", ()) for line in range(first, last + 1)}
        assert added <= lines


def _git_added(before: list[str], after: list[str]) -> tuple[str, set[int]] | None:
    """The diff of two versions by git, and the numbers of the lines it adds, counted from a diff with all context."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        old, new = Path(folder, "f"), Path(folder, "new")
        old.write_text("".join(f"{line}\n" for line in before))
        new.write_text("".join(f"{line}\n" for line in after))
        texts = []
        for unified in (0, 99):
            command = ["git", "diff", "--no-index", "--no-prefix", f"--unified={unified}", "f", "new"]
            try:
                texts.append(subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout)
            except FileNotFoundError:
                return None
    body = texts[1].split("@@\n", 1)[-1] if texts[1] else ""
    added, number = set(), 0
    for line in body.splitlines():
        if line[:1] in "+ ":
            number += 1
        if line[:1] == "+":
            added.add(number)
    return texts[0].replace("+++ new\n", "+++ f\n", 1), added
