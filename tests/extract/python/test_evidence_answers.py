"""What becomes of an answer: each trace with a snippet that leaves it, at its line, and one that must not."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent, indent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelaudit.domain import traces
from modelaudit.domain.facts import FileFacts

Extract = Callable[[str], FileFacts]

HEAD = """\
import json, re
import anthropic, openai
client = anthropic.Anthropic()
oa = openai.OpenAI()
def ask(text):
    answer = client.messages.create(model="claude-opus-4-8", max_tokens=9, messages=text)
"""
"""Six lines; a snippet begins on line 7, inside the function."""


def left(facts: FileFacts, *kinds: str, line: int | None = None) -> set[tuple[str, str, int]]:
    """(kind, text, line) of the traces of the sites (of the one on `line`)."""
    sites = [site for site in facts.sites if line is None or site.span.line == line]
    assert sites
    return {(trace.kind, trace.text, trace.span.line) for site in sites for trace in site.traces if not kinds or trace.kind in kinds}


def after(extract: Extract, snippet: str, *kinds: str) -> set[tuple[str, str, int]]:
    """Traces of a call whose answer a snippet goes on with."""
    return left(extract(HEAD + indent(dedent(snippet), "    ")), *kinds, line=6)


PARSED = [
    ("return json.loads(answer.content[0].text)", "json.loads", 7),
    ("text = answer.content[0].text\nreturn json.loads(text.strip())", "json.loads", 8),
    ("return re.search(r'\\d+', answer.content[0].text).group()", "re.search", 7),
    ("return answer.content[0].text.split(',')", "split", 7),
    ("return int(answer.content[0].text)", "int", 7),
    ("if answer.content[0].text == 'yes':\n    return 1", "==", 7),
    ("if 'yes' in answer.content[0].text.lower():\n    return 1", "in", 7),
    ("match answer.content[0].text:\n    case 'a':\n        return 1", "match", 7),
    ("return QUEUES[answer.content[0].text]", "lookup", 7),
    ("for block in answer.content:\n    data = json.loads(block.text)", "json.loads", 8),
    ("return [json.loads(block.text) for block in answer.content]", "json.loads", 7),
    ("parts = []\nfor block in answer.content:\n    parts.append(block.text)\nreturn json.loads(''.join(parts))", "json.loads", 10),
    ("from json import loads as read\nreturn read(answer.content[0].text)", "json.loads", 8),
]


@pytest.mark.parametrize(
    ("snippet", "expected"),
    [
        ("return features.urgency(answer.content[0].text)", {("features.urgency", 9)}),
        ("data = json.loads(answer.content[0].text)\nreturn queue(data['topic'])", {("queue", 10)}),
        ("return Ticket(**json.loads(answer.content[0].text))", set()),
        ("data = []\ndata.append(answer.content[0].text)\nreturn queue(data)", set()),
        ("return queue(text)", set()),
        ("return self.queue(answer.content[0].text)", set()),
        ("return own(answer.content[0].text)", set()),
    ],
)
def test_given_to_a_function_of_another_file(extract: Extract, snippet: str, expected: set[tuple[str, int]]) -> None:
    head = "from triage import features, Ticket\nfrom triage.routing import queue\n" + HEAD
    facts = extract(head + indent(snippet, "    ") + "\ndef own(text):\n    pass\n")
    assert left(facts, traces.CONSUMER, line=8) == {(traces.CONSUMER, *one) for one in expected}


@pytest.mark.parametrize(("snippet", "how", "line"), PARSED)
def test_taken_apart(extract: Extract, snippet: str, how: str, line: int) -> None:
    assert after(extract, snippet, traces.PARSE) == {(traces.PARSE, how, line)}


@pytest.mark.parametrize(
    "snippet",
    [
        "return answer.content[0].text",
        "other = json.loads(text)\nreturn answer",
        "if answer.content:\n    return 1",
        "if answer.content[0].text is None or answer.content[0].text == '':\n    return 1",
        "return int(answer.usage.input_tokens)",
        "if answer.role == 'assistant':\n    return 1",
        "answer = json.loads(text)\nreturn answer",
        "for event in answer:\n    if 'delta' in event:\n        print(event['delta'])",
        "json.dumps({'answer': answer.content[0].text})",
        "if answer.content[0].type == 'text':\n    return 1",
    ],
)
def test_not_taken_apart(extract: Extract, snippet: str) -> None:
    assert after(extract, snippet, traces.PARSE) == set()


def test_taken_apart_one_function_away(extract: Extract) -> None:
    inward = HEAD + "    return parsed(answer.content[0].text)\n\ndef parsed(text):\n    return json.loads(text)\n"
    assert left(extract(inward), traces.PARSE, line=6) == {(traces.PARSE, "json.loads", 10)}
    outward = HEAD + "    return answer.content[0].text\n\ndef labels(text):\n    return ask(text).split(',')\n"
    assert left(extract(outward), traces.PARSE, line=6) == {(traces.PARSE, "split", 10)}
    stranger = HEAD + "    return answer.content[0].text\n\ndef labels(ask, text):\n    return json.loads(text)\n"
    assert left(extract(stranger), traces.PARSE, line=6) == set()


def test_methods_of_one_class(extract: Extract) -> None:
    code = """\
    import json, anthropic
    class Bot:
        def __init__(self):
            self.client = anthropic.Anthropic()
        def ask(self, text):
            return self.client.messages.create(model="claude-opus-4-8", messages=text)
        def labels(self, text):
            answer = self.ask(text)
            self.last = answer.content[0].text
        def again(self):
            return json.loads(self.last)
    class Other:
        def labels(self):
            return json.loads(self.last)
    """
    assert left(extract(code), traces.PARSE) == {(traces.PARSE, "json.loads", 11)}


@pytest.mark.parametrize(
    ("snippet", "how", "line"),
    [
        ("return Terms.model_validate_json(answer.content[0].text)", "Terms.model_validate_json", 7),
        ("data = json.loads(answer.content[0].text)\nreturn Terms.model_validate(data)", "Terms.model_validate", 8),
    ],
)
def test_validated(extract: Extract, snippet: str, how: str, line: int) -> None:
    assert after(extract, snippet, traces.SCHEMA) == {(traces.SCHEMA, how, line)}


def test_arguments_of_a_tool_call_have_a_schema(extract: Extract) -> None:
    code = """\
    import json, openai
    def ask(m, tools):
        answer = openai.OpenAI().chat.completions.create(model="gpt-4o", messages=m, tools=tools)
        return json.loads(answer.choices[0].message.tool_calls[0].function.arguments)
    """
    assert left(extract(code), traces.SCHEMA, traces.PARSE) == {(traces.SCHEMA, "tool schema", 4)}
    assert left(extract(code.replace(", tools=tools", "")), traces.SCHEMA, traces.PARSE) == {(traces.PARSE, "json.loads", 4)}
    both = code.replace("    return json", "    more = json.loads(answer.choices[0].message.content)\n        return json")
    assert left(extract(both), traces.SCHEMA, traces.PARSE) == {(traces.PARSE, "json.loads", 4)}, "free text is taken apart as well"


def test_the_body_of_a_response_is_no_answer_taken_apart(extract: Extract) -> None:
    code = """\
    import json, boto3
    bedrock = boto3.client("bedrock-runtime")
    def ask(body):
        response = bedrock.invoke_model(modelId="anthropic.claude-3-haiku-20240307-v1:0", body=body)
        answer = json.loads(response["body"].read())
        return json.loads(answer["content"][0]["text"])
    """
    assert left(extract(code), traces.PARSE) == {(traces.PARSE, "json.loads", 6)}
    assert left(extract(code.replace("return json.loads(answer", "return (answer")), traces.PARSE) == set()


@pytest.mark.parametrize(
    ("snippet", "text", "line"),
    [
        ("return model.predict([answer.content[0].text])", "classifier model.predict", 7),
        ("session.add(Ticket(summary=answer.content[0].text))", "write session.add", 7),
        ("cursor.execute('insert into t values (?)', (answer.content[0].text,))", "write cursor.execute", 7),
        ("with open('a') as f:\n    f.write(answer.content[0].text)", "write f.write", 8),
        ("print(answer.content[0].text)", "show print", 7),
        ("return answer", "return ask", 7),
        (
            "client.messages.create(model='claude-opus-4-8', max_tokens=9, messages=answer.content[0].text)",
            "call client.messages.create",
            7,
        ),
    ],
)
def test_where_the_answer_goes(extract: Extract, snippet: str, text: str, line: int) -> None:
    assert after(extract, snippet, traces.SINK) == {(traces.SINK, text, line)}


@pytest.mark.parametrize(
    "snippet",
    [
        "seen.add(answer.id)",
        "logger.info(answer.content[0].text)",
        "model.predict(text)",
        "if len(answer.content[0].text) > 4:\n    pass",
        "session.add(Ticket(text))",
        "history.append({'role': 'assistant', 'content': answer.content})",
    ],
)
def test_what_goes_nowhere(extract: Extract, snippet: str) -> None:
    assert after(extract, snippet, traces.SINK) == set()


def test_a_turn_of_the_same_conversation_feeds_no_other_model(extract: Extract) -> None:
    turn = "text.append({'role': 'assistant', 'content': answer.content})\nclient.messages.create(model='claude-opus-4-8', messages=text)"
    assert after(extract, turn, traces.SINK) == set()


@pytest.mark.parametrize(
    ("snippet", "expected"),
    [
        ("if answer.stop_reason == 'refusal':\n    raise ValueError", {("refusal", 7)}),
        ("if answer.stop_reason in ('max_tokens', 'refusal'):\n    raise ValueError", {("max_tokens", 7), ("refusal", 7)}),
        ("why = answer.stop_reason\nif why == 'max_tokens':\n    raise ValueError", {("", 7), ("max_tokens", 8)}),
        ("print(answer.stop_reason)", {("", 7)}),
        ("match answer.stop_reason:\n    case 'refusal' | 'max_tokens':\n        pass", {("refusal", 7), ("max_tokens", 7)}),
        ("return answer.content", set()),
        ("return other.stop_reason", set()),
    ],
)
def test_stop_reasons(extract: Extract, snippet: str, expected: set[tuple[str, int]]) -> None:
    assert after(extract, snippet, traces.STOP_REASON) == {(traces.STOP_REASON, *one) for one in expected}


def test_parts_that_not_every_model_gives(extract: Extract) -> None:
    assert after(extract, "return answer.content[0].thinking", traces.RESPONSE_FIELD) == {(traces.RESPONSE_FIELD, "thinking", 7)}
    assert after(extract, "return answer.content[0].text", traces.RESPONSE_FIELD) == set()
    code = """\
    import openai
    r = openai.OpenAI().chat.completions.create(model="gpt-4o", messages=m)
    call = r["choices"][0]["message"]["function_call"]
    scores = r.choices[0].logprobs.content
    """
    assert left(extract(code), traces.RESPONSE_FIELD) == {
        (traces.RESPONSE_FIELD, "function_call", 3),
        (traces.RESPONSE_FIELD, "logprobs", 4),
    }


def test_the_model_name_in_the_response(extract: Extract) -> None:
    assert after(extract, "assert answer.model == MODEL", traces.RESPONSE_MODEL) == {(traces.RESPONSE_MODEL, "MODEL", 7)}
    assert after(extract, "print(answer.model)", traces.RESPONSE_MODEL) == set()


VECTORS = """\
import openai
client = openai.OpenAI()
def store(index, texts, cursor):
    made = client.embeddings.create(model="text-embedding-3-small", input=texts)
    vectors = [one.embedding for one in made.data]
