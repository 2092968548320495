"""The hook, the action, the component and the recipes name options that exist, and hand inputs over by the environment only.

`zizmor`, `actionlint` and `check-jsonschema` check the action, the component and the recipes where they are installed;
`tools/try_pre_commit.py` proves the hook.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from modelaudit.cli.parse import parse
from modelaudit.domain.option import Option
from modelaudit.options import options_of

ROOT = Path(__file__).parent.parent
SCAN = {option.flag: option for option in options_of("scan")}


def variables() -> dict[str, Option]:
    return {option.variable: option for option in SCAN.values()}


def test_the_hook_is_a_plain_scan() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    program, *arguments = hook["entry"].split()
    assert program == "modelaudit"
    found = parse([*arguments, "a.py", "b.py"])
    assert found is not None
    assert found.arguments == ("a.py", "b.py")
    assert found.has("force-exclude")


def test_the_action_passes_inputs_by_the_environment() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    for step in action["runs"]["steps"]:
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"
        for name in step["env"]:
            assert not name.startswith("MODELAUDIT_") or name in variables()
    used = set(re.findall(r"inputs\.([a-z-]+)", (ROOT / "action.yml").read_text()))
    assert used == set(action["inputs"])


def test_the_action_uses_options_that_exist() -> None:
    flags = re.findall(r"(?<=\s)--[a-z-]+", (ROOT / "action.yml").read_text())
    assert {flag for flag in flags if flag != "--quiet"} <= set(SCAN)


def scan_step(tmp_path: Path, **inputs: str) -> tuple[int, dict[str, str], str, str]:
    """Runs the action's scan as a runner would: exit code, outputs, summary, log."""
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    step = next(step for step in action["runs"]["steps"] if step["name"] == "Scan")
    values = {name: inputs.get(name.replace("-", "_"), str(one["default"])) for name, one in action["inputs"].items()}
    environ = {name: values[str(word).removeprefix("${{ inputs.").removesuffix(" }}")] for name, word in step["env"].items()}
    runner = tmp_path / "runner"
    (runner / "modelaudit" / "bin").mkdir(parents=True)
    (runner / "modelaudit" / "bin" / "modelaudit").symlink_to(Path(sys.executable).with_name("modelaudit"))
    files = {"GITHUB_OUTPUT": runner / "output", "GITHUB_STEP_SUMMARY": runner / "summary"}
    environ |= {"RUNNER_TEMP": str(runner), "PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "")}
    environ |= {name: str(path) for name, path in files.items()}
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=tmp_path / "project",
        env=environ,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    outputs = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text().splitlines())
    summary = files["GITHUB_STEP_SUMMARY"].read_text() if files["GITHUB_STEP_SUMMARY"].exists() else ""
    return done.returncode, outputs, summary, done.stdout


@pytest.mark.skipif(shutil.which("bash") is None, reason="the action's steps are for bash")
def test_one_run_of_the_action_gives_annotations_summary_sarif_and_outputs(tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "a b.py").write_text(
        'import anthropic\nanthropic.Anthropic().messages.create(model="claude-3-haiku-20240307")\n'
    )
    (tmp_path / "project" / "c.py").write_text('MODEL = "claude-3-opus-20240229"\n')
    code, outputs, summary, log = scan_step(tmp_path, paths="a b.py\n", as_of="2026-11-21", sarif_file="out.sarif")
    assert (code, outputs) == (1, {"exit-code": "1", "sarif-file": "out.sarif"})
    assert "::error file=a b.py,line=2" in log
    assert "c.py" not in log
    assert summary.startswith("### modelaudit: 1 finding")
    assert "claude-3-haiku-20240307" in (tmp_path / "project" / "out.sarif").read_text()


