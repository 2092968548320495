"""What becomes of an answer: followed from the call through names, parts and functions of the same file to what acts on it.

The walk is generous about names (a value that may be the answer counts as the answer) and ends at the edge of the file: what callers in
other files do is not seen, and judging says so.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

from modelaudit.domain import traces
from modelaudit.domain.facts import Trace
from modelaudit.extract.python.chains import chain
from modelaudit.extract.python.evidence_compared import comparisons, is_mapping, shown, texts_beside
from modelaudit.extract.python.evidence_file import FileClues, dotted
from modelaudit.extract.python.evidence_names import FIELDS, GATHERS, NO_ANSWER, PARSED, SAME, STILL, STOP_REASONS, TOOL_ARGUMENTS
from modelaudit.extract.python.evidence_tree import Unit

DEEPEST = 2
"""Functions of the file that an answer is followed into, or back out of."""
MOST_STEPS = 500

ITSELF, DERIVED, GATHERED, TOOL = range(4)
"""How much of an answer a value still is: the answer or a part of it; made from it; a collection that it was put into; the arguments of a
tool call, which have a schema."""

_INSERT = ("insert", "upsert", "copy", "vector")


class Answer:
    """One answer on its way. After `run`, `found` holds what was seen."""

    def __init__(self, file: FileClues, call: ast.expr, operation: str, *, is_enveloped: bool = False, has_tools: bool = False) -> None:
        """`is_enveloped`: the answer comes inside an HTTP body that has to be parsed first; `has_tools`: tools with schemas are offered."""
        self._file = file
        self._call = call
        self._operation = operation
        self._enveloped = is_enveloped
        self._has_tools = has_tools
        self._tool_arguments: ast.expr | None = None
        self._waiting: list[tuple[ast.expr, Unit, int, int]] = []
        self._best: dict[tuple[ast.AST, int], int] = {}
        self.found: dict[tuple[str, str], Trace] = {}

    def run(self, starts: Iterable[tuple[ast.expr, Unit, int]]) -> None:
        """Follow some expressions (with their units and the depth of functions already gone through) to their ends."""
        for node, unit, depth in starts:
            self._push(node, unit, ITSELF, depth)
        steps = 0
        while self._waiting and steps < MOST_STEPS:
            steps += 1
            self._step(*self._waiting.pop())
        if self._tool_arguments is not None and not any(kind == traces.PARSE for kind, _ in self.found):
            self.leave(traces.SCHEMA, "tool schema", self._tool_arguments)

    def leave(self, kind: str, text: str, node: ast.expr | ast.stmt) -> None:
        """Note something seen; of equal things the first place counts."""
        trace = Trace(kind, text, self._file.source.span(node))
        known = self.found.get((kind, text))
        if known is None or trace.span < known.span:
            self.found[kind, text] = trace

    def _push(self, node: ast.expr, unit: Unit, strength: int, depth: int) -> None:
        key = (node, depth)
        if self._best.get(key, TOOL + 1) > strength:
            self._best[key] = strength
            self._waiting.append((node, unit, strength, depth))

    def _step(self, node: ast.expr, unit: Unit, strength: int, depth: int) -> None:
        """Look at what an expression that holds the answer stands in."""
        parent = unit.parent(node)
        match parent:
            case ast.Attribute(value=value) if value is node:
                self._attribute(parent, unit, strength, depth)
            case ast.Subscript(value=value) if value is node:
                self._part(parent, _key(parent), unit, strength, depth)
            case ast.Subscript() if strength == ITSELF and isinstance(parent.ctx, ast.Load):
                self.leave(traces.PARSE, "lookup", parent)
            case ast.Call():
                if parent.func is not node:
                    self._argument(node, parent, unit, strength, depth)
            case ast.keyword():
                call = unit.parent(parent)
                if isinstance(call, ast.Call):
                    self._argument(node, call, unit, strength, depth)
            case ast.Compare():
                self._compared(node, parent, unit, strength)
            case ast.Assign() | ast.AnnAssign() | ast.AugAssign() | ast.NamedExpr():
                targets = parent.targets if isinstance(parent, ast.Assign) else [parent.target]
                for target in targets:
                    self._bound(target, unit, strength, depth)
                if isinstance(parent, ast.NamedExpr):
                    self._push(parent, unit, strength, depth)
            case ast.For() | ast.AsyncFor():
                if parent.iter is node:
                    self._bound(parent.target, unit, strength, depth)
            case ast.comprehension():
                if parent.iter is node:
                    self._comprehended(parent, unit, strength, depth)
            case ast.withitem(optional_vars=ast.expr() as target):
                self._bound(target, unit, strength, depth)
            case ast.Return():
                self._returned(parent, unit, strength, depth)
            case ast.Yield() | ast.YieldFrom():
                self.leave(traces.SINK, f"show yielded by {unit.name}" if unit.name else "show yielded", parent)
            case ast.Match():
                if strength == ITSELF:
                    self.leave(traces.PARSE, "match", node)
            case ast.expr():
                self._contained(node, parent, unit, strength, depth)

    def _contained(self, node: ast.expr, parent: ast.expr, unit: Unit, strength: int, depth: int) -> None:
        """An expression made of the answer is, or holds, the answer."""
        match parent:
            case ast.Dict():
                self._push(parent, unit, GATHERED if _is_message(parent) else max(strength, DERIVED), depth)
            case ast.BinOp() | ast.JoinedStr():
                self._push(parent, unit, max(strength, DERIVED), depth)
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
                self._push(parent, unit, strength, depth)
            case ast.IfExp():
                if parent.test is not node:
                    self._push(parent, unit, strength, depth)
            case ast.Await() | ast.Starred() | ast.FormattedValue() | ast.BoolOp() | ast.List() | ast.Tuple() | ast.Set():
                self._push(parent, unit, strength, depth)

    def _attribute(self, node: ast.Attribute, unit: Unit, strength: int, depth: int) -> None:
        """`answer.name`, and `answer.name(…)`."""
        call = unit.parent(node)
        if not isinstance(call, ast.Call) or call.func is not node:
            self._part(node, node.attr, unit, strength, depth)
        elif node.attr in GATHERS:
            return
        elif self._file.is_a("parse-method", node):
            if strength == ITSELF:
                self.leave(traces.PARSE, node.attr, call)
            self._push(call, unit, max(strength, DERIVED), depth)
        elif node.attr == "get" and call.args and isinstance(call.args[0], ast.Constant):
            self._part(call, call.args[0].value, unit, strength, depth)
        elif node.attr not in NO_ANSWER:
            self._push(call, unit, strength, depth)

    def _part(self, node: ast.expr, name: object, unit: Unit, strength: int, depth: int) -> None:
        """A part of the answer by its name: `answer.choices`, `answer["content"]`."""
        if name in STOP_REASONS:
            for text, where in comparisons(node, unit):
                self.leave(traces.STOP_REASON, text, where)
        elif name in ("model", "model_name"):
            compared = unit.parent(node)
            if isinstance(compared, ast.Compare):
                others = (other for other in (compared.left, *compared.comparators) if other is not node)
                self.leave(traces.RESPONSE_MODEL, shown(next(others, node)), node)
        elif name in NO_ANSWER:
            return
        elif name in PARSED:
            self.leave(traces.SCHEMA, str(name), node)
            self._push(node, unit, DERIVED, depth)
        elif name in TOOL_ARGUMENTS and self._has_tools:
            self._tool_arguments = node
            self._push(node, unit, TOOL, depth)
        else:
            if name in FIELDS:
                self.leave(traces.RESPONSE_FIELD, str(name), node)
            self._push(node, unit, strength, depth)

    def _compared(self, node: ast.expr, compare: ast.Compare, unit: Unit, strength: int) -> None:
        """`answer == "yes"`, `"yes" in answer`; a comparison with None or the empty text takes nothing out of it."""
        if strength != ITSELF or not texts_beside(node, compare):
            return
        inside = isinstance(compare.ops[0], ast.In | ast.NotIn)
        if not (inside and is_mapping(node, unit)):
            self.leave(traces.PARSE, "in" if inside else "==", compare)

    def _bound(self, target: ast.expr, unit: Unit, strength: int, depth: int) -> None:
        """The answer gets a name, or a place in something."""
        if isinstance(target, ast.Tuple | ast.List):
            for element in target.elts:
                self._bound(element.value if isinstance(element, ast.Starred) else element, unit, strength, depth)
        elif isinstance(target, ast.Subscript):
            self._into(target.value, unit, depth)
        elif isinstance(target, ast.Name):
            for load in unit.read_after(target.id, target):
                self._push(load, unit, strength, depth)
        elif isinstance(target, ast.Attribute):
            self._kept(target, unit, strength, depth)

    def _comprehended(self, clause: ast.comprehension, unit: Unit, strength: int, depth: int) -> None:
        """Each element in turn, anywhere in the comprehension: its result stands before the clause."""
        around = unit.parent(clause)
        if not isinstance(around, ast.expr):
            return
        for target in ast.walk(clause.target):
            if isinstance(target, ast.Name):
                for load in unit.loads(target.id):
                    if _within(load, around):
                        self._push(load, unit, strength, depth)

    def _kept(self, target: ast.Attribute, unit: Unit, strength: int, depth: int) -> None:
        """`self.answer = …`: read again in any method of the class."""
        name = chain(target)
        if name is None or self._file.source.text.count(name) < 2:
            return
        same = unit.owner is not None and name.startswith("self.")
        units = self._file.tree.of_class(unit.owner or "") if same and depth < DEEPEST else (unit,)
        for other in units:
            for load in other.loads(name):
                self._push(load, other, strength, depth if other is unit else depth + 1)

    def _into(self, receiver: ast.expr, unit: Unit, depth: int) -> None:
        """Put into a collection: whoever reads that reads the answer too."""
        name = chain(receiver)
        if name is not None and "(" not in name:
            line = receiver.lineno
            for load in unit.loads(name):
                if load is not receiver and load.lineno > line:
                    self._push(load, unit, GATHERED, depth)

    def _returned(self, node: ast.Return, unit: Unit, strength: int, depth: int) -> None:
        """Handed to callers: those in this file are looked at, all others cannot be seen."""
        name = unit.name
        around = next(unit.functions_around(node), None)
        self.leave(traces.SINK, f"return {around.name if around is not None else name}", node)
        if around is not unit.node or depth >= DEEPEST or unit.node is None:
            return
        called = f"self.{name}" if unit.owner else name
        if self._file.source.text.count(f"{name}(") < 2:
            return
        for other in self._file.tree.units():
            if unit.owner and other.owner != unit.owner:
                continue
            for load in other.loads(called):
                call = other.parent(load)
                if isinstance(call, ast.Call) and call.func is load:
                    self._push(call, other, strength, depth + 1)

    def _argument(self, node: ast.expr, call: ast.Call, unit: Unit, strength: int, depth: int) -> None:
        """The answer is given to a call."""
        if call is self._call:
            return
        func = call.func
        name = dotted(func)
        last = name.rpartition(".")[2]
        if self._embedding(call, name):
            return
        if self._is_envelope(node, func):
            self._enveloped = False
            self._push(call, unit, strength, depth)
        elif self._file.is_a("parse", func) or (strength == ITSELF and self._file.is_a("parse-text", func)):
            if strength < TOOL:
                self.leave(traces.PARSE, self._file.resolve(func) or name, call)
            self._push(call, unit, max(strength, DERIVED), depth)
        elif self._file.is_a("schema", func):
            self.leave(traces.SCHEMA, name, call)
            self._push(call, unit, DERIVED, depth)
        elif self._file.sites.get(call):
            if strength <= DERIVED and self._file.sites[call] not in ("client-construct", "tokenizer", "metadata"):
                self.leave(traces.SINK, f"call {name}", call)
        elif self._acts(call, name):
            return
        elif name in SAME or last in ("join", "format", "loads"):
            self._push(call, unit, strength, depth)
        elif last in GATHERS and isinstance(func, ast.Attribute):
            self._into(func.value, unit, depth)
        elif name not in STILL and not self._file.is_a("log", func):
            self._handed(node, call, unit, strength, depth)

    def _embedding(self, call: ast.Call, name: str) -> bool:
        """Vectors that are written somewhere."""
        if self._operation != "embedding":
            return False
        if self._file.is_a("vector-write", call.func) and (not name.endswith(("execute", "executemany")) or _inserts(call)):
            self.leave(traces.VECTOR_WRITE, name, call)
            return True
        return False

    def _acts(self, call: ast.Call, name: str) -> bool:
        """Something that acts on what it is given."""
        for kind in ("classifier", "write", "show"):
            if self._file.is_a(kind, call.func):
                self.leave(traces.SINK, f"{kind} {name}", call)
                return True
        return False

    def _handed(self, node: ast.expr, call: ast.Call, unit: Unit, strength: int, depth: int) -> None:
        """Given to a function: one of this file is looked into; what any other one gives back is made from the answer."""
        inside = self._file.tree.called(unit, call.func)
        if inside is not None and depth < DEEPEST:
            name = parameter_of(inside, call, node)
            for load in inside.loads(name) if name else ():
                self._push(load, inside, strength, depth + 1)
        elif inside is None and strength <= DERIVED and (name := self._file.imported(call.func)) and name.rpartition(".")[2][:1].islower():
            self.leave(traces.CONSUMER, name, call)
        self._push(call, unit, max(strength, DERIVED), depth)

    def _is_envelope(self, node: ast.expr, func: ast.expr) -> bool:
        """`json.loads(response["body"].read())` opens the HTTP body; the answer is inside."""
        if not self._enveloped or not self._file.is_a("parse", func):
            return False
        name = dotted(node.func if isinstance(node, ast.Call) else node)
        return name.rpartition(".")[2] in ("read", "text", "content", "body", "decode", "data", "raw") or isinstance(node, ast.Subscript)


def _within(node: ast.expr, around: ast.expr) -> bool:
    start, end = (around.lineno, around.col_offset), (around.end_lineno or 0, around.end_col_offset or 0)
    return start <= (node.lineno, node.col_offset) < end


def _key(node: ast.Subscript) -> object:
    return node.slice.value if isinstance(node.slice, ast.Constant) else None


def _is_message(table: ast.Dict) -> bool:
    """A turn of a conversation: `{"role": "assistant", "content": answer}`."""
    return any(isinstance(key, ast.Constant) and key.value == "role" for key in table.keys)


def _inserts(call: ast.Call) -> bool:
    first = call.args[0] if call.args else None
    return isinstance(first, ast.Constant) and isinstance(first.value, str) and any(word in first.value.lower() for word in _INSERT)


def parameter_of(inside: Unit, call: ast.Call, node: ast.expr) -> str | None:
    """The parameter of a function of this file that an argument of a call arrives in."""
    assert inside.node is not None
    for keyword in call.keywords:
        if keyword.value is node:
            return keyword.arg
    names = [argument.arg for argument in (*inside.node.args.posonlyargs, *inside.node.args.args)]
    if inside.owner and names[:1] in (["self"], ["cls"]):
        names = names[1:]
    place = next((number for number, argument in enumerate(call.args) if argument is node), -1)
    return names[place] if 0 <= place < len(names) else None
