"""Which files of a tree a name means, and names of keys read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelaudit.domain.keypaths import spell
from modelaudit.link.configs import parts
from modelaudit.link.filenames import joined, matching, parent
from modelaudit.link.values import HOLE, PathValue

TREE = ("config.yaml", "a/config.yaml", "a/b/config.yaml", "c/config.yaml", "c/config-prod.yaml", "c/my-config.yaml")


def relative(text: str) -> PathValue:
    return PathValue(text, anchored=False, steps=())


def anchored(text: str) -> PathValue:
    return PathValue(text, anchored=True, steps=())


@pytest.mark.parametrize(
    ("path", "reader", "wanted", "sure"),
    [
        (relative("config.yaml"), "a/b/app.py", ("config.yaml", "a/config.yaml", "a/b/config.yaml"), True),
        (relative("config.yaml"), "x/app.py", ("config.yaml",), True),
        (relative("b/config.yaml"), "x/app.py", ("a/b/config.yaml",), True),
        (relative("x/config.yaml"), "x/app.py", (), True),
        (relative("../config.yaml"), "a/app.py", ("config.yaml", "a/config.yaml"), True),
        (anchored("c/config.yaml"), "a/app.py", ("c/config.yaml",), True),
        (anchored("b/config.yaml"), "a/app.py", (), True),
        (relative("/srv/c/config.yaml"), "a/app.py", ("c/config.yaml",), False),
        (relative("/config.yaml"), "a/app.py", ("config.yaml", "a/config.yaml", "a/b/config.yaml", "c/config.yaml"), False),
        (relative(f"{HOLE}/c/config.yaml"), "a/app.py", ("c/config.yaml",), False),
        (relative(f"config-{HOLE}.yaml"), "a/app.py", ("c/config-prod.yaml",), False),
        (relative(f"c/{HOLE}.yaml"), "app.py", ("c/config.yaml", "c/config-prod.yaml", "c/my-config.yaml"), False),
        (relative(f"{HOLE}.yaml"), "app.py", (), False),
        (relative(HOLE), "app.py", (), False),
        (relative("~/config.yaml"), "app.py", (), False),
        (relative("onfig.yaml"), "app.py", (), True),
    ],
)
def test_what_a_name_means(path: PathValue, reader: str, wanted: tuple[str, ...], sure: bool) -> None:
    found, certain = matching(path, TREE, reader)
    assert found == wanted
    assert certain is sure or not found


def test_folders_are_put_together() -> None:
    assert joined(anchored("src/app"), relative("../conf/x.yaml")).text == "src/conf/x.yaml"
    assert joined(anchored(""), relative("x.yaml")) == anchored("x.yaml")
    assert joined(relative(HOLE), relative("x.yaml")).text == f"{HOLE}/x.yaml"
    assert joined(relative("a"), relative("/etc/x.yaml")).text == "/etc/x.yaml"
    assert parent(anchored("src/app/m.py"), 2).text == "src"
    assert parent(relative("x"), 1).text == HOLE


KEYS = st.lists(st.one_of(st.integers(0, 99), st.text(alphabet="abZ.-[]{}'\" é_0", min_size=1, max_size=8)), min_size=1, max_size=5)


@given(KEYS)
def test_the_name_of_a_key_is_read_back(keys: list[str | int]) -> None:
    assert parts(f"key:{spell(tuple(keys))}") == tuple(keys)


@given(st.text(alphabet=f"ab./~*{HOLE}-", max_size=20), st.booleans())
def test_any_name_has_an_answer(text: str, root: bool) -> None:
    path = PathValue(text, anchored=root, steps=())
    found, _ = matching(path, TREE, "a/app.py")
    assert set(found) <= set(TREE)
    joined(path, parent(path))
