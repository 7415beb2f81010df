"""Holds verdicts beside the decisions people took on the same alerts: where they agree, and every case where they do not."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from vidocq.errors import UsageError

_HOSTILE = {"malicious", "truepositive", "tp", "incident", "escalated", "confirmed", "attack", "1", "true"}
_INNOCENT = {"innocent", "benign", "falsepositive", "fp", "benignpositive", "informationalexpectedactivity", "dismissed", "noise", "0", "false"}
_ID = ("alert", "alert id", "system alert id", "event", "event id", "investigation", "investigation id", "incident", "incident id", "uid", "id")
_DECISION = ("decision", "verdict", "classification", "disposition", "determination", "resolution", "label", "status")
"""Columns as people head them, the more particular first; case, spaces, underscores and hyphens do not matter."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One alert (or investigation, or incident) on which a person and the investigation came to different ends."""

    alert: str
    investigation: str
    decided: str
    verdict: str
    concern: float
    summary: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Counts over the decisions that name something of this run."""

    agreed: int
    undecided: int
    unknown: tuple[str, ...]
    unread: tuple[str, ...]
    missed: tuple[Disagreement, ...]
    """People called it hostile, the investigation dismissed it."""
    overcalled: tuple[Disagreement, ...]
    """People called it innocent, the investigation raised it."""


def compare(out: Path, decisions: Path) -> Comparison:
    """Match decisions (CSV, or JSON objects in an array or one per line: the id of an alert, event, investigation or incident, and a decision) with the run in `out`.

    Raises UsageError if the table or the run cannot be read, or if nothing in the table is of this run.
    """
    rows = list(_decisions(decisions))
    alerts = _named(out, {key for keys, _ in rows for key in keys})
    said: dict[str, str] = {}
    for keys, decided in rows:
        # A ticket has numbers of its own; the one that stands for something here is meant.
        key = next((k for k in keys if k in alerts), keys[0])
        said[key] = decided if said.get(key, decided).lower() == decided.lower() else f"{said[key]} and {decided}"
    if not alerts:
        raise UsageError(str(decisions), f"none of its {len(said)} decisions names anything of this run, the first: {next(iter(said))}", "the ids of alerts, events, investigations (in-) and incidents (ic-) stand in the files of the run")
    wanted = {inv for _, inv in alerts.values()}
    verdicts = {i["id"]: i for i in _lines(out / "investigations.ndjson") if i["id"] in wanted} | _incidents(out, wanted)
    agreed = undecided = 0
    unread: list[str] = []
    missed: list[Disagreement] = []
    overcalled: list[Disagreement] = []
    for key, decided in said.items():
        if key not in alerts:
            continue
        word = _plain(decided)
        ident, inv = alerts[key]
        found = verdicts.get(inv)
        if found is None:
            raise UsageError(str(out), f"its alert {ident} belongs to no investigation there", "the files are of different runs; investigate again")
        row = Disagreement(ident, inv, decided, found["verdict"], found["concern"], found["summary"])
        if word not in _HOSTILE | _INNOCENT:
            unread.append(f"{key}: {decided}")
        elif found["verdict"] == "undecided":
            undecided += 1
        elif (word in _HOSTILE) == (found["verdict"] == "raised"):
            agreed += 1
        else:
            (missed if word in _HOSTILE else overcalled).append(row)
    return Comparison(agreed, undecided, tuple(k for k in said if k not in alerts), tuple(unread), tuple(missed), tuple(overcalled))


def _decisions(path: Path) -> Iterator[tuple[list[str], str]]:
    """For each row the ids it gives, the likeliest first, and what was decided."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as e:
        raise UsageError(str(path), f"the decisions cannot be read ({type(e).__name__})", "give a CSV or JSON table in UTF-8") from e
    try:
        rows = list(_rows(text))
    except (ValueError, csv.Error) as e:
        raise UsageError(str(path), f"it is no table that can be read ({e})", "write CSV with a header line, or one JSON object per line") from e
    if not rows:
        raise UsageError(str(path), "it holds no decision", "give a table with a row for each closed ticket")
    for n, row in enumerate(rows, 1):
        cells = {_plain(str(k)): str(v).strip() for k, v in row.items() if v is not None}
        keys, decided = ([cells[c] for c in map(_plain, names) if cells.get(c)] for names in (_ID, _DECISION))
        if not keys or not decided:
            missing, names = ("decision", _DECISION) if keys else ("alert", _ID)
            columns = ", ".join(str(k) for k in row if k) or "none"
            raise UsageError(str(path), f"row {n} names no {missing}; its columns are: {columns}", f"head the column {', '.join(names[:-1])} or {names[-1]}")
        yield keys, decided[0]


def _plain(name: str) -> str:
    """A heading or a word without what people write it with: `Alert ID`, `alert_id` and `alertId` are one."""
    return re.sub(r"[\s_-]+", "", name).lower()


def _rows(text: str) -> Iterator[Mapping[str, object]]:
    """The objects of an array, of a line each, or the rows of a table whose separator the header line tells. Raises ValueError or csv.Error."""
    if text.lstrip()[:1] not in ("{", "["):
        header = text.lstrip().partition("\n")[0]
        yield from csv.DictReader(io.StringIO(text.lstrip(), newline=""), delimiter=max(",;\t|", key=header.count))
        return
    found = json.loads(text) if text.lstrip().startswith("[") else [json.loads(line) for line in text.split("\n") if line.strip()]
    for row in found:
        if not isinstance(row, dict):
            raise ValueError("an element is no object")
        yield row


def _named(out: Path, wanted: Collection[str]) -> dict[str, tuple[str, str]]:
    """Of the ids that decisions name what they stand for: (what was named, the investigation or incident whose verdict is its own)."""
    found: dict[str, tuple[str, str]] = {}
    for a in _lines(out / "alerts.ndjson"):
        for key in (a["id"], *a["events"], a["investigation"]):
            if key in wanted:
                found.setdefault(key, (key if key == a["investigation"] else a["id"], a["investigation"]))
    for i in _lines(out / "incidents.ndjson"):
        for key in (i["id"], *i["merged"]):
            if key in wanted:
                found.setdefault(key, (key, i["id"]))
    return found


def _incidents(out: Path, wanted: Collection[str]) -> dict[str, dict]:
    """Incidents as if they were investigations: each was raised, as surely as the reading that heads it."""
    return {
        i["id"]: {"verdict": "raised", "concern": i["hypotheses"][0]["probability"], "summary": i["title"]}
        for i in _lines(out / "incidents.ndjson") if i["id"] in wanted
    }  # fmt: skip


def _lines(path: Path) -> Iterator[dict]:
    try:
        with path.open(encoding="utf-8") as f:
            yield from (json.loads(line) for line in f)
    except (OSError, ValueError) as e:
        raise UsageError(str(path), "it cannot be read", "name the folder that `vidocq investigate --out` wrote") from e
