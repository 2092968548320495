"""Reports of this program and of others that list what a project uses: they name models and use none.

A report that was written into the tree yesterday must not be a finding today, whatever its name and wherever it lies.
"""

from __future__ import annotations

from modelaudit.domain.pattern import late

REPORT = "report"
"""Why such a file is not read on."""

_HEAD = 4096
_KNOWN = late(
    rb"""(?x)\A(?:\xef\xbb\xbf)?\s*\{[^{\[]*"(?:
        schema"\s*:\s*"modelaudit-(?:report|inventory|baseline)/\d
      | bomFormat"\s*:\s*"CycloneDX"
      | \$schema"\s*:\s*"[^"]*\bsarif\b
    )"""
)
"""Before the first inner object or array: a key there describes the file as a whole."""


def is_report(language: str, data: bytes) -> bool:
    """Whether a JSON file is a report, a bill of materials or a baseline."""
    return language == "json" and _KNOWN.match(data[:_HEAD]) is not None
