"""`modelaudit explain`: the page of a rule, the life of a model on every platform, or why a finding has its level."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from modelaudit.config.load import load
from modelaudit.config.settings import Settings
from modelaudit.domain.errors import InputError, UsageError
from modelaudit.domain.lifecycle import Model
from modelaudit.domain.pattern import late
from modelaudit.domain.spelling import nearest_few
from modelaudit.feed.load import Feed
from modelaudit.feed.load import load as open_feed
from modelaudit.invocation import Invocation
from modelaudit.judge.biography import Biography, biography
from modelaudit.terminal import Terminal

if TYPE_CHECKING:
    from modelaudit.report import told

_FINGERPRINT = late(r"[0-9a-f]{4,16}")


def run(invocation: Invocation, terminal: Terminal) -> int:
    """Explain one thing."""
    from modelaudit.triage.triage import all_rules

    topic, *paths = invocation.arguments
    if paths or invocation.text("report") is not None or _FINGERPRINT.fullmatch(topic):
        _finding(topic, invocation, terminal)
        return 0
    rules = {rule.id for rule in all_rules()}
    if topic in rules:
        _rule(topic, invocation, terminal)
        return 0
    settings = load(invocation, (), terminal.folder).settings
    feed = open_feed(settings.rules, settings.cache_dir)
    as_of = settings.as_of or terminal.today()
    model, platform = _model(topic, feed, rules, as_of)
    _tell(_biography(model, feed, settings, as_of, invocation, platform), invocation, terminal)
    return 0


def _finding(prefix: str, invocation: Invocation, terminal: Terminal) -> None:
    """A finding of a JSON report, or of a scan made now, and its place in the table."""

    from modelaudit.feed import risk
    from modelaudit.report import explain_finding, told

    if not _FINGERPRINT.fullmatch(prefix):
        hint = "paths and --report go with the fingerprint of a finding, which `modelaudit scan -v` shows"
        raise UsageError(f"{prefix!r} is no fingerprint: those are 4 to 16 of the characters 0-9 and a-f", hint=hint)
    path = invocation.text("report")
    settings = load(invocation, (), terminal.folder).settings
    feed = open_feed(settings.rules, settings.cache_dir)
    report = _scanned(invocation, terminal) if path is None else told.read(_bytes(path), path)
    found = told.choose(report, prefix)
    table = feed.decoded(risk.NAME, risk.decode).table
    note = "" if report.rules.digest == feed.digest else "the report was made by another rules feed; the table is that of the present one"
    explained = explain_finding.Explanation(found, table, report.as_of.isoformat(), note)
    if invocation.text("format") == "json":
        explain_finding.render_json(explained, terminal.out)
    else:
        style = terminal.style(invocation.text("color") or "auto", invocation.number("verbose"))
        explain_finding.render(explained, terminal.out, style)


def _scanned(invocation: Invocation, terminal: Terminal) -> told.Report:
    """A report of the paths with every rule on, whatever is selected: the finding may be one that a scan only counts."""
    import io

    from modelaudit.auditing import audited, request
    from modelaudit.domain.finding import Risk
    from modelaudit.report import json, told
    from modelaudit.report.style import PLAIN

    wanted = request(invocation._replace(arguments=invocation.arguments[1:]), terminal)
    settings = wanted.settings._replace(select=("all",), extend_select=(), ignore=(), risk=Risk.INFO)
    out = io.StringIO()
    json.render(audited(wanted._replace(settings=settings), terminal, compare=False), out, PLAIN)
    return told.read(out.getvalue().encode(), "the scan")


def _bytes(path: str) -> bytes:
    try:
        with open(path, "rb") as stream:
            return stream.read()
    except OSError as error:
        raise InputError(f"--report: {path}: {error.strerror}") from error


def _model(topic: str, feed: Feed, rules: set[str], as_of: date) -> tuple[Model, str | None]:
    """The model that the topic names in any spelling, and the platform that the spelling itself names."""
    from modelaudit.identify.identifier import Identifier

    found = feed.model(topic)
    if found is not None:
        return found, None
    identity = Identifier(feed).identify(topic, as_of=as_of)
    model = None if identity is None or identity.model is None else feed.model(identity.model)
    if identity is not None and model is not None:
        return model, identity.platform
    if identity is not None and identity.opaque is not None:
        raise UsageError(f"{topic!r} is a {identity.opaque}: the name does not tell the model", hint="look up what stands behind it")
    near = nearest_few(topic, {*feed.keys(), *feed.lexicon, *rules})
    hint = f"did you mean {' or '.join(near)}?" if near else "`modelaudit rules list` lists the models"
    raise UsageError(f"no model and no rule is called {topic!r}", hint=hint)


def _biography(model: Model, feed: Feed, settings: Settings, as_of: date, invocation: Invocation, spelled: str | None) -> Biography:
    platform = invocation.text("platform")
    known = {life.platform for life in model.lives}
    if platform is not None and platform not in known:
        raise UsageError(f"the feed knows nothing of {model.key} on {platform!r}", hint=f"it knows of {', '.join(sorted(known))}")
    told = biography(
        model, feed.restrictions(model.key), as_of, profiles=settings.profiles, platform=platform, known_at=invocation.day("known-at")
    )
    first = tuple(chapter for chapter in told.chapters if chapter.life.platform == spelled)
    return told._replace(chapters=(*first, *(chapter for chapter in told.chapters if chapter not in first)))


def _tell(told: Biography, invocation: Invocation, terminal: Terminal) -> None:
    if invocation.text("format") == "json":
        from modelaudit.report import explain_json

        explain_json.render(told, terminal.out)
    else:
        from modelaudit.report import explain_text

        explain_text.render(told, terminal.out, terminal.style(invocation.text("color") or "auto", 0))


def _rule(rule: str, invocation: Invocation, terminal: Terminal) -> None:
    from modelaudit.report.rule_page import rule_page

    page = rule_page(rule)
    if invocation.text("format") == "json":
        import json

        json.dump({"rule": rule, "summary": page.summary, "page": page.text}, terminal.out, indent=2, ensure_ascii=False)
        terminal.out.write("\n")
    else:
        terminal.out.write(f"{rule}\n\n{page.text}\n")
