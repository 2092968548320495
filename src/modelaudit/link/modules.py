"""Which file a module name means. Source roots are declared nowhere, so every suffix of a path is a possible name; the nearest wins."""

from __future__ import annotations

from collections.abc import Iterable


class Modules:
    """Dotted names of the Python files of a tree."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._by_name: dict[str, list[str]] = {}
        self._packages: dict[str, list[str]] = {}
        for path in sorted(paths):
            parts = _dotted(path)
            for index in range(len(parts)):
                self._by_name.setdefault(".".join(parts[index:]), []).append(path)
            for end in range(1, len(parts)):
                for index in range(end):
                    folders = self._packages.setdefault(".".join(parts[index:end]), [])
                    folder = "/".join(path.split("/")[:end])
                    if folder not in folders:
                        folders.append(folder)

    def find(self, name: str, importer: str) -> str | None:
        """The file of module `name` as seen from the file `importer`; None when it is not in the tree."""
        found = self._by_name.get(name)
        if not found:
            return None
        return min(found, key=lambda path: (-_common(path, importer), len(path), path))

    def is_package(self, name: str) -> bool:
        """Whether `name` is a folder on the way to some module (a package, with or without `__init__.py`)."""
        return name in self._packages

    def relative(self, module: str, level: int, importer: str) -> str:
        """The absolute dotted path, from the root of the tree, of `from <level dots><module> import …` in `importer`."""
        folders = importer.split("/")[:-1]
        base = folders[: len(folders) - (level - 1)] if level > 1 else folders
        return ".".join([*base, *(module.split(".") if module else [])])

    def exact(self, dotted: str) -> str | None:
        """The file whose whole path from the root is `dotted`."""
        return next((path for path in self._by_name.get(dotted, ()) if ".".join(_dotted(path)) == dotted), None)


def _dotted(path: str) -> list[str]:
    parts = path.rpartition(".")[0].split("/") if "." in path.rpartition("/")[2] else path.split("/")
    return parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts


def _common(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one.split("/"), other.split("/"), strict=False):
        if left != right:
            break
        count += 1
    return count
