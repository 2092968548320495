"""What the walk over a file meets on its way and keeps for those who look for sites."""

from __future__ import annotations

import ast

from modelaudit.domain.expr import Expr
from modelaudit.domain.location import Span
from modelaudit.domain.record import NamedTuple
from modelaudit.extract.python.scope import Scope


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
