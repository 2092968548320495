"""`docs/configuration.md`, made from the tables of keys, options and commands."""

from __future__ import annotations

from collections.abc import Iterator

from modelaudit.config.keys import KEYS
from modelaudit.config.records import CALL, GRANT, IGNORE, MATCHER, OWN_NAME, PLATFORM, POLICY
from modelaudit.config.settings import DEFAULT
from modelaudit.config.spell import spell
from modelaudit.config.types import Field, Record, expectation
from modelaudit.domain.option import Option
from modelaudit.options import COMMANDS, GROUPS, OPTIONS, options_of

_HEAD = """\
# Configuration

<!-- Written by tools/write_configuration.py from the tables in the source; a test holds it to them. -->

Settings come from these places; a later one wins:

1. the defaults;
2. a configuration file: `modelaudit.toml`, or `[tool.modelaudit]` in `pyproject.toml`, whichever is nearest to the scanned paths, upward.
   Beside each other, `modelaudit.toml` counts;
3. `--config key=value`, as often as needed; the value is TOML or a bare word. `--config FILE` reads that file in place of the nearest one,
   and `--isolated` reads none;
4. the environment: `MODELAUDIT_FAIL_ON` stands for `--fail-on`, and so for every option; switches take `1` and `0`;
5. the command line.

`modelaudit config show` prints every setting with the place it comes from. `modelaudit config schema` prints a JSON Schema for editors. An
unknown key or a wrong value ends the run with exit code 2, and says file, line, key and what was expected.

Paths and globs are relative to the folder of the configuration file that was found, otherwise to the repository. `*` stays within a folder,
`**` crosses folders, and the name of a folder stands for all below it.
"""

_EXTEND = """\
## Sharing a configuration

`extend = "../shared/modelaudit.toml"` reads another file first. What this file says replaces what that one said, key by key; only the
tables of `policy`, `grant`, `ignore`, `calls`, `platforms`, `names`, `exposure` and `per-file-ignores` add up, so that a project cannot
lose the platform team's policy by having one of its own. Paths in a file are relative to that file.
"""

_SHORT_MATCHER = """\
A string is a model ID or glob (`"gpt-4*"`), `"fine-tuned"`, or one condition: `"publisher:deepseek"`, `"status:legacy"`. A table holds
several conditions, all of which must hold."""
_SECTIONS = (
    (
        "`[[tool.modelaudit.ignore]]`: suppressions",
        IGNORE,
        "Findings that do not count until a day. Expired and unused ones are findings themselves.",
    ),
    ("`[[tool.modelaudit.policy]]`: what may be used", POLICY, "Findings of `denied-model`."),
    ("Naming models in `deny` and `allow`", MATCHER, _SHORT_MATCHER),
    ("`[[tool.modelaudit.grant]]`: licences", GRANT, "A licence lifts restrictions until a day; the day is then a date to plan for."),
    ("`[tool.modelaudit.names]`: your own names", OWN_NAME, "A string is a model ID; a table can say more."),
    ("`[[tool.modelaudit.platforms]]`: where models are called", PLATFORM, 'In short: `platforms = { anthropic = "bedrock" }`.'),
    (
        "`[[tool.modelaudit.calls]]`: your own wrappers",
        CALL,
        "The grammar is that of `rules/calls`; [its README](../rules/calls/README.md) explains the fields.",
    ),
)
_MANY = 7
"""Commands above which only those are named that do not take an option."""


def reference() -> str:
    """The whole page."""
    return "\n".join(("\n".join((_HEAD, *_keys())), _EXTEND, *map(_section, _SECTIONS), _options()))


def _keys() -> Iterator[str]:
    yield "## Keys\n"
    for entry in KEYS:
        default = "" if not entry.setting else spell(getattr(DEFAULT, entry.setting, None))
        shown = f" Default: `{default}`." if default not in ("", "[]") else ""
        yield f"### `{entry.key}`\n\n{entry.help}{shown}\n\n```toml\n{entry.key} = {entry.example}\n```\n"


def _section(section: tuple[str, Record, str]) -> str:
    title, record, words = section
    rows = [_row(f"`{field.key}`", expectation(field.type), _meaning(field)) for field in record.fields]
    return "\n".join((f"## {title}", "", words, "", "| key | value | meaning |", "|---|---|---|", *rows, ""))


def _meaning(field: Field) -> str:
    return f"{field.help} Required." if field.required else field.help


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _options() -> str:
    """Every option once, with the commands that take it."""
    lines = ["## Commands and options", "", "| command | what it does |", "|---|---|"]
    lines += [_row(f"`modelaudit {command.name} {command.argument or ''}".rstrip() + "`", command.summary) for command in COMMANDS]
    for group in GROUPS:
        lines += ["", f"### {group}", "", "| option | meaning | commands |", "|---|---|---|"]
        lines += [_option(option) for option in OPTIONS if option.group == group]
    return "\n".join(lines) + "\n"


def _option(option: Option) -> str:
    value = "" if option.is_switch else f" {'|'.join(option.choices) or option.metavar or option.kind.value}"
    spelled = f"`{option.flag}{value}`" + (f", `{option.short}`" if option.short else "")
    default = f" Default: {option.default}." if option.default else ""
    return _row(spelled, option.help + default, _commands(option))


def _commands(option: Option) -> str:
    able = [command.name for command in COMMANDS if option in options_of(command.name)]
    others = [command.name for command in COMMANDS if command.name not in able]
    names = ", ".join(f"`{name}`" for name in (others if len(able) > _MANY else able))
    return f"all but {names}" if len(able) > _MANY else names
