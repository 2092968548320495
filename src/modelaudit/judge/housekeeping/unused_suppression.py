"""A suppression that no finding needs.

## What it does

Reports a comment or a table of the configuration that suppresses a rule where that rule finds nothing. A table of the
configuration is only called unused when the whole project was scanned, and nothing is when the rule did not run.

## Why it matters

What is silenced needlessly today silences tomorrow's finding: the next model on that line would be suppressed for a reason
that was given for another one.

## Example

    MODEL = "claude-opus-5-5"  # modelaudit: ignore[retired-model] reason="contract 4711"

The model is not retired. Take the comment away.

## Options

`--ignore unused-suppression` or `--ignore housekeeping` switches it off.

## Sources

None: the code itself.
"""

from __future__ import annotations

from modelaudit.judge.rule import Rule

RULE = Rule("unused-suppression", "A suppression that no finding needs.", "housekeeping", True)
