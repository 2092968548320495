"""Evaluate terms across files: names through imports, attributes through classes, parameters through their callers.

Everything is bounded: cycles end, a site may look at a limited number of terms, and at most `MOST_VALUES` values are kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from modelaudit.domain.expr import (
    FROM_USER,
    NOTHING,
    Apply,
    Attribute,
    Choice,
    Env,
    Expr,
    Item,
    Join,
    Name,
    Result,
    Self,
    Table,
    Text,
    Unknown,
)
from modelaudit.domain.facts import Binding, BindingKind
from modelaudit.domain.later import later
from modelaudit.domain.location import Span
from modelaudit.domain.usage import Step
from modelaudit.link import lookup, references
from modelaudit.link.commands import GIVEN, Commands
from modelaudit.link.configs import Configs
from modelaudit.link.inheritance import Inheritance
from modelaudit.link.memo import Memo
from modelaudit.link.program import Program
from modelaudit.link.values import (
    ANY_ARGUMENTS,
    MOST_VALUES,
    Arguments,
    ClassValue,
    ExternalValue,
    Frame,
    FunctionValue,
    InstanceValue,
    ModuleValue,
    OptionsValue,
    PathValue,
    Piece,
    Steps,
    TableValue,
    TextValue,
    UnknownValue,
    Value,
    distinct,
    with_steps,
)

if TYPE_CHECKING:
    from modelaudit.link import calls, environments, imports, labels, members, parameters, paths, texts
else:
    calls, environments, imports, labels = later("modelaudit.link", "calls", "environments", "imports", "labels")
    members, parameters, paths, texts = later("modelaudit.link", "members", "parameters", "paths", "texts")

MOST_TERMS = 6000
"""Terms that one site may look at."""
CARRIED_FOR_ONE = 8
"""Values that are carried a hop for the price of a term."""
MOST_ASIDE = 400
"""Terms that one callee may look at until it is known whether it is the function in question, or one call of a project's own function."""
DEEPEST = 36
"""Hops from a site."""
NEAR = 6
"""Hops that are left for a term that is kept for all sites."""

TOO_MANY = UnknownValue("more ways lead to it than are followed")


