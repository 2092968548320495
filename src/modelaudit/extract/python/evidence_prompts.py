"""What a call sends: roles, a prefilled answer, the system prompt and what it is tied to, tools of the provider, headers, caches."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from modelaudit.domain import traces
from modelaudit.domain.facts import Trace
from modelaudit.domain.pattern import late
from modelaudit.extract.python.chains import chain
from modelaudit.extract.python.evidence_file import FileClues
from modelaudit.extract.python.evidence_texts import sets_tone
from modelaudit.extract.python.evidence_tree import Unit
from modelaudit.extract.python.evidence_values import Read, entries, read, value_of

_MESSAGES = frozenset(("messages", "contents", "input", "history", "prompt"))
_SYSTEM = frozenset(("system", "system_prompt", "system_instruction", "system_message", "instructions", "preamble", "developer_message"))
_CACHES = frozenset(("prompt_cache_key", "cached_content", "prompt_cache_retention", "prompt_cache_options"))
_CACHE_KEYS = frozenset(("cache_control", "cachePoint", "cache_point"))
_OWN_TOOLS = frozenset(("function", "custom", "object", "string"))
_MODEL_ROLES = ("assistant", "model")
_MESSAGE_CLASSES = {"SystemMessage": "system", "HumanMessage": "user", "AIMessage": "assistant"}
_CALLED = late(
    r"(?i)\b(?:you are|you're|your name is|act as)\s+(ChatGPT|GPT-?\d[\w.-]*|Claude|Gemini|Bard|Llama|Mistral|Grok|DeepSeek|Copilot)\b"
)
_NAMED = late(
    r"(?i)(?:^|_)(?:gpt_?\d\w*?|chatgpt|claude\w*?|gemini\w*?|llama\w*?|mistral\w*?|grok\w*?)_(?:\w+_)?(?:prompt|template|instructions?)s?(?:_|$)"
)
_OLD_PROMPT = "\n\nHuman:"
_STRUCTURE_DEPTH = 6


class Prompts:
    """Everything that one call sends and that its models may take differently."""

    def __init__(self, file: FileClues, call: ast.Call, unit: Unit, model: str | None) -> None:
        """`model` is the name that the model argument is written as (`model`, `self.model`), None when it is no name."""
        self._file = file
        self._call = call
        self._unit = unit
        self._model = model
        self.found: dict[tuple[str, str], Trace] = {}

    def run(self) -> None:
        """Look at every argument, those inside a configuration object too."""
        for name, value in self._arguments():
            if name in _MESSAGES:
                self._messages(value)
            elif name in _SYSTEM:
                self._system(value)
            elif name == "tools":
                self._tools(value)
            elif name == "extra_headers":
                self._headers(value)
            elif name == "betas":
                self._betas(value)
            elif name in _CACHES:
                self._leave(traces.CACHED_PREFIX, name, value)
        for name, value in self._arguments():
            if name in _MESSAGES or name in _SYSTEM or name == "tools":
                self._cached(value_of(value, self._unit, self._file.tree).node, 0)

    def _arguments(self) -> Iterator[tuple[str, ast.expr]]:
        for keyword in self._call.keywords:
            if keyword.arg is None:
                placed = value_of(keyword.value, self._unit, self._file.tree).node
                yield from entries(placed) if isinstance(placed, ast.Dict) else ()
                continue
            yield keyword.arg, keyword.value
            if keyword.arg in ("config", "generation_config", "model_settings"):
                inner = value_of(keyword.value, self._unit, self._file.tree).node
                if isinstance(inner, ast.Call):
                    yield from ((one.arg, one.value) for one in inner.keywords if one.arg is not None)
                elif isinstance(inner, ast.Dict):
                    yield from entries(inner)

    def _leave(self, kind: str, text: str, node: ast.expr) -> None:
        self.found.setdefault((kind, text), Trace(kind, text, self._file.source.span(node)))

    # messages

    def _messages(self, value: ast.expr) -> None:
        """The turns as far as they are written down: a literal list, or a name that is given one and appended to."""
        placed = value_of(value, self._unit, self._file.tree)
        node = placed.node
        if isinstance(node, ast.BinOp):
            node = node.right if isinstance(node.right, ast.List) else node.left
        if isinstance(node, ast.List | ast.Tuple):
            turns: list[ast.expr] = list(node.elts)
            if placed.node is not value and isinstance(value, ast.Name):
                turns += self._appended(value)
            self._turns(turns, placed.unit)
        else:
            self._old_prompt(value)

    def _appended(self, name: ast.Name) -> list[ast.expr]:
        """Turns that are appended before the call."""
        found: list[ast.expr] = []
        for load in self._unit.loads(name.id):
            method = self._unit.parent(load)
            call = None if method is None else self._unit.parent(method)
            if not (isinstance(method, ast.Attribute) and method.attr == "append" and isinstance(call, ast.Call) and call.args):
                continue
            if load.lineno < self._call.lineno:
                found.append(call.args[0])
        return found

    def _turns(self, turns: list[ast.expr], unit: Unit) -> None:
        last = None
        for turn in turns:
            role, where = self._role(turn, unit)
            last = None if where is None else (role, where)
            if where is None:
                continue
            self._leave(traces.MESSAGE_ROLE, role, where)
            if role in ("system", "developer"):
                self._system(turn)
        if last is not None and last[0] in _MODEL_ROLES and not isinstance(turns[-1], ast.Starred):
            self._leave(traces.PREFILL, *last)

    def _role(self, turn: ast.expr, unit: Unit) -> tuple[str, ast.expr | None]:
        """The role of a turn and where it is written; None when it is not."""
        placed = value_of(turn, unit, self._file.tree).node
        if isinstance(placed, ast.Dict):
            for key, value in entries(placed):
                if key == "role" and isinstance(value, ast.Constant) and isinstance(value.value, str):
                    return value.value, value
        elif isinstance(placed, ast.Call):
            name = (chain(placed.func) or "").rpartition(".")[2]
            if name in _MESSAGE_CLASSES:
                return _MESSAGE_CLASSES[name], placed
            for keyword in placed.keywords:
                if keyword.arg == "role" and isinstance(keyword.value, ast.Constant) and isinstance(keyword.value.value, str):
                    return keyword.value.value, keyword.value
        elif isinstance(placed, ast.Tuple) and placed.elts and isinstance(placed.elts[0], ast.Constant):
            return str(placed.elts[0].value), placed.elts[0]
        return "", None

    # prompts

    def _system(self, value: ast.expr) -> None:
        """A system prompt: its length, its tone, and the model that it speaks of."""
        self._tied_by_name(value)
        self._named(value)
        said = read(value, self._unit, self._file.tree)
        if said is None:
            self._leave(traces.SYSTEM_PROMPT, "", value)
            return
        self._leave(traces.SYSTEM_PROMPT, str(len(said.text)), said.node)
        if sets_tone(said.text, self._file):
            self._leave(traces.PERSONA, str(len(said.text)), said.node)
        self._speaks_of(said)

    def _named(self, value: ast.expr) -> None:
        """Names of other files in a prompt: linking knows what they are."""
        for node in ast.walk(value_of(value, self._unit, self._file.tree).node):
            if isinstance(node, ast.Name | ast.Attribute) and (name := self._file.imported(node)) is not None:
                self._leave(traces.NAMED_PROMPT, name, node)

    def _speaks_of(self, said: Read) -> None:
        called = _CALLED.search(said.text)
        if called is not None:
            self._leave(traces.PROMPT_NAMES_MODEL, called.group(1), said.node)

    def _tied_by_name(self, value: ast.expr) -> None:
        """A prompt out of a table by model, or one that is named after a model."""
        for node in ast.walk(value):
            key = node.slice if isinstance(node, ast.Subscript) else None
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get" and node.args:
                key = node.args[0]
            if key is not None and self._model is not None and chain(key) == self._model and isinstance(node, ast.expr):
                self._leave(traces.PROMPT_NAMES_MODEL, (ast.unparse(node))[:60], node)
            if isinstance(node, ast.Name | ast.Attribute):
                name = node.id if isinstance(node, ast.Name) else node.attr
                if _NAMED.search(name):
                    self._leave(traces.PROMPT_NAMES_MODEL, name, node)

    def _old_prompt(self, value: ast.expr) -> None:
        self._tied_by_name(value)
        said = read(value, self._unit, self._file.tree)
        if said is not None and _OLD_PROMPT in said.text:
            self._leave(traces.PROMPT_TEXT, _OLD_PROMPT, said.node)
        for node in ast.walk(value_of(value, self._unit, self._file.tree).node):
            if isinstance(node, ast.Name | ast.Attribute) and (self._file.resolve(node) or "").endswith("anthropic.HUMAN_PROMPT"):
                self._leave(traces.PROMPT_TEXT, _OLD_PROMPT, node)

    # tools, headers, caches

    def _tools(self, value: ast.expr) -> None:
        placed = value_of(value, self._unit, self._file.tree)
        for element in placed.node.elts if isinstance(placed.node, ast.List | ast.Tuple) else ():
            tool = value_of(element, placed.unit, self._file.tree).node
            for key, kind in entries(tool) if isinstance(tool, ast.Dict) else ():
                if key == "type" and isinstance(kind, ast.Constant) and isinstance(kind.value, str) and kind.value not in _OWN_TOOLS:
                    self._leave(traces.TOOL_TYPE, kind.value, kind)

    def _headers(self, value: ast.expr) -> None:
        table = value_of(value, self._unit, self._file.tree).node
        for name, text in entries(table) if isinstance(table, ast.Dict) else ():
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                self._leave(traces.HEADER, f"{name.lower()}: {text.value}", text)

    def _betas(self, value: ast.expr) -> None:
        listed = value_of(value, self._unit, self._file.tree).node
        for element in listed.elts if isinstance(listed, ast.List | ast.Tuple) else ():
            if isinstance(element, ast.Constant) and isinstance(element.value, str):
                self._leave(traces.HEADER, f"anthropic-beta: {element.value}", element)

    def _cached(self, node: ast.expr, depth: int) -> None:
        if depth > _STRUCTURE_DEPTH:
            return
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and key.value in _CACHE_KEYS:
                    self._leave(traces.CACHED_PREFIX, str(key.value), key)
                else:
                    self._cached(value, depth + 1)
        elif isinstance(node, ast.List | ast.Tuple):
            for element in node.elts:
                self._cached(element, depth + 1)
