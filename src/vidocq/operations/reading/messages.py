"""Messages of mail (RFC 5322), one in a file or several in a mailbox file, each whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vidocq.operations.reading import lines as reading_lines
from vidocq.operations.reading.lines import Cut, utf8

_NEXT = re.compile(rb"(?:\A|\n\r?\n)(From \S+ [^\n]*\d{4}\r?\n)")
_BOUNDARY = re.compile(rb"^content-type:[^\n]*(?:\n[ \t][^\n]*)*?boundary=\"?([^\";\r\n]{1,200})", re.I | re.M)

Piece = tuple[int, bytes | Cut, str]


def messages(chunks: Iterator[bytes]) -> Iterator[Piece]:
    """Each message with its place from 1; what stands behind the end that a message names is none."""
    kept, size = [], 0
    for chunk in utf8(chunks):
        size += len(chunk)
        if size <= reading_lines.LONGEST:
            kept.append(chunk)
    if size > reading_lines.LONGEST:
        yield 1, Cut(size), ""
        return
    n = 0
    for whole in _each(b"".join(kept)):
        message, rest = _until_its_end(whole)
        n += 1
        yield n, message, ""
        if rest.strip():
            n += 1
            yield n, rest.strip(), "text behind the end of the message"


def _each(data: bytes) -> Iterator[bytes]:
    """A mailbox file writes a line that begins `From ` before each message."""
    marks = list(_NEXT.finditer(data)) if data.startswith(b"From ") else []
    if not marks:
        yield data
    ends = [*(m.start() for m in marks[1:]), len(data)]
    yield from (data[mark.end() : end] for mark, end in zip(marks, ends, strict=False))


def _until_its_end(data: bytes) -> tuple[bytes, bytes]:
    """A message of several parts says by which line it ends: readers of mail show nothing behind it."""
    head = re.split(rb"\n\r?\n", data, maxsplit=1)[0]
    named = _BOUNDARY.search(head)
    end = re.search(rb"^--" + re.escape(named[1].strip()) + rb"--[ \t]*\r?$\n?", data, re.M) if named else None
    return (data[: end.end()], data[end.end() :]) if end else (data, b"")
