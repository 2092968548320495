"""Evaluate terms across files: names through imports, attributes through classes, parameters through their callers.

Everything is bounded: cycles end, a site may look at a limited number of terms, and at most `MOST_VALUES` values are kept.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice, product

from modelaudit.domain.expr import (
    FROM_USER,
    NOTHING,
    Apply,
    Attribute,
    Choice,
    Entry,
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
from modelaudit.domain.facts import Binding, BindingKind, Function
from modelaudit.domain.location import Span
from modelaudit.domain.usage import Step
from modelaudit.link import environments, loading, lookup, members, objects, parameters, paths, references
from modelaudit.link.commands import GIVEN, Commands
from modelaudit.link.configs import Configs
from modelaudit.link.memo import Memo
from modelaudit.link.program import Program
from modelaudit.link.values import (
    ANY_ARGUMENTS,
    HOLE,
    MOST_COMPOSED,
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

MOST_TERMS = 6000
"""Terms that one site may look at."""
CARRIED_FOR_ONE = 8
"""Values that are carried a hop for the price of a term."""
MOST_ASIDE = 400
"""Terms that one callee may look at until it is known whether it is the function in question, or one call of a project's own function."""
DEEPEST = 36
"""Hops from a site."""

MOST_NESTED = 2
"""Calls of one function inside one another."""

TOO_MANY = UnknownValue("more ways lead to it than are followed")

