"""One Python file (or one run of notebook cells) to `FileFacts`."""

from __future__ import annotations

import ast

from modelaudit.domain.document import Comment
from modelaudit.domain.expr import Choice, Expr, Text
from modelaudit.domain.facts import FileFacts, Literal, Notification, Role, Site
from modelaudit.domain.location import Span
from modelaudit.domain.record import NamedTuple
from modelaudit.extract.python.evidence_file import FileClues
from modelaudit.extract.python.evidence_near import enriched, of_file
from modelaudit.extract.python.evidence_tree import FileTree
from modelaudit.extract.python.flow import Flow
from modelaudit.extract.python.lexical import python_comments
from modelaudit.extract.python.literals import LiteralFinder
from modelaudit.extract.python.prune import prune
from modelaudit.extract.python.queries import Asked, ReadQuery, read_queries
from modelaudit.extract.python.receivers import Receivers
from modelaudit.extract.python.sites import SiteFinder
from modelaudit.extract.python.source import Source
from modelaudit.extract.suppressions import MARK, suppressions
from modelaudit.extract.vocabulary import BODY, GENERIC, CallVocabulary, Words

PARSE_ERRORS = (SyntaxError, ValueError, RecursionError, MemoryError)
"""What `compile` raises on files it cannot read."""


def extract_python(path: str, text: str, words: Words, vocabulary: CallVocabulary, read_query: ReadQuery | None = None) -> FileFacts:
    """The facts of a Python file. Raises one of `PARSE_ERRORS` when the text cannot be parsed; the caller then reads it lexically.
    `read_query` reads the SQL in its strings."""
    text = plain_lines(text)
    tree = parse(text)
    return facts_of(path, tree, Source(text), words, vocabulary, read_query)


def extract_python_or_lines(
    path: str, text: str, words: Words, vocabulary: CallVocabulary, read_query: ReadQuery | None = None
) -> FileFacts:
    """The facts of a Python file; one that cannot be parsed is read by its strings alone and says so."""
    try:
        return extract_python(path, text, words, vocabulary, read_query)
    except PARSE_ERRORS as error:
        from modelaudit.extract.python.lexical import extract_lines

        text = plain_lines(text)
        older = _older(text, error) if isinstance(error, SyntaxError) else None
        if older is None:
            return extract_lines(path, text, words, _reason(error))
        facts = facts_of(path, older.tree, Source(text), words, vocabulary, read_query)
        note = Notification("note", "newer-syntax", f"{_reason(error)} by this Python; {older.how}", path)
        return facts._replace(notifications=(*facts.notifications, note))


def plain_lines(text: str) -> str:
    """The text with line ends as the parser counts them; columns stay."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


class _Older(NamedTuple):
    """The tree of a text in newer syntax, and how it was read."""

    tree: ast.Module
    how: str


def _older(text: str, error: SyntaxError) -> _Older | None:
    """Newer syntax as an older Python reads it: without its type parameters, or else as a second parser reads it."""
    from modelaudit.extract.python.typeparams import without_type_parameters

    plain = without_type_parameters(text)
    if plain is not None:
        try:
            return _Older(parse(plain), "read without its type parameters")
        except SyntaxError as other:
            error = other
        except PARSE_ERRORS:
            return None
    from modelaudit.extract.python.apart import lowered_apart

    lowered = lowered_apart(plain or text, error)
    try:
        return _Older(parse(lowered), "read by a second parser") if lowered is not None else None
    except PARSE_ERRORS:
        return None


def _reason(error: Exception) -> str:
    if isinstance(error, SyntaxError):
        return f"cannot be parsed ({error.msg}, line {error.lineno})"
    if isinstance(error, RecursionError | MemoryError):
        return "is nested too deeply to be parsed"
    return f"cannot be parsed ({error})"


def parse(text: str) -> ast.Module:
    """The syntax tree; warnings about the scanned code are not ours to print."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = compile(text, "<scanned>", "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
    assert isinstance(tree, ast.Module)
    return tree


