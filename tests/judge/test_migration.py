"""Migration rows: every one with a snippet for which it speaks and one for which it must not; matching, prices, requirements."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelaudit.config.settings import DEFAULT
from modelaudit.domain.errors import FeedError
from modelaudit.domain.facts import FileFacts
from modelaudit.domain.finding import Finding
from modelaudit.domain.lifecycle import Status
from modelaudit.domain.migration import MigrationExample
from modelaudit.feed import migrations, migrations_source, risk
from modelaudit.judge.case import Case, Standing, Withdrawal
from modelaudit.judge.changes import changes
from modelaudit.judge.context import Rulebook, make_context
from modelaudit.judge.judge import Judged
from modelaudit.judge.migration_book import MigrationBook
from modelaudit.judge.replacement import Target
from modelaudit.judge.requirements import reaches
from modelaudit.judge.wild import named

Pipeline = Callable[..., Judged]
Tracing = Callable[..., tuple[Judged, dict[str, FileFacts]]]
RULES = str(Path(__file__).parents[2] / "rules")
BOOK = Rulebook(risk.decode(risk.build(RULES)), migrations.decode(migrations.build(RULES)), {}, {})
EXAMPLES = migrations.examples(RULES)
CALL = 'import anthropic\nclient = anthropic.Anthropic()\nclient.messages.create(model="{}", {}messages=m)\n'


class NoOthers:
    """No model but the one judged."""

    def of(self, name: str, platform: str | None, region: str | None) -> Standing | None:
        del name, platform, region
        return None

    def alternatives(self, publisher: str, platform: str | None, region: str | None) -> tuple[Standing, ...]:
        del publisher, platform, region
        return ()

    def withdrawals(self, publisher: str, line: str) -> tuple[Withdrawal, ...]:
        del publisher, line
        return ()


class Spoken(NamedTuple):
    """What judging says of a row at a call."""

    row: str
    breaking: bool
    """True when the row is among the breaking changes, and not only named."""
    lines: tuple[int, ...]


def laid_out(code: str) -> str:
    """The snippet with every argument of the outermost call on a line of its own, so that a line is a place."""
    rows: list[str] = []
    for line in code.split("\n"):
        call = next((node for node in ast.walk(ast.parse(line)) if isinstance(node, ast.Call) and node.keywords), None)
        if call is None:
            rows.append(line)
            continue
        start = call.func.end_col_offset or 0
        given = [ast.get_source_segment(line, node) or "" for node in (*call.args, *call.keywords)]
        rows += [f"{line[:start]}(", *(f"    {one}," for one in given), f"){line[call.end_col_offset :]}"]
    return "\n".join(rows) + "\n"


def spoken(example: MigrationExample, trace: Tracing) -> tuple[Spoken, ...]:
    """Run a snippet through extracting, linking and judging, towards the model that it moves to."""
    files = {"app/service.py": laid_out(example.code)}
    if example.requires:
        files["requirements.txt"] = example.requires + "\n"
    judged, facts = trace(files, "2026-11-21")
    assert judged.uses, "the snippet must hold a model ID that is seen, or silence proves nothing"
    made = make_context(NoOthers(), BOOK, DEFAULT, date(2026, 11, 21), facts, ())
    standing = Standing(example.target, example.target, Status.ACTIVE, None, None, None, None)
    found: list[Spoken] = []
    for use in judged.uses:
        assert use.verdict is not None
        for point in changes(Case(use.usage, use.verdict), Target(standing, (example.target,), "drop-in", None), made):
            for factor in point.factors:
                rows = [one.feed.removeprefix("migrations: ") for one in factor.evidence if one.feed is not None]
                lines = tuple(one.line for one in factor.evidence if one.line is not None)
                found += [Spoken(row, bool(point.breaking), lines) for row in rows]
                assert all(item.line in lines for item in point.breaking)
    return tuple(found)


@pytest.mark.parametrize("example", [one for one in EXAMPLES if one.speaks], ids=lambda one: one.row)
def test_a_row_speaks_at_its_place(example: MigrationExample, trace: Tracing) -> None:
    (heard, *_) = [one for one in spoken(example, trace) if one.row == example.row]
    row = next(one for one in BOOK.migrations.rows if one.id == example.row)
    rows = laid_out(example.code).split("\n")
    if row.check:
        assert not heard.breaking
        return
    if row.place != "id" and not any(one.absent for one in row.when):
        assert heard.breaking
    wanted = example.at or next(line for line in reversed(rows) if line.endswith("(") or "(" in line)
    assert heard.lines == (1 + next(number for number, line in enumerate(rows) if wanted in line),)


@pytest.mark.parametrize("example", [one for one in EXAMPLES if not one.speaks], ids=lambda one: one.row)
def test_a_row_keeps_silent(example: MigrationExample, trace: Tracing) -> None:
    assert example.row not in {one.row for one in spoken(example, trace)}


def test_every_row_has_both() -> None:
    ids = {row.id for row in BOOK.migrations.rows}
    for speaks in (True, False):
        assert {one.row for one in EXAMPLES if one.speaks is speaks} == ids


@pytest.mark.parametrize(
    ("before", "after", "ratio_in", "ratio_out"),
    [
        ("gpt-3.5-turbo-0125", "gpt-5.6-terra", 4, 8),
        ("gpt-4.1-nano-2025-04-14", "gpt-5.6-luna", 2, 3),
        ("o3-mini-2025-01-31", "gpt-5.6-sol", 3.6, 4.5),
        ("o4-mini-2025-04-16", "gpt-5.6-terra", 1.8, 2.7),
        ("gpt-5-2025-08-07", "gpt-5.6-sol", 3.2, 2),
        ("gpt-5-mini-2025-08-07", "gpt-5.6-terra", 8, 6),
        ("gpt-5-nano-2025-08-07", "gpt-5.6-luna", 4, 3),
        ("gpt-4o-2024-08-06", "gpt-6-luna", 0.04, 0.05),
        ("claude-3-haiku-20240307", "claude-haiku-4-5-20251001", 4, 4),
        ("gemini-2.5-flash-lite", "gemini-3.1-flash-lite", 2.5, 3.8),
        ("claude-fable-5", "claude-opus-4-8", 0.5, 0.5),
    ],
)
def test_ratios_of_list_prices(before: str, after: str, ratio_in: float, ratio_out: float) -> None:
    book = MigrationBook(BOOK.migrations)
    old, new = book.price(before), book.price(after)
    assert old is not None
    assert new is not None
    assert new.input / old.input == pytest.approx(ratio_in, abs=0.05)
    assert new.output / old.output == pytest.approx(ratio_out, abs=0.05)


def only(judged: Judged) -> Finding:
    (finding,) = judged.findings
    return finding


def test_what_breaks_is_listed_with_its_place(pipeline: Pipeline) -> None:
    code = (
        "import openai\nclient = openai.OpenAI()\n"
        'client.chat.completions.create(\n    model="gpt-4o-mini",\n    max_tokens=256,\n    temperature=0,\n    messages=m,\n)\n'
    )
    finding = only(pipeline({"app/service.py": code}, "2026-11-21"))
    assert [(item.parameter, item.effect, item.line) for item in finding.breaking] == [
        ("max_tokens", "error", 5),
        ("temperature", "error", 6),
    ]
    assert all(item.source.startswith("https://") and item.reason for item in finding.breaking)
    assert finding.sites[0].difficulty == 1


def test_a_literal_above_the_new_ceiling(pipeline: Pipeline) -> None:
    code = CALL.format("claude-3-haiku-20240307", "max_tokens=100000, ")
    finding = only(pipeline({"app/service.py": code}, "2026-02-20"))
    assert any("exceeds the 64,000 output tokens" in factor.sentence for factor in finding.sites[0].factors)
    assert finding.sites[0].difficulty == 2


def test_a_call_that_is_refused_already_is_down(pipeline: Pipeline) -> None:
    fine = only(pipeline({"app/service.py": CALL.format("claude-opus-4-8", "")}, "2026-11-21"))
    assert (fine.rule, fine.sites[0].urgency) == ("legacy-model", 0)
    refused = only(pipeline({"app/service.py": CALL.format("claude-opus-4-8", "temperature=0.2, ")}, "2026-11-21"))
    assert (refused.rule, refused.sites[0].urgency) == ("legacy-model", 4)
    assert "refused already" in refused.message
    unread = only(pipeline({"app/service.py": CALL.format("claude-opus-4-8", "temperature=t, ")}, "2026-11-21"))
    assert unread.sites[0].urgency == 0, "a value that cannot be read may be one that is accepted"


@pytest.mark.parametrize(
    ("requirement", "package", "release", "expected"),
    [
        ("anthropic==1.2.0", "anthropic", "1.0", True),
        ("anthropic==1", "anthropic", "1.0", True),
        ("anthropic>=1,<2", "anthropic", "1.0", True),
        ("anthropic[bedrock]>=1.0.0", "anthropic", "1.0", True),
        ("anthropic~=1.4", "anthropic", "1.0", True),
        ("anthropic^1.4", "anthropic", "1.0", True),
        ("anthropic==0.84.0", "anthropic", "1.0", False),
        ("anthropic<1", "anthropic", "1.0", False),
        ("anthropic", "anthropic", "1.0", False),
        ("anthropic>=0.9,<1", "anthropic", "1.0", False),
        ("Google_GenAI==2", "google-genai", "1.0", True),
        ("anthropic-extras==1.2", "anthropic", "1.0", False),
        ("anthropic", "anthropic", "", True),
        ("==1.0", "anthropic", "1.0", False),
    ],
)
def test_requirements(requirement: str, package: str, release: str, expected: bool) -> None:
    assert reaches(requirement, package, release) is expected


@given(st.text(max_size=40))
def test_any_requirement_text_is_read_without_an_error(text: str) -> None:
    assert reaches(text, "anthropic", "1.0") in (True, False)


def test_globs_that_take_away() -> None:
    assert named(("gpt-4*", "!*audio*"), "gpt-4o")
    assert not named(("gpt-4*", "!*audio*"), "gpt-4o-audio-preview")
    assert not named(("!*audio*", "gpt-4*"), "gpt-4o-audio-preview"), "whatever the order"
    assert not named((), "gpt-4o")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('from = ["*"]', 'from = ["@nobody"]'), "set '@nobody' is not defined"),
        (('source = ["A"]', 'source = ["B"]'), "source 'B' is not defined"),
        (('trace = "prefill"', 'trace = "prefil"'), "no kind of trace"),
        (('effect = "error"', 'effect = "explodes"'), "row"),
        (('argument = ["x"]', 'value = ["x"]'), "a value needs an argument"),
    ],
)
def test_a_broken_file_says_which_row(change: tuple[str, str], said: str, tmp_path: Path) -> None:
    text = (
        'schema = "1"\n[source.A]\ntitle = "A"\nurl = "https://a.example"\nofficial = true\n[[row]]\nid = "r"\nfrom = ["*"]\nto = ["*"]\n'
        'feature = "x"\neffect = "error"\nwhy = "y"\nsource = ["A"]\nconfidence = "official"\n'
        'when = [{ argument = ["x"] }, { trace = "prefill" }]\n'
    )
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "a.toml").write_text(text, encoding="utf-8")
    assert migrations.decode(migrations.build(str(tmp_path))).rows
    (folder / "a.toml").write_text(text.replace(*change), encoding="utf-8")
    with pytest.raises(FeedError, match=said):
        migrations_source.files(str(tmp_path))
