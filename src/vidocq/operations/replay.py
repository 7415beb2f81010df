"""Recomputes every verdict and incident from the ledger's answers and the catalogue, and holds them against what a run wrote."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path

import msgspec

from vidocq.catalogue import Catalogue, load
from vidocq.engine.book import book
from vidocq.errors import ReplayError, UsageError
from vidocq.operations.incidents import incidents_of
from vidocq.operations.ledger import read_ledger, recorded_units, unit_digests
from vidocq.operations.write import incident_lines, investigation_lines


def replay(out: Path, catalogue: Catalogue | None = None) -> int:
    """How many investigations were recomputed, all as they were. Raises ReplayError naming the unit or the investigation that differs."""
    catalogue = catalogue or load()
    _same_catalogue(out, catalogue)
    known = book(catalogue.questions, catalogue.hypotheses, catalogue.detections, catalogue.phrases)
    ledger = read_ledger(out, known)
    incidents, incident_of = incidents_of(known, ledger)
    _compare(out / "investigations.ndjson", list(investigation_lines(known, ledger.found, incident_of)), "investigation")
    _compare(out / "incidents.ndjson", list(incident_lines(incidents)), "incident")
    return len(ledger.found.cases)


def _same_catalogue(out: Path, catalogue: Catalogue) -> None:
    then, now = recorded_units(out), unit_digests(catalogue)
    changed = sorted(u for u in then.keys() | now.keys() if then.get(u) != now.get(u))
    if changed:
        more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        raise ReplayError(str(out), f"the catalogue has changed since: {changed[0]}{more}", "replay with the version and units that made the ledger, or investigate again")


def _compare(path: Path, computed: list[bytes], what: str) -> None:
    try:
        written = path.read_bytes().splitlines(keepends=True)
    except OSError as e:
        raise UsageError(str(path), "it cannot be read", "name the folder that `vidocq investigate --out` wrote") from e
    for then, now in zip_longest(written, computed, fillvalue=b""):
        if then != now:
            raise ReplayError(str(path), f"the {what} {_id(then) or _id(now)} comes out differently from the ledger", "the files or the ledger were changed after the run; investigate again")


def _id(line: bytes) -> str:
    try:
        return str(msgspec.json.decode(line)["id"])
    except (msgspec.DecodeError, KeyError, TypeError):
        return ""
