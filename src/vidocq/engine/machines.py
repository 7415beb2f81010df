"""Which names and addresses are one machine, as of a time: sensors on a machine know its name, those beside it its address."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

_PRIVATE = tuple(ipaddress.ip_network(n) for n in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7", "fe80::/10"))


def is_address(name: str) -> bool:
    """Whether a name is an address."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def is_private(name: str) -> bool:
    """Whether a name is an address that no stranger on the internet has."""
    return is_address(name) and any(ipaddress.ip_address(name) in n for n in _PRIVATE)


@dataclass(frozen=True, slots=True)
class Sighting:
    """On that day the entity was this machine, and how that is known."""

    kind: str
    name: str
    host: str
    day: date
    how: str


class Machines:
    """The machine behind an address or a longer name. An address that was two machines on one day is none."""

    def __init__(self, sightings: Iterable[Sighting] = ()) -> None:
        self.sightings = tuple(sorted(set(sightings), key=lambda s: (s.kind, s.name, s.day, s.host, s.how)))
        self._of: dict[tuple[str, str], dict[date, set[str]]] = {}
        for s in self.sightings:
            self._of.setdefault((s.kind, s.name), {}).setdefault(s.day, set()).add(s.host)

    def host(self, kind: str, name: str, at: datetime) -> str | None:
        """The machine's name at that time: that of the day, or of a day beside it; None where nothing or two things are said."""
        days = self._of.get((kind, name))
        if not days:
            return None
        for near in ((0,), (-1, 1)):
            found = set().union(*(days.get(at.date() + timedelta(days=n), set()) for n in near))
            if found:
                return next(iter(found)) if len(found) == 1 else None
        return None
