"""Writes `report.html`: a whole run in one file that opens without a network, and in which nothing from a log can run."""

from __future__ import annotations

import base64
import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any

from vidocq import __version__
from vidocq.operations.report import attack, overview
from vidocq.operations.report.blocks import Blocks, Budget, block
from vidocq.operations.report.pack import COLUMNS, DETAILS, SPARE, Shared, index_row, pack
from vidocq.operations.report.relations import Relations
from vidocq.operations.report.run_files import INCIDENTS, REPORT, Alert, Investigation, incidents, investigations, opening_alerts, read_run

DETAIL_BLOCK, INDEX_BLOCK, INCIDENT_BLOCK = 256, 8192, 20
"""Investigations per block of detail and of the index (a multiple of the former), incidents per block."""
SCRIPTS = ("dom.js", "data.js", "charts.js", "timeline.js", "graph.js", "overview.js", "incident.js", "investigation.js", "list.js", "app.js")
"""One module: they share one scope, in this order."""
INCIDENT_BYTES, MOST_EVENTS = 40_000_000, 500
"""Incidents up to this size are shown with all their events; they compress to a third."""


def write_report(out: Path) -> None:
    """`out/report.html` holds the run that lies in `out`, the same bytes for the same run; it replaces an older one only when it is whole."""
    run, found = read_run(out), incidents(out)
    body, whole = out / f".{REPORT}.body", out / f".{REPORT}.whole"
    try:
        with body.open("wb") as file:
            writer = _Writer(Blocks(file), _budget(out, run), places={i["id"]: n for n, i in enumerate(found)})
            writer.investigations(investigations(out), opening_alerts(out))
            writer.incidents(found, _events_kept(_size(out)))
        with whole.open("wb") as page, body.open("rb") as blocks:
            head, tail = _page()
            page.write(head + block("head", writer.head(run, found)) + block("shared", writer.shared.values()))
            shutil.copyfileobj(blocks, page, 1 << 20)
            page.write(tail)
        whole.replace(out / REPORT)
    finally:
        body.unlink(missing_ok=True)
        whole.unlink(missing_ok=True)


def _budget(out: Path, run: dict[str, Any]) -> Budget:
    """Room for the incidents is set aside."""
    return Budget(expected=int(run.get("investigations") or 0), reserved=int(min(_size(out), INCIDENT_BYTES) * 0.3))


def _size(out: Path) -> int:
    path = out / INCIDENTS
    return path.stat().st_size if path.is_file() else 0


