"""Call shapes and key rules: which Python calls and which config entries carry a model ID (`rules/calls`, `rules/keys.toml`)."""

from __future__ import annotations

from typing import NamedTuple


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


class KeyPath(NamedTuple):
    """A key path that carries a model, with its role and dialect."""

    path: str
    """Dots between keys, `[]` a list item, `{}` any key, `**` any depth, `a|b` alternatives."""
    role: str
    dialect: str


class KeyRule(NamedTuple):
    """One convention of a config file."""

    id: str
    files: tuple[str, ...]
    format: str
    all_of: tuple[str, ...]
    any_of: tuple[str, ...]
    """Content markers."""
    keys: tuple[KeyPath, ...]
    fallback: tuple[str, ...]
    params: tuple[str, ...]
    pin: tuple[str, ...]
    exposure: str
    """Default exposure class: production, ci, developer-tool, evaluation, infrastructure, gateway, low-code-export."""
    evidence: str
    notes: str
