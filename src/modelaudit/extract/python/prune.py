"""Keep of a file's bindings what can matter elsewhere: the rest would only fill memory and the cache."""

from __future__ import annotations

from modelaudit.domain.expr import Attribute, Expr, Name, children
from modelaudit.domain.facts import Binding, Call, Site
from modelaudit.domain.record import NamedTuple


class Kept(NamedTuple):
    """What is left."""

    bindings: tuple[Binding, ...]
    calls: tuple[Call, ...]


def prune(bindings: tuple[Binding, ...], sites: tuple[Site, ...], calls: tuple[Call, ...]) -> Kept:
    """Drop local names that nothing kept refers to. What other files may name (globals, members, parameters, returns) stays."""
    by_name: dict[str, list[Binding]] = {}
    for binding in bindings:
        by_name.setdefault(binding.name, []).append(binding)
    wanted: list[str] = []
    for binding in bindings:
        if not _is_local(binding.name):
            _names(binding.value, wanted)
    for site in sites:
        _names(site.model, wanted)
        if site.receiver is not None:
            _names(site.receiver, wanted)
        for fallback in site.fallbacks:
            _names(fallback, wanted)
    for call in calls:
        _names(call.callee, wanted)
        for _, value in call.arguments:
            _names(value, wanted)
    reached: set[str] = set()
    while wanted:
        name = wanted.pop()
        if name in reached:
            continue
        reached.add(name)
        for binding in by_name.get(name, ()):
            _names(binding.value, wanted)
    kept = tuple(binding for binding in bindings if not _is_local(binding.name) or _is_reached(binding.name, reached))
    return Kept(kept, calls)


def _is_local(name: str) -> bool:
    """Versions of a function's own names; versions of module-level names stay, other files may import them."""
    return "@" in name and "." in name


def _is_reached(name: str, reached: set[str]) -> bool:
    return name in reached or name.partition("@")[0] in reached


def _names(value: Expr, found: list[str]) -> None:
    stack: list[Expr] = [value]
    while stack:
        present = stack.pop()
        if isinstance(present, Name):
            found.append(present.ref)
        elif isinstance(present, Attribute) and isinstance(present.base, Name):
            found.append(f"{present.base.ref}.{present.name}")
        stack.extend(children(present))
