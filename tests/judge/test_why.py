"""Why a level is not one higher or lower."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path

from modelaudit.domain.finding import SiteRisk
from modelaudit.feed import risk
from modelaudit.judge.judge import Judged
from modelaudit.judge.why import why

Pipeline = Callable[..., Judged]
TABLE = risk.decode(risk.build(str(Path(__file__).parents[2] / "rules"))).table
CODE = (
    "import anthropic\nclient = anthropic.Anthropic()\n\n\ndef ask(text):\n"
    '    return client.messages.create(model="claude-fable-5", messages=text)\n'
)


def site(pipeline: Pipeline, path: str = "app/a.py", code: str = CODE) -> SiteRisk:
    (finding,) = pipeline({path: code}, "2026-06-20").findings
    return finding.sites[0]


def test_an_outage_without_protection(pipeline: Pipeline) -> None:
    lines = why(site(pipeline), TABLE)
    assert lines[0] == "U4 down E3 unprotected D2 revalidate: critical"
    assert any(line.startswith("not lower: exposure is unprotected, because") and "no other model is tried" in line for line in lines)
    assert any(line.endswith("at E1 protected it would be high") for line in lines)
    assert not any(line.startswith("not higher") for line in lines)


def test_a_test_is_harmless(pipeline: Pipeline) -> None:
    lines = why(site(pipeline, "tests/test_a.py"), TABLE)
    assert lines[0] == "U4 down E0 harmless D2 revalidate: low"
    assert "not higher: exposure is only harmless; at E1 protected it would be high" in lines


def test_a_binding_that_is_not_seen_in_use_says_why_it_is_quieter(pipeline: Pipeline) -> None:
    lines = why(site(pipeline, code='MODEL = "claude-fable-5"\n'), TABLE)
    assert lines[1].startswith("shown as high: not seen in use")


def test_what_is_said_of_neighbours_is_what_the_table_says(pipeline: Pipeline) -> None:
    base = site(pipeline)
    for urgency, exposure, difficulty, late in product(range(5), range(4), range(4), (False, True)):
        level = TABLE.level(urgency, exposure, difficulty, late)
        made = base._replace(urgency=urgency, exposure=exposure, difficulty=difficulty, late=late, risk=level)
        lines = why(made, TABLE)
        assert lines[0].endswith(f": {level.value}")
        for line in lines[1:]:
            if line.startswith("not higher"):
                assert not line.endswith(f"be {level.value}")
