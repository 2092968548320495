"""Write docs/rules.md anew from the docstrings of the rules: `python tools/write_rules.py docs/rules.md`."""

import sys

from modelaudit.judge.rule import Rule
from modelaudit.report.rule_page import rule_page
from modelaudit.triage.triage import all_rules

HEAD = """\
# Rules

<!-- Written by tools/write_rules.py from the docstrings of the rules; a test holds it to them. -->

`--select`, `--extend-select` and `--ignore`, and the keys of the same names, take names of rules and of groups. `all` is every rule.
`modelaudit explain RULE` prints one of these pages.

The rules that run "when selected" never fail a run that did not ask for them. Those of the group `resilience` among them say nothing of
dates: a call that they name works today, and would not survive a withdrawal. They rise to `medium` at most.

| rule | what it reports | group | runs |
|---|---|---|---|
"""


def page() -> str:
    """The whole page."""
    rules = all_rules()
    return HEAD + "".join(map(_row, rules)) + "".join(map(_section, rules))


def _row(rule: Rule) -> str:
    groups = ", ".join(f"`{group}`" for group in (rule.group, *rule.also))
    return f"| [`{rule.id}`](#{rule.id}) | {rule.summary} | {groups} | {'always' if rule.default else 'when selected'} |\n"


def _section(rule: Rule) -> str:
    """The rule's page, its headings a level deeper."""
    text = "\n".join(f"#{line}" if line.startswith("## ") else line for line in rule_page(rule.id).text.splitlines())
    return f"\n## {rule.id}\n\n{text}\n"


if __name__ == "__main__":
    with open(sys.argv[1], "w", encoding="utf-8", newline="\n") as out:
        out.write(page())
