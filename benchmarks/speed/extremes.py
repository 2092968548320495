"""Scans each extreme file alone: how long, how much memory, with what exit code, and whether its one model ID was found.

python -m benchmarks.speed.extremes --max-seconds 3 --max-peak 400
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from modelaudit.config.settings import DEFAULT

WORK = Path(__file__).parent.parent / ".work"
BLIND = {"binary_20mb.py", "nul.py", "empty.py", "loop_a.py", "loop_b.py", "pipe.py"}
"""Nothing can be found in these, nor in files beyond the limit of size; they must be counted instead."""
PROGRAM = """
import sys
from modelaudit.__main__ import main
code = main()
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM:"))
print(int(peak.split()[1]) // 1024, file=sys.stderr)
sys.exit(code)
"""
"""The peak of the process itself: what the system calls the peak of a child begins with that of the parent that started it."""


class Outcome(NamedTuple):
    """What one file did."""

    seconds: float
    peak: int
    code: int
    seen: int
    """Literals found, or files counted as passed over where there is nothing to find."""
    complaint: str


def main() -> int:
    """Prints a line a file; exit code 1 when a limit was passed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tree", type=Path, default=WORK / "extreme")
    parser.add_argument("--max-seconds", type=float, default=3)
    parser.add_argument("--max-peak", type=float, default=400)
    parser.add_argument("--timeout", type=float, default=120)
    arguments = parser.parse_args()
    failed = False
    for path in sorted(arguments.tree.iterdir()):
        outcome = _scan(path, arguments.timeout)
        slow = outcome.seconds > arguments.max_seconds or outcome.peak > arguments.max_peak
        bad = slow or outcome.code not in (0, 1) or not outcome.seen
        failed = failed or bad
        figures = f"{outcome.seconds:7.2f} s {outcome.peak:5} MB  code {outcome.code}  seen {outcome.seen}"
        print(f"{'OVER' if bad else 'ok':4} {path.name:18} {figures}  {outcome.complaint}", flush=True)
    return 1 if failed else 0


def _scan(path: Path, timeout: float) -> Outcome:
    options = ["scan", "--isolated", "--no-cache", "--include-mentions", "--format", "json", path.name]
    began = time.perf_counter()
    try:
        done = subprocess.run([sys.executable, "-c", PROGRAM, *options], cwd=path.parent, capture_output=True, timeout=timeout, check=False)
    except subprocess.TimeoutExpired:
        return Outcome(timeout, 0, -1, 0, "did not end")
    seconds = time.perf_counter() - began
    errors = done.stderr.decode(errors="replace").split("\n")
    peak = int(errors[-2]) if len(errors) > 1 and errors[-2].isdigit() else 0
    if done.returncode not in (0, 1):
        return Outcome(seconds, peak, done.returncode, 0, " ".join(errors)[:200])
    summary = json.loads(done.stdout)["summary"]
    if path.name == "empty.py":
        return Outcome(seconds, peak, done.returncode, 1, "")
    is_counted = path.name in BLIND or path.lstat().st_size > DEFAULT.max_file_size
    return Outcome(seconds, peak, done.returncode, summary["skipped" if is_counted else "literals"], "")


if __name__ == "__main__":
    sys.exit(main())
