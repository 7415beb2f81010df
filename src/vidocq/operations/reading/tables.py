"""Tables into rows: CSV with quotes, separated cells without, and Parquet."""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

import msgspec
import pyarrow as pa

from vidocq.operations.reading import lines as reading_lines
from vidocq.operations.reading.lines import Cut, lines

QUOTED_LINES = 500
"""A quoted cell may hold as many lines; where the quote never closes, only the line that opened it is lost."""

Row = tuple[int, list[str], bytes, str]
"""Position from 1, the cells, the row as it is written, and why it is none (empty where it is one)."""


def text(line: bytes) -> str:
    """A line as text; what is no UTF-8 becomes U+FFFD, and so does a zero, which no store holds."""
    return line.decode("utf-8", "replace").replace("\x00", "\ufffd")


def csv_rows(chunks: Iterator[bytes], separator: str, width: int = 0) -> Iterator[Row]:
    """The rows of a table, the header first; positions count from 0, so that the header has none. `width` is how many cells a row has, 0 if the first tells."""
    csv.field_size_limit(reading_lines.LONGEST)
    for n, (written, cells, why) in enumerate(_logical((line for _, line in lines(chunks)), separator, width)):
        yield n, cells, written, why


def _cells(row: bytes, separator: str) -> tuple[list[str], str]:
    """The cells, and why they are none."""
    if b'"' not in row:
        # Without a quote there is nothing for the reader to do.
        return text(row).split(separator), ""
    try:
        found = list(csv.reader([text(row)], delimiter=separator))
    except csv.Error as e:
        return [], f"no row of a table ({e})"
    return (found[0], "") if len(found) == 1 else ([], f"no row of a table ({len(found)} rows where one was expected)")


def _logical(physical: Iterable[bytes | Cut], separator: str, width: int) -> Iterator[tuple[bytes, list[str], str]]:
    """Rows as they are written, their cells, and why they have none. A row runs over several lines where a quoted cell does, and only if they make one
    good row: else each line is a row of its own, so that a stray quote costs nobody else's record."""
    source, held, marks = iter(physical), deque[bytes | Cut](), _marks(separator)
    while (line := held.popleft() if held else next(source, None)) is not None:
        if isinstance(line, Cut):
            yield b"", [], f"a line of {line} bytes, longer than any row"
            continue
        if not line.strip():
            continue
        written = line
        cells, why = _cells(line, separator)
        if b'"' in line and not marks.whole.match(line) and (more := _until_closed(line, held, source, marks)):
            joined = b"\n".join([line, *(piece for piece in islice(held, more) if not isinstance(piece, Cut))])
            together, broken = _cells(joined, separator)
            if not broken and len(together) == (width or len(together)):
                written, cells, why = joined, together, ""
                for _ in range(more):
                    held.popleft()
        width = width or len(cells)
        yield written, cells, why


@dataclass(frozen=True, slots=True)
class _Marks:
    """What the quotes of a line say of it. A quote opens a cell where the cell begins; anywhere else it is a sign like others (`5" disk`)."""

    whole: re.Pattern[bytes]
    """Every cell that is opened is closed."""
    closing: re.Pattern[bytes]
    """Begins within a quoted cell; it is closed, as the standard has it, at a separator or the end, and so is every other one."""
    reopening: re.Pattern[bytes]
    """Begins within a quoted cell, and ends within this one or another."""


@cache
def _marks(separator: str) -> _Marks:
    sign = re.escape(separator.encode())
    other = rb"(?:(?!%b).)" % sign if len(separator.encode()) > 1 else rb"[^%b]" % sign
    within = rb'(?:[^"]++|"")*+'
    cell = rb'(?:"%b"%b*+|(?!")%b*+)' % (within, other, other)
    closed = rb'%b"(?:%b%b)*+' % (within, sign, cell)
    return _Marks(
        re.compile(rb"%b(?:%b%b)*+\Z" % (cell, sign, cell), re.S), re.compile(rb"%b\Z" % closed, re.S),
        re.compile(rb'(?:%b%b")?+%b\Z' % (closed, sign, within), re.S),
    )


def _until_closed(line: bytes, held: deque[bytes | Cut], source: Iterator[bytes | Cut], marks: _Marks) -> int:
    """How many more lines the row takes that opens a cell in this one; none if it never closes it. Lines that are looked at are held."""
    size = len(line)
    for i in range(QUOTED_LINES - 1):
        if i == len(held):
            following = next(source, None)
            if following is None:
                return 0
            held.append(following)
        piece = held[i]
        if isinstance(piece, Cut) or (size := size + len(piece)) > reading_lines.LONGEST:
            return 0
        if b'"' in piece:
            if marks.closing.match(piece):
                return i + 1
            if not marks.reopening.match(piece):
                return 0
    return 0


def parquet_names(data: bytes) -> list[str]:
    """The names of the columns, nested ones too, as `a.b`; none if it is no Parquet."""
    import pyarrow.parquet as pq

    try:
        return [column.path for column in pq.ParquetFile(io.BytesIO(data)).schema]
    except (pa.ArrowException, OSError, ValueError):
        return []


def parquet_records(chunks: Iterator[bytes]) -> Iterator[tuple[int, bytes, str]]:
    """Rows as objects in JSON, each with its position and why it is none."""
    import pyarrow.parquet as pq

    n = 0
    try:
        file = pq.ParquetFile(io.BytesIO(b"".join(chunks)))
        for part in file.iter_batches(batch_size=10_000):
            for row in _rows(part):
                n += 1
                yield (n, b"", row) if isinstance(row, str) else (n, msgspec.json.encode(row, enc_hook=str, order="sorted"), "")
    except (pa.ArrowException, OSError, ValueError, TypeError) as e:
        yield n + 1, b"", f"Parquet that cannot be read ({type(e).__name__})"


def _rows(part: pa.RecordBatch) -> Iterator[dict[str, object] | str]:
    try:
        yield from part.to_pylist()
        return
    except (ValueError, OverflowError):
        # A time beyond the year 9999 has no object here: find the row that has it.
        pass
    for i in range(part.num_rows):
        try:
            yield part.slice(i, 1).to_pylist()[0]
        except (ValueError, OverflowError) as e:
            yield f"a value that cannot be read ({type(e).__name__})"
