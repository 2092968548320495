"""The JSON Schemas on disk are those of the code, and say of the shipped files what the decoders say."""

import json
from datetime import date
from pathlib import Path

import jsonschema
import msgspec
import pytest
import tomli

from modelaudit.feed.schema import FILES, _field_docs, _structs, schemas

PLACES = {
    "models": "models/*.toml",
    "restrictions": "restrictions/*.toml",
    "platforms": "platforms.toml",
    "calls": "calls/[!_]*.toml",
    "calls-names": "calls/_names.toml",
    "calls-evidence": "calls/_evidence.toml",
    "keys": "keys.toml",
    "migrations": "migrations/*.toml",
    "risk": "risk.toml",
}


def _plain(value: object) -> object:
    """As JSON has it: days are texts."""
    match value:
        case dict():
            return {key: _plain(item) for key, item in value.items()}
        case list():
            return [_plain(item) for item in value]
        case date():
            return value.isoformat()
        case _:
            return value


def test_the_schemas_on_disk_are_current(rules: Path) -> None:
    there = {path.name: path.read_text(encoding="utf-8") for path in (rules / "schema").glob("*.json")}
    assert there == schemas(), "run: python tools/write_schemas.py rules"


def test_the_types_of_a_schema_come_in_a_fixed_order() -> None:
    # `RawSource` exists in two modules; a set of the two once gave either text, by where they lay in memory.
    own = [struct.__name__ for struct in _structs("modelaudit.feed.migrations_source")]
    assert own == list(dict.fromkeys(own))
    assert _structs("modelaudit.feed.migrations_source") == _structs("modelaudit.feed.migrations_source")
    migrations = json.loads(schemas()["migrations.schema.json"])["$defs"]
    for struct in _structs("modelaudit.feed.migrations_source"):
        for name, text in _field_docs(struct).items():
            key = next(field.encode_name for field in msgspec.structs.fields(struct) if field.name == name)
            assert migrations[struct.__name__]["properties"][key]["description"] == text


def test_every_kind_of_file_has_a_schema() -> None:
    assert set(PLACES) == {name for name, _, _, _ in FILES}


@pytest.mark.parametrize("name", sorted(PLACES))
def test_the_shipped_files_are_valid(rules: Path, name: str) -> None:
    schema = json.loads(schemas()[f"{name}.schema.json"])
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    paths = sorted(rules.glob(PLACES[name]))
    assert paths
    for path in paths:
        data = _plain(tomli.loads(path.read_text(encoding="utf-8")))
        assert [error.message for error in validator.iter_errors(data)] == [], path.name


def test_an_unknown_key_is_invalid(rules: Path) -> None:
    schema = json.loads(schemas()["models.schema.json"])
    data = tomli.loads((rules / "models" / "writer.toml").read_text(encoding="utf-8"))
    data["model"][0]["life"][0]["shutdown"] = "2027-01-01"
    errors = list(jsonschema.Draft202012Validator(schema).iter_errors(_plain(data)))
    assert any("shutdown" in error.message for error in errors)


def test_fields_carry_their_description() -> None:
    life = json.loads(schemas()["models.schema.json"])["$defs"]["RawEvent"]["properties"]
    assert life["known_from"]["description"] == "First day on which the fact was public or was read."
