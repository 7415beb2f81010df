"""Writes what a run leaves behind: the files of the contract, in a total order, the same bytes for the same inputs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from vidocq.engine import narrate
from vidocq.engine.ask import alone, quote
from vidocq.engine.book import ALERT, FIRED, Book
from vidocq.engine.incident import rows_by_case
from vidocq.engine.judge import concern
from vidocq.engine.ledger import Answer, Case, timestamp
from vidocq.model.belief import NOT_COVERED, Question
from vidocq.operations.investigate import Investigated
from vidocq.operations.report.visible import visible
from vidocq.store.duckdb import Store

_ALERTS = """COPY (SELECT a.id, c.investigation, strftime(a.time, '%Y-%m-%dT%H:%M:%S.%fZ') AS time, a.origin, a.source, a.rule, a.title, a.severity, CAST(a.entities AS JSON) AS entities,
    a.techniques, a.events FROM alert a JOIN alert_case c USING (id) ORDER BY a.time, a.id) TO {} (FORMAT JSON)"""
_REFUSED = "SELECT path AS file, position, reason, excerpt FROM quarantine WHERE rowid >= {} ORDER BY ALL LIMIT {}"
REFUSED = 10_000
"""Records that could not be read are listed so many times at most."""
ALERT_TEXT = "What does the alert itself say?"


def write_alerts(store: Store, out: Path) -> None:
    store.execute(_ALERTS.format(quote(str(out / "alerts.ndjson"))))


def write_quarantine(store: Store, out: Path, before: int) -> None:
    """quarantine.ndjson: what of this run could not be read, where it stands and why; `before` is how much an earlier run had left. Nothing, no file."""
    path, total = out / "quarantine.ndjson", store.count("quarantine") - before
    path.unlink(missing_ok=True)
    if total > 0:
        lines = store.rows(_REFUSED.format(before, REFUSED)) + ([{"more": total - REFUSED}] if total > REFUSED else [])
        # Escaped whole: what is quoted here is whatever somebody put into a log, and people look at this in a terminal.
        write_lines(path, (json.dumps(line).encode() + b"\n" for line in lines))


def write_problems(out: Path, problems: Sequence[str]) -> None:
    """problems.txt: every problem of the run, a line each; of thousands of rules a terminal shows the first few. Nothing, no file."""
    path = out / "problems.txt"
    path.unlink(missing_ok=True)
    if problems:
        path.write_text("".join(visible(p) + "\n" for p in problems), encoding="utf-8")


def incident_lines(incidents: Sequence[Mapping[str, Any]]) -> Iterator[bytes]:
    """The lines of incidents.ndjson."""
    return (msgspec.json.encode(incident) + b"\n" for incident in incidents)


def investigation_lines(book: Book, found: Investigated, incident_of: Mapping[str, tuple[str, str]]) -> Iterator[bytes]:
    """The lines of investigations.ndjson; `incident_of` maps an id to (incident, how it came there)."""
    rows_of = rows_by_case(len(found.cases), found.answers)
    encoder = msgspec.json.Encoder()
    return (encoder.encode(_investigation(book, found, n, rows_of[n], incident_of)) + b"\n" for n in range(len(found.cases)))


def write_lines(path: Path, lines: Iterable[bytes]) -> None:
    with path.open("wb") as f:
        f.writelines(lines)


def _investigation(book: Book, found: Investigated, n: int, rows: Sequence[int], incident_of: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    case, done = found.cases[n], found.conclusion
    margin, leading, rival = float(done.judged.margin[n]), int(done.judged.leading[n]), int(done.judged.rival[n])
    incident, how = incident_of.get(case.id, (None, ""))
    first = len(found.cases)
    answers = [found.answers[r - first] for r in rows if r >= first]
    unheard = [book.questions[a.question] for a in answers if a.grade == NOT_COVERED]
    gaps, missed = (sorted({f"{q.text} (no {q.of} covers it)" for q in asked}) for asked in (unheard, [q for q in unheard if _bears(book, q, leading, rival)]))
    play = [int(h) for h in done.judged.in_play[n].nonzero()[0]]
    verdict = "raised" if how == "company" else narrate.verdict_word(margin)
    return {
        "id": case.id, "alerts": case.alerts, "first_alert": case.first_alert, "opened_at": timestamp(case.opened_at), "verdict": verdict, "incident": incident,
        "leading": book.ids[leading] if verdict != "dismissed" or rival < 0 else book.ids[rival],
        "concern": float(concern(done.judged.margin[n : n + 1])[0]), "calibrated": False,
        "hypotheses": [{"id": book.ids[h], "title": book.hypotheses[h].title, "benign": bool(book.benign[h]), "prior_bits": round(float(book.prior[h]), 4), "bits": round(float(done.belief[n, h]), 4)} for h in play],
        "steps": [_alert_step(book, found, n, play), *(_step(book, found, r, play) for r in rows if r >= first)],
        "unasked": list(found.unasked[n]), "gaps": gaps,
        "summary": narrate.case_summary(book, case, margin, leading, rival, _sentences(book, found, n, rows, leading, rival), missed, len(found.unasked[n]), _HOW.get(how, "")),
    }


def _bears(book: Book, q: Question, leading: int, rival: int) -> bool:
    """Could an answer have spoken for or against the reading that leads, or the one that stands against it? The catch-all hears nearly everything, which says nothing."""
    rows = [book.row[(q.id, g)] for g in (*q.grades, q.otherwise)]
    return bool((book.bits[rows][:, [h for h in (leading, rival) if h >= 0 and not book.catch_all[h]]] != 0).any())


_HOW = {
    "company": "It did not cross the line alone; with others about the same entity it does, and belongs to an incident.",
    "joined": "It corroborates an incident about the same entity.",
    "reopened": "It was dismissed by itself, and is looked at again: a later incident concerns the same entity.",
}


def _weights(book: Book, found: Investigated, row: int, play: Sequence[int]) -> list[dict[str, Any]]:
    w = found.conclusion.weights
    return [{"hypothesis": book.ids[h], "bits": round(float(w.bits[row, h]), 4), "counted": bool(w.counted[row, h])} for h in play if w.bits[row, h]]


def _alert_step(book: Book, found: Investigated, n: int, play: Sequence[int]) -> dict[str, Any]:
    case: Case = found.cases[n]
    about = case.entities[0] if case.entities else None
    return {
        "hop": 0, "question": ALERT + "said", "text": ALERT_TEXT, "entity": {"kind": about.kind, "name": about.name} if about else None, "answer": FIRED,
        "facts": {"rule": case.rule, "title": case.title, "severity": case.severity, "alerts": case.alerts, **case.features},
        "weights": _weights(book, found, n, play), "events": list(case.events[:20]), "events_total": case.events_total + case.unlisted,
        "query": f"SELECT a.* FROM alert AS a JOIN alert_case AS c USING (id) WHERE c.investigation = {quote(case.id)} ORDER BY a.time, a.id",
    }


def _step(book: Book, found: Investigated, row: int, play: Sequence[int]) -> dict[str, Any]:
    a: Answer = found.answers[row - len(found.cases)]
    q = book.questions[a.question]
    about = next((e for e in a.entities if e.kind != "rule"), None)
    return {
        "hop": a.hop, "question": a.question, "text": q.text, "entity": {"kind": about.kind, "name": about.name} if about else None, "answer": a.grade,
        "facts": {**a.facts, **({"about": [e.name for e in a.entities]} if len(a.entities) > 1 else {})}, "weights": _weights(book, found, row, play),
        "events": list(a.events), "events_total": a.events_total, "query": alone(q, [e.name for e in a.entities], found.cases[a.case].opened_at, a.history_hours),
    }


def _sentences(book: Book, found: Investigated, n: int, rows: Sequence[int], leading: int, rival: int) -> dict[str, list[str]]:
    w, first = found.conclusion.weights, len(found.cases)
    say = lambda picked: [narrate.meaning(book, found.answers[r - first]) for r in picked if r >= first]  # noqa: E731
    against = narrate.strongest(w.bits, w.counted, rows, leading, -1) + (narrate.strongest(w.bits, w.counted, rows, rival, 1, 2) if rival >= 0 else [])
    supports = narrate.strongest(w.bits, w.counted, rows, leading, 1)
    # What fits both readings is against neither.
    return {"for": say(supports), "against": say(r for r in dict.fromkeys(against) if r not in supports)}
