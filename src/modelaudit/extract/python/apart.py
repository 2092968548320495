"""The second parser in a process of its own: it is native code, and foreign text that nests deeply enough ends the process it runs in."""

from __future__ import annotations

import re

_SECONDS = 20
_MESSAGES = re.compile(r"f-string|unterminated string literal")
"""What the old grammar says of a new f-string; of one that goes on in the next line it says the second."""


def lowered_apart(text: str, error: SyntaxError) -> str | None:
    """The text in older syntax (`newer.lowered`); None where the error does not look like newer syntax, or nothing came back."""
    if not _MESSAGES.search(error.msg or ""):
        return None
    import subprocess
    import sys

    command = [sys.executable, "-I", "-m", "modelaudit.extract.python.newer"]
    try:
        done = subprocess.run(command, input=text.encode("utf-8", "surrogatepass"), capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    return done.stdout.decode("utf-8", "surrogatepass") if done.returncode == 0 and done.stdout else None
