"""`FileFacts`: what one file says, independent of every other file, of dates and of policy (the "object file")."""

from __future__ import annotations

from enum import Enum

from modelaudit.domain.expr import Expr
from modelaudit.domain.location import Span
from modelaudit.domain.record import NamedTuple


class Role(Enum):
    """What a model ID is doing where it is written."""

    ARGUMENT = "argument"
    """Passed directly to a call that uses a model."""
    BINDING = "binding"
    """Given a name: constant, field, default, environment variable, config key."""
    CATALOG = "catalog"
    """One of a list or table of many models; selects nothing by itself."""
    COMPARISON = "comparison"
    """Compared with a model name: `==`, `in`, `startswith`, `match`, a regular expression, a test assertion."""
    MENTION = "mention"
    """Comment, docstring, prose, log text."""


class Literal(NamedTuple):
    """A model ID as written in a file."""

    text: str
    span: Span
    """The ID itself, without quotes."""
    role: Role
    context: str
    """What holds it, in the file's own words: `MODEL`, `PRICES`, `services.web.environment.MODEL`, `docstring`."""


class Binding(NamedTuple):
    """A name with a value. Names are qualified inside the file: `MODEL`, `Settings.model`, `ask(model)` (a parameter), `get_model()` (a
    return value), `env:SUMMARY_MODEL`, `key:llm.model`."""

    name: str
    kind: BindingKind
    value: Expr
    span: Span


class BindingKind(Enum):
    """What sort of name a binding is; its value is the word shown in flows."""

    CONSTANT = "constant"
    FIELD = "field"
    ATTRIBUTE = "attribute"
    PARAMETER = "default of parameter"
    RETURN = "returned by"
    ENVIRONMENT = "environment variable"
    KEY = "config key"
    OPTION = "command-line option"


class Parameter(NamedTuple):
    """A parameter of a function of the file; `kind` is `positional`, `keyword`, `*` or `**`."""

    name: str
    kind: str


class Function(NamedTuple):
    """A function or method defined in the file."""

    name: str
    """Qualified in the file: `ask`, `Bot.reply`, `outer.inner`."""
    parameters: tuple[Parameter, ...]
    """Without `self` or `cls`."""
    kind: str
    """`function`, `method`, `classmethod`, `staticmethod` or `property`."""
    span: Span


class Class(NamedTuple):
    """A class defined in the file."""

    name: str
    bases: tuple[Expr, ...]
    fields: tuple[str, ...]
    """Annotated fields in order, the constructor parameters of a dataclass, pydantic model or NamedTuple."""
    env_prefix: str | None
    """`env_prefix` of a pydantic-settings class, None when it sets none."""
    aliases: tuple[tuple[str, str], ...]
    """(field, environment name or alias) pairs of fields that name their own."""
    span: Span


class Import(NamedTuple):
    """`from module import attribute as name`, or `import module as name` (attribute None), or `from module import *` (name `*`)."""

    name: str
    module: str
    attribute: str | None
    level: int
    """Leading dots of a relative import."""
    span: Span


class Call(NamedTuple):
    """A call of something that may be the project's own, with the arguments that may carry a model."""

    callee: Expr
    arguments: tuple[tuple[str | int, Expr], ...]
    span: Span
    function: str


class Argument(NamedTuple):
    """A keyword argument at a site that migration rules may ask about."""

    name: str
    """As written; nested places are dotted: `thinking.budget_tokens`, `inferenceConfig.temperature`."""
    value: str | int | float | bool | None
    """The literal value; None when it is not a literal (or is the literal None)."""
    literal: bool
    span: Span


class Handler(NamedTuple):
    """An `except` clause around a site."""

    classes: tuple[str, ...]
    """Caught classes as written, resolved through imports (`anthropic.NotFoundError`); empty for a bare `except:`."""
    action: str
    """`reraise`, `fallback` (another model is called), `degrade` (answers without a model), `retry` or `swallow`."""
    span: Span


class Trace(NamedTuple):
    """Something seen near a site that risk factors read: what kind of thing, its text, and where."""

    kind: str
    text: str
    span: Span


class Site(NamedTuple):
    """Where a model is chosen for use: a call or constructor with a model argument, or a config entry that selects a model."""

    span: Span
    """The call, from the first character of the callee to the closing bracket; or the config value."""
    callee: str
    """As written: `client.chat.completions.create`; for config the key path."""
    shape: str
    """Key of the call shape or key rule that matched."""
    argument: str
    """The argument that carries the model; `` for an implicit default."""
    model: Expr
    operation: str
    """As in `rules/calls`: chat, embedding, client-construct, …"""
    dialect: str
    """How IDs are spelled there: openai, bedrock, litellm, langchain-prefixed, …"""
    typed: bool
    """True when the receiver's type is known, False when only the attribute chain matched."""
    function: str
    """Enclosing function, qualified in the file; `` at module level or in config."""
    platform: str | None = None
    """Platform that the client or the call shows, None when only the dialect tells."""
    platform_evidence: str = ""
    region: str | None = None
    fallbacks: tuple[Expr, ...] = ()
    """Models that the call itself falls back to."""
    arguments: tuple[Argument, ...] = ()
    handlers: tuple[Handler, ...] = ()
    traces: tuple[Trace, ...] = ()
    receiver: Expr | None = None
    """The object called on, for linking to type it when this file alone cannot."""


class Suppression(NamedTuple):
    """A `# modelaudit: ignore[...]` comment."""

    rules: tuple[str, ...]
    until: str | None
    reason: str | None
    span: Span
    """The comment."""
    first_line: int
    """First line it covers; 0 for the whole file."""
    last_line: int


class Notification(NamedTuple):
    """Something the run could not do or wants to say, as in SARIF."""

    level: str
    """`error`, `warning` or `note`."""
    code: str
    message: str
    path: str | None = None
    line: int | None = None
    hint: str | None = None


class FileFacts(NamedTuple):
    """Everything that linking and judging need of one file."""

    path: str
    language: str
    literals: tuple[Literal, ...] = ()
    bindings: tuple[Binding, ...] = ()
    sites: tuple[Site, ...] = ()
    calls: tuple[Call, ...] = ()
    functions: tuple[Function, ...] = ()
    classes: tuple[Class, ...] = ()
    imports: tuple[Import, ...] = ()
    exports: tuple[str, ...] | None = None
    """`__all__` when it is a literal."""
    suppressions: tuple[Suppression, ...] = ()
    notifications: tuple[Notification, ...] = ()
    traces: tuple[Trace, ...] = ()
    """What the file says of the whole project (`domain/traces.py`, "Traces of a file")."""
    annotations: tuple[tuple[str, Expr], ...] = ()
    """Parameter (`ask(client)`) or field (`Bot.client`) and the class that its annotation names."""
    cells: tuple[tuple[int, int, int], ...] = ()
    """Notebooks: (line of the file, number of the cell, line in the cell)."""
