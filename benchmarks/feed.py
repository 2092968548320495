"""How long opening the compiled feed and looking models up takes: `python benchmarks/feed.py [RULES]`.

Targets: opening under 15 ms, a lookup under 20 microseconds. The feed is compiled to a file first, as it lies in the wheel.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from statistics import median
from time import perf_counter

RUNS = 15
PROGRAM = """
import sys
from time import perf_counter
start = perf_counter()
from modelaudit.feed.load import load
imported = perf_counter()
feed = load(sys.argv[1])
opened = perf_counter()
feed.lexicon.get("gpt-4", ())
looked_up = perf_counter()
feed.model("gpt-4-0613")
decoded = perf_counter()
print(imported - start, opened - imported, looked_up - opened, decoded - looked_up)
"""
STEPS = ("import", "open", "first lookup (decodes the lexicon)", "first model (decodes the models)")


def main() -> None:
    """Measure and print."""
    from modelaudit.feed.compile import compile_feed

    rules = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), "..", "rules")
    start = perf_counter()
    data = compile_feed((os.path.abspath(rules),))
    print(f"{'compile':44}{(perf_counter() - start) * 1e3:9.1f} ms   {len(data):,} bytes")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "index.bin")
        with open(path, "wb") as file:
            file.write(data)
        runs = [_run(path) for _ in range(RUNS)]
        for index, step in enumerate(STEPS):
            print(f"{step:44}{median(run[index] for run in runs) * 1e3:9.2f} ms")
        _lookups(path)


def _run(path: str) -> tuple[float, ...]:
    done = subprocess.run([sys.executable, "-c", PROGRAM, path], capture_output=True, text=True, check=True)
    return tuple(map(float, done.stdout.split()))


def _lookups(path: str) -> None:
    from modelaudit.feed.load import load

    feed = load(path)
    texts = list(feed.lexicon)
    misses = [text + "-x" for text in texts]
    for name, wanted in (("lookup, known IDs", texts), ("lookup, unknown IDs", misses)):
        print(f"{name:44}{_each(lambda text: feed.lexicon.get(text), wanted):9.2f} us")
    keys = feed.keys()
    print(f"{'model, first time':44}{_each(feed.model, keys):9.2f} us")
    print(f"{'model, again':44}{_each(feed.model, keys):9.2f} us")
    print(f"{'restrictions, first time':44}{_each(feed.restrictions, keys):9.2f} us")


def _each(call: object, wanted: object) -> float:
    """Microseconds a call, over all arguments."""
    assert callable(call)
    assert isinstance(wanted, (list, tuple))
    start = perf_counter()
    for one in wanted:
        call(one)
    return (perf_counter() - start) / len(wanted) * 1e6


if __name__ == "__main__":
    main()
