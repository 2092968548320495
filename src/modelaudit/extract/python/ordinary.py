"""Model IDs that are ordinary words or names as well (`o1`, `command`): they count only where a model is expected."""

from __future__ import annotations

import ast

from modelaudit.extract.python.above import Above, climb, is_model_name, key_of
from modelaudit.extract.python.chains import chain
from modelaudit.extract.vocabulary import Words


def is_model_after_all(node: ast.Constant, context: str, above: Above | None, words: Words) -> bool:
    """A weak ID counts where a model is expected, in a list only beside IDs, and a plain word not under any other key."""
    key = _nearest_key(node, above)
    if key is not None and str(node.value).isalpha() and not is_model_name(key):
        return False
    listed = above.node if above is not None and isinstance(above.node, ast.List | ast.Tuple | ast.Set) else None
    return (listed is None or _lists_models(listed.elts, words)) and _expects_model(context, above)


def _nearest_key(node: ast.AST, above: Above | None) -> str | None:
    """The key under which a string, or the list that holds it, stands."""
    child: ast.AST = node
    for parent, field in climb(above):
        if isinstance(parent, ast.Dict) and field == "values":
            key = key_of(parent, child)
            return key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else None
        if not isinstance(parent, ast.List | ast.Tuple | ast.Set):
            return None
        child = parent
    return None


def _lists_models(elements: list[ast.expr], words: Words) -> bool:
    """A list of which one is nothing but an ID, or all may be IDs."""
    texts = [element.value for element in elements[:50] if isinstance(element, ast.Constant) and isinstance(element.value, str)]
    ids = [text for text in texts if words.is_candidate(text)]
    return len(ids) == len(elements) or any(not words.is_weak(text) for text in ids)


def _expects_model(context: str, above: Above | None) -> bool:
    """The name that holds a weak ID, or what it is compared with, says model."""
    if is_model_name(context):
        return True
    for parent, _ in climb(above):
        match parent:
            case ast.Compare():
                return any(is_model_name(chain(side) or "") for side in (parent.left, *parent.comparators))
            case ast.keyword():
                return is_model_name(parent.arg or "")
            case ast.Assign():
                return any(is_model_name(chain(target) or "") for target in parent.targets)
            case ast.AnnAssign():
                return is_model_name(chain(parent.target) or "")
            case ast.ClassDef():
                return is_model_name(parent.name)
    return False
