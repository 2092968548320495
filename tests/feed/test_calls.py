"""`rules/calls`: every snippet does what it says, unusual shapes have snippets, and mistakes are refused with file and key."""

from __future__ import annotations

import ast
import marshal
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from modelaudit.domain.errors import FeedError
from modelaudit.domain.keypaths import compile_path
from modelaudit.domain.shapes import CallExample, CallNames, CallShape
from modelaudit.extract.shapes import Match, ShapeIndex, implicit_default, model_arguments, nested_arguments
from modelaudit.feed import calls

RULES = Path(__file__).parents[2] / "rules"
FEED = calls.decode(calls.build(str(RULES)))
INDEX = ShapeIndex(FEED.shapes, FEED.names)
EXAMPLES = calls.examples(str(RULES))


class Seen(NamedTuple):
    """A call of a snippet, or an assignment to an attribute (then `arguments` holds the value under `=`)."""

    qualified: str | None
    chain: str
    positional: int
    arguments: dict[str | int, ast.expr]


class Reader(ast.NodeVisitor):
    """Just enough of a resolver for snippets: imports, names bound to calls, context managers, annotated parameters."""

    def __init__(self, code: str) -> None:
        self.names: dict[str, str] = {}
        self.imports: set[str] = set()
        self.seen: list[Seen] = []
        self.visit(ast.parse(code))

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            root = alias.name.partition(".")[0]
            self.imports.add(root)
            self.names[alias.asname or root] = alias.name if alias.asname else root

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        module = node.module or ""
        self.imports.add(module.partition(".")[0])
        for alias in node.names:
            self.names[alias.asname or alias.name] = f"{module}.{alias.name}"

    def visit_Assign(self, node: ast.Assign) -> None:
        self.visit(node.value)
        target = node.targets[0]
        if isinstance(target, ast.Attribute):
            self.seen.append(Seen(self.qualify(target), ast.unparse(target), 0, {"=": node.value}))
        elif isinstance(target, ast.Name):
            self._bind(target.id, node.value)

    def visit_AsyncWith(self, node: ast.AsyncWith) -> None:
        for item in node.items:
            if isinstance(item.optional_vars, ast.Name):
                self._bind(item.optional_vars.id, item.context_expr)
        self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for parameter in node.args.args:
            known = self.qualify(parameter.annotation) if parameter.annotation else None
            if known is not None:
                self.names[parameter.arg] = f"{known}()"
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        self.generic_visit(node)
        arguments: dict[str | int, ast.expr] = dict(enumerate(node.args))
        arguments.update({keyword.arg: keyword.value for keyword in node.keywords if keyword.arg})
        self.seen.append(Seen(self.qualify(node.func), ast.unparse(node.func), len(node.args), arguments))

    def qualify(self, node: ast.expr) -> str | None:
        match node:
            case ast.Name():
                return self.names.get(node.id)
            case ast.Attribute():
                base = self.qualify(node.value)
                return base and f"{base}.{node.attr}"
            case ast.Call():
                callee = self.qualify(node.func)
                literal = ast.unparse(node.args[0]) if node.args else ""
                return callee and (f"{callee}({literal})" if callee.endswith(".client") else f"{callee}()")
        return None

    def _bind(self, name: str, value: ast.expr) -> None:
        found = self.qualify(value)
        if found is not None:
            self.names[name] = found


def found_models(code: str) -> Iterator[tuple[Match, str, str | None]]:
    """(match, argument, model) of everything in a snippet that chooses a model; argument and model as the examples write them."""
    reader = Reader(code)
    for seen in reader.seen:
        if "=" in seen.arguments:
            shape = INDEX.assignment(seen.qualified or "")
            if shape is not None:
                yield from ((Match(shape, True, shape.dialect), f"={path}", text) for path, text in texts(seen.arguments["="]))
            continue
        keywords = {key for key in seen.arguments if isinstance(key, str)}
        match = INDEX.match(seen.qualified, seen.chain, frozenset(reader.imports), keywords)
        if match is not None:
            yield from arguments_of(match, seen, keywords)


def arguments_of(match: Match, seen: Seen, keywords: set[str]) -> Iterator[tuple[Match, str, str | None]]:
    direct = model_arguments(match.shape, seen.positional, keywords)
    nested = nested_arguments(match.shape, seen.positional, keywords)
    if not direct and not nested and implicit_default(match.shape):
        yield match, "", None
    for argument in direct:
        yield from ((match, f"{argument}{path}", text) for path, text in texts(seen.arguments[argument]))
    for name, inside in nested:
        pattern = compile_path(inside)
        for path, text in texts(seen.arguments[name]):
            if pattern.matches(steps(path)):
                yield match, f"{name}{'' if inside.startswith(('[', '{')) else '.'}{inside}", text


def texts(node: ast.expr, path: str = "") -> Iterator[tuple[str, str]]:
    """(path, text) of the strings of a display."""
    match node:
        case ast.Constant(value=str() as text):
            yield path, text
        case ast.List():
            for element in node.elts:
                yield from texts(element, f"{path}[]")
        case ast.Dict():
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant):
                    yield from texts(value, f"{path}.{ast.literal_eval(key)}")


def steps(path: str) -> tuple[str | int, ...]:
    return tuple(0 if step == "[]" else step for step in path.replace("[]", ".[]").split(".") if step)


