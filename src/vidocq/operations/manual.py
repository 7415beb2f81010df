"""A manual trigger: investigate this entity, there and then, on the events of a store."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from vidocq.catalogue import Catalogue, load
from vidocq.engine.ask import quote
from vidocq.engine.book import book
from vidocq.engine.conclude import MANUAL
from vidocq.engine.ledger import Case, identify, timestamp
from vidocq.errors import UsageError
from vidocq.model.entity import Entity, Kind
from vidocq.operations import alerts, ledger, write
from vidocq.operations.incidents import incidents_of
from vidocq.operations.investigate import investigate
from vidocq.operations.machines import machines
from vidocq.operations.run import evidence_of
from vidocq.operations.shared import commons
from vidocq.operations.storing import EARLIEST, LATEST
from vidocq.store.coverage import coverage
from vidocq.store.duckdb import Store, entity_event_sql

ASKED = "asked"
"""Folder of a store in which the investigations that people asked for stand, as files of the contract."""
WIDEST = dt.timedelta(days=3650)
LOOK_BACK = dt.timedelta(days=1)
COMPANIONS = 6
"""Entities that alerts name beside the one that was asked about, at most: the other ends of what it did."""


def ask(about: str, at: str, store: Path, window: str = "1h", catalogue: Catalogue | None = None) -> tuple[str, Path]:
    """Investigate `kind:name` around a time; returns the id of the investigation and the folder that holds it.

    Raises UsageError for a kind, time or window that cannot be read, or an entity the store has never seen.
    """
    kind, _, name = about.partition(":")
    if kind not in {str(k) for k in Kind} or not name:
        raise UsageError(about, "this names no entity", f"write KIND:NAME with a kind of {', '.join(Kind)}")
    if not (store / "events.duckdb").exists():
        raise UsageError(str(store), "there is no store here", "run `vidocq investigate ... --store DIR` first")
    entity, moment, around = Entity.of(kind, name), _moment(at), _window(window)
    known = catalogue or load()
    events = Store(store)
    try:
        # The alerts of the last run stay in the store: those of a question asked by hand stand aside, and go.
        events.execute("BEGIN")
        return _ask(events, known, entity, moment, around, store)
    finally:
        events.execute("ROLLBACK")
        events.close()


def _ask(store: Store, catalogue: Catalogue, entity: Entity, at: dt.datetime, around: dt.timedelta, folder: Path) -> tuple[str, Path]:
    beside, signs = _said_before(store, entity, at, around)
    alerts.prepare(store)
    found = store.rows(
        f"SELECT uid, time FROM (SELECT DISTINCT uid, time FROM ({entity_event_sql({entity.kind: True})}) WHERE name = {quote(entity.name)}"
        f" AND time BETWEEN TIMESTAMP '{at - around}' AND TIMESTAMP '{at + around}') ORDER BY time, uid LIMIT {alerts.EVENTS}"
    )
    if not found:
        raise _unheard_of(store, entity, at, around)
    uids = [r["uid"] for r in found]
    features = json.dumps({"window_s": int(around.total_seconds())})
    ident = identify("al", "manual", entity.kind, entity.name, timestamp(at), features)
    alerts.add(store, [{
        "id": ident, "time": at, "origin": "manual", "source": "analyst", "rule": "manual", "title": f"Look at {entity.kind} {entity.name}", "severity": 0, "entities": alerts.entities_json([entity]),
        "techniques": [], "events": uids, "features": features, "signature": [*MANUAL, *signs],
    }])
    cases: Sequence[Case] = [replace(c, opened_at=at, entities=(*c.entities, *beside)) for c in alerts.open_cases(store)]
    known = book(catalogue.questions, catalogue.hypotheses, catalogue.detections, catalogue.phrases)
    common = commons(store, cases)
    done = investigate(store, coverage(store), known, cases, common)
    assets = {(r["kind"], r["name"]): r for r in store.rows("SELECT * FROM asset ORDER BY ALL")}
    led = ledger.Ledger(done, evidence_of(store, done), assets, common, machines(store))
    incidents, incident_of = incidents_of(known, led)
    out = folder / ASKED / cases[0].id
    out.mkdir(parents=True, exist_ok=True)
    write.write_alerts(store, out)
    write.write_lines(out / "investigations.ndjson", write.investigation_lines(known, done, incident_of))
    write.write_lines(out / "incidents.ndjson", write.incident_lines(incidents))
    ledger.write_ledger(out, catalogue, led)
    return cases[0].id, out


def _unheard_of(store: Store, entity: Entity, at: dt.datetime, around: dt.timedelta) -> UsageError:
    """Why there is nothing to investigate: another time, or another name."""
    about = f"{entity.kind}:{entity.name}"
    [seen] = store.rows(f"SELECT MIN(time) AS first, MAX(time) AS last FROM ({entity_event_sql({entity.kind: True})}) WHERE name = {quote(entity.name)}")
    if seen["first"] is None:
        return UsageError(about, "no event of the store names it", "check the name: the store knows it as the logs write it")
    return UsageError(about, f"no event names it within {around} of {timestamp(at)}", f"it is named from {timestamp(seen['first'])} to {timestamp(seen['last'])}: choose a time there, or widen --window")


def _said_before(store: Store, entity: Entity, at: dt.datetime, around: dt.timedelta) -> tuple[list[Entity], list[str]]:
    """What alerts of the day before, and of the window, name beside the entity, and what they say for themselves.

    What was said within the window comes first, the gravest of it first: a machine's pollers are told of all day, its attacker once.
    """
    if not store.rows("SELECT 1 FROM information_schema.tables WHERE table_name = 'alert'"):
        return [], []
    rows = store.rows(
        f"SELECT entities, signature, severity, time >= TIMESTAMP '{at - around}' AS within FROM alert WHERE time BETWEEN TIMESTAMP '{at - max(around, LOOK_BACK)}' AND TIMESTAMP '{at + around}'"
        f" AND list_contains(list_transform(json_extract(entities, '$[*]'), lambda e: (e ->> '$.kind') || ':' || (e ->> '$.name')), {quote(f'{entity.kind}:{entity.name}')})"
    )
    others: Counter[Entity] = Counter()
    weight: dict[Entity, tuple[bool, int]] = {}
    signs: Counter[str] = Counter()
    for r in rows:
        named = [Entity.of(e["kind"], e["name"], e.get("role", "")) for e in json.loads(r["entities"])]
        others.update(named)
        weight |= {e: max(weight.get(e, (False, 0)), (bool(r["within"]), r["severity"] or 0)) for e in named}
        signs.update(r["signature"] or ())
    ranked = [e for e in sorted(others, key=lambda e: (not weight[e][0], -weight[e][1], others[e], e)) if (e.kind, e.name) != (entity.kind, entity.name)]
    return ranked[:COMPANIONS], sorted(signs)


def _moment(text: str) -> dt.datetime:
    try:
        t = dt.datetime.fromisoformat(text)
        t = t.astimezone(dt.UTC).replace(tzinfo=None) if t.tzinfo else t
    except (ValueError, OverflowError) as e:
        raise UsageError(text, "this is no time", "write it as 2025-03-04T10:30:00Z") from e
    if not EARLIEST <= t <= LATEST:
        raise UsageError(text, "no event is kept of such a time", f"choose one between {EARLIEST.year} and {LATEST.year}")
    return t


def _window(text: str) -> dt.timedelta:
    unit = {"m": "minutes", "h": "hours", "d": "days"}.get(text[-1:])
    number = text[:-1]
    if unit is None or not (number.isascii() and number.isdigit()) or not 0 < int(number[:12]) < 10_000_000:
        raise UsageError(text, "this is no window", "write it as 30m, 1h or 2d")
    window = dt.timedelta(**{unit: int(number)})
    if window > WIDEST:
        raise UsageError(text, "so wide a window is everything", f"choose one of at most {WIDEST.days}d")
    return window
