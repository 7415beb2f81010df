"""Fills the context tables of a store: one row per address and per domain name that any event mentions, and the assets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from vidocq.model.event import CLASSES, CONTEXT, columns
from vidocq.operations.enrich.addresses import Addresses, network, number
from vidocq.operations.enrich.builtin import NAMES, RESOLVER, SPEAKS_FOR_THE_REST
from vidocq.operations.enrich.context import read_context
from vidocq.operations.enrich.lookalikes import mark_lookalikes
from vidocq.operations.enrich.names import Listed, canonical
from vidocq.operations.enrich.ranges import EXPLOITED
from vidocq.operations.enrich.standing import of_addresses, of_names
from vidocq.operations.enrich.tables import Tables
from vidocq.store.duckdb import Store


def enrich(store: Store, context: Path | None = None) -> list[str]:
    """The context tables say all that the folder and the built-in lists know of what events mention, and `dns_activity.domain` is the registered
    domain. Returns the problems met, a line each. A second call replaces what the first one said.
    """
    tables = read_context(context) if context else Tables()
    _declare(tables)
    _spread(tables)
    names = _mentioned(store, "domain", ())
    bare = {n: canonical(n).strip("[]") for n in names}
    ips = _mentioned(store, "ip", ("src_ip", "dst_ip", "answer_ip"))
    _replace(store, "address", of_addresses(tables, Addresses.of([*ips, *(b for b in bare.values() if number(b))])))
    known = of_names(tables, [n for n in names if not number(bare[n])])
    _replace(store, "name", known)
    _registered_domains(store, known)
    mark_lookalikes(store)
    _replace(store, "asset", pa.Table.from_pylist(_in_order(tables.assets), _asset_schema()))
    _keep(store, tables)
    return tables.problems


def _declare(tables: Tables) -> None:
    """The tables hold the built-in lists too, and the ranges that assets declare as our own."""
    own = set(tables.names.columns)
    for column, entries in NAMES.items():
        for entry in entries:
            tables.names.add(entry, Listed(column, "built-in"))
    tables.names.columns = own | SPEAKS_FOR_THE_REST
    tables.seeds["resolver"] = [n for text in RESOLVER if (n := network(text))]
    for asset in tables.assets:
        # A range with a test window is somebody's who was hired to attack: not ours.
        if asset["kind"] == "network" and asset["test_from"] is None and (found := network(asset["name"])):
            tables.networks.setdefault("internal", {}).setdefault("assets", []).append(found)


def _spread(tables: Tables) -> None:
    """Indicators of addresses and names also stand in the lists that fill `listed`; those that a list calls harmless are dropped."""
    tables.indicators = sorted({i for i in tables.indicators if i.value not in tables.benign_hashes})
    for i in tables.indicators:
        host, label = (i.value, i.label) if i.kind != "url" else (_host(i.value), f"{i.label} (url)")
        found = network(host) if i.kind in ("ip", "network", "url") else None
        if found:
            tables.networks.setdefault("listed", {}).setdefault(label, []).append(found)
        elif i.kind in ("domain", "url"):
            tables.names.add(host, Listed("listed", label, exact=i.kind == "url"))
            tables.names.columns.add("listed")


def _host(url: str) -> str:
    rest = url.partition("://")[2] or url
    for end in "/?#":
        rest = rest.partition(end)[0]
    return canonical(rest.rpartition("@")[2]).strip("[]")


def _mentioned(store: Store, kind: str, also: tuple[str, ...]) -> list[str]:
    """Every distinct value of the columns that name an entity of this kind, and what alerts name beside their columns."""
    parts = [
        f'SELECT DISTINCT "{c.name}" AS name FROM "{table}"'
        for table in CLASSES
        for c in columns(table).values()
        if (c.entity == kind and c.role != "registered") or c.name in also
    ]
    shape = """'[{"kind":"VARCHAR","name":"VARCHAR"}]'"""
    valid = "SELECT DISTINCT entities FROM detection_finding WHERE json_valid(entities) AND entities LIKE '[%'"
    parts.append(f"SELECT e.name FROM (SELECT UNNEST(from_json(entities, {shape})) AS e FROM ({valid})) WHERE e.kind = '{kind}'")
    found = store.query(f"SELECT DISTINCT name FROM ({' UNION ALL '.join(parts)}) WHERE name IS NOT NULL AND name <> '' ORDER BY name")
    names: list[str] = found.column("name").to_pylist()
    return names


def _registered_domains(store: Store, known: pa.Table) -> None:
    """`dns_activity.domain` is the registered domain of the query, or NULL where it has none."""
    if store.count("dns_activity"):
        store.execute(
            "UPDATE dns_activity d SET domain = k.registered FROM known k WHERE d.query = k.name AND d.domain IS DISTINCT FROM k.registered",
            known=known.select(["name", "registered"]),
        )


def _replace(store: Store, table: str, rows: pa.Table) -> None:
    store.execute(f'DELETE FROM "{table}"')
    store.insert(table, rows)


def _in_order(assets: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(assets, key=lambda a: tuple(str(a[c.name] or "") for c in CONTEXT["asset"]))


def _asset_schema() -> pa.Schema:
    kinds = {"BOOLEAN": pa.bool_(), "TIMESTAMP": pa.timestamp("us")}
    return pa.schema([(c.name, kinds.get(c.type, pa.string())) for c in CONTEXT["asset"]])


def _keep(store: Store, tables: Tables) -> None:
    """The tables that stand beside the context: indicators of every kind, hashes known as harmless, flaws known as exploited."""
    store.keep("indicator", _texts(("kind", "value", "list"), tables.indicators))
    store.keep("harmless_hash", _texts(("value", "list"), sorted(tables.benign_hashes.items())))
    store.keep("exploited", tables.exploited if tables.exploited is not None else _texts(tuple(EXPLOITED), []))


def _texts(names: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> pa.Table:
    return pa.table({name: pa.array([row[i] for row in rows], pa.string()) for i, name in enumerate(names)})
