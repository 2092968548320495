"""Values with holes: what is a reference, what a default, what plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelaudit.domain.expr import Choice, Env, Expr, Join, Name, Text, Unknown
from modelaudit.domain.location import Span
from modelaudit.extract.templates import expression, has_hole


def place(start: int, end: int) -> Span:
    return Span(1, start + 1, 1, end + 1)


def said(expr: Expr | None) -> object:
    """An expression without its places."""
    match expr:
        case Text():
            return expr.text
        case Env():
            return ("env", expr.name, said(expr.default)) if expr.default is not None else ("env", expr.name)
        case Name():
            return ("name", expr.ref)
        case Join():
            return ("join", *(said(part) for part in expr.parts))
        case Choice():
            return ("choice", *(said(option) for option in expr.options))
        case Unknown():
            return "?"
    return expr


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("gpt-4o", "gpt-4o"),
        ("${MODEL}", ("env", "MODEL")),
        ("$MODEL", ("env", "MODEL")),
        ("%MODEL%", ("env", "MODEL")),
        ("os.environ/MODEL", ("env", "MODEL")),
        ("${MODEL:-gpt-4o}", ("env", "MODEL", "gpt-4o")),
        ("${MODEL-gpt-4o}", ("env", "MODEL", "gpt-4o")),
        ("${MODEL:=gpt-4o}", ("env", "MODEL", "gpt-4o")),
        ('${MODEL:-"gpt-4o"}', ("env", "MODEL", "gpt-4o")),
        ("${LLM_MODEL:gpt-4o}", ("env", "LLM_MODEL", "gpt-4o")),
        ("${MODEL:?must be set}", ("env", "MODEL")),
        ("${A:-${B:-gpt-4o}}", ("env", "A", ("env", "B", "gpt-4o"))),
        ("${env:MODEL, 'gpt-4o'}", ("env", "MODEL", "gpt-4o")),
        ("bedrock/${MODEL}", ("join", "bedrock/", ("env", "MODEL"))),
        ("${var.model_id}", ("name", "key:var.model_id")),
        ("${local.model}", ("name", "key:local.model")),
        ("{{ .Values.llm.model }}", ("name", "values:llm.model")),
        ('{{ .Values.llm.model | default "gpt-4o" | quote }}', ("choice", ("name", "values:llm.model"), "gpt-4o")),
        ('{{ default "gpt-4o" .Values.model }}', ("choice", ("name", "values:model"), "gpt-4o")),
        ("{{ env_var('MODEL', 'gpt-4o') }}", ("env", "MODEL", "gpt-4o")),
        ("${{ vars.MODEL || 'gpt-4o' }}", ("env", "vars.MODEL", "gpt-4o")),
        ("${{ env.MODEL }}", ("env", "MODEL")),
        ("${{ inputs.model }}", ("name", "key:inputs.model")),
        ("${{ github.event.inputs.model || 'gpt-4o' }}", ("choice", ("name", "key:inputs.model"), "gpt-4o")),
        ("${{ github.ref == 'main' && 'gpt-4o' || 'gpt-4' }}", ("choice", "gpt-4o", "gpt-4")),
        ("$(MODEL)", ("env", "MODEL")),
        ("$(cat model.txt)", "?"),
        ("{{ model }}", "?"),
        ("${MODEL", "${MODEL"),
        ("costs $5", "costs $5"),
    ],
)
def test_what_a_value_says(text: str, wanted: object) -> None:
    assert said(expression(text, place)) == wanted


def test_a_default_stands_where_it_is_written() -> None:
    expr = expression("x-${MODEL:-gpt-4o}-y", place)
    assert isinstance(expr, Join)
    hole = expr.parts[1]
    assert isinstance(hole, Env)
    assert hole.default == Text("gpt-4o", Span(1, 12, 1, 18))


@given(st.text(alphabet="${}()[]:-=%'\" |AZaz.,/\\", max_size=120))
def test_any_text_gives_an_expression_with_places_inside_it(text: str) -> None:
    def inside(start: int, end: int) -> Span:
        assert 0 <= start <= end <= len(text)
        return place(start, end)

    expression(text, inside)


@given(st.text(max_size=60))
def test_text_without_holes_is_itself(text: str) -> None:
    if not has_hole(text):
        assert expression(text, place) == Text(text, place(0, len(text)))
