"""Known IDs inside comments, docstrings, messages and Markdown."""

import pytest

from modelaudit.identify import Identifier


def _found(identifier: Identifier, text: str) -> list[str]:
    return [text[start:end] for start, end in identifier.tokens(text)]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("use gpt-4 here", ["gpt-4"]),
        ("gpt-4", ["gpt-4"]),
        ("We moved from gpt-4-0613 to gpt-4o.", ["gpt-4-0613", "gpt-4o"]),
        ("Models: gpt-4, gpt-4o, and claude-opus-4-6!", ["gpt-4", "gpt-4o", "claude-opus-4-6"]),
        ('model="gpt-4o"', ["gpt-4o"]),
        ("model = 'claude-3-haiku-20240307'", ["claude-3-haiku-20240307"]),
        ("`openai/gpt-4o` or (anthropic:claude-opus-4-6)", ["openai/gpt-4o", "anthropic:claude-opus-4-6"]),
        ("MODEL=gpt-4o ./run --model=gpt-4-0613", ["gpt-4o", "gpt-4-0613"]),
        ("Is it gpt-4o? No: gpt-4o; gpt-4o: yes...", ["gpt-4o", "gpt-4o", "gpt-4o"]),
        (
            "anthropic.claude-v2:1, us.anthropic.claude-3-haiku-20240307-v1:0.",
            ["anthropic.claude-v2:1", "us.anthropic.claude-3-haiku-20240307-v1:0"],
        ),
        ("使用gpt-4o模型", ["gpt-4o"]),
        ("gpt-4's answer", ["gpt-4"]),
        ("claude-fable-5[1m]", ["claude-fable-5"]),
        ("{'gpt-4o': 128000, \"gpt-4\": 8192}", ["gpt-4o", "gpt-4"]),
        ("vertex: claude-3-opus@20240229", ["claude-3-opus@20240229"]),
    ],
)
def test_finds_whole_ids(identifier: Identifier, text: str, ids: list[str]) -> None:
    assert _found(identifier, text) == ids


@pytest.mark.parametrize(
    "text",
    [
        "my-gpt-4-wrapper and gpt-4-0613-results.json",
        "see https://example.com/gpt-4o and #gpt-4o",
        "docker pull ghcr.io/acme/gpt-4o:latest",
        "the o1 and o3 variables, the command, a sonar, nova",
        "path/to/gpt-4o/file C:\\gpt-4o\\x ../gpt-4o",
        "GPT-4o and Claude Sonnet 4.5 and Gemini",
        "gpt-4* gpt-4o-* anthropic.claude-opus-4-*",
        "my_gpt-4o gpt-4o_x $gpt-4o",
        "gpt-4/gpt-4o",
        "foo@gpt-4.com gpt-4@example.com",
        "an unknown gpt-7 is no known ID",
        "",
    ],
)
def test_finds_nothing_in_look_alikes(identifier: Identifier, text: str) -> None:
    assert _found(identifier, text) == []
