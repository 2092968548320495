"""Join all files' facts: which literal reaches which site, and by which way."""

from __future__ import annotations

from collections.abc import Iterable

from modelaudit.domain.expr import Attribute, Choice, Item
from modelaudit.domain.facts import FileFacts, Literal, Role, Site
from modelaudit.domain.location import Span
from modelaudit.domain.usage import Confidence, Linked, PlacedSite, Unresolved, Usage
from modelaudit.extract.vocabulary import BODY, FALLBACK_WRAPPER, GENERIC, PLAIN_BASES, CallVocabulary
from modelaudit.link import commands, elsewhere, groups, lookup, standing
from modelaudit.link.evaluate import MOST_ASIDE, Evaluator
from modelaudit.link.program import Program, Unread
from modelaudit.link.values import (
    HOLE,
    MOST_VALUES,
    ClassValue,
    ExternalValue,
    FunctionValue,
    InstanceValue,
    Piece,
    TextValue,
    UnknownValue,
    Value,
)

GUESSED_SHAPES = frozenset((GENERIC, BODY))
_TAKES_OBJECTS = frozenset(("agent-construct", "team-construct", "optimizer", FALLBACK_WRAPPER))
_MADE = ("llm", "model", "chat", "client")
"""Shapes that say only "a keyword named like a model": without a model ID there is no site."""
BASE_CONSTRUCTOR = "super().__init__"


def link(facts: Iterable[FileFacts], vocabulary: CallVocabulary | None = None, unread: Unread | None = None) -> Linked:
    """All usages and unresolved sites of a tree, sorted by path and position. With a `vocabulary`, receivers that come from other files are
    typed by it; `unread` files of the tree say which names are ambiguous."""
    program = Program(facts, unread)
    evaluator = Evaluator(program)
    usages: list[Usage] = []
    unresolved: list[Unresolved] = []
    entries: list[tuple[str, Site]] = []
    wrappers: list[tuple[str, Site]] = []
    for path in sorted(program.files):
        for site in program.files[path].sites:
            if standing.is_entry(program, path, site):
                entries.append((path, site))
            elif _leads_into_project(evaluator, path, site):
                wrappers.append((path, site))
            else:
                _site(evaluator, path, site, vocabulary, usages, unresolved)
    usages.extend(_ends_in_wrappers(evaluator, wrappers, usages))
    usages = commands.without_passed(_without_constructors(usages))
    usages.extend(_own(evaluator, entries, usages, unresolved))
    usages.extend(_unreached(program, usages, evaluator.group_names))
    return Linked(
        tuple(sorted(set(usages), key=_usage_order)),
        tuple(sorted(unresolved, key=lambda entry: (entry.path, entry.site.span, entry.site.argument))),
    )


def _site(
    evaluator: Evaluator,
    path: str,
    site: Site,
    vocabulary: CallVocabulary | None,
    usages: list[Usage],
    unresolved: list[Unresolved],
) -> None:
    if vocabulary is not None:
        from modelaudit.link.receivers import typed

        site = typed(evaluator, vocabulary, path, site)
    site = elsewhere.seen(evaluator.program, path, site)
    values = lookup.flattened(evaluator, evaluator.site(site.model, path))
    called = groups.called(evaluator, vocabulary, path, site, values)
    spares = []
    if called.names:
        evaluator.group_names |= {(piece.path, piece.text.span) for name in called.names for piece in name.pieces}
        site = groups.behind(site, called, evaluator)
        values = [*called.plain, *called.members]
        spares = _usages(evaluator, path, site, called.spares, fallback=True)
    parts, values = groups.parted(evaluator, path, site, values) if site.operation == FALLBACK_WRAPPER else ([], values)
    for part in parts:
        spares += _usages(evaluator, path, part.site, part.members, fallback=False)
        spares += _usages(evaluator, path, part.site, part.spares, fallback=True)
    usages.extend(spares)
    if parts and not values:
        return
    found = _usages(evaluator, path, site, values, fallback=False)
    usages.extend(found)
    chosen = {(usage.path, usage.literal.span) for usage in found}
    for fallback in site.fallbacks:
        spare = _chosen(evaluator, path, site, evaluator.site(fallback, path))
        extra = _usages(evaluator, path, site, spare, fallback=True)
        usages.extend(usage for usage in extra if (usage.path, usage.literal.span) not in chosen)
    if not found and not _is_optional(site, values) and not any(_is_made_elsewhere(value, site) for value in values):
        unresolved.append(_unresolved(path, site, values))


