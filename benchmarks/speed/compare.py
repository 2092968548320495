"""Times two commits of modelaudit against each other, in turn, on one tree.

    python -m benchmarks.speed.compare HEAD~5 HEAD benchmarks/.work/plain

Both run from their own work tree with the packages of the Python that runs this. `.` stands for the work tree as it is.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.speed.measure import OURS, measure, ratio, table

ROOT = Path(__file__).parents[2]


def main() -> int:
    """Measures two commits; exit code 1 when the second is slower than allowed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before")
    parser.add_argument("after")
    parser.add_argument("tree", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--max", type=float, default=1.1, help="slowest that the second may be, as a ratio to the first")
    parser.add_argument("options", nargs="*", default=["--no-cache"], help="options of scan, after --")
    arguments = parser.parse_args()
    commands = {}
    for name, commit in (("before", arguments.before), ("after", arguments.after)):
        source = ROOT if commit == "." else _checked_out(commit)
        program = f"import sys; sys.path.insert(0, {str(source / 'src')!r}); from modelaudit.__main__ import main; sys.exit(main())"
        options = ["--isolated", "--exit-zero", "--format", "json", *arguments.options]
        commands[f"{OURS} {name}"] = [sys.executable, "-c", program, "scan", *options]
    runs = measure(commands, arguments.tree, arguments.rounds)
    print(table(runs))
    change = ratio(runs, f"{OURS} after", f"{OURS} before")
    print(f"{arguments.after} takes {change:.2f} times as long as {arguments.before}")
    return 1 if change > arguments.max else 0


def _checked_out(commit: str) -> Path:
    digest = subprocess.run(["git", "rev-parse", "--verify", f"{commit}^{{commit}}"], cwd=ROOT, check=True, capture_output=True, text=True)
    folder = ROOT / "benchmarks" / ".work" / "commits" / digest.stdout.strip()
    if not folder.exists():
        folder.mkdir(parents=True)
        archive = subprocess.Popen(["git", "archive", digest.stdout.strip(), "src", "rules"], cwd=ROOT, stdout=subprocess.PIPE)
        subprocess.run(["tar", "--extract", "--file=-"], cwd=folder, stdin=archive.stdout, check=True)
        if archive.wait() != 0:
            os.rmdir(folder)
            raise SystemExit(f"{commit} could not be unpacked")
    return folder


if __name__ == "__main__":
    sys.exit(main())
