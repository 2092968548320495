"""Groups of a router: names that stand for one or more models, and what a group falls back to (`model_list` and `fallbacks` of LiteLLM)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from modelaudit.domain.document import Kind, Path, Value
from modelaudit.domain.expr import NOTHING, Expr, Text
from modelaudit.domain.facts import Binding, BindingKind, Site
from modelaudit.extract.holes import is_candidate
from modelaudit.extract.vocabulary import Words

_LISTS = frozenset(("fallbacks", "context_window_fallbacks", "content_policy_fallbacks"))


def join_groups(values: Sequence[Value], sites: Iterable[Site], paths: dict[Site, Path], words: Words) -> tuple[list[Site], list[Binding]]:
    """The sites with the models that their groups fall back to, and for every group of the file `group:NAME` for each of its models,
    `group-fallback:NAME` for each that it falls back to, and `group-like-id:NAME` when its name is spelled like an ID."""
    names = {value.path[:-1]: value for value in values if _is_group(value)}
    if not names:
        return list(sites), []
    entries = list(sites)
    members: dict[str, list[Expr]] = {}
    groups: dict[Site, str] = {}
    bindings = []
    for site in entries:
        name = names.get(paths[site][:-2])
        if name is not None and paths[site][-2:-1] == ("litellm_params",):
            members.setdefault(name.text, []).append(site.model)
            groups[site] = name.text
            bindings.append(Binding(f"group:{name.text}", BindingKind.KEY, site.model, name.span))
            if is_candidate(words, name.text):
                bindings.append(Binding(f"group-like-id:{name.text}", BindingKind.KEY, NOTHING, name.span))
    fallbacks, default = _fallbacks(values)
    joined = []
    for site in entries:
        group = groups.get(site)
        wanted = fallbacks.get(group, default) if group is not None else []
        exprs = [model for target in wanted if target.text != group for model in members.get(target.text, [Text(target.text, target.span)])]
        joined.append(site._replace(fallbacks=(*site.fallbacks, *exprs)) if exprs else site)
    for offered in sorted(members):
        for target in fallbacks.get(offered, default):
            models = members.get(target.text, []) if target.text != offered else []
            bindings += (Binding(f"group-fallback:{offered}", BindingKind.KEY, model, target.span) for model in models)
    return joined, bindings


def _is_group(value: Value) -> bool:
    return value.kind is Kind.ENTRY and value.path[-1:] == ("model_name",) and "model_list" in value.path


def _fallbacks(values: Iterable[Value]) -> tuple[dict[str, list[Value]], list[Value]]:
    """What each group falls back to, and what all others do."""
    found: dict[str, list[Value]] = {}
    default: list[Value] = []
    for value in values:
        path = value.path
        if value.kind is not Kind.ENTRY or len(path) < 2 or not isinstance(path[-1], int):
            continue
        if path[-2] == "default_fallbacks":
            default.append(value)
        elif len(path) > 3 and path[-4] in _LISTS and isinstance(path[-2], str):
            found.setdefault(path[-2], []).append(value)
    return found, default
