"""What a context folder said, gathered by the column it fills."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from vidocq.operations.enrich.addresses import Network, Ranges, network
from vidocq.operations.enrich.indicators import Indicator, kind_of
from vidocq.operations.enrich.names import Listed, NameLists

WHOLE_LIST = frozenset({"popular"})
"""Columns whose lists name registered domains, whatever the list calls itself: what lies below them is meant too."""


@dataclass(frozen=True, slots=True)
class RangeTable:
    """Address ranges with columns; a range's value is the row."""

    ranges: Ranges
    rows: pa.Table


@dataclass(slots=True)
class Tables:
    """Everything a folder said. A column that no table speaks of stays unknown."""

    networks: dict[str, dict[str, list[Network]]] = field(default_factory=dict)
    """column -> label -> address ranges."""
    seeds: dict[str, list[Network]] = field(default_factory=dict)
    """column -> ranges of which it is true; they say nothing about the rest."""
    names: NameLists = field(default_factory=NameLists)
    indicators: list[Indicator] = field(default_factory=list)
    benign_hashes: dict[str, str] = field(default_factory=dict)
    """Hash -> the list that calls it harmless."""
    asn: list[RangeTable] = field(default_factory=list)
    country: list[RangeTable] = field(default_factory=list)
    abusive: set[int] | None = None
    """Autonomous systems known for abuse; None if no table says."""
    assets: list[dict[str, Any]] = field(default_factory=list)
    exploited: pa.Table | None = None
    problems: list[str] = field(default_factory=list)

    def listing(self, column: str, label: str, entries: list[str], exact: bool = False) -> int:
        """The column now has a list of this label; returns how many of its entries are an address, a name or a hash."""
        ranges: list[Network] = []
        understood = 0
        for entry in entries:
            # Most entries of most lists end in a letter: those are names, and need no second look.
            found = None if entry[-1:].isalpha() and ":" not in entry else network(entry)
            kind = None if found else kind_of(entry)
            if found:
                ranges.append(found)
            elif kind == "domain":
                self.names.add(entry, Listed(column, label, exact and column not in WHOLE_LIST))
                self.names.columns.add(column)
            elif kind == "hash":
                self.benign_hashes[entry.lower()] = label
            understood += bool(found) or kind in ("domain", "hash")
        if ranges:
            self.networks.setdefault(column, {}).setdefault(label, []).extend(ranges)
        return understood