def _own(evaluator: Evaluator, entries: list[tuple[str, Site]], usages: list[Usage], unresolved: list[Unresolved]) -> list[Usage]:
    """The usages of config entries that are sites of their own."""
    consumed = {(path, binding.span) for path, binding in evaluator.consumed}
    used = frozenset((usage.path, usage.literal.span) for usage in usages)
    read = standing.Read(usages)
    chosen: list[standing.Chosen] = []
    passed: list[tuple[str, Site]] = []
    for path, site in entries:
        if read.has(path, site) or (site.shape == standing.ENVIRONMENT_SHAPE and (path, site.span) in consumed):
            passed.append((path, site))
        else:
            chosen.append(standing.Chosen(path, site, [], []))
            _site(evaluator, path, site, None, chosen[-1].usages, chosen[-1].unresolved)
    found: list[Usage] = []
    for entry in sorted(chosen, key=standing.shortness):
        if not read.has(entry.path, entry.site):
            unresolved += entry.unresolved
            found += standing.marked(entry.usages, used)
            for usage in entry.usages:
                if usage.flow:
                    read.add(usage)
    return found + _spares(evaluator, passed, used | {(usage.path, usage.literal.span) for usage in found})


def _spares(evaluator: Evaluator, entries: list[tuple[str, Site]], reached: frozenset[tuple[str, Span]]) -> list[Usage]:
    """What entries fall back to that code reads: that code was not followed to the fallback does not make it a first choice."""
    return [
        usage
        for path, site in entries
        for fallback in site.fallbacks
        for usage in _usages(evaluator, path, site, _chosen(evaluator, path, site, evaluator.site(fallback, path)), fallback=True)
        if (usage.path, usage.literal.span) not in reached
    ]


def _ends_in_wrappers(evaluator: Evaluator, wrappers: list[tuple[str, Site]], usages: list[Usage]) -> list[Usage]:
    """Where no library call is seen inside the project's own callable (a dynamic import, a registry, a bound method in a table), the
    innermost call of such a callable is the site: a model is chosen there all the same."""
    reached = {(usage.path, usage.literal.span) for usage in usages}
    left = {
        (path, literal.span)
        for path, facts in evaluator.program.files.items()
        for literal in facts.literals
        if literal.role in (Role.ARGUMENT, Role.BINDING) and (path, literal.span) not in reached
    }
    if not left:
        return []
    found = [
        usage
        for path, site in wrappers
        if not _is_record(evaluator, path, site)
        for usage in _usages(
            evaluator, path, site, _chosen(evaluator, path, site, evaluator.site(site.model, path, terms=MOST_ASIDE)), fallback=False
        )
        if (usage.path, usage.literal.span) in left
    ]
    outer = {(usage.path, usage.literal.span, step.path, step.span) for usage in found for step in usage.flow}
    return [
        usage
        for usage in found
        if usage.site is not None and (usage.path, usage.literal.span, usage.site.path, usage.site.site.span) not in outer
    ]


def _unresolved(path: str, site: Site, values: list[Value]) -> Unresolved:
    """The reason that says most: where the way was lost, else where it leaves the tree."""
    dead = [value for value in values if isinstance(value, UnknownValue)]
    if not dead:
        return Unresolved(path, site, "nothing in the scanned tree gives it a value", outside=True)
    lost = [value for value in dead if not value.outside]
    return Unresolved(path, site, (lost or dead)[0].why, outside=not lost)


def _chosen(evaluator: Evaluator, path: str, site: Site, values: list[Value]) -> list[Value]:
    """The texts in lists of models; a group's name stands for the models that are in it."""
    called = groups.called(evaluator, None, path, site, lookup.flattened(evaluator, values))
    return [*called.plain, *called.members]


def _is_optional(site: Site, values: list[Value]) -> bool:
    """Without an ID there is nothing to follow: the argument may hold an object, or the structure may have no model at all."""
    unpacked = isinstance(site.model, Item | Choice) and not values
    return unpacked or (
        site.shape in GUESSED_SHAPES or site.operation in (FALLBACK_WRAPPER, "assignment") or "[" in site.argument or "." in site.argument
    )


def _is_made_elsewhere(value: Value, site: Site) -> bool:
    """An object instead of a name: its model was chosen where it was made. Agents take what a library's `get_llm()` makes."""
    if isinstance(value, ExternalValue):
        made = value.name.removesuffix("()").rpartition(".")[2]
        is_factory = site.operation in _TAKES_OBJECTS and any(word in made.lower() for word in _MADE)
        return value.name.endswith("()") and (made[:1].isupper() or is_factory)
    return isinstance(value, InstanceValue | ClassValue)


