"""Walks inputs and opens what is packed. A file that cannot be read is a problem with a name, never a crash."""

from __future__ import annotations

import bz2
import io
import lzma
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import zstandard

CHUNK = 4 << 20
HEAD = 1 << 16
FAR = 4 << 20
"""How much of a file its source may see before it is read."""
_DAMAGED = (zlib.error, EOFError, lzma.LZMAError, zstandard.ZstdError, zipfile.BadZipFile)
# Documents and programmes that are ZIP archives inside are no folders of logs.
_NO_FOLDER = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".jar", ".apk", ".whl", ".epub")


@dataclass(frozen=True, slots=True)
class Input:
    """One file (or member of an archive) by the name it has below the path that was asked for."""

    path: Path
    name: str
    member: int | None = None
    """Its place in the archive: two members may have one name."""
    trouble: str = ""
    """Why it will not be opened, where that is known before."""


@dataclass(slots=True)
class Stream:
    """The unpacked bytes of one input, in chunks; `trouble` says why they ended early."""

    chunks: Iterator[bytes]
    trouble: list[str] = field(default_factory=list)


def walk(paths: list[Path], apart: Sequence[Path] = ()) -> Iterator[Input]:
    """Every file below the paths in order of name; links to folders are named but not followed, so no loop can hold us.

    So are the folders `apart`, which this run writes."""
    own = {p.resolve() for p in apart}
    for root in paths:
        if _is_folder(root):
            yield from (item for path in sorted(_below(root, own), key=lambda i: i.name) for item in _members(path))
        else:
            yield from _members(Input(root, _plain(root.name)))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _below(root: Path, own: set[Path]) -> Iterator[Input]:
    closed: list[OSError] = []
    for folder, folders, files in os.walk(root, onerror=closed.append, followlinks=False):
        for name in files:
            yield Input(Path(folder) / name, _name(Path(folder) / name, root))
        for name in tuple(folders):
            path = Path(folder) / name
            if path.resolve() in own:
                folders.remove(name)
                yield Input(path, _name(path, root), trouble="a folder that this run writes")
            elif path.is_symlink():
                yield Input(path, _name(path, root), trouble="a link to a folder; name that folder as an input if it is to be read")
    for error in closed:
        path = Path(os.fsdecode(error.filename or root))
        yield Input(path, _name(path, root), trouble=f"the folder may not be read ({error.strerror}); grant read access")


def _name(path: Path, root: Path) -> str:
    return _plain(path.relative_to(root).as_posix())


