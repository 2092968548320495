"""The rules about suppressions, one module each: the rule and, as docstring, its page. `triage` finds what they report."""
