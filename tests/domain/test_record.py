"""Records behave as those of `typing.NamedTuple`, and are made without compiling anything."""

from __future__ import annotations

import copy
import pickle
from typing import NamedTuple as Reference

import pytest

from modelaudit.domain.record import NamedTuple


class Ours(NamedTuple):
    """A record."""

    path: str
    line: int = 1
    """The first is 1."""
    names: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        return f"{self.path}:{self.line}"

    def whole(self) -> tuple[str, int]:
        return __class__._fields[0], super().__len__()  # type: ignore[name-defined] # the cell that class statements make


class Theirs(Reference):
    """A record."""

    path: str
    line: int = 1
    names: tuple[str, ...] = ()


class Empty(NamedTuple):
    """A record of nothing."""


def test_a_record_is_made_as_a_named_tuple_is() -> None:
    assert tuple(Ours("a")) == tuple(Theirs("a")) == ("a", 1, ())
    assert tuple(Ours("a", names=("x",))) == tuple(Theirs("a", names=("x",)))
    assert Ours("a").place == "a:1"
    assert Ours("a").whole() == ("path", 3)
    assert Ours._fields == Theirs._fields
    assert Ours._field_defaults == Theirs._field_defaults
    assert Ours.__match_args__ == ("path", "line", "names")
    assert (hash(Ours("a")), Empty()) == (hash(Theirs("a")), ())


def test_a_record_shows_itself_as_a_named_tuple_does() -> None:
    assert repr(Ours("a")).removeprefix("Ours") == repr(Theirs("a")).removeprefix("Theirs")


def test_copies_and_changes() -> None:
    record = Ours("a", 2, ("x",))
    assert tuple(record._replace(line=3)) == ("a", 3, ("x",))
    assert record._asdict() == {"path": "a", "line": 2, "names": ("x",)}
    assert type(record._replace(line=3)) is type(Ours._make(["a", 2, ()])) is Ours
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(record, protocol)) == record
    assert copy.deepcopy(record) == record


def test_mistakes_are_refused() -> None:
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'path'"):
        Ours()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected keyword argument 'column'"):
        Ours("a", column=1)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="Expected 3 arguments, got 1"):
        Ours._make(["a"])
    with pytest.raises(ValueError, match="unexpected field names"):
        Ours("a")._replace(column=1)  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        Ours("a").line = 2  # type: ignore[misc]
    with pytest.raises(AttributeError):
        Ours("a").column = 2  # type: ignore[attr-defined]


def test_a_constructor_is_compiled_once() -> None:
    class Fresh(NamedTuple):
        path: str

    before = Fresh.__new__
    assert Fresh("a") == ("a",)
    compiled = Fresh.__new__
    assert Fresh("b") == ("b",)
    assert before is not compiled is Fresh.__new__


def test_a_record_that_cannot_be_is_refused_when_it_is_defined() -> None:
    with pytest.raises(TypeError, match="cannot follow default fields"):
        exec("class Wrong(NamedTuple):\n    path: str = ''\n    line: int\n", {"NamedTuple": NamedTuple})
    with pytest.raises(ValueError, match="underscore"):
        exec("class Wrong(NamedTuple):\n    _path: str\n", {"NamedTuple": NamedTuple})
