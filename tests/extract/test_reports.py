"""Reports that lie in the tree are no configuration: they are counted and passed over, whatever their names."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest

from modelaudit.cli import run
from modelaudit.extract.reports import is_report
from modelaudit.terminal import Terminal

CODE = 'import anthropic\n\nMODEL = "claude-3-haiku-20240307"\nanthropic.Anthropic().messages.create(model=MODEL, max_tokens=9)\n'
WRITTEN = {
    "a report": ("scan", "--format", "json", "-o", "audit.json"),
    "a report by lines": ("scan", "--format", "jsonl", "-o", "audit.jsonl"),
    "SARIF": ("scan", "--format", "sarif", "-o", "audit.sarif.json"),
    "Code Quality": ("scan", "--format", "gitlab", "-o", "gl-code-quality-report.json"),
    "JUnit": ("scan", "--format", "junit", "-o", "audit.xml"),
    "Markdown": ("scan", "--format", "markdown", "-o", "audit.md"),
    "an inventory": ("inventory", "--format", "json", "-o", "models.json"),
    "a bill of materials": ("inventory", "--format", "cyclonedx", "-o", "bom.json"),
    "a baseline under another name": ("baseline", "write", "--baseline", "known.json"),
}


def command(folder: Path, *arguments: str) -> str:
    out = io.StringIO()
    terminal = Terminal(out, io.StringIO(), io.StringIO(), {}, str(folder), lambda: date(2026, 11, 21))
    assert run(arguments, terminal) in (0, 1)
    return out.getvalue()


@pytest.mark.parametrize("arguments", WRITTEN.values(), ids=WRITTEN)
def test_what_was_written_into_the_tree_is_no_finding(arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "app.py").write_text(CODE)
    before = json.loads(command(tmp_path, "scan", "--format", "json", "--isolated"))["findings"]
    command(tmp_path, *arguments)
    report = json.loads(command(tmp_path, "scan", "--format", "json", "--isolated"))
    assert report["findings"] == before
    assert len(before) == 1


@pytest.mark.parametrize(
    "text",
    [
        b'{"schema": "modelaudit-report/1"}',
        b'\xef\xbb\xbf{\n "schema" : "modelaudit-baseline/1", "findings": []}',
        b'{"kind": "summary", "schema": "modelaudit-report/1"}',
        b'{"$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json", "bomFormat": "CycloneDX"}',
        b'{"version": "2.1.0", "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "runs": []}',
    ],
)
def test_reports(text: bytes) -> None:
    assert is_report("json", text)


@pytest.mark.parametrize(
    "text",
    [
        b'{"model": "gpt-4-0613"}',
        b'{"llm": {"schema": "modelaudit-report/1"}, "model": "gpt-4-0613"}',
        b'{"steps": ["x"], "bomFormat": "CycloneDX"}',
        b'{"$schema": "https://example.invalid/config.schema.json", "model": "gpt-4-0613"}',
        b'{"schema": "modelaudit-settings/1"}',
        b"",
    ],
)
def test_configuration_stays_configuration(text: bytes) -> None:
    assert not is_report("json", text)


def test_only_json_is_asked() -> None:
    assert not is_report("python", b'{"schema": "modelaudit-report/1"}')


def test_it_is_said_that_a_report_was_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "app.py").write_text(CODE)
    (tmp_path / "audit.json").write_text(command(tmp_path, "scan", "--format", "json"))
    report = json.loads(command(tmp_path, "scan", "--format", "json"))
    assert report["summary"]["skipped"] == 1
    assert [(one["path"], one["why"]) for one in report["skipped"]] == [("audit.json", "report")]
