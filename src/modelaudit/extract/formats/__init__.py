"""One module a file format, each with `NAME`, `PATTERNS` and `parse(text) -> Document`, which raises on no input.

Discovery names a language by the file's name; `reader` finds the module, which is imported only then.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TypeAlias

from modelaudit.domain.document import Document
from modelaudit.extract.lexing.names import names

Parse: TypeAlias = Callable[[str], Document]

_READERS = names(
    """
    yaml json jsonl toml env ini dockerfile hcl bicep shell makefile markdown javascript xml sql modelfile baml groovy text
    """
)
_SAME = {"jsonc": "json", "typescript": "javascript", "properties": "ini", "prompt": "markdown"}
_BY_SUFFIX = {".jsonl": "jsonl", ".bicep": "bicep", ".bicepparam": "bicep", ".baml": "baml"}


def reader(language: str, path: str = "") -> str:
    """The name of the module that reads a language; `text` when none does."""
    suffix = path[path.rfind(".") :].lower() if "." in path else ""
    name = _BY_SUFFIX.get(suffix) or _SAME.get(language, language)
    return name if name in _READERS else "text"


def is_known(language: str) -> bool:
    """Whether a language has a reader of its own."""
    return reader(language) != "text"


def parse(name: str, text: str) -> Document:
    """Reads a text with the module of that name."""
    parse: Parse = import_module(f"modelaudit.extract.formats.{name}").parse
    return parse(text)
