"""A suppression whose last day has passed.

## What it does

Reports a comment or a table of the configuration whose `until` lies before the day judged. What it suppressed counts again.
From fourteen days before the last day on, every run warns.

## Why it matters

A waiver is a decision for a time. Its end is the day to decide anew, and not the day on which somebody remembers.

## Example

    MODEL = "gpt-4-0613"  # modelaudit: ignore[retired-model] until=2026-06-30 reason="moves with release 12"

It holds on 30 June 2026, and is reported from 1 July on. Change the model, or set a new day with a new reason.

## Options

`max-suppression-days` limits how far away a last day may be. `--ignore expired-suppression` switches this report off; the
suppression stays expired.

## Sources

None: the code itself.
"""

from __future__ import annotations

from modelaudit.judge.rule import Rule

RULE = Rule("expired-suppression", "A suppression whose last day has passed.", "housekeeping", True)
