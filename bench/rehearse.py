"""Rehearses: made-up organisations with attacks and their innocent twins inside are investigated, and what came out is held against the truth.

    python bench/rehearse.py --seeds 1-3 --days 3 --people 20 [--scenario ID ...] [--together 3] [--judge judge.py] [--keep DIR]

The Markdown that is printed can stand in docs/explain/quality.md. The judge's figures are taken where it is there; else the scorer of this file, which is
as strict: an incident tells of an attack if at least a tenth of its events are the attack's.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vidocq.catalogue import simulated
from vidocq.operations.run import investigate
from vidocq.operations.simulate.write import DOMAINS, simulate

OWN = 0.1
"""The share of an incident's events that must be an attack's for the incident to tell of it."""


@dataclass(slots=True)
class Attack:
    """What became of one attack in one organisation."""

    id: str
    incidents: int = 0
    told: int = 0
    steps: int = 0
    delay: float | None = None
    """Minutes of log time from its first event to the first incident."""


@dataclass(slots=True)
class Scored:
    """One organisation."""

    name: str
    days: int
    attacks: list[Attack] = field(default_factory=list)
    twins: Counter[str] = field(default_factory=Counter)
    """Twin -> incidents that its events are in; every twin that was played is there."""
    false: list[str] = field(default_factory=list)
    """Titles of incidents that are no attack's, the twins' among them."""
    tolerated: int = 0
    seconds: float = 0.0
    alerts: int = 0


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def minutes(begin: str, end: str) -> float:
    return (dt.datetime.fromisoformat(end) - dt.datetime.fromisoformat(begin)).total_seconds() / 60


def score(case: Path, out: Path) -> Scored:
    """What lies in `out` beside the truth in `case`."""
    truth, run = json.loads((case / "truth.json").read_text()), json.loads((out / "run.json").read_text())
    labels = list(csv.DictReader((case / "labels.csv").open(encoding="utf-8")))
    owner = {r["uid"]: r["step"] for r in labels if r["step"]}
    noise = {r["uid"] for r in labels if r["label"] == "noise"}
    hostile = {r["uid"] for r in labels if r["label"] == "attack"}
    behind: dict[str, set[str]] = {}
    for a in lines(out / "alerts.ndjson"):
        behind.setdefault(a["investigation"], set()).update(a["events"])
    made = Scored(case.name, truth["days"], [Attack(a["id"], steps=len(a["steps"])) for a in truth["attacks"]], Counter({t["id"]: 0 for t in truth["twins"]}), seconds=run["seconds"]["total"], alerts=run["alerts"])
    told: dict[str, set[str]] = {a.id: set() for a in made.attacks}
    for i in lines(out / "incidents.ndjson"):
        events = {e["uid"] for e in i["events"]}.union(*(behind.get(n, set()) for n in i["investigations"]))
        of = Counter(owner[u].partition("/")[0] for u in events & hostile)
        mine = [a for a in made.attacks if of[a.id] >= OWN * len(events) and of[a.id]]
        for a in mine:
            a.incidents += 1
            told[a.id] |= {owner[u] for u in events & hostile if owner[u].startswith(f"{a.id}/")}
            late = minutes(next(t["first"] for t in truth["attacks"] if t["id"] == a.id), i["raised_at"])
            a.delay = late if a.delay is None else min(a.delay, late)
        if not mine and len(events & noise) * 2 > len(events):
            made.tolerated += 1
        elif not mine:
            made.false.append(i["title"])
            made.twins.update({owner[u].partition("/")[0] for u in events if u in owner and u not in hostile})
    for a in made.attacks:
        a.told = len(told[a.id])
    return made


def judged(judge: Path, cases: Path, results: Path, mine: Sequence[Scored]) -> list[Scored]:
    """The same with the judge's figures for attacks and false incidents; which twin an incident is about only our own scorer tells."""
    subprocess.run([sys.executable, str(judge), "score", str(cases), str(results)], check=True, stdout=subprocess.DEVNULL)
    found = {c["case"]: c for c in json.loads((results / "judge.json").read_text())["cases"]}
    for one in mine:
        name = json.loads((cases / one.name / "truth.json").read_text())["name"]
        said = found[name]
        if said.get("failed"):
            raise SystemExit(f"{one.name}: {said['failed']}")
        detail = {d["attack"]: d for d in said["attack_detail"]}
        for a in one.attacks:
            hit, _, steps = detail[a.id]["steps"].partition("/")
            a.incidents, a.told, a.steps, a.delay = detail[a.id]["incidents"], int(hit), int(steps), detail[a.id].get("delay_min")
        one.false, one.tolerated = said["false_titles"] + ["…"] * (said["incidents_false"] - len(said["false_titles"])), said["incidents_tolerated"]
    return list(mine)


