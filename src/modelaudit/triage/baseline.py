"""The baseline: findings that are known. Which are new, which unchanged, and which came back because their model moved on.

An entry holds no lines and no dates, so that neither an edit above nor a passing day changes it. A finding is known when its fingerprint
is in the baseline; also when it would be under the rule, or in the file, that an unmatched entry names: a deprecated model that has
retired is found by another rule, and code that was moved, or whose file was renamed, has another path.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from modelaudit.domain.errors import ConfigError
from modelaudit.domain.finding import Finding
from modelaudit.domain.lifecycle import Status
from modelaudit.domain.record import NamedTuple
from modelaudit.judge.fingerprint import fingerprint
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


class Compared(NamedTuple):
    """Findings with their `baseline_state`, and entries that nothing matched."""

    findings: tuple[Finding, ...]
    gone: tuple[Entry, ...]


def entry(finding: Finding) -> Entry:
    """A finding as the baseline remembers it."""
    identity = finding.verdict.identity
    return Entry(finding.fingerprint, finding.rule, finding.usage.path, identity.model or identity.written, finding.verdict.status.value)


def compare(findings: Sequence[Finding], baseline: Sequence[Entry], *, whole: bool = True) -> Compared:
    """Tell known findings from new ones. Only when the whole project was scanned, an entry that nothing matched has left its file."""
    rest = {known.fingerprint: known for known in sorted(baseline)}
    matched = {index: rest.pop(one.fingerprint) for index, one in enumerate(findings) if one.fingerprint in rest}
    lifecycle = {one.rule.id for one in registered() if one.rule.group == "lifecycle"}
    for rule in sorted({known.rule for known in rest.values()} & lifecycle):
        _match([one._replace(rule=rule) if one.rule in lifecycle else one for one in findings], matched, rest)
    for path in sorted({known.path for known in rest.values()}) if whole else ():
        _match([_moved(one, path) for one in findings], matched, rest)
    states = (_state(one, matched.get(index)) for index, one in enumerate(findings))
    marked = tuple(one._replace(baseline_state=state) for one, state in zip(findings, states, strict=True))
    return Compared(marked, tuple(sorted(rest.values())))


def write(entries: Iterable[Entry]) -> str:
    """The file: JSON, sorted, one entry a line, so that a change reviews well."""
    import json

    rows = sorted({(one.path, one.rule, one.model, one.fingerprint): one for one in entries}.items())
    lines = (json.dumps(one._asdict(), ensure_ascii=False) for _, one in rows)
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
    texts = [value.get(field) for field in _FIELDS]
    for field, text in zip(_FIELDS, texts, strict=True):
        if not isinstance(text, str):
            raise ConfigError(f"{place}.{field}: expected a string", hint=_HINT)
    return Entry._make(str(text) for text in texts)


def _match(candidates: Sequence[Finding], matched: dict[int, Entry], rest: dict[str, Entry]) -> None:
    """Pair candidates that are not matched yet with entries of the same fingerprint, and take those entries out of `rest`."""
    open_ones = [(index, one) for index, one in enumerate(candidates) if index not in matched]
    for (index, _), one in zip(open_ones, fingerprint(one for _, one in open_ones), strict=True):
        known = rest.pop(one.fingerprint, None)
        if known is not None:
            matched[index] = known


def _moved(finding: Finding, path: str) -> Finding:
    """The finding as it would be in another file."""
    first = finding.sites[0]
    if first.usage.path != finding.usage.path:
        return finding
    moved = first._replace(usage=first.usage._replace(path=path))
    return finding._replace(sites=(moved, *finding.sites[1:]))


def _state(finding: Finding, known: Entry | None) -> str:
    if known is None:
        return "new"
    return "updated" if _stage(finding.verdict.status.value) > _stage(known.status) else "unchanged"


def _stage(status: str) -> int:
    return next((index for index, stage in enumerate(_STAGES) if stage.value == status), 0)
