"""One run, from paths to incidents: read, enrich, detect, investigate, correlate, report."""

from __future__ import annotations

import datetime as dt
import json
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from vidocq import __version__
from vidocq.catalogue import Catalogue, load
from vidocq.engine.book import book
from vidocq.engine.incident import Evidence
from vidocq.engine.ledger import answers_table, cases_table
from vidocq.errors import InputError, UsageError
from vidocq.model.event import CLASSES, SAYS
from vidocq.operations import alerts, detect, ledger, lineage, write
from vidocq.operations.incidents import grouped, incidents_of
from vidocq.operations.ingest import FileReport, ingest
from vidocq.operations.investigate import Investigated
from vidocq.operations.investigate import investigate as ask_everything
from vidocq.operations.machines import machines
from vidocq.operations.mapping_file import load_mapping
from vidocq.operations.shared import commons
from vidocq.operations.surroundings import surroundings
from vidocq.store.coverage import coverage
from vidocq.store.duckdb import Store

Tell = Callable[[str, str], None]
"""Told what happens: (stage, message)."""


@dataclass(slots=True)
class Run:
    """What a run found. The tables are Arrow."""

    out: Path
    summary: dict[str, Any]
    alerts: pa.Table
    investigations: pa.Table
    answers: pa.Table
    incidents: list[dict[str, Any]]
    problems: list[str] = field(default_factory=list)
    unheard: list[str] = field(default_factory=list)
    """Formats that were read and that no detection looks at."""


class _Clock:
    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._began = self._last = time.monotonic()

    def lap(self, stage: str) -> None:
        now = time.monotonic()
        self.seconds[stage] = round(self.seconds.get(stage, 0.0) + now - self._last, 3)
        self._last = now

    def total(self) -> dict[str, float]:
        stages = {s: self.seconds.get(s, 0.0) for s in ("ingest", "detect", "investigate", "correlate", "report")}
        return {**stages, "total": round(time.monotonic() - self._began, 3)}


def investigate(
    paths: Sequence[str | Path], out: str | Path, mapping: str | Path | None = None, store: str | Path | None = None, context: str | Path | None = None,
    catalogue: Catalogue | None = None, tell: Tell | None = None, threads: int | None = None, chunks: int = 1, rules: Sequence[str | Path] = (),
) -> Run:
    """Read the paths, investigate every alert, and leave the files of the contract in `out`. `rules` are folders of Sigma rules to run beside.

    Raises UsageError for a path or mapping that is not there, InputError if nothing could be read, StoreError if the store refuses.
    """
    tell = tell or (lambda stage, message: None)
    places = [Path(p) for p in paths]
    folders = [Path(p) for p in rules]
    for p in [*places, *folders]:
        if not p.exists():
            raise UsageError(str(p), "there is no such file or folder", "name one that exists")
    target = Path(out)
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as e:
        raise UsageError(str(target), f"the results cannot be written there ({e.strerror})", "name a folder that may be written") from e
    scratch = None if store else Path(tempfile.mkdtemp(prefix="vidocq-"))
    events = Store(Path(store) if store else scratch, threads=threads, memory="1400MB")
    try:
        return _run(events, catalogue or load(), places, target, Path(mapping) if mapping else None, Path(context) if context else None, tell, chunks, keep_raw=store is not None, rules=folders)
    finally:
        events.close()
        if scratch:
            shutil.rmtree(scratch, ignore_errors=True)


def _run(store: Store, catalogue: Catalogue, paths: list[Path], out: Path, mapping: Path | None, context: Path | None, tell: Tell, chunks: int, keep_raw: bool, rules: Sequence[Path]) -> Run:
    started, clock = _now(), _Clock()
    refused_before = store.count("quarantine")
    try:
        reports, problems = _read(store, catalogue, paths, mapping, tell, chunks, keep_raw, [out, *([store.path] if store.path else [])])
    finally:
        write.write_quarantine(store, out, refused_before)
    problems += _enrich(store, context)
    lineage.derive(store)
    clock.lap("ingest")
    alerts.prepare(store)
    problems += _sigma(store, rules, tell)
    third = alerts.third_party(store, catalogue)
    problems += detect.detect(store, catalogue)
    alerts.reported(store)
    write.write_problems(out, problems)
    unheard = detect.unheard(store, catalogue)
    cases = alerts.open_cases(store)
    total_alerts = store.count("alert")
    tell("detect", f"{total_alerts} alerts ({third} of other tools) in {len(cases)} investigations")
    clock.lap("detect")
    known = book(catalogue.questions, catalogue.hypotheses, catalogue.detections, catalogue.phrases)
    common = commons(store, cases)
    found = ask_everything(store, coverage(store), known, cases, common)
    tell("investigate", f"{len(found.answers)} answers")
    clock.lap("investigate")
    evidence = evidence_of(store, found)
    assets = {(r["kind"], r["name"]): r for r in store.rows("SELECT * FROM asset ORDER BY ALL")}
    led = ledger.Ledger(found, evidence, assets, common, machines(store))
    led = replace(led, traces=surroundings(store, led, *grouped(led)))
    incidents, incident_of = incidents_of(known, led)
    tell("correlate", f"{len(incidents)} incidents")
    clock.lap("correlate")
    write.write_alerts(store, out)
    write.write_lines(out / "investigations.ndjson", write.investigation_lines(known, found, incident_of))
    write.write_lines(out / "incidents.ndjson", write.incident_lines(incidents))
    ledger.write_ledger(out, catalogue, led)
    kept = sum(r.events for r in reports)
    summary = {
        "version": __version__, "started": started, "finished": _now(), "inputs": [r.as_dict() for r in reports], "events": kept, "alerts": total_alerts, "investigations": len(cases),
        "incidents": len(incidents), "seconds": clock.total(), "peak_rss_mb": _peak(),
    }
    _write_run(out, summary)
    _report(out)
    clock.lap("report")
    summary |= {"finished": _now(), "seconds": clock.total(), "peak_rss_mb": _peak()}
    _write_run(out, summary)
    if keep_raw and store.path:
        _remember(store.path, out)
    return Run(out, summary, store.query("SELECT * FROM alert ORDER BY time, id"), cases_table(found.cases), answers_table(found.answers), incidents, problems, unheard)


