"""Builds a small binary event log. Layout: github.com/libyal/libevtx, "Windows XML Event Log (EVTX) format"."""

import struct
import zlib

CHUNK = 65536


def log(*chunks: bytes) -> bytes:
    begin = b"ElfFile\0" + struct.pack("<QQQIHHHH", 0, max(len(chunks) - 1, 0), 1, 128, 1, 3, 4096, len(chunks)) + bytes(76) + struct.pack("<I", 0)
    return begin + struct.pack("<I", zlib.crc32(begin[:120])) + bytes(4096 - 128) + b"".join(chunks)


def chunk(*events: dict, first: int = 1) -> bytes:
    """A chunk of 64 KiB with these events: System fields and event data, all as text."""
    body = b""
    for n, event in enumerate(events, first):
        body += _record(n, 512 + len(body), event)
    last = first + len(events) - 1
    head = b"ElfChnk\0" + struct.pack("<QQQQIIII", first, last, first, last, 128, 512, 512 + len(body), zlib.crc32(body)) + bytes(64) + struct.pack("<I", 0)
    tables = bytes(384)
    return head + struct.pack("<I", zlib.crc32(head[:120] + tables)) + tables + body + bytes(CHUNK - 512 - len(body))


def _record(number: int, at: int, event: dict) -> bytes:
    xml = b"\x0f\x01\x01\x00" + _element("Event", event, at + 24 + 4) + b"\x00"
    size = 24 + len(xml) + 4
    return b"\x2a\x2a\x00\x00" + struct.pack("<IQQ", size, number, 133_500_000_000_000_000) + xml + struct.pack("<I", size)


def _element(name: str, content: dict | str, at: int) -> bytes:
    """An element that begins at this place of its chunk: its name stands where it is first used, and says where that is."""
    label = struct.pack("<IHH", 0, _hash(name), len(name)) + name.encode("utf-16-le") + b"\0\0"
    head = 1 + 4 + 4
    inner, place = b"", at + head + len(label) + 1
    for part in _parts(content, place):
        inner += part
    rest = label + b"\x02" + inner + b"\x04"
    return b"\x01" + struct.pack("<II", len(rest) + 4, at + head) + rest


def _parts(content: dict | str, place: int):
    if isinstance(content, str):
        yield b"\x05\x01" + struct.pack("<H", len(content)) + content.encode("utf-16-le")
        return
    for name, value in content.items():
        part = _element(name, value, place)
        place += len(part)
        yield part


def _hash(name: str) -> int:
    value = 0
    for letter in name:
        value = (value * 65599 + ord(letter)) & 0xFFFFFFFF
    return value & 0xFFFF
