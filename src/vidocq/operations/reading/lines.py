"""Bytes into lines of UTF-8: any line end, any byte order mark, and no line so long that it fills the memory."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator

LONGEST = 16 << 20
"""A record longer than this (bytes) is no log record any writer wrote."""


class Cut(int):
    """Stands for a line that is too long to keep: its length in bytes."""


def lines(chunks: Iterable[bytes]) -> Iterator[tuple[int, bytes | Cut]]:
    """(number from 1, line without its end). UTF-16 is turned into UTF-8 first."""
    n, size = 0, 0
    kept: list[bytes] = []
    for chunk in utf8(chunks):
        first, *others = chunk.split(b"\n")
        size += len(first)
        if size <= LONGEST:
            kept.append(first)
        else:
            # The rest of an endless line is counted, not kept.
            kept.clear()
        if not others:
            continue
        n += 1
        yield n, _line(kept, size)
        last = others.pop()
        for line in others:
            n += 1
            yield n, line.rstrip(b"\r") if len(line) <= LONGEST else Cut(len(line))
        kept, size = [last], len(last)
    if size:
        yield n + 1, _line(kept, size)


def _line(kept: list[bytes], size: int) -> bytes | Cut:
    return Cut(size) if size > LONGEST else b"".join(kept).rstrip(b"\r")


def encoding(begin: bytes) -> str:
    """The encoding that the first bytes tell: a mark, or the zeros that UTF-16 puts beside every letter of ASCII."""
    if begin[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    if begin[:3] == b"\xef\xbb\xbf":
        return "utf-8-sig"
    if len(begin) >= 4 and begin[1] == begin[3] == 0 and begin[0] and begin[2]:
        return "utf-16-le"
    if len(begin) >= 4 and begin[0] == begin[2] == 0 and begin[1] and begin[3]:
        return "utf-16-be"
    return "utf-8"


def utf8(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes without a mark; those of UTF-16 as UTF-8, what is no character of it as U+FFFD."""
    begin, rest = _begin(iter(chunks))
    name = encoding(begin)
    if name == "utf-8-sig":
        yield begin[3:]
        yield from rest
    elif name == "utf-8":
        yield begin
        yield from rest
    else:
        decoder = codecs.getincrementaldecoder(name)("replace")
        yield decoder.decode(begin).encode()
        for chunk in rest:
            yield decoder.decode(chunk).encode()
        yield decoder.decode(b"", True).encode()


def _begin(chunks: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    begin = b""
    for chunk in chunks:
        begin += chunk
        if len(begin) >= 4:
            break
    return begin, chunks