def unusual(shape: CallShape) -> bool:
    return bool(
        shape.nested
        or shape.generic_arg
        or shape.decorator
        or shape.default_model
        or shape.status == "assignment"
        or (shape.model and shape.model[0][1] > 0)
    )


@pytest.mark.parametrize("example", [example for example in EXAMPLES if example.valid], ids=lambda example: example.shape)
def test_what_must_match_matches(example: CallExample) -> None:
    found = [(match.shape.id, match.typed, argument, text) for match, argument, text in found_models(example.code)]
    assert (example.shape, example.typed, example.argument, example.model) in found


@pytest.mark.parametrize("example", [example for example in EXAMPLES if not example.valid], ids=lambda example: example.shape)
def test_what_must_not_match_does_not(example: CallExample) -> None:
    assert example.shape not in [match.shape.id for match, _, _ in found_models(example.code)]


def test_every_file_has_both_kinds_of_snippets() -> None:
    family = {shape.id: shape.family for shape in FEED.shapes}
    every = set(family.values())
    assert every - {family[example.shape] for example in EXAMPLES if example.valid} == set()
    assert every - {family[example.shape] for example in EXAMPLES if not example.valid} == set()


def test_every_unusual_shape_has_a_snippet() -> None:
    shown = {example.shape for example in EXAMPLES if example.valid}
    assert [shape.id for shape in FEED.shapes if unusual(shape) and shape.id not in shown] == []


def test_the_feed_holds_every_shape_that_was_collected() -> None:
    assert len(FEED.shapes) >= 472
    assert len({shape.id for shape in FEED.shapes}) == len(FEED.shapes)
    assert sum(len(shape.legacy) > 0 for shape in FEED.shapes) >= 32


def test_every_key_path_of_a_shape_is_one() -> None:
    for shape in FEED.shapes:
        for path in (*shape.nested, *shape.groups):
            assert compile_path(path).tokens


def test_evidence_is_carried() -> None:
    factors = {one.factor: one for one in FEED.canonical_args}
    assert len(factors) == 18
    assert "maxTokens" in factors["output_limit"].spellings
    assert factors["sampling"].value_matters
    hints = {(one.kind, one.text): one.platform for one in FEED.platform_hints}
    assert hints["url", ".openai.azure.com"] == "azure"
    assert hints["class", "AnthropicBedrock"] == "bedrock"
    assert hints["argument", "google.genai.Client(vertexai=True)"] == "vertex"
    assert hints["environment", "OPENAI_BASE_URL"] == "by-url"
    assert next(one.id for one in FEED.indirections) == "remote_config"
    assert len(FEED.coupling_patterns) == 11
    assert ("mem0.Memory.from_config", 'llm.provider = "gemini"', "gemini-2.0-flash") in [one[:3] for one in FEED.implicit_defaults]


def test_the_section_survives_the_index() -> None:
    plain = calls.build(str(RULES))
    assert calls.decode(marshal.loads(marshal.dumps(plain, 4))) == FEED


SHAPE = 'schema = "1"\n[[shape]]\nid = "a.b"\npackage = "a"\noperation = "chat"\ndialect = "openai"\nmatch = ["a.b"]\n'


def rules(tmp_path: Path, **files: str) -> str:
    folder = tmp_path / "calls"
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return str(tmp_path)


def test_a_layer_may_hold_shapes_alone(tmp_path: Path) -> None:
    decoded = calls.decode(calls.build(rules(tmp_path, acme=SHAPE)))
    assert [shape.family for shape in decoded.shapes] == ["acme"]
    assert decoded.names.arguments == ()
    assert ShapeIndex(decoded.shapes, decoded.names).match("a.b", "b", frozenset()) is not None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (SHAPE + 'sufix = "b"\n', "suffix"),
        (SHAPE + "model = { m = -2 }\n", "-2"),
        (SHAPE + 'default-model = "gpt-4"\n', "default-in"),
        (SHAPE + 'status = "gone"\n', "status"),
        (SHAPE.replace('match = ["a.b"]', "match = []"), "pattern"),
        (SHAPE.replace('"a.b"]', '"{x}.b"]'), "receivers"),
        (SHAPE + SHAPE.partition("\n")[2], "a.b"),
        (SHAPE + '[[valid]]\nshape = "a.c"\ncode = "x"\n', "a.c"),
        (SHAPE + "[[shape", "TOML"),
        ("", "schema"),
    ],
)
def test_mistakes_name_the_file_and_what_is_wrong(tmp_path: Path, text: str, wanted: str) -> None:
    with pytest.raises(FeedError) as caught:
        calls.build(rules(tmp_path, acme=text))
    assert "acme.toml" in str(caught.value) or "a.b" in str(caught.value)
    assert wanted in f"{caught.value} {caught.value.hint}"


def test_an_own_shape_with_a_mistake_names_its_place() -> None:
    with pytest.raises(FeedError, match=r"pyproject.toml: tool.modelaudit.calls"):
        calls.own_shapes([{"id": "x"}], "pyproject.toml: tool.modelaudit.calls")


def test_decoded_calls_are_the_declared_records() -> None:
    assert {type(part) for part in FEED} == {tuple, CallNames}
    assert {type(field) for shape in FEED.shapes for field in (shape.model, shape.match, *shape.model)} == {tuple}
