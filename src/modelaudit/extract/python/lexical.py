"""Reading a Python file that no parser accepts: its strings and comments by a lexer, their roles by what stands before them on the line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from modelaudit.domain.facts import FileFacts, Literal, Notification, Role
from modelaudit.domain.location import Span
from modelaudit.domain.pattern import late
from modelaudit.extract.python.above import is_model_name
from modelaudit.extract.vocabulary import Words

LEXER = late(
    r"""\#[^\n]*+
    |(?P<long>\"{3}|'{3})(?:[^\\]|\\.)*?(?:(?P=long)|\Z)
    |"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+(?:"|(?=\n)|\Z)
    |'[^'\\\n]*+(?:\\.[^'\\\n]*+)*+(?:'|(?=\n)|\Z)""",
    re.VERBOSE | re.DOTALL,
)
_NEAR = 200
"""Characters before a string that tell its role; programs of machines have a million in a line."""
_BEFORE = late(r"([\w.]+)\s*(?::[^=\n]{0,80})?(==|!=|=|\bin\b|:)\s*$")


def extract_lines(path: str, text: str, words: Words, why: str) -> FileFacts:
    """The literals of an unparsable file; there are no sites, and a notification says so."""
    found: list[Literal] = []
    line, line_start, place = 1, 0, 0
    for match in LEXER.finditer(text):
        line += text.count("\n", place, match.start())
        newline = text.rfind("\n", place, match.start())
        line_start = newline + 1 if newline >= 0 else line_start
        place = match.start()
        token = match.group()
        column = match.start() - line_start + 1
        if token.startswith("#") or match.group("long"):
            found.extend(_mentions(token, line, column, words))
            continue
        inner = token[1:-1] if len(token) > 1 and token[-1] == token[0] else token[1:]
        if words.is_candidate(inner):
            role, context = _role(text[max(line_start, match.start() - _NEAR) : match.start()])
            if role is Role.ARGUMENT or not words.is_weak(inner) or is_model_name(context):
                found.append(Literal(inner, Span(line, column + 1, line, column + 1 + len(inner)), role, context))
        else:
            found.extend(_mentions(token, line, column, words))
    note = Notification("warning", "parse", f"{why}; read by its strings alone, calls are not followed", path)
    return FileFacts(path=path, language="python", literals=tuple(found), notifications=(note,))


def python_comments(text: str) -> Iterator[tuple[str, int, int, bool]]:
    """Every comment with its line, column and whether it stands alone on its line; `tokenize` is twenty times slower."""
    if "#" not in text:
        return
    line, place, line_start = 1, 0, 0
    for match in LEXER.finditer(text):
        if text[match.start()] != "#":
            continue
        start = match.start()
        breaks = text.count("\n", place, start)
        if breaks:
            line += breaks
            line_start = text.rfind("\n", place, start) + 1
        place = start
        yield match.group().rstrip("\r"), line, start - line_start + 1, not text[line_start:start].strip()


def _mentions(token: str, line: int, column: int, words: Words) -> list[Literal]:
    found: list[Literal] = []
    for start, end in words.tokens(token):
        row = line + token.count("\n", 0, start)
        newline = token.rfind("\n", 0, start)
        first = start - newline if newline >= 0 else column + start
        found.append(Literal(token[start:end], Span(row, first, row, first + end - start), Role.MENTION, "comment"))
    return found


def _role(before: str) -> tuple[Role, str]:
    match = _BEFORE.search(before)
    if match is None:
        return Role.BINDING, "text"
    name, sign = match.groups()
    if sign in ("==", "!=", "in"):
        return Role.COMPARISON, name
    inside_call = before.count("(") > before.count(")") or before[: match.start()].strip() != ""
    return (Role.ARGUMENT if inside_call and is_model_name(name) else Role.BINDING), name
