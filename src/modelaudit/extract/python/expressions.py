"""From Python expressions to `Expr`: what a value is made of, as far as this file says."""

from __future__ import annotations

import ast
from collections.abc import Callable

from modelaudit.domain.expr import (
    ANY_ELEMENT,
    ANY_ENTRY,
    FROM_USER,
    NOTHING,
    SPREAD,
    Apply,
    Attribute,
    Entry,
    Env,
    Expr,
    Item,
    Name,
    Result,
    Self,
    Table,
    Text,
    Unknown,
)
from modelaudit.extract.python import composed, displays
from modelaudit.extract.python.chains import chain
from modelaudit.extract.python.scope import Scope, choice
from modelaudit.extract.python.source import LONGEST_TEXT, Source

DEEPEST = 40
"""Nesting of an expression beyond which its value is not read."""

_TEXT_METHODS = frozenset(
    ("lower", "upper", "strip", "lstrip", "rstrip", "replace", "removeprefix", "removesuffix", "casefold", "title", "encode", "decode")
)
_SAME_VALUE = frozenset(
    (
        "str",
        "list",
        "tuple",
        "set",
        "frozenset",
        "sorted",
        "reversed",
        "iter",
        "copy",
        "deepcopy",
        "SecretStr",
        "Final",
        "quote",
        "MappingProxyType",
        "dumps",
    )
)
_CHANGED_COPIES = frozenset(("replace", "dataclasses.replace", "copy.replace", "evolve", "attr.evolve", "attrs.evolve"))
_ENTRY_OF = frozenset(("next", "choice", "min", "max", "first"))
_DEFAULT_CARRIERS = frozenset(
    (
        "Field",
        "field",
        "Option",
        "Argument",
        "Query",
        "Body",
        "Form",
        "Header",
        "Parameter",
        "ib",
        "attrib",
        "mapped_column",
        "Column",
        "Depends",
        "PrivateAttr",
        "InputField",
        "Factory",
        "ConfigField",
        "CharField",
        "TextField",
        "StringField",
        "Str",
        "Unicode",
    )
)
ENV_READERS = frozenset(
    ("getenv", "environ.get", "environ.setdefault", "env.get", "config", "env", "env.str", "environ.pop", "env_str", "Config.get")
)
_NOT_TEXT = {
    ast.Compare: "the result of a comparison",
    ast.Set: "a set",
    ast.Yield: "a value sent into a generator",
    ast.YieldFrom: "a value sent into a generator",
    ast.UnaryOp: "a computed value",
    ast.Slice: "part of a value",
}

LambdaMaker = Callable[[ast.Lambda, Scope], Expr]


