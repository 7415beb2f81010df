"""Sigma rules over the events that their authors publish with them: does each fire on its own, and where else does it fire?

    python bench/sigma_regression.py RULES EVENTS

RULES is a folder of Sigma rules, EVENTS is JSON by line (gzip or plain): `rule_id`, and `event` as Windows writes it. A match on another rule's event is no
fault by itself: several rules look at one act. An implementation of others judges those, where it is installed (`pip install pysigma-backend-sqlite`, into
an environment of its own: no part of this project needs it): the same rules as SQLite's conditions over the same fields. Told is what only one of the two finds.
"""

from __future__ import annotations

import contextlib
import gzip
import importlib
import io
import json
import re
import sqlite3
import sys
import tempfile
from pathlib import Path
from typing import Any

from sigma.exceptions import SigmaError
from sigma.pipelines.common import windows_logsource_mapping
from sigma.rule import SigmaRule

from vidocq.operations.run import investigate
from vidocq.operations.sigma.rules import Rule, read_rules

Pairs = set[tuple[str, int]]
"""A rule's id and an event's place."""
SYSMON = {
    "process_creation": "1", "file_change": "2", "network_connection": "3", "sysmon_status": "4 16", "process_termination": "5", "driver_load": "6", "image_load": "7", "create_remote_thread": "8",
    "raw_access_thread": "9", "process_access": "10", "file_event": "11", "registry_add": "12", "registry_delete": "12", "registry_set": "13", "registry_rename": "14", "registry_event": "12 13 14",
    "create_stream_hash": "15", "pipe_created": "17 18", "wmi_event": "19 20 21", "dns_query": "22", "file_delete": "23 26", "clipboard_capture": "24", "process_tampering": "25",
    "file_block_executable": "27", "file_block_shredding": "28", "file_executable_detected": "29", "sysmon_error": "255",
}
"""Source: github.com/SigmaHQ/pySigma-pipeline-sysmon."""


