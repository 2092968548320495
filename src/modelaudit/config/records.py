"""The tables of a configuration that are read as records."""

from __future__ import annotations

from modelaudit.config.settings import Grant, Ignore, Matcher, OwnName, PlatformHint, Policy
from modelaudit.config.types import Day, Either, Field, Flag, Many, Named, Number, Record, Text, Word
from modelaudit.domain.shapes import CallShape

STATUSES = ("unreleased", "active", "legacy", "deprecated", "retired", "restricted", "unknown")
EXPOSURES = (
    "production",
    "generated",
    "test",
    "evaluation",
    "example",
    "documentation",
    "notebook",
    "ci",
    "developer-tool",
    "migration-history",
)
"""Path classes of `rules/risk.toml` (a test holds the two together)."""

GLOB = Text("a glob")
RULE = Text("the name of a rule or group")
GLOBS = Many(GLOB)
RULES = Many(RULE)

MATCHER = Record(
    "matcher",
    (
        Field("model", "model", Text("a model ID or glob"), "Glob over the model or the ID as written."),
        Field("publisher", "publisher", Text("a publisher"), "Who made it."),
        Field("platform", "platform", Text("a platform"), "Where it is called."),
        Field("family", "family", GLOB, "Glob over the model's line or name, such as `gpt-4*`."),
        Field("status", "status", Word(STATUSES), "What it is on the day judged."),
        Field("fine-tuned", "fine_tuned", Flag(), "Whether it is fine-tuned."),
    ),
    Matcher._make,
    Matcher._fields,
    tuple(Matcher._field_defaults.items()),
)
MATCHERS = Many(Either(Text("a model ID or glob, or `publisher:openai`"), MATCHER))

POLICY = Record(
    "policy",
    (
        Field("deny", "deny", MATCHERS, "Models that may not be used."),
        Field("allow", "allow", MATCHERS, "The only models that may be used."),
        Field("paths", "paths", GLOBS, "Where it holds; everywhere when absent."),
        Field("reason", "reason", Text(), "Why; shown with every finding."),
        Field("until", "until", Day(), "Last day on which it holds; from fourteen days before on, every run warns."),
    ),
    Policy._make,
    Policy._fields,
    tuple(Policy._field_defaults.items()),
    origin="origin",
)

GRANT = Record(
    "grant",
    (
        Field(
            "restrictions", "restrictions", Many(Text("the id of a restriction")), "Restrictions of the feed that it lifts.", required=True
        ),
        Field("until", "until", Day(), "Last day on which it holds; its end is a date to plan for."),
        Field("models", "models", Many(GLOB), "Models that it covers; all that the restrictions name when absent."),
        Field("from", "start", Day(), "First day on which it holds."),
        Field("holder", "holder", Text(), "Who holds it."),
        Field("reason", "reason", Text(), "The licence: number, issuer, link."),
        Field("paths", "paths", GLOBS, "Where it holds; everywhere when absent."),
    ),
    Grant._make,
    Grant._fields,
    (*Grant._field_defaults.items(), ("until", None)),
    origin="origin",
)

IGNORE = Record(
    "ignore",
    (
        Field("rule", "rule", Text("the name of a rule"), "The rule whose findings are suppressed.", required=True),
        Field("model", "model", Text("a model ID or glob"), "Only for these models."),
        Field("path", "path", GLOB, "Only under this path."),
        Field("until", "until", Day(), "Last day on which it holds; afterwards it is a finding itself."),
        Field("reason", "reason", Text(), "Why."),
    ),
    Ignore._make,
    Ignore._fields,
    tuple(Ignore._field_defaults.items()),
    origin="origin",
)

OWN_NAME = Record(
    "name",
    (
        Field("model", "model", Text("a model ID"), "The model behind the name.", required=True),
        Field("platform", "platform", Text("a platform"), "Where it is called."),
        Field("version", "version", Text("a model version"), "Azure's model version."),
        Field("region", "region", Text("a region"), "Region of the deployment."),
    ),
    OwnName._make,
    OwnName._fields,
    (*OwnName._field_defaults.items(), ("name", "")),
)

PLATFORM = Record(
    "platform",
    (
        Field("platform", "platform", Text("a platform"), "Where the models are called.", required=True),
        Field("publisher", "publisher", Text("a publisher"), "Only models of this publisher."),
        Field("model", "model", Text("a model ID or glob"), "Only these models."),
        Field("region", "region", Text("a region"), "Region of the calls."),
        Field("paths", "paths", GLOBS, "Only calls under these paths."),
    ),
    PlatformHint._make,
    PlatformHint._fields,
    tuple(PlatformHint._field_defaults.items()),
)

CALL = Record(
    "call",
    (
        Field("match", "match", Many(Text("a qualified name")), "Qualified names: `app.llm.ask`, `app.llm.Client().ask`.", required=True),
        Field(
            "model",
            "model",
            Named("the name of an argument", Number(-1)),
            "Arguments that carry the model and their positions.",
            required=True,
        ),
        Field("id", "id", Text(), "Name in reports; the first pattern when absent."),
        Field("suffix", "suffix", Text("an attribute chain"), "What identifies the call when the receiver's type is not known."),
        Field("operation", "operation", Text("an operation"), "`chat`, `embedding`, `image`, ...; `chat` when absent."),
        Field("dialect", "dialect", Text("a dialect"), "How IDs are spelled there; every known spelling counts when absent."),
        Field("nested", "nested", Many(Text("a key path")), "Key paths inside structured arguments."),
        Field("risk_args", "risk_args", Many(Text("an argument")), "Arguments that migration rules ask about."),
        Field("retry_args", "retry_args", Many(Text("an argument")), "Arguments that retry or time out."),
        Field("fallback_args", "fallback_args", Many(Text("an argument")), "Arguments that carry other models to fall back to."),
        Field("default_model", "default_model", Text("a model ID"), "What the wrapper uses when no model is given."),
        Field("several", "several", Flag(), "Each of the arguments carries a model of its own."),
        Field("generic_arg", "generic_arg", Flag(), "The argument's name is too common to match without the class."),
    ),
    CallShape._make,
    CallShape._fields,
    (
        ("id", ""),
        ("package", "this project"),
        ("operation", "chat"),
        ("dialect", ""),
        ("suffix", None),
        ("nested", ()),
        ("risk_args", ()),
        ("nested_params", ""),
        ("retry_args", ()),
        ("fallback_args", ()),
        ("receiver_dialect", ()),
        ("default_model", None),
        ("default_in", None),
        ("server_default", False),
        ("status", "current"),
        ("generic_arg", False),
        ("fallback_chain", None),
        ("notes", ""),
        *CallShape._field_defaults.items(),
    ),
)
