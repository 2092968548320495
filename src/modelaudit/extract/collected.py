"""What the values of a config file turn out to say: its literals, sites and bindings."""

from __future__ import annotations

from modelaudit.domain.document import Kind, Path, Value
from modelaudit.domain.expr import Expr
from modelaudit.domain.facts import Argument, Binding, BindingKind, Literal, Role, Site
from modelaudit.domain.keypaths import spell
from modelaudit.domain.location import Span
from modelaudit.extract.aliases import other_names
from modelaudit.extract.given import Given
from modelaudit.extract.selection import Selection
from modelaudit.extract.surroundings import Client, Surroundings

_STRUCTURED = ("yaml", "json", "toml", "ini")


class Collected:
    """The facts of one file, as its values are read."""

    def __init__(self, format: str, given: Given) -> None:
        self._format = format
        self._given = given
        self._surroundings: Surroundings | None = None
        self._begun = 0
        self.literals: dict[tuple[Span, str], Literal] = {}
        self.sites: list[Site] = []
        self.paths: dict[Site, Path] = {}
        """The key path of every site."""
        self.bindings: list[Binding] = []
        self._fallbacks: list[tuple[Site, Path]] = []

    def begin(self, surroundings: Surroundings) -> None:
        """A document begins, whose values have these neighbours."""
        self._surroundings = surroundings
        self._begun = len(self.sites)

    def literal(self, text: str, span: Span, role: Role, context: str) -> None:
        """An ID; what was said of its place first counts."""
        self.literals.setdefault((span, text), Literal(text, span, role, context))

    def bind(self, value: Value, model: Expr) -> None:
        """The names under which a value is known, in its file and outside."""
        self.bindings += (Binding(name, BindingKind.KEY, model, value.span) for name in self._given.names(value))
        if value.kind is Kind.ENVIRONMENT and value.path[0] == "ARG" and self._format == "dockerfile":
            self.bindings.append(Binding(f"arg:{value.path[-1]}", BindingKind.KEY, model, value.span))
        elif value.kind is Kind.ENVIRONMENT:
            self.bindings.append(Binding(f"env:{value.path[-1]}", BindingKind.ENVIRONMENT, model, value.span))
            if self._format in _STRUCTURED:
                # A program that reads the file finds it as a key.
                self.bindings.append(Binding(f"key:{spell(value.path)}", BindingKind.KEY, model, value.span))
        elif value.kind is Kind.CONSTANT and value.path:
            self.bindings.append(Binding(spell(value.path), BindingKind.CONSTANT, model, value.span))
        elif value.kind is Kind.ENTRY and value.path:
            names = (spell(value.path), *other_names(value.path, self._format))
            self.bindings += (Binding(f"key:{name}", BindingKind.KEY, model, value.span) for name in names)

    def site(self, value: Value, selection: Selection, model: Expr) -> None:
        """A place where a model is chosen."""
        client = self._surroundings.client(value.path) if self._surroundings else Client(None, "", None)
        site = Site(
            span=value.origin or value.call or value.span,
            callee=_callee(value) or holder(value),
            shape=selection.shape,
            argument=str(value.path[-1]) if value.path else "",
            model=model,
            operation=_operation(value, selection),
            dialect=selection.dialect,
            typed=selection.specific,
            function="",
            platform=client.platform,
            platform_evidence=client.evidence,
            region=client.region,
            arguments=self._arguments(value),
        )
        if selection.fallback and value.kind is not Kind.ENVIRONMENT:
            self._fallbacks.append((site, value.path))
        else:
            self.sites.append(site)
            self.paths[site] = value.path

    def _arguments(self, value: Value) -> tuple[Argument, ...]:
        """The parameters beside a value."""
        if self._surroundings is None or not (value.kind is Kind.ENTRY or value.call):
            return ()
        return self._surroundings.arguments(value.path, value.call)

    def join_fallbacks(self) -> None:
        """Gives each fallback of the document to the site beside or above it; one that no first choice stands near is a site of its own."""
        first: dict[Path, int] = {}
        for number, site in enumerate(self.sites[self._begun :], self._begun):
            first.setdefault(self.paths[site][:-1], number)
        for fallback, path in self._fallbacks:
            bases = (path[:depth] for depth in range(len(path) - 1, max(len(path) - 5, -1), -1))
            found = next((first[base] for base in bases if base in first), None)
            if found is None:
                self.sites.append(fallback)
                self.paths[fallback] = path
                continue
            site = self.sites[found]
            self.sites[found] = site._replace(fallbacks=(*site.fallbacks, fallback.model))
            self.paths[self.sites[found]] = self.paths[site]
        self._fallbacks.clear()


def holder(value: Value) -> str:
    """What holds a value, in the file's own words."""
    if value.kind is Kind.OPTION:
        return " ".join(str(part) for part in value.path[-2:] if part)
    return spell(value.path) if value.path else "text"


def _callee(value: Value) -> str:
    """The call in program text that a value is an argument of."""
    if value.kind is not Kind.ARGUMENT:
        return ""
    first = next((number for number, part in enumerate(value.path) if isinstance(part, int)), len(value.path))
    return ".".join(str(part) for part in value.path[:first])


def _operation(value: Value, selection: Selection) -> str:
    """A setting that a call of program text takes is that of a request."""
    if value.call is None or selection.operation != "default":
        return selection.operation
    return "embedding" if "mbed" in _callee(value) else "chat"
