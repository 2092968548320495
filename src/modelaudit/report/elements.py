"""Builds HTML and SVG in which text cannot become markup: a child that is a `str` is escaped, only an `Html` is taken as it is."""

from __future__ import annotations

from typing import TypeAlias

from modelaudit.domain.record import NamedTuple
from modelaudit.report.escape import markup, url

_VOID = frozenset({"meta", "input", "br"})


class Html(NamedTuple):
    """Markup that this program wrote."""

    text: str


Child: TypeAlias = str | Html | None


def element(name: str, /, *children: Child, **attributes: str | bool | None) -> Html:
    """`<name attribute="…">children</name>`. A trailing `_` of an attribute's name is dropped (`class_`), `_` becomes `-` (`data_risk`)."""
    words = [name]
    for key, value in attributes.items():
        label = key.removesuffix("_").replace("_", "-")
        if value is True:
            words.append(label)
        elif isinstance(value, str):
            words.append(f'{label}="{markup(value)}"')
    opening = f"<{' '.join(words)}>"
    return Html(opening) if name in _VOID else Html(f"{opening}{joined(*children).text}</{name}>")


def joined(*children: Child) -> Html:
    """Children side by side."""
    return Html("".join(child.text if isinstance(child, Html) else markup(child) for child in children if child is not None))


def page_link(address: str) -> Html:
    """An address as a link, when it is a plain one to the web; otherwise its text."""
    target = url(address)
    return element("a", address, href=target, rel="noreferrer") if target else element("span", address)
