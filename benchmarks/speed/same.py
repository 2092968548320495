"""Checks on a large tree that speed costs no finding: the same report with and without prefilter and cache, and with 1, 2 and 4 jobs.

python -m benchmarks.speed.same benchmarks/.work/plain benchmarks/.work/big
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BASE = [sys.executable, "-m", "modelaudit", "scan", "--isolated", "--exit-zero", "--format", "json", "--as-of", "2026-11-21"]


def main() -> int:
    """Prints the digest of every variant's report; exit code 1 when they differ."""
    different = False
    for tree in map(Path, sys.argv[1:]):
        with tempfile.TemporaryDirectory() as cache:
            variants = {
                "one job": ["--no-cache", "--jobs", "1"],
                "two jobs": ["--no-cache", "--jobs", "2"],
                "four jobs": ["--no-cache", "--jobs", "4"],
                "no prefilter": ["--no-cache", "--no-prefilter"],
                "cache, empty": ["--cache-dir", cache],
                "cache, full": ["--cache-dir", cache],
            }
            digests = {name: _digest(tree, options) for name, options in variants.items()}
        if len(set(digests.values())) > 1:
            print(f"{tree}: reports differ")
            different = True
    return 1 if different else 0


def _digest(tree: Path, options: list[str]) -> str:
    began = time.perf_counter()
    done = subprocess.run([*BASE, *options], cwd=tree, stdout=subprocess.PIPE, check=True)
    digest = hashlib.sha256(done.stdout).hexdigest()
    print(
        f"{tree.name:8} {' '.join(options[-2:])[-30:]:30} {len(done.stdout):12,} bytes {time.perf_counter() - began:7.2f} s  {digest[:16]}"
    )
    return digest


if __name__ == "__main__":
    sys.exit(main())
