"""Call shapes and key rules: which Python calls and which config entries carry a model ID (`rules/calls`, `rules/keys.toml`)."""

from __future__ import annotations

from modelaudit.domain.record import NamedTuple


class CallShape(NamedTuple):
    """One callable (or nested place) that takes a model."""

    id: str
    package: str
    operation: str
    dialect: str
    match: tuple[str, ...]
    """Qualified patterns: `openai.OpenAI().chat.completions.create`; `()` means an instance of, a leading `*.` any receiver."""
    suffix: str | None
    """Attribute chain that identifies the call when the receiver's type is not known."""
    model: tuple[tuple[str, int], ...]
    """(argument name, 0-based position without self, or -1 for keyword only), in order of preference."""
    nested: tuple[str, ...]
    """Key paths inside structured arguments: `messages[].model`, `config.llm.model`."""
    risk_args: tuple[str, ...]
    nested_params: str
    retry_args: tuple[str, ...]
    fallback_args: tuple[str, ...]
    """Arguments that carry other models: a name, a key path, `*name` for further positional ones, `**name` for further keywords."""
    receiver_dialect: tuple[tuple[str, str], ...]
    """(class name, dialect) overrides."""
    default_model: str | None
    """What the library fills in when no model is given, in release `default_in`."""
    default_in: str | None
    server_default: bool
    status: str
    """current, legacy, removed, moved, deprecated, sdk-retired, assignment or info."""
    generic_arg: bool
    """True when the argument's name is too common to match without the class."""
    fallback_chain: str | None
    notes: str
    family: str = ""
    """The file of `rules/calls` that holds it: packages of one family spell classes alike and stand for one another."""
    legacy: tuple[str, ...] = ()
    """Patterns of older releases; they match like `match`."""
    several: bool = False
    """True when each argument in `model` carries a model of its own; otherwise they are spellings of one, and the first present counts."""
    groups: tuple[str, ...] = ()
    """Key paths that name a group of models: they look like IDs and are none."""
    fallback_when: tuple[str, ...] = ()
    """Arguments that say when a fallback is tried (exception classes, routing), or that fall back for other causes than a missing model."""
    fallback_dialect: str | None = None
    """Dialect of the fallbacks where it differs, such as the group names of a litellm router."""
    decorator: bool = False
    also: tuple[str, ...] = ()
    """Arguments beside the model that decide the platform or pin a revision."""
    env: str | None = None
    """Environment variable that the library reads when the call names no model."""
    retry_scope: str = ""
    server_note: str = ""
    """What the service fills in, in words."""
    verified: str = ""
    verified_in: str = ""


class ArgumentName(NamedTuple):
    """A keyword argument that carries a model in calls of unknown callees."""

    name: str
    dialect: str | None
    candidate: bool
    """True when the name mostly carries something else: only a value that is a model ID counts."""


class CallNames(NamedTuple):
    """Names that decide about calls of callees that no shape knows, and about shapes that share a name."""

    arguments: tuple[ArgumentName, ...]
    ignored: tuple[str, ...]
    """Callees (last segment, or a dotted tail; `*` wildcards) whose arguments carry no choice of a model."""
    common: tuple[str, ...]
    """Last segments too common to identify a call without an import of the package."""
    transparent: tuple[str, ...]
    """Members that give back the same client: `with_raw_response`, `with_options()`."""
    wrappers: tuple[str, ...]
    """Qualified functions that give back the client passed as first argument."""
    preference: tuple[str, ...]
    """Families in the order that decides when several share an attribute chain and nothing else tells."""


class CanonicalArg(NamedTuple):
    """The spellings of one migration factor among arguments."""

    factor: str
    spellings: tuple[str, ...]
    effect: str
    value_matters: bool
    capability: str | None
    """Capability of the model that the feed records for it."""
    detect: str | None


class CouplingPattern(NamedTuple):
    """A code idiom that ties a call site to one model."""

    id: str
    pattern: str
    effect: str


class Indirection(NamedTuple):
    """A way an ID reaches a call, with what one has to touch to change it; cheapest first."""

    id: str
    pattern: str
    edit: str
    visibility: str


class PlatformHint(NamedTuple):
    """Evidence near a client that decides the platform."""

    kind: str
    """`url` (part of a base URL), `class` (client class), `argument` (`Class(name=value)`) or `environment` (`NAME` or `NAME=value`)."""
    text: str
    platform: str
    """A platform, or `by-url` when the value itself is a base URL."""


class ImplicitDefault(NamedTuple):
    """A model that a library fills in at a place that has no call shape of its own."""

    callable: str
    condition: str | None
    model: str
    read_in: str
    verified: str


class Clue(NamedTuple):
    """What a callee near a model call means for risk: `json.loads` takes an answer apart."""

    kind: str
    name: str
    """`json.loads` is that function, `.split` a method of anything, `*session*.add` a method of what is called so, `int` a plain name."""


