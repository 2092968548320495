"""Which models a restriction means."""

from pathlib import Path

import pytest
import tomli

from modelaudit.feed.bindings import is_meant
from modelaudit.feed.load import Feed


@pytest.mark.parametrize(
    ("subject", "key", "publisher", "wanted"),
    [
        ("claude-fable-5", "claude-fable-5", "anthropic", True),
        ("claude-fable-5", "claude-fable-5-1", "anthropic", False),
        ("claude-mythos-*", "claude-mythos-5-2", "anthropic", True),
        ("gpt-daybreak-*-latest", "gpt-daybreak-red-latest", "openai", True),
        ("publisher:deepseek", "deepseek-v3.1", "deepseek", True),
        ("publisher:deepseek", "mai-ds-r1", "microsoft", False),
        ("*", "anything", "anyone", True),
    ],
)
def test_a_subject(subject: str, key: str, publisher: str, wanted: bool) -> None:
    assert is_meant(subject, key, publisher) == wanted


@pytest.mark.parametrize(
    ("id_", "inside", "outside"),
    [
        ("mythos-access-gate", {"claude-mythos-5", "claude-mythos-5-1", "claude-mythos-5-2", "claude-mythos-preview"}, {"claude-fable-5"}),
        ("us-ear-2026-06", {"claude-fable-5", "claude-mythos-5"}, {"claude-fable-5-1", "claude-opus-4-8"}),
        ("us-ndaa-2026-1532", {"deepseek-r1", "kimi-k2.5", "glm-4.7"}, {"gpt-oss-120b", "llama-3.3-70b-instruct"}),
        ("llama-3-multimodal-eu", {"llama-3.2-11b-vision-instruct", "llama-3.2-90b-vision-instruct"}, {"llama-3.3-70b-instruct"}),
        ("llama-4-multimodal-eu", {"llama-4-scout-17b-16e-instruct"}, {"llama-3.3-70b-instruct"}),
        ("us-ai-diffusion-rule", {"gpt-4-0613", "gemini-2.5-pro"}, {"gpt-oss-120b", "gemma2-9b-it"}),
        ("openai-trusted-access", {"gpt-5.6-cyber", "gpt-daybreak-red-latest"}, {"gpt-5.6-sol"}),
        ("aws-bedrock-legacy", {"claude-sonnet-4-5-20250929"}, {"claude-fable-5", "gpt-4-0613"}),
    ],
)
def test_the_subjects_of_shipped_acts(feed: Feed, id_: str, inside: set[str], outside: set[str]) -> None:
    subjects = set(feed.restriction(id_).subjects)
    assert inside <= subjects
    assert not outside & subjects


def test_only_what_binds_everyone_is_in_the_default_profile(feed: Feed) -> None:
    default = {id_ for id_ in feed.restriction_ids() if "default" in feed.restriction(id_).profiles}
    assert default == {"anthropic-suspension-2026-06", "gpt-5-6-staged-release", "mythos-access-gate", "us-ear-2026-06"}


def test_every_act_says_who_is_bound_by_what_evidence(feed: Feed) -> None:
    for id_ in feed.restriction_ids():
        act = feed.restriction(id_)
        assert act.sources
        assert act.bound
        assert act.grade in "ABC"
        assert act.lifted is None or act.lifted > act.effective


def test_intervals_of_the_june_order(rules: Path) -> None:
    acts = tomli.loads((rules / "restrictions" / "claude-fable-mythos.toml").read_text(encoding="utf-8"))["restriction"]
    dates = {act["id"]: (str(act["effective"]), str(act.get("lifted", {}).get("on"))) for act in acts}
    assert dates == {
        "anthropic-covered-models": ("2026-06-09", "None"),
        "anthropic-suspension-2026-06": ("2026-06-12", "2026-07-01"),
        "mythos-access-gate": ("2026-04-07", "None"),
        "us-ear-2026-06": ("2026-06-12", "2026-06-30"),
    }
