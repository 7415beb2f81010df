"""Runs every detection over the store: sets of events in, alerts out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa

from vidocq.catalogue import Catalogue
from vidocq.engine.ledger import FIRST, UNLISTED, timestamp
from vidocq.model.belief import Detection
from vidocq.model.entity import Entity
from vidocq.model.event import CLASSES, DERIVED
from vidocq.operations import alerts, refused
from vidocq.store.duckdb import Store


def detect(store: Store, catalogue: Catalogue) -> list[str]:
    """Add the alerts of every detection to the table `alert`; returns what went wrong, a line each."""
    problems = []
    for d in catalogue.detections.values():
        if d.of and not any(store.count(table) for table in d.of):
            continue
        try:
            alerts.add(store, run(store, d))
        except Exception as e:  # One unit that fails must not silence the others; it is named.
            problems.append(f"detections/{d.id}: it failed ({type(e).__name__}: {' '.join(str(e).split())[:300]}); the others ran")
    _remember(store, catalogue)
    return problems


def _remember(store: Store, catalogue: Catalogue) -> None:
    """Write down what was said of each machine, so that questions can ask for the company of an alert. An event that several rules name counts once."""
    name = "json_extract_string(list_filter(CAST(json_extract(entities, '$[*]') AS JSON[]), lambda e: json_extract_string(e, '$.kind') = '{}')[1], '$.name')"
    sides = pa.table({"rule": pa.array(list(catalogue.detections), pa.string()), "facet": pa.array([d.facet or d.id for d in catalogue.detections.values()], pa.string())})
    store.execute("DELETE FROM own_finding")
    store.execute(f"""INSERT INTO own_finding BY NAME
        SELECT time, events[1] AS uid, 'vidocq' AS source, substr(sha256(id), 1, 16) AS digest, rule, facet, {name.format('host')} AS host, {name.format('user')} AS actor_user, {name.format('ip')} AS src_ip,
            array_to_string(techniques, ' ') AS techniques
        FROM alert JOIN sides USING (rule) WHERE origin = 'native' AND entities LIKE '%"host"%' QUALIFY ROW_NUMBER() OVER (PARTITION BY events[1], entities ORDER BY rule, id) = 1""", sides=sides)


def unheard(store: Store, catalogue: Catalogue) -> list[str]:
    """A line for each format of whose classes no detection reads one: whatever stands in such a log raises nothing. What other tools found is always read."""
    # A base event is whatever no class describes: that a detection reads some of one product says nothing of another's.
    read = {"detection_finding", *(table for d in catalogue.detections.values() for table in d.of)} - {"base_event"}
    counted = " UNION ALL ".join(f"SELECT '{t}' AS class, source, COUNT(*) AS n FROM \"{t}\" GROUP BY source" for t in CLASSES if t not in DERIVED)
    rows = store.rows(f"SELECT source, LIST(DISTINCT class) AS classes, CAST(SUM(n) AS BIGINT) AS n FROM ({counted}) GROUP BY source ORDER BY source")
    return [f"{r['source']}: {r['n']:,} events read; no detection looks at them" for r in rows if not read & set(r["classes"])]


def run(store: Store, d: Detection) -> Iterator[dict[str, Any]]:
    """The alerts of one detection over everything in the store."""
    result = store.query(d.sql)
    if d.judge is not None:
        result = d.judge(result)
    rows = sorted(_rows(result), key=lambda r: (r["time"], sorted(r["events"])))
    errors = refused.errors_of(store, [u for r in rows for u in r["events"]]) if "api_activity" in d.of else {}
    made = [_alert(d, {**row, "refused": error} if (error := refused.refusal(row["events"], errors)) else row) for row in rows]
    # One investigation covers an hour of the same, and bears the title of its first alert: a try that then got through must not read as a mere try.
    through = {_hour(a): a["time"] for a in made if not a["tried"]}
    for alert in made:
        tried = alert.pop("tried")
        yield {**alert, "title": f"{alert['title']}, and gets through later"} if tried and through.get(_hour(alert), alert["time"]) > alert["time"] else alert


def _hour(alert: Mapping[str, Any]) -> tuple[str, datetime]:
    return alert["entities"], alert["time"].replace(minute=0, second=0, microsecond=0)


def _rows(table: pa.Table) -> Iterator[dict[str, Any]]:
    """The rows that name a time and events. Of events that an alert leaves out it keeps how many they are, and when the first was."""
    for row in table.to_pylist():
        named, counted, first = row.get("events") or [], row.pop("all_events", None), row.pop("first_event", None)
        found = list(dict.fromkeys(u for u in named if u))
        row["events"] = found[: alerts.EVENTS]
        # What is listed whole is counted already: one id may stand in several logs.
        unlisted = max(counted or 0, len(found)) - len(row["events"]) if len(named) >= alerts.EVENTS else 0
        if unlisted > 0:
            row |= {UNLISTED: unlisted, FIRST: first}
        if row.get("time") is not None and row["events"]:
            yield row


def _alert(d: Detection, row: Mapping[str, Any]) -> dict[str, Any]:
    entities = []
    for column, about in d.entities.items():
        kind, _, role = about.partition(":")
        values = row.get(column)
        for value in values if isinstance(values, list) else [values]:
            if value not in (None, ""):
                entities.append(Entity.of(kind, str(value), role))
    features = {k: _plain(v) for k, v in row.items() if k not in ("time", "events", "techniques", *d.entities) and v is not None}
    listed, facts = alerts.entities_json(entities), json.dumps(features, sort_keys=True, ensure_ascii=False)
    return {
        "id": alerts.native_id(d.id, timestamp(row["time"]), listed, facts + "".join(row["events"])), "time": row["time"], "origin": "native", "source": "vidocq", "rule": d.id, "title": _title(d, row), "severity": d.severity,
        "entities": listed, "techniques": sorted({*d.techniques, *(row.get("techniques") or ())} - {None}), "events": row["events"], "features": facts, "signature": [f"rule:{d.id}"], "tried": bool(row.get("refused")),
    }


class _Lenient(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "?"


def _title(d: Detection, row: Mapping[str, Any]) -> str:
    template = refused.attempted(d.title) if row.get("refused") else d.title
    return template.format_map(_Lenient({k: ("?" if v is None else v) for k, v in row.items()}))


def _plain(v: Any) -> Any:
    """A value as JSON holds it; floats are rounded, since sums may differ in their last bit from one run to the next."""
    if isinstance(v, datetime):
        return timestamp(v)
    if isinstance(v, date):
        return v.isoformat()
    if isinstance(v, Decimal):
        return float(v)
    if isinstance(v, float):
        return round(v, 4)
    if isinstance(v, list):
        return [_plain(x) for x in v]
    return v