def facts_of(
    path: str, tree: ast.Module, source: Source, words: Words, vocabulary: CallVocabulary, read_query: ReadQuery | None
) -> FileFacts:
    """The facts of a parsed module."""
    flow = Flow(source, frozenset(name.name for name in vocabulary.names.arguments))
    flow.run(tree.body)
    receivers = Receivers(flow.bindings, flow.imports, flow.definitions.classes, flow.definitions.annotations, vocabulary.shapes.is_wrapper)
    imported = frozenset(entry.module.partition(".")[0] for entry in flow.imports if entry.level == 0)
    functions, classes = tuple(flow.definitions.functions), tuple(flow.definitions.classes)
    finder = SiteFinder(source, vocabulary, receivers, imported, functions, classes)
    finder.run(flow.calls, flow.assignments)
    near = FileClues(
        FileTree(tree),
        source,
        vocabulary.clues,
        finder.resolve,
        {one.node: "" for one in finder.seen.values()} if finder.seen else {},
        frozenset(entry.name for entry in flow.imports),
    )
    near.sites.update((finder.seen[site.span].node, site.operation) for site in finder.sites if site.span in finder.seen)
    sites = enriched(finder.sites, finder.seen, near)
    places = frozenset(place for site in finder.sites if site.shape not in (GENERIC, BODY) for place in _places(site.model))
    literals = LiteralFinder(source, words, places, vocabulary.shapes.group_keys())
    strings = literals.run(tree)
    asked = read_queries(literals.queries, source, read_query) if read_query is not None else Asked((), ())
    called = {literal.span for literal in asked.literals}
    strings = (*(literal for literal in strings if literal.span not in called), *asked.literals)
    mentioned, comments = _comments(source, words)
    silenced = suppressions(comments, _statements(tree, source) if any(MARK in comment.text for comment in comments) else ())
    kept = prune((*flow.bindings, *finder.groups), tuple(finder.sites), tuple(finder.calls))
    return FileFacts(
        path=path,
        language="python",
        literals=tuple(sorted((*strings, *mentioned, *finder.implicit), key=lambda literal: (literal.span, literal.text))),
        bindings=kept.bindings,
        sites=tuple(sorted((*sites, *asked.sites), key=_site_order)),
        calls=kept.calls,
        functions=functions,
        classes=classes,
        imports=tuple(flow.imports),
        exports=_exports(tree),
        suppressions=silenced.found,
        notifications=tuple(note._replace(path=path) for note in silenced.notifications),
        traces=of_file(near, flow.imports),
        annotations=tuple(sorted(flow.definitions.annotations.items())),
    )


def _site_order(site: Site) -> tuple[Span, str, str]:
    return site.span, site.argument, site.shape


def _places(value: Expr) -> list[Span]:
    """Spans of the strings that stand directly in a model argument."""
    match value:
        case Text():
            return [value.span]
        case Choice():
            return [span for option in value.options for span in _places(option)]
    return []


def _comments(source: Source, words: Words) -> tuple[list[Literal], list[Comment]]:
    """Model IDs mentioned in comments, and the comments themselves for suppressions."""
    found: list[Literal] = []
    comments: list[Comment] = []
    for text, line, column, alone in python_comments(source.text):
        row = line + source.span_shift()
        comments.append(Comment(text, Span(row, column, row, column + len(text)), alone))
        for start, end in words.tokens(text):
            found.append(Literal(text[start:end], Span(row, column + start, row, column + end), Role.MENTION, "comment"))
    return found, comments


def _statements(tree: ast.Module, source: Source) -> list[tuple[int, int]]:
    """First and last line of every simple statement, and of the head of every compound one: what a comment can cover."""
    shift = source.span_shift()
    found: list[tuple[int, int]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None)
            last = body[0].lineno - 1 if isinstance(body, list) and body else node.end_lineno or node.lineno
            found.append((node.lineno + shift, max(node.lineno, last) + shift))
    return sorted(found)


def _exports(tree: ast.Module) -> tuple[str, ...] | None:
    for statement in tree.body:
        if (
            isinstance(statement, ast.Assign)
            and any(isinstance(target, ast.Name) and target.id == "__all__" for target in statement.targets)
            and isinstance(statement.value, ast.List | ast.Tuple)
        ):
            return tuple(str(element.value) for element in statement.value.elts if isinstance(element, ast.Constant))
    return None
