"""Checks on large trees that speed costs no finding: the same report with and without cache and with 1, 2 and 4 jobs, and the same findings
without the prefilter. What differs there by design is left out: calls that could not be followed in files to which no ID leads, which only
the summary counts, and the entry points of F11, which are looked for in all files that were read.

python -m benchmarks.speed.same benchmarks/.work/plain benchmarks/.work/big
"""

from __future__ import annotations

import hashlib
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple, TypeAlias

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

BASE = [sys.executable, "-m", "modelaudit", "scan", "--isolated", "--exit-zero", "--format", "json", "--as-of", "2026-11-21"]


class Outcome(NamedTuple):
    """What one variant said."""

    report: str
    findings: str


def main() -> int:
    """Prints the digests of every variant; exit code 1 when they differ."""
    different = False
    for tree in map(Path, sys.argv[1:]):
        with tempfile.TemporaryDirectory() as cache:
            same = {
                "one job": ["--no-cache", "--jobs", "1"],
                "two jobs": ["--no-cache", "--jobs", "2"],
                "four jobs": ["--no-cache", "--jobs", "4"],
                "cache, empty": ["--cache-dir", cache],
                "cache, full": ["--cache-dir", cache],
            }
            outcomes = [_outcome(tree, name, options) for name, options in same.items()]
        whole = _outcome(tree, "no prefilter", ["--no-cache", "--config", "prefilter=false"])
        if len({outcome.report for outcome in outcomes}) > 1 or whole.findings != outcomes[0].findings:
            print(f"{tree}: reports differ")
            different = True
    return 1 if different else 0


def _outcome(tree: Path, name: str, options: list[str]) -> Outcome:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([*BASE, *options], cwd=tree, stdout=subprocess.PIPE, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    report = json.loads(done.stdout)
    outcome = Outcome(_digest(done.stdout), _digest(json.dumps(_without_reach(report["findings"])).encode()))
    counts = f"{len(report['findings']):5} findings {report['summary']['unresolved']:5} not followed"
    print(f"{tree.name:20} {name:13} {cpu:7.1f} s CPU {counts}  report {outcome.report}  findings {outcome.findings}", flush=True)
    return outcome


def _without_reach(value: Json) -> Json:
    """The same without the factors F11, which decide no level."""
    if isinstance(value, dict):
        return {key: _without_reach(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without_reach(inner) for inner in value if not (isinstance(inner, dict) and inner.get("id") == "F11")]
    return value


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]


if __name__ == "__main__":
    sys.exit(main())