_PARSES = ("parse_args", "parse_known_args", "parse_intermixed_args")


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
        self._active: set[tuple[str, str, int]] = set()
        self.memo = Memo()
        self._running: dict[tuple[str, str], int] = {}
        self._known: dict[tuple[str, str], list[Value]] = {}
        self._bases: dict[tuple[str, str], tuple[tuple[ClassValue, ...], tuple[str, ...]]] = {}
        self._subclasses: dict[tuple[str, str], list[tuple[str, str]]] | None = None
        self.resolved_callees: dict[tuple[str, int], list[Value]] = {}
        self.callers: dict[tuple[str, str], list[parameters.Caller]] = {}

    def site(self, expr: Expr, path: str, frame: Frame | None = None, terms: int = MOST_TERMS) -> list[Value]:
        """Everything that may reach a site, within its budget."""
        self._terms = MOST_TERMS - terms
        self._active.clear()
        self._running.clear()
        self.memo.clear()
        return self.evaluate(expr, path, frame)

    def evaluate(self, expr: Expr, path: str, frame: Frame | None, depth: int = 0) -> list[Value]:
        """All values of a term in a file (in the light of a call, when `frame` is given)."""
        self._terms += 1
        if self._terms > MOST_TERMS or depth > DEEPEST:
            self.memo.cuts += 1
            return [TOO_MANY]
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
                return self._join(expr, path, frame, depth)
            case Table():
                return [TableValue(path, expr, frame, ())]
            case Item():
                return lookup.item(self, expr, path, frame, depth)
            case Env():
                return self.environment(
                    expr.name, expr.default, path, frame, depth, Step(path, expr.span, f"environment variable {expr.name}")
                )
            case Result():
                return self._result(expr, path, frame, depth)
            case Apply():
                return self._apply(expr, path, frame, depth)
            case Unknown():
                return [] if expr == NOTHING else [UnknownValue(expr.why, outside=expr == FROM_USER)]
            case Self():
                return [self._self(expr, path, frame)]

    def aside(self, expr: Expr, path: str, depth: int) -> list[Value]:
        """The values of a term that is only looked at to understand another, at its own cost: a site's terms are for its model."""
        spent, self._terms = self._terms, max(0, MOST_TERMS - MOST_ASIDE)
        try:
            return self.evaluate(expr, path, None, depth)
        finally:
            self._terms = spent

    def _guarded(self, key: str, path: str, frame: Frame | None, depth: int, work: Callable[[], list[Value]]) -> list[Value]:
        """Cut cycles: a name that is being evaluated already adds nothing. What was evaluated whole, for no particular call, is kept."""
        if frame is not None:
            return self.charged(self.memo.once(f"{path}:{key}", (frame,), depth, lambda: distinct(work())))
        if (path, key) in self._known:
            return self.charged(self._known[path, key])
        mark = (path, key, 0)
        if mark in self._active:
            self.memo.cuts += 1
            return []
        self._active.add(mark)
        cuts = self.memo.cuts
        try:
            values = distinct(work())
        finally:
            self._active.discard(mark)
        if cuts == self.memo.cuts:
            self._known[path, key] = values
        return self.charged(values)

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
            return self._imported(imported.module, imported.attribute, imported.level, path, imported.span, depth)
        for star in self.program.star_imports(path):
            target = self._module_path(star.module, star.level, path)
            if target is not None and target != path and self._exports(target, base):
                values = self.lookup(base, target, None, depth + 1)
                if any(not isinstance(value, UnknownValue | ExternalValue) for value in values):
                    return [with_steps(value, (Step(path, star.span, f"imported from {star.module}"),)) for value in values]
        return [ExternalValue(base, (), path, None)] if expr is not None else [UnknownValue(f"{base} is not defined in the scanned tree")]

    def binding(self, binding: Binding, path: str, frame: Frame | None, depth: int) -> list[Value]:
        """The values of a binding, with the step that names it."""
        values = self.evaluate(binding.value, path, frame, depth + 1)
        if binding.span.line == 0 or binding.kind is BindingKind.RETURN:
            return values
        step = (Step(path, binding.span, _label(binding)),)
        return [with_steps(value, step) for value in values]

    def once(self, path: str, binding: Binding, depth: int) -> list[Value]:
        """The values of a binding of a config file, which may refer to itself by way of others (`MODEL: ${MODEL}`)."""
        mark = (path, binding.name, binding.span.line * 10_000 + binding.span.column)
        if mark in self._active:
            self.memo.cuts += 1
            return []
        self._active.add(mark)
        try:
            return self.binding(binding, path, None, depth)
        finally:
            self._active.discard(mark)

    def _exports(self, path: str, name: str) -> bool:
        exports = self.program.files[path].exports
        return name in exports if exports is not None else not name.startswith("_")

    def _module_path(self, module: str, level: int, path: str) -> str | None:
        if level:
            dotted = self.program.modules.relative(module, level, path)
            return self.program.modules.exact(dotted)
        return self.program.modules.find(module, path)

    def _imported(self, module: str, attribute: str | None, level: int, path: str, span: Span, depth: int) -> list[Value]:
        dotted = self.program.modules.relative(module, level, path) if level else module
        target = self._module_path(module, level, path)
        step = (Step(path, span, f"imported from {'.' * level}{module}" if attribute else f"imported module {module}"),)
        if attribute is None:
            return (
                [ModuleValue(dotted, target, ())]
                if target is not None or self.program.modules.is_package(dotted)
                else [ExternalValue(module, (), path, None)]
            )
        if target is not None and target != path:
            values = self.lookup(attribute, target, None, depth + 1)
            if any(not isinstance(value, UnknownValue) for value in values):
                return [with_steps(value, step) for value in values]
        inner = self._module_path(f"{module}.{attribute}" if module else attribute, level, path)
        if inner is not None:
            return [ModuleValue(f"{dotted}.{attribute}", inner, ())]
        if target is not None or level:
            return [UnknownValue(f"{attribute} is not found in {'.' * level}{module}")]
        return [ExternalValue(f"{module}.{attribute}", (), path, None)]

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
        inside, outside = self.bases(path, owner)
        return [*inside] or [ExternalValue(f"{name}()", (), path, frame) for name in outside]

    def member(self, base: Value, name: str, depth: int) -> list[Value]:
        """`base.name`."""
        match base:
            case ModuleValue():
                return self._module_member(base, name, depth)
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

    def _module_member(self, base: ModuleValue, name: str, depth: int) -> list[Value]:
        if base.path is not None:
            values = self.lookup(name, base.path, None, depth + 1)
            if any(not isinstance(value, UnknownValue) for value in values):
                return values
        dotted = f"{base.dotted}.{name}"
        target = self.program.modules.exact(dotted) or self.program.modules.find(dotted, base.path or "")
        if target is not None or self.program.modules.is_package(dotted):
            return [ModuleValue(dotted, target, base.steps)]
        return [UnknownValue(f"{name} is not found in {base.dotted}")]

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

    # calls

    def _result(self, expr: Result, path: str, frame: Frame | None, depth: int) -> list[Value]:
        found = objects.validated(self, expr, path, frame, depth)
        if found:
            return found
        for callee in self.evaluate(expr.callee, path, frame, depth + 1):
            found.extend(self._called(callee, expr, path, frame, depth))
        return found or [UnknownValue("the result of a call")]

    def _called(self, callee: Value, expr: Result, path: str, frame: Frame | None, depth: int) -> list[Value]:
        match callee:
            case ClassValue():
                if members.is_enum(self, callee):
                    first = next((value for key, value in expr.arguments if key == 0), None)
                    return self.evaluate(first, path, frame, depth + 1) if first is not None else []
                return [InstanceValue(callee.path, callee.name, expr.arguments, path, frame, callee.steps)]
            case FunctionValue():
                return self.returned(callee, expr.arguments, path, frame, depth)
            case ExternalValue():
                return self._external(callee, expr, path, frame, depth)
            case InstanceValue():
                return self.member(callee, "__call__", depth)
            case PathValue():
                return paths.ran(self, callee, expr, path, frame, depth)
            case UnknownValue():
                return [callee]
        return [UnknownValue("the result of a call")]

    def _external(self, callee: ExternalValue, expr: Result, path: str, frame: Frame | None, depth: int) -> list[Value]:
        last = callee.name.rpartition(".")[2]
        read = loading.called(self, callee, expr, path, frame, depth)
        if read is not None:
            return read
        if last in _PARSES:
            return [OptionsValue(path, ())]
        if last == "vars" and expr.arguments:
            return self.evaluate(expr.arguments[0][1], path, frame, depth + 1)
        if last in ("selectbox", "radio", "select_slider", "Dropdown"):
            options = next((value for key, value in expr.arguments if key in (1, "options", "choices")), None)
            if options is not None:
                return self.evaluate(Item(options, Unknown("any"), None, expr.span), path, frame, depth + 1)
        if last == "partial" and expr.arguments:
            return self.evaluate(expr.arguments[0][1], path, frame, depth + 1)
        return [ExternalValue(f"{callee.name}({self._service(last, expr, path, frame, depth)})", expr.arguments, path, frame)]

    def _service(self, last: str, expr: Result, path: str, frame: Frame | None, depth: int) -> str:
        """What a factory makes is told by its first argument: `boto3.client('bedrock-runtime')`."""
        if last not in ("client", "resource"):
            return ""
        for key, value in expr.arguments:
            if key in (0, "service_name"):
                for text in self.evaluate(value, path, frame, depth + 1):
                    if isinstance(text, TextValue):
                        return f"'{text.text}'"
        return ""

    def returned(self, function: FunctionValue, arguments: Arguments, path: str, frame: Frame | None, depth: int) -> list[Value]:
        """What a call of a project function gives back."""
        definition = self.program.function(function.path, function.name)
        if definition is None:
            return [UnknownValue("the result of a call")]
        instance = function.instance
        name = f"{function.path}:{function.name}() {instance.path}:{instance.name}" if instance else f"{function.path}:{function.name}()"
        parts = (arguments, frame, instance.arguments, instance.frame) if instance else (arguments, frame)
        return self.memo.once(name, parts, depth, lambda: self._run(function, definition, arguments, path, frame, depth))

    def _run(
        self, function: FunctionValue, definition: Function, arguments: Arguments, path: str, frame: Frame | None, depth: int
    ) -> list[Value]:
        """A function that calls itself is followed a few times."""
        running = self._running.get((function.path, function.name), 0)
        if running >= MOST_NESTED:
            self.memo.cuts += 1
            return []
        self._running[function.path, function.name] = running + 1
        try:
            return self._body(function, definition, arguments, path, frame, depth)
        finally:
            self._running[function.path, function.name] = running

    def _body(
        self, function: FunctionValue, definition: Function, arguments: Arguments, path: str, frame: Frame | None, depth: int
    ) -> list[Value]:
        bound = parameters.bind(definition, arguments)
        inner = Frame(function.path, function.name, bound, path, frame, function.instance)
        found: list[Value] = []
        for binding in self.program.bindings(function.path, f"{function.name}()"):
            values = self.evaluate(binding.value, function.path, inner, depth + 1)
            step = (Step(function.path, definition.span, f"returned by {function.name}()"),)
            found.extend(with_steps(value, step) for value in values)
        return found or [UnknownValue(f"what {function.name}() returns")]

    # texts

    def _choice(self, expr: Choice, path: str, frame: Frame | None, depth: int) -> list[Value]:
        found: list[Value] = []
        for option in expr.options:
            found.extend(self.evaluate(option, path, frame, depth + 1))
        return found[:MOST_VALUES]

    def _join(self, expr: Join, path: str, frame: Frame | None, depth: int) -> list[Value]:
        options: list[list[TextValue]] = []
        for part in expr.parts:
            values = self.evaluate(part, path, frame, depth + 1)
            texts = [value for value in values if isinstance(value, TextValue)]
            options.append(texts[:MOST_COMPOSED] or [TextValue(HOLE, (), (), False)])
        self._without_routes(expr.parts, options)
        if all(len(part) == 1 and part[0].text == HOLE for part in options):
            return [UnknownValue("a composed text of which no part is known")]
        return [_joined(parts) for parts in islice(product(*options), MOST_COMPOSED)]

    def _without_routes(self, parts: tuple[Expr, ...], options: list[list[TextValue]]) -> None:
        """`f"{provider}/{model}"` with several providers: which of them goes with the model is not said, so none is put before it."""
        for index, part in enumerate(parts[1:]):
            several = len(options[index]) > 1 and isinstance(part, Text) and part.text.startswith("/")
            if several and not any(self._is_literal(value) for value in options[index]):
                options[index] = [TextValue(HOLE, (), (), False)]

    def _is_literal(self, value: TextValue) -> bool:
        return any(self.program.written[piece.path].at(piece.text.span) is not None for piece in value.pieces)

    def _apply(self, expr: Apply, path: str, frame: Frame | None, depth: int) -> list[Value]:
        values = self.evaluate(expr.base, path, frame, depth + 1)
        if expr.method in _CHANGING and not expr.arguments:
            return [value._replace(sure=False) if isinstance(value, TextValue) else value for value in values]
        if expr.method == "keys":
            return [key for value in values for key in lookup.keys(self, value, depth)]
        if expr.method in SPLITTING:
            return [part for value in values for part in (_split(expr, value) if isinstance(value, TextValue) else [value])]
        return [value._replace(text=_apply_text(expr, value.text)) if isinstance(value, TextValue) else value for value in values]

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

    # classes

    def bases(self, path: str, name: str) -> tuple[tuple[ClassValue, ...], tuple[str, ...]]:
        """Base classes in the project, and names of those outside it."""
        known = self._bases.get((path, name))
        if known is not None:
            return known
        self._bases[path, name] = ((), ())
        inside: list[ClassValue] = []
        outside: list[str] = []
        definition = self.program.class_(path, name)
        for base in definition.bases if definition else ():
            for value in self.evaluate(base, path, None, DEEPEST - 6):
                if isinstance(value, ClassValue) and (value.path, value.name) != (path, name):
                    inside.append(value)
                elif isinstance(value, ExternalValue):
                    outside.append(value.name)
        self._bases[path, name] = (tuple(inside), tuple(outside))
        return self._bases[path, name]

    def subclasses(self, path: str, name: str) -> list[tuple[str, str]]:
        """Project classes built directly on a class."""
        if self._subclasses is None:
            self._subclasses = {}
            for other, entry in self.program.classes():
                for base in self.bases(other, entry.name)[0]:
                    self._subclasses.setdefault((base.path, base.name), []).append((other, entry.name))
        return self._subclasses.get((path, name), [])


