"""What type a receiver has, as far as one file tells: `client` assigned from `OpenAI()` is an instance of `openai.OpenAI`.

Qualified names follow the patterns of `rules/calls`: imported names are written out, `()` marks an instance or result, and a factory whose
first argument is a literal keeps it (`boto3.client('bedrock-runtime')`).
"""

from __future__ import annotations

from collections.abc import Callable

from modelaudit.domain.expr import Apply, Attribute, Choice, Expr, Item, Name, Result, Self, Table, Text
from modelaudit.domain.facts import Binding, Class, Import

DEEPEST = 12
"""Hops after which a receiver's type is given up."""

_SAME_OBJECT = frozenset(("with_options", "with_raw_response", "with_streaming_response", "copy", "__enter__", "__aenter__", "aio_client"))


class Receivers:
    """Types of the names of one file."""

    def __init__(
        self,
        bindings: list[Binding],
        imports: list[Import],
        classes: list[Class],
        annotations: dict[str, Expr],
        is_wrapper: Callable[[str], bool],
    ) -> None:
        """`is_wrapper` knows functions that give back the client passed as their first argument."""
        self._is_wrapper = is_wrapper
        self._known: dict[str, str | None] = {}
        self._present: dict[str, str | None] = {}
        self._cut = False
        self._bindings: dict[str, list[Binding]] = {}
        for binding in bindings:
            self._bindings.setdefault(binding.name, []).append(binding)
        self._imports = {entry.name: entry for entry in imports}
        self._classes = {entry.name: entry for entry in classes}
        self._annotations = annotations

    def qualify(self, expr: Expr, depth: int = 0) -> str | None:
        """The qualified name of what `expr` is, None when this file cannot tell."""
        if depth > DEEPEST:
            self._cut = True
            return None
        match expr:
            case Name():
                return self._name(expr.ref, depth)
            case Attribute():
                return self._attribute(expr, depth)
            case Result():
                return self._result(expr, depth)
            case Choice():
                return next((found for option in expr.options if (found := self.qualify(option, depth + 1)) is not None), None)
            case Item():
                return self._item(expr, depth)
            case Apply() if expr.method == "copy":
                return self.qualify(expr.base, depth + 1)
        return None

    def construction(self, expr: Expr, depth: int = 0) -> tuple[str, tuple[tuple[str | int, Expr], ...]] | None:
        """Class and arguments with which the object at the root of `expr` was made, when this file shows it."""
        if depth > DEEPEST:
            return None
        match expr:
            case Result():
                name = self.qualify(expr.callee)
                if (name is not None and name.rpartition(".")[2][:1].isupper()) or (name is not None and name.endswith(".client")):
                    return name, expr.arguments
                return self.construction(expr.callee, depth + 1)
            case Attribute() if isinstance(expr.base, Self):
                return self._made(f"{expr.base.owner}.{expr.name}", depth)
            case Attribute():
                return self.construction(expr.base, depth + 1)
            case Name():
                return self._made(expr.ref, depth)
            case Choice():
                return next((found for option in expr.options if (found := self.construction(option, depth + 1)) is not None), None)
        return None

    def _made(self, ref: str, depth: int) -> tuple[str, tuple[tuple[str | int, Expr], ...]] | None:
        for binding in self._bindings.get(ref) or self._bindings.get(f"{ref}@1") or ():
            found = self.construction(binding.value, depth + 1)
            if found is not None:
                return found
        return None

    def written(self, name: Name) -> Expr:
        """What a name of this file is bound to where that is written once; else the name itself."""
        bound = self._bindings.get(name.ref) or self._bindings.get(f"{name.ref}@1") or ()
        return bound[0].value if len(bound) == 1 else name

    def _name(self, ref: str, depth: int) -> str | None:
        return self._once(ref, lambda: self._named(ref, depth))

    def _once(self, name: str, work: Callable[[], str | None]) -> str | None:
        """Look at each name once in a search: names of a large class lead to one another in more ways than could be followed.

        A name that is being looked at counts as unknown, which ends cycles. What was found without such a cut holds for all searches, and
        so does what the search began with; the rest is only part of an answer.
        """
        if name in self._known:
            return self._known[name]
        if name in self._present:
            self._cut = True
            return self._present[name]
        first, cut, self._cut = not self._present, self._cut, False
        self._present[name] = None
        found = self._present[name] = work()
        if first or not self._cut:
            self._known[name] = found
        if first:
            self._present.clear()
        self._cut = not first and (cut or self._cut)
        return found

    def _named(self, ref: str, depth: int) -> str | None:
        bound = self._bindings.get(ref) or (
            self._bindings.get(ref.removesuffix("@1")) if ref.endswith("@1") else self._bindings.get(f"{ref}@1")
        )
        for binding in bound or ():
            found = self.qualify(binding.value, depth + 1)
            if found is not None:
                return found
        annotation = self._annotations.get(ref)
        if annotation is not None:
            found = self.qualify(annotation, depth + 1)
            if found is not None:
                return f"{found}()"
        imported = self._imports.get(ref)
        if imported is not None and imported.name != "*":
            prefix = "." * imported.level + imported.module
            return f"{prefix}.{imported.attribute}" if imported.attribute else prefix
        if ref in self._classes:
            return self._base(ref, depth)
        return None

    def _base(self, name: str, depth: int) -> str | None:
        """A class of this file counts as the first imported class it is built on."""
        for base in self._classes[name].bases:
            found = self.qualify(base, depth + 1)
            if found is not None and not found.startswith("."):
                return found
        return None

    def _attribute(self, expr: Attribute, depth: int) -> str | None:
        if isinstance(expr.base, Self):
            return self._member(expr.base.owner, expr.name, depth)
        if isinstance(expr.base, Attribute) and expr.base.name == "super()" and isinstance(expr.base.base, Self):
            base = self._base(expr.base.base.owner, depth) if expr.base.base.owner in self._classes else None
            return f"{base}.{expr.name}" if base else None
        if isinstance(expr.base, Name):
            bound = self._bindings.get(f"{expr.base.ref}.{expr.name}")
            for binding in bound or ():
                found = self.qualify(binding.value, depth + 1)
                if found is not None:
                    return found
        base_name = self.qualify(expr.base, depth + 1)
        if base_name is None:
            return None
        if expr.name in _SAME_OBJECT:
            return base_name
        return f"{base_name}.{expr.name}"

    def _member(self, owner: str, name: str, depth: int) -> str | None:
        return self._once(f"{owner} {name}", lambda: self._of_line(owner, name, depth))

    def _of_line(self, owner: str, name: str, depth: int) -> str | None:
        """A member of a class, or of the nearest class of this file below it."""
        for _ in range(4):
            for binding in self._bindings.get(f"{owner}.{name}", ()):
                found = self.qualify(binding.value, depth + 1)
                if found is not None:
                    return found
            annotation = self._annotations.get(f"{owner}.{name}")
            if annotation is not None:
                found = self.qualify(annotation, depth + 1)
                if found is not None:
                    return f"{found}()"
            returned = self._bindings.get(f"{owner}.{name}()", ())
            for binding in returned:
                found = self.qualify(binding.value, depth + 1)
                if found is not None:
                    return found
            entry = self._classes.get(owner)
            base = next((base.ref for base in entry.bases if isinstance(base, Name) and base.ref in self._classes), None) if entry else None
            if base is None:
                found = self._base(owner, depth) if entry else None
                return f"{found}().{name}" if found else None
            owner = base
        return None

    def _result(self, expr: Result, depth: int) -> str | None:
        if isinstance(expr.callee, Attribute) and expr.callee.name in _SAME_OBJECT:
            return self.qualify(expr.callee.base, depth + 1)
        if isinstance(expr.callee, Name):
            for binding in self._bindings.get(f"{expr.callee.ref}()", ()):
                found = self.qualify(binding.value, depth + 1)
                if found is not None:
                    return found
        if isinstance(expr.callee, Attribute) and isinstance(expr.callee.base, Self):
            for binding in self._bindings.get(f"{expr.callee.base.owner}.{expr.callee.name}()", ()):
                found = self.qualify(binding.value, depth + 1)
                if found is not None:
                    return found
        callee = self.qualify(expr.callee, depth + 1)
        if callee is None:
            return None
        if expr.arguments and self._is_wrapper(callee):
            return self.qualify(expr.arguments[0][1], depth + 1)
        if callee.rpartition(".")[2] in ("client", "resource", "Session"):
            first = next((value for key, value in expr.arguments if key in (0, "service_name")), None)
            if isinstance(first, Text):
                return f"{callee}('{first.text}')"
        return f"{callee}()"

    def _item(self, expr: Item, depth: int) -> str | None:
        if isinstance(expr.base, Table) and isinstance(expr.key, Text):
            for entry in expr.base.entries:
                if str(entry.key) == expr.key.text:
                    return self.qualify(entry.value, depth + 1)
        return None
