"""Who stands beside whom in an incident: the edges of its graph."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import combinations

from vidocq.operations.report.run_files import Alert, Investigation, entities_of

Node = tuple[str, str]
TOGETHER = 4
"""Of an alert with more entities than these only its first is tied to the rest: a list of fifty hosts is not a web of 1,225 edges."""


@dataclass(slots=True)
class Relations:
    """Edges of one incident. `alert`: named by one alert; `hop`: an answer about the first led to the second."""

    edges: Counter[tuple[str, Node, Node]] = field(default_factory=Counter)

    def note(self, case: Investigation, alert: Alert | None) -> None:
        """Take in what one investigation of the incident ties together."""
        own = list(dict.fromkeys(alert.named())) if alert else []
        pairs = combinations(own, 2) if len(own) <= TOGETHER else ((own[0], other) for other in own[1:])
        self.edges.update(("alert", *pair) for pair in pairs)
        asked = dict.fromkeys(node for s in case.steps if s.hop > 0 for node in entities_of(s.entity))
        start = own[0] if own else next((n for s in case.steps for n in entities_of(s.entity)), None)
        if start:
            self.edges.update(("hop", start, node) for node in asked if node not in own and node != start)

    def rows(self, limit: int = 400) -> list[list[object]]:
        """[how, kind, name, kind, name, investigations], the most frequent first."""
        ranked = sorted(self.edges.items(), key=lambda item: (-item[1], item[0]))
        return [[how, *a, *b, n] for (how, a, b), n in ranked[:limit]]
