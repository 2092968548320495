"""Functions, classes and their parameters and fields, as linking needs to know them."""

from __future__ import annotations

import ast

from modelaudit.domain.expr import Expr, Name, Self
from modelaudit.domain.facts import Binding, BindingKind, Class, Function, Parameter
from modelaudit.domain.location import Span
from modelaudit.extract.python.chains import chain
from modelaudit.extract.python.expressions import Converter
from modelaudit.extract.python.scope import Scope
from modelaudit.extract.python.source import Source

_NOWHERE = Span(0, 0, 0, 0)
_KINDS = {
    "staticmethod": "staticmethod",
    "classmethod": "classmethod",
    "property": "property",
    "cached_property": "property",
    "computed_field": "property",
}


_CLASS_MAKERS = frozenset(("namedtuple", "NamedTuple", "make_dataclass", "TypedDict"))


class Definitions:
    """Collects what a module defines while `Flow` walks it."""

    def __init__(self, source: Source, converter: Converter) -> None:
        self._source = source
        self._convert = converter
        self._lambdas: dict[tuple[int, int], Scope] = {}
        self._places: dict[str, Span] = {}
        self.functions: list[Function] = []
        self.classes: list[Class] = []
        self.bindings: list[Binding] = []
        self.annotations: dict[str, Expr] = {}
        """Parameter name in the file (`ask(client)`) and field name (`Bot.client`) to its annotated class."""

    def place(self, name: str) -> Span:
        """Where a function is defined."""
        return self._places.get(name, _NOWHERE)

    def function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope) -> Scope:
        """Register a function; gives the scope for its body, parameters already in it."""
        name = scope.qualify(node.name)
        owner = scope.name if scope.kind == "class" else None
        kind = "method" if owner else "function"
        for decorator in node.decorator_list:
            last = (chain(decorator.func if isinstance(decorator, ast.Call) else decorator) or "").rpartition(".")[2]
            kind = _KINDS.get(last, kind)
        inner = Scope("function", name, scope, owner if kind != "staticmethod" else None)
        skip = 1 if owner and kind != "staticmethod" else 0
        first = [*node.args.posonlyargs, *node.args.args][:skip]
        if owner and first:
            inner.values[first[0].arg] = Self(owner)
        parameters = self._parameters(node.args, name, inner, scope, skip)
        if owner and _takes_fields(node):
            inner.values[node.args.args[1].arg] = Self(owner)
        self._decorated_options(node, name, scope)
        span = self._name_span(node)
        self._places[name] = span
        self.functions.append(Function(name, parameters, kind, span))
        return inner

    def anonymous(self, node: ast.Lambda, scope: Scope) -> tuple[Scope, bool]:
        """Register a lambda once; the flag says whether this was the first time."""
        key = (node.lineno, node.col_offset)
        known = self._lambdas.get(key)
        if known is not None:
            return known, False
        name = scope.qualify(f"<lambda:{node.lineno}:{node.col_offset}>")
        inner = Scope("function", name, scope, None)
        parameters = self._parameters(node.args, name, inner, scope, 0)
        span = self._source.span(node)
        self._places[name] = span
        self.functions.append(Function(name, parameters, "function", span))
        self._lambdas[key] = inner
        return inner, True

    def class_(self, node: ast.ClassDef, scope: Scope) -> Scope:
        """Register a class; gives the scope for its body."""
        name = scope.qualify(node.name)
        fields, aliases = self._fields(node, name, scope)
        bases = tuple(self._convert.convert(base, scope) for base in node.bases)
        span = self._name_span(node)
        self._places[name] = span
        self.classes.append(Class(name, bases, fields, _env_prefix(node), aliases, span))
        return Scope("class", name, scope)

    def functional(self, name: str, node: ast.Call, scope: Scope, span: Span) -> bool:
        """Register a class made by a call, `Preset = namedtuple("Preset", "name model")`; False when the call makes none."""
        if (chain(node.func) or "").rpartition(".")[2] not in _CLASS_MAKERS or len(node.args) < 2:
            return False
        fields = tuple(_listed_fields(node.args[1]))
        if fields:
            qualified = scope.qualify(name)
            self._places[qualified] = span
            self.classes.append(Class(qualified, (self._convert.convert(node.func, scope),), fields, None, (), span))
        return bool(fields)

    def _parameters(self, arguments: ast.arguments, function: str, inner: Scope, outer: Scope, skip: int) -> tuple[Parameter, ...]:
        positional = [*arguments.posonlyargs, *arguments.args]
        defaults: dict[str, ast.expr] = {}
        for argument, default in zip(reversed(positional), reversed(arguments.defaults), strict=False):
            defaults[argument.arg] = default
        for argument, keyword_default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
            if keyword_default is not None:
                defaults[argument.arg] = keyword_default
        found = [self._parameter(argument, "positional", function, inner, outer, defaults) for argument in positional[skip:]]
        if arguments.vararg is not None:
            found.append(self._parameter(arguments.vararg, "*", function, inner, outer, {}))
        found += [self._parameter(argument, "keyword", function, inner, outer, defaults) for argument in arguments.kwonlyargs]
        if arguments.kwarg is not None:
            found.append(self._parameter(arguments.kwarg, "**", function, inner, outer, {}))
        return tuple(found)

    def _parameter(
        self, argument: ast.arg, kind: str, function: str, inner: Scope, outer: Scope, defaults: dict[str, ast.expr]
    ) -> Parameter:
        ref, span = f"{function}({argument.arg})", self._source.span(argument)
        inner.values[argument.arg] = Name(ref, span)
        default = defaults.get(argument.arg)
        if default is not None:
            self.bindings.append(Binding(ref, BindingKind.PARAMETER, self._convert.convert(default, outer), span))
        if argument.annotation is not None:
            self._annotate(ref, argument.annotation, outer)
            carried = _annotated_default(argument.annotation)
            if carried is not None and default is None:
                self.bindings.append(Binding(ref, BindingKind.PARAMETER, self._convert.convert(carried, outer), span))
        return Parameter(argument.arg, kind)

    def _annotate(self, ref: str, annotation: ast.expr, scope: Scope) -> None:
        """Keep the class an annotation names: `X`, `X | None`, `Optional[X]`, `Annotated[X, …]`, `"X"`."""
        if isinstance(annotation, ast.BinOp) and isinstance(annotation.op, ast.BitOr):
            annotation = annotation.left
        if isinstance(annotation, ast.Subscript):
            outer = (chain(annotation.value) or "").rpartition(".")[2]
            if outer not in ("Optional", "Annotated", "Final", "ClassVar", "Type", "type"):
                return
            inner = annotation.slice
            annotation = inner.elts[0] if isinstance(inner, ast.Tuple) and inner.elts else inner
        if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
            text = annotation.value.strip("'\" ")
            if text.replace(".", "").isidentifier():
                head, *rest = text.split(".")
                annotation = _dotted(head, rest, annotation)
        if isinstance(annotation, ast.Name | ast.Attribute):
            self.annotations[ref] = self._convert.convert(annotation, scope)

    def _fields(self, node: ast.ClassDef, name: str, scope: Scope) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
        fields: list[str] = []
        aliases: list[tuple[str, str]] = []
        for statement in node.body:
            if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
                fields.append(statement.target.id)
                self._annotate(f"{name}.{statement.target.id}", statement.annotation, scope)
                if isinstance(statement.value, ast.Call):
                    aliases.extend((statement.target.id, alias) for alias in _field_aliases(statement.value))
            elif isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call):
                last = (chain(statement.value.func) or "").rpartition(".")[2]
                if last in ("ib", "attrib", "Field", "field"):
                    fields.extend(target.id for target in statement.targets if isinstance(target, ast.Name))
        return tuple(fields), tuple(aliases)

    def _decorated_options(self, node: ast.FunctionDef | ast.AsyncFunctionDef, name: str, scope: Scope) -> None:
        """`@click.option("--model", default=…)` gives a default to the parameter `model`."""
        for decorator in node.decorator_list:
            if not isinstance(decorator, ast.Call):
                continue
            last = (chain(decorator.func) or "").rpartition(".")[2]
            if last not in ("option", "argument"):
                continue
            names = [value.value for value in decorator.args if isinstance(value, ast.Constant) and isinstance(value.value, str)]
            plain = [text for text in names if not text.startswith("-")]
            long = [text.lstrip("-") for text in names if text.startswith("--")]
            parameter = (plain or long or [""])[0].split("/")[0].replace("-", "_")
            for keyword in decorator.keywords:
                if keyword.arg == "default" and parameter:
                    value = self._convert.convert(keyword.value, scope)
                    self.bindings.append(Binding(f"{name}({parameter})", BindingKind.OPTION, value, self._source.span(decorator)))

    def _name_span(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> Span:
        whole = self._source.span(node)
        line = self._source.lines[node.lineno - 1]
        column = line.find(node.name, node.col_offset if line.isascii() else 0)
        if column < 0:
            return Span(whole.line, whole.column, whole.line, whole.column + 1)
        return Span(whole.line, column + 1, whole.line, column + 1 + len(node.name))


def _takes_fields(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """A validator that gets all fields of its class as a mapping: `def check(cls, values)`."""
    names = [argument.arg for argument in node.args.args]
    if len(names) != 2 or names[0] != "cls":
        return False
    decorators = {(chain(item.func if isinstance(item, ast.Call) else item) or "").rpartition(".")[2] for item in node.decorator_list}
    return names[1] == "values" or not decorators.isdisjoint(("model_validator", "root_validator"))


def _annotated_default(annotation: ast.expr) -> ast.expr | None:
    """`Annotated[str, typer.Option(default="…")]` keeps no default of its own; only explicit `default=` counts."""
    if (
        isinstance(annotation, ast.Subscript)
        and (chain(annotation.value) or "").endswith("Annotated")
        and isinstance(annotation.slice, ast.Tuple)
    ):
        for extra in annotation.slice.elts[1:]:
            if isinstance(extra, ast.Call):
                for keyword in extra.keywords:
                    if keyword.arg == "default":
                        return keyword.value
    return None


def _listed_fields(node: ast.expr) -> list[str]:
    """Names of fields as functional classes list them: `"a b"`, `["a", "b"]`, `[("a", str)]`, `{"a": str}`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value.replace(",", " ").split()
    if isinstance(node, ast.Dict):
        listed: list[ast.expr] = [key for key in node.keys if key is not None]
    elif isinstance(node, ast.List | ast.Tuple):
        listed = [element.elts[0] if isinstance(element, ast.Tuple) and element.elts else element for element in node.elts]
    else:
        return []
    return [element.value for element in listed if isinstance(element, ast.Constant) and isinstance(element.value, str)]


def _dotted(head: str, rest: list[str], where: ast.expr) -> ast.expr:
    node: ast.expr = ast.copy_location(ast.Name(head, ast.Load()), where)
    for part in rest:
        node = ast.copy_location(ast.Attribute(node, part, ast.Load()), where)
    return node


def _field_aliases(call: ast.Call) -> list[str]:
    found: list[str] = []
    for keyword in call.keywords:
        if keyword.arg not in ("alias", "validation_alias", "env"):
            continue
        values = [keyword.value, *(keyword.value.args if isinstance(keyword.value, ast.Call) else [])]
        if isinstance(keyword.value, ast.List | ast.Tuple):
            values.extend(keyword.value.elts)
        found.extend(value.value for value in values if isinstance(value, ast.Constant) and isinstance(value.value, str))
    return found


def _env_prefix(node: ast.ClassDef) -> str | None:
    """`env_prefix` of `model_config = SettingsConfigDict(…)`, of a `Config` class, or of a class keyword."""
    for keyword in node.keywords:
        if keyword.arg == "env_prefix" and isinstance(keyword.value, ast.Constant):
            return str(keyword.value.value)
    for statement in node.body:
        if isinstance(statement, ast.ClassDef) and statement.name == "Config":
            found = _assigned_prefix(statement.body)
            if found is not None:
                return found
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name) and statement.targets[0].id == "model_config":
            value = statement.value
            if isinstance(value, ast.Call):
                for keyword in value.keywords:
                    if keyword.arg == "env_prefix" and isinstance(keyword.value, ast.Constant):
                        return str(keyword.value.value)
            if isinstance(value, ast.Dict):
                for key, item in zip(value.keys, value.values, strict=True):
                    if isinstance(key, ast.Constant) and key.value == "env_prefix" and isinstance(item, ast.Constant):
                        return str(item.value)
    return None


def _assigned_prefix(body: list[ast.stmt]) -> str | None:
    for statement in body:
        match statement:
            case ast.Assign(targets=[ast.Name(id="env_prefix"), *_], value=ast.Constant(value=str(prefix))):
                return prefix
    return None
