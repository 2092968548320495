"""Times modelaudit against ripgrep on one tree, in turn, and prints ratios, peak memory and growth.

    python -m benchmarks.speed.measure benchmarks/.work/plain --max rg=1.5
    python -m benchmarks.speed.measure benchmarks/.work/small --files app/settings.py config/dev.yaml Dockerfile --max pass=5
    python -m benchmarks.speed.measure benchmarks/.work/big benchmarks/.work/big2 benchmarks/.work/big4 --max-growth 1.1

Every command runs in the tree with its output thrown away. A round runs each once, in rotated order; the first round does not count. A
ratio is the median over the rounds of two times of the same round, so that slow drift of the machine cancels. `peak` is the largest
resident set of any one process. References: rg (all IDs of the feed as fixed strings), `git status`, and `python -c pass`; one that is not
installed is left out. Exit code 1 when a limit is passed.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shlex
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class Run(NamedTuple):
    """One command, once."""

    wall: float
    cpu: float
    peak: float
    """Megabytes."""
    code: int


Runs = dict[str, list[Run]]
OURS = "modelaudit"


def main() -> int:
    """Measures, prints, and says which limits were passed."""
    arguments = _parser().parse_args()
    ids = _ids(arguments.work)
    over: list[str] = []
    points: list[tuple[int, Runs]] = []
    for tree in arguments.trees:
        commands = _commands(arguments, tree, ids)
        for _ in range(arguments.prime):
            once(commands[OURS], tree)
        runs = measure(commands, tree, arguments.rounds, cold=arguments.cold)
        files = len(arguments.files) or _count(tree)
        load = os.getloadavg()[0]
        print(f"\n{tree.name}: {files} files, {arguments.rounds} rounds, {os.cpu_count()} processors, load {load:.1f}")
        print(table(runs))
        points.append((files, runs))
        over += [f"{tree.name}: {limit}" for limit in _passed(arguments, runs)]
    if len(points) > 1:
        growth = {name: exponent(points, name) for name in points[0][1] if name in (OURS, "rg")}
        for name, value in growth.items():
            print(f"growth of {name} from {points[0][0]} to {points[-1][0]} files: exponent {value:.2f}")
        if arguments.max_growth is not None and growth[OURS] > arguments.max_growth:
            over.append(f"growth {growth[OURS]:.2f}, limit {arguments.max_growth}")
    if arguments.json is not None:
        found = [{"files": files, "runs": {name: [run._asdict() for run in of] for name, of in runs.items()}} for files, runs in points]
        arguments.json.write_text(json.dumps(found, indent=1) + "\n")
    for line in over:
        print(f"OVER {line}")
    return 1 if over else 0


def measure(commands: dict[str, list[str]], tree: Path, rounds: int, *, cold: bool = False) -> Runs:
    """The runs of each command, the first round left out."""
    names = list(commands)
    runs: Runs = {name: [] for name in names}
    for number in range(rounds + 1):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            if cold:
                os.sync()
                Path("/proc/sys/vm/drop_caches").write_text("3")
            run = once(commands[name], tree)
            if number:
                runs[name].append(run)
    return runs


def once(command: Sequence[str], tree: Path) -> Run:
    """One command in a tree."""
    quiet = subprocess.DEVNULL
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=tree, stdin=quiet, stdout=quiet, stderr=quiet)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode)


def ratio(runs: Runs, name: str, reference: str) -> float:
    """Median of the ratios within each round."""
    return statistics.median(ours.wall / theirs.wall for ours, theirs in zip(runs[name], runs[reference], strict=True))


def exponent(points: list[tuple[int, Runs]], name: str) -> float:
    """1.0 where time grows as the number of files does."""
    (few, first), (many, last) = points[0], points[-1]
    return math.log(min(run.wall for run in last[name]) / min(run.wall for run in first[name])) / math.log(many / few)


def table(runs: Runs) -> str:
    """Figures of every command, and its ratio to every reference."""
    references = [name for name in runs if not name.startswith(OURS)]
    lines = [["command", "wall ms", "min", "cpu ms", "peak MB", "code", *(f"/ {name}" for name in references)]]
    for name, of in runs.items():
        wall = [run.wall * 1000 for run in of]
        cpu = statistics.median(run.cpu * 1000 for run in of)
        figures = [
            f"{statistics.median(wall):.0f}",
            f"{min(wall):.0f}",
            f"{cpu:.0f}",
            f"{max(run.peak for run in of):.0f}",
            str(of[-1].code),
        ]
        lines.append([name, *figures, *(f"{ratio(runs, name, reference):.2f}" for reference in references)])
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join("  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)


def _commands(arguments: argparse.Namespace, tree: Path, ids: Path) -> dict[str, list[str]]:
    commands = {OURS: [*words(arguments.command), *arguments.files]}
    for extra in arguments.also:
        name, _, command = extra.partition("=")
        commands[f"{OURS} {name}"] = [*words(command), *arguments.files]
    rg = arguments.rg or shutil.which("rg")
    if rg:
        commands["rg"] = [rg, "--no-config", "-c", "-F", "-f", str(ids), *arguments.files]
    if (tree / ".git").exists() and not arguments.files:
        commands["status"] = ["git", "status", "--porcelain"]
    commands["pass"] = [arguments.python, "-c", "pass"]
    return commands


def _passed(arguments: argparse.Namespace, runs: Runs) -> list[str]:
    found = []
    for limit in arguments.max:
        reference, _, most = limit.partition("=")
        if reference not in runs:
            found.append(f"{reference} did not run")
        elif ratio(runs, OURS, reference) > float(most):
            found.append(f"{ratio(runs, OURS, reference):.2f} x {reference}, limit {most}")
    peak = max(run.peak for run in runs[OURS])
    if arguments.max_peak is not None and peak > arguments.max_peak:
        found.append(f"peak {peak:.0f} MB, limit {arguments.max_peak:.0f}")
    return found


def words(command: str) -> list[str]:
    """The words of a command. A program that is installed beside this Python is that one, activated or not."""
    program, *rest = shlex.split(command)
    beside = Path(sys.executable).with_name(program)
    return [str(beside) if beside.exists() else program, *rest]


def _ids(work: Path) -> Path:
    """Every ID of the feed, one a line, for ripgrep."""
    from modelaudit.feed.load import load

    path = work / "ids.txt"
    work.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(sorted(load().lexicon)) + "\n")
    return path.resolve()


def _count(tree: Path) -> int:
    return sum(len(names) for folder, _, names in os.walk(tree) if "/.git" not in folder)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trees", type=Path, nargs="+")
    parser.add_argument("--command", default="modelaudit scan --isolated --no-cache --exit-zero --format json")
    parser.add_argument("--also", action="append", default=[], metavar="NAME=COMMAND", help="another command of ours to time beside it")
    parser.add_argument("--files", nargs="*", default=[], help="paths in the tree, as a hook gives them")
    parser.add_argument("--work", type=Path, default=Path(__file__).parent.parent / ".work")
    parser.add_argument("--rg")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--prime", type=int, default=0, help="runs before measuring, to fill the cache")
    parser.add_argument("--cold", action="store_true", help="empty the page cache before every command (needs root)")
    parser.add_argument("--max", action="append", default=[], metavar="REFERENCE=RATIO")
    parser.add_argument("--max-peak", type=float)
    parser.add_argument("--max-growth", type=float)
    parser.add_argument("--json", type=Path)
    return parser


if __name__ == "__main__":
    sys.exit(main())
