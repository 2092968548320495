"""Decoding TOML: errors name file, line and key, and say what was meant."""

from pathlib import Path

import msgspec
import pytest

from modelaudit.domain.errors import FeedError
from modelaudit.feed.reading import decode, read, toml_files


class Leaf(msgspec.Struct, forbid_unknown_fields=True):
    on: int
    name: str | list[str] | None = None


class Branch(msgspec.Struct, forbid_unknown_fields=True):
    leaf: list[Leaf] = []
    named: dict[str, Leaf] = {}
    one: Leaf | None = None


class Tree(msgspec.Struct, forbid_unknown_fields=True):
    branch: list[Branch]


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("branch = [\n", "rules.toml:2: not valid TOML", None),
        ("branch = 3", "rules.toml:1: branch: Expected `array`, got `int`", None),
        ("[[branch]]\n[[branch]]\nleav = []", "rules.toml:3: branch[1].leav: unknown key 'leav'", "did you mean 'leaf'?"),
        ("[[branch]]\nzzz = 1", "rules.toml:2: branch[0].zzz: unknown key 'zzz'", "known keys: leaf, named, one"),
        ("[[branch]]\nleaf = [\n  { on = 1 },\n  { on = 'x' },\n]", "rules.toml:4: branch[0].leaf[1].on: Expected `int`, got `str`", None),
        ("[[branch]]\n[[branch.leaf]]\non = 1\n[[branch.leaf]]\nname = 'a'", "rules.toml:4: branch[0].leaf[1]: 'on' is missing", None),
        ("[[branch]]\n[branch.named.a-b]\non = 1.5", "rules.toml:3: branch[0].named.a-b.on: Expected `int`, got `float`", None),
        ("[[branch]]\none = { on = true }", "rules.toml:2: branch[0].one.on: Expected `int`, got `bool`", None),
        (
            "[[branch]]\nleaf = [\n  { on = 1, name = ['a', 2] },\n]",
            "rules.toml:3: branch[0].leaf[0].name[1]: Expected `str`, got `int`",
            None,
        ),
        ("", "rules.toml: 'branch' is missing", None),
    ],
)
def test_an_error_names_line_and_key(text: str, message: str, hint: str | None) -> None:
    with pytest.raises(FeedError) as caught:
        decode(text, Tree, "rules.toml")
    assert str(caught.value).startswith(message)
    assert caught.value.hint == hint


def test_what_fits_is_decoded() -> None:
    made = decode("[[branch]]\nleaf = [{ on = 1, name = 'a' }]", Tree, "rules.toml")
    assert made == Tree([Branch([Leaf(1, "a")])])


def test_a_missing_file_is_an_error_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(FeedError, match=r"none\.toml: cannot be read"):
        read(str(tmp_path / "none.toml"), Tree)


def test_a_file_that_is_not_utf8_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "latin.toml"
    path.write_bytes(b'a = "\xe4"')
    with pytest.raises(FeedError, match="cannot be read"):
        read(str(path), Tree)


def test_files_come_sorted_and_a_missing_folder_is_empty(tmp_path: Path) -> None:
    for name in ("b.toml", "a.toml", "c.txt"):
        (tmp_path / name).write_text("", encoding="utf-8")
    assert [Path(path).name for path in toml_files(str(tmp_path))] == ["a.toml", "b.toml"]
    assert toml_files(str(tmp_path / "nowhere")) == ()
