"""Writes the lines of a day into the files that each product would leave, in time order, with the same bytes for the same lines."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import IO

from vidocq.simulation.firm import Firm
from vidocq.simulation.line import Line, Log


@contextmanager
def _packed(path: Path) -> Iterator[IO[bytes]]:
    """A compressed file without name and time in its head: its bytes depend on its content alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as f:
        yield f  # type: ignore[misc]


def write_day(out: Path, logs: Mapping[str, Log], firm: Firm, lines: Sequence[Line]) -> None:
    """One day of every log below `out`. `lines` are in time order, and no file of theirs is begun on another day."""

    @cache
    def place(log: str, hour: int) -> str:
        return logs[log.partition("/")[0]].place(firm, log, hour * 3600.0)

    placed = sorted(((place(line.log, int(line.at // 3600)), line) for line in lines), key=itemgetter(0))
    for path, group in groupby(placed, key=itemgetter(0)):
        part = [line for _, line in group]
        form = logs[part[0].log.partition("/")[0]].form(firm, part[0].log)
        with _packed(out / path) as f:
            f.write(form.head)
            for n, line in enumerate(part):
                if n:
                    f.write(form.between)
                f.write(form.encode(line.record))
            f.write(form.tail)
