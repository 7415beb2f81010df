"""From investigated cases to incidents."""

from __future__ import annotations

from typing import Any

from vidocq.engine.book import Book
from vidocq.engine.correlate import correlate, standings
from vidocq.engine.incident import Material, assemble, rows_by_case
from vidocq.operations.ledger import Ledger


def incidents_of(known: Book, ledger: Ledger) -> tuple[list[dict[str, Any]], dict[str, tuple[str, str]]]:
    """The incidents, and for each investigation that belongs to one (incident, how it came there)."""
    found, evidence = ledger.found, ledger.evidence
    cases, done = found.cases, found.conclusion
    spans = {}
    for c in cases:
        times = [evidence[u].time for u in c.events if u in evidence]
        if times:
            spans[c.id] = (min(times), max(times))
    standing = standings(cases, done.judged.margin, done.judged.rival, spans, ledger.commons, ledger.machines)
    material = Material(known, cases, found.answers, done, standing, evidence, ledger.assets, ledger.commons, ledger.machines, rows_by_case(len(cases), found.answers))
    incidents, incident_of = [], {}
    for g in correlate(standing):
        incident = assemble(material, g)
        if not incident["events"]:
            continue
        incidents.append(incident)
        for members, how in ((g.raised, "company" if g.by_company else "raised"), (g.joined, "joined"), (g.reopened, "reopened")):
            for i in members:
                incident_of[cases[i].id] = (incident["id"], how)
    return incidents, incident_of
