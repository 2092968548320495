"""What language a piece of text inside another file is written in."""

from __future__ import annotations

import re

from modelaudit.domain.document import Path
from modelaudit.domain.pattern import late

_BY_KEY = {
    "run": "shell",
    "script": "shell",
    "before_script": "shell",
    "after_script": "shell",
    "command": "shell",
    "args": "shell",
    "cmd": "shell",
    "cmds": "shell",
    "entrypoint": "shell",
    "bash": "shell",
    "shell": "shell",
    "inlineScript": "shell",
    "claude_args": "shell",
    "ZipFile": "python",
    "InlineCode": "python",
    "settings": "json",
    "DefinitionString": "json",
}
_BY_SUFFIX = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".toml": "toml",
    ".env": "env",
    ".py": "python",
    ".sh": "shell",
    ".ini": "ini",
    ".cfg": "ini",
    ".conf": "ini",
    ".properties": "properties",
    ".tf": "hcl",
}
_PYTHON = late(r"^(?:from [\w.]+ import |import \w|def \w+\(|#!.*python)", re.MULTILINE)
_FENCE = late(r"^[ \t]*(?:```|~~~)", re.MULTILINE)
"""Markdown: what looks like a program in it is an example."""
_JSON = late(r"\s*(?:\{\s*[\"}]|\[\s*[\"{\[\]])")
_KEYED = late(r"^[ \t]*(?:- )?[\w.-]+:(?:[ \t]|$)", re.MULTILINE)


def language_of(path: Path, text: str) -> str | None:
    """The language of a scalar, by what it looks like and by the keys above it; None for plain text."""
    if _JSON.match(text):
        return "json"
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    suffix = key[key.rfind(".") :] if "." in key else ""
    language = _BY_SUFFIX.get(suffix) or _BY_KEY.get(key)
    if language == "json":
        return None
    if "\n" in text and language in (None, "shell") and _PYTHON.search(text) and not _FENCE.search(text):
        return "python"
    if language == "python" and "\n" not in text:
        return None
    if language is None and text.count("\n") > 1 and len(_KEYED.findall(text)) * 2 > text.count("\n"):
        return "yaml"
    return language
