"""The folder of this user for what may be built again. Never one that a scanned tree can choose."""

from __future__ import annotations

import os
import sys

NAME = "modelaudit"
BUNDLE = os.path.join("_rules", "index.bin")
"""The compiled feed below the package: it is there in an installed program, and not in a checkout."""


def user_cache() -> str:
    """The user's cache folder for this program.

    On Linux this is the whole rule of `platformdirs`, which takes longer to import than a small file takes to be read; a test compares.
    """
    if sys.platform == "linux":
        base = os.environ.get("XDG_CACHE_HOME", "")
        return os.path.join(base if os.path.isabs(base) else os.path.expanduser("~/.cache"), NAME)
    from platformdirs import user_cache_dir

    return user_cache_dir(NAME, appauthor=False)
