"""From the values of a config file to literals, sites and bindings."""

from __future__ import annotations

from modelaudit.domain.document import Comment, Kind, Path, Value
from modelaudit.domain.expr import Choice, Env, Expr, Join, Name, Text
from modelaudit.domain.facts import Binding, BindingKind, Role
from modelaudit.domain.location import Span
from modelaudit.domain.pattern import late
from modelaudit.extract.collected import Collected, holder
from modelaudit.extract.holes import is_candidate, leaves, length, named, refers, trimmed
from modelaudit.extract.pieces import assigned, ids_in_url, is_compared, listed, stretch
from modelaudit.extract.roles import RECORDED, Roles, is_prose
from modelaudit.extract.scopes import Settle
from modelaudit.extract.selection import COMMAND_LINE, ENVIRONMENT, Selection, Selector
from modelaudit.extract.templates import expression, has_hole
from modelaudit.extract.vocabulary import Words

_NAME_LIKE = late(r"[A-Za-z][\w.-]{0,99}")
_NAMEABLE = (Kind.ENTRY, Kind.ENVIRONMENT, Kind.OPTION)
_PREFIX_ENDS = (".", "-", "*")
"""What a name ends with that is the beginning of others."""
_URL = "url"
"""Shape of sites whose model stands in the path of a URL."""


