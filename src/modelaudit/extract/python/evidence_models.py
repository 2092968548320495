"""Model objects on their way to their requests: `llm = ChatOpenAI(model=…)`, `chain = prompt | llm`, `chain.invoke(…)`."""

from __future__ import annotations

import ast

from modelaudit.domain import traces
from modelaudit.extract.python.chains import chain
from modelaudit.extract.python.evidence_answers import DEEPEST, MOST_STEPS, Answer, parameter_of
from modelaudit.extract.python.evidence_file import FileClues, dotted
from modelaudit.extract.python.evidence_tree import Unit

_MAKES = ("create_", "from_", "make_", "build_", "get_", "with_", "bind", "load_", "init_", "wrap", "patch")
WITH_FALLBACKS = "with_fallbacks"
"""LangChain's method that gives a model others to fall back to."""
_KEEPS = ("with_", "bind", "as_", "pipe", "configurable", "assign", "pick", "map")
"""Beginnings of methods that give a model object again."""


class ModelObject:
    """One constructed model (or agent, or client), followed to the requests that are made with it."""

    def __init__(self, file: FileClues, made: ast.Call, operation: str) -> None:
        self._file = file
        self._made = made
        self._operation = operation
        self._waiting: list[tuple[ast.expr, Unit, int]] = []
        self._seen: set[tuple[ast.AST, int]] = set()
        self._requests: list[tuple[ast.expr, Unit, int]] = []
        self.falls_back: list[ast.Call] = []
        """Calls that give the object others to fall back to."""
        self._spare_in: list[ast.Call] = []
        self._is_used = False
        has_tools = any(keyword.arg in ("tools", "functions") for keyword in made.keywords)
        self.answer = Answer(file, made, operation, has_tools=has_tools)

    def run(self, unit: Unit) -> None:
        """Follow the object, then the answers to its requests."""
        self._push(self._made, unit, 0)
        steps = 0
        while self._waiting and steps < MOST_STEPS:
            steps += 1
            self._step(*self._waiting.pop())
        self.answer.run(self._requests)

    def is_spare(self) -> bool:
        """True when every use of the object that is seen is one as a fallback of another."""
        return bool(self._spare_in) and not self._is_used and not self._requests and not self.falls_back

    def _push(self, node: ast.expr, unit: Unit, depth: int) -> None:
        if (node, depth) not in self._seen:
            self._seen.add((node, depth))
            self._waiting.append((node, unit, depth))

    def _step(self, node: ast.expr, unit: Unit, depth: int) -> None:
        parent = unit.parent(node)
        match parent:
            case ast.Attribute(value=value) if value is node:
                self._member(parent, unit, depth)
            case ast.Call():
                if parent.func is node:
                    self._requests.append((parent, unit, depth))
                else:
                    self._argument(node, parent, unit, depth)
            case ast.keyword():
                call = unit.parent(parent)
                if isinstance(call, ast.Call):
                    self._argument(node, call, unit, depth)
            case ast.BinOp(op=ast.BitOr()):
                self._piped(parent.right if parent.left is node else parent.left, parent)
                self._push(parent, unit, depth)
            case ast.Assign() | ast.AnnAssign() | ast.NamedExpr():
                for target in parent.targets if isinstance(parent, ast.Assign) else [parent.target]:
                    self._bound(target, unit, depth)
                if isinstance(parent, ast.NamedExpr):
                    self._push(parent, unit, depth)
            case ast.withitem(optional_vars=ast.expr() as target):
                self._bound(target, unit, depth)
            case ast.Return():
                self._returned(unit, depth)
            case ast.Await() | ast.IfExp() | ast.BoolOp() | ast.List() | ast.Tuple() | ast.Starred() | ast.Dict():
                self._push(parent, unit, depth)

    def _member(self, node: ast.Attribute, unit: Unit, depth: int) -> None:
        call = unit.parent(node)
        if not isinstance(call, ast.Call) or call.func is not node:
            self._push(node, unit, depth)
        elif self._file.is_a("schema-wrapper", node):
            self.answer.leave(traces.SCHEMA, node.attr, call)
            self._push(call, unit, depth)
        elif node.attr == WITH_FALLBACKS:
            self.falls_back.append(call)
            self._push(call, unit, depth)
        elif self._file.is_a("retry", node):
            self.answer.leave(traces.RETRY, node.attr, call)
            self._push(call, unit, depth)
        elif node.attr.startswith(_KEEPS):
            self._push(call, unit, depth)
        elif self._file.is_a("ask", node):
            if node.attr.lstrip("a").startswith("stream") or "stream" in node.attr:
                self.answer.leave(traces.STREAMED, node.attr, call)
            self._requests.append((call, unit, depth))

    def _piped(self, other: ast.expr, around: ast.BinOp) -> None:
        """`prompt | llm | parser`: what the next part does with the answer."""
        func = other.func if isinstance(other, ast.Call) else other
        if self._file.is_a("schema", func):
            self.answer.leave(traces.SCHEMA, dotted(func), around)
        elif self._file.is_a("parse", func):
            self.answer.leave(traces.PARSE, dotted(func), around)

    def _argument(self, node: ast.expr, call: ast.Call, unit: Unit, depth: int) -> None:
        """The object is given to something that is made with it, or to a function of the file."""
        name = dotted(call.func)
        last = name.rpartition(".")[2]
        if last == WITH_FALLBACKS:
            self._spare_in.append(call)
            return
        self._is_used = True
        if (self._operation == "embedding" and self._file.is_a("vector-store", call.func)) or (
            self._file.is_a("vector-write", call.func) and self._operation == "embedding" and last != "add"
        ):
            self.answer.leave(traces.VECTOR_WRITE, name, call)
        elif last[:1].isupper() or last.startswith(_MAKES):
            self._push(call, unit, depth)
        elif (inside := self._file.tree.called(unit, call.func)) is not None and depth < DEEPEST:
            name = parameter_of(inside, call, node) or ""
            for load in inside.loads(name):
                self._push(load, inside, depth + 1)

    def _bound(self, target: ast.expr, unit: Unit, depth: int) -> None:
        if isinstance(target, ast.Name):
            for load in unit.read_after(target.id, target):
                self._push(load, unit, depth)
            if unit.node is None and depth < DEEPEST:
                for other in self._file.tree.units():
                    if other is not unit and not other.stores(target.id):
                        for load in other.loads(target.id):
                            self._push(load, other, depth + 1)
        elif isinstance(target, ast.Attribute) and (name := chain(target)) is not None:
            units = self._file.tree.of_class(unit.owner) if unit.owner and name.startswith("self.") else (unit,)
            for other in units:
                for load in other.loads(name):
                    self._push(load, other, depth)

    def _returned(self, unit: Unit, depth: int) -> None:
        """A factory of this file: its callers hold the object."""
        self._is_used = True
        if unit.node is None or depth >= DEEPEST or self._file.source.text.count(f"{unit.name}(") < 2:
            return
        called = f"self.{unit.name}" if unit.owner else unit.name
        for other in self._file.tree.units():
            for load in other.loads(called):
                call = other.parent(load)
                if isinstance(call, ast.Call) and call.func is load:
                    self._push(call, other, depth + 1)
