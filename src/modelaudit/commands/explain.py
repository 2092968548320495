"""`modelaudit explain`: the page of a rule, or the life of a model on every platform."""

from __future__ import annotations

from datetime import date

from modelaudit.config.load import load
from modelaudit.config.settings import Settings
from modelaudit.domain.errors import UsageError
from modelaudit.domain.lifecycle import Model
from modelaudit.domain.spelling import nearest_few
from modelaudit.feed.load import Feed
from modelaudit.feed.load import load as open_feed
from modelaudit.invocation import Invocation
from modelaudit.judge.biography import Biography, biography
from modelaudit.terminal import Terminal


def run(invocation: Invocation, terminal: Terminal) -> int:
    """Explain one thing."""
    from modelaudit.triage.triage import all_rules

    (topic,) = invocation.arguments
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
