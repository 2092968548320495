"""`python -m benchmarks.accuracy [-v] [--smoke] [WORD …]`: precision and recall of literals, roles and call sites, a row for each shape.

Python and other files have a table each. Ends with 1 when a share is below what is wanted. `-v` lists every disagreement, `--smoke` takes
every eighth case, words choose cases whose shape, name or file holds one of them.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

from benchmarks.accuracy.cases import CONFIG, Case, load
from benchmarks.accuracy.measure import Bench, Counts, Result, total

WANTED = (0.98, 0.98, 0.95, 0.97, 0.95, 0.97)
"""Literal precision, literal recall, role accuracy, site precision, site recall, right key paths."""
WANTED_OF_CONFIG = (0.97, 0.97, 0.95, 0.97, 0.95, 0.97)
WANTED_OF_A_SHAPE = 0.85
_HEAD = f"{'cases':>6}{'literals':>10}{'prec':>8}{'recall':>8}{'roles':>8}{'sites':>8}{'prec':>8}{'recall':>8}{'paths':>8}"
_ROLES = ("argument", "binding", "catalog", "comparison", "mention")


def main(arguments: Sequence[str]) -> int:
    """Measure, print, and say whether it is enough."""
    words = [word for word in arguments if not word.startswith("-")]
    cases = [case for case in load() if not words or any(word in f"{case.shape} {case.name} {case.origin}" for word in words)]
    if "--smoke" in arguments:
        cases = cases[::8]
    bench = Bench()
    results = [bench.run(case) for case in cases]
    enough = True
    for title, wanted, part in (
        ("Python", WANTED, [result for result in results if not result.case.is_config]),
        ("other files", WANTED_OF_CONFIG, [result for result in results if result.case.is_config]),
    ):
        if part:
            enough = _print_table(title, wanted, part, chosen=bool(words)) and enough
    if "-v" in arguments or words:
        _print_failures(results)
    return 0 if enough else 1


def _print_table(title: str, wanted: tuple[float, ...], results: list[Result], *, chosen: bool) -> bool:
    """Print a table; True when its shares are what is wanted."""
    print(f"{title:<16}{_HEAD}")
    low = [shape for shape, rows in _by_shape(results) if _print_row(shape, rows) and not chosen]
    _print_row("total", results)
    projects = sum(result.case.is_project for result in results)
    print(f"{len(results)} cases, {projects} of them projects; {sum(not result.failures for result in results)} without any disagreement")
    _print_roles(results)
    return not low and all(share >= least for share, least in zip(total(results).shares(), wanted, strict=True))


def _by_shape(results: list[Result]) -> list[tuple[str, list[Result]]]:
    grouped: dict[str, list[Result]] = {}
    for result in results:
        grouped.setdefault(result.case.shape, []).append(result)
    return sorted(grouped.items(), key=lambda entry: _order(entry[1][0].case))


def _order(case: Case) -> tuple[int, str]:
    head = case.shape.partition(".")[0]
    return (int(head), case.shape) if head.isdigit() else (1000, case.shape)


def _print_row(shape: str, results: list[Result]) -> bool:
    """Print a row; True when a share of it is below what every shape must reach."""
    counts: Counts = total(results)
    precision, recall, roles, site_precision, site_recall, paths = counts.shares()
    print(
        f"{shape.removeprefix(CONFIG):<16}{len(results):>6}{counts.wanted:>10}{precision:>8.3f}{recall:>8.3f}{roles:>8.3f}"
        f"{counts.wanted_sites:>8}{site_precision:>8.3f}{site_recall:>8.3f}{paths:>8.3f}"
    )
    return min(counts.shares()) < WANTED_OF_A_SHAPE


def _print_roles(results: list[Result]) -> None:
    """Which role was found for which; `told apart` is read off here."""
    told = Counter(pair for result in results for pair in result.told)
    wanted = sorted({pair[0] for pair in told})
    print(f"{'wanted, found as':<24}" + "".join(f"{role:>12}" for role in _ROLES) + f"{'several':>12}")
    for one in wanted:
        several = sum(count for (said, found), count in told.items() if said == one and found not in _ROLES)
        print(f"{one:<24}" + "".join(f"{told[one, role] or '':>12}" for role in _ROLES) + f"{several or '':>12}")
    print()


def _print_failures(results: list[Result]) -> None:
    for result in results:
        if result.failures:
            print(f"\n{result.case.origin}  {result.case.shape} | {result.case.name}")
            for failure in result.failures:
                print(f"    {failure}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
