"""Which call shape a call is: the one matcher over everything in `rules/calls` (and over a project's own shapes, in the same grammar).

How the caller spells a callee (`qualified`):

* imports written out: `from openai import OpenAI` makes `OpenAI` `openai.OpenAI`;
* `()` after a class or factory is its instance or result: `openai.OpenAI().chat.completions.create`;
* a factory told apart by its first argument keeps that literal in single quotes: `boto3.client('bedrock-runtime').converse`,
  `boto3.Session().client('bedrock-runtime').converse`; without a literal, `boto3.client().converse`, only the attribute chain can match;
* all other arguments are left out.

`chain` is the callee as written, `self.client.chat.completions.create`; a receiver that is no name may be left out or be any text without
dots. A match of a shape is not yet a site: a call is one when `model_arguments`, `nested_arguments` or an implicit default says where its
model is. Other libraries have a `messages.create` too, but theirs takes no model.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from modelaudit.domain.record import NamedTuple
from modelaudit.domain.shapes import CallNames, CallShape
from modelaudit.extract.patterns import Patterns, class_tail, is_distinctive, roots, segments


class Match(NamedTuple):
    """A shape that a call has."""

    shape: CallShape
    typed: bool
    """True when the receiver's type is known, False when only names agree."""
    dialect: str
    """The shape's dialect, or the one that this receiver class asks for (`AnthropicBedrock` takes Bedrock's IDs)."""


class ShapeIndex:
    """Call shapes, found by callee. Shapes of the project come first and win over those of the feed."""

    def __init__(self, shapes: Iterable[CallShape], names: CallNames) -> None:
        self._shapes = tuple(shapes)
        self._common = frozenset(names.common)
        self._transparent = frozenset(names.transparent)
        self._wrappers = frozenset(names.wrappers)
        self._patterns: Patterns | None = None
        self._assignments: dict[str, CallShape] | None = None
        self._group_keys: frozenset[tuple[str, str]] | None = None

    @property
    def shapes(self) -> tuple[CallShape, ...]:
        """All shapes, those of the project first."""
        return self._shapes

    def match(
        self, qualified: str | None, chain: str, module_imports: frozenset[str], keywords: Collection[str] = frozenset()
    ) -> Match | None:
        """The shape of a call, None when it has none.

        `module_imports` are the top-level packages that the file imports and `keywords` the keyword arguments of the call; both only decide
        between shapes that share a name.
        """
        patterns = self._index()
        callee = self._plain(qualified) if qualified else None
        if callee:
            found = patterns.typed(callee)
            if found is not None:
                return Match(found.shape, True, _dialect(found.shape, found.pattern))
        tail = class_tail(callee or chain)
        if tail:
            match = self._by_class(tail, module_imports, keywords)
            if match is not None:
                return match
        return self._by_suffix(self._plain(chain), callee, module_imports, keywords)

    def assignment(self, qualified: str) -> CallShape | None:
        """The shape of an assignment target that takes models: `litellm.model_fallbacks`, `llama_index.core.Settings.llm`."""
        if self._assignments is None:
            self._assignments = {pattern: shape for shape in self._shapes if shape.status == "assignment" for pattern in shape.match}
        return self._assignments.get(qualified)

    def is_wrapper(self, qualified: str) -> bool:
        """Whether a function gives back the client passed as its first argument (`instructor.from_openai`)."""
        return qualified in self._wrappers

    def group_keys(self) -> frozenset[tuple[str, str]]:
        """(key, key beside it) of entries that name a group of models: `model_name` beside `litellm_params`."""
        if self._group_keys is None:
            self._group_keys = frozenset(
                (path.rpartition(".")[2], nested[len(path.rpartition(".")[0]) + 1 :].partition(".")[0])
                for shape in self._shapes
                for path in shape.groups
                for nested in shape.nested
                if nested.startswith(path.rpartition(".")[0])
            )
        return self._group_keys

    def _index(self) -> Patterns:
        if self._patterns is None:
            self._patterns = Patterns(shape for shape in self._shapes if shape.status != "assignment")
        return self._patterns

    def _plain(self, callee: str) -> str:
        """Without members that give back the same client; `'` keeps dots inside literals apart, so it is looked at first."""
        if not any(name in callee for name in self._transparent):
            return callee
        kept = [part for part in segments(callee) if part.removesuffix("()") not in self._transparent]
        return ".".join(kept)

    def _by_class(self, tail: str, imports: frozenset[str], keywords: Collection[str]) -> Match | None:
        """By a class name that only one family has, wherever it was imported from (`app.clients.ChatOpenAI`)."""
        found = self._index().by_class.get(tail, [])
        name = segments(tail)[0].removesuffix("()")
        if not is_distinctive(name) or name in self._common or len({entry.shape.family for entry in found}) > 1:
            found = [entry for entry in found if _is_imported(entry.shape, imports)]
        if len({(entry.shape.family, entry.shape.dialect) for entry in found}) != 1:
            return None
        entry = min(found, key=lambda entry: _misfit(entry.shape, keywords))
        return Match(entry.shape, False, _dialect(entry.shape, entry.pattern))

    def _by_suffix(self, chain: str, callee: str | None, imports: frozenset[str], keywords: Collection[str]) -> Match | None:
        parts = segments(chain)
        for length in range(min(len(parts), 6), 0, -1):
            found = self._index().by_suffix.get(".".join(parts[-length:]))
            if not found:
                continue
            usable = [shape for shape in found if self._may_match(shape, parts, length, callee, imports)]
            if usable:
                # The order of the shapes is the order of preference, and `min` keeps it among equals.
                shape = min(usable, key=lambda shape: (not _is_imported(shape, imports), _misfit(shape, keywords)))
                return Match(shape, False, shape.dialect)
        return None

    def _may_match(self, shape: CallShape, parts: list[str], length: int, callee: str | None, imports: frozenset[str]) -> bool:
        imported = _is_imported(shape, imports)
        if _has_any_receiver(shape):
            return imported and len(parts) > length
        if length == 1 and (len(parts) == 1 or _is_foreign(shape, callee or parts[0], imports)):
            return False
        if shape.generic_arg:
            return imported
        return imported or length > 1 or parts[-1] not in self._common


