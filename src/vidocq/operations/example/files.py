"""Writes the lines of a day into the files that CloudTrail, Zeek and the audit trail would leave, in time order, with the same bytes for the same lines."""

from __future__ import annotations

import datetime as dt
import gzip
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from random import Random
from typing import IO, Any

import msgspec

from vidocq.operations.example import ids
from vidocq.operations.example.clock import HOUR, START, midnight
from vidocq.operations.example.firm import Firm
from vidocq.operations.example.line import Line
from vidocq.operations.example.zeek import FIELDS

_encode = msgspec.json.Encoder().encode


@contextmanager
def _packed(path: Path) -> Iterator[IO[bytes]]:
    """A compressed file without name and time in its head: its bytes depend on its content alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as f:
        yield f  # type: ignore[misc]


def write_day(out: Path, firm: Firm, day: int, lines: Sequence[Line]) -> None:
    """One day of every log below `out`. `lines` are in time order."""
    date = dt.datetime.fromtimestamp(midnight(day), dt.UTC)
    trail = [line for line in lines if line.log == "cloudtrail"]
    for hour, delivered in groupby(trail, lambda line: int((line.at - START) // HOUR)):
        _write_trail(out, firm, hour, delivered)
    for log in sorted({line.log for line in lines} - {"cloudtrail"}):
        part = [line.record for line in lines if line.log == log]
        if log.startswith("audit/"):
            _write_text(out / log / f"{date:%Y-%m-%d}.log.gz", part)
            continue
        with _packed(out / "zeek" / f"{date:%Y-%m-%d}" / f"{log}.log.gz") as f:
            # Some sensors write JSON, others columns.
            _write_json(f, part) if firm.seed % 2 else _write_columns(f, log, part)


def _write_trail(out: Path, firm: Firm, hour: int, lines: Iterable[Line]) -> None:
    time = dt.datetime.fromtimestamp(START + hour * HOUR, dt.UTC)
    name = f"{firm.account}_CloudTrail_{firm.region}_{time:%Y%m%dT%H%MZ}_{ids.letters(Random(f'{firm.seed}/delivery/{hour}'), 16)}.json.gz"
    with _packed(out / "AWSLogs" / firm.account / "CloudTrail" / firm.region / f"{time:%Y/%m/%d}" / name) as f:
        for n, line in enumerate(lines):
            f.write(b"," if n else b'{"Records":[')
            f.write(_encode(line.record))
        f.write(b"]}")


def _write_text(path: Path, records: Sequence[dict[str, Any]]) -> None:
    """Records whose writer leaves lines of text."""
    with _packed(path) as f:
        for record in records:
            f.write(record["text"].encode() + b"\n")


def _write_json(f: IO[bytes], records: Sequence[dict[str, Any]]) -> None:
    for record in records:
        f.write(_encode(record) + b"\n")


def _write_columns(f: IO[bytes], log: str, records: Sequence[dict[str, Any]]) -> None:
    names, types = FIELDS[log]
    head = (
        "#separator \\x09",
        "#set_separator\t,",
        "#empty_field\t(empty)",
        "#unset_field\t-",
        f"#path\t{log}",
        "#fields\t" + "\t".join(names),
        "#types\t" + "\t".join(types),
    )
    f.write(("\n".join(head) + "\n").encode())
    for record in records:
        f.write(("\t".join(_cell(record.get(n), t) for n, t in zip(names, types, strict=True)) + "\n").encode())


def _cell(value: Any, kind: str) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "T" if value else "F"
    if isinstance(value, list):
        return ",".join(_cell(v, kind) for v in value) or "(empty)"
    if isinstance(value, float):
        return f"{value:.6f}"
    # A tab or a line's end inside a value would break the columns.
    return str(value).replace("\\", "\\x5c").replace("\t", "\\x09").replace("\n", "\\x0a") or "(empty)"
