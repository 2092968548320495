"""JSON Schemas of the rules files, generated from the types that decode them, for editors and for strangers' first edits."""

from __future__ import annotations

import ast
import inspect
import json
import os
from importlib import import_module
from itertools import pairwise
from textwrap import dedent
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import msgspec

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

FILES = (
    ("models", "modelaudit.feed.models_source", "RawPublisher", "models/<publisher>.toml: the lives of a publisher's models"),
    ("restrictions", "modelaudit.feed.restrictions_source", "RawActs", "restrictions/<act>.toml: dated acts that restrict models"),
    ("platforms", "modelaudit.feed.platforms_source", "RawPlatforms", "platforms.toml: how platforms and libraries spell IDs"),
    ("calls", "modelaudit.feed.calls_source", "RawFamily", "calls/<sdk>.toml: which calls take a model"),
    ("calls-names", "modelaudit.feed.calls_source", "RawNames", "calls/_names.toml: names that no shape identifies by type"),
    ("calls-evidence", "modelaudit.feed.calls_source", "RawEvidence", "calls/_evidence.toml: what else counts near a call"),
    ("keys", "modelaudit.feed.keys_source", "RawKeys", "keys.toml: config entries that carry a model"),
    ("migrations", "modelaudit.feed.migrations_source", "RawMigrations", "migrations/<publisher>.toml: what breaks at the call"),
    ("risk", "modelaudit.feed.risk_source", "RawRisk", "risk.toml: the decision table, effort and sentences"),
)
"""Name of the schema, the module and the type that decode the file, and what the file is."""


def schemas() -> dict[str, str]:
    """File name to the text of each schema."""
    return {f"{name}.schema.json": _text(getattr(import_module(module), kind), name, title) for name, module, kind, title in FILES}


def write(folder: str) -> tuple[str, ...]:
    """Write the schemas into `schema/` of a rules folder; the paths written."""
    target = os.path.join(folder, "schema")
    os.makedirs(target, exist_ok=True)
    paths = []
    for name, text in schemas().items():
        paths.append(os.path.join(target, name))
        with open(paths[-1], "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    return tuple(paths)


def _text(kind: type[msgspec.Struct], name: str, title: str) -> str:
    import msgspec

    (_,), definitions = msgspec.json.schema_components([kind], ref_template="#/$defs/{name}")
    described = _described(kind)
    for struct, definition in definitions.items():
        for key, text in described.get(struct, {}).items():
            if key in definition.get("properties", {}):
                definition["properties"][key]["description"] = text
    schema: Json = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"modelaudit-rules-{name}-1",
        "title": title,
        "$ref": f"#/$defs/{kind.__name__}",
        "$defs": dict(sorted(definitions.items())),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _described(kind: type[msgspec.Struct]) -> dict[str, dict[str, str]]:
    """The docstrings under the fields of every struct that a struct is made of, by struct and by key as written."""
    from msgspec.structs import fields

    found: dict[str, dict[str, str]] = {}
    # Two modules may have a type of one name: that of the kind's own module comes last and holds.
    for struct in (*_structs("modelaudit.feed.models_source"), *_structs(kind.__module__)):
        texts = _field_docs(struct)
        found[struct.__name__] = {field.encode_name: texts[field.name] for field in fields(struct) if field.name in texts}
    return found


def _structs(module: str) -> list[type[msgspec.Struct]]:
    """In the order of the module, so that the schema is the same in every process."""
    import msgspec

    return [
        value
        for value in vars(import_module(module)).values()
        if isinstance(value, type) and issubclass(value, msgspec.Struct) and value is not msgspec.Struct
    ]


def _field_docs(struct: type[msgspec.Struct]) -> dict[str, str]:
    """Field name to the docstring written under it."""
    body = ast.parse(dedent(inspect.getsource(struct))).body[0]
    assert isinstance(body, ast.ClassDef)
    found: dict[str, str] = {}
    for before, after in pairwise(body.body):
        match before, after:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                found[name] = " ".join(text.split())
    return found
