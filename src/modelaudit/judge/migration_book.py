"""The migration rows and prices of the feed, found by model; each pair of models is looked up once."""

from __future__ import annotations

from datetime import date

from modelaudit.domain.migration import Migrations, Price, Row
from modelaudit.judge.wild import named


class MigrationBook:
    """Rows between models, rows by which a model refuses a call already, prices."""

    def __init__(self, migrations: Migrations) -> None:
        self._migrations = migrations
        self._to: dict[str, tuple[Row, ...]] = {}
        self._between: dict[tuple[str, str, str], tuple[Row, ...]] = {}
        self._refusing: dict[tuple[str, date], tuple[Row, ...]] = {}
        self._prices: dict[str, Price | None] = {}

    def between(self, present: str, step: str, hop: str) -> tuple[Row, ...]:
        """Rows that lead to `hop` from the present model or from the step before."""
        key = (present, step, hop)
        if key not in self._between:
            self._between[key] = tuple(
                row for row in self._towards(hop) if named(row.origin, step) or (step != present and named(row.origin, present))
            )
        return self._between[key]

    def refusing(self, model: str, as_of: date) -> tuple[Row, ...]:
        """Rows by which a model, its SDK or its endpoint refuses a call on the day, whatever the call came from."""
        key = (model, as_of)
        if key not in self._refusing:
            self._refusing[key] = tuple(row for row in self._migrations.rows if _refuses(row, model, as_of))
        return self._refusing[key]

    def _towards(self, hop: str) -> tuple[Row, ...]:
        """Rows that lead to a model, wherever they come from."""
        if hop not in self._to:
            self._to[hop] = tuple(row for row in self._migrations.rows if named(row.target, hop))
        return self._to[hop]

    def price(self, model: str) -> Price | None:
        """What a model costs, None when the feed does not say."""
        if model not in self._prices:
            self._prices[model] = next((one for one in self._migrations.prices if named(one.models, model)), None)
        return self._prices[model]


def _refuses(row: Row, model: str, as_of: date) -> bool:
    """What is inferred, or cannot be seen, is no reason to call something down."""
    if row.confidence == "inferred" or row.check or row.effect != "error" or (row.since is not None and row.since > as_of):
        return False
    if row.today:
        return named(row.target, model)
    return row.since is not None and row.place == "endpoint" and named(row.origin, model)
