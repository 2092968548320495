"""Which file a module name means. Source roots are declared nowhere, so every suffix of a path is a possible name; the nearest wins."""

from __future__ import annotations

from collections.abc import Iterable


class Modules:
    """Dotted names of the Python files of a tree."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._files: dict[str, list[tuple[str, str]]] = {}
        """By the last part of their dotted names: (dotted name from the root of the tree, path)."""
        self._folders: dict[str, list[str]] = {}
        """Dotted names of folders with modules, by their last part."""
        self._found: dict[str, tuple[str, ...]] = {}
        self._packages: dict[str, bool] = {}
        folders: set[str] = set()
        for path in sorted(paths):
            dotted = _dotted(path)
            self._files.setdefault(dotted.rpartition(".")[2], []).append((dotted, path))
            folder = dotted.rpartition(".")[0]
            while folder and folder not in folders:
                folders.add(folder)
                above, _, last = folder.rpartition(".")
                self._folders.setdefault(last, []).append(folder)
                folder = above

    def find(self, name: str, importer: str) -> str | None:
        """The file of module `name` as seen from the file `importer`; None when it is not in the tree."""
        found = self._found.get(name)
        if found is None:
            ending = f".{name}"
            ends = (entry for entry in self._files.get(name.rpartition(".")[2], ()) if entry[0] == name or entry[0].endswith(ending))
            found = self._found[name] = tuple(path for _, path in ends)
        if len(found) < 2:
            return found[0] if found else None
        return min(found, key=lambda path: (-_common(path, importer), len(path), path))

    def ending(self, path: str) -> tuple[str, ...]:
        """The files whose paths end in this one, as a command line names a script."""
        found = self._files.get(_dotted(path).rpartition(".")[2], ())
        return tuple(other for _, other in found if f"/{other}".endswith(f"/{path}"))

    def is_package(self, name: str) -> bool:
        """Whether `name` is a folder on the way to some module (a package, with or without `__init__.py`)."""
        known = self._packages.get(name)
        if known is None:
            folders = self._folders.get(name.rpartition(".")[2], ())
            known = self._packages[name] = any(folder == name or folder.endswith(f".{name}") for folder in folders)
        return known

    def relative(self, module: str, level: int, importer: str) -> str:
        """The absolute dotted path, from the root of the tree, of `from <level dots><module> import …` in `importer`."""
        folders = importer.split("/")[:-1]
        base = folders[: len(folders) - (level - 1)] if level > 1 else folders
        return ".".join([*base, *(module.split(".") if module else [])])

    def exact(self, dotted: str) -> str | None:
        """The file whose whole path from the root is `dotted`."""
        return next((path for name, path in self._files.get(dotted.rpartition(".")[2], ()) if name == dotted), None)

    def imported(self, module: str, level: int, importer: str) -> str | None:
        """The file that an import of `importer` names."""
        return self.exact(self.relative(module, level, importer)) if level else self.find(module, importer)


def _dotted(path: str) -> str:
    folder, _, last = path.rpartition("/")
    stem = last.rpartition(".")[0] if "." in last else last
    if stem == "__init__" and folder:
        return folder.replace("/", ".")
    return f"{folder.replace('/', '.')}.{stem}" if folder else stem


def _common(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one.split("/"), other.split("/"), strict=False):
        if left != right:
            break
        count += 1
    return count
