"""Values with holes: `${VAR:-id}`, `{{ .Values.x | default "id" }}`, `${{ vars.X || 'id' }}`. The holes are no IDs; their defaults are.

Names that another file defines become `Env` (environment variables), `Name("values:…")` (keys of a chart's values) or `Name("key:…")`
(Terraform variables, workflow inputs), which linking looks up.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from modelaudit.domain.expr import Choice, Env, Expr, Join, Name, Text, Unknown
from modelaudit.domain.location import Span
from modelaudit.domain.pattern import late

Place: TypeAlias = Callable[[int, int], Span]
"""The span of a stretch of the value, by offsets."""

MAX_LENGTH = 4096
"""Longer values are prose, scripts or data."""
_MAX_DEPTH = 5
_HOLE = late(r"\$\{\{|\$\{|\{\{|\$\(|\$(?=[A-Za-z_])|%(?=[A-Z_][A-Z0-9_]*%)|os\.environ/")
_NAME = late(r"[A-Za-z_][\w.-]*")
_VARIABLE = late(r"[A-Za-z_]\w*")
_OPERATOR = late(r":?[-=+?]")
_ACTION_NAME = late(r"\b(env|vars|inputs|matrix|secrets|needs|steps|github)\.([\w.-]+)")
_QUOTED = late(r""""(?P<double>(?:[^"\\]|\\.)*)"|'(?P<single>[^']*)'|`(?P<back>[^`]*)`""")
_VALUES = late(r"\.Values\.([\w.]+)")
_ENV_CALL = late(r"""(?:env_var|env|getenv|lookup)\(\s*(?:["']env["']\s*,\s*)?["'](\w+)["']""")
_DEFAULT = late(r"""\b(?:default|coalesce|or)\b[\s(]""")


def has_hole(text: str) -> bool:
    """Whether a value is more than plain text."""
    marked = "$" in text or "{{" in text or "%" in text or "os.environ/" in text
    return marked and len(text) <= MAX_LENGTH and _HOLE.search(text) is not None


def expression(text: str, place: Place) -> Expr:
    """What a value says. Plain text, and text too long to be a setting, is a `Text`."""
    if not has_hole(text):
        return Text(text, place(0, len(text)))
    return _Reader(text, place).read()