def _plain(name: str) -> str:
    """A name of bytes that are no UTF-8 as text that can be stored."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _members(item: Input) -> Iterator[Input]:
    if item.trouble or not _is_archive(item):
        yield item
        return
    try:
        with zipfile.ZipFile(item.path) as z:
            members = sorted((info.filename, n) for n, info in enumerate(z.infolist()) if not info.is_dir())
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile):
        members = []
    if not members:
        yield item
    yield from (Input(item.path, f"{item.name}!{_plain(name)}", n) for name, n in members)


def _is_archive(item: Input) -> bool:
    if item.name.lower().endswith(_NO_FOLDER):
        return False
    try:
        if not item.path.is_file():
            return False
        with item.path.open("rb") as f:
            return f.read(4) == b"PK\x03\x04"
    except OSError:
        return False


def open_input(item: Input) -> Stream:
    """The unpacked bytes; what goes wrong on the way ends the chunks and stands in `trouble`."""
    stream = Stream(iter(()))
    stream.chunks = _guarded(item, stream)
    return stream


def _guarded(item: Input, stream: Stream) -> Iterator[bytes]:
    if item.trouble:
        stream.trouble.append(item.trouble)
        return
    try:
        yield from _unpacked(item)
    except FileNotFoundError:
        stream.trouble.append("the file vanished while it was read" if not item.path.is_symlink() else "a link to nothing")
    except PermissionError:
        stream.trouble.append("the file may not be read; grant read access")
    except _DAMAGED as e:
        stream.trouble.append(f"the packed data is damaged or cut short ({type(e).__name__}); copy the file again")
    except (RuntimeError, NotImplementedError, LookupError) as e:
        stream.trouble.append(f"the archive does not open this member ({' '.join(str(e).split())[:80]}); unpack it first")
    except OSError as e:
        stream.trouble.append(f"the file cannot be read ({e.strerror or e})")


def _unpacked(item: Input) -> Iterator[bytes]:
    if not stat.S_ISREG(item.path.stat().st_mode):
        raise OSError("a pipe, a socket or a device: no file")
    if item.member is not None:
        with zipfile.ZipFile(item.path) as z, z.open(z.infolist()[item.member]) as f:
            yield from _layers(f)
    else:
        with item.path.open("rb") as f:
            yield from _layers(f)


def _layers(f: Any) -> Iterator[bytes]:
    """Peel packing by its magic bytes, at most three layers deep."""
    plain: io.BufferedReader = io.BufferedReader(f, HEAD)
    for _ in range(3):
        opened = _opener(plain.peek(6)[:6], plain)
        if opened is None:
            break
        plain = io.BufferedReader(opened, HEAD)
    while True:
        chunk = plain.read1(CHUNK)
        if not chunk:
            return
        yield chunk


def _opener(magic: bytes, packed: io.BufferedReader) -> io.RawIOBase | None:
    return next((_Unpacked(packed, mark, unpacker) for mark, unpacker in _UNPACKERS.items() if magic.startswith(mark)), None)


_UNPACKERS: dict[bytes, Callable[[], Any]] = {
    b"\x1f\x8b": lambda: zlib.decompressobj(31),
    b"\xfd7zXZ\x00": lzma.LZMADecompressor,
    b"BZh": bz2.BZ2Decompressor,
    b"\x28\xb5\x2f\xfd": lambda: zstandard.ZstdDecompressor().decompressobj(),
}
PIECE = 1 << 14
"""Packed bytes taken at once: where they are damaged, no more than these are lost with the rest."""


class _Unpacked(io.RawIOBase):
    """Packed pieces one after another. What stood before a damage is given out before the damage is told, unlike the libraries' own readers."""

    def __init__(self, packed: io.BufferedReader, mark: bytes, unpacker: Callable[[], Any]) -> None:
        self._packed, self._mark, self._new = packed, mark, unpacker
        self._piece, self._rest, self._ready = unpacker(), b"", b""
        self._begun = False

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        while not self._ready and self._unpack():
            pass
        n = min(len(into), len(self._ready))
        into[:n], self._ready = self._ready[:n], self._ready[n:]
        return n

    def _unpack(self) -> bool:
        """More is ready, or may be after the next call; False at the end."""
        taken = self._rest or self._packed.read1(PIECE)
        if not taken:
            if self._begun:
                raise EOFError("the packed data has no end")
            return False
        if not self._begun:
            # Archives are padded with zeros; another mark than the first is no piece of this one.
            taken = taken.lstrip(b"\x00")
            if taken and not taken.startswith(self._mark[: len(taken)]):
                raise EOFError("something else follows the packed data")
        self._begun = bool(taken)
        self._ready, self._rest = self._piece.decompress(taken) if taken else b"", b""
        if self._piece.eof:
            self._rest = self._piece.unused_data
            self._piece, self._begun = self._new(), False
        return True


def peek(stream: Stream) -> bytes:
    """The first bytes, put back so that they are read again."""
    kept: list[bytes] = []
    for chunk in stream.chunks:
        kept.append(chunk)
        if sum(map(len, kept)) >= FAR:
            break
    rest = stream.chunks

    def again() -> Iterator[bytes]:
        yield from kept
        yield from rest

    stream.chunks = again()
    return b"".join(kept)[:FAR]
