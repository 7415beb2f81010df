"""The ledger on disk: Parquet tables from which every verdict and incident can be computed again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from vidocq import __version__
from vidocq.catalogue import Catalogue
from vidocq.engine.book import Book, digests
from vidocq.engine.conclude import conclude
from vidocq.engine.correlate import Common, Commons
from vidocq.engine.incident import Evidence
from vidocq.engine.ledger import answers_table, cases_table, read_answers, read_cases
from vidocq.engine.machines import Machines, Sighting
from vidocq.engine.trace import Trace
from vidocq.errors import UsageError
from vidocq.model.entity import Entity
from vidocq.operations.investigate import Investigated
from vidocq.operations.machines import as_table

_TRACE = pa.schema([(f.name, {"time": pa.timestamp("us"), "times": pa.int64()}.get(f.name, pa.string())) for f in fields(Trace)])


@dataclass(frozen=True, slots=True)
class Ledger:
    """What incidents are computed from, beside the catalogue."""

    found: Investigated
    evidence: Mapping[str, Evidence]
    assets: Mapping[tuple[str, str], Mapping[str, Any]]
    commons: Commons
    machines: Machines
    traces: tuple[Trace, ...] = ()


def unit_digests(catalogue: Catalogue) -> dict[str, str]:
    """The digest of every unit that bears on a verdict."""
    return digests({"questions": catalogue.questions, "hypotheses": catalogue.hypotheses, "detections": catalogue.detections, "phrases": catalogue.phrases})


def write_ledger(out: Path, catalogue: Catalogue, ledger: Ledger) -> None:
    """Leave the tables in `out/ledger`."""
    folder = out / "ledger"
    folder.mkdir(parents=True, exist_ok=True)
    units, names, seen = unit_digests(catalogue), sorted(ledger.commons.items()), list(ledger.evidence.values())
    followed = [json.dumps([[e.kind, e.name, e.role] for e in f], ensure_ascii=False) for f in ledger.found.followed]
    tables = {
        "investigations": cases_table(ledger.found.cases),
        "answers": answers_table(ledger.found.answers),
        "catalogue": pa.table({"unit": list(units), "digest": list(units.values()), "version": [__version__] * len(units)}),
        "evidence": pa.table({
            "uid": pa.array([e.uid for e in seen], pa.string()), "time": pa.array([e.time for e in seen], pa.timestamp("us")),
            "source": pa.array([e.source for e in seen], pa.string()), "what": pa.array([e.what for e in seen], pa.string()),
        }),
        "commons": pa.table({
            "kind": pa.array([k for (k, _), _ in names], pa.string()), "name": pa.array([n for (_, n), _ in names], pa.string()), "common": pa.array([str(c) for _, c in names], pa.string()),
        }),
        "machines": as_table(ledger.machines),
        "traces": pa.Table.from_pylist([asdict(t) for t in ledger.traces], _TRACE),
        "assets": pa.table({"row": pa.array([json.dumps(a, default=str, sort_keys=True) for a in ledger.assets.values()], pa.string())}),
        "followed": pa.table({"entities": pa.array(followed, pa.string()), "unasked": pa.array([list(u) for u in ledger.found.unasked], pa.list_(pa.string()))}),
    }
    for name, table in tables.items():
        pq.write_table(table, folder / f"{name}.parquet", compression="zstd", store_schema=False)


def recorded_units(out: Path) -> dict[str, str]:
    """The digests of the units a ledger was made with."""
    return {r["unit"]: r["digest"] for r in _read(out, "catalogue")}


def read_ledger(out: Path, known: Book) -> Ledger:
    """The ledger of `out`; weights and verdicts are computed anew. Raises UsageError if a table is missing."""
    cases = tuple(read_cases(_table(out, "investigations")))
    answers = tuple(read_answers(_table(out, "answers")))
    rows = _read(out, "followed")
    followed = tuple(tuple(Entity(*e) for e in json.loads(r["entities"])) for r in rows)
    found = Investigated(cases, answers, conclude(known, cases, answers), tuple(tuple(r["unasked"]) for r in rows), followed)
    assets = {(a["kind"], a["name"]): a for r in _read(out, "assets") for a in [json.loads(r["row"])]}
    return Ledger(found, {r["uid"]: Evidence(**r) for r in _read(out, "evidence")}, assets, {(r["kind"], r["name"]): Common(r["common"]) for r in _read(out, "commons")}, Machines(Sighting(**r) for r in _read(out, "machines")),
                  tuple(Trace(**r) for r in _read(out, "traces")))


def _table(out: Path, name: str) -> pa.Table:
    path = out / "ledger" / f"{name}.parquet"
    try:
        return pq.read_table(path)
    except (OSError, pa.ArrowException) as e:
        raise UsageError(str(path), f"the ledger cannot be read ({type(e).__name__})", "name the folder that `vidocq investigate --out` wrote") from e


def _read(out: Path, name: str) -> list[dict[str, Any]]:
    return _table(out, name).to_pylist()
