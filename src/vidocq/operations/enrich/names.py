"""Domain names: the registered domain behind one, and which lists it stands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from vidocq.operations.enrich.addresses import number

LONGEST = 253
"""RFC 1035: what is longer is no name, whoever wrote it into a header."""

BEYOND = frozenset({"dynamic", "rpc", "pool"})
"""Columns whose lists name services that give names to strangers: an entry speaks for everything below it. An entry of any other
list speaks for nothing below a public suffix: that github.io is popular says nothing about somebody's pages on it."""


@lru_cache(maxsize=1)
def _public_suffixes() -> Any:
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()


def canonical(name: str) -> str:
    """Lower case, without a trailing dot, brackets or a port."""
    name = name.strip().lower().rstrip(".")
    head, colon, port = name.rpartition(":")
    return head if colon and port.isdigit() and ":" not in head else name


def divided(name: str | None) -> tuple[str | None, str | None]:
    """(registered domain, public suffix): `a.b.example.co.uk` is (`example.co.uk`, `co.uk`). A public suffix asked for itself stands for itself.

    Both NULL for what is no domain name: one label, an address, a reverse zone.
    """
    name = canonical(name or "")
    if len(name) > LONGEST or "." not in name or ".." in name or name.startswith(".") or name.endswith(".arpa") or number(name) is not None:
        return None, None
    below: str = _public_suffixes().publicsuffix(name)
    return ".".join(name.split(".")[-below.count(".") - 2 :]), below


def registered(name: str | None) -> str | None:
    """The domain somebody registered, or NULL."""
    return divided(name)[0]


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry of a list of names: which column it fills, under what label, and whether it means this very name only."""

    column: str
    label: str
    exact: bool = False


@dataclass(slots=True)
class NameLists:
    """Names and name suffixes with what is said of them."""

    entries: dict[str, list[Listed]] = field(default_factory=dict)
    columns: set[str] = field(default_factory=set)
    """The columns that some list speaks of: for these, silence means no."""

    def add(self, name: str, listed: Listed) -> None:
        """The list now holds the name; `.example.com` and `*.example.com` mean what lies below it too."""
        bare = canonical(name.removeprefix("*").removeprefix("."))
        if bare:
            self.entries.setdefault(bare, []).append(listed)

    def find(self, name: str, registered: str | None) -> Mapping[str, list[str]]:
        """column -> labels of the lists that hold the name or, as far as they may speak for it, a parent."""
        found: dict[str, set[str]] = {}
        at = name = canonical(name)
        floor = len(registered or name)
        while at and len(name) <= LONGEST:
            for e in self.entries.get(at, ()):
                if (at == name or not e.exact) and (len(at) >= floor or e.column in BEYOND):
                    found.setdefault(e.column, set()).add(e.label)
            at = at.partition(".")[2]
        return {column: sorted(labels) for column, labels in found.items()}
