"""Receivers that come from other files, and addresses that have a name, are typed when linking."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from modelaudit.domain.facts import FileFacts, Site
from modelaudit.extract.vocabulary import CallVocabulary
from modelaudit.link.linker import link

ExtractTree = Callable[[Mapping[str, str]], tuple[FileFacts, ...]]


def the_site(extract_tree: ExtractTree, vocabulary: CallVocabulary, files: Mapping[str, str], literal: str = "gpt-4") -> Site:
    """The site that the only use of an ID reaches."""
    linked = link(extract_tree(files), vocabulary)
    (site,) = (usage.site.site for usage in linked.usages if usage.site is not None and usage.literal.text == literal)
    return site


def test_a_client_of_another_file_has_its_type_and_platform(extract_tree: ExtractTree, vocabulary: CallVocabulary) -> None:
    site = the_site(
        extract_tree,
        vocabulary,
        {
            "clients.py": 'from openai import AzureOpenAI\nclient = AzureOpenAI(azure_endpoint="https://acme.openai.azure.com")',
            "ask.py": 'from clients import client\nclient.chat.completions.create(model="gpt-4", messages=[])',
        },
    )
    assert (site.typed, site.platform, site.platform_evidence) == (True, "azure", "azure_endpoint=https://acme.openai.azure.com")


def test_the_type_of_a_receiver_decides_between_libraries_with_the_same_method(
    extract_tree: ExtractTree, vocabulary: CallVocabulary
) -> None:
    files = {
        "clients.py": "from groq import Groq\n\ndef get():\n    return Groq()",
        "ask.py": 'from clients import get\nget().chat.completions.create(model="gpt-4", messages=[])',
    }
    assert the_site(extract_tree, vocabulary, files).shape.startswith("groq.")


def test_an_address_kept_under_a_name_shows_the_platform(extract_tree: ExtractTree, vocabulary: CallVocabulary) -> None:
    site = the_site(
        extract_tree,
        vocabulary,
        {
            "settings.py": 'BASE_URL = "https://openrouter.ai/api/v1"',
            "ask.py": """
            from openai import OpenAI
            from settings import BASE_URL
            client = OpenAI(base_url=BASE_URL)
            client.chat.completions.create(model="gpt-4", messages=[])
            """,
        },
    )
    assert site.platform == "openrouter"


def test_a_factory_is_told_by_its_first_argument(extract_tree: ExtractTree, vocabulary: CallVocabulary) -> None:
    site = the_site(
        extract_tree,
        vocabulary,
        {
            "aws.py": 'import boto3\n\nclass Aws:\n    runtime = boto3.client("bedrock-runtime", region_name="eu-west-1")',
            "ask.py": 'from aws import Aws\nAws.runtime.converse(modelId="anthropic.claude-3-haiku-20240307-v1:0", messages=[])',
        },
        "anthropic.claude-3-haiku-20240307-v1:0",
    )
    assert (site.typed, site.region) == (True, "eu-west-1")


def test_an_unknown_receiver_stays_unknown(extract_tree: ExtractTree, vocabulary: CallVocabulary) -> None:
    site = the_site(
        extract_tree, vocabulary, {"ask.py": 'def ask(client):\n    client.chat.completions.create(model="gpt-4", messages=[])'}
    )
    assert not site.typed
    assert site.platform is None