@pytest.mark.skipif(shutil.which("bash") is None, reason="the action's steps are for bash")
def test_inputs_of_the_action_are_no_part_of_its_script(tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    hostile = '"; touch ran; echo "$(touch ran2)'
    code, outputs, _, _ = scan_step(tmp_path, paths=".", diff_base=hostile, sarif_file=f"x\nexit-code=0\n{hostile}")
    assert (code, outputs["exit-code"]) == (2, "2")
    assert sorted(path.name for path in (tmp_path / "project").iterdir()) == []


def component() -> tuple[dict[str, dict[str, object]], str, dict[str, object]]:
    """Inputs, name and body of the component's only job."""
    header, jobs = yaml.safe_load_all((ROOT / "templates" / "modelaudit.yml").read_text())
    ((name, job),) = jobs.items()
    return header["spec"]["inputs"], name, job


def test_the_component_passes_inputs_by_variables() -> None:
    inputs, name, job = component()
    script = "\n".join(str(line) for line in yaml.safe_load(yaml.safe_dump(job["script"])))
    assert "$[[" not in script
    used = set(re.findall(r"\$\[\[ inputs\.([a-z-]+) \]\]", (ROOT / "templates" / "modelaudit.yml").read_text()))
    assert used == set(inputs)
    assert name == "$[[ inputs.job-name ]]"
    wanted = {one for one in yaml.safe_load(yaml.safe_dump(job["variables"])) if one.startswith("MODELAUDIT_")}
    assert wanted - {"MODELAUDIT_PACKAGE"} <= set(variables())
    assert set(re.findall(r"(?<=\s)--[a-z-]+", script)) - {"--quiet"} <= set(SCAN)


@pytest.mark.skipif(shutil.which("bash") is None, reason="the job's script is for a shell")
def test_the_job_of_the_component_fails_and_leaves_its_reports(tmp_path: Path) -> None:
    inputs, _, job = component()
    project, programs = tmp_path / "project", tmp_path / "modelaudit-venv" / "bin"
    project.mkdir()
    programs.mkdir(parents=True)
    (programs / "modelaudit").symlink_to(Path(sys.executable).with_name("modelaudit"))
    (project / "a.py").write_text('import anthropic\nanthropic.Anthropic().messages.create(model="claude-3-haiku-20240307")\n')
    given = {"as-of": "2026-11-21"} | {
        name: str(one["default"]) for name, one in yaml.safe_load(json.dumps(inputs)).items() if name != "as-of"
    }
    words = yaml.safe_load(json.dumps(job["variables"]))
    environ = {name: re.sub(r"\$\[\[ inputs\.([\w-]+) \]\]", lambda found: given[found[1]], word) for name, word in words.items()}
    environ |= {"CI_PROJECT_DIR": str(project), "PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "")}
    scan = yaml.safe_load(json.dumps(job["script"]))[-1]
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", scan], cwd=project, env=environ, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 1, done.stderr
    (entry,) = json.loads((project / "gl-code-quality-report.json").read_text())
    assert (entry["check_name"], entry["severity"], entry["location"]["path"]) == ("retired-model", "blocker", "a.py")
    assert 'failures="1"' in (project / "modelaudit.xml").read_text()


def test_inputs_on_the_page_are_those_there_are() -> None:
    page = " ".join((ROOT / "docs" / "integrations.md").read_text("utf-8").split())
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    told = re.search(r"inputs of the action are (.*?); its outputs are (.*?)\.", page)
    assert told is not None
    assert [set(re.findall(r"`([a-z-]+)`", part)) for part in told.groups()] == [set(action["inputs"]), set(action["outputs"])]
    inputs = re.search(r"Its inputs are (.*?)\. The findings", page)
    assert inputs is not None
    assert set(re.findall(r"`([a-z-]+)`", inputs[1])) == set(component()[0])


def workflows() -> list[str]:
    """The workflows of the page, with its placeholders filled in."""
    page = (ROOT / "docs" / "integrations.md").read_text("utf-8")
    blocks = re.findall(r"^```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    filled = (block.replace("<this repository>", "owner/modelaudit").replace("<commit>", "0" * 39 + "1") for block in blocks)
    return [block for block in filled if "jobs:" in block]


def test_every_recipe_is_yaml() -> None:
    page = (ROOT / "docs" / "integrations.md").read_text("utf-8")
    for block in re.findall(r"^```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL):
        yaml.safe_load(block)
    assert len(workflows()) == 3
    known = set(yaml.safe_load((ROOT / "action.yml").read_text())["inputs"])
    for workflow in workflows():
        steps = yaml.safe_load(workflow)["jobs"]["models"]["steps"]
        (given,) = (step["with"] for step in steps if step["uses"].startswith("owner/modelaudit@"))
        assert set(given) <= known


@pytest.mark.parametrize(("program", "options"), [("zizmor", ["--offline", "--pedantic", "--no-progress"]), ("actionlint", [])])
def test_linters_have_nothing_to_say(program: str, options: list[str], tmp_path: Path) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    for number, workflow in enumerate(workflows()):
        (folder / f"models-{number}.yml").write_text(workflow)
    shutil.copy(ROOT / "action.yml", tmp_path)
    files = [str(path) for path in sorted(folder.iterdir())] + ([str(tmp_path / "action.yml")] if program == "zizmor" else [])
    done = subprocess.run([program, *options, *files], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def written(folder: Path) -> dict[str, list[Path]]:
    """The files of the integrations by the schema of the host that reads them, with inputs and placeholders filled in."""
    inputs, _, _ = component()
    job = (ROOT / "templates" / "modelaudit.yml").read_text().split("\n---\n")[1]
    page = (ROOT / "docs" / "integrations.md").read_text("utf-8")
    recipe = next(block for block in re.findall(r"^```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL) if "component:" in block)
    texts = {
        "job.gitlab-ci.yml": re.sub(r"\$\[\[ inputs\.([\w-]+) \]\]", lambda found: str(inputs[found[1]]["default"]), job),
        "recipe.gitlab-ci.yml": recipe.replace("<address of this repository>", "example.invalid/models").replace("<version>", "0.1.0"),
        **{f"{number}.yml": workflow for number, workflow in enumerate(workflows())},
    }
    for name, text in texts.items():
        (folder / name).write_text(text)
    return {
        "vendor.gitlab-ci": [folder / name for name in texts if "gitlab" in name],
        "vendor.github-workflows": [folder / name for name in texts if "gitlab" not in name],
        "vendor.github-actions": [ROOT / "action.yml"],
    }


@pytest.mark.parametrize("schema", ["vendor.gitlab-ci", "vendor.github-workflows", "vendor.github-actions"])
def test_the_schemas_of_the_hosts_accept_them(schema: str, tmp_path: Path) -> None:
    program = shutil.which("check-jsonschema")
    if program is None:
        pytest.skip("check-jsonschema is not installed")
    options = ["--data-transform", "gitlab-ci"] if schema == "vendor.gitlab-ci" else []
    command = [program, *options, "--builtin-schema", schema, *map(str, written(tmp_path)[schema])]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_recipes_use_options_that_exist() -> None:
    page = (ROOT / "docs" / "integrations.md").read_text("utf-8")
    commands = re.findall(r"modelaudit (scan .*)", page)
    assert commands
    for command in commands:
        assert parse(command.split()) is not None, command
    assert set(re.findall(r"`(--[a-z-]+)", page)) <= set(SCAN)
