"""The one table of commands and options: what the fast lane parses, what typer's commands are built from, what the docs list.

`scan` with plain options never imports typer (it would cost more than the scan of a few files); everything unusual goes to typer, whose
commands are made of this same table. Adding an option is one entry here and the line that reads it.
"""

from __future__ import annotations

from modelaudit.domain.option import Command, Kind, Option

LEVELS = ("critical", "high", "medium", "low", "info")
FORMATS = ("full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "markdown", "html")
"""Output formats of `scan`, one module of `report` each (a test holds the two together)."""
INVENTORY_FORMATS = ("table", "json", "cyclonedx")
"""Output formats of `inventory`, one module of `report.inventory` each."""

WHAT, REPORT, OUTPUT, POLICY, RUN = "What to read", "What to report", "Output", "Rules and policy", "Run"
GROUPS = (WHAT, REPORT, OUTPUT, POLICY, RUN)
"""Groups of the help, in the order shown."""

FEED_COMMANDS = ("explain", "rules list")
"""Commands that tell what the feed says on a day."""
BASELINE_COMMANDS = ("baseline write", "baseline prune", "baseline show")
TREES = ("scan", "inventory", "baseline write", "baseline prune")
"""Commands that read files."""
READERS = (*TREES, "config show")
"""Commands that care how files are read."""
JUDGES = ("scan", "baseline write", "baseline prune", "config show")
"""Commands that care which findings there are."""
CONFIGURED = (*TREES, "baseline show", "config show", *FEED_COMMANDS, "rules status")
"""Commands that read the configuration."""
CACHE_COMMANDS = ("cache info", "cache clean")
EVERYWHERE = (*CONFIGURED, "rules diff", *CACHE_COMMANDS)
PEOPLE_OR_PROGRAMS = ("full", "json")

PROGRAM = "Finds every hard-coded LLM model ID, follows it to the call that uses it, and says which calls break and when."
COMMAND_GROUPS = {
    "baseline": "Findings that are known and do not count.",
    "rules": "The rules feed: dated, sourced facts about models.",
    "config": "The configuration in force.",
    "cache": "Facts of files, kept from earlier runs.",
}
"""First words of commands that share one, with what they are about."""

COMMANDS = (
    Command(
        "scan",
        "Find model IDs, follow them to the calls that use them, and report which calls break, when and how badly.",
        argument="PATHS",
        most=None,
        about="Files and folders; the current folder when none is given.",
    ),
    Command(
        "explain",
        "A model's life on every platform, a rule's page, or why a finding has its level.",
        argument="MODEL|RULE|FINGERPRINT [PATHS]",
        least=1,
        most=None,
        about="A model ID in any spelling, the name of a rule, or a finding's fingerprint (its first digits are enough); "
        "behind a fingerprint what to scan for it, the current folder when nothing is given.",
    ),
    Command(
        "inventory",
        "List every model in use, good ones too.",
        argument="PATHS",
        most=None,
        about="Files and folders; the current folder when none is given.",
    ),
    Command(
        "baseline write",
        "Record the findings of today, so that only new ones count.",
        argument="PATHS",
        most=None,
        about="Files and folders; the current folder when none is given.",
    ),
    Command(
        "baseline prune",
        "Drop what no longer applies.",
        argument="PATHS",
        most=None,
        about="Files and folders; the current folder when none is given.",
    ),
    Command("baseline show", "List what is recorded."),
    Command("rules list", "List the models of the feed and how they stand."),
    Command(
        "rules lint",
        "Find every mistake of a rules folder, with file and line.",
        argument="FOLDER",
        most=1,
        about="A rules folder; 'rules' when none is given.",
    ),
    Command(
        "rules schema",
        "Print the JSON Schema of a file of the feed, for editors.",
        argument="NAME",
        most=1,
        about="Which one; their names are listed when none is given.",
    ),
    Command("rules status", "Which feed is in use, how old it is and what it holds."),
    Command(
        "rules diff",
        "What changed between two feeds, in words.",
        argument="OLD NEW",
        least=2,
        most=2,
        about="Two feeds: folders, compiled files, or 'bundled'.",
    ),
    Command(
        "config show",
        "Every setting in force and where it comes from.",
        argument="PATH",
        most=1,
        about="What would be scanned; the current folder when none is given.",
    ),
    Command("cache info", "Where facts of earlier runs are kept, and how much there is."),
    Command("cache clean", "Remove what earlier runs kept."),
    Command("config schema", "Print the JSON Schema of the configuration, for editors."),
)

OPTIONS = (
    Option("exclude", Kind.REPEAT, "Leave out what matches; replaces the default list.", WHAT, READERS, metavar="GLOB", setting="exclude"),
    Option("extend-exclude", Kind.REPEAT, "Leave out what matches, too.", WHAT, READERS, metavar="GLOB", setting="extend_exclude"),
    Option("force-exclude", Kind.FLAG, "Leave out excluded files even when they are named.", WHAT, READERS, setting="force_exclude"),
    Option(
        "no-respect-gitignore", Kind.FLAG, "Read files that git ignores, too.", WHAT, READERS, setting="respect_gitignore", negates=True
    ),
    Option("files-from", Kind.PATH, "Read further paths from a file, one a line ('-': standard input).", WHAT, TREES),
    Option("stdin-filename", Kind.PATH, "Read one file from standard input, as if it stood at this path.", WHAT),
    Option("include-mentions", Kind.FLAG, "Report IDs in comments and prose, too.", WHAT, READERS, setting="include_mentions"),
    Option("show-files", Kind.FLAG, "List the files that would be read, and stop.", WHAT),
    Option("as-of", Kind.DATE, "Judge as on this day.", REPORT, (*READERS, *FEED_COMMANDS), default="today", setting="as_of"),
    Option("known-at", Kind.DATE, "Tell what the feed said on this earlier day.", REPORT, FEED_COMMANDS),
    Option("report", Kind.PATH, "Take the finding from this JSON report instead of scanning.", WHAT, ("explain",), metavar="FILE"),
    Option("platform", Kind.TEXT, "Only this platform.", REPORT, FEED_COMMANDS),
    Option("publisher", Kind.TEXT, "Only models of this publisher.", REPORT, ("rules list",)),
    Option("status", Kind.LIST, "Only models that stand like this.", REPORT, ("rules list",)),
    Option("within", Kind.TEXT, "Only models that end within so many days, such as 90d.", REPORT, ("rules list",), metavar="DAYS"),
    Option(
        "fail-on",
        Kind.CHOICE,
        "Exit with 1 from this level up.",
        REPORT,
        ("scan", "config show"),
        choices=LEVELS,
        default="high",
        metavar="LEVEL",
        setting="fail_on",
    ),
    Option(
        "risk",
        Kind.CHOICE,
        "Show findings from this level up.",
        REPORT,
        JUDGES,
        choices=LEVELS,
        default="info",
        metavar="LEVEL",
        setting="risk",
    ),
    Option("select", Kind.LIST, "Run only these rules or groups (all, resilience).", REPORT, JUDGES, metavar="RULE,...", setting="select"),
    Option("extend-select", Kind.LIST, "Run these rules or groups, too.", REPORT, JUDGES, metavar="RULE,...", setting="extend_select"),
    Option("ignore", Kind.LIST, "Switch these rules or groups off.", REPORT, JUDGES, metavar="RULE,...", setting="ignore"),
    Option("exit-zero", Kind.FLAG, "Exit with 0 whatever is found.", REPORT),
    Option("strict", Kind.FLAG, "Exit with 3 when something could not be read or nothing was there to scan.", REPORT, setting="strict"),
    Option("format", Kind.CHOICE, "Format of the report.", OUTPUT, choices=FORMATS, default="full", metavar="FORMAT"),
    Option(
        "format", Kind.CHOICE, "Format of the list.", OUTPUT, ("inventory",), choices=INVENTORY_FORMATS, default="table", metavar="FORMAT"
    ),
    Option(
        "format",
        Kind.CHOICE,
        "For people (full) or programs (json).",
        OUTPUT,
        (*FEED_COMMANDS, "rules status", "config show"),
        choices=PEOPLE_OR_PROGRAMS,
        default="full",
        metavar="FORMAT",
    ),
    Option("output", Kind.PATH, "Write the report to a file instead of standard output.", OUTPUT, ("scan", "inventory"), short="-o"),
    *(Option(f"{name}-output", Kind.PATH, f"Write the {name} report to this file as well.", OUTPUT) for name in FORMATS),
    Option("statistics", Kind.FLAG, "Print counts by rule and by model on standard error.", OUTPUT),
    Option(
        "color", Kind.CHOICE, "Colour the output.", OUTPUT, EVERYWHERE, choices=("auto", "always", "never"), default="auto", metavar="WHEN"
    ),
    Option("quiet", Kind.FLAG, "Only findings and errors.", OUTPUT, ("scan", "inventory"), short="-q"),
    Option("verbose", Kind.COUNT, "Say more: what could not be followed, every factor.", OUTPUT, EVERYWHERE, short="-v"),
    Option("no-progress", Kind.FLAG, "Show no progress.", OUTPUT, TREES),
    Option(
        "rules",
        Kind.REPEAT,
        "Judge by another rules feed (folder or compiled file), or by several in layers; 'bundled' is the usual one.",
        POLICY,
        CONFIGURED,
        metavar="PATH",
        setting="rules",
    ),
    Option(
        "profile",
        Kind.LIST,
        "Apply the restrictions of these profiles.",
        POLICY,
        (*READERS, *FEED_COMMANDS),
        metavar="NAME,...",
        setting="profiles",
    ),
    Option(
        "no-suppressions",
        Kind.FLAG,
        "Report suppressed findings as if nothing had been suppressed.",
        POLICY,
        setting="suppressions",
        negates=True,
    ),
    Option("show-suppressed", Kind.FLAG, "List suppressed findings.", POLICY, setting="show_suppressed"),
    Option(
        "baseline",
        Kind.PATH,
        "Report only what this baseline does not hold.",
        POLICY,
        ("scan", *BASELINE_COMMANDS, "config show"),
        setting="baseline",
    ),
    Option(
        "diff-base",
        Kind.TEXT,
        "Report only findings that the changes since this revision touch or bring about.",
        POLICY,
        metavar="REV",
        setting="diff_base",
    ),
    Option(
        "add-ignore",
        Kind.TEXT,
        "Write a suppression with this reason at every finding that is not suppressed, instead of a report.",
        POLICY,
        metavar="REASON",
    ),
    Option("config", Kind.REPEAT, "Read this configuration file, or set one key.", RUN, CONFIGURED, metavar="FILE|KEY=VALUE"),
    Option("isolated", Kind.FLAG, "Ignore configuration files.", RUN, CONFIGURED),
    Option("jobs", Kind.NUMBER, "Processes to use.", RUN, TREES, short="-j", default="by size", setting="jobs"),
    Option("no-cache", Kind.FLAG, "Neither read nor write the cache.", RUN, TREES, setting="cache", negates=True),
    Option("cache-dir", Kind.PATH, "Folder of the cache.", RUN, EVERYWHERE, setting="cache_dir"),
)


def command_named(name: str) -> Command | None:
    """The command of that name."""
    return next((command for command in COMMANDS if command.name == name), None)


def options_of(command: str) -> tuple[Option, ...]:
    """The options of a command, in the order of the table."""
    return tuple(option for option in OPTIONS if command in option.commands)
