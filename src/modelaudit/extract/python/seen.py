"""What the walk over a file meets on its way and keeps for those who look for sites."""

from __future__ import annotations

import ast
from typing import TypeAlias

from modelaudit.domain.expr import Expr
from modelaudit.domain.location import Span
from modelaudit.domain.record import NamedTuple
from modelaudit.extract.python.scope import Scope

Made: TypeAlias = tuple[str, tuple[tuple[str | int, Expr], ...]]
"""The class of a client and what it was made with."""


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


class Seen:
    """A call that chooses a model, as the walk met it."""

    __slots__ = ("made", "node")

    def __init__(self, node: ast.Call, made: Made | None) -> None:
        self.node = node
        self.made = made
