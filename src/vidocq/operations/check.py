"""Runs the units' own cases: what `vidocq check` does at a user's site, and the tests here."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml

from vidocq.catalogue import Catalogue
from vidocq.engine.ask import near
from vidocq.engine.book import book
from vidocq.errors import UsageError
from vidocq.model.entity import Entity
from vidocq.model.event import CLASSES, CONTEXT, columns
from vidocq.operations import alerts, asking, detect, lineage
from vidocq.operations.ingest import ingest
from vidocq.operations.investigate import investigate
from vidocq.operations.shared import commons
from vidocq.store.coverage import coverage
from vidocq.store.duckdb import Store

KINDS = {"question": "questions", "detection": "detections", "hypothesis": "hypotheses"}
ROOMS = ("sources", *KINDS.values())


@dataclass(frozen=True, slots=True)
class UnitCase:
    """One case of a unit, as its file says it."""

    room: str
    unit: str
    name: str
    said: Mapping[str, Any]
    file: Path
    fault: str = ""
    """Why it cannot be played."""

    def __str__(self) -> str:
        return f"{self.room}/{self.unit}: {self.name}"


def cases_file(catalogue: Catalogue, room: str, unit: str) -> Path | None:
    """Where the cases of a unit stand: beside it, in whichever package brought it."""
    path = Path(catalogue.where(room, unit)).with_suffix(".cases.yaml")
    return path if path.exists() else None


def unit_cases(catalogue: Catalogue, *wanted: str) -> Iterator[UnitCase]:
    """Every case of every unit, or of those named: `room/unit` or `unit`, with dots or slashes. Raises UsageError for a name nobody has."""
    chosen = _chosen(catalogue, wanted)
    for room in ROOMS:
        for unit in getattr(catalogue, room):
            if wanted and (room, unit) not in chosen:
                continue
            if room == "sources":
                yield from _sample(catalogue, unit)
            elif path := cases_file(catalogue, room, unit):
                yield from _cases(path, room, unit)


def _chosen(catalogue: Catalogue, wanted: Sequence[str]) -> set[tuple[str, str]]:
    every = {(room, unit) for room in ROOMS for unit in getattr(catalogue, room)}
    chosen = set()
    for text in wanted:
        path = text.strip("/").removesuffix(".py").replace("/", ".")
        found = {(room, unit) for room, unit in every if path in (unit, f"{room}.{unit}")}
        if not found:
            names = {f"{room}/{unit}" for room, unit in every} | {unit for _, unit in every}
            raise UsageError(text, f"there is no such unit{near(text, names)}", f"write ROOM/UNIT with a room of {', '.join(ROOMS)}")
        chosen |= found
    return chosen


def _cases(path: Path, room: str, unit: str) -> Iterator[UnitCase]:
    """The cases of a file; one that says why it cannot be played where the file holds none."""
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as e:
        yield UnitCase(room, unit, path.name, {}, path, f"it is no YAML ({' '.join(str(e).split())[:200]})")
        return
    if not isinstance(said, list) or not said:
        yield UnitCase(room, unit, path.name, {}, path, "it holds no list of cases")
        return
    for n, case in enumerate(said, 1):
        named = isinstance(case, dict) and "name" in case
        yield UnitCase(room, unit, str(case["name"]), case, path) if named else UnitCase(room, unit, f"case {n}", {}, path, "it has no name")


def _sample(catalogue: Catalogue, unit: str) -> Iterator[UnitCase]:
    file = Path(catalogue.where("sources", unit))
    if (file.parent / "expected.jsonl").exists():
        yield UnitCase("sources", unit, "sample", {}, file.parent / "expected.jsonl")


def without_cases(catalogue: Catalogue) -> list[str]:
    """Units that have no case at all."""
    return [f"{room}/{unit}" for room in KINDS.values() for unit in getattr(catalogue, room) if cases_file(catalogue, room, unit) is None]


def problem(catalogue: Catalogue, case: UnitCase) -> str | None:
    """What is wrong, or None if the case comes out as its file says."""
    if case.fault:
        return case.fault
    store = Store()
    try:
        fill(store, case.said.get("events") or {})
        if case.room != "questions":
            # A question's case says every table that it asks of.
            lineage.derive(store)
        return {"sources": _source, "questions": _question, "detections": _detection, "hypotheses": _hypothesis}[case.room](catalogue, case, store)
    except Exception as e:  # Whatever an author may have written: the case is named, and the others are played.
        return f"it cannot be played ({type(e).__name__}: {' '.join(str(e).split())[:300]})"
    finally:
        store.close()


def fill(store: Store, events: Mapping[str, list[Mapping[str, Any]]]) -> None:
    """Put the events of a case into a store. `times`, `every` (seconds) and `jitter` (a share of `every`) repeat a row; `{n}` in its texts counts them."""
    for table, rows in events.items():
        if table not in CLASSES and table not in CONTEXT:
            raise ValueError(f"there is no table {table!r}{near(table, {*CLASSES, *CONTEXT})}")
        chance = random.Random(table)
        made = [row for n, r in enumerate(rows) for row in _repeated(table, n, r, chance)]
        store.insert(table, pa.Table.from_pylist(made, _schema(table, made)))


_TYPES = {"VARCHAR": pa.string(), "BIGINT": pa.int64(), "INTEGER": pa.int32(), "DOUBLE": pa.float64(), "BOOLEAN": pa.bool_(), "TIMESTAMP": pa.timestamp("us")}


def _schema(table: str, rows: list[dict[str, Any]]) -> pa.Schema:
    known = columns(table)
    unknown = sorted({n for r in rows for n in r} - known.keys())
    if unknown:
        raise ValueError(f"{table} has no column {unknown[0]!r}{near(unknown[0], known)}")
    return pa.schema([(n, _TYPES[c.type]) for n, c in known.items() if any(n in r for r in rows)])


def _repeated(table: str, n: int, row: Mapping[str, Any], chance: random.Random) -> Iterator[dict[str, Any]]:
    plain = {k: _value(table, k, v) for k, v in row.items() if k not in ("times", "every", "jitter")}
    if table in CONTEXT:
        yield plain
        return
    start = _time(row["time"])
    every, jitter = float(row.get("every", 0)), float(row.get("jitter", 0))
    for i in range(int(row.get("times", 1))):
        shift = every * i if not jitter else every * (i + jitter * (chance.random() - 0.5) * 2)
        uid = str(row["uid"]) + (f".{i}" if i else "") if "uid" in row else f"{table}.{n}.{i}"
        counted = {k: v.replace("{n}", str(i)) if isinstance(v, str) else v for k, v in plain.items()}
        yield {"source": "case", "digest": f"{n:08d}{i:08d}", **counted, "time": start + dt.timedelta(seconds=shift), "uid": uid}


def _value(table: str, name: str, v: Any) -> Any:
    known = columns(table).get(name)
    if known is None:
        return v
    if known.type == "TIMESTAMP":
        return _time(v)
    return str(v) if known.type == "VARCHAR" and v is not None else v


def _time(v: Any) -> dt.datetime:
    t = v if isinstance(v, dt.datetime) else dt.datetime.fromisoformat(str(v))
    return t.astimezone(dt.UTC).replace(tzinfo=None) if t.tzinfo else t


def _source(catalogue: Catalogue, case: UnitCase, store: Store) -> str | None:
    """The samples beside a source are read by it, and become the events that are expected."""
    samples = sorted(p for p in case.file.parent.iterdir() if p.name.startswith("sample"))
    reports = list(ingest(store, catalogue, samples))
    if others := [r for r in reports if r.source != case.unit]:
        return f"{others[0].path} is read by {others[0].source or 'no source'} ({others[0].skipped or 'it recognises the file too, and is tried earlier'})"
    found = sorted(json.dumps(e, sort_keys=True) for e in told(store))
    wanted = sorted(json.dumps(json.loads(line), sort_keys=True) for line in case.file.read_text(encoding="utf-8").splitlines() if line.strip())
    if found == wanted:
        return None
    more, less = [e for e in found if e not in wanted], [e for e in wanted if e not in found]
    return f"reads {more[0] if more else 'no event more'} instead of {less[0] if less else 'none'} ({len(more)} events differ)"


def told(store: Store) -> Iterator[dict[str, Any]]:
    """Every event of a store as the expected files write them: the class, and the columns that are not null."""
    for table in CLASSES:
        for row in store.rows(f'SELECT * FROM "{table}"'):
            event = {k: v for k, v in row.items() if v is not None}
            yield {"class": table, **event, "time": event["time"].replace(tzinfo=dt.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")}


def statement_problems(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Detections whose statement an empty store refuses, or whose columns are not those that the unit names, as (where, what)."""
    store = Store()
    for d in catalogue.detections.values():
        where = catalogue.where("detections", d.id)
        yield from ((where, f"reads {t!r}, which is no table{near(t, {*CLASSES, *CONTEXT})}") for t in d.of if t not in CLASSES and t not in CONTEXT)
        try:
            found = set(store.query(d.sql).column_names)
        except Exception as e:  # The store's own words name the column and those near it.
            yield where, f"its statement is refused ({' '.join(str(e).split())[:300]})"
            continue
        if d.judge is None:
            needed = {"time", "events", *d.entities}
            yield from ((where, f"its statement gives no column {c!r}{near(c, found)}") for c in sorted(needed - found))
    store.close()