def _joined(parts: tuple[TextValue, ...]) -> TextValue:
    text = ""
    pieces: list[Piece] = []
    steps: Steps = ()
    for part in parts:
        pieces.extend(Piece(piece.path, piece.text, piece.start + len(text)) for piece in part.pieces)
        text += part.text
        if len(part.steps) > len(steps):
            steps = part.steps
    return TextValue(text, tuple(pieces), steps, all(part.sure for part in parts))


_CHANGING = ("replace", "removeprefix", "removesuffix")
"""Without constant arguments these may change the text, which is taken as it is and not for sure."""
SPLITTING = ("split", "rsplit", "partition", "rpartition")


def _split(expr: Apply, value: TextValue) -> list[Value]:
    """The parts of a text as a list; each stands where it is written. Of a text from several files, one list for each file."""
    separator = expr.arguments[0] if expr.arguments else None
    most = int(expr.arguments[1]) if len(expr.arguments) > 1 and expr.arguments[1].lstrip("-").isdigit() else -1
    if not value.pieces or separator == "":
        return [UnknownValue("part of a text that is split")]
    match expr.method:
        case "split":
            parts = value.text.split(separator, most)
        case "rsplit":
            parts = value.text.rsplit(separator, most)
        case "partition":
            parts = list(value.text.partition(separator or " "))
        case _:
            parts = list(value.text.rpartition(separator or " "))
    written: list[tuple[str, Piece]] = []
    end = 0
    for part in parts:
        start = max(value.text.find(part, end), 0)
        end = start + len(part)
        written.append((part, _piece_at(value, start, end)))
    return [
        TableValue(
            path, Table(tuple(_entry(index, part, piece, path) for index, (part, piece) in enumerate(written)), False), None, value.steps
        )
        for path in dict.fromkeys(piece.path for _, piece in written)
    ]


