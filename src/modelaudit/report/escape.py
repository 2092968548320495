r"""Neutralises text that came from the scanned tree: it may be hostile, and a report is shown by terminals, CI logs and browsers.

What a reader cannot see, or what would act on the program that shows it, becomes visible: `\x1b`, `\u202e`. Everything else stays, so
that names in any language can be read. Source code holds these characters only as numbers, for the same reason.
"""

from __future__ import annotations

import re

from modelaudit.domain.pattern import late

_INVISIBLE = late(
    "["
    "\x00-\x1f\x7f-\x9f"  # C0 and C1 controls: ANSI escapes, line breaks
    "\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # bidi controls, separators, invisible characters
    "\ud800-\udfff"  # lone surrogates: undecodable bytes of file names
    "\U000e0000-\U000e0fff"  # tags and supplementary variation selectors, invisible too
    "]"
)
_SURROGATE = late("[\ud800-\udfff]")
_COMMAND = late(
    r"(?:^|(?<=\s)):(?=:)"  # `::set-output` and its kin act at the start of a line, and a wrapped word may come to stand there
    r"|#(?=#(?:\[|vso\[|teamcity\[))",  # `##[command]`, `##vso[…]`, `##teamcity[…]` act anywhere
    re.IGNORECASE,
)
_MARKDOWN = late(r"([\\`*_\[\]|~$])")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
_MENTION = late(r"([@#])(?=\w)")


def plain(text: str) -> str:
    """`text` for one line of a terminal or a log."""
    if text.isascii() and text.isprintable() and "::" not in text and "##" not in text:
        return text
    text = _INVISIBLE.sub(_visible, text.replace("\t", " "))
    return _COMMAND.sub(lambda match: f"\\x{ord(match[0]):02x}", text)


def markup(text: str) -> str:
    """`text` as content or attribute of HTML or XML."""
    return plain(text).translate(_ENTITIES)


def markdown(text: str) -> str:
    """`text` as words inside a line of Markdown: no markup, no HTML, no `@` mention, no `#1` reference, no bare link."""
    text = _MARKDOWN.sub(r"\\\1", plain(text))
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("://", ":&#47;&#47;").replace("www.", "www&#46;")
    return _MENTION.sub(lambda match: f"&#{ord(match[1])};", text)


def code(text: str, *, cell: bool = False) -> str:
    """`text` as an inline code span of Markdown; `cell` when it stands in a table."""
    text = plain(text) or " "
    if cell:
        # Tables are cut into cells before code spans are looked for, and `&#124;` shows in a span as it stands: a backslash is the one way.
        text = text.replace("|", "\\|")
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def command_data(text: str) -> str:
    """`text` as the message of a GitHub workflow command."""
    return plain(text).replace("%", "%25")


def command_property(text: str) -> str:
    """`text` as a property of a GitHub workflow command."""
    return command_data(text).replace(":", "%3A").replace(",", "%2C")


def url(text: str) -> str | None:
    """`text` when it may stand behind a link (an http address without anything odd), otherwise None."""
    safe = text.startswith(("https://", "http://")) and text.isascii() and text.isprintable() and not set(text) & set(" \"'<>\\`^{|}")
    return text if safe else None


def well_formed(text: str) -> str:
    """`text` as data for a program: exact, save for lone surrogates, which no encoding can carry and many readers of JSON refuse."""
    return text if text.isascii() else _SURROGATE.sub(_visible, text)


def _visible(match: re.Match[str]) -> str:
    number = ord(match[0])
    if 0xDC80 <= number <= 0xDCFF:
        return f"\\x{number - 0xDC00:02x}"  # the byte that could not be decoded
    if number <= 0xFF:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"
