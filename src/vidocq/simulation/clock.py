"""Times of the example: a fixed first Monday, and the rhythm of an office."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from random import Random

FIRST = dt.datetime(2025, 3, 3, tzinfo=dt.UTC)
START = FIRST.timestamp()
MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0

# Work begins at eight, thins out at noon, peaks at three, and a few stay late: arrivals per hour of the day.
_OFFICE = {7: 1, 8: 6, 9: 12, 10: 13, 11: 11, 12: 4, 13: 9, 14: 13, 15: 14, 16: 10, 17: 5, 18: 2, 19: 1}


def midnight(day: int) -> float:
    """The first second of a day of the example."""
    return START + day * DAY


def is_workday(day: int) -> bool:
    """Monday to Friday."""
    return day % 7 < 5


def workdays(days: int) -> list[int]:
    """The working days among the first `days`."""
    return [d for d in range(days) if is_workday(d)]


def attack_day(days: int) -> int:
    """A working day with as much life before it as there is, and some after it where the example is long enough."""
    work = workdays(days)
    return work[-2] if len(work) > 3 else work[-1]


def office_times(rng: Random, day: int, count: float) -> Iterator[float]:
    """About `count` times in the rhythm of an office, in order; a tenth of them at week-ends."""
    mean = count if is_workday(day) else count / 10
    total = max(0, round(rng.gauss(mean, mean**0.5)))
    hours = sorted(rng.choices(list(_OFFICE), weights=list(_OFFICE.values()), k=total))
    yield from sorted(midnight(day) + (h + rng.random()) * HOUR for h in hours)


def any_times(rng: Random, day: int, count: float) -> Iterator[float]:
    """About `count` times spread over the whole day, in order."""
    total = max(0, round(rng.gauss(count, count**0.5)))
    yield from sorted(midnight(day) + rng.random() * DAY for _ in range(total))


def every(rng: Random, start: float, end: float, period: float, jitter: float = 0.0) -> Iterator[float]:
    """A time each `period` seconds from start to end, each gap off by up to `jitter` (a share of the period) either way."""
    at = start
    while at < end:
        yield at
        at += period * (1 + rng.uniform(-jitter, jitter))


def stamp(at: float) -> str:
    """RFC 3339 in UTC with microseconds."""
    return dt.datetime.fromtimestamp(at, dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def date(at: float) -> str:
    """The day of a moment: 2025-03-03."""
    return dt.datetime.fromtimestamp(at, dt.UTC).strftime("%Y-%m-%d")


def second(at: float) -> str:
    """RFC 3339 in UTC to the second, as CloudTrail writes it."""
    return dt.datetime.fromtimestamp(int(at), dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def spoken(at: float) -> str:
    """The time as IAM writes it inside its answers: Mar 3, 2025 9:05:00 AM."""
    t = dt.datetime.fromtimestamp(int(at), dt.UTC)
    return f"{t:%b} {t.day}, {t.year} {t.hour % 12 or 12}:{t:%M:%S %p}"
