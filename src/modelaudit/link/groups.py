"""Groups of models: the names by which a router or a gateway offers one or several, and what it falls back to.

The name of a group is never a model ID. A name that is spelled like one (`gpt-4`) is a group only where the call is seen to go to a
gateway; any other name that a gateway of the tree offers is one wherever it is called.
"""

from __future__ import annotations

from modelaudit.domain import traces
from modelaudit.domain.expr import Expr
from modelaudit.domain.facts import Binding, Site, Trace
from modelaudit.domain.location import Span
from modelaudit.domain.record import NamedTuple
from modelaudit.domain.usage import Step
from modelaudit.extract.platforms import URL_ARGUMENTS, constant
from modelaudit.extract.vocabulary import CallVocabulary
from modelaudit.link import lookup
from modelaudit.link.evaluate import Evaluator
from modelaudit.link.values import ExternalValue, TextValue, Value, with_steps

GROUP_DIALECT = "-group"
"""End of the dialects whose IDs are names of groups."""
_ROUTER = "litellm"
"""How the models in a group are spelled."""
_ITS_OWN = ("litellm_proxy/", "openai/", "litellm/")
"""What libraries put before the name of a group."""
_CODE = frozenset(("python", "notebook"))


class Called(NamedTuple):
    """The values of a site that are names of groups, taken apart."""

    plain: list[Value]
    """Those that are none."""
    members: list[Value]
    """The models in the groups."""
    spares: list[Value]
    """What the groups fall back to."""
    names: tuple[TextValue, ...]


def called(evaluator: Evaluator, vocabulary: CallVocabulary | None, path: str, site: Site, values: list[Value]) -> Called:
    """Which of the values of a site are groups, and what is in them."""
    plain: list[Value] = []
    members: list[Value] = []
    spares: list[Value] = []
    names: list[TextValue] = []
    gateway: bool | None = None
    for value in values:
        name = _group(evaluator, value, site)
        if isinstance(value, TextValue) and name is not None and name in evaluator.program.like_ids:
            gateway = _to_gateway(evaluator, vocabulary, path, site, value) if gateway is None else gateway
            name = name if gateway or site.dialect.endswith(GROUP_DIALECT) else None
        if name is None or not isinstance(value, TextValue):
            plain.append(value)
            continue
        names.append(value)
        members += _inside(evaluator, evaluator.program.groups[name], name, value, site)
        spares += _inside(evaluator, evaluator.program.group_fallbacks.get(name, []), name, value, site)
    return Called(plain, members, spares, tuple(names))


class Part(NamedTuple):
    """One group of a router, at the place where the router is made."""

    site: Site
    """With what the group falls back to, and nothing of the other groups."""
    members: list[Value]
    spares: list[Value]


def parted(evaluator: Evaluator, path: str, site: Site, values: list[Value]) -> tuple[list[Part], list[Value]]:
    """The groups of which a router is made, each with its own models and fallbacks, and the models that are in no group.

    Where the fallbacks cannot be read, every group keeps them as they are written."""
    names = _names(evaluator) if evaluator.program.groups else {}
    parts: dict[str, list[Value]] = {}
    rest: list[Value] = []
    for value in values:
        found = names.get(_place(value))
        (rest if found is None else parts.setdefault(found, [])).append(value)
    read = not evaluator.program.group_fallbacks.keys().isdisjoint(parts) or _are_texts(evaluator, path, site.fallbacks)
    made = []
    for name, members in parts.items():
        offered = evaluator.program.group_fallbacks.get(name, [])
        own = tuple(binding.value for _, binding in offered) if read else site.fallbacks
        spares = [value for other, binding in offered for value in evaluator.site(binding.value, other)]
        made.append(Part(site._replace(fallbacks=own), members, spares if own else []))
    return made, rest


def _names(evaluator: Evaluator) -> dict[tuple[str, Span] | None, str]:
    """By the place where its model is written: the group."""
    return {
        _place(value): name
        for name, bindings in evaluator.program.groups.items()
        for path, binding in bindings
        for value in evaluator.site(binding.value, path)
        if isinstance(value, TextValue)
    }


def _are_texts(evaluator: Evaluator, path: str, fallbacks: tuple[Expr, ...]) -> bool:
    values = [value for spare in fallbacks for value in lookup.flattened(evaluator, evaluator.site(spare, path))]
    return all(isinstance(value, TextValue) for value in values)


def _place(value: Value) -> tuple[str, Span] | None:
    return (value.pieces[0].path, value.pieces[0].text.span) if isinstance(value, TextValue) and value.pieces else None


def behind(site: Site, found: Called, evaluator: Evaluator) -> Site:
    """The site as one that calls by a group's name."""
    known = tuple(
        binding.value
        for value in found.names
        for _, binding in evaluator.program.group_fallbacks.get(_bare(value.text), ())
        if found.spares
    )
    left = (Trace(traces.FALLBACK_PATTERN, "litellm.router", site.span),) if known else ()
    return site._replace(
        dialect=_ROUTER if found.members and not found.plain else _ROUTER + GROUP_DIALECT,
        platform=None,
        platform_evidence="",
        fallbacks=(*site.fallbacks, *known),
        traces=(*site.traces, *left),
    )


def _group(evaluator: Evaluator, value: Value, site: Site) -> str | None:
    """The group that a value names; groups of code are known only to the router that they were given to."""
    if not isinstance(value, TextValue) or not value.text:
        return None
    if site.dialect.endswith(GROUP_DIALECT) and value.text in evaluator.program.groups:
        return value.text
    name = _bare(value.text)
    offered = evaluator.program.groups.get(name, ())
    return name if any(evaluator.program.files[path].language not in _CODE for path, _ in offered) else None


def _bare(text: str) -> str:
    for prefix in _ITS_OWN:
        text = text.removeprefix(prefix)
    return text


def _inside(evaluator: Evaluator, bindings: list[tuple[str, Binding]], name: str, value: TextValue, site: Site) -> list[Value]:
    found: list[Value] = []
    for path, binding in bindings:
        if evaluator.program.files[path].language in _CODE and not site.dialect.endswith(GROUP_DIALECT):
            continue
        step = (Step(path, binding.span, f"group {name}"), *value.steps)
        found.extend(with_steps(inner, step) for inner in evaluator.site(binding.value, path))
    return found


def _to_gateway(evaluator: Evaluator, vocabulary: CallVocabulary | None, path: str, site: Site, value: TextValue) -> bool:
    """Whether a call is seen to go to an address that is no provider's."""
    if value.text.startswith("litellm_proxy/"):
        return True
    if site.platform is not None and site.platform_evidence:
        return False
    if any(argument.name in URL_ARGUMENTS for argument in site.arguments):
        texts = [argument.value for argument in site.arguments if argument.name in URL_ARGUMENTS]
        return not any(isinstance(text, str) and _is_known(vocabulary, text) for text in texts)
    for made in evaluator.site(site.receiver, path) if site.receiver is not None else ():
        if isinstance(made, ExternalValue):
            for key, argument in made.arguments:
                if key in URL_ARGUMENTS:
                    text = constant(argument)
                    return text is None or not _is_known(vocabulary, text)
    return False


def _is_known(vocabulary: CallVocabulary | None, address: str) -> bool:
    """Whether an address is a provider's."""
    hints = vocabulary.hints if vocabulary is not None else ()
    return any(hint.kind == "url" and hint.text in address for hint in hints) or "api.openai.com" in address