def _events_kept(size: int) -> int:
    """How many events an incident shows, so that all of them stay within what is set aside."""
    return MOST_EVENTS if size <= INCIDENT_BYTES else max(MOST_EVENTS * INCIDENT_BYTES // size, 12)


def _evenly(rows: list[Any], most: int) -> list[Any]:
    """At most this many of the rows, the first and the last among them, the others spread evenly."""
    return rows if len(rows) <= most else [rows[n * (len(rows) - 1) // (most - 1)] for n in range(most)]


@dataclass(slots=True)
class _Writer:
    """Lets the investigations pass by once: blocks go to the file, figures and ties stay."""

    blocks: Blocks
    budget: Budget
    places: dict[str, int]
    shared: Shared = field(default_factory=Shared)
    tally: overview.Tally = field(default_factory=overview.Tally)
    relations: dict[str, Relations] = field(default_factory=dict)
    trimmed: int = 0
    """The most that any block had to leave out, as a place in DETAILS."""

    def investigations(self, cases: Iterator[Investigation], alerts: dict[str, Alert]) -> None:
        """Write every investigation: its detail, and its row of the index."""
        rows: list[tuple[Any, ...]] = []
        while batch := list(islice(cases, DETAIL_BLOCK)):
            opened = [(case, alerts.get(case.id)) for case in batch]
            for case, alert in opened:
                self._note(case, alert)
                rows.append(index_row(case, alert, self.shared, self.places))
            self._detail(opened)
            if len(rows) >= INDEX_BLOCK:
                self._index(rows)
                rows = []
        if rows:
            self._index(rows)

    def _note(self, case: Investigation, alert: Alert | None) -> None:
        self.tally.note(case)
        if case.incident in self.places:
            self.relations.setdefault(case.incident, Relations()).note(case, alert)

    def _detail(self, opened: list[tuple[Investigation, Alert | None]]) -> None:
        """Write a block with as much detail as its share of the size allows."""
        last = len(DETAILS) - 1
        level = self.budget.level(len(DETAILS), SPARE, len(opened))
        while True:
            packed = [pack(case, alert, self.shared, DETAILS[level]) for case, alert in opened]
            data = block(self.blocks.next("detail"), packed)
            self.budget.costs[level] = len(data) / len(opened)
            if level == last or self.budget.fits(level, self.budget.costs[level], SPARE, len(opened)):
                break
            level += 1
        self.trimmed = max(self.trimmed, level)
        self.blocks.add("detail", data)
        self.budget.spend(len(data), len(opened))

    def _index(self, rows: list[tuple[Any, ...]]) -> None:
        data = block(self.blocks.next("index"), dict(zip(COLUMNS, zip(*rows, strict=True), strict=True)))
        self.blocks.add("index", data)
        self.budget.index(len(data), len(rows))

    def incidents(self, found: list[dict[str, Any]], events: int) -> None:
        """Write the incidents in full, with the ties of their graphs and at most so many events each."""
        none = Relations()
        for start in range(0, len(found), INCIDENT_BLOCK):
            part = [
                {**i, "events": _evenly(i.get("events") or [], events), "edges": self.relations.get(i["id"], none).rows()}
                for i in found[start : start + INCIDENT_BLOCK]
            ]
            self.blocks.add("incident", block(self.blocks.next("incident"), part))

    def head(self, run: dict[str, Any], found: list[dict[str, Any]]) -> dict[str, Any]:
        """What the page needs at once. No clock and no duration: the report of the same run is the same file."""
        used = [t for i in found for t in i.get("techniques") or ()]
        return {
            "version": str(run.get("version") or __version__),
            "funnel": overview.funnel(run),
            "verdicts": dict(sorted(self.tally.verdicts.items())),
            "explanations": self.tally.explanations(),
            "gaps": sorted(self.tally.gaps.items(), key=lambda g: (-g[1], g[0]))[:40],
            "sources": overview.sources(run),
            "skipped": overview.skipped(run),
            "incidents": [_brief(i) for i in found],
            "techniques": {t.id: [t.name, t.tactics] for t in attack.in_order(used)},
            "tactics": attack.TACTICS,
            "titles": self.tally.titles,
            "questions": self.tally.questions,
            "blocks": self.blocks.counts,
            "sizes": {"detail": DETAIL_BLOCK, "incident": INCIDENT_BLOCK},
            "trimmed": self.trimmed,
        }


def _brief(incident: dict[str, Any]) -> dict[str, Any]:
    """An incident as the overview lists it."""
    kept = {k: incident.get(k) for k in ("id", "merged", "title", "priority", "score", "first_seen", "last_seen", "events_total")}
    return {
        **kept,
        "entities": [[e.get("kind", ""), e.get("name", "")] for e in (incident.get("entities") or ())[:3]],
        "more": max(len(incident.get("entities") or ()) - 3, 0),
        "investigations": len(incident.get("investigations") or ()),
        "techniques": len(incident.get("techniques") or ()),
    }


def _page() -> tuple[bytes, bytes]:
    """The page before and after its data. Its policy allows this very script and style, and no request at all."""
    here = files(__package__).joinpath("page")
    style, script = here.joinpath("page.css").read_bytes(), b"\n".join(here.joinpath(name).read_bytes() for name in SCRIPTS)
    policy = f"default-src 'none'; script-src {_digest(script)}; style-src {_digest(style)}; base-uri 'none'; form-action 'none'"
    page = here.joinpath("page.html").read_bytes()
    page = page.replace(b"@POLICY@", policy.encode()).replace(b"@STYLE@", style).replace(b"@SCRIPT@", script)
    head, tail = page.split(b"@DATA@", 1)
    return head, tail


def _digest(text: bytes) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text).digest()).decode()}'"
