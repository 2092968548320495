"""Compiles the rules feed into the wheel, so that an installed program opens one file instead of parsing TOML."""

import os
import sys

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FeedHook(BuildHookInterface):  # type: ignore[type-arg]
    """Puts `index.bin` beside the rules in the wheel. An editable install reads the checkout's rules, so it needs none."""

    def initialize(self, version: str, build_data: dict[str, dict[str, str]]) -> None:
        """Compile, and name the file to be included."""
        if version == "editable":
            return
        sys.path.insert(0, os.path.join(self.root, "src"))
        from modelaudit.feed.compile import compile_feed
        from modelaudit.feed.index import write_beside

        path = os.path.join(self.root, "build", "index.bin")
        write_beside(path, compile_feed((os.path.join(self.root, "rules"),)))
        build_data["force_include"][path] = "modelaudit/_rules/index.bin"
