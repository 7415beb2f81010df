"""Holds verdicts beside the decisions people took on the same alerts: where they agree, and every case where they do not."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from vidocq.errors import UsageError

_HOSTILE = {"malicious", "true positive", "true_positive", "truepositive", "tp", "incident", "escalated", "confirmed", "attack", "1", "true"}
_INNOCENT = {"innocent", "benign", "false positive", "false_positive", "falsepositive", "fp", "benign positive", "benignpositive", "informationalexpectedactivity", "dismissed", "noise", "0", "false"}
_ID = ("alert", "id", "uid", "event", "alert_id", "systemalertid")
_DECISION = ("decision", "verdict", "classification", "disposition", "label", "status")


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One alert on which a person and the investigation came to different ends."""

    alert: str
    investigation: str
    decided: str
    verdict: str
    concern: float
    summary: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Counts over the decisions that name an alert of this run."""

    agreed: int
    undecided: int
    unknown: tuple[str, ...]
    unread: tuple[str, ...]
    missed: tuple[Disagreement, ...]
    """People called it hostile, the investigation dismissed it."""
    overcalled: tuple[Disagreement, ...]
    """People called it innocent, the investigation raised it."""


def compare(out: Path, decisions: Path) -> Comparison:
    """Match decisions (CSV, or JSON objects in an array or one per line: an alert's id or event id, and a decision) with the run in `out`.

    Raises UsageError if the table or the run cannot be read.
    """
    said: dict[str, str] = {}
    for key, decided in _decisions(decisions):
        said[key] = decided if said.get(key, decided).lower() == decided.lower() else f"{said[key]} and {decided}"
    alerts = _alerts(out, said.keys())
    wanted = {inv for _, inv in alerts.values()}
    verdicts = {i["id"]: i for i in _lines(out / "investigations.ndjson") if i["id"] in wanted}
    agreed = undecided = 0
    unread: list[str] = []
    missed: list[Disagreement] = []
    overcalled: list[Disagreement] = []
    for key, decided in said.items():
        if key not in alerts:
            continue
        word = decided.strip().lower()
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


def _decisions(path: Path) -> Iterator[tuple[str, str]]:
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
        lower = {str(k).strip().lower(): str(v).strip() for k, v in row.items() if v is not None}
        key = next((lower[c] for c in _ID if lower.get(c)), None)
        decided = next((lower[c] for c in _DECISION if lower.get(c)), None)
        if key is None or decided is None:
            raise UsageError(str(path), f"row {n} names no {'alert' if key is None else 'decision'}", f"use columns {' or '.join(_ID[:3])} and {' or '.join(_DECISION[:3])}")
        yield key, decided


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


def _alerts(out: Path, wanted: object) -> dict[str, tuple[str, str]]:
    """Of the ids that decisions name (an alert's, or one of its events') the alert and its investigation."""
    found: dict[str, tuple[str, str]] = {}
    for a in _lines(out / "alerts.ndjson"):
        for key in (a["id"], *a["events"]):
            if key in wanted:  # type: ignore[operator]
                found.setdefault(key, (a["id"], a["investigation"]))
    return found


def _lines(path: Path) -> Iterator[dict]:
    try:
        with path.open(encoding="utf-8") as f:
            yield from (json.loads(line) for line in f)
    except (OSError, ValueError) as e:
        raise UsageError(str(path), "it cannot be read", "name the folder that `vidocq investigate --out` wrote") from e
