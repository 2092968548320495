"""HCL (Terraform, Packer): blocks, attributes, objects, heredocs; `jsonencode` is looked through, references become names."""

from __future__ import annotations

import re

from modelaudit.domain.document import Comment, Document, Embedded, Kind, Origin, Path, Value
from modelaudit.domain.location import Span
from modelaudit.domain.pattern import late
from modelaudit.extract.lexing.comments import comment
from modelaudit.extract.lexing.escapes import unescape
from modelaudit.extract.lexing.heredocs import Closings
from modelaudit.extract.lexing.languages import language_of
from modelaudit.extract.lexing.positions import Positions
from modelaudit.extract.templates import terraform_name

NAME = "hcl"
PATTERNS = ("*.tf", "*.tfvars", "*.hcl")

_MAX_DEPTH = 60
_INTERPOLATION = r"\$\{[^{}\n]*+(?:\{[^{}\n]*+\}[^{}\n]*+)*+\}"
_TOKEN = late(
    r"(?P<comment>\#[^\n]*+|//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z))"
    rf'|"(?P<string>(?:[^"\\\n$]++|\\[^\n]?|{_INTERPOLATION}|\$)*+)(?:"|(?=\n)|\Z)'
    r"|'(?P<single>[^'\\\n]*+(?:\\[^\n]?[^'\\\n]*+)*+)(?:'|(?=\n)|\Z)"
    r"|<<(?P<dash>-?)(?P<word>[A-Za-z_]\w*+)[ \t\r]*+\n"
    r"|(?P<name>[A-Za-z_][\w-]*+(?:\.(?:[\w*-]++)|\[(?:\d+|\*|\"[^\"\n]*+\")\])*+)"
    r"|(?P<number>\d[\w.]*+)"
    r"|(?P<newline>\n)"
    r"|(?P<mark>[=!]=|[<>]=|=>|&&|\|\||[{}\[\]()=:,?])"
)
_OBJECT_KEY = late(r"[ \t]*+(?:=(?!=)|:)")
_COMPARED = late(r"[ \t]*+[!=]=")


def parse(text: str) -> Document:
    """Reads blocks and attributes; brackets that do not match are taken as they come."""
    reader = _Reader(text)
    reader.run()
    return Document(NAME, tuple(reader.values), tuple(reader.comments), (), tuple(reader.embedded))


class _Frame:
    """An open block, object (`{`), list (`[`) or call (`(`)."""

    __slots__ = ("head", "index", "key", "kind", "path", "valued")

    def __init__(self, kind: str, path: Path) -> None:
        self.kind = kind
        self.path = path
        self.key: tuple[str, Span] | None = None
        self.head: list[str] = []
        """The words of a line before its `{` or `=`: a block's type and labels, or a key."""
        self.index = 0
        self.valued = False

    def slot(self) -> Path:
        if len(self.path) >= _MAX_DEPTH:
            return self.path
        if self.kind == "[":
            return (*self.path, self.index)
        return (*self.path, self.key[0]) if self.kind == "{" and self.key else self.path


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.positions = Positions(text)
        self.closings = Closings(text)
        self.stack = [_Frame("{", ())]
        self.values: list[Value] = []
        self.comments: list[Comment] = []
        self.embedded: list[Embedded] = []
        self.compared = False
        """True behind `==` and `!=`."""

    def run(self) -> None:
        at = 0
        while (match := _TOKEN.search(self.text, at)) is not None:
            at = self._token(match)

    def _token(self, match: re.Match[str]) -> int:
        kind = match.lastgroup
        if kind == "comment":
            block = match[0].startswith("/*")
            close = 2 if block and match[0].endswith("*/") and len(match[0]) > 3 else 0
            self.comments.append(comment(self.text, self.positions, *match.span(), 1 if match[0][0] == "#" else 2, close))
        elif kind == "newline":
            self._newline()
        elif kind == "mark":
            self._mark(match[0])
        elif kind == "word":
            return self._heredoc(match)
        elif kind in ("string", "single"):
            self._string(match, kind)
        else:
            self._name(match)
        return match.end()

    @property
    def _frame(self) -> _Frame:
        return self.stack[-1]

    def _newline(self) -> None:
        frame = self._frame
        if frame.kind == "{":
            frame.head, frame.key, frame.valued = [], None, False
        self.compared = False

    def _mark(self, mark: str) -> None:
        frame = self._frame
        if mark in "{[(":
            self._open(mark)
        elif mark in "}])":
            if len(self.stack) > 1:
                self.stack.pop()
        elif mark in ("=", ":", "=>") and frame.kind == "{" and frame.key and not frame.valued:
            frame.valued = True
        elif mark == ",":
            frame.index += 1
            if frame.kind == "{":
                frame.head, frame.key, frame.valued = [], None, False
        self.compared = mark in ("==", "!=")

    def _open(self, mark: str) -> None:
        frame = self._frame
        path = frame.slot()
        if mark == "{" and frame.kind == "{" and not frame.valued and frame.head:
            path = (*frame.path, *frame.head)[:_MAX_DEPTH]
        self.stack.append(_Frame(mark, path))

    def _is_value(self) -> bool:
        frame = self._frame
        return frame.kind != "{" or frame.valued

    def _string(self, match: re.Match[str], kind: str) -> None:
        start, end = match.span(kind)
        raw = match[kind]
        span = self.positions.span(start, end)
        if not self._is_value():
            self._frame.head.append(raw)
            self._frame.key = raw, span
            if _OBJECT_KEY.match(self.text, match.end()):
                self.values.append(Value(raw, span, self._frame.slot(), None, Kind.KEY, True, True))
            return
        said = unescape(raw)
        value_kind = Kind.COMPARISON if self._is_compared(match.end()) else Kind.ENTRY
        key_span = self._frame.key[1] if self._frame.key else None
        self.values.append(Value(said, span, self._frame.slot(), key_span, value_kind, said == raw, True))

    def _is_compared(self, end: int) -> bool:
        return self.compared or _COMPARED.match(self.text, end) is not None

    def _name(self, match: re.Match[str]) -> None:
        said, frame = match[0], self._frame
        span = self.positions.span(*match.span())
        if not self._is_value():
            frame.head.append(said)
            frame.key = said, span
            return
        key_span = frame.key[1] if frame.key else None
        if said.startswith(("var.", "local.")):
            self.values.append(Value(said, span, frame.slot(), key_span, expr=terraform_name(said, span)))
        elif match.lastgroup == "number" or said in ("true", "false", "null"):
            self.values.append(Value(said, span, frame.slot(), key_span))

    def _heredoc(self, match: re.Match[str]) -> int:
        """A heredoc's body is a value over several lines, and a piece in another language when it looks like one."""
        start = match.end()
        closing = self.closings.after(match["word"], start)
        if closing is None:
            return start
        body = self.text[start : closing[0]]
        path = self._frame.slot()
        said = body.removesuffix("\n")
        if said:
            self.values.append(Value(said, self.positions.span(start, start + len(said)), path, None, quoted=True))
            line = self.positions.line(start)
            origins = tuple(Origin(line + number, 1) for number in range(said.count("\n") + 1))
            self.embedded.append(Embedded(language_of(path, said) or "", said, origins, path))
        return closing[1]
