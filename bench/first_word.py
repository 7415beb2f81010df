"""How soon after an attack begins is there an incident about it? The input is cut at growing log times, and each part is investigated as if it were all there is.

    python bench/first_word.py [--scenario ID ...] [--seeds 1-3] [--days 3] [--people 12]

What an incident says of itself (`raised_at`) is not believed here: a detection that judges a whole day dates its alert to the day's last event, and one that
needs what comes later is not heard before. It is searched by halving, so an incident that came and went again in between would not be seen.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rehearse import OWN, lines, seeds_of

from vidocq.catalogue import simulated
from vidocq.operations.run import investigate
from vidocq.operations.simulate.context import write_context
from vidocq.operations.simulate.files import write_day
from vidocq.operations.simulate.write import DOMAINS, Plan, plan
from vidocq.simulation.clock import DAY, START
from vidocq.simulation.line import Line

LADDER = (5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480, 720, 1080, 1440, 2880, 4320)
"""Minutes after the attack's first event at which the input is cut."""


@dataclass(frozen=True, slots=True)
class Word:
    """When an attack was first told of: minutes of log time, None where it never was within the logs; and how long it lasted."""

    scenario: str
    seed: int
    minutes: float | None
    lasted: float


def written(made: Plan, days: Sequence[Sequence[Line]], until: float, out: Path) -> None:
    """The logs of the plan as far as a moment, in the files that each product would have left."""
    shutil.rmtree(out, ignore_errors=True)
    logs = {log.of: log for log in simulated("logs").values()}
    for day in days:
        if part := [line for line in day if line.at <= until]:
            write_day(out / "input", logs, made.firm, part)
    write_context(out / "context", made.firm, [name for _, story in made.stories for kind, name in story.touch if kind == "ip"])


def told(out: Path, hostile: set[str]) -> bool:
    """Whether an incident is about the attack: a tenth of its events, and at least one, are the attack's."""
    behind: dict[str, set[str]] = {}
    for a in lines(out / "alerts.ndjson"):
        behind.setdefault(a["investigation"], set()).update(a["events"])
    for i in lines(out / "incidents.ndjson"):
        events = {e["uid"] for e in i["events"]}.union(*(behind.get(n, set()) for n in i["investigations"]))
        if events & hostile and len(events & hostile) >= OWN * len(events):
            return True
    return False


def first_word(folder: Path, scenario: str, seed: int, days: int, people: int, domains: Sequence[str] = DOMAINS, ladder: Sequence[float] = LADDER) -> Word:
    """Halve the ladder until the first cut with an incident is found."""
    made = plan(seed, days, [scenario], domains, people)
    by_day = list(made.by_day())
    [(_, story)] = made.stories
    own = [line for step in story.steps for line in step.lines]
    begin, end = min(line.at for line in own), max(line.at for line in own)
    hostile = {line.uid for line in own}
    # A cut beyond the last record is the whole input: one of those is enough.
    last = max(day[-1].at for day in by_day if day)
    within = [m for m in ladder if begin + m * 60 < last]
    cuts = [*within, float("inf")]
    # Where even the whole input is silent, no part of it needs to be asked.
    heard = {len(cuts) - 1: _heard(folder, made, by_day, begin, cuts[-1], hostile)}
    low, high = 0, len(cuts) - 1
    while heard[len(cuts) - 1] and low < high:
        middle = (low + high) // 2
        heard[middle] = _heard(folder, made, by_day, begin, cuts[middle], hostile)
        low, high = (low, middle) if heard[middle] else (middle + 1, high)
    minutes = None if not heard[len(cuts) - 1] else (last - begin) / 60 if cuts[high] == float("inf") else cuts[high]
    return Word(scenario, seed, minutes, (end - begin) / 60)


def _heard(folder: Path, made: Plan, by_day: Sequence[Sequence[Line]], begin: float, minutes: float, hostile: set[str]) -> bool:
    written(made, by_day, min(begin + minutes * 60, START + made.days * DAY), folder / "case")
    shutil.rmtree(folder / "out", ignore_errors=True)
    investigate([folder / "case" / "input"], folder / "out", context=folder / "case" / "context")
    return told(folder / "out", hostile)


def table(words: Sequence[Word]) -> list[str]:
    """The lines of the Markdown."""
    out = ["| attack | told of | minutes to the first incident, median | earliest, latest | it lasted, median |", "|---|--:|--:|--:|--:|"]
    for name in dict.fromkeys(w.scenario for w in words):
        of = [w for w in words if w.scenario == name]
        heard = sorted(w.minutes for w in of if w.minutes is not None)
        said = f"{statistics.median(heard):.0f} | {heard[0]:.0f}, {heard[-1]:.0f}" if heard else "– | –"
        out.append(f"| `{name}` | {len(heard)}/{len(of)} | {said} | {statistics.median(w.lasted for w in of):.0f} |")
    return out


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--scenario", action="append", help="default: aws-takeover, web-callback, exfil-upload; `all` for every attack")
    ask.add_argument("--seeds", type=seeds_of, default=[1], help="1-3 or 1,5,9")
    ask.add_argument("--days", type=int, default=3)
    ask.add_argument("--people", type=int, default=12)
    said = ask.parse_args()
    chosen = said.scenario or ["aws-takeover", "web-callback", "exfil-upload"]
    if chosen == ["all"]:
        chosen = [s.id for s in simulated("scenarios").values() if s.hostile]
    words = []
    with tempfile.TemporaryDirectory(prefix="first-word-") as scratch:
        for scenario in chosen:
            for seed in said.seeds:
                words.append(first_word(Path(scratch), scenario, seed, said.days, said.people))
                print(f"  {json.dumps([words[-1].scenario, seed, words[-1].minutes])}", file=sys.stderr, flush=True)
    print("\n".join(table(words)))


if __name__ == "__main__":
    main()
