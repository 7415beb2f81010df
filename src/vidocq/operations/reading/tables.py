"""Tables into rows: CSV with quotes, separated cells without, and Parquet."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterable, Iterator

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


def csv_rows(chunks: Iterator[bytes], separator: str) -> Iterator[Row]:
    """The rows of a table, the header first; positions count from 0, so that the header has none."""
    csv.field_size_limit(reading_lines.LONGEST)
    n = -1
    for written in _logical(line for _, line in lines(chunks)):
        if isinstance(written, Cut):
            n += 1
            yield n, [], b"", f"a line of {written} bytes, longer than any row"
            continue
        try:
            # Without a quote there is nothing for the reader to do.
            cells = text(written).split(separator) if b'"' not in written else _cells(text(written), separator)
        except csv.Error as e:
            n += 1
            yield n, [], written, f"no row of a table ({e})"
            continue
        if written.strip():
            n += 1
            yield n, cells, written, ""


def _cells(row: str, separator: str) -> list[str]:
    return next(csv.reader(io.StringIO(row, newline=""), delimiter=separator), [])


def _logical(physical: Iterable[bytes | Cut]) -> Iterator[bytes | Cut]:
    """Lines joined where a quoted cell runs over several: as long as the number of quotes is odd."""
    source, held = iter(physical), deque[bytes | Cut]()
    while (line := held.popleft() if held else next(source, None)) is not None:
        if isinstance(line, Cut) or line.count(b'"') % 2 == 0:
            yield line
            continue
        held.appendleft(line)
        taken = [held.popleft() for _ in range(_until_closed(held, source))]
        yield b"\n".join(piece for piece in taken if not isinstance(piece, Cut))


def _until_closed(held: deque[bytes | Cut], source: Iterator[bytes | Cut]) -> int:
    """How many lines the row takes that opens a quote in the first; one if it never closes it. Lines that are looked at are held."""
    quotes = size = 0
    for i in range(QUOTED_LINES):
        line = held[i] if i < len(held) else next(source, None)
        if line is not None and i == len(held):
            held.append(line)
        if line is None or isinstance(line, Cut) or (size := size + len(line)) > reading_lines.LONGEST:
            return 1
        quotes += line.count(b'"')
        if quotes % 2 == 0:
            return i + 1
    return 1


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