class Converter:
    """Turns expressions of one file into terms. `make_lambda` registers an anonymous function and gives its name."""

    __slots__ = ("_make_lambda", "environment_names", "source")

    def __init__(self, source: Source, make_lambda: LambdaMaker) -> None:
        self.source = source
        self._make_lambda = make_lambda
        self.environment_names: set[str] = set()
        """Names under which `os.environ` and `os.getenv` are known in this file, beyond the usual ones."""

    def convert(self, node: ast.expr, scope: Scope, depth: int = 0) -> Expr:
        """The term for `node` where `scope` stands now."""
        if depth > DEEPEST:
            return Unknown("an expression nested too deeply")
        match node:
            case ast.Constant():
                return self._constant(node)
            case ast.Name():
                return scope.lookup(node.id, self.source.span(node))
            case ast.Attribute():
                return self._attribute(node, scope, depth)
            case ast.Call():
                return self._call(node, scope, depth)
            case ast.JoinedStr():
                return composed.interpolated(self, node, scope, depth)
            case ast.BinOp():
                return composed.operation(self, node, scope, depth)
            case ast.BoolOp():
                return choice(self.convert(value, scope, depth + 1) for value in node.values)
            case ast.IfExp():
                return choice((self.convert(node.body, scope, depth + 1), self.convert(node.orelse, scope, depth + 1)))
            case ast.Dict():
                return displays.mapping(self, node, scope, depth)
            case ast.List() | ast.Tuple() | ast.Set():
                return displays.sequence(self, node.elts, scope, depth)
            case ast.Subscript():
                return self._subscript(node, scope, depth)
            case ast.Await() | ast.Starred() | ast.FormattedValue() | ast.NamedExpr():
                return self.convert(node.value, scope, depth + 1)
            case ast.Lambda():
                return self._make_lambda(node, scope)
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp():
                return displays.comprehension(self, node.elt, node.generators, scope, depth)
            case ast.DictComp():
                copied = displays.filtered_copy(node)
                if copied is not None:
                    return self.convert(copied, scope, depth + 1)
                return displays.comprehension(self, node.value, node.generators, scope, depth)
        return Unknown(_NOT_TEXT.get(type(node), "a computed value"))

    def element(self, iterable: ast.expr, scope: Scope, depth: int = 0) -> Expr:
        """What a loop over `iterable` binds its target to."""
        span = self.source.span(iterable)
        if (
            isinstance(iterable, ast.Call)
            and isinstance(iterable.func, ast.Attribute)
            and iterable.func.attr in ("items", "values", "keys")
        ):
            base = self.convert(iterable.func.value, scope, depth + 1)
            keys, values = Apply("keys", base, ()), Item(base, ANY_ENTRY, None, span)
            if iterable.func.attr == "items":
                return Table((Entry(0, keys), Entry(1, values)), mapping=False)
            return keys if iterable.func.attr == "keys" else values
        if isinstance(iterable, ast.Call) and isinstance(iterable.func, ast.Name) and iterable.args:
            inner = [self.element(argument, scope, depth + 1) for argument in iterable.args]
            if iterable.func.id == "enumerate":
                return Table((Entry(0, Unknown("a number")), Entry(1, inner[0])), mapping=False)
            if iterable.func.id == "zip":
                return Table(tuple(Entry(index, value) for index, value in enumerate(inner)), mapping=False)
        value = self.convert(iterable, scope, depth + 1)
        if isinstance(value, Table) and value.mapping:
            return Apply("keys", value, ())
        return Item(value, ANY_ELEMENT, None, span)

    def _constant(self, node: ast.Constant) -> Expr:
        value = node.value
        if isinstance(value, str):
            if len(value) > LONGEST_TEXT:
                return Unknown("a long text")
            return Text(value, self.source.inside(node))
        if value is None:
            return NOTHING
        return Unknown("a number" if isinstance(value, int | float) and not isinstance(value, bool) else "not a text")

    def _attribute(self, node: ast.Attribute, scope: Scope, depth: int) -> Expr:
        dotted = chain(node)
        if dotted is not None:
            held = _held(scope, dotted)
            if held is not None:
                return held
        return Attribute(self.convert(node.value, scope, depth + 1), node.attr, self.source.span(node))

    def _call(self, node: ast.Call, scope: Scope, depth: int) -> Expr:
        dotted = chain(node.func) or ""
        last = dotted.rpartition(".")[2]
        environment = self._environment(node, dotted, scope, depth)
        if environment is not None:
            return environment
        if isinstance(node.func, ast.Attribute):
            method = self._method(node, node.func, scope, depth)
            if method is not None:
                return method
        if last in _SAME_VALUE and len(node.args) >= 1:
            return self.convert(node.args[0], scope, depth + 1)
        if last == "cast" and len(node.args) == 2:
            return self.convert(node.args[1], scope, depth + 1)
        if last in _ENTRY_OF and len(node.args) >= 1 and not (last in ("min", "max") and len(node.args) > 1):
            return self.element(node.args[0], scope, depth + 1)
        if dotted == "getattr" and len(node.args) >= 2:
            return self._getattr(node, scope, depth)
        if dotted == "dict":
            return self._dict_call(node, scope, depth)
        if dotted in _CHANGED_COPIES and len(node.args) == 1:
            return displays.with_changes(self, node, node.args[0], scope, depth)
        if last in _DEFAULT_CARRIERS:
            carried = self._carried_default(node, last, scope, depth)
            if carried is not None:
                return carried
        if isinstance(node.func, ast.Name) and node.func.id == "super":
            owner = scope.method_of()
            if owner is not None:
                return Attribute(Self(owner), "super()", self.source.span(node))
        if dotted == "input":
            return FROM_USER
        return Result(self.callee(node.func, scope, depth + 1), self.arguments(node, scope, depth + 1), self.source.span(node))

    def callee(self, func: ast.expr, scope: Scope, depth: int = 0) -> Expr:
        """What is called; `cls(…)` makes an instance of the class around it."""
        value = self.convert(func, scope, depth)
        return Name(value.owner, self.source.span(func)) if isinstance(value, Self) else value

    def arguments(self, node: ast.Call, scope: Scope, depth: int = 0) -> tuple[tuple[str | int, Expr], ...]:
        """The arguments of a call: keyword or position, `*` and `**` for unpacked ones."""
        found: list[tuple[str | int, Expr]] = []
        for position, argument in enumerate(node.args):
            key: str | int = "*" if isinstance(argument, ast.Starred) else position
            found.append((key, self.convert(argument, scope, depth + 1)))
        found.extend((keyword.arg or SPREAD, self.convert(keyword.value, scope, depth + 1)) for keyword in node.keywords)
        return tuple(found)

    def _environment(self, node: ast.Call, dotted: str, scope: Scope, depth: int) -> Expr | None:
        tail = ".".join(dotted.split(".")[-2:])
        known = tail in ENV_READERS or dotted in ENV_READERS or tail.rpartition(".")[2] == "getenv" or dotted in self.environment_names
        if not known or not node.args:
            return None
        name = node.args[0]
        if not (isinstance(name, ast.Constant) and isinstance(name.value, str)):
            value = scope.lookup(name.id, self.source.span(name)) if isinstance(name, ast.Name) else None
            if tail in ("config", "env") or value is None:
                return Unknown("an environment variable whose name is computed") if tail not in ("config", "env") else None
            return Item(Name("os.environ", self.source.span(node)), value, self._default(node, scope, depth), self.source.span(node))
        return Env(name.value, self._default(node, scope, depth), self.source.span(node))

    def _default(self, node: ast.Call, scope: Scope, depth: int) -> Expr | None:
        if len(node.args) > 1:
            return self.convert(node.args[1], scope, depth + 1)
        for keyword in node.keywords:
            if keyword.arg == "default":
                return self.convert(keyword.value, scope, depth + 1)
        return None

    def _method(self, node: ast.Call, func: ast.Attribute, scope: Scope, depth: int) -> Expr | None:
        name, span = func.attr, self.source.span(node)
        if name in _TEXT_METHODS:
            constants = tuple(
                argument.value for argument in node.args if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            )
            base = self.convert(func.value, scope, depth + 1)
            return base if isinstance(base, Table) else Apply(name, base, constants if len(constants) >= len(node.args[:2]) else ())
        if name in ("get", "setdefault", "pop") and node.args:
            key = self.convert(node.args[0], scope, depth + 1)
            base = self.convert(func.value, scope, depth + 1)
            fallback = next((keyword.value for keyword in node.keywords if keyword.arg == "fallback"), None)
            if fallback is not None and len(node.args) == 2:
                # Only `configparser` has it: a section and an option.
                option = self.convert(node.args[1], scope, depth + 1)
                return Item(Item(base, key, None, span), option, self.convert(fallback, scope, depth + 1), span)
            return Item(base, key, self._default(node, scope, depth), span)
        if name == "format":
            return composed.formatted(self, node, func, scope, depth)
        if name == "join" and len(node.args) == 1 and isinstance(func.value, ast.Constant) and isinstance(func.value.value, str):
            return composed.joined(self, func.value, node.args[0], scope, depth)
        if name in ("split", "rsplit", "partition", "rpartition"):
            return composed.split(self, node, func, scope, depth)
        if name in ("copy", "dict", "model_dump", "_asdict") and not node.args:
            return self.convert(func.value, scope, depth + 1)
        if name in ("model_copy", "_replace"):
            return displays.with_changes(self, node, func.value, scope, depth)
        return None

    def _getattr(self, node: ast.Call, scope: Scope, depth: int) -> Expr:
        name = node.args[1]
        if not (isinstance(name, ast.Constant) and isinstance(name.value, str)):
            return Unknown("an attribute whose name is computed")
        value: Expr = Attribute(self.convert(node.args[0], scope, depth + 1), name.value, self.source.span(node))
        if len(node.args) > 2:
            return choice((value, self.convert(node.args[2], scope, depth + 1)))
        return value

    def _dict_call(self, node: ast.Call, scope: Scope, depth: int) -> Expr:
        entries = [Entry(keyword.arg or SPREAD, self.convert(keyword.value, scope, depth + 1)) for keyword in node.keywords]
        entries += [Entry(SPREAD, self.convert(argument, scope, depth + 1)) for argument in node.args]
        return Table(tuple(entries), mapping=True)

    def _carried_default(self, node: ast.Call, last: str, scope: Scope, depth: int) -> Expr | None:
        """The default inside `Field(default=…)`, `typer.Option(…)`, `attr.ib(…)` and their like."""
        for keyword in node.keywords:
            if keyword.arg in ("default", "value", "server_default"):
                return self.convert(keyword.value, scope, depth + 1)
            if keyword.arg in ("default_factory", "factory"):
                return Result(self.convert(keyword.value, scope, depth + 1), (), self.source.span(node))
        if last in ("Depends", "Factory") and node.args:
            return Result(self.convert(node.args[0], scope, depth + 1), (), self.source.span(node))
        if node.args and last in ("Field", "Option", "Argument", "Query", "Body", "Form", "Header"):
            return self.convert(node.args[0], scope, depth + 1)
        return NOTHING if last in ("Field", "field", "ib", "attrib", "PrivateAttr") else None

    def _subscript(self, node: ast.Subscript, scope: Scope, depth: int) -> Expr:
        span, dotted = self.source.span(node), chain(node.value)
        if dotted in ("os.environ", "environ"):
            if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
                return Env(node.slice.value, None, span)
            return Unknown("an environment variable whose name is computed")
        if isinstance(node.slice, ast.Slice):
            return Unknown("part of a value")
        if dotted is not None and isinstance(node.slice, ast.Constant):
            held = _held(scope, f"{dotted}[{node.slice.value!r}]")
            if held is not None:
                return held
        return Item(self.convert(node.value, scope, depth + 1), self.key(node.slice, scope, depth), None, span)

    def key(self, node: ast.expr, scope: Scope, depth: int = 0) -> Expr:
        """The key of a lookup; numbers become texts of digits, which stand for list positions."""
        if isinstance(node, ast.Constant) and isinstance(node.value, int) and not isinstance(node.value, bool):
            return Text(str(node.value), self.source.span(node))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
            return Text(f"-{node.operand.value!r}", self.source.span(node))
        return self.convert(node, scope, depth + 1)

    def bind(self, target: ast.expr, value: Expr, scope: Scope) -> None:
        """Give the names of a loop or comprehension target their values."""
        if isinstance(target, ast.Name):
            scope.values[target.id] = value
        elif isinstance(target, ast.Tuple | ast.List):
            for index, element in enumerate(target.elts):
                self.bind(element, displays.entry_of(value, index), scope)


def _held(scope: Scope, dotted: str) -> Expr | None:
    present: Scope | None = scope
    while present is not None:
        if dotted in present.values:
            return present.values[dotted]
        present = present.parent
    return None
