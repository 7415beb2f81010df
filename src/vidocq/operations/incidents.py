"""From investigated cases to incidents."""

from __future__ import annotations

from typing import Any

from vidocq.engine.book import Book
from vidocq.engine.correlate import Group, Standing, correlate, standings
from vidocq.engine.incident import Material, assemble, rows_by_case
from vidocq.engine.trace import Trace
from vidocq.operations.ledger import Ledger


def grouped(ledger: Ledger) -> tuple[list[Standing], list[Group]]:
    """Where every case stands, and which of them are one incident."""
    found, evidence = ledger.found, ledger.evidence
    spans = {}
    for c in found.cases:
        times = [evidence[u].time for u in c.events if u in evidence]
        if times:
            spans[c.id] = (min(times), max(times))
    judged = found.conclusion.judged
    standing = standings(found.cases, judged.margin, judged.rival, spans, ledger.commons, ledger.machines)
    return standing, correlate(standing)


def incidents_of(known: Book, ledger: Ledger) -> tuple[list[dict[str, Any]], dict[str, tuple[str, str]]]:
    """The incidents, and for each investigation that belongs to one (incident, how it came there)."""
    found = ledger.found
    cases = found.cases
    standing, groups = grouped(ledger)
    traces: dict[str, list[Trace]] = {}
    for t in ledger.traces:
        traces.setdefault(t.incident, []).append(t)
    material = Material(known, cases, found.answers, found.conclusion, standing, ledger.evidence, ledger.assets, ledger.commons, ledger.machines, rows_by_case(len(cases), found.answers), traces)
    incidents, incident_of = [], {}
    for g in groups:
        incident = assemble(material, g)
        if not incident["events"]:
            continue
        incidents.append(incident)
        for members, how in ((g.raised, "company" if g.by_company else "raised"), (g.joined, "joined"), (g.reopened, "reopened")):
            for i in members:
                incident_of[cases[i].id] = (incident["id"], how)
    return incidents, incident_of
