"""What a file that is no program says of the whole project: locked packages, keys that a deployment carries, permissions, evaluations.

Lines are matched, structures are not read: the files hold templates, and most of them name no model at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from modelaudit.domain import traces
from modelaudit.domain.facts import Trace
from modelaudit.domain.location import Span
from modelaudit.domain.pattern import late

REQUIREMENTS = frozenset(("requirements", "lock"))
"""Languages of files that are read for their packages alone."""
_DEPLOYED = frozenset(("env", "yaml", "dockerfile", "hcl", "toml", "ini", "json", "shell", "makefile"))
MARKS = (b"API_KEY", b"ACCESS_KEY", b"CREDENTIALS", b"BEARER_TOKEN", b"bedrock:", b"availableModels", b"promptfoo", b"interactions:")
"""One of these stands in every file, apart from lists of packages, that says anything here."""
_LARGEST = 1_000_000

_KEY = late(
    r"(?<![A-Za-z0-9_])((?:AZURE_)?OPENAI_API_KEY|AZURE_API_KEY|AZURE_OPENAI_AD_TOKEN|ANTHROPIC_API_KEY|AWS_ACCESS_KEY_ID|"
    r"AWS_BEARER_TOKEN_BEDROCK|COHERE_API_KEY|CO_API_KEY|GEMINI_API_KEY|GOOGLE_API_KEY|GROQ_API_KEY|MISTRAL_API_KEY|OPENROUTER_API_KEY|"
    r"GOOGLE_APPLICATION_CREDENTIALS|XAI_API_KEY)(?![A-Za-z0-9_])"
)
_MORE_KEYS = late(r"(?<![A-Za-z])(env_file|envFrom|secretRef|external_secrets|ExternalSecret)\s*:")
_RESOURCE = late(r"arn:(?:aws[\w-]*|\$\{[^}\s]*\}):bedrock:[^\"'\s]*?(?:foundation-model|inference-profile)/([^\"'\s,\])]+)")
_YAML_KEY = late(r"^\s*(?:-\s+)?[\"']?([A-Za-z_][\w.-]*)[\"']?\s*[:=]")
_ACTION = late(r"(?<![\w:-])bedrock:(?:Invoke\w*|Converse\w*|\*)")
_DENIED = late(r"(?i)effect[\"']?\s*[:=]\s*[\"']?deny")
_MODELS = late(r"\"availableModels\"\s*:\s*\[([^\]]*)\]")
_QUOTED = late(r"\"([^\"\n]+)\"")
_REQUIREMENT = late(r"^\s*([A-Za-z][\w.-]*)(\[[^\]]*\])?\s*((?:[<>=~!]=?=?\s*[\w.*+!-]+\s*,?\s*)*)\s*(?:$|[;#\\])")
_STRING = late(r"[\"']([A-Za-z][\w.-]*)(?:\[[^\]]*\])?\s*((?:(?:===?|>=|<=|~=|!=|<|>)\s*[\w.*+!-]+\s*,?\s*)+)[\"'; ]")
_POETRY = late(r"^\s*[\"']?([A-Za-z][\w.-]*)[\"']?\s*=\s*(?:\{[^}]*?version\s*=\s*)?[\"'](\^|~=|~|>=|==)?\s*(\d[\w.*]*)")
_LOCKED = late(r"name = \"([^\"\n]+)\"\s*\nversion = \"([^\"\n]+)\"")
_PIPFILE = late(r"\"([A-Za-z][\w.-]*)\": \{[^{}]*?\"version\": \"==([^\"]+)\"")
_SCRIPT = late(r"^\s*[\w-]+\s*=\s*\"([\w.]+:[\w.]+)\"", re.MULTILINE)
_SCRIPTS = late(r"^\[(?:project\.scripts|tool\.poetry\.scripts)\]\s*$([^\[]*)", re.MULTILINE)
_NEAR = 14
"""Lines above a resource in which the key that holds it, and the effect of its statement, are looked for."""


def concerns(language: str | None, path: str, data: bytes) -> bool:
    """Whether a file may say anything of the project, without reading it."""
    if language in REQUIREMENTS or path.endswith("pyproject.toml") or _is_suite(path):
        return True
    if language == "json" and path.endswith(".jsonl"):
        return b'"messages"' in data[:400]
    return language in _DEPLOYED and len(data) < _LARGEST and any(mark in data for mark in MARKS)


def project_traces(language: str, path: str, text: str, packages: frozenset[str]) -> tuple[Trace, ...]:
    """Traces of a file for the whole project, in order. `packages` are those whose releases matter, with `-` between words."""
    found: list[Trace] = []
    name = path.rpartition("/")[2].lower()
    if language == "requirements":
        found += _requirements(text, packages)
    elif language == "lock":
        found += _locked(text, packages)
    elif name == "pyproject.toml":
        found += (*_declared(text, packages), *_scripts(text))
    if language in _DEPLOYED:
        found += (*_keys(text), *_resources(text), *_available(text), *_recorded(path, text))
        if _is_suite(path) or "promptfoo.dev/config-schema" in text:
            found.append(Trace(traces.EVALUATION, "promptfoo", Span(1, 1, 1, 1)))
        if name.endswith(".jsonl") and '"messages"' in text[:400]:
            found.append(Trace(traces.FINE_TUNING_DATA, path, Span(1, 1, 1, 1)))
    return tuple(sorted(set(found), key=lambda trace: (trace.span, trace.kind, trace.text)))


def _is_suite(path: str) -> bool:
    """promptfoo's own name for its file; what is written in it need not name the program."""
    return path.rpartition("/")[2].lower().startswith("promptfooconfig")


