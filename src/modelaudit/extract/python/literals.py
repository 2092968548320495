"""Model IDs in a file's strings and what each is doing there, told from the structure around it."""

from __future__ import annotations

import ast

from modelaudit.domain.facts import Literal, Role
from modelaudit.domain.location import Span
from modelaudit.extract.python.above import Above
from modelaudit.extract.python.queries import Query, is_query
from modelaudit.extract.python.roles import callee_above, enums, is_group, role_of
from modelaudit.extract.python.source import LONGEST_TEXT, Source
from modelaudit.extract.vocabulary import Words
from modelaudit.identify.reading import HOLE

__all__ = ["LiteralFinder", "Words"]

_CUTS = "/:"
"""What separates an ID from a prefix that is not written with it."""
_LEAVES = (ast.Load, ast.Store, ast.Name)


class LiteralFinder:
    """Finds the literals of one module. `model_places` are the spans of strings that stand in a site's model argument."""

    def __init__(
        self, source: Source, words: Words, model_places: frozenset[Span], groups: frozenset[tuple[str, str]] = frozenset()
    ) -> None:
        """`groups` are (key, key beside it) pairs that tell the name of a group of models in a dictionary."""
        self._source = source
        self._groups = groups
        self._words = words
        self._places = model_places
        self._lines = frozenset(place.line for place in model_places)
        self._enums: frozenset[str] = frozenset()
        self.found: list[Literal] = []
        self.queries: list[Query] = []

    def run(self, tree: ast.Module) -> tuple[Literal, ...]:
        """All literals, in the order of the file."""
        self._enums = enums(tree)
        stack: list[tuple[ast.AST, Above | None]] = [(tree, None)]
        while stack:
            node, above = stack.pop()
            if isinstance(node, ast.Constant):
                if isinstance(node.value, str):
                    self._string(node, above)
                continue
            inside = isinstance(node, ast.JoinedStr)
            if isinstance(node, ast.JoinedStr):
                self._joined(node, above)
            for name in node._fields:
                value = getattr(node, name, None)
                if type(value) is list:
                    link = Above(node, name, above)
                    stack.extend(
                        (item, link) for item in value if isinstance(item, ast.AST) and not (inside and type(item) is ast.Constant)
                    )
                elif isinstance(value, ast.AST) and type(value) not in _LEAVES:
                    stack.append((value, Above(node, name, above)))
        return tuple(sorted(self.found, key=lambda literal: (literal.span, literal.text)))

    def _is_after_all(self, node: ast.Constant, context: str, above: Above | None) -> bool:
        from modelaudit.extract.python.ordinary import is_model_after_all

        return is_model_after_all(node, context, above, self._words)

    def _string(self, node: ast.Constant, above: Above | None) -> None:
        text = node.value
        if not isinstance(text, str) or len(text) < 2:
            return
        if len(text) <= LONGEST_TEXT and self._words.is_candidate(text):
            span = self._source.inside(node)
            role, context = self._role(node, above, span)
            if self._words.is_weak(text.strip()) and span not in self._places and not self._is_after_all(node, context, above):
                return
            if is_group(node, above, self._groups):
                return
            self.found.append(Literal(text, span, role, context))
            return
        if node.lineno + self._source.span_shift() in self._lines and self._source.inside(node) in self._places:
            self.found.append(Literal(text, self._source.inside(node), Role.ARGUMENT, "model argument"))
            return
        if (text[0] in _CUTS or text[-1] in _CUTS) and self._is_end(text, above, node):
            return
        is_remark = above is not None and isinstance(above.node, ast.Expr)
        if not is_remark and is_query(text):
            self.queries.append(Query(text, self._source.inside(node)))
        said = self._words.tokens(text)
        if said:
            self._mentions(said, text, self._source.inside(node), "docstring" if is_remark else "text")

    def _is_end(self, text: str, above: Above | None, node: ast.Constant) -> bool:
        """`endswith("/ID")`: compared with the end of a longer spelling."""
        bare = text.strip(_CUTS)
        if len(text) > LONGEST_TEXT or not bare or not self._words.is_candidate(bare) or self._words.is_weak(bare):
            return False
        span = self._source.inside(node)
        role, context = self._role(node, above, span)
        if role is Role.COMPARISON:
            start = text.index(bare)
            self.found.append(Literal(bare, self._place(text, span, start, start + len(bare)), role, context))
        return role is Role.COMPARISON

    def _joined(self, node: ast.JoinedStr, above: Above | None) -> None:
        """An f-string is an ID with holes, or prose that mentions one."""
        parts = [value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else HOLE for value in node.values]
        text = "".join(parts)
        constants = [part for part in parts if part != HOLE]
        if len(text) <= LONGEST_TEXT and self._words.is_candidate(text):
            role, context = self._role(node, above, None)
            longest = max(range(len(constants)), key=lambda index: len(constants[index]))
            self.found.append(Literal(constants[longest], self._source.pieces(node)[longest], role, context))
            return
        if is_query(text):
            self.queries.append(Query(text, self._source.span(node)))
        mentioned = [self._words.tokens(part) for part in constants]
        for said, part, span in zip(mentioned, constants, self._source.pieces(node), strict=True) if any(mentioned) else ():
            self._mentions(said, part, span, "text")

    def _mentions(self, said: tuple[tuple[int, int], ...], text: str, span: Span, context: str) -> None:
        """Known IDs inside prose, each with its own place when the text is written as it reads."""
        for start, end in said:
            self.found.append(Literal(text[start:end], self._place(text, span, start, end), Role.MENTION, context))

    def _place(self, text: str, span: Span, start: int, end: int) -> Span:
        line = span.line + text.count("\n", 0, start)
        index = line - self._source.span_shift() - 1
        if not 0 <= index < len(self._source.lines):
            return span
        row = self._source.lines[index]
        column = row.find(text[start:end], span.column - 1 if line == span.line else 0)
        return Span(line, column + 1, line, column + 1 + end - start) if column >= 0 else span

    def _role(self, node: ast.expr, above: Above | None, span: Span | None) -> tuple[Role, str]:
        if span is not None and span in self._places:
            return Role.ARGUMENT, callee_above(above)
        return role_of(node, above, self._words, self._enums)