def model_arguments(shape: CallShape, positional_count: int, keywords: Collection[str]) -> tuple[str | int, ...]:
    """Which arguments of a call carry the model: keyword names and positions, best first, empty when the call names none.

    One for most shapes (`model_name` and `model` are spellings of the same); all that are present when each carries a model of its own.
    Arguments that hold a structure with models inside are `nested_arguments`.
    """
    structured = {_head(path)[0] for path in shape.nested}
    found: list[str | int] = []
    for name, position in shape.model:
        if name in structured:
            continue
        if name in keywords:
            found.append(name)
        elif 0 <= position < positional_count:
            found.append(position)
    return tuple(found) if shape.several else tuple(found[:1])


def nested_arguments(shape: CallShape, positional_count: int, keywords: Collection[str]) -> tuple[tuple[str | int, str], ...]:
    """Where models stand inside structured arguments: (keyword or position, key path inside it), `("requests", "[].params.model")`."""
    positions = dict(shape.model)
    found: list[tuple[str | int, str]] = []
    for path in shape.nested:
        name, rest = _head(path)
        position = positions.get(name, -1)
        if name in keywords:
            found.append((name, rest))
        elif 0 <= position < positional_count:
            found.append((position, rest))
    return tuple(found)


def implicit_default(shape: CallShape) -> tuple[str, str] | None:
    """The model that the library fills in when a call names none, and the release in which that was read."""
    if shape.default_model is None or shape.default_in is None:
        return None
    return shape.default_model, shape.default_in


def default_anchors(shapes: Iterable[CallShape]) -> tuple[str, ...]:
    """Texts of which every file holds one that calls something with a default model: such a file may name no model at all."""
    anchors: set[str] = set()
    patterns = [pattern for shape in shapes if shape.default_model for pattern in (*shape.match, *shape.legacy)]
    for pattern in patterns:
        module, _, name = pattern.rpartition(".")
        if is_distinctive(name):
            anchors.add(name.replace("*", ""))
        elif "." in module:
            # Names like `Agent` or `Claude` are everywhere; the package that they must be imported from is not.
            anchors.add(".".join(module.split(".")[:2]))
        else:
            anchors.update((f"from {module} import", f"{module}.{name}"))
    return tuple(sorted(anchors))


def _dialect(shape: CallShape, pattern: str) -> str:
    for part in segments(pattern):
        for name, dialect in shape.receiver_dialect:
            if part.endswith("()") and part[:-2].removeprefix("Async") == name:
                return dialect
    return shape.dialect


def _is_imported(shape: CallShape, imports: frozenset[str]) -> bool:
    if _has_any_receiver(shape):
        return any(name.startswith(shape.family) for name in imports)
    return not imports.isdisjoint(roots(shape))


def _has_any_receiver(shape: CallShape) -> bool:
    return bool(shape.match) and shape.match[0].startswith("*.")


def _is_foreign(shape: CallShape, callee: str, imports: frozenset[str]) -> bool:
    """Whether the receiver is something else: of another imported package (`asyncio.run`), another service (`boto3.client('s3')`)."""
    root = callee.partition(".")[0].removesuffix("()")
    if root in roots(shape):
        return "'" in callee
    return root in imports


def _misfit(shape: CallShape, keywords: Collection[str]) -> bool:
    """Whether a call has keyword arguments but none of those that carry this shape's model."""
    if not keywords:
        return False
    wanted = [name for name, _ in shape.model] + [_head(path)[0] for path in shape.nested]
    return not any(name in keywords for name in wanted)


def _head(path: str) -> tuple[str, str]:
    """The argument that a key path begins with, and the rest: `agents{}.model` gives `agents` and `{}.model`."""
    for index, character in enumerate(path):
        if character in ".[{":
            return path[:index], path[index:].removeprefix(".")
    return path, ""
