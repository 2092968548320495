"""`--add-ignore`: suppressions for the findings of a report, checked by reading each new text before anything is written."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date, timedelta

from modelaudit.config.settings import Settings
from modelaudit.discover.decode import Decoded, decode
from modelaudit.discover.languages import language_of, language_of_script
from modelaudit.discover.read import read
from modelaudit.domain.facts import FileFacts, Role
from modelaudit.domain.finding import Finding
from modelaudit.domain.record import NamedTuple
from modelaudit.domain.report import Report, Skipped
from modelaudit.engine import call_vocabulary, extractor
from modelaudit.extract import formats
from modelaudit.extract.extractor import Extractor
from modelaudit.extract.suppressions import MARK
from modelaudit.feed.load import load
from modelaudit.identify.identifier import Identifier
from modelaudit.judge.rules import registered
from modelaudit.triage.silence import Place, silence


class Edit(NamedTuple):
    """A file with its suppressions written, and the places where none could be."""

    path: str
    full: str
    data: bytes
    done: tuple[Place, ...]
    failed: tuple[Place, ...]


def edits(report: Report, settings: Settings, reason: str) -> tuple[Edit, ...]:
    """New contents for every file with a finding that is not suppressed yet; complaints about suppressions are no findings of that kind."""
    judged = {one.rule.id for one in registered()}
    by_path: dict[str, list[Finding]] = {}
    for finding in report.findings:
        if finding.suppression is None and finding.rule in judged:
            by_path.setdefault(finding.usage.path, []).append(finding)
    feed = load(settings.rules)
    reader = extractor(settings, feed, Identifier(feed), call_vocabulary(settings, feed))
    until = None if settings.max_suppression_days is None else report.as_of + timedelta(days=settings.max_suppression_days)
    return tuple(_edit(path, by_path[path], report.root, reader, reason, until) for path in sorted(by_path))


def _edit(path: str, findings: list[Finding], root: str, reader: Extractor, reason: str, until: date | None) -> Edit:
    full = os.path.join(root, path)
    places = tuple(_places(findings))
    data = read(full, follow=True)
    language = _language(path, data) if isinstance(data, bytes) else None
    if not isinstance(data, bytes) or language is None:
        return Edit(path, full, b"", (), places)
    decoded = decode(data, python=language == "python")
    before = reader.extract(path, language, data)
    if _encoded(decoded, decoded.text, data) != data or isinstance(before, Skipped):
        return Edit(path, full, b"", (), places)

    def check(text: str, line: int, rules: tuple[str, ...]) -> bool:
        facts = reader.extract(path, language, _encoded(decoded, text, data))
        if not isinstance(facts, FileFacts) or _said(facts) != _said(before) or not _covers(facts, line, rules):
            return False
        return language == "python" or _is_outside(text, formats.reader(language, path), line)

    written = silence(decoded.text, language, places, reason, until, check)
    return Edit(path, full, _encoded(decoded, written.text, data), written.done, written.failed)


def _language(path: str, data: bytes) -> str | None:
    """The language of a file that may hold comments: in strict JSON, and so in notebooks, other programs take them for an error."""
    language = language_of(os.path.basename(path)) or language_of_script(data[:200])
    strict = language == "notebook" or (language == "json" and not path.endswith((".jsonc", ".json5", ".code-workspace")))
    return None if strict else language


def _places(findings: list[Finding]) -> Iterable[Place]:
    """One place a line, with the rules of all its findings."""
    rules: dict[int, set[str]] = {}
    for finding in findings:
        rules.setdefault(finding.usage.literal.span.line, set()).add(finding.rule)
    for line in sorted(rules):
        yield Place(line, tuple(sorted(rules[line])))


def _said(facts: FileFacts) -> tuple[object, ...]:
    """What a file says, apart from its lines and its comments: a comment may change none of it."""
    literals = sorted((literal.text, literal.role.value, literal.context) for literal in facts.literals if literal.role is not Role.MENTION)
    sites = sorted((site.callee, site.argument, site.function) for site in facts.sites)
    return literals, sites, sorted((note.code, note.message) for note in facts.notifications)


def _covers(facts: FileFacts, line: int, rules: tuple[str, ...]) -> bool:
    """Whether comments silence all these rules on the line."""
    silenced = {rule for one in facts.suppressions if one.first_line <= line <= one.last_line for rule in one.rules}
    return silenced.issuperset(rules)


def _is_outside(text: str, format: str, line: int) -> bool:
    """Whether the comment belongs to the file itself: inside a folded text it would comment out what is folded behind it."""
    comments = (one for one in formats.parse(format, text).comments if MARK in one.text)
    return any(one.span.line == line or one.span.end_line == line - 1 for one in comments)


def _encoded(decoded: Decoded, text: str, original: bytes) -> bytes:
    """Bytes as the file has them, its byte order mark included; another encoding than it was read with would change the rest of it."""
    body = text.encode(decoded.encoding, "replace")
    marks = (b"\xef\xbb\xbf", b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff", b"\xff\xfe", b"\xfe\xff")
    mark = next((mark for mark in marks if original.startswith(mark)), b"")
    return mark + body
