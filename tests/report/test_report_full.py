"""The report for a person: what, where, when, what to do, in the space of a terminal."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
import report_examples as examples
from report_builders import factor

from modelaudit.domain.finding import Risk
from modelaudit.domain.report import Report
from modelaudit.domain.usage import Step
from modelaudit.report.full import render
from modelaudit.report.layout import display_width
from modelaudit.report.style import Style

SGR = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;;[^\x1b]*\x1b\\")


def rendered(report: Report, *, width: int = 80, verbosity: int = 0, color: bool = False, links: bool = False) -> str:
    """The text."""
    out = io.StringIO()
    render(report, out, Style(color, width, links, verbosity))
    return out.getvalue()


def test_a_finding_says_what_where_when_and_what_to_do() -> None:
    text = rendered(examples.june(), width=100)
    assert text.startswith("CRITICAL restricted-model  claude-fable-5 on the Anthropic API is withdrawn")
    assert "--> src/summariser/settings.py:12:27" in text
    assert '12 |     summary_model: str = "claude-fable-5"' in text
    assert re.search(r"critical +src/summariser/service\.py:41:16 client\.messages\.create in summarise_ticket", text)
    assert re.search(
        r"via +src/summariser/settings\.py:12 field Settings\.summary_model\n +src/summariser/service\.py:9 +imported from", text
    )
    assert re.search(r"U4 down +calls fail for all customers since 2026-06-12", text)
    assert re.search(r"E3 unprotected +no other model is tried", text)
    assert re.search(r"D2 revalidate +json\.loads without a schema", text)
    assert re.search(r"use instead +claude-opus-4-8", text)
    assert "https://www.anthropic.com/news/fable-mythos-access" in text
    assert "(official, read 2026-06-13, 1 more with -v)" in text
    assert "Exit 1: 1 finding at high or above (--fail-on high)." in text


def test_carets_stand_below_the_id() -> None:
    lines = rendered(examples.golden()).splitlines()
    for number, line in enumerate(lines):
        if "^" in line and "|" in line:
            start, end = line.index("^"), line.rindex("^") + 1
            marked = next(iter(re.findall(r"[\w.:-]+", _columns(lines[number - 1], start, end))), "")
            assert marked.startswith(("claude", "gpt", "gemini", "anthropic."))
            assert display_width(marked) == end - start


def _columns(line: str, start: int, end: int) -> str:
    cells = "".join(character + "\0" * (display_width(character) - 1) for character in line)  # a wide character takes two columns
    return cells[start:end].replace("\0", "")


def test_the_worst_site_is_told_and_the_others_are_counted_by_level() -> None:
    text = rendered(examples.june())
    assert "+ 5 more call sites: 2 critical, 1 high, 2 low" in text
    assert "tests/test_trim.py" not in text
    everything = rendered(examples.june(), verbosity=1)
    for path in (
        "service.py:41:16",
        "batch.py:88:9",
        "trim.py:14:12",
        "trim.py:31:12",
        "tests/test_service.py:20:5",
        "tests/test_trim.py:9:5",
    ):
        assert path in everything
    assert text.count("RateLimitError does not cover a withdrawn model") == 1, "of the worst site, where it says why nothing protects"


def test_the_law_is_not_called_in_force_after_its_end_while_calls_still_fail() -> None:
    text = " ".join(rendered(examples.june(date(2026, 6, 30))).split())
    assert "Mythos 5: no longer in force, from 2026-06-12 to 2026-06-30 (ended today); bound any foreign national" in text
    assert "calls fail from 2026-06-12 to 2026-07-01 (ends in 1 day)" in text


def test_an_end_that_was_not_announced_on_the_day_is_not_told() -> None:
    text = " ".join(rendered(examples.june(date(2026, 6, 20))).split())
    assert "Mythos 5: in force since 2026-06-12, no end announced; binds any foreign national" in text
    assert "2026-06-30" not in text
    assert "2026-07-01" not in text


def test_an_end_that_was_announced_is_told_with_the_days_left() -> None:
    one = examples.restricted()[0]
    verdict = one.verdict._replace(restriction=examples.EXPORT_ORDER, available_again=date(2026, 7, 1))
    text = " ".join(rendered(examples.report((one._replace(verdict=verdict),), as_of=date(2026, 6, 20))).split())
    assert "in force from 2026-06-12 to 2026-06-30 (ends in 10 days)" in text
    assert "calls fail from 2026-06-12 to 2026-07-01 (ends in 11 days)" in text


def test_the_law_behind_a_suspension_is_told_apart_from_it() -> None:
    one = examples.restricted()[0]
    act = examples.EXPORT_ORDER._replace(id="pause", title="Provider pauses it", kind="suspension", jurisdiction="worldwide", lifted=None)
    law = examples.EXPORT_ORDER._replace(lifted=date(2026, 6, 30))
    verdict = one.verdict._replace(restriction=act, behind=law, available_again=date(2026, 7, 1))
    text = " ".join(rendered(examples.report((one._replace(verdict=verdict),), as_of=date(2026, 6, 30))).split())
    assert "law Export licence requirement for Claude Fable 5 and Mythos 5: no longer in force, from 2026-06-12 to 2026-06-30" in text
    assert "calls fail from 2026-06-12 to 2026-07-01 (ends in 1 day); Provider pauses it (worldwide); pause" in text


def test_a_suspension_is_a_policy_and_its_own_outage() -> None:
    one = examples.restricted()[0]
    act = examples.EXPORT_ORDER._replace(kind="suspension", lifted=None)
    text = rendered(examples.report((one._replace(verdict=one.verdict._replace(restriction=act)),), as_of=date(2026, 6, 20)))
    assert re.search("^  policy ", text, re.MULTILINE)
    assert not re.search("^  (calls|law) ", text, re.MULTILINE)


def test_relief_is_told_only_to_those_whom_it_relieves() -> None:
    mythos = examples.restricted()[0]
    named = mythos.verdict._replace(identity=examples.identity("claude-mythos-5", publisher="anthropic", platform="anthropic"))
    later = date(2026, 6, 27)
    assert "no longer binds entities of Annex A" in rendered(examples.report((mythos._replace(verdict=named),), as_of=later), width=100)
    assert "Annex A" not in rendered(examples.june(later), width=100)
    assert "Annex A" not in rendered(examples.report((mythos._replace(verdict=named),), as_of=date(2026, 6, 25)), width=100)


def test_an_assumed_platform_names_the_worse_one_and_what_settles_it() -> None:
    text = " ".join(rendered(examples.golden()).split())
    assert "judged by the dates of the Anthropic API; on Azure retired since 2026-10-19, 33 days ago; `platforms` in" in text


def test_a_late_start_is_said() -> None:
    assert "start by 2026-11-16, 5 days ago: late" in " ".join(rendered(examples.golden()).split())


def test_third_party_facts_and_disputes_are_marked() -> None:
    text = " ".join(rendered(examples.golden()).split())
    assert "https://ai.google.dev/gemini-api/docs/deprecations (third-party, read 2026-11-10)" in text
    assert "disputed litellm gives 2026-09-30" in text


def test_what_is_not_in_use_says_so() -> None:
    assert "catalog: not seen in use" in rendered(examples.golden())


def test_a_suppressed_finding_stands_last_with_its_reason() -> None:
    text = rendered(examples.golden())
    assert "by comment at jobs/report.py:5 until 2027-01-15, in 55 days: contract until new year" in " ".join(text.split())
    assert text.index("suppressed  gpt-4-0613 on") > text.index("INFO legacy-model")


def test_an_info_finding_takes_few_lines() -> None:
    text = rendered(examples.report((examples.legacy()[0],)))
    block = text[: text.index("\n\n")]
    assert "claude-fable-5-2" in block
    assert len(block.splitlines()) <= 5
    assert "Exit 0: nothing at high or above" in text


def test_what_selects_nothing_takes_few_lines_and_says_why_it_can_wait() -> None:
    text = rendered(examples.report((examples.catalog()[0],)))
    block = text[: text.index("\n\n")]
    assert re.search("low at most +one of many in PRICES", block)
    assert re.search("use instead +gpt-5.6-sol", block)
    assert len(block.splitlines()) <= 5
    assert "What can wait is told in brief: -v tells all." in text
    assert "U4 down" in rendered(examples.report((examples.catalog()[0],)), verbosity=1)


def test_what_stands_in_tests_only_is_brief_and_one_production_site_makes_it_long() -> None:
    one = examples.restricted()[0]
    in_tests = one._replace(risk=Risk.LOW, sites=one.sites[4:])
    text = rendered(examples.report((in_tests,)))
    assert re.search("E0 harmless +under tests/", text)
    assert "effort" not in text
    assert "effort" in rendered(examples.report((in_tests._replace(sites=one.sites[3:]),)))


def test_no_findings_is_a_calm_line() -> None:
    text = rendered(examples.report())
    assert text.splitlines()[0] == "No findings."
    assert len(text.splitlines()) == 3


def test_what_was_not_seen_is_counted_and_listed_on_demand() -> None:
    text = " ".join(rendered(examples.golden()).split())
    assert "2 call sites could not be followed (-v lists them)." in text
    assert "Skipped 3 files: 1 binary, 1 ignored and 1 too large." in text
    assert "the model comes from a database query" not in text
    everything = " ".join(rendered(examples.golden(), verbosity=1).split())
    assert "not followed shop/route.py:44 client.responses.create: the model comes from a database query" in everything
    assert "skipped node_modules: ignored" in everything
    assert "note legacy/latin.py: is not UTF-8" in everything


def test_many_findings_end_with_where_to_begin() -> None:
    lines = rendered(examples.many()).splitlines()
    start = lines.index("Begin with")
    assert lines[start + 1].startswith("  critical  services/service_000/app/llm/client.py:30:38")


def test_quiet_is_two_lines_a_finding() -> None:
    text = rendered(examples.june(), verbosity=-1, width=120)
    assert len(text.splitlines()) == 4  # the message takes two
    assert "src/summariser/settings.py:12:27" in text


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("verbosity", [-1, 0])
def test_no_line_is_wider_than_the_page_save_for_addresses(width: int, verbosity: int) -> None:
    for report in (examples.golden(), examples.june(), examples.many(20), examples.report()):
        for line in rendered(report, width=width, verbosity=verbosity).splitlines():
            assert display_width(line) <= width or "://" in line, line


def test_colour_and_links_change_nothing_but_colour_and_links() -> None:
    report = examples.golden()
    assert SGR.sub("", rendered(report, color=True, links=True)) == rendered(report)
    assert "\x1b" not in rendered(report)


def test_hostile_text_acts_on_no_terminal_and_no_log() -> None:
    text = rendered(examples.golden(), verbosity=1)
    assert not set("\x1b\x9b\x07\u202e") & set(text)
    assert not [line for line in text.splitlines() if line.lstrip().startswith("::")]
    assert not re.search(r"##(\[|vso\[)", text)
    text.encode("utf-8")


def test_links_are_only_to_files_of_the_tree_and_to_pages() -> None:
    text = rendered(examples.golden(), links=True)
    targets = set(re.findall(r"\x1b\]8;;([^\x1b]*)\x1b\\", text)) - {""}
    assert all(target.startswith(("file:///home/ada/shop/", "https://")) for target in targets)
    assert any(target.endswith("/shop/api/answer.py") for target in targets)


def test_a_replacement_that_has_to_go_itself_is_named_and_not_advised() -> None:
    # "use instead o4-mini" stood above "move to gpt-5.6-terra", long after o4-mini had ended.
    one = examples.deprecated()[0]
    sentence = "o4-mini is itself retired: judged up to gpt-5.6-terra"
    chain = factor("F29", "difficulty", "none", sentence, value="o4-mini -> gpt-5.6-terra")
    passing = one._replace(sites=tuple(site._replace(factors=(*site.factors, chain)) for site in one.sites))
    text = rendered(examples.report((passing,)), width=100)
    assert re.search(rf"\n  named +\S.*\n +{re.escape(sentence)}\n", text)
    assert "use instead" not in text
    assert "use instead" in rendered(examples.report((one,)), width=100)


def test_a_setting_that_is_itself_the_site_is_used_where_it_stands() -> None:
    one = examples.retired()[0]
    step = Step(one.usage.path, one.usage.literal.span, "no call that takes it was found")
    placed = one.sites[0].placed
    assert placed is not None
    here = placed._replace(path=one.usage.path, site=placed.site._replace(span=one.usage.literal.span))
    alone = one._replace(sites=(one.sites[0]._replace(placed=here, flow=(step,)),))
    assert "used here" in rendered(examples.report((alone,)), width=100)
    elsewhere = one._replace(sites=(one.sites[0]._replace(flow=(step,)),))
    assert "reaches 1 call site" in rendered(examples.report((elsewhere,)), width=100)
