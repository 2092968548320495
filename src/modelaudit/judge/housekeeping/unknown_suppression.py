"""A suppression of a rule that does not exist.

## What it does

Reports a comment or a table of the configuration that names no rule of this program, with the nearest name there is. It
suppresses nothing.

## Why it matters

A misspelled rule would be believed to be suppressed until it fails a run.

## Example

    MODEL = "gpt-4-0613"  # modelaudit: ignore[retired-modle] reason="contract 4711"

Write `retired-model`.

## Options

`--ignore unknown-suppression` or `--ignore housekeeping` switches it off.

## Sources

None: the code itself.
"""

from __future__ import annotations

from modelaudit.judge.rule import Rule

RULE = Rule("unknown-suppression", "A suppression of a rule that does not exist.", "housekeeping", True)