class Entries:
    """Reads the values of one file, one at a time."""

    def __init__(self, words: Words, selector: Selector, roles: Roles, settle: Settle, said: Collected) -> None:
        self._words = words
        self._selector = selector
        self._roles = roles
        self._settle = settle
        """What the names in an expression mean at its place."""
        self._said = said

    def value(self, value: Value) -> None:
        """Reads one value."""
        if value.kind is Kind.PROSE:
            self._mentions(value, "text")
        elif value.expr is not None:
            self._expression(value, value.expr)
        elif value.kind is not Kind.KEY and has_hole(value.text):
            if not self._url(value):
                self._template(value)
        elif is_candidate(self._words, value.text):
            self._candidate(value)
        else:
            self._other(value)

    def comment(self, comment: Comment) -> None:
        """IDs in a comment are mentions, commented-out settings too."""
        self._mentions(Value(comment.text, comment.body or comment.span, (), None, Kind.PROSE, comment.body is not None), "comment")

    def _candidate(self, value: Value) -> None:
        selection = self._selector.select(value)
        if selection is not None and not selection.selects:
            self._unselecting(value, selection)
        elif selection is not None:
            self._selected(value, selection)
        elif self._is_constant(value) or (not self._words.is_weak(value.text) and self._words.tokens(value.text)):
            # Where nothing speaks for a model, only IDs that are known count: `gpt-tools` is a package.
            self._unselected(value)

    def _is_constant(self, value: Value) -> bool:
        """Whether a name bound in program text is that of a model."""
        return value.kind is Kind.CONSTANT and self._selector.names_model(str(value.path[-1]))

    def _selected(self, value: Value, selection: Selection) -> None:
        """An ID at a place that may choose a model: in a price table or a recorded answer it does not."""
        if self._roles.is_recorded(value.path, known=selection.specific):
            self._said.literal(value.text, value.span, Role.CATALOG, RECORDED)
        elif self._roles.is_allowed(value.path) or (
            not selection.specific and (self._is_priced(value.path) or self._roles.is_catalog_entry(value.path))
        ):
            self._said.literal(value.text, value.span, Role.CATALOG, holder(value))
        else:
            self._choose(value, selection, Text(value.text, value.span))

    def _is_priced(self, path: Path) -> bool:
        """Whether a value stands in a price table: prices beside it, or beside what holds it in the entry of an ID."""
        if self._roles.has_price(path):
            return True
        entry = path[-3] if len(path) > 2 else None
        return isinstance(entry, str) and is_candidate(self._words, entry) and self._roles.has_price(path[:-1])

    def _unselecting(self, value: Value, selection: Selection) -> None:
        """Permission lists and recordings list IDs; the name of a group is none, and what a project says to this program is no use."""
        if selection.operation not in ("group", "template-variable", "policy"):
            context = RECORDED if selection.operation == "recording" else holder(value)
            self._said.literal(value.text, value.span, Role.COMPARISON if selection.operation == "comparison" else Role.CATALOG, context)

    def _unselected(self, value: Value) -> None:
        role, context = self._roles.role(value)
        key = value.path[-1] if value.path else None
        if role is Role.BINDING and isinstance(key, str) and is_candidate(self._words, key):
            # One ID under another: a table of aliases, of which a lookup chooses.
            role = Role.CATALOG
        if value.kind is Kind.WORD and role is Role.BINDING:
            role = Role.MENTION
        self._said.literal(value.text, value.span, role, context or holder(value))
        if role is not Role.BINDING:
            return
        model = Text(value.text, value.span)
        self._said.bind(value, model)
        if value.kind is Kind.ENVIRONMENT:
            self._said.site(value, _variable(self._selector.is_fallback(value.path)), model)

    def _choose(self, value: Value, selection: Selection, model: Expr) -> None:
        role = Role.ARGUMENT if value.kind in (Kind.ARGUMENT, Kind.OPTION) else Role.BINDING
        self._said.literal(value.text, value.span, role, holder(value))
        self._said.bind(value, model)
        self._said.site(value, selection, model)

    def _template(self, value: Value) -> None:
        """A value with holes: the text between them, and the defaults inside them."""
        self._compared(value)
        self._expression(value, expression(value.text, lambda start, end: stretch(value, start, end)))

    def _expression(self, value: Value, expr: Expr) -> None:
        expr = self._settle(value, expr)
        selection = self._selector.select(value)
        if selection is not None and not selection.selects:
            for leaf in leaves(expr):
                said, span = named(self._words, leaf, permission=True)
                if is_candidate(self._words, said):
                    self._unselecting(value._replace(text=said, span=span), selection)
            return
        found = False
        for leaf in leaves(expr):
            said, span = named(self._words, leaf) if selection else trimmed(leaf)
            if is_candidate(self._words, said) and (selection or not self._words.is_weak(said)):
                role, context = self._roles.role(value)
                live = Role.BINDING if selection else role
                self._said.literal(said, span, live, context or holder(value))
                found = found or live is Role.BINDING
            elif said:
                found = self._tokens(said, span, leaf, value, Role.BINDING if selection else Role.MENTION) or found
        if not found and not (selection and refers(expr)):
            if refers(expr) and (value.kind is Kind.ENVIRONMENT or not isinstance(expr, Join)):
                # What it turns out to be is known only when linking.
                self._said.bind(value, expr)
            return
        self._said.bind(value, expr)
        if selection and (found or self._is_reference_to_model(value, selection, expr)):
            self._said.site(value, selection, expr)

    def _is_reference_to_model(self, value: Value, selection: Selection, expr: Expr) -> bool:
        """Whether a value that holds no ID refers to one: at a place for models, or by a name that is a model's."""
        if value.kind is Kind.ENVIRONMENT:
            return False
        if selection.sure or value.expr is not None:
            return True
        name = expr.name if isinstance(expr, Env) else expr.ref.rpartition(".")[2] if isinstance(expr, Name) else ""
        return bool(name) and self._selector.names_model(name)

    def _tokens(self, said: str, span: Span, leaf: Text, value: Value, role: Role) -> bool:
        found = False
        for start, end in self._words.tokens(said):
            part = Value(said, span, value.path, None, value.kind, length(span) == len(said))
            self._said.literal(said[start:end], stretch(part, start, end), role, holder(value))
            found = role is Role.BINDING
        return found

    def _other(self, value: Value) -> None:
        """A value that is no ID as a whole."""
        text = value.text
        if len(text) < 2 or self._opaque(value):
            return
        if value.kind is Kind.ENVIRONMENT and _NAME_LIKE.fullmatch(text):
            # No model, but perhaps what a gateway calls a group of them.
            self._said.bindings.append(Binding(f"plain:{value.path[-1]}", BindingKind.ENVIRONMENT, Text(text, value.span), value.span))
        if value.kind is not Kind.KEY and (self._list(value) or self._url(value) or self._assignment(value)):
            return
        self._mentions(value, None)

    def _opaque(self, value: Value) -> bool:
        """The name of an Azure deployment at a place that takes nothing else: a model is called there, which the text cannot tell."""
        # Nearly every value of every file comes by here, so what is quick to ask is asked first.
        key = value.path[-1] if value.path else None
        if not isinstance(key, str) or "eploy" not in key.lower() or not _NAME_LIKE.fullmatch(value.text) or value.kind not in _NAMEABLE:
            return False
        selection = self._selector.select(value)
        if selection is None or not (selection.selects and selection.sure) or selection.dialect != "azure-deployment":
            return False
        self._choose(value, selection, Text(value.text, value.span))
        return True

    def _list(self, value: Value) -> bool:
        """Several IDs in one scalar, separated by commas."""
        pieces = [(start, end) for start, end in listed(value.text) if is_candidate(self._words, value.text[start:end])]
        if not pieces or is_prose(value.path):
            return False
        selection = self._selector.select(value)
        fallback = self._selector.is_fallback(value.path)
        strong = [piece for piece in pieces if selection or not self._words.is_weak(value.text[piece[0] : piece[1]])]
        if not strong:
            return False
        role = Role.BINDING if fallback else Role.CATALOG
        texts = [Text(value.text[start:end], stretch(value, start, end)) for start, end in strong]
        for text in texts:
            self._said.literal(text.text, text.span, role, holder(value))
        if value.kind is Kind.ENVIRONMENT:
            self._said.bind(value, Choice(tuple(texts)))
        return True

    def _url(self, value: Value) -> bool:
        if is_prose(value.path):
            return False
        found = False
        for start, end in ids_in_url(value.text):
            text = value.text[start:end]
            if is_candidate(self._words, text) and not self._words.is_weak(text):
                span = stretch(value, start, end)
                self._said.literal(text, span, Role.BINDING, holder(value))
                self._said.site(value, Selection(_URL, "chat", "openai", True, False, False, False), Text(text, span))
                found = True
        return found

    def _assignment(self, value: Value) -> bool:
        """`model=ID` in a list of overrides, in what a step prints, in the arguments of an option."""
        found = assigned(value.text)
        if found is None or not is_candidate(self._words, value.text[found[1] : found[2]]):
            return False
        name, start, end = found
        if not self._selector.names_model(name.rpartition(".")[2]):
            return False
        text, span = value.text[start:end], stretch(value, start, end)
        self._said.literal(text, span, Role.BINDING, holder(value))
        if value.kind is Kind.OPTION and self._selector.select(value):
            self._said.site(value, Selection(COMMAND_LINE, "default", "openai", True, False, True, False), Text(text, span))
        return True

    def _mentions(self, value: Value, context: str | None) -> None:
        self._compared(value)
        for start, end in self._words.tokens(value.text):
            self._said.literal(value.text[start:end], stretch(value, start, end), Role.MENTION, context or holder(value))

    def _compared(self, value: Value) -> None:
        """IDs in a condition: regular expressions of program text, `if: inputs.model == 'ID'`."""
        if value.kind is Kind.COMPARISON or (value.kind is Kind.ENTRY and value.path and not is_prose(value.path)):
            for start, end in self._words.tokens(value.text):
                # `startsWith("gpt-5.")` asks for a family, whose first member is not one of those that fit.
                compared = value.kind is Kind.COMPARISON or is_compared(value.text, start, end) or self._is_asserted(value)
                if compared and value.text[end:] not in _PREFIX_ENDS:
                    self._said.literal(value.text[start:end], stretch(value, start, end), Role.COMPARISON, holder(value))

    def _is_asserted(self, value: Value) -> bool:
        """Whether a rule says of a place that its text is what something is compared with; a sentence there tells a judge what to do."""
        selection = None if " " in value.text.strip() else self._selector.select(value)
        return selection is not None and selection.operation == "comparison"


def _variable(fallback: bool) -> Selection:
    return Selection(ENVIRONMENT, "default", "openai", True, False, False, fallback)
