"""What an ID is doing in a file that no rule speaks of: chosen, listed, recorded or merely mentioned. Told from the keys around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from modelaudit.domain.document import Kind, Path, Value
from modelaudit.domain.facts import Role
from modelaudit.domain.pattern import late
from modelaudit.extract.lexing.names import names
from modelaudit.extract.surroundings import Surroundings, plain

RECORDED = "recorded data"
"""Context of IDs in recorded answers and data sets."""

_LISTING = names(
    """
    enum options choices allowedvalues allowed examples supported available suggestions values models oneof anyof enumvalues modellist
    availablemodels supportedmodels allowedmodels resource resources cases pattern
    """
)
_NAMING = frozenset(("id", "name", "key", "value", "slug", "const", "modelid", "modelname", "ref", "canonicalslug", "basemodel"))
_PROSE = names(
    """
    description comment comments note notes title label message text content prompt placeholder help displayname summary question
    answer tooltip hint doc documentation abstract changelog heading alt longdescription shortdescription fullname caption about
    reason
    """
)
_LABELS = names("label displayname title icon recommendedfor isopensource")
_MODEL_LABELS = names("modelname modeltitle modellabel modeldisplayname")
_PRICED = late(
    r"price|pricing|cost|per_?(?:1k|1m|token|million)|context_?(?:window|length|size)|knowledge_?cutoff|capabilit|supports_", re.IGNORECASE
)
_ANSWERED = names(
    """
    choices usage completion response responses finish_reason stop_reason logprobs system_fingerprint prediction predictions
    candidates generation generations output_text completions latency latency_ms elo win_rate score scores accuracy rating judgment
    judgement tstamp answer_id conversation_a winner usageMetadata
    """
)
_LISTED = late(r"(?:allowed|supported|available|valid|permitted|approved)[a-z]{0,12}models?(?:ids?|names?|list)?")
_SHOWN = ("placeholder", "tooltip", "displayname")
_WRAPPERS = frozenset(("body", "response", "output", "result"))
_RECORDED_PATHS = late(r"(?:^|/)(?:cassettes?|__snapshots__|vcr|recordings?|recorded|\.?cache)(?:/|$)|\.vcr\.ya?ml$|\.snap$", re.IGNORECASE)
_MAX_LISTED = 2


class Roles:
    """The roles of the values of one file."""

    def __init__(self, path: str, candidates: Iterable[Value], surroundings: Surroundings) -> None:
        self._recorded = _RECORDED_PATHS.search(path) is not None
        self._surroundings = surroundings
        wanted = list(candidates)
        self._places = Counter(_place(value.path) for value in wanted)
        self._alike = Counter((len(value.path), value.path[-1]) for value in wanted if value.path)
        self._priced: dict[Path, bool] = {}

    def is_recorded(self, path: Path, known: bool = False) -> bool:
        """Whether a value stands in a recorded exchange or a data set of answers; at places that a rule knows, only the path tells."""
        if known:
            return self._recorded
        if self._recorded or ("interactions" in path and any(part in path for part in ("request", "response"))):
            return True
        parents = [path[:-1], *([path[:-2]] if len(path) > 1 and path[-2] in _WRAPPERS else [])]
        return any(_ANSWERED & self._surroundings.keys(parent) for parent in parents)

    def has_price(self, path: Path) -> bool:
        """Whether prices or limits stand beside a value: the entry of a table, which selects nothing."""
        parent = path[:-1]
        if parent not in self._priced:
            self._priced[parent] = any(_PRICED.search(key) for key in self._surroundings.keys(parent))
        return self._priced[parent]

    def is_catalog_entry(self, path: Path) -> bool:
        """Whether a value stands in a list of things to choose from: each entry has a name for people beside it. The entries may be
        constants of their own (`const GPT_4 = {modelId, modelName}`)."""
        keys = {plain(key) for key in self._surroundings.keys(path[:-1])} if path else set()
        if self.is_listed(path):
            return not _LABELS.isdisjoint(keys)
        is_one_of_several = len(path) == 2 and self._alike[len(path), path[-1]] >= _MAX_LISTED
        return is_one_of_several and not _MODEL_LABELS.isdisjoint(keys - {plain(str(path[-1]))})

    def is_allowed(self, path: Path) -> bool:
        """Whether a key on the way says that a value is one of those that may be chosen: `allowed_models`, `supportedModels`."""
        return any(isinstance(part, str) and _LISTED.fullmatch(plain(part)) for part in path[-4:])

    def is_listed(self, path: Path) -> bool:
        """Whether a value is one of several IDs at the same place of a list."""
        return any(isinstance(part, int) for part in path) and self._places[_place(path)] >= _MAX_LISTED

    def role(self, value: Value) -> tuple[Role, str | None]:
        """The role of an ID at a place that no rule knows, and a context that says more than its path does."""
        path = value.path
        if value.kind in _BY_KIND:
            return _BY_KIND[value.kind], None
        if self.is_recorded(path):
            return Role.CATALOG, RECORDED
        if is_prose(path):
            return Role.MENTION, None
        key = _key(path)
        if (
            self.has_price(path)
            or self.is_allowed(path)
            or self.is_catalog_entry(path)
            or any(plain(part) in _LISTING for part in path[-2:] if isinstance(part, str))
        ):
            return Role.CATALOG, None
        if self.is_listed(path) and (not key or key in _NAMING) and not is_positional(value):
            return Role.CATALOG, None
        return Role.BINDING, None


_BY_KIND = {Kind.KEY: Role.CATALOG, Kind.MEMBER: Role.CATALOG, Kind.COMPARISON: Role.COMPARISON, Kind.PROSE: Role.MENTION}


def is_prose(path: Path) -> bool:
    """Whether a value is text for people, by its key: a description, or what a form shows in an empty field (`model_placeholder`)."""
    key = _key(path)
    return key in _PROSE or key.endswith(_SHOWN)


def is_positional(value: Value) -> bool:
    """Whether a value is itself an argument of a call, and no element of a list in one: no position stands before its own."""
    return value.kind is Kind.ARGUMENT and isinstance(value.path[-1], int) and not any(isinstance(part, int) for part in value.path[:-1])


def _place(path: Path) -> tuple[str, ...]:
    return tuple("[]" if isinstance(part, int) else part for part in path)


def _key(path: Path) -> str:
    return plain(path[-1]) if path and isinstance(path[-1], str) else ""
