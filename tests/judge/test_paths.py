"""Path classes: the fast way gives what the globs mean."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelaudit.domain.risk import PathClass
from modelaudit.feed import risk
from modelaudit.judge.paths import PathClasses, matches, translate
from modelaudit.judge.wild import any_fits, fits

SHIPPED = risk.decode(risk.build(str(Path(__file__).parents[2] / "rules"))).paths
PART = st.sampled_from(
    ["app", "tests", "test", "Tests", "docs", "evals", "promptfoo-x", "scripts", "tools", "a.md", "test_a.py", "a_test.py", "x"]
)
PATHS = st.lists(PART, min_size=1, max_size=4).map("/".join)


def by_regex(path: str) -> str:
    for entry in SHIPPED:
        if any(re.fullmatch(translate(glob), path, re.IGNORECASE) for glob in entry.globs):
            return entry.name
    return SHIPPED[-1].name


@given(PATHS)
def test_the_fast_way_is_the_definition(path: str) -> None:
    assert PathClasses(SHIPPED).of(path).name == by_regex(path)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("tests/a.py", "test"),
        ("pkg/tests/a.py", "test"),
        ("pkg/conftest.py", "test"),
        ("pkg/contest.py", "production"),
        ("test_a.py", "test"),
        ("latest_a.py", "production"),
        ("a.test.ts", "test"),
        ("README.md", "documentation"),
        ("CHANGELOG.md", "documentation"),
        ("CHANGELOG", "migration-history"),
        (".github/workflows/a.yml", "ci"),
        (".github/data/resources/model.yaml", "ci"),
        ("ui/src/Card.stories.tsx", "test"),
        ("ui/src/stories/pages/fixtures.ts", "test"),
        ("ui/src/stories/Teller.tsx", "production"),
        ("api/mocks/handlers.ts", "test"),
        ("chart/values-mcp-example.yaml", "example"),
        ("conf/example_settings.toml", "example"),
        ("conf/counterexample.toml", "production"),
        ("proxy/example_config_yaml/pass_through.yaml", "example"),
        ("proxy/prompts/test_hello.prompt", "test"),
        ("proxy/prompts/contest_hello.prompt", "production"),
        ("01-tutorials/05-tools/agent.py", "example"),
        ("sdk-samples/agent.py", "example"),
        ("sub/.gitlab-ci.yml", "ci"),
        ("settings.yaml.example", "example"),
        (".env.sample", "example"),
        ("alembic/versions/1.py", "migration-history"),
        ("alembic/env.py", "production"),
        ("tools/a.py", "developer-tool"),
        ("pkg/tools/a.py", "production"),
        ("pkg/Makefile", "developer-tool"),
        ("node_modules/a/b.js", "generated"),
        ("promptfoo-nightly/a.yaml", "evaluation"),
        ("a.ipynb", "notebook"),
        ("", "production"),
    ],
)
def test_classes(path: str, expected: str) -> None:
    assert PathClasses(SHIPPED).of(path).name == expected


def test_the_projects_own_globs_come_first() -> None:
    classes = PathClasses(
        (PathClass("test", 0, ("**/tests/**",)), PathClass("production", 3, ("**",))), ((("tests/smoke/**",), "production"),)
    )
    assert classes.of("tests/smoke/a.py").name == "production"
    assert classes.of("tests/a.py").name == "test"


@pytest.mark.parametrize(
    ("glob", "path", "expected"),
    [
        ("src/*.py", "src/a.py", True),
        ("src/*.py", "src/b/a.py", False),
        ("src/**", "src/b/a.py", True),
        ("src", "src/b/a.py", True),
        ("**/a?.py", "x/ab.py", True),
        ("a.py", "b/a.py", False),
    ],
)
def test_globs(glob: str, path: str, expected: bool) -> None:
    assert matches((glob,), path) is expected


NAMES = st.text(alphabet="ab*-", max_size=6)


@given(st.text(alphabet="ab-", max_size=6), NAMES)
def test_fits_is_fnmatch(name: str, glob: str) -> None:
    from fnmatch import fnmatchcase

    assert fits(name, glob) is fnmatchcase(name, glob)
    assert any_fits(name, (glob,)) is fits(name, glob)
