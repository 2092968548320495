"""Which platform a client talks to, from its class and the literal arguments it was made with."""

from __future__ import annotations

from modelaudit.domain.expr import Choice, Env, Expr, Join, Result, Text
from modelaudit.domain.record import NamedTuple
from modelaudit.domain.shapes import PlatformHint

URL_ARGUMENTS = (
    "base_url",
    "api_base",
    "openai_api_base",
    "azure_endpoint",
    "endpoint",
    "endpoint_url",
    "server_url",
    "url",
    "anthropic_api_url",
)
REGION_ARGUMENTS = ("region_name", "aws_region", "region", "location")


class Client(NamedTuple):
    """What a client shows of its platform; `platform` None when it shows none."""

    platform: str | None
    evidence: str
    region: str | None


NO_CLIENT = Client(None, "", None)


def client(qualified: str | None, arguments: tuple[tuple[str | int, Expr], ...], hints: tuple[PlatformHint, ...]) -> Client:
    """The platform of a client of class `qualified` that was constructed with `arguments`."""
    region = next((text for name in REGION_ARGUMENTS for key, value in arguments if key == name and (text := constant(value))), None)
    for name in URL_ARGUMENTS:
        for key, value in arguments:
            if key != name:
                continue
            text = constant(value)
            for hint in hints:
                if text is not None and hint.kind == "url" and hint.text in text:
                    return Client(hint.platform, f"{name}={text}", region)
    class_name = (qualified or "").removesuffix("()")
    for hint in hints:
        if hint.kind == "class" and _same_class(class_name, hint.text):
            return Client(hint.platform, f"client {class_name.rpartition('.')[2]}", region)
        if hint.kind == "argument" and _argument_hint(class_name, arguments, hint.text):
            return Client(hint.platform, hint.text, region)
    return Client(None, "", region)


def constant(value: Expr) -> str | None:
    """The text of a value that needs no linking: a literal, the default of an environment variable, the start of an f-string."""
    match value:
        case Text():
            return value.text
        case Env():
            return constant(value.default) if value.default is not None else None
        case Choice():
            return next((found for option in value.options if (found := constant(option))), None)
        case Join():
            return "".join(part.text if isinstance(part, Text) else "…" for part in value.parts)
    return None


def construction(value: Expr) -> Result | None:
    """The constructor call behind a value, when it stands there."""
    return value if isinstance(value, Result) else None


def _same_class(qualified: str, pattern: str) -> bool:
    last = qualified.rpartition(".")[2]
    if "." in pattern:
        return qualified == pattern or qualified.endswith(f".{pattern}")
    return last in (pattern, f"Async{pattern}")


def _argument_hint(qualified: str, arguments: tuple[tuple[str | int, Expr], ...], pattern: str) -> bool:
    head, opening, inner = pattern.partition("(")
    if not opening or not (
        qualified == head or (qualified.endswith(f".{head.rpartition('.')[2]}") and qualified.partition(".")[0] == head.partition(".")[0])
    ):
        return False
    wanted = [part.strip().partition("=") for part in inner.rstrip(")").split(",")]
    given = {key for key, _ in arguments}
    return all(name in given for name, _, _ in wanted)
