"""Times a scan with a feed of very many IDs against one with the shipped feed, in turn, on one tree.

    python -m benchmarks.speed.feeds benchmarks/.work/plain/django --max 1.3

The made-up models are of publishers that do not exist: families with sizes, variants and dates, as real ones are named. Both feeds are
compiled first, as the one in the wheel is; how long that takes, and how many stems cover the IDs, is printed.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path

from benchmarks.speed.measure import OURS, measure, ratio, table, words
from modelaudit.feed.compile import compile_feed
from modelaudit.feed.load import load

RULES = Path(__file__).parents[2] / "rules"
_SYLLABLES = ("ba", "cor", "dul", "fen", "gri", "hol", "jas", "kel", "lum", "mor", "nev", "oru", "pax", "quil", "rho", "sol", "tar", "vex")
_SIZES = ("1b", "3b", "8b", "14b", "32b", "70b", "mini", "small", "large", "max")
_VARIANTS = ("base", "instruct", "chat", "vision", "code")
_DATES = ("2401", "2506")


def main() -> int:
    """Measures both feeds; exit code 1 when the large one costs more than allowed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tree", type=Path)
    parser.add_argument("--ids", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--max", type=float, default=1.3, help="slowest that the large feed may be, as a ratio to the shipped one")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "rules"
        shutil.copytree(RULES, large)
        known = len(load(str(RULES)).lexicon)
        (large / "models" / "made-up.toml").write_text("\n".join(_models(arguments.ids - known)))
        commands = {}
        for name, rules in (("shipped", RULES), ("large", large)):
            compiled = _compiled(rules, Path(folder) / f"{name}.bin")
            options = ["--isolated", "--no-cache", "--exit-zero", "--format", "json", "--rules", str(compiled)]
            commands[f"{OURS} {name}"] = [*words("modelaudit scan"), *options]
        runs = measure(commands, arguments.tree, arguments.rounds)
    print(table(runs))
    change = ratio(runs, f"{OURS} large", f"{OURS} shipped")
    print(f"the large feed takes {change:.2f} times as long as the shipped one")
    return 1 if change > arguments.max else 0


def _compiled(rules: Path, path: Path) -> Path:
    began = time.perf_counter()
    path.write_bytes(compile_feed((str(rules),)))
    seconds = time.perf_counter() - began
    feed = load(str(path))
    print(f"{len(feed.lexicon):6} IDs, {len(feed.anchors):4} stems, compiled in {seconds:.1f} s to {path.stat().st_size:,} bytes")
    return path


def _models(count: int) -> Iterator[str]:
    """Lines of a file of models."""
    yield 'schema = "1"\npublisher = "made-up"\n'
    yield '[source.nowhere]\nurl = "https://example.com/models"\nofficial = false\nretrieved = 2026-01-01\n'
    families = ("".join(parts) for parts in product(_SYLLABLES, repeat=3))
    names = ("-".join(parts) for family in families for parts in product((family,), _SIZES, _VARIANTS, _DATES))
    for name in islice(names, count):
        yield f'[[model]]\nkey = "{name}"\n[[model.life]]\nplatform = "groq"\nids = ["{name}"]\nsource = "nowhere"\n'


if __name__ == "__main__":
    sys.exit(main())
