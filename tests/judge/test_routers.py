"""The construction of a router is no site of its own where the calls of its groups are seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from modelaudit.judge.judge import Judged

ROUTER = """
from litellm import Router

router = Router(
    model_list=[
        {"model_name": "summary", "litellm_params": {"model": "anthropic/claude-3-haiku-20240307"}},
        {"model_name": "backup", "litellm_params": {"model": "anthropic/claude-opus-5-5"}},
    ],
    fallbacks=[{"summary": ["backup"]}],
)
"""
CALL = 'from app.router import router\nrouter.completion(model="summary", messages=[])\n'
CASES = {
    "nobody calls": ({}, {"app/router.py:4 U4 E1"}),
    "production calls": ({"app/calls.py": CALL}, {"app/calls.py:2 U4 E1"}),
    "only a test calls": ({"tests/test_calls.py": CALL}, {"app/router.py:4 U4 E1", "tests/test_calls.py:2 U4 E0"}),
    "a test calls as well": (
        {"app/calls.py": CALL, "tests/test_calls.py": CALL},
        {"app/calls.py:2 U4 E1", "tests/test_calls.py:2 U4 E0"},
    ),
    "another group is called": ({"app/calls.py": CALL.replace("summary", "backup")}, {"app/router.py:4 U4 E1"}),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_the_call_of_a_group_is_the_site(
    pipeline: Callable[[Mapping[str, str], str], Judged], case: tuple[dict[str, str], set[str]]
) -> None:
    calls, wanted = case
    (finding,) = pipeline({"app/__init__.py": "", "app/router.py": ROUTER, **calls}, "2026-11-21").findings
    sites = {f"{site.placed.path}:{site.placed.site.span.line} U{site.urgency} E{site.exposure}" for site in finding.sites if site.placed}
    assert sites == wanted
