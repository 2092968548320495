"""What stands beside a value: keys that tell a setting from a recording, parameters of the same call, the provider that is named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from modelaudit.domain.document import Kind, Path, Value
from modelaudit.domain.facts import Argument
from modelaudit.domain.location import Span
from modelaudit.domain.pattern import late
from modelaudit.domain.record import NamedTuple
from modelaudit.extract.keys import FileKeys
from modelaudit.extract.lexing.names import names

_PARAMETERS = names(
    """
    temperature topp topk maxtokens maxoutputtokens maxcompletiontokens maxtokenstosample maxgenlen n stop seed stopsequences
    frequencypenalty presencepenalty logprobs toplogprobs logitbias reasoningeffort effort verbosity thinking budgettokens
    thinkingbudget responseformat stream apiversion dimensions dims encodingformat functions functioncall tools toolchoice
    paralleltoolcalls betas servicetier store user bestof echo suffix mode contextwindow numctx numretries maxretries timeout
    requesttimeout modelreasoningeffort modelversion version versionupgradeoption dropparams modelcontextwindow modelmaxoutputtokens
    embeddingdims embeddingdimensions
    """
)
_PROVIDERS = (
    ("azure", "azure"),
    ("openrouter", "openrouter"),
    ("openai", "openai"),
    ("anthropic", "anthropic"),
    ("amazon", "bedrock"),
    ("aws", "bedrock"),
    ("bedrock", "bedrock"),
    ("vertex", "vertex"),
    ("googlevertex", "vertex"),
    ("gemini", "gemini-api"),
    ("google", "gemini-api"),
    ("mistral", "mistral"),
    ("cohere", "cohere"),
    ("groq", "groq"),
    ("together", "together"),
    ("fireworks", "fireworks"),
    ("deepseek", "deepseek"),
    ("xai", "xai"),
    ("ollama", "ollama"),
)
_PROVIDER_KEYS = frozenset(
    ("provider", "providername", "modelprovider", "llmprovider", "apitype", "llmapitype", "engine", "vendor", "type")
)
_URLS = (
    ("openai.azure.com", "azure"),
    ("cognitiveservices.azure.com", "azure"),
    ("services.ai.azure.com", "azure"),
    ("openrouter.ai", "openrouter"),
    ("api.openai.com", "openai"),
    ("api.anthropic.com", "anthropic"),
    ("bedrock-runtime", "bedrock"),
    ("aiplatform.googleapis.com", "vertex"),
    ("generativelanguage.googleapis.com", "gemini-api"),
    ("api.mistral.ai", "mistral"),
    ("api.groq.com", "groq"),
    ("api.deepseek.com", "deepseek"),
    ("api.x.ai", "xai"),
    ("api.together.", "together"),
    ("api.fireworks.ai", "fireworks"),
)
_URL_KEYS = frozenset(("apibase", "baseurl", "endpoint", "apihost", "openaiapibase", "azureendpoint", "url", "apiendpoint", "serverurl"))
_REGION_KEYS = frozenset(("awsregionname", "awsregion", "region", "regionname", "location", "vertexlocation"))
_CLIENT_VARIABLE = late(r"_(?:PROVIDER|API_TYPE|BASE_URL|API_BASE|REGION)$|^CLAUDE_CODE_USE_")
_DEPTH = 3
_MAX_ARGUMENTS = 40


class Client(NamedTuple):
    """The platform that the neighbours of a value show."""

    platform: str | None
    evidence: str
    region: str | None


class _Place:
    """What was found below one path."""

    __slots__ = ("arguments", "evidence", "keys", "platform", "region", "variables")

    def __init__(self) -> None:
        self.keys: set[str] = set()
        self.arguments: list[Argument] = []
        self.platform: str | None = None
        self.evidence = ""
        self.region: str | None = None
        self.variables: dict[str, str] = {}


class Surroundings:
    """The neighbours of the values that matter, gathered in one pass over the file."""

    def __init__(self, values: Sequence[Value], wanted: Iterable[Value], keys: FileKeys) -> None:
        self._places: dict[Path, _Place] = {}
        self._calls: dict[tuple[Span, Path], _Place] = {}
        for value in wanted:
            for base in _bases(value.path):
                self._places.setdefault(base, _Place())
        for value in values:
            if value.call and (value.expr is not None or value.path[:-1] in self._places):
                self._calls.setdefault((value.call, value.path[:-1]), _Place())
        lengths = sorted({len(base) for base in self._places} | {len(base) for _, base in self._calls})
        for value in values:
            path = value.path
            if value.call and self._calls:
                self._argument(value, lengths, keys)
            for length in lengths:
                if length < len(path) and (place := self._places.get(path[:length])) is not None:
                    place.keys.add(str(path[length]))
                    if len(path) - length <= _DEPTH and value.kind is Kind.ENTRY:
                        # What the elements of a list hold is each one's own: `providers: [openai:a, {id: openai:b, config: …}]`.
                        if isinstance(path[length], str):
                            _gather(place, value, path[length:], keys)
                    elif value.kind is Kind.ENVIRONMENT and _CLIENT_VARIABLE.search(str(path[-1])):
                        place.variables.setdefault(str(path[-1]), value.text)

    def keys(self, path: Path) -> set[str]:
        """The keys of the mapping at a path."""
        place = self._places.get(path)
        return place.keys if place else set()

    def arguments(self, path: Path, call: Span | None = None) -> tuple[Argument, ...]:
        """The parameters beside the value at a path; those of one call, since a program may call the same thing many times."""
        place = self._calls.get((call, path[:-1])) if call else self._places.get(_bases(path)[0])
        return tuple(place.arguments) if place else ()

    def client(self, path: Path) -> Client:
        """The platform and region that stand beside the value at a path, or one level above it."""
        name = str(path[-1]) if path else ""
        for base in _bases(path):
            place = self._places.get(base)
            if place and place.variables and name.isupper() and (found := _by_variables(name, place.variables)):
                return found
        for base in _bases(path):
            place = self._places.get(base)
            if place and place.platform:
                return Client(place.platform, place.evidence, place.region)
        first = self._places.get(path[:-1])
        return Client(None, "", first.region if first else None)

    def _argument(self, value: Value, lengths: Iterable[int], keys: FileKeys) -> None:
        for length in lengths:
            place = self._calls.get((value.call, value.path[:length])) if value.call and length < len(value.path) else None
            if place is not None and len(value.path) - length <= _DEPTH:
                _gather(place, value, value.path[length:], keys)


def plain(key: str) -> str:
    """One spelling for `displayName`, `display_name` and `display-name`."""
    return re.sub(r"[-_ $]", "", key).lower()


def _bases(path: Path) -> tuple[Path, ...]:
    """The mapping that holds a value, and the one above it when that is another level of the same thing (`model.name`, `config.model`)."""
    if not path:
        return ((),)
    above = path[:-2] if len(path) > 1 and isinstance(path[-2], str) else None
    return (path[:-1],) if above is None else (path[:-1], above)


def _gather(place: _Place, value: Value, relative: Path, keys: FileKeys) -> None:
    last = relative[-1]
    if not isinstance(last, str):
        return
    key = plain(last)
    if (key in _PARAMETERS or keys.is_parameter(value.path)) and len(place.arguments) < _MAX_ARGUMENTS and not _is_url(key):
        name = ".".join(part for part in relative if isinstance(part, str))
        place.arguments.append(Argument(name, None if value.expr else typed(value), value.expr is None, value.span))
    if len(relative) > 2:
        return
    if key in _PROVIDER_KEYS and place.platform is None:
        place.platform = provider(value.text)
        place.evidence = f"{last}: {value.text}" if place.platform else ""
    elif _is_url(key) and (found := _by_url(value.text)):
        place.platform, place.evidence = found, f"{last}: {value.text}"
    elif key in _REGION_KEYS and re.fullmatch(r"[a-z]{2,}[a-z0-9-]*", value.text):
        place.region = value.text


def _by_variables(name: str, variables: dict[str, str]) -> Client | None:
    """The platform that variables beside a model's own say, when they begin like it: `LLM_PROVIDER` for `LLM_MODEL`."""
    prefix = name.partition("_MODEL")[0].partition("_DEPLOYMENT")[0]
    region = variables.get("AWS_REGION") or variables.get("AWS_DEFAULT_REGION")
    if name.startswith(("ANTHROPIC_", "CLAUDE_")):
        for switch, platform in (("CLAUDE_CODE_USE_BEDROCK", "bedrock"), ("CLAUDE_CODE_USE_VERTEX", "vertex")):
            if variables.get(switch, "").lower() in ("1", "true"):
                return Client(platform, f"{switch}={variables[switch]}", region if platform == "bedrock" else None)
    for ending, platform_of in (("_PROVIDER", provider), ("_API_TYPE", provider), ("_BASE_URL", _by_url), ("_API_BASE", _by_url)):
        text = variables.get(prefix + ending)
        if text and (found := platform_of(text)):
            return Client(found, f"{prefix}{ending}={text}", region if found == "bedrock" else None)
    return None


def _is_url(key: str) -> bool:
    return key in _URL_KEYS


def provider(text: str) -> str | None:
    """The platform that a provider's name in a config file means."""
    name = plain(text)
    return next((platform for prefix, platform in _PROVIDERS if name.startswith(prefix)), None)


def _by_url(text: str) -> str | None:
    return next((platform for part, platform in _URLS if part in text), None)


def typed(value: Value) -> str | int | float | bool | None:
    """A scalar as its format means it: unquoted numbers and truth values are such."""
    text = value.text
    if value.quoted or len(text) > 40:
        return text[:200]
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    if text.lower() in ("null", "none", "~", ""):
        return None
    if re.fullmatch(r"[-+]?\d{1,18}", text):
        return int(text)
    if re.fullmatch(r"[-+]?\d*\.?\d+(?:[eE][-+]?\d{1,3})?", text):
        return float(text)
    return text
