"""Settings put together: discovery, precedence, `extend`, origins."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from modelaudit.config.load import Loaded, load
from modelaudit.config.settings import (
    DEFAULT,
    ExposureHint,
    Grant,
    Ignore,
    Matcher,
    OwnName,
    PlatformHint,
    Policy,
    Settings,
)
from modelaudit.domain.finding import Risk
from modelaudit.domain.location import Location, Span
from modelaudit.invocation import Invocation, Value


def loaded(folder: Path, *paths: str, **given: Value) -> Loaded:
    pairs = tuple(sorted((name.replace("_", "-"), value) for name, value in given.items()))
    return load(Invocation("scan", paths, pairs), paths, str(folder))


def settings(folder: Path, *paths: str, **given: Value) -> Settings:
    return loaded(folder, *paths, **given).settings


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    assert settings(tmp_path) == DEFAULT._replace(base=str(tmp_path))


def test_the_nearest_file_upward_wins(tmp_path: Path) -> None:
    (tmp_path / "modelaudit.toml").write_text('fail-on = "low"\nrisk = "low"\n')
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "a" / "pyproject.toml").write_text('[tool.modelaudit]\nfail-on = "medium"\n')
    found = settings(inner)
    assert (found.fail_on, found.risk, found.base) == (Risk.MEDIUM, Risk.INFO, str(tmp_path / "a"))


def test_a_project_file_that_does_not_speak_of_us_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "modelaudit.toml").write_text('fail-on = "low"\n')
    inner = tmp_path / "a"
    inner.mkdir()
    (inner / "pyproject.toml").write_text('[project]\nname = "x"\ndependencies = ["modelaudit-plugin"]\n')
    assert settings(inner).fail_on is Risk.LOW


def test_modelaudit_toml_wins_over_pyproject_beside_it(tmp_path: Path) -> None:
    (tmp_path / "modelaudit.toml").write_text('fail-on = "low"\n')
    (tmp_path / "pyproject.toml").write_text('[tool.modelaudit]\nfail-on = "medium"\n')
    assert settings(tmp_path).fail_on is Risk.LOW


def test_discovery_starts_where_the_paths_are(tmp_path: Path) -> None:
    (tmp_path / "modelaudit.toml").write_text('fail-on = "low"\n')
    inner = tmp_path / "a"
    inner.mkdir()
    (inner / "modelaudit.toml").write_text('fail-on = "critical"\n')
    (inner / "x.py").write_text("")
    assert settings(tmp_path, "a").fail_on is Risk.CRITICAL
    assert settings(tmp_path, "a/x.py").fail_on is Risk.CRITICAL
    assert settings(tmp_path, "a", ".").fail_on is Risk.LOW


def test_flags_win_over_config_pairs_and_those_over_files(tmp_path: Path) -> None:
    (tmp_path / "modelaudit.toml").write_text('fail-on = "low"\nrisk = "low"\nas-of = 2026-01-01\n')
    found = loaded(tmp_path, config=("risk=medium", 'fail-on="medium"'), fail_on="critical")
    assert (found.settings.fail_on, found.settings.risk, found.settings.as_of) == (Risk.CRITICAL, Risk.MEDIUM, date(2026, 1, 1))
    origins = dict(found.origins)
    assert (origins["fail_on"], origins["risk"], origins["as_of"]) == ("--fail-on", "--config risk", "modelaudit.toml:3")


def test_paths_are_told_from_the_configuration_the_repository_or_the_current_folder(tmp_path: Path) -> None:
    inner = tmp_path / "repository" / "a" / "b"
    inner.mkdir(parents=True)
    assert settings(tmp_path, "repository/a").base == str(tmp_path)
    assert settings(inner, "../..").base == str(tmp_path / "repository")
    (tmp_path / "repository" / ".git").mkdir()
    assert settings(tmp_path, "repository/a").base == str(tmp_path / "repository")
    assert settings(inner).base == str(tmp_path / "repository")
    (inner.parent / "modelaudit.toml").write_text("")
    assert settings(inner).base == str(inner.parent)
    assert settings(inner, isolated=True).base == str(tmp_path / "repository")


def test_isolated_reads_no_file(tmp_path: Path) -> None:
    (tmp_path / "modelaudit.toml").write_text("broken = [\n")
    assert settings(tmp_path, isolated=True) == DEFAULT._replace(base=str(tmp_path))


def test_a_named_file_replaces_discovery(tmp_path: Path) -> None:
    (tmp_path / "modelaudit.toml").write_text('fail-on = "low"\n')
    (tmp_path / "ci.toml").write_text('risk = "low"\n')
    found = settings(tmp_path, config=("ci.toml",))
    assert (found.fail_on, found.risk) == (Risk.HIGH, Risk.LOW)


def test_extend_lists_replace_and_tables_add_up(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "base.toml").write_text(
        'select = ["all"]\nextend-exclude = ["x"]\nrules = "feed"\n[[ignore]]\nrule = "legacy-model"\n[names]\nfast = "gpt-4o"\n'
    )
    project = tmp_path / "project"
    project.mkdir()
    (project / "modelaudit.toml").write_text(
        'extend = "../shared/base.toml"\nselect = ["retired-model"]\n[[ignore]]\nrule = "denied-model"\n[names]\nslow = "o1"\n'
    )
    found = settings(project)
    assert found.select == ("retired-model",)
    assert found.extend_exclude == ("x",)
    assert found.rules == (str(shared / "feed"),)
    assert [entry.rule for entry in found.ignores] == ["legacy-model", "denied-model"]
    assert [entry.name for entry in found.names] == ["fast", "slow"]
    assert found.base == str(project)


def test_every_key(tmp_path: Path) -> None:
    (tmp_path / "modelaudit.toml").write_text(
        """\
