"""Words of the configuration that the feed does not know."""

from __future__ import annotations

from datetime import date

import pytest

from modelaudit.config.settings import DEFAULT, Grant, Ignore, Matcher, OwnName, PlatformHint, Policy, Settings
from modelaudit.domain.location import Location, Span
from modelaudit.engine.vocabulary import unknown_words, unmatched_models
from modelaudit.feed.load import Feed, load
from modelaudit.identify.identifier import Identifier

DAY = date(2026, 11, 21)
HERE = Location("pyproject.toml", Span(7, 1, 7, 1))


@pytest.fixture(scope="module")
def feed() -> Feed:
    return load()


@pytest.mark.parametrize(
    ("settings", "what", "word", "hint"),
    [
        (DEFAULT._replace(policies=(Policy(deny=(Matcher(publisher="deepsek"),)),)), "publisher", "deepsek", "did you mean deepseek?"),
        (DEFAULT._replace(policies=(Policy(allow=(Matcher(platform="bedrok"),)),)), "platform", "bedrok", "did you mean bedrock?"),
        (DEFAULT._replace(profiles=("eu-license",)), "profile", "eu-license", "did you mean eu-licensee?"),
        (DEFAULT._replace(grants=(Grant(("us-ear-2062-06",), None),)), "restriction", "us-ear-2062-06", "did you mean us-ear-2026-06?"),
        (DEFAULT._replace(platforms=(PlatformHint("azur", publisher="openai"),)), "platform", "azur", "did you mean azure?"),
        (DEFAULT._replace(names=(OwnName("x", "gpt-4o", "azzure"),)), "platform", "azzure", "did you mean azure?"),
    ],
)
def test_a_name_on_no_list_has_a_nearest(settings: Settings, what: str, word: str, hint: str, feed: Feed) -> None:
    (found,) = unknown_words(settings, feed)
    assert (found.what, found.word, found.hint) == (what, word, hint)


def test_known_names_are_no_mistakes(feed: Feed) -> None:
    settings = DEFAULT._replace(
        policies=(Policy(deny=(Matcher(publisher="deepseek", platform="bedrock"), Matcher(status="legacy"))),),
        profiles=("us-defence-contractor", "default"),
        grants=(Grant(("us-ear-2026-06",), None),),
        platforms=(PlatformHint("vertex"),),
    )
    assert list(unknown_words(settings, feed)) == []


@pytest.mark.parametrize(
    "model", ["gpt-4-0613", "claude-*", "*-haiku-*", "anthropic.claude-3-haiku-20240307-v1:0", "ft:gpt-4o-2024-08-06:acme::x"]
)
def test_a_model_in_any_spelling_is_known(model: str, feed: Feed) -> None:
    settings = DEFAULT._replace(policies=(Policy(deny=(Matcher(model=model),)),))
    assert unmatched_models(settings, feed, Identifier(feed), DAY) == ()


@pytest.mark.parametrize(
    ("settings", "message", "hint"),
    [
        (DEFAULT._replace(policies=(Policy(deny=(Matcher(model="gpt-4-0163"),), origin=HERE),)), "deny 'gpt-4-0163'", "gpt-4-0613"),
        (DEFAULT._replace(policies=(Policy(allow=(Matcher(family="gtp-4*"),), origin=HERE),)), "allow family 'gtp-4*'", "gpt-4"),
        (
            DEFAULT._replace(ignores=(Ignore("retired-model", model="claude-3-haku*", origin=HERE),)),
            "ignore 'claude-3-haku*'",
            "claude-3-haiku",
        ),
        (DEFAULT._replace(names=(OwnName("prod", "gtp-4o"),)), "names: prod = 'gtp-4o'", "gpt-4o"),
    ],
)
def test_a_pattern_that_meets_no_model_is_a_warning(settings: Settings, message: str, hint: str, feed: Feed) -> None:
    (note,) = unmatched_models(settings, feed, Identifier(feed), DAY)
    assert note.level == "warning"
    assert note.message == f"{message} of the configuration meets no model of the rules feed"
    assert note.hint is not None
    assert hint in note.hint
    assert (note.path, note.line) == ((None, None) if settings.names else ("pyproject.toml", 7))
