"""What only describes models, told from the shape of the table: registries, rows, lists of one, examples in an API's documentation."""

from __future__ import annotations

import ast

from modelaudit.extract.python.above import is_model_name, key_of

_CARD_PARTS = (
    "context_window", "context_length", "max_context", "context_size", "display_name", "displayname", "price", "pricing", "cost_per",
    "input_cost", "output_cost", "cost_", "owned_by", "knowledge_cutoff", "capabilities", "modalities", "supports_", "model_family",
    "model_category", "released", "release_date", "deprecat",
)  # fmt: skip
"""Parts of keys that describe a model; whoever calls one does not write them."""
_RESPONSES = (
    frozenset(("choices", "created")),
    frozenset(("choices", "object")),
    frozenset(("usage", "stop_reason")),
    frozenset(("object", "created_at")),
)
"""Keys that stand together in answers only."""
_LIST_PARTS = ("list", "allow", "deny", "support", "known", "valid")
_EXAMPLE_KEYS = frozenset(("example", "examples", "json_schema_extra", "openapi_examples", "sample_response"))
"""Keys under which an API is documented: nothing below them is used."""


def is_example(child: ast.AST, way: list[tuple[ast.AST, str]]) -> bool:
    """A value in the documentation of an API."""
    for parent, field in way:
        if isinstance(parent, ast.Dict) and field == "values":
            key = key_of(parent, child)
            if isinstance(key, ast.Constant) and key.value in _EXAMPLE_KEYS:
                return True
        elif isinstance(parent, ast.keyword):
            return parent.arg in _EXAMPLE_KEYS
        child = parent
    return False


def is_listed(name: str, between: list[ast.AST]) -> bool:
    """A list of one is a list still, unless its name speaks of one model; and so is a row of a table. What is passed on becomes a binding
    again when linking finds the call."""
    boxes = [entry for entry in between if isinstance(entry, ast.List | ast.Tuple | ast.Set)]
    if not boxes:
        return False
    if any(len(box.elts) > 2 and all(isinstance(row, ast.Tuple | ast.List) for row in box.elts) for box in boxes[1:]):
        return True
    if isinstance(boxes[0], ast.Set):
        return True
    last = name.lower().rstrip("_").rpartition(".")[2]
    singular = is_model_name(last) and not last.endswith("s") and not any(part in last for part in _LIST_PARTS)
    return len(boxes[0].elts) == 1 and not singular


def is_card(table: ast.Dict) -> bool:
    """The description of a model, as a registry holds it: what it costs, how long its context is, how it is shown."""
    keys = [key.value.lower() for key in table.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]
    return any(part in key for key in keys for part in _CARD_PARTS)


def is_response(table: ast.Dict) -> bool:
    """What a provider answered, written down: it names the model that answered."""
    keys = {key.value for key in table.keys if isinstance(key, ast.Constant)}
    return any(wanted <= keys for wanted in _RESPONSES)
