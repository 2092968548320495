"""Walk a file's statements in the order they run, keeping what every name holds, and note definitions and calls on the way.

The walk is flow-sensitive inside a body (the last assignment that reaches a call counts, branches meet in a `Choice`) and leaves everything
that crosses a body (globals, attributes, parameters, return values) as named bindings for linking.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from modelaudit.domain.expr import Entry, Expr, Name, Result, Table
from modelaudit.domain.facts import Binding, BindingKind, Import
from modelaudit.domain.location import Span
from modelaudit.extract.python import assignments, branching, effects
from modelaudit.extract.python.chains import chain
from modelaudit.extract.python.definitions import Definitions
from modelaudit.extract.python.expressions import Converter
from modelaudit.extract.python.scope import NOWHERE, Scope, choice
from modelaudit.extract.python.seen import SeenAssignment, SeenCall
from modelaudit.extract.python.source import Source


class Flow:
    """The walk over one module. After `run`, the definitions, bindings, imports and calls are complete."""

    def __init__(self, source: Source, wanted: frozenset[str]) -> None:
        self.source = source
        self._wanted = wanted
        self.converter = Converter(source, self._lambda)
        self._pending: list[tuple[ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, Scope]] = []
        self.protection: list[ast.Try] = []
        self._returns: dict[str, list[Expr]] = {}
        self.definitions = Definitions(source, self.converter)
        self.bindings: list[Binding] = []
        self.imports: list[Import] = []
        self.calls: list[SeenCall] = []
        self.assignments: list[SeenAssignment] = []
        self.module = Scope("module", "", None)
        self.set_globally: set[str] = set()

    def run(self, body: list[ast.stmt]) -> None:
        """Walk a module body, then every function body (and those defined inside), so that closures see finished scopes."""
        self.body(body, self.module)
        while self._pending:
            node, scope = self._pending.pop(0)
            self._function_body(node, scope)
        for name in sorted(self.module.assigned):
            if (self.module.assigned[name] > 1 or name in self.set_globally) and name in self.module.values:
                self.bind_name(name, BindingKind.CONSTANT, self.module.values[name], NOWHERE)
        for name, values in self._returns.items():
            self.bind_name(f"{name}()", BindingKind.RETURN, choice(values), self.definitions.place(name))
        self.bindings.extend(self.definitions.bindings)

    # statements

    def body(self, body: list[ast.stmt], scope: Scope) -> None:
        """Walk some statements."""
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
                self.visit(node.value, scope)
                value = self.converter.convert(node.value, scope)
                for target in node.targets:
                    assignments.assign(self, target, value, scope)
            case ast.AnnAssign():
                assignments.annotated(self, node, scope)
            case ast.AugAssign():
                assignments.augmented(self, node, scope)
            case ast.Return():
                self._return(node, scope)
            case ast.Expr():
                self.visit(node.value, scope)
                effects.effect(self, node.value, scope)
            case ast.If():
                branching.branch(self, node, scope)
            case ast.For() | ast.AsyncFor() | ast.While():
                branching.loop(self, node, scope)
            case ast.Try() | ast.TryStar():
                branching.attempt(self, node, scope)
            case ast.With() | ast.AsyncWith():
                for item in node.items:
                    self.visit(item.context_expr, scope)
                    if item.optional_vars is not None:
                        assignments.assign(self, item.optional_vars, self.converter.convert(item.context_expr, scope), scope)
                self.body(node.body, scope)
            case ast.Match():
                branching.match(self, node, scope)
            case ast.Import() | ast.ImportFrom():
                self._import(node)
            case ast.Global():
                scope.globals.update(node.names)
            case ast.Nonlocal():
                scope.nonlocals.update(node.names)
            case _:
                for child in ast.iter_child_nodes(node):
                    if isinstance(child, ast.expr):
                        self.visit(child, scope)

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
        span = self.source.span(node)
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
                    self.converter.environment_names.add(name if attribute == "getenv" else f"{name}.get")

    def _return(self, node: ast.Return, scope: Scope) -> None:
        if node.value is None:
            return
        self.visit(node.value, scope)
        self._returns.setdefault(scope.name, []).append(self.converter.convert(node.value, scope))

    def bind_name(self, name: str, kind: BindingKind, value: Expr, span: Span) -> None:
        """Note a binding."""
        self.bindings.append(Binding(name, kind, value, span))

    # definitions

    def _functional_class(self, node: ast.Assign, scope: Scope) -> bool:
        target = node.targets[0]
        if not (isinstance(node.value, ast.Call) and isinstance(target, ast.Name)):
            return False
        return self.definitions.functional(target.id, node.value, scope, self.source.span(target))

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope) -> None:
        for decorator in node.decorator_list:
            self.visit(decorator, scope)
        for default in (*node.args.defaults, *(value for value in node.args.kw_defaults if value is not None)):
            self.visit(default, scope)
        inner = self.definitions.function(node, scope)
        self._composed(node, inner, scope)
        if scope.kind != "class":
            scope.values[node.name] = Name(inner.name, self.source.span(node))
        self._pending.append((node, inner))

    def _composed(self, node: ast.FunctionDef | ast.AsyncFunctionDef, inner: Scope, scope: Scope) -> None:
        """`@hydra.main(config_path="conf", config_name="app")` hands the function what it composes of the files."""
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Call) and chain(decorator.func) in ("hydra.main", "main") and node.args.args:
                arguments = self.converter.arguments(decorator, scope)
                if any(key == "config_name" for key, _ in arguments):
                    span = self.source.span(decorator)
                    value = Result(Name("hydra.compose", span), arguments, span)
                    self.bind_name(f"{inner.name}({node.args.args[0].arg})", BindingKind.PARAMETER, value, NOWHERE)

    def _lambda(self, node: ast.Lambda, scope: Scope) -> Expr:
        inner, fresh = self.definitions.anonymous(node, scope)
        if fresh:
            self._pending.append((node, inner))
        return Name(inner.name, self.source.span(node))

    def _function_body(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, scope: Scope) -> None:
        if isinstance(node, ast.Lambda):
            self.visit(node.body, scope)
            self._returns.setdefault(scope.name, []).append(self.converter.convert(node.body, scope))
            return
        self.body(node.body, scope)

    def _class(self, node: ast.ClassDef, scope: Scope) -> None:
        for expression in (*node.decorator_list, *node.bases, *(keyword.value for keyword in node.keywords)):
            self.visit(expression, scope)
        inner = self.definitions.class_(node, scope)
        if scope.kind != "class":
            scope.values[node.name] = Name(inner.name, self.source.span(node))
        self.body(node.body, inner)

    # expressions

    def visit(self, node: ast.expr, scope: Scope) -> None:
        """Note every call inside an expression, outermost first, with names as they stand now."""
        stack: list[ast.AST] = [node]
        while stack:
            present = stack.pop()
            if isinstance(present, ast.Call):
                self._note(present, scope)
            elif isinstance(present, ast.NamedExpr):
                assignments.assign(self, present.target, self.converter.convert(present.value, scope), scope)
            elif isinstance(present, ast.Lambda):
                self._lambda(present, scope)
                continue
            elif isinstance(present, ast.Yield) and present.value is not None:
                element = Table((Entry(None, self.converter.convert(present.value, scope)),), mapping=False)
                self._returns.setdefault(scope.name, []).append(element)
            elif isinstance(present, ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp):
                self._visit_comprehension(present, scope)
                continue
            if not isinstance(present, ast.Constant | ast.Name):
                stack.extend(reversed(list(_children(present))))

    def _visit_comprehension(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp, scope: Scope) -> None:
        before = dict(scope.values)
        for generator in node.generators:
            self.visit(generator.iter, scope)
            self.converter.bind(generator.target, self.converter.element(generator.iter, scope), scope)
            for condition in generator.ifs:
                self.visit(condition, scope)
        for part in (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,):
            self.visit(part, scope)
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
        callee = self.converter.callee(node.func, scope)
        if dotted == "super().__init__":
            self._handed_up(node, scope)
        self.calls.append(SeenCall(node, dotted, callee, self.converter.arguments(node, scope), scope, tuple(self.protection)))

    def _handed_up(self, node: ast.Call, scope: Scope) -> None:
        """`super().__init__(model=…)`: a base class that takes its fields by keyword keeps it as the attribute of that name."""
        owner = scope.method_of()
        for keyword in node.keywords if owner is not None else ():
            if keyword.arg in self._wanted:
                value = self.converter.convert(keyword.value, scope)
                self.bind_name(f"{owner}.super({keyword.arg})", BindingKind.ATTRIBUTE, value, self.source.span(keyword))

    def _option(self, node: ast.Call, scope: Scope) -> None:
        """`parser.add_argument("--model", default=…)`: what `args.model` holds."""
        names = [argument.value for argument in node.args if isinstance(argument, ast.Constant) and isinstance(argument.value, str)]
        default: Expr | None = None
        for keyword in node.keywords:
            if keyword.arg == "dest" and isinstance(keyword.value, ast.Constant) and isinstance(keyword.value.value, str):
                names = [f"--{keyword.value.value}"]
            if keyword.arg == "default":
                default = self.converter.convert(keyword.value, scope)
        long = [name for name in names if name.startswith("--")] or names
        if long and default is not None:
            attribute = long[0].lstrip("-").replace("-", "_")
            self.bind_name(f"option:{attribute}", BindingKind.OPTION, default, self.source.span(node))


def _children(node: ast.AST) -> Iterator[ast.AST]:
    for name in node._fields:
        value = getattr(node, name, None)
        if isinstance(value, ast.AST):
            yield value
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, ast.AST):
                    yield item


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
