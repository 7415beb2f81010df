"""How a message came to us, told by the lines that servers wrote on top of it: only those of our own servers are believed.

Each server writes its lines above all that it was given, so that the sender's own stand below the last line of ours. Source: RFC 5321 (trace
information), RFC 8601 (Authentication-Results and whom to trust).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.message import Message
from email.utils import parsedate_to_datetime
from ipaddress import ip_address

from vidocq.model.mail import checks, site

_BY = re.compile(r"\bby\s+([^\s;()]+)", re.I)
_FROM = re.compile(r"\[(?:IPv6:)?([0-9a-fA-F.:]{3,45})\]")
_TRACE = re.compile(r"(?i)received|received-spf|authentication-results|return-path|delivered-to|x-.*|arc-.*")


@dataclass(frozen=True, slots=True)
class Trail:
    """What our own servers say: when the message came, from which address, and what they found of its sender."""

    time: dt.datetime | None = None
    address: str | None = None
    checks: dict[str, str] = field(default_factory=dict)


def when(text: object) -> dt.datetime | None:
    """A date of a message in UTC; None where it is none."""
    try:
        t = parsedate_to_datetime(str(text or "").rpartition(";")[2].strip())
        return t.replace(tzinfo=dt.UTC) if t.tzinfo is None else t.astimezone(dt.UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def trail_of(message: Message) -> Trail:
    """The trail as far as our servers wrote it: from the top down to the last line of the house that took the message in."""
    lines = [(str(name).lower(), " ".join(str(value).split())) for name, value in message.raw_items()]
    places = [n for n, (name, _) in enumerate(lines) if name == "received"]
    if not places:
        return Trail()
    border = _border(lines, places)
    address = _FROM.search(lines[border][1])
    return Trail(next((t for n in places if (t := when(lines[n][1]))), None), _plain(address[1]) if address else None, _found(lines, border))


def _border(lines: Sequence[tuple[str, str]], places: Sequence[int]) -> int:
    """The lowest line in an unbroken row of servers of one house. A server that gives an address instead of a name belongs to the house it stands in."""
    house, border = "", places[0]
    for n in places:
        by = _BY.search(lines[n][1])
        name = (by[1] if by else "").strip("[].,").lower()
        own = site(name) if "." in name and not _plain(name) else ""
        if own and house and own != house:
            break
        house, border = house or own, n
    return border


def _found(lines: Sequence[tuple[str, str]], border: int) -> dict[str, str]:
    """The newest result of our own: above the border nobody else writes; right below it some servers write too, under the border's own name."""
    own = _BY.search(lines[border][1])
    house = site(own[1]) if own else ""
    for n, (name, said) in enumerate(lines):
        if n > border and not _TRACE.fullmatch(name):
            break
        if n > border and name == "received":
            break
        if name == "authentication-results" and (n < border or (house and site(said.partition(";")[0].split(" ")[0]) == house)):
            return checks(said)
    return {}


def _plain(text: str) -> str | None:
    try:
        return str(ip_address(text))
    except ValueError:
        return None
