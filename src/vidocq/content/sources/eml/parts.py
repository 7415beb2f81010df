"""What a message carries: attachments, links, and links whose text shows another host than the one they lead to."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from html import unescape

from vidocq.model.mail import LENGTH, MOST, host_of, site

DEEPEST = 5
PARTS = 300
TEXT = 1 << 20
"""How much of a text is looked at for links."""
_URL = re.compile(r"https?://[^\s<>\"')\]]{4,2000}", re.I)
_SHOWN = re.compile(r"\s*(?:https?://)?((?:[a-z0-9-]{1,63}\.)+[a-z]{2,24})(?:[/:?#]\S*)?\s*", re.I)


@dataclass(slots=True)
class Carried:
    """Names of attachments (and of what lies in an archive), their digests, links, and pairs of a host that is shown and one that is meant."""

    names: list[str] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    misleading: list[tuple[str, str]] = field(default_factory=list)


_TAG = re.compile(r"<(a|form|area)\b", re.I)
_LED = re.compile(r"\b(?:href|action)\s*=\s*(?:\"([^\"]{1,2000})\"|'([^']{1,2000})'|([^\s\"'>]{1,2000}))", re.I)
_MARKUP = re.compile(r"<[^<>]{0,2000}>")
ROOM = 4000
"""How far a tag, and the text of a link, are looked at. A page is scanned, not parsed: a parser that takes time with the square of its text can be held up by a small one."""


def _links(page: str) -> Iterator[tuple[str, str]]:
    """Every link of a page with its text, in time that grows with the page."""
    tags = list(_TAG.finditer(page))
    for n, tag in enumerate(tags[: 20 * MOST]):
        ahead = tags[n + 1].start() if n + 1 < len(tags) else len(page)
        head, _, rest = page[tag.end() : min(ahead, tag.end() + ROOM)].partition(">")
        led = _LED.search(head)
        if led:
            shown = re.split(r"</a\b", rest, maxsplit=1, flags=re.I)[0] if tag[1].lower() == "a" else ""
            yield unescape(next(g for g in led.groups() if g)).strip(), unescape(_MARKUP.sub("", shown))[:LENGTH]


def said(value: object) -> str | None:
    """A header as text: encoded words decoded, line ends gone; as it stands where it is written wrongly."""
    if value is None:
        return None
    raw = str(value)
    with suppress(HeaderParseError, LookupError, ValueError):
        raw = str(make_header(decode_header(raw)))
    return " ".join(raw.split()) or None


def nested(message: Message, depth: int = 0) -> Iterator[tuple[int, Message]]:
    """The message and those attached to it, each with how deep it lies."""
    yield depth, message
    if depth < DEEPEST:
        for part in _leaves(message):
            if part.get_content_type() == "message/rfc822":
                for inner in part.get_payload() if isinstance(part.get_payload(), list) else ():
                    if isinstance(inner, Message):
                        yield from nested(inner, depth + 1)


def _leaves(message: Message) -> Iterator[Message]:
    """The parts of this message, not those of messages attached to it; no more than so many are looked at."""
    waiting, seen = deque([message]), 0
    while waiting and (seen := seen + 1) <= PARTS:
        part = waiting.popleft()
        payload = part.get_payload()
        if part.get_content_type() != "message/rfc822" and isinstance(payload, list):
            waiting.extendleft(p for p in reversed(payload) if isinstance(p, Message))
        else:
            yield part


def carried(message: Message) -> Carried:
    """What this message carries itself."""
    out = Carried()
    for part in _leaves(message):
        kind, name = part.get_content_type(), said(part.get_filename())
        data = b"" if kind == "message/rfc822" else _bytes(part)
        if name or (kind.startswith("application/") and data):
            out.names += [name or kind, *(f"{name or kind}!{inner}" for inner in _inside(data))]
            if data:
                out.digests.append(hashlib.sha256(data).hexdigest())
        elif kind == "text/html":
            _read_page(_text(part, data), out)
        elif kind.startswith("text/"):
            out.urls += _URL.findall(_text(part, data))
    return out


def _bytes(part: Message) -> bytes:
    try:
        found = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        return b""
    return found if isinstance(found, bytes) else b""


def _text(part: Message, data: bytes) -> str:
    try:
        return data[:TEXT].decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        return data[:TEXT].decode("utf-8", "replace")


def _inside(data: bytes) -> list[str]:
    """Names in an archive's own list of what it holds; nothing is unpacked."""
    if not data.startswith(b"PK\x03\x04"):
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as z:
            return [info.filename for info in z.infolist()[:MOST] if not info.is_dir()]
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile, zlib.error):
        return []


def _read_page(text: str, out: Carried) -> None:
    for href, shown in _links(text):
        leads = host_of(href)
        if not leads:
            continue
        out.urls.append(href)
        told = _SHOWN.fullmatch(shown)
        if told and site(told[1]) != site(leads) and len(out.misleading) < MOST:
            out.misleading.append((told[1].lower(), leads))