def _piece_at(value: TextValue, start: int, end: int) -> Piece:
    """The piece that most of a part comes from; the longest where that cannot be told."""
    shared = {piece: min(end, piece.start + len(piece.text.text)) - max(start, piece.start) for piece in value.pieces}
    best = max(value.pieces, key=lambda piece: shared[piece])
    return best if shared[best] > 0 else max(value.pieces, key=lambda piece: len(piece.text.text))


def _entry(index: int, part: str, piece: Piece, path: str) -> Entry:
    return Entry(index, Text(part, piece.text.span) if piece.path == path else NOTHING)


def _apply_text(expr: Apply, text: str) -> str:
    match expr.method, expr.arguments:
        case (("lower" | "casefold"), _):
            return text.lower()
        case "upper", _:
            return text.upper()
        case "title", _:
            return text.title()
        case "strip", arguments:
            return text.strip(*arguments[:1])
        case "lstrip", arguments:
            return text.lstrip(*arguments[:1])
        case "rstrip", arguments:
            return text.rstrip(*arguments[:1])
        case "replace", (old, new, *_):
            return text.replace(old, new)
        case "removeprefix", (prefix, *_):
            return text.removeprefix(prefix)
        case "removesuffix", (suffix, *_):
            return text.removesuffix(suffix)
    return text


def _label(binding: Binding) -> str:
    name = binding.name.partition("@")[0]
    match binding.kind:
        case BindingKind.CONSTANT:
            if "." in name:
                return f"variable {name.rpartition('.')[2]}"
            return f"constant {name}" if name.isupper() else f"variable {name}"
        case BindingKind.PARAMETER:
            function, _, parameter = name.partition("(")
            return f"default of parameter {parameter.rstrip(')')} of {function}()"
        case BindingKind.OPTION:
            return f"default of option {name.partition('(')[2].rstrip(')') or name.removeprefix('option:')}"
        case BindingKind.ENVIRONMENT:
            return f"environment variable {name.partition(':')[2]}"
        case BindingKind.KEY:
            return references.shown(name)
        case BindingKind.FIELD:
            return f"field {name}"
        case BindingKind.ATTRIBUTE:
            owner, passed, attribute = name.partition(".super(")
            return f"passed by {owner} to its base class as {attribute.rstrip(')')}" if passed else f"attribute {name}"
    return f"{binding.kind.value} {name}"
