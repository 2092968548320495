"""Modules that are loaded when something of them is first asked for: a scan of three files needs a half of those that a large one needs."""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType


class Later:
    """Stands for a module; takes from it what is asked for, and keeps it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> object:
        found: object = getattr(import_module(self._name), name)
        setattr(self, name, found)
        return found


def later(package: str, *names: str) -> tuple[ModuleType, ...]:
    """Stand-ins for modules of a package. Type checkers and `lint-imports` read the import that stands beside it under `TYPE_CHECKING`."""
    return tuple(Later(f"{package}.{name}") for name in names)  # type: ignore[misc]
