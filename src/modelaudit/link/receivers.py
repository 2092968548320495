"""Type the receivers that their own file could not: clients made in another file, or with an address that is kept under a name."""

from __future__ import annotations

from modelaudit.domain.expr import Expr, Text
from modelaudit.domain.facts import Site
from modelaudit.domain.location import Span
from modelaudit.extract.platforms import REGION_ARGUMENTS, URL_ARGUMENTS, client
from modelaudit.extract.vocabulary import CallVocabulary
from modelaudit.link.evaluate import Evaluator
from modelaudit.link.values import ExternalValue, TextValue

NOWHERE = Span(0, 0, 0, 0)
_READ = frozenset((*URL_ARGUMENTS, *REGION_ARGUMENTS))


def typed(evaluator: Evaluator, vocabulary: CallVocabulary, path: str, site: Site) -> Site:
    """The site with what its receiver turns out to be; the same site when it turns out to be nothing known."""
    if site.receiver is None or (site.typed and site.platform is not None):
        return site
    for value in evaluator.site(site.receiver, path):
        if isinstance(value, ExternalValue):
            return _placed(evaluator, vocabulary, value, site if site.typed else _matched(evaluator, vocabulary, value, path, site))
    return site


def _matched(evaluator: Evaluator, vocabulary: CallVocabulary, value: ExternalValue, path: str, site: Site) -> Site:
    """A receiver of known type decides which shape the call has, and how IDs are spelled there."""
    imports = frozenset(entry.module.partition(".")[0] for entry in evaluator.program.files[path].imports if entry.level == 0)
    match = vocabulary.shapes.match(value.name, site.callee, imports, frozenset(argument.name for argument in site.arguments))
    if match is None or not match.typed:
        return site
    known = {name for name, _ in match.shape.model}
    if site.argument and site.argument not in known and "." not in site.argument:
        return site
    return site._replace(shape=match.shape.id, operation=match.shape.operation, dialect=match.dialect, typed=True)


def _placed(evaluator: Evaluator, vocabulary: CallVocabulary, value: ExternalValue, site: Site) -> Site:
    """The platform that the client's class and arguments show."""
    if site.platform is not None:
        return site
    arguments = tuple((key, _constant(evaluator, key, argument, value)) for key, argument in value.arguments)
    place = client(value.name.partition("()")[0], arguments, vocabulary.hints)
    if place.platform is None and place.region is None:
        return site
    return site._replace(platform=place.platform, platform_evidence=place.evidence, region=site.region or place.region)


def _constant(evaluator: Evaluator, key: str | int, argument: Expr, made: ExternalValue) -> Expr:
    """An address or region as text, where the tree says it."""
    if key not in _READ or isinstance(argument, Text):
        return argument
    for value in evaluator.site(argument, made.path, made.frame):
        if isinstance(value, TextValue):
            return Text(value.text, value.pieces[0].text.span if value.pieces else NOWHERE)
    return argument