def _lines(text: str) -> Iterator[tuple[int, str]]:
    return enumerate(text.split("\n"), 1)


def _span(line: int, start: int, end: int) -> Span:
    return Span(line, start + 1, line, end + 1)


def _place(text: str, start: int, end: int) -> Span:
    """The span of a stretch of the text that lies in one line."""
    line = text.count("\n", 0, start) + 1
    first = text.rfind("\n", 0, start) + 1
    return _span(line, start - first, end - first)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _requirements(text: str, packages: frozenset[str]) -> Iterator[Trace]:
    for number, line in _lines(text):
        match = _REQUIREMENT.match(line)
        if match is not None and _normal(match[1]) in packages:
            said = f"{match[1]}{match[3].replace(' ', '')}".rstrip(",")
            yield Trace(traces.PACKAGE, said, _span(number, match.start(1), match.end(3)))


def _locked(text: str, packages: frozenset[str]) -> Iterator[Trace]:
    for match in (*_LOCKED.finditer(text), *_PIPFILE.finditer(text)):
        if _normal(match[1]) in packages:
            yield Trace(traces.PACKAGE, f"{match[1]}=={match[2]}", _place(text, match.start(2), match.end(2)))


def _declared(text: str, packages: frozenset[str]) -> Iterator[Trace]:
    """PEP 621 strings, and Poetry's table of versions."""
    for number, line in _lines(text):
        if line.lstrip().startswith("#"):
            continue
        for match in _STRING.finditer(line):
            if _normal(match[1]) in packages:
                yield Trace(
                    traces.PACKAGE, f"{match[1]}{match[2].replace(' ', '')}".rstrip(","), _span(number, match.start(1), match.end(2))
                )
        poetry = _POETRY.match(line)
        if poetry is not None and _normal(poetry[1]) in packages:
            yield Trace(traces.PACKAGE, f"{poetry[1]}{poetry[2] or '=='}{poetry[3]}", _span(number, poetry.start(1), poetry.end(3)))


def _scripts(text: str) -> Iterator[Trace]:
    for table in _SCRIPTS.finditer(text):
        for match in _SCRIPT.finditer(table[1]):
            start = table.start(1) + match.start(1)
            yield Trace(traces.ENTRY_POINT, f"command {match[1]}", _place(text, start, start + len(match[1])))


def _keys(text: str) -> Iterator[Trace]:
    for number, line in _lines(text):
        if line.lstrip().startswith(("#", "//")):
            continue
        for match in _KEY.finditer(line):
            yield Trace(traces.CREDENTIAL, match[1], _span(number, match.start(1), match.end(1)))
        if (more := _MORE_KEYS.search(line)) is not None:
            yield Trace(traces.CREDENTIAL, traces.OTHER_CREDENTIALS, _span(number, more.start(1), more.end(1)))
        if (action := _ACTION.search(line)) is not None:
            yield Trace(traces.CREDENTIAL, "bedrock:InvokeModel", _span(number, action.start(), action.end()))


def _resources(text: str) -> Iterator[Trace]:
    """Models that statements for Bedrock allow. A model that a variable names is allowed whatever it is."""
    if _ACTION.search(text) is None:
        return
    lines = text.split("\n")
    for number, line in _lines(text):
        for match in _RESOURCE.finditer(line):
            if _is_resource(lines, number - 1, match.start()):
                allowed = "*" if "${" in match[1] else match[0]
                yield Trace(traces.PERMISSION, f"iam {allowed}", _span(number, match.start(), match.end()))


def _is_resource(lines: list[str], index: int, column: int) -> bool:
    """Whether the key above (or before) a value is `Resource`, in a statement that allows."""
    above = lines[max(0, index - _NEAR) : index]
    if any(_DENIED.search(line) for line in (*above, *lines[index : index + _NEAR // 2])):
        return False
    for line in (lines[index][:column], *reversed(above)):
        key = _YAML_KEY.match(line)
        inline = re.findall(r"[\"']?(\w+)[\"']?\s*[:=]\s*\[?\s*[\"']?$", line)
        name = inline[-1] if inline else key[1] if key is not None else ""
        # The ARN above in a list looks like a key, too: `"arn:aws:…",`.
        if name and name != "arn" and not name.lower().startswith("fn"):
            return name.lower() in ("resource", "resources")
    return False


def _available(text: str) -> Iterator[Trace]:
    for listed in _MODELS.finditer(text):
        for match in _QUOTED.finditer(listed[1]):
            start = listed.start(1) + match.start(1)
            yield Trace(traces.PERMISSION, f"claude-code {match[1]}", _place(text, start, start + len(match[1])))


def _recorded(path: str, text: str) -> Iterator[Trace]:
    if "cassettes/" in f"/{path}" and re.search(r"^interactions:", text, re.MULTILINE):
        yield Trace(traces.RECORDING, path, Span(1, 1, 1, 1))
