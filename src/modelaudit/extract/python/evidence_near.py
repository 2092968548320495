"""Everything seen near the calls of one file that choose a model, put together: the traces of its sites and of the file."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from itertools import islice

from modelaudit.domain import traces
from modelaudit.domain.expr import Expr, Unknown
from modelaudit.domain.facts import Import, Site, Trace
from modelaudit.domain.location import Span
from modelaudit.domain.record import NamedTuple
from modelaudit.extract.python.chains import chain
from modelaudit.extract.python.evidence_failures import failures, fallback_traces, is_entry
from modelaudit.extract.python.evidence_file import FileClues
from modelaudit.extract.python.evidence_texts import long_texts
from modelaudit.extract.python.evidence_tree import Unit
from modelaudit.extract.python.evidence_values import value_of
from modelaudit.extract.python.seen import Seen

_OBJECTS = frozenset(("client-construct", "agent-construct", "fallback-wrapper", "team-construct", "optimizer"))
"""Operations that make something whose requests are made later."""
_NO_ANSWER = frozenset(("tokenizer", "metadata", "retry-wrapper"))
_BODIES = frozenset(("request-body",))
_ENVELOPED = ("invoke_model", "invoke_model_with_response_stream")
_DIMENSIONS = frozenset(
    ("dim", "dims", "dimension", "dimensions", "size", "vector_size", "embedding_dim", "embedding_dims", "embedding_dimension",
     "embed_dim", "output_dimensionality", "output_dimension", "n_dim", "ndim", "vector_dim", "vector_dimension", "embedding_size")
)  # fmt: skip
_LENGTHS = frozenset((256, 384, 512, 768, 1024, 1408, 1536, 2048, 2560, 3072, 4096))


class Near(NamedTuple):
    """What stands near one call."""

    traces: tuple[Trace, ...]
    falls_back: tuple[ast.Call, ...]
    """Calls that give the model others to fall back to."""


MOST_TEXTS = 64
"""Texts with names that are kept of one file."""
MOST = 24
"""Traces of following an answer that are kept for one site."""


def enriched(sites: Sequence[Site], seen: Mapping[Span, Seen], file: FileClues) -> list[Site]:
    """The sites with what stands near them. Several sites of one call share the walk."""
    if not sites:
        return []
    from modelaudit.extract.python.evidence_branches import branches

    known: dict[Span, Near] = {}
    lengths: tuple[Trace, ...] | None = None
    models = {site.span: site.model for site in sites}
    found: list[Site] = []
    for site in sites:
        call = seen.get(site.span)
        unit = None if call is None else file.tree.unit_of(call.node)
        if call is None or unit is None:
            found.append(site)
            continue
        if site.span not in known:
            known[site.span] = _near(site, call, unit, file)
        more = known[site.span].traces
        model = _model_name(call.node, site)
        if model is not None:
            more = (*more, *branches(file, model, unit))
        if site.operation == "embedding":
            lengths = _lengths(file) if lengths is None else lengths
            more = (*more, *lengths)
        spare = tuple(model for one in known[site.span].falls_back for model in _given(one, models, file))
        found.append(site._replace(traces=_once((*site.traces, *more)), fallbacks=(*site.fallbacks, *spare)))
    return found


def of_file(file: FileClues, imports: Sequence[Import]) -> tuple[Trace, ...]:
    """What the file says of the whole project: where the program starts, what evaluates its answers, the texts that it offers."""
    found = [
        Trace(traces.ENTRY_POINT, f"{kind} {unit.name}", file.source.span(unit.node))
        for unit in file.tree.units()
        if unit.node is not None and (kind := is_entry(file, unit.node))
    ]
    found += [
        Trace(traces.ENTRY_POINT, "script __main__", file.source.span(statement.test))
        for statement in file.tree.body
        if isinstance(statement, ast.If) and _is_main(statement.test)
    ]
    for entry in imports:
        name = entry.module if entry.attribute is None else f"{entry.module}.{entry.attribute}"
        if entry.level == 0 and any(name == known or name.startswith(f"{known}.") for known in file.clues.names("evaluation")):
            found.append(Trace(traces.EVALUATION, entry.module.partition(".")[0], entry.span))
    return _once([*found, *islice(long_texts(file), MOST_TEXTS)])


def _near(site: Site, call: Seen, unit: Unit, file: FileClues) -> Near:
    found = failures(file, call.node, unit, call.made)
    if site.operation in _NO_ANSWER:
        return Near(tuple(found), ())
    from modelaudit.extract.python.evidence_answers import Answer
    from modelaudit.extract.python.evidence_models import WITH_FALLBACKS, ModelObject
    from modelaudit.extract.python.evidence_prompts import Prompts

    falls_back: tuple[ast.Call, ...] = ()
    prompts = Prompts(file, call.node, unit, _model_name(call.node, site))
    prompts.run()
    if site.operation in _OBJECTS:
        made = ModelObject(file, call.node, site.operation)
        made.run(unit)
        answer = made.answer
        falls_back = tuple(made.falls_back)
        found += (trace for one in falls_back for trace in fallback_traces(file, one, unit))
        if made.is_spare():
            found.append(Trace(traces.SPARE, WITH_FALLBACKS, file.source.span(call.node)))
    else:
        names = {keyword.arg for keyword in call.node.keywords}
        opened = site.callee.rpartition(".")[2] in _ENVELOPED or site.shape in _BODIES
        has_tools = bool(names & {"tools", "functions", "toolConfig"}) or (opened and '"tools"' in file.source.text)
        answer = Answer(file, call.node, site.operation, is_enveloped=opened, has_tools=has_tools)
        answer.run(((call.node, unit, 0),))
    followed = sorted(answer.found.values(), key=lambda trace: (trace.span, trace.kind, trace.text))[:MOST]
    return Near((*found, *prompts.found.values(), *followed), falls_back)


def _given(call: ast.Call, models: Mapping[Span, Expr], file: FileClues) -> tuple[Expr, ...]:
    """The models that `with_fallbacks` is given, as far as the objects are made in this file."""
    unit = file.tree.unit_of(call)
    given = next((keyword.value for keyword in call.keywords if keyword.arg == "fallbacks"), call.args[0] if call.args else None)
    if unit is None or given is None:
        return ()
    listed = value_of(given, unit, file.tree)
    elements = listed.node.elts if isinstance(listed.node, ast.List | ast.Tuple) else [listed.node]
    made = (value_of(element, listed.unit, file.tree).node for element in elements)
    return tuple(models.get(file.source.span(one), Unknown("the fallback is made in another file")) for one in made)


def _model_name(call: ast.Call, site: Site) -> str | None:
    """The name that the model argument is written as, None when it is no name."""
    value = next((keyword.value for keyword in call.keywords if keyword.arg == site.argument), None)
    if value is None and site.argument.isdigit() and int(site.argument) < len(call.args):
        value = call.args[int(site.argument)]
    name = chain(value) if isinstance(value, ast.Name | ast.Attribute) else None
    return None if name is None or "(" in name else name


def _lengths(file: FileClues) -> tuple[Trace, ...]:
    """Literal vector lengths anywhere in the file."""
    nodes = (node for unit in file.tree.units() for node in unit.nodes())
    values = (node.value for node in nodes if isinstance(node, ast.keyword | ast.Assign) and _says_length(node))
    return _once([Trace(traces.DIMENSION, ast.unparse(value), file.source.span(value)) for value in values])


def _says_length(node: ast.keyword | ast.Assign) -> bool:
    if not _is_length(node.value):
        return False
    if isinstance(node, ast.keyword):
        return node.arg in _DIMENSIONS
    return any("DIM" in (chain(target) or "") for target in node.targets)


def _is_length(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int) and node.value in _LENGTHS


def _is_main(test: ast.expr) -> bool:
    return isinstance(test, ast.Compare) and isinstance(test.left, ast.Name) and test.left.id == "__name__"


def _once(found: Sequence[Trace]) -> tuple[Trace, ...]:
    return tuple(dict.fromkeys(found))
