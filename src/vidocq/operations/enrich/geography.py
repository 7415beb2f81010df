"""Country and organisation of an address from the data that the package geoip2fast carries; nothing is fetched.

Its module is not imported: it looks for its data in the current folder first, and sets environment variables. Only its data
file is read, by an unpickler that builds plain values and refuses everything else.
"""

from __future__ import annotations

import gzip
import importlib.util
import pickle
from bisect import bisect_left
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from vidocq.operations.enrich.addresses import Addresses, Ranges

_PLACES = 16
"""The first names in its list of countries are private and reserved networks."""


@dataclass(frozen=True, slots=True)
class Atlas:
    """Two tables of ranges, and what their numbers stand for."""

    country: Ranges
    codes: tuple[str | None, ...]
    network: Ranges
    organisations: tuple[str | None, ...]


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
        _, _, countries, organisations, first, first_asn, country, organisation, length, length_asn = data
    except (OSError, EOFError, pickle.UnpicklingError, ValueError, KeyError, TypeError):
        return None
    codes = tuple(None if i < _PLACES else name.split(":")[0] for i, name in enumerate(countries))
    names = tuple(None if n.startswith("<") or n == "IANA.ORG" else n for n in organisations)
    return Atlas(_ranges(first, length, country), codes, _ranges(first_asn, length_asn, organisation), names)


def _ranges(first: list[list[int]], length: list[list[int]], value: list[list[int]]) -> Ranges:
    """Networks by their first address and prefix length, in order. Addresses above 2^32 are IPv6."""
    starts = list(chain.from_iterable(first))
    lengths, values = (np.fromiter(chain.from_iterable(column), np.int64) for column in (length, value))
    count = bisect_left(starts, 1 << 32)
    start = np.array(starts[:count], np.int64)
    last = start + (np.int64(1) << (32 - lengths[:count])) - 1
    six = [(s, s + (1 << (128 - n)) - 1, v) for s, n, v in zip(starts[count:], lengths[count:].tolist(), values[count:].tolist(), strict=True)]
    return Ranges.of_arrays(start, last, values[:count], six)