def _read(store: Store, catalogue: Catalogue, paths: list[Path], mapping: Path | None, tell: Tell, chunks: int, keep_raw: bool, apart: Sequence[Path]) -> tuple[list[FileReport], list[str]]:
    reports, problems = [], []
    table = load_mapping(mapping) if mapping else None
    for report in ingest(store, catalogue, paths, table.source if table else None, chunks, keep_raw, apart):
        reports.append(report)
        problems += report.problems
        tell("ingest", f"{report.path}: " + (f"skipped, {report.skipped}" if report.skipped else f"{report.source}, {report.events} events"))
    if table:
        problems += table.told(any(r.source == table.source.id for r in reports))
    if not any(r.events or r.duplicates for r in reports):
        reason = next((f"{r.path}: {r.skipped or 'nothing in it could be read'}" for r in reports), "no file was found")
        reason = problems[-1] if table and reports and problems else reason
        raise InputError(", ".join(str(p) for p in paths), f"nothing readable in the inputs ({reason})", "the README lists the formats that are read; pass --mapping for a table of alerts")
    return reports, problems


def _enrich(store: Store, context: Path | None) -> list[str]:
    from vidocq.operations.enrich import enrich

    return enrich(store, context)


def _sigma(store: Store, rules: Sequence[Path], tell: Tell) -> list[str]:
    """Run the rules of others over everything in the store. What an earlier run's rules found goes: they may not be today's."""
    before = _of_sigma(store)
    store.execute("DELETE FROM detection_finding WHERE source = 'sigma'")
    problems: list[str] = []
    if rules:
        # Imported late: its parser takes longer than many a run.
        from vidocq.operations.sigma.run import run_rules

        found, problems = run_rules(store, rules)
        tell("detect", f"{found} findings of Sigma rules, {len(problems)} rules that are not used")
    if before["n"] and before != _of_sigma(store):
        # What the store keeps of its tables goes by their size, which may be the same.
        store.execute("DELETE FROM kept")
    return problems


def _of_sigma(store: Store) -> dict[str, Any]:
    return store.rows("SELECT COUNT(*) AS n, bit_xor(hash(digest)) AS of FROM detection_finding WHERE source = 'sigma'")[0]


def _report(out: Path) -> None:
    from vidocq.operations.report.html import write_report

    write_report(out)


def evidence_of(store: Store, found: Investigated) -> dict[str, Evidence]:
    """Every event that an alert or an answer of a case that was not dismissed names, by uid. A Sigma finding has the uid of the event it is about."""
    live = {n for n in range(len(found.cases)) if not found.conclusion.judged.dismissed[n]}
    uids = sorted({u for n in live for u in found.cases[n].events} | {u for a in found.answers if a.case in live for u in a.events})
    if not uids:
        return {}
    parts = " UNION ALL ".join(f"SELECT uid, time, source, {SAYS[t]} AS what, {n} AS place FROM \"{t}\" WHERE uid IN (SELECT uid FROM wanted) AND source <> 'sigma'" for n, t in enumerate(CLASSES))
    rows = store.rows(f"SELECT uid, time, source, what FROM ({parts}) QUALIFY ROW_NUMBER() OVER (PARTITION BY uid ORDER BY time, place, what, source) = 1 ORDER BY uid", wanted=pa.table({"uid": uids}))
    return {r["uid"]: Evidence(r["uid"], r["time"], r["source"], (r["what"] or "")[:300]) for r in rows}


def _remember(store: Path, out: Path) -> None:
    """The store keeps the last run beside its events, so that `show --store` finds it."""
    (store / "run").mkdir(exist_ok=True)
    for name in ("run.json", "investigations.ndjson", "incidents.ndjson"):
        shutil.copyfile(out / name, store / "run" / name)


def _write_run(out: Path, summary: dict[str, Any]) -> None:
    (out / "run.json").write_text(json.dumps(summary, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _now() -> str:
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
