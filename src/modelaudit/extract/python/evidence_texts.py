"""Texts to which a module gives names: a call of another file may send one as its prompt."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from modelaudit.domain import traces
from modelaudit.domain.facts import Trace
from modelaudit.extract.python.evidence_file import FileClues
from modelaudit.extract.python.evidence_values import read

LONG = 800
"""Characters from which one word of tone makes a prompt a character; a shorter prompt needs two."""
SHORTEST = 40
"""Characters from which a text with a name may be a prompt."""
_MADE = (ast.JoinedStr, ast.BinOp, ast.Call)


def sets_tone(text: str, file: FileClues) -> bool:
    """Whether a prompt sets tone or character."""
    lowered = text.lower()
    tones = [word for word in file.clues.names("tone") if re.search(rf"\b{re.escape(word)}\b", lowered)]
    return len(tones) > 1 or (bool(tones) and len(text) >= LONG)


def long_texts(file: FileClues) -> Iterator[Trace]:
    """Every text that stands at the top of the module, with its length and whether it sets tone."""
    for statement in file.tree.body:
        name, value = _named(statement)
        if name is None or value is None:
            continue
        text = _text(value, file)
        if len(text) >= SHORTEST:
            tone = " persona" if sets_tone(text, file) else ""
            yield Trace(traces.LONG_TEXT, f"{name.id} {len(text)}{tone}", file.source.span(name))


def _named(statement: ast.stmt) -> tuple[ast.Name | None, ast.expr | None]:
    match statement:
        case ast.Assign(targets=[ast.Name() as name], value=value) | ast.AnnAssign(target=ast.Name() as name, value=value):
            return name, value
    return None, None


def _text(value: ast.expr, file: FileClues) -> str:
    if isinstance(value, ast.Constant):
        return value.value if isinstance(value.value, str) else ""
    module = next((unit for unit in file.tree.loose() if unit.owner is None), None) if isinstance(value, _MADE) else None
    said = None if module is None else read(value, module, file.tree)
    return "" if said is None else said.text