def _question(catalogue: Catalogue, case: UnitCase, store: Store) -> str | None:
    q = catalogue.questions[case.unit]
    asked = case.said["ask"]
    entities = tuple(Entity.of(about.partition(":")[0], name, about.partition(":")[2]) for about, name in zip(q.about, asked["entities"], strict=True))
    one = asking.Asking(0, q.id, entities, _time(asked["at"]))
    [reply] = asking.put(store, coverage(store), {q.id: q}, [one])
    got = {"grade": reply.grade, **reply.facts}
    wanted = case.said["answer"]
    wrong = {k: got.get(k) for k, v in wanted.items() if got.get(k) != v}
    return f"answers {wrong}, not {({k: wanted[k] for k in wrong})}" if wrong else None


def _detection(catalogue: Catalogue, case: UnitCase, store: Store) -> str | None:
    found = list(detect.run(store, catalogue.detections[case.unit]))
    said = case.said
    if bool(found) != said["fires"]:
        return f"fires {len(found)} times" if found else "stays silent"
    if "rows" in said and len(found) != said["rows"]:
        return f"fires {len(found)} times, not {said['rows']}"
    features = json.loads(found[0]["features"]) if found else {}
    wrong = {k: features.get(k) for k, v in said.get("expect", {}).items() if features.get(k) != v}
    return f"has the features {wrong}, not {said['expect']}" if wrong else None


