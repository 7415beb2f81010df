"""What the tables say of each address and each name, as columns. Yes, no and unknown stay apart: a column that no table speaks of is NULL."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from vidocq.operations.enrich.addresses import Addresses, Ranges, network
from vidocq.operations.enrich.builtin import CLOUDS, HOSTING
from vidocq.operations.enrich.geography import atlas
from vidocq.operations.enrich.names import divided
from vidocq.operations.enrich.tables import Network, RangeTable, Tables

NOT_LISTED = "none"
"""A table of the kind exists and does not hold it. NULL would mean that nobody looked."""

SCOPES = ("reserved", "internal", "multicast", "broadcast", "public")
_SCOPE_OF = {
    "public": "0.0.0.0/0 2000::/3 64:ff9b::/96",
    "internal": "10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 168.63.129.16 169.254.0.0/16 172.16.0.0/12 192.168.0.0/16 198.18.0.0/15 ::1 fc00::/7 fe80::/10 fec0::/10",
    "multicast": "224.0.0.0/4 ff00::/8",
    "broadcast": "255.255.255.255",
    "reserved": "0.0.0.0/8 240.0.0.0/4 ::/0",
}
"""RFC 6890 and its kin; 168.63.129.16 is the platform in every network of Azure (learn.microsoft.com, "What is IP address 168.63.129.16?"). The ranges for documentation count as public: samples and exercises use them for the world outside."""

BOOLEANS = ("tor", "resolver", "parked")
NAME_BOOLEANS = ("popular", "dynamic", "rpc", "pool", "shortener")

Bools = list[bool | None]
Texts = list[str | None]


def of_addresses(tables: Tables, addresses: Addresses) -> pa.Table:
    """The rows of the table `address`, in order of the address."""
    scope, internal = _scope(tables, addresses)
    columns: dict[str, Any] = {"ip": list(addresses.text), "scope": scope, "internal": internal}
    columns |= _geography(tables, addresses, scope)
    columns["cloud"] = _texts(tables.networks.get("cloud"), addresses, _largest(tables.networks.get("cloud", {})))
    columns["vpn"] = _texts(tables.networks.get("vpn"), addresses, lambda labels: next((x for x in labels if x != "vpn"), "vpn"))
    for column in ("listed", "known_benign", "scanner"):
        columns[column] = _texts(tables.networks.get(column), addresses, ", ".join)
    for column in BOOLEANS:
        columns[column] = _booleans(tables.networks.get(column), tables.seeds.get(column, []), addresses)
    columns["hosting"] = _booleans(tables.networks.get("hosting"), [], addresses)
    _by_organisation(columns)
    known = tables.abusive
    columns["abuse_hosting"] = [None if known is None or n is None else n in known for n in columns["asn"]]
    return pa.table({c: pa.array(v, _type(c)) for c, v in columns.items()})


def _by_organisation(columns: dict[str, Any]) -> None:
    """Where no table of ranges speaks, the name of the network may: cloud and hosting are then a name or yes, never no."""
    let: dict[str | None, tuple[str | None, bool]] = {None: (None, False)}
    for i, organisation in enumerate(columns["organisation"]):
        if organisation not in let:
            cloud = next((name for name, pattern in CLOUDS if re.search(pattern, organisation, re.I)), None)
            let[organisation] = cloud, cloud is not None or re.search(HOSTING, organisation, re.I) is not None
        cloud, hosting = let[organisation]
        if columns["cloud"][i] is None:
            columns["cloud"][i] = cloud
        if columns["cloud"][i] not in (None, NOT_LISTED) or (hosting and columns["hosting"][i] is None):
            columns["hosting"][i] = True


def of_names(tables: Tables, names: list[str]) -> pa.Table:
    """The rows of the table `name`, in the order given."""
    columns: dict[str, list[Any]] = {c: [] for c in ("name", "registered", "suffix", *NAME_BOOLEANS, "known_benign", "listed")}
    spoken = tables.names.columns
    for name in names:
        domain, below = divided(name)
        found = tables.names.find(name, domain)
        columns["name"].append(name)
        columns["registered"].append(domain)
        columns["suffix"].append(below)
        for column in NAME_BOOLEANS:
            columns[column].append(True if column in found else False if column in spoken else None)
        harmless = found.get("known_benign")
        columns["known_benign"].append(", ".join(harmless) if harmless else NOT_LISTED if "known_benign" in spoken else None)
        listed = found.get("listed", [])
        if harmless or "popular" in found or "shortener" in found:
            # One bad page on a host that everybody uses says nothing about the host.
            listed = [x for x in listed if not x.endswith("(url)")]
        columns["listed"].append(", ".join(listed) if listed else NOT_LISTED if "listed" in spoken else None)
    return pa.table({c: pa.array(v, _type(c)) for c, v in columns.items()})


def _type(column: str) -> pa.DataType:
    if column == "asn":
        return pa.int64()
    return pa.bool_() if column in (*BOOLEANS, *NAME_BOOLEANS, "internal", "hosting", "abuse_hosting") else pa.string()


def _scope(tables: Tables, addresses: Addresses) -> tuple[list[str], list[bool]]:
    special = Ranges.of((*n, SCOPES.index(s)) for s, texts in _SCOPE_OF.items() for text in texts.split() if (n := network(text)))
    declared = [n for ranges in tables.networks.get("internal", {}).values() for n in ranges]
    ours = Ranges.of((*n, 1) for n in declared).find(addresses) >= 0
    here = Ranges.of((*n, 1) for n in (network("0.0.0.0/8"), network("::")) if n).find(addresses) >= 0
    scope = [SCOPES[s] for s in special.find(addresses).tolist()]
    scope = ["internal" if own and s in ("public", "reserved") else s for s, own in zip(scope, ours.tolist(), strict=True)]
    return scope, [s in ("internal", "multicast", "broadcast") or h for s, h in zip(scope, here.tolist(), strict=True)]


def _geography(tables: Tables, addresses: Addresses, scope: list[str]) -> dict[str, list[Any]]:
    """asn, organisation and country: from the tables given; for families they do not cover, from the data that comes with the package."""
    out = {c: _from_ranges(tables.asn, c, addresses) for c in ("asn", "organisation")} | {"country": _from_ranges(tables.country, "country", addresses)}
    public = np.array([s == "public" for s in scope], bool)
    uncovered = {c: public & ~_covered([t.ranges for t in given], addresses) for c, given in (("organisation", tables.asn), ("country", tables.country))}
    places = np.flatnonzero(uncovered["organisation"] | uncovered["country"])
    rest = Addresses.of(addresses.text[i] for i in places)
    world = atlas(rest) if len(rest) else None
    if world is None:
        return out
    # Both are in order of their text.
    for column, layer in (("organisation", world.organisation), ("country", world.country)):
        for place, name in zip(places.tolist(), layer.find(rest), strict=True):
            if uncovered[column][place]:
                out[column][place] = name
    return out


def _from_ranges(given: list[RangeTable], column: str, addresses: Addresses) -> list[Any]:
    out: list[Any] = [None] * len(addresses)
    for table in given:
        entry = table.ranges.find(addresses)
        places = np.flatnonzero(entry >= 0)
        values = table.rows.column(column).take(pa.array(entry[places])).to_pylist()
        for place, value in zip(places.tolist(), values, strict=True):
            out[place] = value if out[place] is None else out[place]
    return out


def _covered(ranges: list[Ranges], addresses: Addresses) -> np.ndarray:
    """For each address whether any of the tables speaks of its family."""
    covered = np.zeros(len(addresses), bool)
    for table in ranges:
        covered |= table.covers(addresses)
    return covered


def _booleans(lists: Mapping[str, list[Network]] | None, seeds: list[Network], addresses: Addresses) -> Bools:
    """Yes where a list or a seed holds the address; no where lists of its family do not; unknown where there is none."""
    table = Ranges.of((*n, 1) for ranges in (lists or {}).values() for n in ranges)
    held = (table.find(addresses) >= 0) | (Ranges.of((*n, 1) for n in seeds).find(addresses) >= 0)
    return [True if h else False if c else None for h, c in zip(held.tolist(), table.covers(addresses).tolist(), strict=True)]


def _texts(lists: Mapping[str, list[Network]] | None, addresses: Addresses, say: Callable[[list[str]], str]) -> Texts:
    """What `say` makes of the labels of the lists that hold an address; `none` where lists of its family do not hold it."""
    out: Texts = [None] * len(addresses)
    if not lists:
        return out
    covered = _covered([Ranges.of((*n, 1) for ranges in lists.values() for n in ranges)], addresses)
    for place in np.flatnonzero(covered).tolist():
        out[place] = NOT_LISTED
    for place, labels in _labels(lists, addresses).items():
        out[place] = say(sorted(labels))
    return out


def _labels(lists: Mapping[str, list[Network]], addresses: Addresses) -> dict[int, set[str]]:
    """place -> labels of every list that holds the address. Single addresses, most of what feeds carry, are looked up; only ranges are searched."""
    single: dict[tuple[int, int], set[str]] = {}
    found: dict[int, set[str]] = {}
    for label, ranges in lists.items():
        wide = []
        for family, first, last in ranges:
            if first == last:
                single.setdefault((family, first), set()).add(label)
            else:
                wide.append((family, first, last, 1))
        for place in np.flatnonzero(Ranges.of(wide).find(addresses) >= 0).tolist() if wide else ():
            found.setdefault(place, set()).add(label)
    for family, at, values in ((4, addresses.at4, addresses.v4.tolist()), (6, addresses.at6, addresses.v6)):
        for place, value in zip(at.tolist(), values, strict=True):
            if labels := single.get((family, value)):
                found.setdefault(place, set()).update(labels)
    return found


def _largest(lists: Mapping[str, list[Network]]) -> Callable[[list[str]], str]:
    """Of several providers the one that publishes most addresses: the owner of the house, not the tenant who lists his rooms."""
    size = {label: Ranges.of((*n, 1) for n in ranges).size() for label, ranges in lists.items()}
    return lambda labels: max(labels, key=lambda label: (size[label], label))
