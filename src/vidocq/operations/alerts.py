"""Alerts, native and from elsewhere, in one table; and the investigations they open."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from vidocq.catalogue import Catalogue
from vidocq.engine.ledger import Case, identify
from vidocq.model.entity import Entity
from vidocq.operations.wording import KEY, OF_OTHERS, REPORTED, read_wordings, together
from vidocq.store.duckdb import Store

SCHEMA = pa.schema([
    ("id", pa.string()), ("time", pa.timestamp("us")), ("origin", pa.string()), ("source", pa.string()), ("rule", pa.string()), ("title", pa.string()),
    ("severity", pa.int32()), ("entities", pa.string()), ("techniques", pa.list_(pa.string())), ("events", pa.list_(pa.string())), ("features", pa.string()),
    ("signature", pa.list_(pa.string())),
])
EVENTS = 200
"""Events an alert carries, at most; a case keeps 20 of its alerts' for the step that shows the alert."""

_ENTITIES = """COALESCE(entities, CAST(to_json(list_filter([
    CASE WHEN host IS NOT NULL THEN json_object('kind', 'host', 'name', lower(host), 'role', 'host') END,
    CASE WHEN actor_user IS NOT NULL THEN json_object('kind', 'user', 'name', actor_user, 'role', 'actor') END,
    CASE WHEN src_ip IS NOT NULL THEN json_object('kind', 'ip', 'name', src_ip, 'role', 'source') END,
    CASE WHEN dst_ip IS NOT NULL THEN json_object('kind', 'ip', 'name', dst_ip, 'role', 'destination') END], lambda e: e IS NOT NULL)) AS VARCHAR))"""


def third_party(store: Store, catalogue: Catalogue) -> int:
    """Add every finding of other tools that is no posture finding to the table `alert`; returns how many."""
    if not read_wordings(store, catalogue):
        return 0
    same = " AND ".join(f"COALESCE(f.{k}, '') = k.{k}" for k in KEY)
    store.execute(
        f"""INSERT INTO alert SELECT 'al-' || substr(sha256(concat_ws(chr(31), f.source, f.uid, f.digest, n)), 1, 16), f.time, 'third-party', COALESCE(f.product, f.source), COALESCE(f.rule, f.title, f.source),
            COALESCE(f.title, f.rule, 'Alert without a title'), COALESCE(f.severity, 0), f.listed, k.techniques_named, COALESCE(e.events, [f.uid]), '{{}}', k.signature
        FROM (SELECT *, {_ENTITIES} AS listed, ROW_NUMBER() OVER (PARTITION BY source, uid, digest) AS n FROM detection_finding WHERE {OF_OTHERS}) f JOIN wording k ON {same}
            LEFT JOIN finding_events e ON f.source = 'sigma' AND e.digest = f.digest"""
    )
    return store.count("alert")


def reported(store: Store) -> None:
    """Add what people report to the table `alert`: triggers by hand, with a suspicion. What our own detections say of the same event is part of what is known.

    The words of all findings were read by `third_party`.
    """
    same = " AND ".join(f"COALESCE(f.{k}, '') = k.{k}" for k in KEY)
    store.execute(
        f"""INSERT INTO alert
        WITH told AS (SELECT DISTINCT UNNEST(events) AS uid, signature[1] AS sign FROM alert WHERE origin = 'native'), signs AS (SELECT uid, list(DISTINCT sign ORDER BY sign) AS signs FROM told GROUP BY uid)
        SELECT 'al-' || substr(sha256(concat_ws(chr(31), 'manual', f.source, f.uid, f.digest, f.entities)), 1, 16), f.time, 'manual', COALESCE(f.product, f.source), COALESCE(f.rule, 'reported'),
            COALESCE(f.title, 'Reported by a person'), COALESCE(f.severity, 0), f.entities, k.techniques_named, [f.uid], '{{}}', list_concat(k.signature, COALESCE(s.signs, []))
        FROM (SELECT DISTINCT * FROM detection_finding WHERE {REPORTED}) f JOIN wording k ON {same} LEFT JOIN signs s ON s.uid = f.uid ORDER BY f.time, f.uid"""
    )


def prepare(store: Store) -> None:
    """An empty table `alert`, and one of the events that a finding of ours about several is about."""
    store.keep("alert", SCHEMA.empty_table())
    store.keep("finding_events", pa.schema([("digest", pa.string()), ("events", pa.list_(pa.string()))]).empty_table())


def add(store: Store, alerts: Iterable[Mapping[str, Any]]) -> None:
    """Append alerts; each has the columns of SCHEMA."""
    rows = list(alerts)
    if rows:
        store.execute("INSERT INTO alert SELECT * FROM incoming", incoming=pa.Table.from_pylist(rows, SCHEMA))


def entities_json(entities: Iterable[Entity]) -> str:
    """Entities as the table holds them: sorted, each once."""
    return json.dumps([{"kind": e.kind, "name": e.name, "role": e.role} for e in sorted(set(entities))], ensure_ascii=False)


_GROUP = """CREATE OR REPLACE TABLE alert_case AS SELECT id, 'in-' || substr(sha256(concat_ws(chr(31), origin, source, rule, entities, CAST(time_bucket(INTERVAL 1 HOUR, time) AS VARCHAR))), 1, 16) AS investigation FROM alert"""
_OPEN = f"""SELECT c.investigation AS id, arg_min(a.id, (a.time, a.id)) AS first_alert, COUNT(*) AS alerts, MIN(a.time) AS opened_at, MAX(a.time) AS last_at, ANY_VALUE(a.origin) AS origin,
    ANY_VALUE(a.source) AS source, ANY_VALUE(a.rule) AS rule, arg_min(a.title, (-a.severity, a.time, a.id)) AS title, MAX(a.severity) AS severity, ANY_VALUE(a.entities) AS entities, list(DISTINCT a.signature) AS signatures,
    list_sort(list_distinct(flatten(list(a.techniques)))) AS techniques, arg_min(a.features, (-a.severity, a.time, a.id)) AS features,
    flatten((list(a.events ORDER BY a.time, a.id))[1:{EVENTS}])[1:{EVENTS}] AS events, CAST(SUM(len(a.events)) AS BIGINT) AS events_total
    FROM alert a JOIN alert_case c USING (id) GROUP BY c.investigation ORDER BY opened_at, c.investigation"""


def open_cases(store: Store) -> list[Case]:
    """One case for each set of alerts that would ask the same: one rule, the same entities, one hour.

    It says what they say together, so that a harmless alert hides no other; its title is the gravest one's.
    """
    store.execute(_GROUP)
    return [_case(r) for r in store.rows(_OPEN)]


def _case(r: Mapping[str, Any]) -> Case:
    entities: Sequence[Mapping[str, str]] = json.loads(r["entities"] or "[]")
    said = together(s or () for s in r["signatures"])
    r = {k: v for k, v in r.items() if k != "signatures"}
    return Case(**{**r, "entities": tuple(sorted({Entity.of(e["kind"], e["name"], e.get("role", "")) for e in entities if e.get("name")})), "signature": said,
                   "techniques": tuple(r["techniques"] or ()), "events": tuple(r["events"]), "features": json.loads(r["features"] or "{}")})


def native_id(rule: str, time: str, entities: str, features: str) -> str:
    """The id of an alert of our own."""
    return identify("al", "vidocq", rule, time, entities, features)