"""


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("    index.upsert(vectors=list(zip(texts, vectors)))", "index.upsert"),
        ("    collection.add(embeddings=vectors)", "collection.add"),
        ("    cursor.execute('insert into items (embedding) values (%s)', (vectors[0],))", "cursor.execute"),
        ("    index.query(vector=vectors[0])", None),
        ("    cursor.execute('select * from items order by embedding <-> %s', (vectors[0],))", None),
    ],
)
def test_vectors_are_written(extract: Extract, line: str, text: str | None) -> None:
    expected = set() if text is None else {(traces.VECTOR_WRITE, text, 6)}
    assert left(extract(VECTORS + line + "\n"), traces.VECTOR_WRITE) == expected


def test_lengths_of_vectors(extract: Extract) -> None:
    code = VECTORS + "    client.create(params=VectorParams(size=1536))\nEMBEDDING_DIM = 3072\nLIMIT = 1024\n"
    assert left(extract(code), traces.DIMENSION) == {(traces.DIMENSION, "1536", 6), (traces.DIMENSION, "3072", 7)}
    chat = 'import anthropic\nanthropic.Anthropic().messages.create(model="claude-opus-4-8", messages=m)\nDIM = 1536\n'
    assert left(extract(chat), traces.DIMENSION) == set(), "no vectors are made here"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("llm = ChatOpenAI(model='gpt-4o')\ndata = json.loads(llm.invoke(m).content)", {(traces.PARSE, "json.loads", 4)}),
        (
            "llm = ChatOpenAI(model='gpt-4o')\nchain = prompt | llm | JsonOutputParser()\nchain.invoke(m)",
            {(traces.PARSE, "JsonOutputParser", 4)},
        ),
        ("llm = ChatOpenAI(model='gpt-4o').with_structured_output(Terms)", {(traces.SCHEMA, "with_structured_output", 3)}),
        ("llm = ChatOpenAI(model='gpt-4o')\nchain = prompt | llm\nprint(chain.invoke(m).content)", {(traces.SINK, "show print", 5)}),
        ("llm = ChatOpenAI(model='gpt-4o')\njson.loads(m)", set()),
        ("def made():\n    return ChatOpenAI(model='gpt-4o')\nmade().invoke(m).content.split()", {(traces.PARSE, "split", 5)}),
    ],
)
def test_answers_of_model_objects(extract: Extract, code: str, expected: set[tuple[str, str, int]]) -> None:
    facts = extract("import json\nfrom langchain_openai import ChatOpenAI\n" + code + "\n")
    assert left(facts, traces.PARSE, traces.SCHEMA, traces.SINK) == expected


def test_a_store_made_with_an_embedding_model(extract: Extract) -> None:
    code = "from langchain_openai import OpenAIEmbeddings\nfrom langchain_chroma import Chroma\n"
    code += "embeddings = OpenAIEmbeddings(model='text-embedding-3-small')\n"
    assert left(extract(code + "db = Chroma.from_documents(docs, embeddings)\n"), traces.VECTOR_WRITE) == {
        (traces.VECTOR_WRITE, "Chroma.from_documents", 4)
    }
    assert left(extract(code + "Chroma.from_documents(docs, other)\n"), traces.VECTOR_WRITE) == set()


@given(
    st.lists(
        st.sampled_from(["answer = answer.text", "answer = f(answer)", "self.x = answer", "f(self.x)", "return ask(answer)"]), max_size=9
    )
)
def test_following_ends(extract: Extract, lines: list[str]) -> None:
    """Loops in names, attributes and calls end."""
    facts = extract(HEAD.replace("def ask(text)", "def ask(self, text)") + "".join(f"    {line}\n" for line in lines))
    assert len(facts.sites[0].traces) < 60
