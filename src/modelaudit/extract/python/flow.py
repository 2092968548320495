"""Walk a file's statements in the order they run, keeping what every name holds, and note definitions and calls on the way.

The walk is flow-sensitive inside a body (the last assignment that reaches a call counts, branches meet in a `Choice`) and leaves everything
that crosses a body (globals, attributes, parameters, return values) as named bindings for linking.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from modelaudit.domain.expr import SPREAD, Attribute, Entry, Expr, Join, Name, Result, Self, Table, Text
from modelaudit.domain.facts import Binding, BindingKind, Import
from modelaudit.domain.location import Span
from modelaudit.domain.record import NamedTuple
from modelaudit.extract.python.chains import chain
from modelaudit.extract.python.definitions import Definitions
from modelaudit.extract.python.displays import entry_of, rest_of
from modelaudit.extract.python.expressions import Converter
from modelaudit.extract.python.scope import Scope, Values, choice, merge
from modelaudit.extract.python.source import Source

_NOWHERE = Span(0, 0, 0, 0)


class SeenCall:
    """A call met on the way, with its parts already turned into terms where it stands."""

    __slots__ = ("arguments", "callee", "chain", "function", "node", "protection", "scope")

    def __init__(
        self,
        node: ast.Call,
        dotted: str | None,
        callee: Expr,
        arguments: tuple[tuple[str | int, Expr], ...],
        scope: Scope,
        protection: tuple[ast.Try, ...],
    ) -> None:
        self.node = node
        self.chain = dotted
        self.callee = callee
        self.arguments = arguments
        self.scope = scope
        self.function = scope.name
        self.protection = protection


class SeenAssignment(NamedTuple):
    """An assignment to an attribute of something that is not `self`."""

    chain: str
    target: Expr
    value: Expr
    span: Span
    function: str


class Flow:
    """The walk over one module. After `run`, the definitions, bindings, imports and calls are complete."""

    def __init__(self, source: Source, wanted: frozenset[str]) -> None:
        self._source = source
        self._wanted = wanted
        self._convert = Converter(source, self._lambda)
        self._pending: list[tuple[ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, Scope]] = []
        self._protection: list[ast.Try] = []
        self._returns: dict[str, list[Expr]] = {}
        self.definitions = Definitions(source, self._convert)
        self.bindings: list[Binding] = []
        self.imports: list[Import] = []
        self.calls: list[SeenCall] = []
        self.assignments: list[SeenAssignment] = []
        self.module = Scope("module", "", None)
        self._set_globally: set[str] = set()

    def run(self, body: list[ast.stmt]) -> None:
        """Walk a module body, then every function body (and those defined inside), so that closures see finished scopes."""
        self._body(body, self.module)
        while self._pending:
            node, scope = self._pending.pop(0)
            self._function_body(node, scope)
        for name in sorted(self.module.assigned):
            if (self.module.assigned[name] > 1 or name in self._set_globally) and name in self.module.values:
                self._bind_name(name, BindingKind.CONSTANT, self.module.values[name], Span(0, 0, 0, 0))
        for name, values in self._returns.items():
            self._bind_name(f"{name}()", BindingKind.RETURN, choice(values), self.definitions.place(name))
        self.bindings.extend(self.definitions.bindings)

    # statements

    def _body(self, body: list[ast.stmt], scope: Scope) -> None:
        for statement in body:
            self._statement(statement, scope)

    def _statement(self, node: ast.stmt, scope: Scope) -> None:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self._function(node, scope)
            case ast.ClassDef():
                self._class(node, scope)
            case ast.Assign():
                if self._functional_class(node, scope):
                    return
                self._visit(node.value, scope)
                value = self._convert.convert(node.value, scope)
                for target in node.targets:
                    self._assign(target, value, scope)
            case ast.AnnAssign():
                self._annotated(node, scope)
            case ast.AugAssign():
                self._augmented(node, scope)
            case ast.Return():
                self._return(node, scope)
            case ast.Expr():
                self._visit(node.value, scope)
                self._effect(node.value, scope)
            case ast.If():
                self._if(node, scope)
            case ast.For() | ast.AsyncFor() | ast.While():
                self._loop(node, scope)
            case ast.Try() | ast.TryStar():
                self._try(node, scope)
            case ast.With() | ast.AsyncWith():
                for item in node.items:
                    self._visit(item.context_expr, scope)
                    if item.optional_vars is not None:
                        self._assign(item.optional_vars, self._convert.convert(item.context_expr, scope), scope)
                self._body(node.body, scope)
            case ast.Match():
                self._match(node, scope)
            case ast.Import() | ast.ImportFrom():
                self._import(node)
            case ast.Global():
                scope.globals.update(node.names)
            case ast.Nonlocal():
                scope.nonlocals.update(node.names)
            case _:
                for child in ast.iter_child_nodes(node):
                    if isinstance(child, ast.expr):
                        self._visit(child, scope)

    def _if(self, node: ast.If, scope: Scope) -> None:
        branches: list[Values] = []
        present: ast.If | None = node
        while present is not None:
            self._visit(present.test, scope)
            before = dict(scope.values)
            self._body(present.body, scope)
            if not _leaves(present.body):
                branches.append(scope.values)
            scope.values = before
            if len(present.orelse) == 1 and isinstance(present.orelse[0], ast.If):
                present = present.orelse[0]
                continue
            self._body(present.orelse, scope)
            if not _leaves(present.orelse):
                branches.append(scope.values)
            present = None
        if branches:
            scope.values = merge(branches)

    def _loop(self, node: ast.For | ast.AsyncFor | ast.While, scope: Scope) -> None:
        before = dict(scope.values)
        if isinstance(node, ast.While):
            self._visit(node.test, scope)
        else:
            self._visit(node.iter, scope)
            self._assign(node.target, self._convert.element(node.iter, scope), scope)
        carried = self._carried_around(node.body, before, scope)
        self._body(node.body, scope)
        for name, version in carried:
            self._bind_name(version, BindingKind.CONSTANT, choice((before[name], scope.values.get(name, before[name]))), _NOWHERE)
        scope.values = merge((scope.values, before))
        self._body(node.orelse, scope)

    def _carried_around(self, body: list[ast.stmt], before: Values, scope: Scope) -> list[tuple[str, str]]:
        """What one turn of a loop leaves to the next: names that the body gives a new value hold the old or the new one at its start."""
        carried = [(name, scope.version(name)) for name in sorted(_assigned(body)) if name in before]
        for name, version in carried:
            scope.values[name] = Name(version, _NOWHERE)
        return carried

    def _try(self, node: ast.Try | ast.TryStar, scope: Scope) -> None:
        before = dict(scope.values)
        guarded = isinstance(node, ast.Try) and bool(node.handlers)
        if guarded and isinstance(node, ast.Try):
            self._protection.append(node)
        self._body(node.body, scope)
        if guarded:
            self._protection.pop()
        self._body(node.orelse, scope)
        branches = [scope.values]
        for handler in node.handlers:
            scope.values = merge((before, branches[0]))
            self._body(handler.body, scope)
            if not _leaves(handler.body):
                branches.append(scope.values)
        scope.values = merge(branches)
        self._body(node.finalbody, scope)

    def _match(self, node: ast.Match, scope: Scope) -> None:
        self._visit(node.subject, scope)
        before = dict(scope.values)
        branches = [before]
        for case in node.cases:
            scope.values = dict(before)
            if case.guard is not None:
                self._visit(case.guard, scope)
            self._body(case.body, scope)
            if not _leaves(case.body):
                branches.append(scope.values)
            if isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None and branches[0] is before:
                branches = branches[1:] or [before]
        scope.values = merge(branches)

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
        span = self._source.span(node)
        if isinstance(node, ast.Import):
            for alias in node.names:
                name = alias.asname or alias.name.partition(".")[0]
                module = alias.name if alias.asname else name
                self.imports.append(Import(name, module, None, 0, span))
                if not alias.asname and "." in alias.name:
                    self.imports.append(Import(alias.name, alias.name, None, 0, span))
        else:
            for alias in node.names:
                attribute = None if alias.name == "*" else alias.name
                name = "*" if attribute is None else alias.asname or attribute or ""
                self.imports.append(Import(name, node.module or "", attribute, node.level, span))
                if node.module == "os" and attribute in ("getenv", "environ"):
                    self._convert.environment_names.add(name if attribute == "getenv" else f"{name}.get")

    # assignments

    def _assign(self, target: ast.expr, value: Expr, scope: Scope) -> None:
        match target:
            case ast.Name():
                self._assign_name(target.id, value, self._source.span(target), scope)
            case ast.Tuple() | ast.List():
                for index, element in enumerate(target.elts):
                    if isinstance(element, ast.Starred):
                        self._assign(element.value, rest_of(value, index, len(target.elts) - index - 1), scope)
                        continue
                    self._assign(element, entry_of(value, index), scope)
            case ast.Starred():
                self._assign(target.value, value, scope)
            case ast.Attribute():
                self._assign_attribute(target, value, scope)
            case ast.Subscript():
                self._assign_item(target, value, scope)

    def _assign_name(self, name: str, value: Expr, span: Span, scope: Scope, kind: BindingKind = BindingKind.CONSTANT) -> None:
        if scope.kind == "class":
            self._bind_name(scope.qualify(name), BindingKind.FIELD, value, span)
            scope.values[name] = Name(scope.qualify(name), span)
            return
        if name in scope.globals:
            self._set_globally.add(name)
            self._bind_name(name, kind, value, span)
            return
        if name in scope.nonlocals:
            outer = scope.enclosing(name)
            if isinstance(outer, Name):
                self._bind_name(outer.ref, kind, value, span)
                return
        version = scope.version(name)
        self._bind_name(version, kind, value, span)
        scope.values[name] = Name(version, span)

    def _assign_attribute(self, target: ast.Attribute, value: Expr, scope: Scope) -> None:
        span = self._source.span(target)
        self._visit(target.value, scope)
        owner = self._self_of(target.value, scope)
        if owner is not None:
            self._bind_name(f"{owner}.{target.attr}", BindingKind.ATTRIBUTE, value, span)
            return
        dotted = chain(target)
        if dotted is None or "()" in dotted:
            return
        version = scope.version(dotted)
        self._bind_name(version, BindingKind.ATTRIBUTE, value, span)
        scope.values[dotted] = Name(version, span)
        if scope.kind == "module":
            self._bind_name(dotted, BindingKind.ATTRIBUTE, value, span)
        base = self._convert.convert(target.value, scope)
        self.assignments.append(SeenAssignment(dotted, Attribute(base, target.attr, span), value, span, scope.name))
        if isinstance(base, Attribute) and isinstance(base.base, Self):
            self._bind_name(f"{base.base.owner}.{base.name}.{target.attr}", BindingKind.ATTRIBUTE, value, span)
        if isinstance(base, Name) and base.ref.partition("@")[0] != dotted:
            self._bind_name(f"{base.ref}.{target.attr}", BindingKind.ATTRIBUTE, value, span)

    def _assign_item(self, target: ast.Subscript, value: Expr, scope: Scope) -> None:
        dotted = chain(target.value)
        span = self._source.span(target)
        if not isinstance(target.slice, ast.Constant) or not isinstance(target.slice.value, str | int):
            return
        key = target.slice.value
        if dotted in ("os.environ", "environ") and isinstance(key, str):
            self._bind_name(f"env:{key}", BindingKind.ENVIRONMENT, value, span)
            return
        self._pour(target.value, (Entry(key, value, self._source.inside(target.slice)),), span, scope)

    def _pour(self, owner: ast.expr, entries: tuple[Entry, ...], span: Span, scope: Scope, *, mapping: bool = True) -> None:
        """`owner[key] = value` and `owner.update(…)`: a new version of the mapping, the old one underneath."""
        dotted = chain(owner)
        fields_of = self._self_of(owner, scope)
        if fields_of is not None:
            for entry in entries:
                if isinstance(entry.key, str) and entry.key != SPREAD:
                    self._bind_name(f"{fields_of}.{entry.key}", BindingKind.ATTRIBUTE, entry.value, span)
            return
        if isinstance(owner, ast.Subscript):
            inner = self._convert.key(owner.slice, scope)
            if isinstance(inner, Text):
                self._pour(owner.value, (Entry(inner.text, Table(entries, mapping=True)),), span, scope)
            return
        if dotted is None:
            return
        changed = Table((*entries, Entry(SPREAD, self._convert.convert(owner, scope))), mapping=mapping)
        if isinstance(owner, ast.Name):
            self._assign_name(owner.id, changed, span, scope)
        elif isinstance(owner, ast.Attribute):
            class_name = self._self_of(owner.value, scope)
            if class_name is not None:
                self._bind_name(f"{class_name}.{owner.attr}", BindingKind.ATTRIBUTE, Table(entries, mapping=mapping), span)

    def _self_of(self, node: ast.expr, scope: Scope) -> str | None:
        """The class whose instance a name stands for in this method: `self`, however it is called."""
        held = scope.lookup(node.id, _NOWHERE) if isinstance(node, ast.Name) else None
        return held.owner if isinstance(held, Self) else None

    def _annotated(self, node: ast.AnnAssign, scope: Scope) -> None:
        if node.value is None:
            if scope.kind == "class" and isinstance(node.target, ast.Name):
                scope.values.setdefault(node.target.id, Name(scope.qualify(node.target.id), self._source.span(node.target)))
            return
        self._visit(node.value, scope)
        self._assign(node.target, self._convert.convert(node.value, scope), scope)

    def _augmented(self, node: ast.AugAssign, scope: Scope) -> None:
        self._visit(node.value, scope)
        if not isinstance(node.op, ast.Add | ast.BitOr):
            return
        old, new = self._convert.convert(node.target, scope), self._convert.convert(node.value, scope)
        if isinstance(new, Table) or isinstance(node.op, ast.BitOr):
            value: Expr = Table((Entry(SPREAD, new), Entry(SPREAD, old)), mapping=isinstance(node.op, ast.BitOr))
        else:
            value = Join((old, new))
        self._assign(node.target, value, scope)

    def _effect(self, node: ast.expr, scope: Scope) -> None:
        """Calls that change a mapping or the environment: `update`, `setdefault`, `append`, `setenv`."""
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            return
        name, owner, span = node.func.attr, node.func.value, self._source.span(node)
        if name in ("setenv", "setdefault", "set_env") and len(node.args) >= 2:
            key = node.args[0]
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                value = self._convert.convert(node.args[1], scope)
                if name != "setdefault" or chain(owner) in ("os.environ", "environ"):
                    self._bind_name(f"env:{key.value}", BindingKind.ENVIRONMENT, value, span)
                else:
                    self._pour(owner, (Entry(key.value, value),), span, scope)
        elif name == "update":
            entries = [Entry(keyword.arg or SPREAD, self._convert.convert(keyword.value, scope)) for keyword in node.keywords]
            entries += [Entry(SPREAD, self._convert.convert(argument, scope)) for argument in node.args]
            if chain(owner) in ("os.environ", "environ"):
                self._environment_table(entries, span)
            else:
                self._pour(owner, tuple(entries), span, scope)
        elif name in ("read", "read_file") and node.args:
            self._reads(owner, node, scope)
        elif name in ("append", "add", "insert", "extend") and node.args:
            value = self._convert.convert(node.args[-1], scope)
            self._pour(owner, (Entry(SPREAD if name == "extend" else None, value),), span, scope, mapping=False)

    def _reads(self, owner: ast.expr, node: ast.Call, scope: Scope) -> None:
        """`parser.read("settings.ini")` fills a `ConfigParser`: from here on it holds what the file says."""
        held = self._convert.convert(owner, scope)
        made = held
        if isinstance(held, Name):
            made = next((binding.value for binding in reversed(self.bindings) if binding.name == held.ref), held)
        callee = made.callee if isinstance(made, Result) else None
        name = callee.name if isinstance(callee, Attribute) else callee.ref if isinstance(callee, Name) else ""
        if not name.endswith("ConfigParser"):
            return
        filled = self._convert.convert(node, scope)
        if isinstance(owner, ast.Name):
            self._assign_name(owner.id, filled, self._source.span(node), scope)

    def _environment_table(self, entries: list[Entry], span: Span) -> None:
        for entry in entries:
            inner = entry.value.entries if entry.key == SPREAD and isinstance(entry.value, Table) else (entry,)
            for single in inner:
                if isinstance(single.key, str) and single.key != SPREAD:
                    self._bind_name(f"env:{single.key}", BindingKind.ENVIRONMENT, single.value, span)

    def _return(self, node: ast.Return, scope: Scope) -> None:
        if node.value is None:
            return
        self._visit(node.value, scope)
        self._returns.setdefault(scope.name, []).append(self._convert.convert(node.value, scope))

    def _bind_name(self, name: str, kind: BindingKind, value: Expr, span: Span) -> None:
        self.bindings.append(Binding(name, kind, value, span))

    # definitions

    def _functional_class(self, node: ast.Assign, scope: Scope) -> bool:
        target = node.targets[0]
        if not (isinstance(node.value, ast.Call) and isinstance(target, ast.Name)):
            return False
        return self.definitions.functional(target.id, node.value, scope, self._source.span(target))

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope) -> None:
        for decorator in node.decorator_list:
            self._visit(decorator, scope)
        for default in (*node.args.defaults, *(value for value in node.args.kw_defaults if value is not None)):
            self._visit(default, scope)
        inner = self.definitions.function(node, scope)
        self._composed(node, inner, scope)
        if scope.kind != "class":
            scope.values[node.name] = Name(inner.name, self._source.span(node))
        self._pending.append((node, inner))

    def _composed(self, node: ast.FunctionDef | ast.AsyncFunctionDef, inner: Scope, scope: Scope) -> None:
        """`@hydra.main(config_path="conf", config_name="app")` hands the function what it composes of the files."""
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Call) and chain(decorator.func) in ("hydra.main", "main") and node.args.args:
                arguments = self._convert.arguments(decorator, scope)
                if any(key == "config_name" for key, _ in arguments):
                    span = self._source.span(decorator)
                    value = Result(Name("hydra.compose", span), arguments, span)
                    self._bind_name(f"{inner.name}({node.args.args[0].arg})", BindingKind.PARAMETER, value, _NOWHERE)

    def _lambda(self, node: ast.Lambda, scope: Scope) -> Expr:
        inner, fresh = self.definitions.anonymous(node, scope)
        if fresh:
            self._pending.append((node, inner))
        return Name(inner.name, self._source.span(node))

    def _function_body(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, scope: Scope) -> None:
        if isinstance(node, ast.Lambda):
            self._visit(node.body, scope)
            self._returns.setdefault(scope.name, []).append(self._convert.convert(node.body, scope))
            return
        self._body(node.body, scope)

    def _class(self, node: ast.ClassDef, scope: Scope) -> None:
        for expression in (*node.decorator_list, *node.bases, *(keyword.value for keyword in node.keywords)):
            self._visit(expression, scope)
        inner = self.definitions.class_(node, scope)
        if scope.kind != "class":
            scope.values[node.name] = Name(inner.name, self._source.span(node))
        self._body(node.body, inner)

    # expressions

    def _visit(self, node: ast.expr, scope: Scope) -> None:
        """Note every call inside an expression, outermost first, with names as they stand now."""
        stack: list[ast.AST] = [node]
        while stack:
            present = stack.pop()
            if isinstance(present, ast.Call):
                self._note(present, scope)
            elif isinstance(present, ast.NamedExpr):
                self._assign(present.target, self._convert.convert(present.value, scope), scope)
            elif isinstance(present, ast.Lambda):
                self._lambda(present, scope)
                continue
            elif isinstance(present, ast.Yield) and present.value is not None:
                element = Table((Entry(None, self._convert.convert(present.value, scope)),), mapping=False)
                self._returns.setdefault(scope.name, []).append(element)
            elif isinstance(present, ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp):
                self._visit_comprehension(present, scope)
                continue
            if not isinstance(present, ast.Constant | ast.Name):
                stack.extend(reversed(list(_children(present))))

    def _visit_comprehension(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp, scope: Scope) -> None:
        before = dict(scope.values)
        for generator in node.generators:
            self._visit(generator.iter, scope)
            self._convert.bind(generator.target, self._convert.element(generator.iter, scope), scope)
            for condition in generator.ifs:
                self._visit(condition, scope)
        for part in (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,):
            self._visit(part, scope)
        scope.values = before

    def _note(self, node: ast.Call, scope: Scope) -> None:
        dotted = chain(node.func)
        last = dotted.rpartition(".")[2] if dotted else ""
        if last in ("add_argument", "add_option"):
            self._option(node, scope)
            return
        if dotted in _DULL and not any(keyword.arg in self._wanted for keyword in node.keywords):
            return
        if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Constant | ast.JoinedStr):
            return
        callee = self._convert.callee(node.func, scope)
        if dotted == "super().__init__":
            self._handed_up(node, scope)
        self.calls.append(SeenCall(node, dotted, callee, self._convert.arguments(node, scope), scope, tuple(self._protection)))

    def _handed_up(self, node: ast.Call, scope: Scope) -> None:
        """`super().__init__(model=…)`: a base class that takes its fields by keyword keeps it as the attribute of that name."""
        owner = scope.method_of()
        for keyword in node.keywords if owner is not None else ():
            if keyword.arg in self._wanted:
                value = self._convert.convert(keyword.value, scope)
                self._bind_name(f"{owner}.super({keyword.arg})", BindingKind.ATTRIBUTE, value, self._source.span(keyword))

    def _option(self, node: ast.Call, scope: Scope) -> None:
        """`parser.add_argument("--model", default=…)`: what `args.model` holds."""
        names = [argument.value for argument in node.args if isinstance(argument, ast.Constant) and isinstance(argument.value, str)]
        default: Expr | None = None
        for keyword in node.keywords:
            if keyword.arg == "dest" and isinstance(keyword.value, ast.Constant) and isinstance(keyword.value.value, str):
                names = [f"--{keyword.value.value}"]
            if keyword.arg == "default":
                default = self._convert.convert(keyword.value, scope)
        long = [name for name in names if name.startswith("--")] or names
        if long and default is not None:
            attribute = long[0].lstrip("-").replace("-", "_")
            self._bind_name(f"option:{attribute}", BindingKind.OPTION, default, self._source.span(node))


def _children(node: ast.AST) -> Iterator[ast.AST]:
    for name in node._fields:
        value = getattr(node, name, None)
        if isinstance(value, ast.AST):
            yield value
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, ast.AST):
                    yield item


def _leaves(body: list[ast.stmt]) -> bool:
    """Control does not fall out of this block."""
    return bool(body) and isinstance(body[-1], ast.Return | ast.Raise | ast.Continue | ast.Break)


def _assigned(body: list[ast.stmt]) -> set[str]:
    """Names that a block gives a value, the blocks inside it included."""
    found: set[str] = set()
    waiting: list[ast.AST] = [*body]
    while waiting:
        node = waiting.pop()
        match node:
            case ast.Assign():
                found.update(target.id for target in node.targets if isinstance(target, ast.Name))
            case ast.AugAssign() | ast.AnnAssign() if isinstance(node.target, ast.Name):
                found.add(node.target.id)
            case ast.If() | ast.For() | ast.AsyncFor() | ast.While():
                waiting += [*node.body, *node.orelse]
            case ast.With() | ast.AsyncWith() | ast.match_case():
                waiting += node.body
            case ast.Try() | ast.TryStar():
                waiting += [*node.body, *node.orelse, *node.finalbody, *(inner for handler in node.handlers for inner in handler.body)]
            case ast.Match():
                waiting += node.cases
    return found


_DULL = frozenset(
    (
        "len",
        "isinstance",
        "range",
        "enumerate",
        "zip",
        "int",
        "float",
        "bool",
        "hasattr",
        "setattr",
        "issubclass",
        "id",
        "hash",
        "repr",
        "abs",
        "sum",
        "any",
        "all",
        "type",
        "super",
        "open",
        "print",
        "vars",
        "dir",
        "callable",
        "round",
        "map",
        "filter",
        "os.path.join",
        "os.path.exists",
        "Path",
        "logging.getLogger",
        "re.compile",
        "time.time",
        "time.sleep",
        "asyncio.sleep",
        "json.loads",
        "ValueError",
        "TypeError",
        "RuntimeError",
        "KeyError",
        "Exception",
        "NotImplementedError",
        "os.makedirs",
        "datetime.now",
        "field",
        "Field",
        "TypeVar",
    )
)
