"""`platforms.toml`: what is in it holds together, and what is wrong with another one is said with file and key."""

import os
import re
from pathlib import Path

import pytest

from modelaudit.domain.errors import FeedError
from modelaudit.domain.platforms import Platforms
from modelaudit.feed import platforms

RULES = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "rules")


@pytest.fixture(scope="module")
def shipped() -> Platforms:
    return platforms.decode(platforms.build(RULES))


def _decoded(folder: Path, text: str) -> Platforms:
    (folder / "platforms.toml").write_text('schema = "1"\n' + text, encoding="utf-8")
    return platforms.decode(platforms.build(str(folder)))


def test_every_publisher_has_one_clock(shipped: Platforms) -> None:
    assert shipped.clocks["anthropic"] == "anthropic"
    assert shipped.clocks["google"] == "gemini-api"
    assert shipped.clocks["openai"] == "openai"
    assert "meta" not in shipped.clocks
    owners = [publisher for place in shipped.platforms.values() for publisher in place.publishers]
    assert len(owners) == len(set(owners))


def test_weights_that_users_run_are_local(shipped: Platforms) -> None:
    assert {name for name, place in shipped.platforms.items() if place.local} == {"huggingface", "ollama", "self-hosted"}


@pytest.mark.parametrize(
    ("word", "name"),
    [("gemini", "gemini-api"), ("hf", "huggingface"), ("vertex", "vertex"), ("vertex_ai", "vertex"), ("bedrock", "bedrock")],
)
def test_platforms_have_other_names(shipped: Platforms, word: str, name: str) -> None:
    assert shipped.names[word] == name


@pytest.mark.parametrize(
    ("dialect", "provider", "target"),
    [
        ("litellm", "azure", "azure-deployment"),
        ("litellm", "bedrock", "bedrock"),
        ("litellm", "vertex_ai", "vertex"),
        ("langchain-prefixed", "google_genai", "gemini"),
        ("langchain-prefixed", "google_vertexai", "vertex"),
        ("pydantic-ai-prefixed", "google", "gemini"),
        ("aisuite-prefixed", "google", "vertex"),
        ("aisuite-prefixed", "aws", "bedrock"),
        ("openai-agents-prefixed", "litellm", "litellm"),
    ],
)
def test_providers_name_the_dialect_of_the_rest(shipped: Platforms, dialect: str, provider: str, target: str) -> None:
    assert shipped.dialects[dialect].providers[provider] == target


def test_every_platform_is_a_dialect(shipped: Platforms) -> None:
    assert shipped.platforms.keys() <= shipped.dialects.keys()


def test_every_family_can_be_found_by_the_first_letters_of_its_ids(shipped: Platforms) -> None:
    for index, family in enumerate(shipped.families):
        assert all(index in shipped.starts[start.partition("-")[0]] for start in family.starts)
        assert all(re.fullmatch("[a-z]+(-[a-z]+)?", start) for start in family.starts)


def test_no_family_takes_a_bare_name(shipped: Platforms) -> None:
    for family in shipped.families:
        assert not any(re.fullmatch(family.pattern, start) for start in family.starts)


def test_equal_files_give_equal_rows_in_any_process() -> None:
    assert list(platforms.build(RULES)) == list(platforms.build(RULES))
    assert not any(isinstance(value, set | frozenset) for row in platforms.build(RULES).values() for value in row)


def test_a_layer_adds_to_another_and_replaces_by_name(tmp_path: Path) -> None:
    (tmp_path / "platforms.toml").write_text(
        'schema = "1"\n[[platform]]\nname = "acme"\ntitle = "Acme Gateway"\n[[dialect]]\nname = "acme-prefixed"\ntitle = "Acme"\n'
        'separators = ["/"]\n[dialect.providers]\nacme = "openrouter"\n',
        encoding="utf-8",
    )
    both = platforms.decode({**platforms.build(RULES), **platforms.build(str(tmp_path))})
    assert both.prefixes["/"]["acme"] == "openrouter"
    assert "anthropic" in both.platforms


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[dialect]]\nname = "x"\ntitle = "X"\nplatform = "nowhere"\n', "nowhere"),
        ('[[dialect]]\nname = "x"\ntitle = "X"\nseparators = ["/"]\nproviders = { a = "nothing" }\n', "nothing"),
        ('[[mark]]\nplatform = "nowhere"\nwhat = "x"\nstarts = ["x"]\n', "nowhere"),
        ('[[mark]]\nplatform = "nowhere"\nwhat = "x"\n', "needs starts or ends"),
        ('[[platform]]\nname = "x"\ntitle = "X"\n[[platform]]\nname = "x"\ntitle = "Y"\n', "platform.x"),
        ('[[platform]]\nname = "x"\ntitle = "X"\ncolour = "red"\n', "colour"),
        ('[[family]]\nname = "x"\npublisher = "y"\nstarts = ["x"]\npattern = "("\n', "family.x"),
        ('[[suffix]]\npattern = "[a"\nwhat = "x"\n', "suffix[0]"),
        ("weak = 3\n", "weak"),
        ("weak = [\n", "TOML"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(FeedError) as caught:
        _decoded(tmp_path, text)
    assert "platforms.toml" in str(caught.value)
    assert said in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FeedError, match=re.escape("platforms.toml")):
        platforms.build(str(tmp_path))
