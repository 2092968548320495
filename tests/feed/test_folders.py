"""Our own rule for the cache folder gives what `platformdirs` gives."""

from __future__ import annotations

import sys

import pytest
from platformdirs import user_cache_dir

from modelaudit.feed.folders import user_cache


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is platformdirs itself")
@pytest.mark.parametrize("folder", [None, "", " ", "/var/own/cache", "relative"])
def test_the_folder_is_that_of_platformdirs(folder: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    if folder is not None:
        monkeypatch.setenv("XDG_CACHE_HOME", folder)
    assert user_cache() == user_cache_dir("modelaudit", appauthor=False)