def _hypothesis(catalogue: Catalogue, case: UnitCase, store: Store) -> str | None:
    """The whole way: detections, investigation, verdict; the strongest case is the one that is looked at."""
    alerts.prepare(store)
    alerts.third_party(store, catalogue)
    detect.detect(store, catalogue)
    alerts.reported(store)
    known = book(catalogue.questions, catalogue.hypotheses, catalogue.detections, catalogue.phrases)
    cases = alerts.open_cases(store)
    found = investigate(store, coverage(store), known, cases, commons(store, cases))
    if not found.cases:
        return None if case.said["verdict"] == "dismissed" and "leading" not in case.said else "opens no investigation"
    judged = found.conclusion.judged
    best = int(judged.margin.argmax())
    verdict = "raised" if judged.raised[best] else "dismissed" if judged.dismissed[best] else "undecided"
    if verdict != case.said["verdict"]:
        return f"ends {verdict} ({found.cases[best].rule}: {judged.margin[best]:+.1f} bits for {known.ids[judged.leading[best]]})"
    leading = {known.ids[judged.leading[n] if verdict == "raised" or judged.rival[n] < 0 else judged.rival[n]] for n in range(len(found.cases)) if judged.margin[n] >= 1 or verdict != "raised"}
    wanted = case.said.get("leading")
    return f"is led by {sorted(leading)}, not {wanted}" if wanted and wanted not in leading else None


def idle_units(catalogue: Catalogue) -> Iterator[str]:
    """Questions, detections and hypotheses whose absence changes no case of any hypothesis: they have not shown that they belong."""
    played = [c for c in unit_cases(catalogue) if c.room == "hypotheses"]
    before = {str(c): problem(catalogue, c) for c in played}
    for room in KINDS.values():
        for unit in getattr(catalogue, room):
            less = catalogue.without(f"{room}/{unit}")
            if all(c.unit == unit or problem(less, c) == before[str(c)] for c in played):
                yield f"{room}/{unit}"