def _leads_into_project(evaluator: Evaluator, path: str, site: Site) -> bool:
    """What is called is the project's own: the flow goes into it, and the real site lies further on."""
    if site.receiver is None:
        return False
    if site.callee == BASE_CONSTRUCTOR and isinstance(site.receiver, Attribute):
        bases = evaluator.site(site.receiver.base, path)
        return bool(bases) and all(_is_own(evaluator, base) or _is_plain(base) for base in bases)
    values = evaluator.site(site.receiver, path)
    return any(_is_own(evaluator, value) for value in values) and not any(isinstance(value, ExternalValue) for value in values)


def _is_plain(value: Value) -> bool:
    """A base class that only keeps what it is given."""
    return isinstance(value, ExternalValue) and value.name.removesuffix("()").rpartition(".")[2] in PLAIN_BASES


def _is_own(evaluator: Evaluator, value: Value) -> bool:
    """A function of the project, or a class that is not merely a library's class under another name."""
    if not isinstance(value, ClassValue):
        return isinstance(value, FunctionValue)
    if evaluator.program.function(value.path, f"{value.name}.__init__") is not None:
        return True
    inside, outside = evaluator.inheritance.bases(value.path, value.name)
    return all(name.removesuffix("()").rpartition(".")[2] in PLAIN_BASES for name in outside) and all(
        _is_own(evaluator, base) for base in inside
    )


def _is_record(evaluator: Evaluator, path: str, site: Site) -> bool:
    """Only fields are filled, by a constructor nobody wrote: no model is chosen there."""
    from modelaudit.link import members

    values = evaluator.site(site.receiver, path) if site.receiver is not None else []
    return all(isinstance(value, ClassValue) and not members.has_constructor(evaluator, value) for value in values)


def _usages(evaluator: Evaluator, path: str, site: Site, values: list[Value], *, fallback: bool) -> list[Usage]:
    found: dict[tuple[str, Span, str], Usage] = {}
    for value in values:
        if not isinstance(value, TextValue) or not value.pieces:
            continue
        piece, literal = _blamed(evaluator.program, value)
        if literal is None:
            if site.shape in GUESSED_SHAPES or fallback:
                continue
            literal = Literal(piece.text.text, piece.text.span, Role.BINDING if value.steps else Role.ARGUMENT, site.argument)
        role = Role.BINDING if literal.role in (Role.CATALOG, Role.COMPARISON, Role.MENTION) else literal.role
        usage = Usage(piece.path, literal, role, value.text, PlacedSite(path, site), value.steps, fallback, _confidence(site, value))
        key = (piece.path, literal.span, value.text)
        if key not in found or len(usage.flow) < len(found[key].flow):
            found[key] = usage
        if len(found) >= MOST_VALUES:
            break
    return list(found.values())


def _blamed(program: Program, value: TextValue) -> tuple[Piece, Literal | None]:
    """The written piece of a composed text that names the model: one that is a literal by itself, else the longest."""
    for piece in value.pieces:
        literal = program.written[piece.path].at(piece.text.span)
        if literal is not None and literal.text == piece.text.text:
            return piece, literal
    for piece in value.pieces:
        literal = program.written[piece.path].within(piece.text.span)
        if literal is not None:
            return piece, literal
    return max(value.pieces, key=lambda piece: len(piece.text.text)), None


def _confidence(site: Site, value: TextValue) -> Confidence:
    if HOLE in value.text or not value.sure:
        return Confidence.POSSIBLE if HOLE in value.text else Confidence.LIKELY
    return Confidence.CERTAIN if site.typed else Confidence.LIKELY


def _unreached(program: Program, usages: list[Usage], names: set[tuple[str, Span]]) -> list[Usage]:
    """Literals that no site takes; `names` of groups are none."""
    reached = {(usage.path, usage.literal.span) for usage in usages} | names
    return [
        Usage(path, literal, literal.role, literal.text, None, (), False, Confidence.CERTAIN)
        for path in sorted(program.files)
        for literal in program.files[path].literals
        if (path, literal.span) not in reached
    ]


def _without_constructors(usages: list[Usage]) -> list[Usage]:
    """A base class of unknown library is given the model as well: where its use is seen, the constructor is no choice of its own."""
    used = {(usage.path, usage.literal.span, usage.site.path) for usage in usages if usage.site is not None and not _constructs(usage)}
    return [
        usage
        for usage in usages
        if usage.site is None or not _constructs(usage) or (usage.path, usage.literal.span, usage.site.path) not in used
    ]


def _constructs(usage: Usage) -> bool:
    return usage.site is not None and usage.site.site.callee == BASE_CONSTRUCTOR and usage.site.site.shape == GENERIC


def _usage_order(usage: Usage) -> tuple[str, Span, str, str, Span, str, bool]:
    place = usage.site
    return (
        usage.path,
        usage.literal.span,
        usage.value,
        place.path if place else "",
        place.site.span if place else Span(0, 0, 0, 0),
        place.site.argument if place else "",
        usage.fallback,
    )