class _Reader:
    """One pass over the value; every character is looked at a bounded number of times."""

    def __init__(self, text: str, place: Place) -> None:
        self.text = text
        self.place = place

    def read(self) -> Expr:
        return self._sequence(0, len(self.text), 0)

    def _sequence(self, start: int, end: int, depth: int) -> Expr:
        parts: list[Expr] = []
        read = start
        while (match := _HOLE.search(self.text, read, end)) is not None:
            part, after = self._hole(match, end, depth)
            if after <= match.start():
                break
            if match.start() > read:
                parts.append(self._text(read, match.start()))
            parts.append(part)
            read = after
        if read < end or not parts:
            parts.append(self._text(read, end))
        return parts[0] if len(parts) == 1 else Join(tuple(parts))

    def _text(self, start: int, end: int) -> Text:
        return Text(self.text[start:end], self.place(start, end))

    def _hole(self, match: re.Match[str], end: int, depth: int) -> tuple[Expr, int]:
        """A hole and the offset behind it; an offset of 0 when it is never closed."""
        start, mark = match.start(), match[0]
        if mark == "os.environ/":
            name = _VARIABLE.match(self.text, match.end(), end)
            return (self._env(name[0], None, start, name.end()), name.end()) if name else (Unknown("a template"), match.end())
        if mark == "$":
            name = _VARIABLE.match(self.text, match.end(), end)
            after = name.end() if name else match.end()
            return self._env(self.text[match.end() : after], None, start, after), after
        if mark == "%":
            after = self.text.index("%", match.end()) + 1
            return self._env(self.text[match.end() : after - 1], None, start, after), after
        close = self._close(match.end(), end, mark)
        if close < 0 or depth >= _MAX_DEPTH:
            return Unknown("a template that is not closed"), max(close, 0)
        after = close + (2 if mark in ("${{", "{{") else 1)
        if mark == "${{":
            return self._action(match.end(), close), after
        if mark == "{{":
            return self._template(match.end(), close), after
        if mark == "$(":
            name = _VARIABLE.fullmatch(self.text, match.end(), close)
            if name and name[0].isupper():
                # A make variable; a command in capitals is rarer.
                return self._env(name[0], None, start, after), after
            return Unknown("the output of a command"), after
        return self._shell(match.end(), close, depth), after

    def _close(self, start: int, end: int, mark: str) -> int:
        """The offset of the bracket that closes a hole, -1 when there is none."""
        if mark in ("${{", "{{"):
            return self.text.find("}}", start, end)
        opening, closing = ("(", ")") if mark == "$(" else ("{", "}")
        depth = 1
        for offset in range(start, end):
            character = self.text[offset]
            if character == opening:
                depth += 1
            elif character == closing:
                depth -= 1
                if depth == 0:
                    return offset
        return -1

    def _shell(self, start: int, end: int, depth: int) -> Expr:
        """`NAME`, `NAME:-default`, `NAME:default` (Spring), `env:NAME, 'default'` (Serverless), `var.name` (Terraform)."""
        prefix = "env:" if self.text.startswith("env:", start, end) else ""
        name = _NAME.match(self.text, start + len(prefix), end)
        if name is None:
            return Unknown("a template")
        text, after = name[0], name.end()
        if "-" in text:
            # A dash belongs to the name only in Spring and Serverless keys, which have dots.
            cut = text.index("-") if "." not in text else len(text)
            text, after = text[:cut], name.start() + cut
        if text.startswith(("var.", "local.", "each.", "module.", "data.")) and "${" + text in self.text:
            return terraform_name(text, self.place(start, end))
        if prefix and self.text.startswith(",", after, end):
            return self._env(text, self._literal(after + 1, end), start, end)
        operator = _OPERATOR.match(self.text, after, end)
        if operator and operator[0][-1] in "-=+":
            return self._env(text, self._default(operator.end(), end, depth), start, end)
        if operator is None and self.text.startswith(":", after, end):
            return self._env(text, self._default(after + 1, end, depth), start, end)
        if after < end and operator is None:
            return Unknown("a template")
        return self._env(text, None, start, end)

    def _default(self, start: int, end: int, depth: int) -> Expr | None:
        if start >= end:
            return None
        if end - start > 1 and self.text[start] in "\"'" and self.text[end - 1] == self.text[start]:
            start, end = start + 1, end - 1
        return self._sequence(start, end, depth + 1)

    def _literal(self, start: int, end: int) -> Expr | None:
        """The last string in quotes between two offsets."""
        quoted = list(_QUOTED.finditer(self.text, start, end))
        if not quoted:
            return None
        group = quoted[-1].lastgroup or "double"
        return self._text(*quoted[-1].span(group))

    def _env(self, name: str, default: Expr | None, start: int, end: int) -> Env:
        return Env(name, default, self.place(start, end))

    def _action(self, start: int, end: int) -> Expr:
        """A GitHub expression: `env.X`, `vars.X || 'id'`, `inputs.model`, `cond && 'a' || 'b'`."""
        body, span = self.text[start:end], self.place(start, end)
        options: list[Expr] = []
        for match in _ACTION_NAME.finditer(body):
            if match[1] == "env":
                options.append(Env(match[2], None, span))
            elif match[1] in ("vars", "secrets"):
                # Kept with the repository, not in it: never the variable of that name that some file sets.
                options.append(Env(f"{match[1]}.{match[2]}", None, span))
            elif match[1] == "inputs" or (match[1] == "github" and match[2].startswith("event.inputs.")):
                options.append(Name(f"key:inputs.{match[2].removeprefix('event.inputs.')}", span))
            elif match[1] == "matrix":
                options.append(Name(f"key:matrix.{match[2]}", span))
        defaults = [
            self._text(start + match.start(match.lastgroup or 0), start + match.end(match.lastgroup or 0))
            for match in _QUOTED.finditer(body)
            if not re.search(r"[=!]=\s*$", body[: match.start()]) and not re.match(r"\s*[=!]=", body[match.end() :])
        ]
        if len(options) == 1 and isinstance(options[0], Env) and len(defaults) == 1:
            return Env(options[0].name, defaults[0], span)
        options += defaults
        return Unknown("a workflow expression") if not options else options[0] if len(options) == 1 else Choice(tuple(options))

    def _template(self, start: int, end: int) -> Expr:
        """Helm, Jinja, Go templates: `.Values.llm.model | default "id" | quote`, `env_var('X', 'id')`."""
        body, span = self.text[start:end], self.place(start, end)
        default = self._literal(start, end) if _DEFAULT.search(body) else None
        call = _ENV_CALL.search(body)
        if call:
            return Env(call[1], default or self._literal(start + call.end(), end), span)
        options: list[Expr] = [Name(f"values:{match[1]}", span) for match in _VALUES.finditer(body)]
        if default is not None:
            options.append(default)
        return Unknown("a template") if not options else options[0] if len(options) == 1 else Choice(tuple(options))


def terraform_name(text: str, span: Span) -> Expr:
    """`var.name` and `local.name`, which linking finds as keys of the module's files."""
    head, _, rest = text.partition(".")
    if head in ("var", "local"):
        return Name(f"key:{head}.{rest}", span)
    return Unknown(f"{head} of another resource or module")
