"""Who and what an investigation is about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of entity. Names are canonical: lower-case hosts and domains, an ARN in full, a user as the log names it."""

    USER = "user"
    KEY = "key"
    HOST = "host"
    IP = "ip"
    DOMAIN = "domain"
    URL = "url"
    PROCESS = "process"
    FILE = "file"
    HASH = "hash"
    RESOURCE = "resource"
    ACCOUNT = "account"
    MAILBOX = "mailbox"


LOWER_CASE = frozenset({Kind.HOST, Kind.DOMAIN})


@dataclass(frozen=True, slots=True, order=True)
class Entity:
    """One entity, and the part it plays in an alert (`source`, `destination`, `actor`, `credential`, `target` …)."""

    kind: str
    name: str
    role: str = ""

    @staticmethod
    def of(kind: str, name: str, role: str = "") -> Entity:
        """The entity under its canonical name."""
        name = name.strip()
        return Entity(kind, name.lower() if kind in LOWER_CASE else name, role)