class Evaluator:
    """Evaluates terms of one program. `consumed` notes which environment and key bindings took part."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.configs = Configs(program)
        self.commands = Commands(program)
        self.consumed: set[tuple[str, Binding]] = set()
        self.group_names: set[tuple[str, Span]] = set()
        """Where names of groups are written that were taken for such."""
        self._terms = 0
        self.memo = Memo()
        self._asked: dict[tuple[str, str | int, int, int], tuple[Expr, Frame | None, list[Value]]] = {}
        """What was found for terms of sites, with what was asked about, so that its identity stays its own."""
        self.running: dict[tuple[str, str], list[int]] = {}
        """The functions whose bodies are being read, and the questions of the memo that each is read for."""
        self.inheritance = Inheritance(program, self._apart)
        self.constructions: dict[tuple[str, str, int, int, Steps], Frame] = {}
        """By object: the call of its constructor. The frame holds on to the object, whose parts keep their identity."""
        self.resolved_callees: dict[tuple[str, int], list[Value]] = {}
        self.callers: dict[tuple[str, str], list[parameters.Caller]] = {}

    def site(self, expr: Expr, path: str, frame: Frame | None = None, terms: int = MOST_TERMS) -> list[Value]:
        """Everything that may reach a site, within its budget. The same is asked of the receivers and parameters of many sites."""
        asked = (path, expr.ref if isinstance(expr, Name) else id(expr), id(frame), terms)
        known = self._asked.get(asked)
        if known is None:
            self._terms = MOST_TERMS - terms
            self.running.clear()
            self.memo.clear()
            known = self._asked[asked] = (expr, frame, self.evaluate(expr, path, frame))
        return known[2]

    def evaluate(self, expr: Expr, path: str, frame: Frame | None, depth: int = 0) -> list[Value]:
        """All values of a term in a file (in the light of a call, when `frame` is given)."""
        self._terms += 1
        if self._terms > MOST_TERMS:
            self.memo.spent()
            return [TOO_MANY]
        if depth > DEEPEST:
            self.memo.deep()
            return [TOO_MANY]
        if frame is not None and _is_of_module(expr):
            frame = None
        match expr:
            case Text():
                return [TextValue(expr.text, (Piece(path, expr, 0),), (), True)]
            case Name():
                return self._guarded(f"{expr.ref}", path, frame, depth, lambda: self._name(expr, path, frame, depth))
            case Attribute():
                return self._guarded(
                    f".{expr.name}:{expr.span.line}:{expr.span.column}",
                    path,
                    frame,
                    depth,
                    lambda: self._attribute(expr, path, frame, depth),
                )
            case Choice():
                return self._choice(expr, path, frame, depth)
            case Join():
                return texts.joined(self, expr, path, frame, depth)
            case Table():
                return [TableValue(path, expr, frame, ())]
            case Item():
                return lookup.item(self, expr, path, frame, depth)
            case Env():
                return self.environment(
                    expr.name, expr.default, path, frame, depth, Step(path, expr.span, f"environment variable {expr.name}")
                )
            case Result():
                return calls.result(self, expr, path, frame, depth)
            case Apply():
                return texts.applied(self, expr, path, frame, depth)
            case Unknown():
                return [] if expr == NOTHING else [UnknownValue(expr.why, outside=expr == FROM_USER)]
            case Self():
                return [self._self(expr, path, frame)]

    def aside(self, expr: Expr, path: str, depth: int) -> list[Value]:
        """The values of a term that is only looked at to understand another, at its own cost: a site's terms are for its model."""
        spent, self._terms = self._terms, max(0, MOST_TERMS - MOST_ASIDE)
        try:
            return self.memo.aside(lambda: self.evaluate(expr, path, None, depth))
        finally:
            self._terms = spent

    def _apart(self, expr: Expr, path: str) -> list[Value]:
        """The values of a term that are kept for all sites: neither what the present one has spent nor where it stands may count. The first
        to ask for subclasses would otherwise pay for every class of the tree, and be left without the call that it asked about."""
        spent, running = self._terms, self.running
        self._terms, self.running = MOST_TERMS - MOST_ASIDE, {}
        try:
            return self.memo.apart(lambda: self.evaluate(expr, path, None, DEEPEST - NEAR))
        finally:
            self._terms, self.running = spent, running

    def _guarded(self, key: str, path: str, frame: Frame | None, depth: int, work: Callable[[], list[Value]]) -> list[Value]:
        """Each name once, for each call in whose light it is read."""
        parts = () if frame is None else (frame,)
        return self.charged(self.memo.once(f"{path}:{key}", parts, depth, lambda: distinct(work())))

    def charged(self, values: list[Value]) -> list[Value]:
        """Values that are carried a hop further: many of them cost what a term costs."""
        self._terms += len(values) // CARRIED_FOR_ONE
        return values

    def _self(self, expr: Self, path: str, frame: Frame | None) -> Value:
        if frame is not None and frame.instance is not None:
            return frame.instance
        return InstanceValue(path, expr.owner, ANY_ARGUMENTS, path, None, ())

    # names

    def _name(self, expr: Name, path: str, frame: Frame | None, depth: int) -> list[Value]:
        ref = expr.ref
        if ref.endswith(")") and "(" in ref and not ref.endswith("()"):
            return parameters.parameter(self, ref, path, frame, depth)
        return self.lookup(ref, path, frame, depth, expr)

    def lookup(self, ref: str, path: str, frame: Frame | None, depth: int, expr: Name | None = None) -> list[Value]:
        """What a module-level (or versioned local) name of a file is."""
        found: list[Value] = []
        if references.is_reference(ref) and self.program.files[path].language != "python":
            return references.values(self, ref, path, depth)
        for binding in self.program.bindings(path, ref):
            found.extend(self.binding(binding, path, frame, depth))
        if found:
            return found
        base = ref.partition("@")[0]
        function = self.program.function(path, base)
        if function is not None:
            return [FunctionValue(path, base, None, ())]
        if self.program.class_(path, base) is not None:
            return [ClassValue(path, base, ())]
        imported = self.program.import_(path, base)
        if imported is not None:
            return imports.imported(self, imported.module, imported.attribute, imported.level, path, imported.span, depth)
        for star in self.program.star_imports(path):
            target = imports.module_path(self, star.module, star.level, path)
            if target in self.program.files and target != path and imports.exports(self, target, base):
                values = self.lookup(base, target, None, depth + 1)
                if any(not isinstance(value, UnknownValue | ExternalValue) for value in values):
                    return [with_steps(value, (Step(path, star.span, f"imported from {star.module}"),)) for value in values]
        return [ExternalValue(base, (), path, None)] if expr is not None else [UnknownValue(f"{base} is not defined in the scanned tree")]

    def binding(self, binding: Binding, path: str, frame: Frame | None, depth: int) -> list[Value]:
        """The values of a binding, with the step that names it."""
        values = self.evaluate(binding.value, path, frame, depth + 1)
        if binding.span.line == 0 or binding.kind is BindingKind.RETURN:
            return values
        step = (Step(path, binding.span, labels.label(binding)),)
        return [with_steps(value, step) for value in values]

    def once(self, path: str, binding: Binding, depth: int) -> list[Value]:
        """The values of a binding of a config file, which may refer to itself by way of others (`MODEL: ${MODEL}`)."""
        name = f"{path}:{binding.name}:{binding.span.line}:{binding.span.column}"
        return self.memo.once(name, (), depth, lambda: self.binding(binding, path, None, depth))

    # attributes

    def _attribute(self, expr: Attribute, path: str, frame: Frame | None, depth: int) -> list[Value]:
        found: list[Value] = []
        if isinstance(expr.base, Name):
            for binding in self.program.bindings(path, f"{expr.base.ref}.{expr.name}"):
                found.extend(self.binding(binding, path, frame, depth))
        if isinstance(expr.base, Attribute) and isinstance(expr.base.base, Self):
            found.extend(members.of_part(self, path, expr.base.base.owner, expr.base.name, expr.name, depth))
        if expr.name == "super()" and isinstance(expr.base, Self):
            return self._parents(path, expr.base.owner, frame)
        if isinstance(expr.base, Self) and (frame is None or frame.instance is None):
            return members.of_any_instance(self, path, expr.base.owner, expr.name, depth)
        for base in self.evaluate(expr.base, path, frame, depth + 1):
            found.extend(self.member(base, expr.name, depth))
        return found

    def _parents(self, path: str, owner: str, frame: Frame | None) -> list[Value]:
        """What `super()` looks at: classes of the project, else those outside it."""
        inside, outside = self.inheritance.bases(path, owner)
        return [*inside] or [ExternalValue(f"{name}()", (), path, frame) for name in outside]

    def member(self, base: Value, name: str, depth: int) -> list[Value]:
        """`base.name`."""
        match base:
            case ModuleValue():
                return imports.member(self, base, name, depth)
            case ClassValue():
                return members.of_class(self, base, name, depth)
            case InstanceValue():
                return members.of_instance(self, base, name, depth)
            case TextValue():
                return [base] if name in ("value", "name", "_value_") else [UnknownValue(f"attribute {name} of a text")]
            case TableValue():
                return lookup.entries(self, base, name, depth)
            case PathValue():
                return [paths.member(base, name)]
            case OptionsValue():
                return self._option(base, name, depth)
            case ExternalValue():
                if name in ("value", "get_secret_value"):
                    return [base]
                return [ExternalValue(f"{base.name}.{name}", base.arguments, base.path, base.frame)]
            case FunctionValue():
                return [UnknownValue(f"attribute {name} of a function")]
            case UnknownValue():
                return [base]

    def _option(self, base: OptionsValue, name: str, depth: int) -> list[Value]:
        found: list[Value] = []
        for binding in self.program.options(base.path, name):
            values = self.evaluate(binding.value, base.path, None, depth + 1)
            step = (Step(base.path, binding.span, f"default of option --{name.replace('_', '-')}"),)
            found.extend(with_steps(value, step) for value in values)
        for path, site in self.commands.of(base.path, name):
            step = (Step(path, site.span, f"{GIVEN} --{name.replace('_', '-')}"),)
            values = self.evaluate(site.model, path, None, depth + 1)
            found.extend(with_steps(value, step) for value in values if isinstance(value, TextValue))
        return found or [UnknownValue(f"command-line option --{name.replace('_', '-')} has no default", outside=True)]

    def returned(self, function: FunctionValue, arguments: Arguments, path: str, frame: Frame | None, depth: int) -> list[Value]:
        """What a call of a project function gives back."""
        return calls.returned(self, function, arguments, path, frame, depth)

    # branches and variables

    def _choice(self, expr: Choice, path: str, frame: Frame | None, depth: int) -> list[Value]:
        found: list[Value] = []
        for option in expr.options:
            found.extend(self.evaluate(option, path, frame, depth + 1))
        return found[:MOST_VALUES]

    def environment(self, name: str, default: Expr | None, path: str, frame: Frame | None, depth: int, step: Step) -> list[Value]:
        """The default in the code, and every value that files of the tree give the variable."""
        found: list[Value] = []
        if default is not None:
            found.extend(with_steps(value, (step,)) for value in self.evaluate(default, path, frame, depth + 1))
        for other, binding in environments.definitions(self.program, name, path):
            values = self.once(other, binding, depth)
            if any(isinstance(value, TextValue) for value in values):
                self.consumed.add((other, binding))
            found.extend(with_steps(value, (step,)) for value in values)
        if not any(isinstance(value, TextValue) for value in found):
            found.append(UnknownValue(f"environment variable {name} is set outside the scanned tree", outside=True))
        return found


def _is_of_module(expr: Expr) -> bool:
    """Whether a term means the same in every call: it names things of the module, and nothing of a function or an instance."""
    match expr:
        case Name():
            return "." not in expr.ref and "(" not in expr.ref
        case Attribute():
            return _is_of_module(expr.base)
    return False
