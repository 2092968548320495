"""Composed values of which the source shows only a part; U+FFFC stands for the rest."""

from datetime import date

import pytest

from modelaudit.identify import Identifier

HAIKU_3 = "claude-3-haiku-20240307"


@pytest.mark.parametrize(
    ("text", "model", "platform"),
    [
        ("_.anthropic.claude-3-haiku-20240307-v1:0", HAIKU_3, "bedrock"),
        ("bedrock/_.anthropic.claude-3-haiku-20240307-v1:0", HAIKU_3, "bedrock"),
        ("bedrock/_/anthropic.claude-3-haiku-20240307-v1:0", HAIKU_3, "bedrock"),
        ("_/gpt-4-0613", "gpt-4-0613", None),
        ("_:gpt-4-0613", "gpt-4-0613", None),
        ("_gpt-4-0613", "gpt-4-0613", None),
        ("_/_/gpt-4-0613", "gpt-4-0613", None),
        ("arn:aws:bedrock:_::foundation-model/anthropic.claude-3-haiku-20240307-v1:0", HAIKU_3, "bedrock"),
        ("arn:_:bedrock:_:_:inference-profile/us.anthropic.claude-3-haiku-20240307-v1:0", HAIKU_3, "bedrock"),
        ("projects/_/locations/_/publishers/google/models/gemini-2.5-pro", "gemini-2.5-pro", "vertex"),
        ("anthropic.claude-3-haiku-20240307-v1:_", HAIKU_3, "bedrock"),
        ("claude-3-haiku@_", HAIKU_3, None),
        ("ft:gpt-4o-mini-2024-07-18:_", "gpt-4o-mini-2024-07-18", None),
        ("openai/gpt-4-0613:_", "gpt-4-0613", None),
    ],
)
def test_a_whole_id_beside_a_hole_is_identified(identifier: Identifier, today: date, text: str, model: str, platform: str | None) -> None:
    found = identifier.identify(text.replace("_", "\ufffc"), as_of=today)
    assert found is not None
    assert (found.model, found.platform, found.region) == (model, platform, None)
    assert "\ufffc" not in found.matched


@pytest.mark.parametrize(
    "text", ["gpt-4_", "gpt-4-_", "_-gpt-4", "gpt-_", "gpt-_-mini", "_", "__", "_/_", "claude-3-_-20240229", "my-_/gpt-4", "runs/_/gpt-4"]
)
def test_a_hole_in_the_name_itself_names_nothing(identifier: Identifier, today: date, text: str) -> None:
    assert identifier.identify(text.replace("_", "\ufffc"), as_of=today) is None


@pytest.mark.parametrize("text", ["azure/_", "ollama/_", "_/my-own"])
def test_a_hole_is_no_opaque_name(identifier: Identifier, today: date, text: str) -> None:
    found = identifier.identify(text.replace("_", "\ufffc"), dialect="litellm", as_of=today)
    assert found is None
