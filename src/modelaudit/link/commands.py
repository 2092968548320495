"""Command lines of a tree that run its own scripts: `python evals/judge.py --model ID` in a workflow gives the script's option a value."""

from __future__ import annotations

from modelaudit.domain.facts import Site
from modelaudit.domain.usage import Usage
from modelaudit.link.program import Program

COMMAND_SHAPE = "command-line"
"""A site that is an option of a command."""
GIVEN = "given on the command line as"
"""Beginning of the step from a command to the option of the script that it runs."""


class Commands:
    """The options that command lines of the tree give a value, by their names."""

    def __init__(self, program: Program) -> None:
        self._by_option: dict[str, list[tuple[str, Site]]] = {}
        for path in sorted(program.files):
            for site in program.files[path].sites:
                option = given(site)
                if option:
                    self._by_option.setdefault(option, []).append((path, site))

    def of(self, script: str, option: str) -> list[tuple[str, Site]]:
        """The command lines that run a script with an option, each as the site that it is where it stands."""
        return [
            (path, site) for path, site in self._by_option.get(_plain(option), ()) if any(is_script(word, script) for word in words(site))
        ]


def without_passed(usages: list[Usage]) -> list[Usage]:
    """A command line is no call of its own where the script that it runs is seen to call with what it is given."""
    passed = {(usage.path, usage.literal.span) for usage in usages if any(step.what.startswith(GIVEN) for step in usage.flow)}
    return [
        usage
        for usage in usages
        if usage.site is None or usage.site.site.shape != COMMAND_SHAPE or (usage.path, usage.literal.span) not in passed
    ]


def given(site: Site) -> str:
    """The option to which a command line gives a model, as its script names it; empty for other sites."""
    last = site.callee.rpartition(" ")[2] if site.shape == COMMAND_SHAPE else ""
    return _plain(last) if last.startswith("--") else ""


def words(site: Site) -> list[str]:
    """The words of a command that may name the script it runs. A module behind `-m` is the value of an option, and not known here."""
    return [word.removeprefix("./") for word in site.callee.split(" ")[:-1] if word.endswith(".py")]


def is_script(word: str, script: str) -> bool:
    """Whether a word of a command names a script, by its path or the end of it."""
    return f"/{script}".endswith(f"/{word}")


def _plain(option: str) -> str:
    return option.lstrip("-").replace("-", "_")
