"""How many process starts a second Sigma rules are held against on one core, and whether the answer is that of plain evaluation.

    python bench/sigma_rules.py RULES [EVENTS] [SAMPLE]

RULES is a folder of Sigma rules (none come with the project); EVENTS made-up process starts are read into a store (a million unless told), and
all rules run over them with one thread. The first SAMPLE events (20,000) are then held against every rule plainly, and the findings compared.
"""

from __future__ import annotations

import dataclasses
import resource
import sys
import tempfile
import time
from pathlib import Path

from process_starts import process_starts

from vidocq.operations.sigma.convert import Ready, converted
from vidocq.operations.sigma.rules import read_rules
from vidocq.operations.sigma.run import run_log
from vidocq.store.duckdb import Store

FOUND = "SELECT COUNT(*) AS findings, bit_xor(hash(uid, rule, digest)) AS of FROM detection_finding"


def run(store: Store, rules: list[Ready]) -> tuple[float, dict[str, object]]:
    """Seconds, and what tells one set of findings from another."""
    store.execute("DELETE FROM detection_finding")
    began = time.monotonic()
    for of in rules:
        run_log(store, of)
    return time.monotonic() - began, store.rows(FOUND)[0]


def filled(folder: Path, events: int) -> Store:
    """A store of one thread that holds so many process starts."""
    store = Store(folder, threads=1, memory="1400MB")
    for rows in process_starts(events):
        store.insert("process_activity", rows)
    return store


def plainly(rules: list[Ready]) -> list[Ready]:
    """The same rules, each tested on every event."""
    return [dataclasses.replace(of, rules=[dataclasses.replace(c, clue=None) for c in of.rules]) for of in rules]


def main(folder: Path, events: int, sample: int) -> int:
    began = time.monotonic()
    read, problems = read_rules([folder])
    rules, refused = converted(read)
    count = sum(len(of.rules) for of in rules if of.log.name == "process_creation")
    print(f"{len(read)} rules read in {time.monotonic() - began:.1f} s, {len(problems) + len(refused)} not used, {count} about process starts")
    with tempfile.TemporaryDirectory(prefix="vidocq-bench-") as scratch:
        seconds, found = run(filled(Path(scratch) / "whole", events), rules)
        print(f"{events} events in {seconds:.1f} s: {events / seconds:.0f} a second and core, {found['findings']} findings, peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
        few = filled(Path(scratch) / "sample", sample)
        _, chosen = run(few, rules)
        seconds, plain = run(few, plainly(rules))
    print(f"plainly {sample / seconds:.0f} a second over {sample} events, {plain['findings']} findings: {'equal' if chosen == plain else 'NOT EQUAL'}")
    return int(chosen != plain)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        print("skipped: name a folder of Sigma rules")
        sys.exit(0)
    sys.exit(main(Path(sys.argv[1]), *(int(n) for n in (*sys.argv[2:4], *("1000000", "20000")[len(sys.argv) - 2 :]))))
