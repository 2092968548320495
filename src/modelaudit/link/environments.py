"""Which definitions of an environment variable count where it is read.

Code takes the variable of its process, which every file that deploys it may set: all of them count, but for those of another project of
the tree: its `.env`, and what it sets for code of its own. A config file that interpolates one takes it from a narrower place: a script
from itself, compose from the `.env` beside it.
"""

from __future__ import annotations

from modelaudit.domain.expr import Text
from modelaudit.domain.facts import Binding
from modelaudit.link.program import Program
from modelaudit.link.readers import CODE

_FROM_ITSELF = frozenset(("dockerfile", "shell", "makefile", "env"))
"""Languages in which a name means the value that the file gave it last, if it gave it one."""
_SHELLS = frozenset(("env", "shell", "makefile"))


def definitions(program: Program, name: str, path: str) -> list[tuple[str, Binding]]:
    """The definitions of a variable that may hold in a file. An environment that the file itself sets up for others is none of its own."""
    found = program.environment.get(name, [])
    plain = [(other, binding) for other, binding in program.plain.get(name, ()) if _is_group(program, binding)]
    language = program.files[path].language
    if language in CODE:
        return [entry for entry in (*found, *plain) if not _is_foreign(program, name, entry[0], path)]
    own = [(other, binding) for other, binding in found if other == path]
    if language in _FROM_ITSELF:
        return own or found
    others = [(other, binding) for other, binding in found if other != path]
    folder = path.rpartition("/")[0]
    beside = [entry for entry in others if program.files[entry[0]].language in _SHELLS and entry[0].rpartition("/")[0] == folder]
    return beside or others


def _is_foreign(program: Program, name: str, path: str, reader: str) -> bool:
    """Whether a variable is set in one project of the tree, and read by a program of another: by a `.env`, or for a program near it."""
    project = _project(program, path)
    home = project or path.rpartition("/")[0]
    if not home or _is_below(reader, home):
        return False
    if project and program.files[path].language == "env":
        return True
    other = _project(program, reader)
    return bool(other) and not _is_below(path, other) and any(_is_below(near, home) for near in program.readers.get(name, ()))


def _project(program: Program, path: str) -> str:
    """The folder of the project that a file belongs to; empty for that of the root."""
    folder = path.rpartition("/")[0]
    while folder and folder not in program.projects:
        folder = folder.rpartition("/")[0]
    return folder


def _is_below(path: str, folder: str) -> bool:
    return path.startswith(f"{folder}/")


def _is_group(program: Program, binding: Binding) -> bool:
    """Whether a variable is set to the name of a group of models."""
    return isinstance(binding.value, Text) and binding.value.text in program.groups