class Calls(NamedTuple):
    """Everything in `rules/calls`."""

    shapes: tuple[CallShape, ...]
    names: CallNames
    canonical_args: tuple[CanonicalArg, ...]
    coupling_patterns: tuple[CouplingPattern, ...]
    indirections: tuple[Indirection, ...]
    platform_hints: tuple[PlatformHint, ...]
    implicit_defaults: tuple[ImplicitDefault, ...]
    clues: tuple[Clue, ...] = ()


class CallExample(NamedTuple):
    """A snippet of Python that must, or must not, match a shape."""

    shape: str
    code: str
    model: str | None
    """The ID that reaches the shape's model argument; None for an implicit default and for snippets that must not match."""
    argument: str
    """Keyword, position, or key path of the model; empty for an implicit default."""
    typed: bool
    valid: bool


class KeyPath(NamedTuple):
    """A key path that carries a model, with its role and dialect."""

    path: str
    """Dots between keys, `[]` a list item, `[0]` that item, `{}` any key, `{NAME}` any key that means something, `**` any depth, `a|b`
    alternatives, `*` inside a key any characters."""
    role: str
    """An operation of the call shapes, or default, small, review, title, summary, judge, alias; those in `UNSELECTING` choose nothing."""
    dialect: str
    needs: str = ""
    """What else makes it a model: `candidate`, a value spelled like one; `environment`, a last key that names the environment variable of a
    model, or else such a value; empty: the place is enough."""


UNSELECTING = frozenset(("group", "allow-list", "deny-list", "metadata", "recording", "template-variable", "policy", "comparison"))
"""Roles of key paths whose values choose no model: names of groups, permissions, recorded traffic, what is said to this program, what an
assertion compares with."""


class KeyRule(NamedTuple):
    """One convention of a config file. The first rule that knows a key path decides, so specific rules stand before general ones."""

    id: str
    files: tuple[str, ...]
    """Globs on the path relative to the scan root, without regard to case."""
    formats: tuple[str, ...]
    all_of: tuple[str, ...]
    any_of: tuple[str, ...]
    """Content markers."""
    keys: tuple[KeyPath, ...]
    fallback: tuple[KeyPath, ...]
    """Where models (or groups) stand that are used only when the first choice fails."""
    fallback_when: tuple[str, ...]
    """Key paths that say when and in which order fallbacks are tried."""
    params: tuple[str, ...]
    """Key paths of parameters that matter in a migration."""
    pin: tuple[str, ...]
    """Key paths that pin or float the version."""
    embedded: tuple[tuple[str, str], ...]
    """(key path, language) of text in another language: scripts, JSON in a string. Paths inside it continue the path of the text."""
    actions: tuple[tuple[str, str], ...]
    """(step, inputs that carry the model) pairs of CI actions."""
    generic: bool
    """True for the rule that takes any key named in `generic_keys` when its value is spelled like a model ID."""
    exposure: str
    """Default exposure class: production, ci, developer-tool, evaluation, infrastructure, gateway, low-code-export."""
    evidence: str
    notes: str


class GenericKey(NamedTuple):
    """A key that carries a model in files of no known convention, when its value is spelled like one."""

    name: str
    role: str
    dialect: str


class VariableGroup(NamedTuple):
    """Names of environment variables with one role."""

    role: str
    exact: tuple[str, ...]
    suffixes: tuple[str, ...]
    candidate: tuple[str, ...]
    """Those of `exact` that mostly carry something else."""
    companions: tuple[str, ...]
    """Variables that belong to the same choice, such as the dimensions of an embedding."""
    notes: str


class FlagRule(NamedTuple):
    """Command-line options that carry a model."""

    commands: tuple[str, ...]
    """Beginnings of the command line: `claude`, `ollama run`; `*` for any command."""
    flags: tuple[str, ...]
    assignments: tuple[str, ...]
    """Options whose value is `model=ID`."""
    names: tuple[str, ...]
    """Options that name an alias or deployment, which is no model."""
    pins: tuple[str, ...]
    floating: tuple[str, ...]
    """Options that are themselves an alias of a model that moves (`--opus`)."""
    positional: bool
    """True when the first argument is the model."""
    notes: str


class Keys(NamedTuple):
    """Everything in `rules/keys.toml`."""

    rules: tuple[KeyRule, ...]
    generic: tuple[GenericKey, ...]
    variables: tuple[VariableGroup, ...]
    variable_parts: tuple[str, ...]
    """Words that make a variable's name worth a look: `MODEL`, `LLM`."""
    not_suffixes: tuple[str, ...]
    """Endings that make a name none after all: `_MODEL_PATH`."""
    flags: tuple[FlagRule, ...]


class KeyExample(NamedTuple):
    """A tiny file that a rule must, or must not, find something in."""

    rule: str
    path: str
    text: str
    keys: tuple[str, ...]
    """The key paths that the rule finds, as written: `model_list[0].litellm_params.model`."""
    valid: bool
