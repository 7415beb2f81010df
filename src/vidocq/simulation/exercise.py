"""The words of an exercise: the desk a person sits at, what lies sealed beside it, and what they did. No clock: times are handed in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

HOSTILE, INNOCENT, UNDECIDED = "hostile", "innocent", "undecided"
VERDICTS = (HOSTILE, INNOCENT, UNDECIDED)
SUITS = {
    "disable_key": ("key",),
    "reset_password": ("user", "account"),
    "block": ("ip", "domain", "url", "hash"),
    "isolate": ("host", "ip"),
    "purge": ("mailbox",),
    "stop": ("resource", "process"),
    "revert_policy": ("resource", "user"),
}
"""Actions, and the kinds of entity each can be done to."""
AT_ONCE = ("disable_key", "reset_password", "block", "isolate", "purge")
"""Those that stop an intruder at once; the others repair."""
ROLES = ("triage", "analysis", "response")
MAY = {
    "triage": ("verdict", "ask"),
    "analysis": ("verdict", "ask", "wide", "scope"),
    "response": ("scope", "contain"),
}
"""What each seat of a team does; looking and handing over are everybody's. `wide` are the dear questions."""
OPENING = 1
"""Minutes that reading a case costs."""

Thing = tuple[str, str]
"""Kind and name of an entity."""


@dataclass(frozen=True, slots=True)
class Told:
    """An alert as the desk shows it."""

    time: str
    rule: str
    title: str
    things: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question that can be asked of a case. What follows `minutes` is sealed until it is."""

    id: str
    text: str
    about: str
    minutes: int
    hop: int
    answer: str
    means: str
    facts: tuple[tuple[str, str], ...]
    lean: float
    """Bits by which the answer moves the strongest hostile reading against the best innocent one."""

    @property
    def wide(self) -> bool:
        return self.minutes > 2


@dataclass(frozen=True, slots=True)
class Card:
    """A case on the desk. `hostile`, `truth` and `engine` are sealed."""

    id: str
    alerts: tuple[Told, ...]
    more: int
    """Alerts of the case that are not listed."""
    facts: tuple[tuple[str, str], ...]
    prompts: tuple[Prompt, ...]
    hostile: bool
    truth: str
    """What it really was, in a sentence."""
    engine: str
    """The engine's own verdict."""

    def open_prompts(self, asked: set[str]) -> Iterator[tuple[int, Prompt]]:
        """The questions that can be asked now, by number: those about what an answer led to come once one of the hop before was asked."""
        reached = max((p.hop + 1 for n, p in enumerate(self.prompts, 1) if f"{n}" in asked), default=0)
        yield from ((n, p) for n, p in enumerate(self.prompts, 1) if p.hop <= reached)


@dataclass(frozen=True, slots=True)
class Stated:
    """What somebody says it is: a verdict for each case by number, the scope, and what to do first: (action, kind, name)."""

    verdicts: dict[str, str] = field(default_factory=dict)
    scope: tuple[Thing, ...] = ()
    containment: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """An exercise before anybody has sat down to it."""

    title: str
    cards: tuple[Card, ...]
    budget: int
    """Minutes that there are."""
    own: tuple[str, ...]
    """Sealed: names of the entities that are the attacks', in lower case: nobody is to lose a point by a capital."""
    seen: tuple[str, ...]
    """Sealed: those of them that stand somewhere on the desk."""
    involved: tuple[str, ...]
    """Sealed: what hostile cases name beside them. To name it is neither right nor wrong."""
    advised: tuple[tuple[str, str, str], ...]
    """Sealed: what the engine's incidents of these attacks advise."""
    engine: Stated
    unseen: tuple[str, ...] = ()
    """Sealed: attacks of which no alert told."""


@dataclass(frozen=True, slots=True)
class Handover:
    """A seat given on: in the exercise's minutes, and how long (seconds by the clock) the work lay before somebody took it up."""

    of: str
    to: str
    minute: int
    note: str
    given: float
    taken: float = 0.0

    @property
    def waited(self) -> float:
        return max(self.taken - self.given, 0.0)


@dataclass(slots=True)
class Done:
    """What was done so far. It can be put down and taken up again."""

    team: bool = False
    seat: str = ROLES[0]
    minutes: int = 0
    current: int = 0
    opened: list[int] = field(default_factory=list)
    asked: dict[str, list[str]] = field(default_factory=dict)
    """Case, by number -> the numbers of the questions asked of it, in order."""
    stated: Stated = field(default_factory=Stated)
    handovers: list[Handover] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    """Seat -> seconds by the clock that somebody sat there."""
    finished: bool = False

    def may(self, act: str) -> bool:
        return not self.team or act in MAY[self.seat]

    def asked_of(self, case: int) -> set[str]:
        return set(self.asked.get(str(case), ()))
