"""JavaScript and TypeScript, lexically: strings with the object, call, constant, comparison or type that holds them.

No syntax tree is built. Brackets, the token before and the token after decide, which is what survives JSX, decorators and types alike.
"""

from __future__ import annotations

import re

from modelaudit.domain.document import Comment, Document, Kind, Path, Value
from modelaudit.domain.expr import Env, Expr, Join, Name, Text, Unknown
from modelaudit.domain.location import Span
from modelaudit.domain.pattern import late
from modelaudit.extract.lexing.comments import comment
from modelaudit.extract.lexing.escapes import unescape
from modelaudit.extract.lexing.jstokens import Token, chain, jsx_tag, tokens
from modelaudit.extract.lexing.names import names
from modelaudit.extract.lexing.positions import Positions

NAME = "javascript"
PATTERNS = ("*.js", "*.jsx", "*.mjs", "*.cjs", "*.ts", "*.tsx", "*.mts", "*.cts")

_MAX_DEPTH = 60
_NEAR = 20
"""Brackets that may stand between a call and what is still its argument."""
_EQUALS = ("===", "!==", "==", "!=")
_COMPARING = names(
    """
    includes startsWith endsWith indexOf lastIndexOf has match matchAll test search localeCompare replace replaceAll split toBe toEqual
    toStrictEqual toContain toMatch toHaveProperty equal equals strictEqual deepEqual notEqual is isEqual assertEquals toBeCalledWith
    toHaveBeenCalledWith
    """
)
_SPEAKING = names("log warn error info debug trace describe it test Error TypeError RangeError alert print write fail skip only")
_KEYWORDS = names("if for while switch return catch typeof await else do in of void throw new delete case function async yield import from")
_OBJECT_BEFORE = names("( , [ = : ? return => && || ?? ??= ||= ... default as")
_ENVIRONMENT = late(r"(?:process|import\.meta|Bun|Deno)\.env\.(?:get\.)?([A-Za-z_]\w*)$")
_KEY_AHEAD = late(r"\s*+\??:(?!:)")
_NAMED = r"(?:this\.)?([A-Za-z_$][\w$]*+(?:!?\??\.[A-Za-z_$\#][\w$]*+)*+)"
_EQUALS_AHEAD = late(rf"\s*+[!=]==?(?:\s*+{_NAMED}(?!\s*+\())?")
_EQUAL = late(_NAMED)
_SWITCH = late(rf"switch\s*+\(\s*+{_NAMED}\s*+\)")
_KINDS = frozenset(("string", "template", "regex", "number"))
_SEARCHED_AHEAD = late(r"\s*+(?:as const\s*+\))?\.(?:includes|indexOf|has|some|find)\(")
_UNION_AHEAD = late(r"\s*+\|(?![|=])")
_HOLE = late(r"\$\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}")


def parse(text: str) -> Document:
    """Reads a program. References to constants of the file, and environment variables with their defaults, come with what they mean."""
    reader = _Reader(text)
    for token in tokens(text):
        reader.token(token)
    return Document(NAME, tuple(reader.known()), tuple(reader.comments))


