"""The baseline: findings that are known. Which are new, which unchanged, and which came back because their model moved on.

An entry holds no lines and no dates, so that neither an edit above nor a passing day changes it. A finding is known when its fingerprint
is in the baseline; also when it would be under the rule, or in the file, that an unmatched entry names: a deprecated model that has
retired is found by another rule, and code that was moved, or whose file was renamed, has another path. A known finding comes back as
`updated` when its model moved on, and when the ID reaches more calls than it did: each of them is a new use of the same model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from modelaudit.domain.errors import ConfigError
from modelaudit.domain.finding import Finding
from modelaudit.domain.lifecycle import Status
from modelaudit.domain.record import NamedTuple
from modelaudit.judge.fingerprint import Parts, digest, parts_of
from modelaudit.judge.rules import registered

SCHEMA = "modelaudit-baseline/1"
_FIELDS = ("fingerprint", "rule", "path", "model", "status")
_HINT = "`modelaudit baseline write` makes a new one"
_STAGES = (Status.UNRELEASED, Status.ACTIVE, Status.UNKNOWN, Status.LEGACY, Status.DEPRECATED, Status.RETIRED, Status.RESTRICTED)


class Entry(NamedTuple):
    """One known finding."""

    fingerprint: str
    rule: str
    path: str
    model: str
    status: str
    sites: int | None = None
    """How many calls the ID reached; None in baselines that do not say."""
    platform: str | None = None
    """Whose dates it was judged by; None in baselines that do not say."""


class Compared(NamedTuple):
    """Findings with their `baseline_state`, and entries that nothing matched."""

    findings: tuple[Finding, ...]
    gone: tuple[Entry, ...]
    grown: tuple[tuple[Finding, int], ...]
    """Known findings that reach more calls than the baseline says, with the number that it says."""


def entry(finding: Finding) -> Entry:
    """A finding as the baseline remembers it."""
    parts = parts_of(finding)
    status = finding.verdict.status.value
    return Entry(finding.fingerprint, finding.rule, finding.usage.path, parts.model, status, calls(finding), parts.platform or None)


def calls(finding: Finding) -> int:
    """How many calls the ID reaches."""
    return len({(site.placed.path, site.placed.site.span) for site in finding.sites if site.placed is not None})


def compare(findings: Sequence[Finding], baseline: Sequence[Entry], *, whole: bool = True) -> Compared:
    """Tell known findings from new ones.

    Only when the whole project was scanned, an entry that nothing matched has left its file. When a part was, the calls that show the
    platform may be missing, and with them whose dates count: then an entry of the same ID on another platform is it, whatever its status.
    """
    rest = {known.fingerprint: known for known in sorted(baseline, key=_order)}
    matched = {index: rest.pop(one.fingerprint) for index, one in enumerate(findings) if one.fingerprint in rest}
    elsewhere = _Elsewhere(baseline)
    for nearness in (_other_rule, _other_path, _both) if whole else (_other_rule, _other_platform):
        for index, one in enumerate(findings):
            if index in matched or not rest or (nearness is _other_platform and not one.verdict.assumed):
                continue
            known = elsewhere.find(parts_of(one), nearness, rest)
            if known is not None:
                found = rest.pop(known)
                matched[index] = found._replace(status=one.verdict.status.value) if nearness is _other_platform else found
    marked = tuple(one._replace(baseline_state=_state(one, matched.get(index))) for index, one in enumerate(findings))
    grown = ((one, matched[index].sites) for index, one in enumerate(marked) if index in matched and _has_grown(one, matched[index]))
    return Compared(marked, tuple(sorted(rest.values(), key=_order)), tuple((one, then or 0) for one, then in grown))


def write(entries: Iterable[Entry]) -> str:
    """The file: JSON, sorted, one entry a line, so that a change reviews well."""
    import json

    rows = sorted({(one.path, one.rule, one.model, one.fingerprint): one for one in entries}.items())
    fields = ({key: value for key, value in one._asdict().items() if value is not None} for _, one in rows)
    lines = (json.dumps(one, ensure_ascii=False) for one in fields)
    body = ",\n".join(f"    {line}" for line in lines)
    return f'{{\n  "schema": "{SCHEMA}",\n  "findings": [{chr(10) + body + chr(10) + "  " if body else ""}]\n}}\n'


def read(path: str, shown: str) -> tuple[Entry, ...]:
    """The entries of a baseline; one that is missing or broken is an error, never an empty baseline."""
    import json

    try:
        with open(path, encoding="utf-8") as stream:
            data: object = json.load(stream)
    except FileNotFoundError:
        raise ConfigError(f"{shown}: no such baseline", hint="`modelaudit baseline write` makes one") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{shown}: cannot be read: {error}") from error
    except ValueError as error:
        line = getattr(error, "lineno", 0)
        raise ConfigError(f"{shown}:{line}: not valid JSON", hint=_HINT) from error
    if not isinstance(data, dict) or data.get("schema") != SCHEMA or not isinstance(data.get("findings"), list):
        raise ConfigError(f"{shown}: not a baseline of this version; expected the schema {SCHEMA}", hint=_HINT)
    return tuple(_entry(value, f"{shown}: findings[{index}]") for index, value in enumerate(data["findings"]))


def _entry(value: object, place: str) -> Entry:
    if not isinstance(value, dict):
        raise ConfigError(f"{place}: expected an object", hint=_HINT)
    fingerprint, rule, path, model, status = (_text(value.get(field), f"{place}.{field}") for field in _FIELDS)
    sites = value.get("sites")
    if sites is not None and (not isinstance(sites, int) or isinstance(sites, bool) or sites < 0):
        raise ConfigError(f"{place}.sites: expected a whole number", hint=_HINT)
    platform = value.get("platform")
    return Entry(fingerprint, rule, path, model, status, sites, None if platform is None else _text(platform, f"{place}.platform"))


def _text(value: object, place: str) -> str:
    if not isinstance(value, str):
        raise ConfigError(f"{place}: expected a string", hint=_HINT)
    return value


class _Elsewhere:
    """Finds the entry that a finding would have under another rule or in another file."""

    def __init__(self, baseline: Iterable[Entry]) -> None:
        self._lifecycle = {one.rule.id for one in registered() if one.rule.group == "lifecycle"}
        self._places: dict[str, Counter[tuple[str, str, str | None]]] = {}
        for known in baseline:
            self._places.setdefault(known.model, Counter())[known.rule, known.path, known.platform] += 1

    def find(self, parts: Parts, nearness: _Nearness, rest: dict[str, Entry]) -> str | None:
        """The fingerprint of the first such entry among the rest; equal findings of one file are numbered."""
        for (rule, path, platform), most in sorted(self._places.get(parts.model, Counter()).items(), key=str):
            there = parts.platform if platform is None else platform
            near = nearness(rule == parts.rule, path == parts.path, there == parts.platform)
            if near and self._same_kind(rule, parts.rule):
                moved = parts._replace(rule=rule, path=path, platform=there)
                for number in range(1, most + 1):
                    if (found := digest(moved, number)) in rest:
                        return found
        return None

    def _same_kind(self, one: str, other: str) -> bool:
        """Rules of the lifecycle follow one another for the same ID; all others stand for themselves."""
        return one == other or {one, other} <= self._lifecycle


_Nearness: TypeAlias = Callable[[bool, bool, bool], bool]
"""Whether an entry is near enough, by whether its rule, its path and its platform are those of the finding."""


def _other_rule(same_rule: bool, same_path: bool, same_platform: bool) -> bool:
    return same_platform and same_path and not same_rule


def _other_path(same_rule: bool, same_path: bool, same_platform: bool) -> bool:
    return same_platform and same_rule and not same_path


def _both(same_rule: bool, same_path: bool, same_platform: bool) -> bool:
    return same_platform and not same_rule and not same_path


def _other_platform(same_rule: bool, same_path: bool, same_platform: bool) -> bool:
    return same_path and not same_platform


def _state(finding: Finding, known: Entry | None) -> str:
    if known is None:
        return "new"
    moved_on = _stage(finding.verdict.status.value) > _stage(known.status)
    return "updated" if moved_on or _has_grown(finding, known) else "unchanged"


def _has_grown(finding: Finding, known: Entry) -> bool:
    return known.sites is not None and calls(finding) > known.sites


def _order(known: Entry) -> tuple[str, ...]:
    return known[:5]


def _stage(status: str) -> int:
    return next((index for index, stage in enumerate(_STAGES) if stage.value == status), 0)
