"""What was listened to, and when: without it, silence could not be told from deafness."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vidocq.model.event import CLASSES
from vidocq.store.duckdb import Store
from vidocq.store.kept import kept

HOUR_US = 3_600_000_000
_HOURS = " UNION ALL ".join(f"SELECT DISTINCT '{t}' AS class, CAST(FLOOR(epoch_us(time) / {HOUR_US}) AS BIGINT) AS hour FROM \"{t}\" WHERE time IS NOT NULL" for t in CLASSES)


@dataclass(frozen=True, slots=True)
class Coverage:
    """For each class the hours (since 1970, sorted) in which at least one event of it was kept."""

    hours: dict[str, np.ndarray]

    def any(self, table: str, start_us: np.ndarray, end_us: np.ndarray) -> np.ndarray:
        """For each window whether anybody was listening in it; tables without time always listen."""
        if table not in CLASSES:
            return np.ones(len(start_us), bool)
        hours = self.hours.get(table, np.empty(0, np.int64))
        return np.searchsorted(hours, end_us // HOUR_US, "right") > np.searchsorted(hours, start_us // HOUR_US, "left")

    def history_hours(self, table: str, at_us: np.ndarray) -> np.ndarray:
        """For each moment how many hours before it the class was first heard."""
        hours = self.hours.get(table, np.empty(0, np.int64))
        if not len(hours):
            return np.zeros(len(at_us), np.int64)
        return np.maximum(at_us // HOUR_US - hours[0], 0)


def coverage(store: Store) -> Coverage:
    """What the store has listened to."""
    found = kept(store, _HOURS, tuple(CLASSES))
    of, hours = found.column("class").to_numpy(zero_copy_only=False), found.column("hour").to_numpy(zero_copy_only=False)
    return Coverage({table: np.sort(hours[of == table]).astype(np.int64) for table in CLASSES})