class _Frame:
    """An open bracket: object, block, array, call or group."""

    __slots__ = ("callee", "first", "index", "key", "kind", "name", "path", "start", "subject", "ternaries")

    def __init__(self, kind: str, path: Path, callee: str = "") -> None:
        self.kind = kind
        """`object`, `block`, `[`, `index` (the key of a lookup), `call` or `group`."""
        self.path = path
        self.callee = callee
        self.key: tuple[str, Span] | None = None
        self.first = 0
        """Number of values before the bracket."""
        self.start = 0
        """Offset of what is called."""
        self.index = 0
        self.ternaries = 0
        self.name: str | None = None
        """Constant, property or parameter that the current statement gives a value."""
        self.subject: Path = ()
        """What the cases of a block are compared with."""

    def slot(self) -> Path:
        """The path of the value that comes next."""
        if len(self.path) >= _MAX_DEPTH:
            return self.path
        if self.kind in ("[", "call"):
            return (*self.path, self.index)
        if self.kind == "object":
            return (*self.path, self.key[0]) if self.key else self.path
        return tuple(self.name.split(".")) if self.name else self.path


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.positions = Positions(text)
        self.stack = [_Frame("block", ())]
        self.last = ""
        self.before = ""
        """The last token that counts, and the one before it: the text of marks and names, the kind of others."""
        self.start = 0
        """Offset of the last token that counts."""
        self.switched: Path = ()
        self.declared = ""
        self.tag = ""
        self.constants: set[str] = set()
        self.values: list[Value] = []
        self.comments: list[Comment] = []

    def token(self, token: Token) -> None:
        """Takes in one token."""
        if token.kind == "comment":
            close = 2 if token.text.startswith("/*") and token.text.endswith("*/") and len(token.text) > 3 else 0
            self.comments.append(comment(self.text, self.positions, token.start, token.end, 2, close))
            return
        if token.kind == "mark":
            self._mark(token)
        elif token.kind in ("string", "template"):
            self._string(token)
        elif token.kind == "regex":
            self._add(token, Kind.COMPARISON, ("regex",))
        elif token.kind == "name":
            self._name(token)
        elif self._frame.key:
            self._add(token, Kind.ENTRY, self._frame.slot())
        self.before, self.last = self.last, token.text if token.kind in ("mark", "name") else token.kind
        self.start = token.start

    def known(self) -> list[Value]:
        """The values, without references to names that the file does not bind."""
        return [value for value in self.values if not isinstance(value.expr, Name) or value.text.partition(".")[0] in self.constants]

    @property
    def _frame(self) -> _Frame:
        return self.stack[-1]

    def _mark(self, token: Token) -> None:
        mark, frame = token.text, self._frame
        if mark in "{[(":
            self._open(mark)
        elif mark in "}])":
            self._close(token.after)
            if mark == "}" and self._frame.kind == "block":
                self._frame.name = None
        elif mark == ",":
            frame.index, frame.key, frame.ternaries = frame.index + 1, None, 0
            if frame.kind != "block":
                frame.name = None
        elif mark == ";":
            frame.name, frame.ternaries = None, 0
        elif mark == "=":
            self._assigned(frame)
        elif mark == "?":
            frame.ternaries += 1
        elif mark == ":" and frame.ternaries:
            frame.ternaries -= 1
        elif mark == "<":
            self.tag = jsx_tag(self.text, token.start) or self.tag
        elif mark == ">":
            self.tag = ""

    def _close(self, after: int) -> None:
        if len(self.stack) == 1:
            return
        frame = self.stack.pop()
        self.switched = _spelled(_SWITCH.fullmatch(self.text, frame.start, after)) if frame.kind == "group" else ()
        if frame.kind == "[" and _SEARCHED_AHEAD.match(self.text, after):
            self.values[frame.first :] = [value._replace(kind=Kind.COMPARISON) for value in self.values[frame.first :]]
        elif frame.kind == "call" and frame.first < len(self.values) and len(self.stack) <= _MAX_DEPTH:
            call = self.positions.span(frame.start, after)
            self.values[frame.first :] = [_inside(value, frame, call) for value in self.values[frame.first :]]

    def _assigned(self, frame: _Frame) -> None:
        """`const X =`, `this.x =`, `(x = …)`, `<Tag x=`."""
        name = self.declared or (self.last if re.match(r"[A-Za-z_$]", self.last) else "")
        frame.name = name.replace("?", "").replace("!", "").removeprefix("this.") or None
        if self.declared:
            self.constants.add(self.declared)
        self.declared = ""

    def _open(self, mark: str) -> None:
        frame = self._frame
        if mark == "{":
            is_object = self.last in _OBJECT_BEFORE and not (self.last == "=>" or (self.last == ":" and self.before == ")"))
            self.stack.append(_Frame("object" if is_object else "block", frame.slot() if is_object else ()))
            self._frame.subject, self.switched = self.switched, ()
        elif mark == "[":
            is_key = re.match(r"[A-Za-z_$)\]]", self.last) and self.last not in _KEYWORDS
            self.stack.append(_Frame("index" if is_key else "[", chain(self.last) if is_key else frame.slot()))
        elif re.match(r"[A-Za-z_$]", self.last) and self.last not in _KEYWORDS and self.before != "function":
            callee = self.last.replace("?", "").replace("!", "")
            self.stack.append(_Frame("call", tuple(callee.split("."))[-8:], callee.rpartition(".")[2]))
            self._frame.start = self.start
        else:
            inner = _Frame("group", frame.slot())
            inner.callee, inner.name, inner.start = frame.callee, frame.name, self.start
            self.stack.append(inner)
        self._frame.first = len(self.values)

    def _name(self, token: Token) -> None:
        said, frame = token.text, self._frame
        if self.last in ("const", "let", "var", "type", "readonly") and said not in _KEYWORDS:
            self.declared = said
            if self.last == "type":
                frame.name = said
        elif frame.kind == "object" and frame.key is None and not frame.ternaries and _KEY_AHEAD.match(self.text, token.after):
            frame.key = said, self.positions.span(token.start, token.end)
        elif said not in _KEYWORDS:
            self._reference(token, frame)

    def _reference(self, token: Token, frame: _Frame) -> None:
        """A name where a value is expected: `model: MODEL`, `openai(MODELS.fast)`, `process.env.MODEL`."""
        follows = self.text[token.after : token.after + 40].lstrip()
        said = token.text.replace("?", "").replace("!", "")
        variable = _ENVIRONMENT.search(said)
        if follows[:1] in ("(", ".", "[") or (follows[:2] in ("??", "||") and follows[2:].lstrip()[:1] in ("'", '"', "`")):
            return
        held = (frame.kind == "object" and frame.key and self.last in (":", "?", "??", "||")) or frame.kind in ("call", "[")
        if not held and not (frame.name and self.last == "=" and variable):
            return
        span = self.positions.span(token.start, token.end)
        expr: Expr = Env(variable[1], None, span) if variable else Name(said if "." not in said else f"key:{said}", span)
        self.values.append(Value(said, span, frame.slot(), None, self._kind(frame), said == token.text, expr=expr))

    def _string(self, token: Token) -> None:
        frame = self._frame
        if frame.kind == "object" and frame.key is None and not frame.ternaries and _KEY_AHEAD.match(self.text, token.after):
            frame.key = token.text, self.positions.span(token.start, token.end)
            self._add(token, Kind.KEY, frame.slot())
        elif self.last == "case":
            self._add(token, Kind.COMPARISON, frame.subject or frame.slot())
        elif self.last in _EQUALS:
            named = _EQUAL.fullmatch(self.before) if self.before not in _KINDS else None
            self._add(token, Kind.COMPARISON, _spelled(named) or frame.slot())
        elif ahead := _EQUALS_AHEAD.match(self.text, token.after):
            self._add(token, Kind.COMPARISON, _spelled(ahead) or frame.slot())
        elif frame.kind == "index" or self._callee() in _COMPARING:
            self._add(token, Kind.COMPARISON, frame.slot())
        elif self.last == "|" or _UNION_AHEAD.match(self.text, token.after) or (self.tag == "option" and self.last == "="):
            self._add(token, Kind.MEMBER, frame.slot())
        elif self.last == "=" and self.tag and frame.name:
            self._add(token, Kind.ENTRY, (self.tag, frame.name))
        elif self.last in ("from", "import") or frame.callee in ("require", "import"):
            return
        else:
            self._add(token, self._kind(frame), frame.slot())

    def _kind(self, frame: _Frame) -> Kind:
        callee = self._callee()
        if callee is not None:
            spoken = callee in _SPEAKING and frame.kind in ("call", "group")
            return Kind.PROSE if spoken else Kind.CONSTANT if frame.name else Kind.ARGUMENT
        return Kind.CONSTANT if frame.name and frame.kind in ("block", "group") and "." not in frame.name else Kind.ENTRY

    def _callee(self) -> str | None:
        """The call that a value is part of an argument of; the body of a function passed to a call is none."""
        for frame in reversed(self.stack[-_NEAR:]):
            if frame.kind in ("call", "block"):
                return frame.callee if frame.kind == "call" else None
        return None

    def _add(self, token: Token, kind: Kind, path: Path) -> None:
        span = self.positions.span(token.start, token.end)
        said = unescape(token.text) if token.kind in ("string", "template") else token.text
        key_span = self._frame.key[1] if self._frame.key else None
        plain = said == token.text
        quoted = token.kind not in ("number", "regex")
        self.values.append(Value(said, span, path, key_span, kind, plain, quoted, None, self._meaning(token, said, span)))

    def _meaning(self, token: Token, said: str, span: Span) -> Expr | None:
        """What a string is more than its text: the default of a variable, a template with holes."""
        if self.last in ("??", "||") and (variable := _ENVIRONMENT.search(self.before)):
            return Env(variable[1], Text(said, span), span)
        if token.kind != "template" or "${" not in token.text:
            return None
        parts: list[Expr] = []
        read = 0
        for hole in _HOLE.finditer(token.text):
            if hole.start() > read:
                parts.append(self._part(token, read, hole.start()))
            name = hole[0][2:-1].strip()
            span_of = self.positions.span(token.start + hole.start(), token.start + hole.end())
            parts.append(Name(name, span_of) if name.isidentifier() else Unknown("an expression in a template"))
            read = hole.end()
        if read < len(token.text):
            parts.append(self._part(token, read, len(token.text)))
        return Join(tuple(parts))

    def _part(self, token: Token, start: int, end: int) -> Text:
        return Text(token.text[start:end], self.positions.span(token.start + start, token.start + end))


def _spelled(named: re.Match[str] | None) -> Path:
    """The parts of a name that a pattern found."""
    return chain(named[1]) if named and named[1] else ()


def _inside(value: Value, frame: _Frame, call: Span) -> Value:
    """An argument with the call that it belongs to: the innermost, which is closed first."""
    is_argument = value.call is None and value.kind in (Kind.ARGUMENT, Kind.ENTRY) and value.path[: len(frame.path)] == frame.path
    return value._replace(call=call) if is_argument else value
