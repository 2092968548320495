"""Names in config files that mean something at one place only: a workflow's environment on three levels, the variables of a pipeline and
its jobs, a job's matrix, the arguments of an image's build. They are settled here, where the places are known; what is left is looked up
across files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from modelaudit.domain.document import Kind, Path, Value
from modelaudit.domain.expr import Choice, Env, Expr, Join, Name
from modelaudit.domain.keypaths import spell

Settle: TypeAlias = Callable[[Value, Expr], Expr]
"""What an expression at the place of a value means."""

_HOLDERS = frozenset(("variables", "environment"))
"""Keys under which a pipeline sets variables, for all of it or for one job."""
BUILD_ARGUMENTS = ("args", "build_args", "build-args", "buildArgs")


def settle(format: str, path: str, values: Iterable[Value]) -> Settle:
    """What settles the names of one file."""
    if format == "yaml" and is_workflow(path):
        defined = {value.path for value in values if value.kind is Kind.ENVIRONMENT}
        return lambda value, expr: _mapped(expr, lambda name: _of_workflow(name, value.path, defined))
    if format == "yaml" and is_pipeline(path):
        scopes = _scopes(values)
        return lambda value, expr: _mapped(expr, lambda name: _of_pipeline(name, value.path, scopes))
    if format == "dockerfile":
        arguments = _arguments(values)
        return lambda value, expr: _mapped(expr, lambda name: _of_build(name, value, arguments))
    return lambda value, expr: expr


def is_workflow(path: str) -> bool:
    """Whether a file is a workflow or an action of GitHub, by where it lies."""
    folder, _, name = path.lower().rpartition("/")
    return f"/{folder}".endswith("/.github/workflows") or name in ("action.yml", "action.yaml")


def is_pipeline(path: str) -> bool:
    """Whether a file is a pipeline of GitLab, Azure or CircleCI, whose scripts see the variables that it sets."""
    folder, _, name = path.lower().rpartition("/")
    if not name.endswith((".yml", ".yaml")):
        return False
    in_folder = not {".azure-pipelines", ".circleci", ".gitlab"}.isdisjoint(folder.split("/"))
    return in_folder or "gitlab-ci" in name or "azure-pipelines" in name


def _scopes(values: Iterable[Value]) -> dict[str, list[tuple[Path, Path]]]:
    """The variables that a pipeline sets, by name: below which place each is seen, and where it stands."""
    found: dict[str, list[tuple[Path, Path]]] = {}
    for value in values:
        holder = next((number for number, part in enumerate(value.path[:-1]) if part in _HOLDERS), None)
        if value.kind is Kind.ENVIRONMENT and holder is not None:
            found.setdefault(str(value.path[-1]), []).append((value.path[:holder], value.path))
    return found


def _of_pipeline(expr: Expr, path: Path, scopes: Mapping[str, list[tuple[Path, Path]]]) -> Expr:
    """`$X` is the variable set nearest above the place; what nobody sets there comes from outside."""
    if not isinstance(expr, Env):
        return expr
    around = [(scope, place) for scope, place in scopes.get(expr.name, ()) if path[: len(scope)] == scope and place != path]
    if not around:
        return expr
    nearest = max(len(scope) for scope, _ in around)
    names = tuple(Name(f"key:{spell(place)}", expr.span) for scope, place in around if len(scope) == nearest)
    return names[0] if len(names) == 1 else Choice(names)


def _of_workflow(expr: Expr, path: Path, defined: set[Path]) -> Expr:
    """`env.X` is the nearest `env` around the place; a matrix belongs to its job."""
    match expr:
        case Name(ref=ref) if ref.startswith("key:matrix.") and path[:1] == ("jobs",) and len(path) > 1:
            return Name(f"key:{spell(path[:2])}.{ref.removeprefix('key:')}", expr.span)
        case Env(name=name):
            for depth in range(len(path) - 1, -1, -1):
                place = (*path[:depth], "env", name)
                if place in defined and place != path:
                    return Name(f"key:{spell(place)}", expr.span)
    return expr


def _arguments(values: Iterable[Value]) -> Mapping[str, int]:
    """The first line on which an image's build takes an argument."""
    found: dict[str, int] = {}
    for value in values:
        if value.kind is Kind.ENVIRONMENT and value.path[:1] == ("ARG",):
            found.setdefault(str(value.path[-1]), value.span.line)
    return found


def _of_build(expr: Expr, value: Value, arguments: Mapping[str, int]) -> Expr:
    """`$X` of an image is the argument `X` where one was taken before."""
    if isinstance(expr, Env) and arguments.get(expr.name, value.span.line + 1) <= value.span.line:
        name = Name(f"arg:{expr.name}", expr.span)
        return name if expr.default is None else Choice((name, expr.default))
    return expr


def _mapped(expr: Expr, change: Callable[[Expr], Expr]) -> Expr:
    """The expression with its names changed."""
    match expr:
        case Join():
            return Join(tuple(_mapped(part, change) for part in expr.parts))
        case Choice():
            return Choice(tuple(_mapped(option, change) for option in expr.options))
        case Env() if expr.default is not None:
            settled = change(expr._replace(default=_mapped(expr.default, change)))
            is_key = isinstance(settled, Choice) or (isinstance(settled, Name) and settled.ref.startswith("key:"))
            return Choice((settled, expr.default)) if is_key else settled
    return change(expr)
