"""JSON into records: one object per line, an array, an object that holds an array, or objects one after another, pretty-printed or not."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import msgspec

from vidocq.model.record import mended
from vidocq.operations.reading import lines as reading_lines
from vidocq.operations.reading.lines import Cut, lines, utf8

WHOLE = 256 << 20
"""A document up to this size (bytes) is parsed at once, a longer one piece by piece."""

Piece = tuple[int, bytes | msgspec.Raw | Cut, str]
"""Position from 1, the record, and why it is none (empty where it is one)."""


def nothing(raw: bytes) -> bool:
    """No object is a record by itself."""
    return False


@dataclass(frozen=True, slots=True)
class Envelope:
    """Where an array of records may stand: under one of these keys (or dotted paths), unless the object around it is a record itself."""

    within: tuple[str, ...] = ()
    is_record: Callable[[bytes], bool] = nothing

    def inside(self, outer: dict[str, msgspec.Raw]) -> list[msgspec.Raw] | None:
        """The records in the array of this object; None if it has none, or is no envelope."""
        for path in self.within:
            keys = path.split(".")
            found = _at(outer, keys)
            if found is None:
                continue
            items = msgspec.json.decode(found, type=list[msgspec.Raw])
            rest = {k: v for k, v in outer.items() if k != keys[0]}
            # An empty list is no reason to lose what stands beside it: that is judged as a record.
            if not rest or (items and not self.is_record(msgspec.json.encode(rest))):
                return items
        return None


def json_records(chunks: Iterator[bytes], within: Envelope) -> Iterator[Piece]:
    """The records of a file of JSON, in order."""
    head, chunks = _first_lines(utf8(chunks))
    if _by_line(head):
        yield from _from_lines(chunks, within)
        return
    kept, size = [], 0
    for chunk in chunks:
        kept.append(chunk)
        size += len(chunk)
        if size > WHOLE:
            break
    data = b"".join(kept)
    whole = _document(data, within) if size <= WHOLE else None
    if whole is not None:
        yield from ((n, raw, "") for n, raw in enumerate(whole, 1))
    else:
        yield from _scan(_joined(data, chunks), within)


def _joined(data: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    yield data
    yield from chunks


def _first_lines(chunks: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The first lines, or the first few MiB where there are none; and all chunks again."""
    kept: list[bytes] = []
    size = ends = 0
    for chunk in chunks:
        kept.append(chunk)
        size += len(chunk)
        ends += chunk.count(b"\n")
        if ends >= 6 or size > reading_lines.LONGEST:
            break

    def again() -> Iterator[bytes]:
        yield from kept
        yield from chunks

    return b"".join(kept), again()


def _by_line(head: bytes) -> bool:
    """Is it one JSON value per line? One of the first lines is enough, since another may be damaged; but not below an opening bracket."""
    begun = [line.strip() for line in head.split(b"\n")[:6] if line.strip()]
    if not begun or begun[0][:1] == b"[" or begun[0][-1:] in (b"[", b"{"):
        return False
    return any(line[:1] == b"{" and _is_object(line) for line in begun)


def _is_object(line: bytes) -> bool:
    try:
        msgspec.json.decode(line, type=dict[str, msgspec.Raw])
        return True
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    try:
        return isinstance(msgspec.json.decode(mended(line.decode("utf-8", "replace"))), dict)
    except (msgspec.DecodeError, RecursionError):
        return False


def _from_lines(chunks: Iterable[bytes], within: Envelope) -> Iterator[Piece]:
    """Lines, and the items of a line that is an object around an array. Positions rise, and are the number of the line where they can be."""
    keys = tuple(f'"{path.rpartition(".")[2]}"'.encode() for path in within.within)
    n = 0
    for number, line in lines(chunks):
        if not isinstance(line, Cut) and not line.strip():
            continue
        items = _document(line, within, single=False) if not isinstance(line, Cut) and any(k in line for k in keys) else None
        if items is None:
            n = max(n + 1, number)
            yield n, line, ""
        for item in items or ():
            n += 1
            yield n, item, ""


def _document(data: bytes, within: Envelope, single: bool = True) -> Sequence[bytes | msgspec.Raw] | None:
    """The records of one well-formed document; None if it is not well formed (or, unless `single`, holds no array)."""
    begin = _BLANK.match(data).end()  # type: ignore[union-attr]
    try:
        if data[begin : begin + 1] == b"[":
            return msgspec.json.decode(data, type=list[msgspec.Raw])
        items = within.inside(msgspec.json.decode(data, type=dict[str, msgspec.Raw]))
        if items is not None:
            return items
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return [data.strip()] if single else None