fail-on = "medium"
select = ["all"]
ignore = ["legacy-model", { rule = "retired-model", model = "gpt-4*", path = "old/**", until = 2027-01-15, reason = "contract" }]
per-file-ignores = { "tests/**" = ["deprecated-model"] }
profiles = ["eu-licensee"]
deny = ["publisher:deepseek", "gpt-4-0613", "fine-tuned", "status:legacy", "openrouter/gpt-*", { family = "gpt-4*", fine-tuned = false }]
allow = ["claude-*"]
respect-gitignore = false
max-file-size = 10
baseline = "base.json"
require-reason = true
max-suppression-days = 90
platforms = { anthropic = "bedrock" }
exposure = { "tools/**" = "developer-tool" }
names = { fast = "gpt-4o", prod = { model = "gpt-4", platform = "azure", version = "0613" } }

[[policy]]
deny = ["gpt-*"]
paths = ["src/**"]
reason = "EU data"
until = "2027-06-30"

[[grant]]
restrictions = ["us-bis-2026-06-12"]
until = 2026-12-31

[[calls]]
match = ["app.llm.ask"]
model = { model = 1 }
"""
    )
    found = settings(tmp_path)
    assert found.fail_on is Risk.MEDIUM
    assert found.ignore == ("legacy-model",)
    assert found.ignores == (Ignore("retired-model", "gpt-4*", "old/**", date(2027, 1, 15), "contract", _place(3)),)
    assert found.per_file_ignores == (("tests/**", ("deprecated-model",)),)
    assert found.policies == (
        Policy(
            deny=(
                Matcher(publisher="deepseek"),
                Matcher(model="gpt-4-0613"),
                Matcher(fine_tuned=True),
                Matcher(status="legacy"),
                Matcher(model="openrouter/gpt-*"),
                Matcher(family="gpt-4*", fine_tuned=False),
            ),
            allow=(Matcher(model="claude-*"),),
            origin=_place(6),
        ),
        Policy((Matcher(model="gpt-*"),), (), ("src/**",), "EU data", date(2027, 6, 30), _place(17)),
    )
    assert found.grants == (Grant(("us-bis-2026-06-12",), date(2026, 12, 31), origin=_place(23)),)
    assert (found.respect_gitignore, found.max_file_size, found.require_reason, found.max_suppression_days) == (False, 10, True, 90)
    assert found.baseline == str(tmp_path / "base.json")
    assert found.platforms == (PlatformHint("bedrock", publisher="anthropic"),)
    assert found.exposure == (ExposureHint(("tools/**",), "developer-tool"),)
    assert found.names == (
        OwnName("fast", "gpt-4o", origin=_place(15)),
        OwnName("prod", "gpt-4", "azure", "0613", origin=_place(15)),
    )
    assert [(call.id, call.match, call.model, call.operation) for call in found.calls] == [
        ("app.llm.ask", ("app.llm.ask",), (("model", 1),), "chat")
    ]


def _place(line: int) -> Location:
    return Location("modelaudit.toml", Span(line, 1, line, 1))


def test_switches_of_the_command_line(tmp_path: Path) -> None:
    found = settings(tmp_path, no_cache=True, no_suppressions=True, no_respect_gitignore=True, strict=True)
    assert (found.cache, found.suppressions, found.respect_gitignore, found.strict) == (False, False, False, True)


@pytest.mark.parametrize("name", ["modelaudi", "model-audit", "model_audit", "models-audit", "modelaudits", "model-id-audit", "modleaudit"])
def test_a_table_whose_name_is_nearly_ours_is_told(name: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(f'[project]\nname = "x"\n\n[[tool.{name}.ignore]]\nrule = "x"\n')
    found = loaded(tmp_path)
    assert found.settings == DEFAULT._replace(base=str(tmp_path))
    assert found.warnings == (f"pyproject.toml:4: [tool.{name}] is no table of this program; did you mean [tool.modelaudit]?",)


@pytest.mark.parametrize("name", ["mypy", "model-auditor", "modelaudit-extra", "pip-audit", "model"])
def test_tables_of_other_programs_are_left_alone(name: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(f'[tool.{name}]\nrule = "x"\n')
    assert loaded(tmp_path).warnings == ()


def test_a_cache_folder_is_not_for_the_project_to_say(tmp_path: Path) -> None:
    (tmp_path / "modelaudit.toml").write_text('cache-dir = "here"\n')
    found = loaded(tmp_path)
    assert found.settings.cache_dir is None
    assert found.warnings == ("modelaudit.toml:1: cache-dir has no effect here; use --cache-dir, or a file given with --config",)
    named = loaded(tmp_path, config=("modelaudit.toml",))
    assert (named.settings.cache_dir, named.warnings) == (str(tmp_path / "here"), ())
