"""Walks inputs and opens what is packed. A file that cannot be read is a problem with a name, never a crash."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import zstandard

CHUNK = 4 << 20
HEAD = 1 << 16
_PACKED = (zlib.error, EOFError, OSError, lzma.LZMAError, zstandard.ZstdError, zipfile.BadZipFile)


@dataclass(frozen=True, slots=True)
class Input:
    """One file (or member of an archive) by the name it has below the path that was asked for."""

    path: Path
    name: str
    member: str = ""


@dataclass(slots=True)
class Stream:
    """The unpacked bytes of one input, in chunks; `trouble` says why they ended early."""

    chunks: Iterator[bytes]
    trouble: list[str] = field(default_factory=list)


def walk(paths: list[Path]) -> Iterator[Input]:
    """Every file below the paths in order of name; links to folders are not followed, so no loop can hold us."""
    for root in paths:
        if root.is_dir():
            found = sorted(
                (Path(folder) / f for folder, _, files in os.walk(root, followlinks=False) for f in files), key=lambda p: p.relative_to(root).as_posix()
            )
            for path in found:
                yield from _members(path, path.relative_to(root).as_posix())
        else:
            yield from _members(root, root.name)


def _members(path: Path, name: str) -> Iterator[Input]:
    if not name.lower().endswith(".zip"):
        yield Input(path, name)
        return
    try:
        with zipfile.ZipFile(path) as z:
            members = sorted(i.filename for i in z.infolist() if not i.is_dir())
    except (OSError, zipfile.BadZipFile):
        yield Input(path, name)
        return
    yield from (Input(path, f"{name}!{m}", m) for m in members)


def open_input(item: Input) -> Stream:
    """The unpacked bytes; what goes wrong on the way ends the chunks and stands in `trouble`."""
    stream = Stream(iter(()))
    stream.chunks = _guarded(item, stream)
    return stream


def _guarded(item: Input, stream: Stream) -> Iterator[bytes]:
    try:
        yield from _unpacked(item)
    except FileNotFoundError:
        stream.trouble.append("the file vanished while it was read")
    except PermissionError:
        stream.trouble.append("the file may not be read; grant read access")
    except _PACKED as e:
        stream.trouble.append(f"the packed data is damaged or cut short ({type(e).__name__}); copy the file again")


def _unpacked(item: Input) -> Iterator[bytes]:
    if item.member:
        with zipfile.ZipFile(item.path) as z, z.open(item.member) as f:
            yield from _layers(f)
    elif item.path.is_file():
        with item.path.open("rb") as f:
            yield from _layers(f)
    else:
        raise OSError("no regular file")


def _layers(f: IO[bytes]) -> Iterator[bytes]:
    """Peel packing by its magic bytes, at most three layers deep."""
    for _ in range(3):
        f = io.BufferedReader(f, HEAD)  # type: ignore[type-var]
        opened = _opener(f.peek(6)[:6], f)
        if opened is None:
            break
        f = opened
    while True:
        # One member of a gzip file may be whole when the next is cut: what was unpacked is read.
        chunk = f.read1(CHUNK)  # type: ignore[attr-defined]
        if not chunk:
            return
        yield chunk


def _opener(magic: bytes, f: IO[bytes]) -> Any:
    if magic[:2] == b"\x1f\x8b":
        return gzip.GzipFile(fileobj=f)
    if magic == b"\xfd7zXZ\x00":
        return lzma.LZMAFile(f)
    if magic[:3] == b"BZh":
        return bz2.BZ2File(f)
    if magic[:4] == b"\x28\xb5\x2f\xfd":
        return zstandard.ZstdDecompressor().stream_reader(f, read_across_frames=True)
    return None


def peek(stream: Stream) -> bytes:
    """The first bytes, put back so that they are read again."""
    head, kept = b"", []
    for chunk in stream.chunks:
        kept.append(chunk)
        head += chunk[: HEAD - len(head)]
        if len(head) >= HEAD:
            break
    rest = stream.chunks

    def again() -> Iterator[bytes]:
        yield from kept
        yield from rest

    stream.chunks = again()
    return head
