"""The pace of a story: a hand that makes calls one after the other, and remembers them by step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random

from vidocq.simulation.cloudtrail import Call, Caller, line
from vidocq.simulation.firm import Firm
from vidocq.simulation.line import Line


@dataclass(slots=True)
class Hand:
    """Somebody who works through the cloud's interface. `at` is the time reached; `taken` what was done since the last step."""

    firm: Firm
    rng: Random
    at: float
    caller: Caller
    taken: list[Line] = field(default_factory=list)

    def wait(self, least: float, most: float) -> float:
        """Time passes; the time reached."""
        self.at += self.rng.uniform(least, most)
        return self.at

    def calls(self, calls: Iterable[Call], gap: float) -> None:
        """Each call in turn, `gap` seconds apart on average, never less than a fifth of that."""
        for call in calls:
            self.at += gap * 0.2 + self.rng.expovariate(1 / (gap * 0.8))
            self.taken.append(line(self.rng, self.firm, self.at, self.caller, call))

    def note(self, *lines: Line) -> None:
        """Lines made elsewhere belong to the step."""
        self.taken += lines

    def step(self) -> tuple[Line, ...]:
        """What was done since the last step."""
        done, self.taken = tuple(self.taken), []
        return done
