"""Binary event logs of Windows (`.evtx`) into records of JSON."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import Any

MARK = b"ElfFile\0"
HEADER, CHUNK = 4096, 65536
"""A file is a header and chunks of one size. Source: github.com/libyal/libevtx, "Windows XML Event Log (EVTX) format"."""

Piece = tuple[int, bytes, str]


def evtx_records(chunks: Iterator[bytes]) -> Iterator[Piece]:
    """Events as objects in JSON, each with its place and why it is none. What cannot be read of a damaged log costs nothing that stands beside it."""
    try:
        # Imported late: few runs read such a log.
        from evtx import PyEvtxParser
    except ImportError:
        yield 1, b"", "a binary event log, and the package `evtx` that reads it is not installed; install it, or export the log as JSON"
        return
    # The parser goes back and forth in the file, which may have come out of an archive, or be larger than the memory.
    with tempfile.TemporaryFile() as file:
        for chunk in chunks:
            file.write(chunk)
        size = file.tell()
        file.seek(0)
        try:
            events = PyEvtxParser(file, number_of_threads=1).records_json()
        except (RuntimeError, OSError, ValueError) as e:
            yield 1, b"", f"no binary event log that can be read ({_short(e)})"
            return
        n = 0
        for n, piece in enumerate(_each(events), 1):
            yield n, *piece
        if size > HEADER and (size - HEADER) % CHUNK:
            yield n + 1, b"", "the log ends within a chunk: it was cut short, and what stood there is lost"


def _each(events: Iterator[Any]) -> Iterator[tuple[bytes, str]]:
    """Every event, and every failure to read one. A chunk of 64 KiB holds a few hundred: a parser that only fails comes to its end."""
    while True:
        try:
            event = next(events)
        except StopIteration:
            return
        except (RuntimeError, OSError, ValueError) as e:
            yield b"", f"a damaged part of the log ({_short(e)})"
        else:
            yield str(event["data"]).encode("utf-8", "replace"), ""


def _short(e: Exception) -> str:
    return " ".join(str(e).split())[:160]
