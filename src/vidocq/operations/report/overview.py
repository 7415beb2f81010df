"""The figures of a whole run: how much became how little, what explained the alerts, and what nobody could see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from vidocq.operations.report.run_files import Investigation

FUNNEL = ("events", "alerts", "investigations", "incidents")
SHOWN_SKIPPED = 200


@dataclass(slots=True)
class Tally:
    """Counts over all investigations, taken while they pass by."""

    verdicts: Counter[str] = field(default_factory=Counter)
    leading: Counter[tuple[str, bool, str]] = field(default_factory=Counter)
    gaps: Counter[str] = field(default_factory=Counter)
    titles: dict[str, tuple[str, bool]] = field(default_factory=dict)
    questions: dict[str, str] = field(default_factory=dict)

    def note(self, case: Investigation) -> None:
        self.verdicts[case.verdict] += 1
        self.gaps.update(set(case.gaps))
        for h in case.hypotheses:
            if h.id not in self.titles:
                self.titles[h.id] = (h.title, h.benign)
        for s in case.steps:
            if s.question not in self.questions:
                self.questions[s.question] = s.text
        title, benign = self.titles.get(case.leading or "", (case.leading or "none", False))
        self.leading[(title or case.leading or "none", benign, case.verdict)] += 1

    def explanations(self) -> list[list[Any]]:
        """[title, benign, {verdict: count}, investigations], the most frequent first."""
        found: dict[tuple[str, bool], dict[str, int]] = {}
        for (title, benign, verdict), n in self.leading.items():
            found.setdefault((title, benign), {})[verdict] = n
        rows = [[title, benign, dict(sorted(by.items())), sum(by.values())] for (title, benign), by in found.items()]
        return sorted(rows, key=lambda r: (-r[3], r[0]))


def funnel(run: Mapping[str, Any]) -> list[list[Any]]:
    """[what, how many] from events down to incidents; null where the run does not say."""
    return [[what, run.get(what)] for what in FUNNEL]


def sources(run: Mapping[str, Any]) -> list[list[Any]]:
    """[source, files, events, duplicates, rejected] of what was read, by name."""
    found: dict[str, list[int]] = {}
    for item in run.get("inputs") or ():
        if not item.get("skipped"):
            sums = found.setdefault(str(item.get("source") or "unknown"), [0, 0, 0, 0])
            for i, n in enumerate((1, *(item.get(k) or 0 for k in ("events", "duplicates", "rejected")))):
                sums[i] += n
    return [[name, *sums] for name, sums in sorted(found.items())]


def skipped(run: Mapping[str, Any]) -> list[list[str]]:
    """[path, reason] of the files that were no log, the first SHOWN_SKIPPED; then how many more."""
    rows = sorted([str(i.get("path", "")), str(i["skipped"])] for i in run.get("inputs") or () if i.get("skipped"))
    more = len(rows) - SHOWN_SKIPPED
    return rows[:SHOWN_SKIPPED] + ([["", f"and {more:,} more files"]] if more > 0 else [])
