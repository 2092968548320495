"""The one table of configuration keys: decoding, `config show`, the JSON Schema and docs/configuration.md are made from it."""

from __future__ import annotations

from modelaudit.config.records import CALL, EXPOSURES, GLOBS, GRANT, IGNORE, MATCHERS, OWN_NAME, PLATFORM, POLICY, RULE, RULES
from modelaudit.config.types import Day, Either, File, Flag, Level, Many, Named, Number, Text, Type, Word
from modelaudit.domain.record import NamedTuple


class Key(NamedTuple):
    """A top-level key of the configuration."""

    key: str
    setting: str
    """The field of `Settings` that it fills."""
    type: Type
    help: str
    example: str
    """A value as written in TOML."""


KEYS = (
    Key("extend", "", File(), "Another configuration file whose keys hold where this one says nothing.", '"../modelaudit.toml"'),
    Key("fail-on", "fail_on", Level(), "Exit with 1 from this level up.", '"high"'),
    Key("risk", "risk", Level(), "Show findings from this level up.", '"low"'),
    Key("select", "select", RULES, "Run only these rules or groups.", '["retired-model", "resilience"]'),
    Key("extend-select", "extend_select", RULES, "Run these rules or groups besides the usual ones.", '["floating-alias"]'),
    Key(
        "ignore",
        "ignore",
        Many(Either(RULE, IGNORE)),
        "Rules or groups to switch off (names), and suppressions (tables, usually written as `[[tool.modelaudit.ignore]]`).",
        '["legacy-model"]',
    ),
    Key(
        "per-file-ignores",
        "per_file_ignores",
        Named("a glob", RULES),
        "Rules to switch off under some paths.",
        '{ "tests/**" = ["deprecated-model"] }',
    ),
    Key("exclude", "exclude", GLOBS, "What to leave out; replaces the default list, which `modelaudit config show` prints.", '["vendor"]'),
    Key("extend-exclude", "extend_exclude", GLOBS, "What to leave out besides the default list.", '["data/**"]'),
    Key("force-exclude", "force_exclude", Flag(), "Leave out excluded files even when they are named as arguments.", "true"),
    Key("respect-gitignore", "respect_gitignore", Flag(), "Pass over files that git ignores.", "true"),
    Key("max-file-size", "max_file_size", Number(1), "Bytes above which a file is not read; it is counted as skipped.", "5000000"),
    Key(
        "prefilter",
        "prefilter",
        Flag(),
        "Read only files that may hold a model ID, and those to which a name leads. Off is slower, gives the same findings, and counts "
        "calls in all other files among those that could not be followed.",
        "true",
    ),
    Key("include-mentions", "include_mentions", Flag(), "Report IDs in comments, docstrings and prose, too.", "false"),
    Key("deny", "deny", MATCHERS, "Models that may not be used.", '["publisher:deepseek", "gpt-4-0613"]'),
    Key("allow", "allow", MATCHERS, "The only models that may be used.", '["claude-*"]'),
    Key(
        "policy",
        "policies",
        Many(POLICY),
        "`deny` and `allow` for some paths, with a reason, for a time.",
        '[{ deny = ["status:legacy"], paths = ["src/**"] }]',
    ),
    Key(
        "profiles",
        "profiles",
        Many(Text("the name of a restriction profile")),
        "Restriction profiles that bind this project.",
        '["us-defence-contractor"]',
    ),
    Key(
        "grant",
        "grants",
        Many(GRANT),
        "Licences that lift restrictions until a day.",
        '[{ restrictions = ["us-bis-2026-06-12"], until = 2026-12-31 }]',
    ),
    Key(
        "names",
        "names",
        Named("one of your own names", Either(Text("a model ID"), OWN_NAME)),
        "Your own deployments, endpoints and aliases, and the model behind each.",
        '{ summariser-prod = "gpt-4o" }',
    ),
    Key(
        "calls",
        "calls",
        Many(CALL),
        "Your own wrappers around model calls, written like the shapes of rules/calls.",
        '[{ match = ["app.llm.ask"], model = { model = 1 } }]',
    ),
    Key(
        "platforms",
        "platforms",
        Either(Named("a publisher", Text("a platform")), Many(PLATFORM)),
        "Where models are called, when code cannot show it: publisher and platform, or tables with paths.",
        '{ anthropic = "bedrock" }',
    ),
    Key(
        "exposure", "exposure", Named("a glob", Word(EXPOSURES)), "What code under some paths is for.", '{ "tools/**" = "developer-tool" }'
    ),
    Key(
        "rules",
        "rules",
        Either(File(), Many(File())),
        "Another rules feed (folder or compiled file), or several in layers; `bundled` is the one that comes with the program.",
        '["bundled", "company-rules"]',
    ),
    Key("as-of", "as_of", Day(), "Judge as on this day, always.", "2026-11-21"),
    Key("baseline", "baseline", File(), "Findings that are known and do not count.", '"modelaudit-baseline.json"'),
    Key("require-reason", "require_reason", Flag(), "A suppression without a reason does not count.", "true"),
    Key("max-suppression-days", "max_suppression_days", Number(1), "A suppression must end within so many days.", "90"),
    Key(
        "cache-dir",
        "cache_dir",
        File(),
        "Folder of the cache; not from the project's own file, only from one given with `--config`.",
        '".cache/modelaudit"',
    ),
)

BY_NAME = {entry.key: entry for entry in KEYS}