def events_of(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as f:
        return [json.loads(line) for line in f]


def flat(event: dict[str, Any]) -> dict[str, str]:
    """An event's fields under the names that rules give them."""
    system, data = event["Event"]["System"], event["Event"].get("EventData") or event["Event"].get("UserData") or {}
    while len(data) <= 2 and (inner := next((v for v in data.values() if isinstance(v, dict) and "xmlns" not in v), None)):
        data = inner
    # Rules name a field without the blanks that Defender puts into it.
    said = {k.replace(" ", ""): v for k, v in data.items() if not isinstance(v, dict) and k != "#attributes"}
    number = system["EventID"]
    said |= {"EventID": number["#text"] if isinstance(number, dict) else number, "Channel": system["Channel"], "Computer": system["Computer"], "Level": system.get("Level"),
             "Provider_Name": system["Provider"]["#attributes"]["Name"]}
    said |= dict(re.findall(r"(\w+)=(\w+)", str(said.get("Hashes", ""))))
    return {k: str(v) for k, v in said.items() if v not in (None, "")}


def where(rule: SigmaRule) -> str | None:
    """Which events belong to the rule's log, as SQL; None for a log of another system."""
    log = rule.logsource
    if log.product not in ("windows", None):
        return None
    if log.category in SYSMON and not log.service:
        kind = {"registry_add": " AND EventType LIKE 'Create%'", "registry_delete": " AND EventType LIKE 'Delete%'"}.get(log.category, "")
        return f"Channel = 'Microsoft-Windows-Sysmon/Operational' AND EventID IN ({', '.join(repr(n) for n in SYSMON[log.category].split())}){kind}"
    if log.product and log.service in windows_logsource_mapping and not log.category:
        named = windows_logsource_mapping[log.service]
        return f"Channel IN ({', '.join(repr(c) for c in ([named] if isinstance(named, str) else named))})"
    return "1" if log.product and not log.category and not log.service else None


def ours(rules: Path, events: list[dict[str, Any]]) -> Pairs:
    """What a run finds. Of events with one id each counts."""
    places: dict[str, list[int]] = {}
    for n, e in enumerate(events):
        s = e["event"]["Event"]["System"]
        places.setdefault(f"{s['Computer']}/{s['Channel']}/{s['EventRecordID']}", []).append(n)
    with tempfile.TemporaryDirectory(prefix="vidocq-bench-") as scratch, contextlib.redirect_stderr(io.StringIO()):
        log = Path(scratch) / "events.jsonl"
        log.write_text("".join(json.dumps(e["event"]) + "\n" for e in events))
        alerts = investigate([log], out=Path(scratch) / "out", rules=[rules]).alerts.to_pylist()
    return {(a["rule"], n) for a in alerts if a["source"] == "Sigma" for uid in a["events"] for n in places[uid]}


def theirs(backend: Any, rules: list[Rule], events: list[dict[str, Any]]) -> tuple[Pairs, set[str]]:
    """What SQLite finds with the conditions of the other implementation, and the rules that it cannot carry out."""
    rows = [flat(e["event"]) for e in events]
    names = list({c.lower(): c for row in rows for c in row}.values())
    db = sqlite3.connect(":memory:")
    db.create_function("REGEXP", 2, lambda pattern, text: text is not None and re.search(pattern, text) is not None)
    db.execute("CREATE TABLE logs (place INTEGER, " + ", ".join(f'"{c}" TEXT COLLATE NOCASE' for c in names) + ")")
    for n, row in enumerate(rows):
        columns = ", ".join(f'"{c}"' for c in row)
        db.execute(f"INSERT INTO logs (place, {columns}) VALUES ({', '.join('?' * (len(row) + 1))})", [n, *row.values()])
    found: Pairs = set()
    unable: set[str] = set()
    for rule in rules:
        of = where(rule.sigma) if isinstance(rule.sigma, SigmaRule) else None
        if of is None:
            continue
        try:
            for query in backend.convert_rule(rule.sigma):
                found |= {(rule.id, n) for n in _met(db, f"SELECT place FROM logs WHERE ({of}) AND ({query.split(' WHERE ', 1)[1]})")}
        except (SigmaError, NotImplementedError, sqlite3.Error, re.error):
            unable.add(rule.id)
    return found, unable


def _met(db: sqlite3.Connection, statement: str) -> list[int]:
    """The rows that meet a condition. A field that no event has is a column of nothing."""
    while True:
        try:
            return [n for (n,) in db.execute(statement)]
        except sqlite3.OperationalError as e:
            missing = re.fullmatch(r"no such column: [\"`]?(.+?)[\"`]?", str(e))
            if not missing:
                raise
            db.execute(f'ALTER TABLE logs ADD COLUMN "{missing[1]}" TEXT')


def main(folder: Path, path: Path) -> int:
    rules, _ = read_rules([folder])
    events = events_of(path)
    titles = {r.id: r.title for r in rules}
    known = {(e["rule_id"], n) for n, e in enumerate(events) if e["rule_id"] in titles}
    found = ours(folder, events)
    print(f"{len(events)} events, {len(known)} of rules that were read: {len(known & found)} fire on their own; {len(found - known)} further matches")
    try:
        backend = importlib.import_module("sigma.backends.sqlite").sqliteBackend()
    except ImportError:
        print("pysigma-backend-sqlite is not installed: nobody judges the further matches")
        return int(not known <= found)
    judged, unable = theirs(backend, rules, events)
    print(f"SQLite: {len(known & judged)} fire on their own, {len(judged - known)} further matches, {len(unable)} rules it cannot carry out")
    for who, only in (("ours alone", found - judged), ("SQLite's alone", judged - found)):
        print(f"{who}: {len(only)}")
        for rule, n in sorted(only, key=lambda p: (titles[p[0]], p[1])):
            print(f"  {titles[rule]} on event {n} (of {titles.get(events[n]['rule_id'], '?')}){' — it cannot carry the rule out' if rule in unable else ''}")
    return int(not known <= found)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        print("skipped: name a folder of Sigma rules and a file of events")
        sys.exit(0)
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
