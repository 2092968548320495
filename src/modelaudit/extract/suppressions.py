"""`# modelaudit: ignore[rule, rule] until=2027-01-15 reason="…"`, read from the real comments of any format.

A comment behind a statement covers that statement; alone on its line it covers the next one; `ignore-file[…]` covers the file. There is no
form without rules: silence is always about something. The comment begins with the words, or has only words to other linters before them:
a sentence that speaks of suppressions suppresses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from modelaudit.domain.document import Comment
from modelaudit.domain.facts import Notification, Suppression
from modelaudit.domain.pattern import late
from modelaudit.domain.record import NamedTuple

MARK = "modelaudit:"
_OTHERS = (
    "biome-ignore|checkov:|codespell:|cspell:|eslint-|fmt:|flake8:|hadolint|isort:|kics-scan|markdownlint-|mypy:|noinspection|noqa|nosec|"
    "nosemgrep|NOSONAR|pragma:|prettier-ignore|pylint:|pyre-|pyright:|ruff:|shellcheck|skipcq|tfsec:|tflint-ignore|trivy:|@ts-|type:|"
    "yamllint|zizmor:"
)
"""How the words to other linters begin."""
_DIRECTIVE = late(
    # Atomic: each of the words to others ends at its first separator, so that hostile comments cost no time.
    rf"[\s*!#/;-]*+(?>(?:{_OTHERS})[^#;\n]*?(?:#|;|//|--)\s*)*+"
    r"modelaudit:[ \t]*(?P<word>[\w-]+)[ \t]*(?:\[(?P<rules>[^\]\n]*)\])?(?P<rest>.*)",
    re.DOTALL,
)
_UNTIL = late(r"\buntil=(?P<until>\"[^\"]*\"|'[^']*'|[^\s,;]*)")
_REASON = late(r"\breason=(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>\S+))")
_DATE = late(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_WORDS = ("ignore", "ignore-file")


class Suppressions(NamedTuple):
    """The suppressions of a file, and complaints about comments that meant to be one."""

    found: tuple[Suppression, ...]
    notifications: tuple[Notification, ...]


class _Directive(NamedTuple):
    whole_file: bool
    rules: tuple[str, ...]
    until: str | None
    reason: str | None


def suppressions(comments: Iterable[Comment], statements: Sequence[tuple[int, int]]) -> Suppressions:
    """Reads the comments of a file. `statements` are first and last lines of what a comment can cover: statements, config entries."""
    found: list[Suppression] = []
    complaints: list[Notification] = []
    for comment in comments:
        if MARK not in comment.text:
            continue
        directive = _read(comment.text)
        if isinstance(directive, _Directive):
            first, last = (0, 0) if directive.whole_file else _covered(comment, statements)
            found.append(Suppression(directive.rules, directive.until, directive.reason, comment.span, first, last))
        elif directive is not None:
            complaints.append(_complaint(directive, comment))
    return Suppressions(tuple(found), tuple(complaints))


def _read(text: str) -> _Directive | str | None:
    """The directive in a comment, what is wrong with it in words, or None when the comment only names the tool."""
    match = _DIRECTIVE.match(text)
    if match is None or match["word"] not in _WORDS:
        return None
    rules = tuple(dict.fromkeys(rule.strip() for rule in (match["rules"] or "").split(",") if rule.strip()))
    if not rules:
        return f"{match['word']} names no rule"
    until = _UNTIL.search(match["rest"])
    day = until["until"].strip("\"'") if until else None
    if day is not None and not _DATE.fullmatch(day):
        return f"until={day} is not a date like 2027-01-15"
    reason = _REASON.search(match["rest"])
    words = next((group for group in reason.groups() if group is not None), None) if reason else None
    return _Directive(match["word"] == "ignore-file", rules, day, words)


def _covered(comment: Comment, statements: Sequence[tuple[int, int]]) -> tuple[int, int]:
    line = comment.span.line
    if comment.alone:
        following = [extent for extent in statements if extent[0] > comment.span.end_line]
        if not following:
            return line, line
        first = min(extent[0] for extent in following)
        return first, min(last for start, last in following if start == first)
    around = [extent for extent in statements if extent[0] <= line <= extent[1]]
    return min(around, key=lambda extent: extent[1] - extent[0]) if around else (line, line)


def _complaint(what: str, comment: Comment) -> Notification:
    hint = 'write # modelaudit: ignore[rule] until=2027-01-15 reason="why"'
    return Notification("warning", "malformed-suppression", f"{what}; nothing is suppressed", line=comment.span.line, hint=hint)
