"""What costs a pass over whole tables, kept in the store until one of them changes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pyarrow as pa

from vidocq.model.event import CLASSES, DERIVED
from vidocq.store.duckdb import Store


def kept(store: Store, sql: str, tables: Sequence[str]) -> pa.Table:
    """The rows of a statement that reads these tables and nothing else, in no order; worked out again only when one of them has changed."""
    if not isinstance(store, Store):
        # A store that is only read has no place to keep anything.
        return store.query(sql)
    # Beside whatever the caller is in the middle of: what is worked out stays, though that be undone.
    own = store.aside()
    try:
        return _kept(own, sql, tables)
    finally:
        own.close()


def _kept(store: Store, sql: str, tables: Sequence[str]) -> pa.Table:
    name = f"kept_{hashlib.sha256(sql.encode()).hexdigest()[:16]}"
    state = _state(store, tables)
    if store.rows(f"SELECT state FROM kept WHERE name = '{name}' AND state = '{state}'"):
        return store.query(f'SELECT * FROM "{name}"')
    rows = store.query(sql)
    with store.together():
        store.keep(name, rows)
        store.execute(f"DELETE FROM kept WHERE name = '{name}'")
        store.execute(f"INSERT INTO kept VALUES ('{name}', '{state}')")
    return rows


def _state(store: Store, tables: Sequence[str]) -> str:
    """Event tables only ever grow, so that their size says whether they are the same; context tables, and what is made from others, are replaced."""
    sizes = (f'(SELECT COUNT(*) FROM "{t}")' if t in CLASSES and t not in DERIVED else f'(SELECT COUNT(*) || \':\' || COALESCE(bit_xor(hash(t)), 0) FROM "{t}" AS t)' for t in tables)
    return str(store.rows(f"SELECT concat_ws(' ', {', '.join(sizes)}) AS state")[0]["state"])