def _at(outer: dict[str, msgspec.Raw], path: list[str]) -> msgspec.Raw | None:
    """The array at a path of keys, as it is written."""
    raw = outer.get(path[0])
    if raw is None:
        return None
    begin = bytes(memoryview(raw)[:1])
    if len(path) == 1:
        return raw if begin == b"[" else None
    return _at(msgspec.json.decode(raw, type=dict[str, msgspec.Raw]), path[1:]) if begin == b"{" else None


_BLANK = re.compile(rb"\s*")


_BETWEEN = re.compile(r"[\s,\[\]}]*")
_FIRST_KEY = re.compile(r'\{\s*("[^"\\]{1,200}")\s*:')
_TOKEN = re.compile(r'"(?P<name>(?:[^"\\]|\\.)*+)"(?P<key>\s*:\s*(?P<array>\[)?)?|[\[{]|[\]}]', re.S)
_NEXT = re.compile(r"\}[\s,]*(?=\{)")


def _array_at(text: str, path: list[str]) -> tuple[int, int] | None:
    """Where the first key of a path stands in the object that begins a text, and where the array under it begins; None if there is none."""
    if not text.lstrip().startswith("{"):
        return None
    keys: list[str] = []
    first = 0
    for token in _TOKEN.finditer(text):
        sign = token[0][0]
        if token["key"]:
            keys[-1:] = [token["name"]]
            first = token.start() if len(keys) == 1 else first
            if token["array"] and keys == path:
                return first, token.end()
            # An array's place has no name: what stands in it is at no path of keys.
            keys += ["["] if token["array"] else []
        elif sign in "{[":
            keys.append("" if sign == "{" else "[")
        elif sign in "}]":
            if keys:
                keys.pop()
            if not keys:
                return None
    return None


def _scan(chunks: Iterator[bytes], within: Envelope) -> Iterator[Piece]:
    """Records of a document that is long, cut or damaged: one after another while they parse; a piece that does not is refused."""
    text, n = _Text(chunks), 0
    text.begin_after(within)
    while text.here():
        n += 1
        raw, why = text.record() if text.at_object() else (text.until_object(), "text between records")
        items = _document(raw, within, single=False) if within.within and not why else None
        if items is None:
            yield n, raw if len(raw) <= reading_lines.LONGEST else Cut(len(raw)), why
            continue
        for item in items:
            yield n, item, ""
            n += 1
        n -= 1


class _Text:
    """A text that is read as far as it is needed, and the place in it."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks, self._decoder = chunks, codecs.getincrementaldecoder("utf-8")("replace")
        self._text, self._at, self._ended = "", 0, False
        self._json = json.JSONDecoder()

    def _more(self) -> bool:
        """Twice as much text as was left, unless it has ended."""
        if self._ended:
            return False
        left = self._text[self._at :]
        wanted, got = max(len(left), 1 << 20), [left]
        while wanted > 0 and not self._ended:
            chunk = next(self._chunks, None)
            self._ended = chunk is None
            got.append(self._decoder.decode(chunk or b"", self._ended))
            wanted -= len(got[-1])
        grown = sum(map(len, got)) > len(left)
        self._text, self._at = "".join(got), 0
        return grown

    def begin_after(self, within: Envelope) -> None:
        """Go to the first record in the array of an envelope, if it begins near the start."""
        self._more()
        head = self._text[:100_000]
        for path in within.within:
            found = _array_at(head, path.split("."))
            if found and not within.is_record(head[: found[0]].encode("utf-8", "replace")):
                self._at = found[1]
                return

    def here(self) -> bool:
        """Is there anything more, other than what stands between records?"""
        while True:
            self._at = _BETWEEN.match(self._text, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._text):
                return True
            if not self._more():
                return False

    def at_object(self) -> bool:
        return self._text[self._at] == "{"

    def until_object(self) -> bytes:
        found = self._text.find("{", self._at)
        return self._take(found if found >= 0 else len(self._text))

    def record(self) -> tuple[bytes, str]:
        """The object that begins here; or the piece up to where the next one may begin, and why it is none."""
        while True:
            try:
                _, end = self._json.raw_decode(self._text, self._at)
            except (ValueError, RecursionError):
                if len(self._text) - self._at <= reading_lines.LONGEST and self._more():
                    continue
                return self._take(self._next()), "JSON that is cut short or damaged"
            return self._take(end), ""

    def _next(self) -> int:
        """Where the next record may begin: at the same key as the damaged one, else at any object that follows another."""
        key = _FIRST_KEY.match(self._text, self._at)
        same = re.compile(r"\{\s*" + re.escape(key[1]) + r"\s*:").search(self._text, self._at + 1) if key else None
        if same:
            return same.start()
        following = _NEXT.search(self._text, self._at + 1)
        return following.end() if following else len(self._text)

    def _take(self, end: int) -> bytes:
        piece = self._text[self._at : end].encode("utf-8", "replace")
        self._at = end
        return piece
