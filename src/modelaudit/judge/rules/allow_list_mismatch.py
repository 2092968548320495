"""A model in use that a policy of the project does not allow.

## What it does

Reports a model in use that an allow-list of the project (IAM resources, the models of a LiteLLM proxy, `availableModels` of Claude Code)
does not hold, while it holds other models.

## Why it matters

The call is denied in production and works on the developer's machine.

## Example

An IAM policy that allows `anthropic.claude-sonnet-4-6`, and a handler that calls `anthropic.claude-opus-4-8`.

## Options

Off unless selected: `--select resilience` or by name.

## Sources

The project's own policies.
"""

from __future__ import annotations

from modelaudit.domain.finding import Risk
from modelaudit.judge.case import Case, Context, Ruling
from modelaudit.judge.coupling import disallowed_by
from modelaudit.judge.messages import subject
from modelaudit.judge.rule import Example, Rule
from modelaudit.judge.urgency import NONE
from modelaudit.judge.wording import place

RULE = Rule("allow-list-mismatch", "A policy of the project does not allow a model that is used.", "resilience", False)

_CALL = 'import boto3\nclient = boto3.client("bedrock-runtime")\nclient.converse(modelId="anthropic.claude-opus-4-8", messages=m)\n'
VALID = (Example("2026-11-21", _CALL), Example("2026-11-21", _CALL, permits="iam anthropic.claude-opus-4-*"))
INVALID = (Example("2026-11-21", _CALL, permits="iam arn:aws:bedrock:*::foundation-model/anthropic.claude-sonnet-4-6"),)


def judge(case: Case, context: Context) -> Ruling | None:
    """A policy for the platform that lists others only."""
    if case.site is None:
        return None
    found = disallowed_by(case, context)
    if found is None:
        return None
    message = f"{subject(case.verdict)} is used and not allowed by {found.policy} at {place(found.path, found.span)}"
    return Ruling(message, NONE, (), level=Risk.MEDIUM)
