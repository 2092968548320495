"""Names that an answer's parts have in the SDKs, and what reading them means."""

from __future__ import annotations

STOP_REASONS = frozenset(
    ("stop_reason", "finish_reason", "stopReason", "finishReason", "stop_details", "done_reason", "incomplete_details")
)
"""Why the model stopped."""
FIELDS = frozenset(
    ("function_call", "logprobs", "top_logprobs", "token_logprobs", "avg_logprobs", "reasoning_content", "thinking", "thoughts", "refusal",
     "system_fingerprint", "citations", "prompt_filter_results", "annotations", "safety_ratings", "prompt_feedback")
)  # fmt: skip
"""Parts that not every model gives."""
PARSED = frozenset(("parsed", "output_parsed"))
"""Parts that the SDK has validated against the schema of the call."""
TOOL_ARGUMENTS = frozenset(("arguments", "input", "args"))
"""The arguments of a tool call, which follow the tool's schema."""
NO_ANSWER = frozenset(
    ("usage", "usage_metadata", "id", "created", "model", "role", "status", "status_code", "headers", "object", "type", "index", "name",
     "kind", "event", "metrics", "trace", "request_id", "_request_id", "response_metadata", "ResponseMetadata", "additional_kwargs", "cost",
     "tool_call_id", "model_name", "raise_for_status", "close", "aclose", "ok", "input_tokens", "output_tokens", "total_tokens")
)  # fmt: skip
"""Parts that say something about the answer and are none."""
STILL = frozenset(
    ("len", "isinstance", "bool", "type", "id", "hasattr", "callable", "hash", "tracing", "assert_called", "sleep", "iter", "next", "repr")
)
"""Plain functions that take nothing out of an answer."""
SAME = frozenset(
    (
        "str",
        "list",
        "tuple",
        "iter",
        "next",
        "aiter",
        "anext",
        "dict",
        "sorted",
        "reversed",
        "cast",
        "bytes",
        "set",
        "getattr",
        "asyncio.run",
    )
)
"""Functions that give back what they are given."""
GATHERS = frozenset(("append", "extend", "add", "insert", "appendleft"))
"""Methods that put what they are given into their receiver."""