def _parts(names: Sequence[Any], size: int) -> list[list[Any]]:
    return [list(names[n : n + size]) for n in range(0, len(names), size)]


def groups(wanted: Sequence[str] | None, together: int) -> list[list[str]]:
    """The scenarios of each organisation: so many attacks, each with its twins."""
    known = simulated("scenarios")
    if wanted:
        return _parts(wanted, together)
    attacks = [s for s in known.values() if s.hostile]
    parts = [[n for a in part for n in (a.id, *(t.id for t in known.values() if t.twin_of == a.id))] for part in _parts(attacks, together)]
    alone = [s.id for s in known.values() if not s.hostile and s.twin_of not in {a.id for a in attacks}]
    return parts + _parts(alone, together)


def rehearse(folder: Path, seeds: Iterable[int], days: int, people: int, parts: Sequence[Sequence[str]], domains: Sequence[str] = DOMAINS) -> Iterator[Scored]:
    """Play, investigate and score each organisation."""
    for seed in seeds:
        for n, part in enumerate(parts):
            name = f"seed-{seed}-{n}"
            case, out = folder / "cases" / name, folder / "results" / name
            case.parent.mkdir(parents=True, exist_ok=True)
            simulate(case, seed=seed, days=days, scenarios=list(part), people=people, domains=domains)
            said = json.loads((case / "truth.json").read_text())
            # The judge knows a case by its name, and parts share a seed.
            (case / "truth.json").write_text(json.dumps(said | {"name": name}))
            investigate([case / "input"], out, context=case / "context")
            yield score(case, out)


def table(found: Sequence[Scored], people: int, judge: bool) -> Iterator[str]:
    """The lines of the Markdown."""
    days = sum(s.days for s in found)
    yield f"Simulated: {len(found)} organisations of {people} people, {days} days in all, {sum(s.alerts for s in found):,} alerts; scored by {'the judge' if judge else 'bench/rehearse.py'}."
    yield ""
    yield "| attack | found | incidents each | steps told | minutes to the incident, median |"
    yield "|---|--:|--:|--:|--:|"
    by: dict[str, list[Attack]] = {}
    for s in found:
        for a in s.attacks:
            by.setdefault(a.id, []).append(a)
    for name, of in sorted(by.items()):
        hit = [a for a in of if a.incidents]
        delays = [a.delay for a in hit if a.delay is not None]
        each = f"{sum(a.incidents for a in hit) / len(hit):.1f}" if hit else "–"
        yield f"| `{name}` | {len(hit)}/{len(of)} | {each} | {sum(a.told for a in of)}/{sum(a.steps for a in of)} | {f'{statistics.median(delays):.0f}' if delays else '–'} |"
    yield ""
    yield "| innocent | played | raised |"
    yield "|---|--:|--:|"
    played = Counter(t for s in found for t in s.twins)
    for name in sorted(played):
        yield f"| `{name}` | {played[name]} | {sum(s.twins[name] > 0 for s in found)} |"
    false = [t for s in found for t in s.false]
    yield ""
    yield f"Incidents from innocent activity: {len(false)} in {days} days, {len(false) / max(days, 1):.2f} a day; tolerated (scans of the internet): {sum(s.tolerated for s in found)}."
    yield from (f"- {title}" for title, _ in Counter(false).most_common(10))


def seeds_of(text: str) -> list[int]:
    """1-3, or 1,5,9."""
    begin, _, end = text.partition("-")
    return list(range(int(begin), int(end or begin) + 1)) if "," not in text else [int(t) for t in text.split(",")]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--seeds", type=seeds_of, default=[1], help="1-3 or 1,5,9")
    ask.add_argument("--days", type=int, default=3)
    ask.add_argument("--people", type=int, default=12)
    ask.add_argument("--scenario", action="append")
    ask.add_argument("--together", type=int, default=3, help="attacks in one organisation")
    ask.add_argument("--judge", type=Path)
    ask.add_argument("--keep", type=Path, help="keep logs and results there")
    told = ask.parse_args()
    with tempfile.TemporaryDirectory(prefix="rehearse-") as scratch:
        folder = told.keep or Path(scratch)
        found = []
        for one in rehearse(folder, told.seeds, told.days, told.people, groups(told.scenario, told.together)):
            found.append(one)
            print(f"{one.name}: {sum(bool(a.incidents) for a in one.attacks)}/{len(one.attacks)} found, {len(one.false)} false, {one.seconds:.0f} s", file=sys.stderr, flush=True)
        by_judge = bool(told.judge and told.judge.is_file())
        if by_judge:
            found = judged(told.judge, folder / "cases", folder / "results", found)
        print("\n".join(table(found, told.people, by_judge)))


if __name__ == "__main__":
    main()
