"""Country and organisation of an address from the data that the package geoip2fast carries; nothing is fetched.

Its module is not imported: it looks for its data in the current folder first, and sets environment variables. Only its data
file is read, by an unpickler that builds plain values and refuses everything else.
"""

from __future__ import annotations

import gzip
import importlib.util
import pickle
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vidocq.operations.enrich.addresses import Addresses

_PLACES = 16
"""The first names in its list of countries are private and reserved networks."""

Chunks = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Layer:
    """Networks in order of their first address, in chunks as the file has them: to make one array of half a million entries would take longer
    than to look up the addresses of most runs."""

    heads: Sequence[int]
    first: Chunks
    length: Chunks
    entry: Chunks
    names: Sequence[str | None]

    def find(self, addresses: Addresses) -> list[str | None]:
        """For each address the name of the network that holds it."""
        found: list[str | None] = [None] * len(addresses)
        for width, places, values in ((32, addresses.at4, addresses.v4.tolist()), (128, addresses.at6, addresses.v6)):
            for place, value in zip(places.tolist(), values, strict=True):
                found[place] = self._name(value, width)
        return found

    def _name(self, value: int, width: int) -> str | None:
        chunk = bisect_right(self.heads, value) - 1
        i = bisect_right(self.first[chunk], value) - 1
        if i < 0 or value - self.first[chunk][i] >= 1 << (width - self.length[chunk][i]):
            return None
        return self.names[self.entry[chunk][i]]


@dataclass(frozen=True, slots=True)
class Atlas:
    """Where addresses are, and who announces them."""

    country: Layer
    organisation: Layer


class _PlainValues(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"{module}.{name} is no plain value")


def atlas(addresses: Addresses) -> Atlas | None:
    """The tables for the families of these addresses; None if the package or its data is missing."""
    found = importlib.util.find_spec("geoip2fast")
    if found is None or found.origin is None:
        return None
    path = Path(found.origin).parent / ("geoip2fast-asn-ipv6.dat.gz" if addresses.v6 else "geoip2fast-asn.dat.gz")
    try:
        with gzip.open(path) as f:
            _, about, _, data = _PlainValues(f).load()
        if not (about["country"] and about["asn"]):
            return None
        heads, heads_asn, countries, organisations, first, first_asn, country, organisation, length, length_asn = data
    except (OSError, EOFError, pickle.UnpicklingError, ValueError, KeyError, TypeError):
        return None
    codes = [None if i < _PLACES else name.split(":")[0] for i, name in enumerate(countries)]
    names = [None if n.startswith("<") or n == "IANA.ORG" else n for n in organisations]
    return Atlas(Layer(heads, first, length, country, codes), Layer(heads_asn, first_asn, length_asn, organisation, names))
