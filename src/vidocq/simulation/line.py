"""The words of the simulation: a line of a log, how a log lies in files, a part of innocent life, a scenario with its story."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from vidocq.simulation.clock import HOUR, midnight
from vidocq.simulation.firm import Employee, Firm, Host


@dataclass(frozen=True, slots=True)
class Line:
    """One record of one log at its time (epoch seconds). `noise` marks what the internet sends to everybody."""

    at: float
    log: str
    uid: str
    record: dict[str, Any]
    noise: bool = False


Lines = Iterable[Line]


@dataclass(frozen=True, slots=True)
class Form:
    """The bytes of a file: a head, its records with something between them, a tail."""

    encode: Callable[[dict[str, Any]], bytes]
    head: bytes = b""
    between: bytes = b"\n"
    tail: bytes = b"\n"


@dataclass(frozen=True, slots=True)
class Log:
    """How a log lies in files. It owns the lines whose `log` is `of`, or begins with `of` and a slash.

    `place` gives the path of the file that holds a moment (one file an hour or a day, as the product writes it), below `input/`; `form` its bytes.
    `hear` is for a product that watches what others do: what it tells of a line of another log, the same each time it is asked.
    """

    of: str
    place: Callable[[Firm, str, float], str]
    form: Callable[[Firm, str], Form]
    hear: Callable[[Firm, Line], Iterable[Line]] | None = None
    sent: Callable[[str, dict[str, Any]], Sequence[dict[str, Any]]] = lambda log, record: (record,)
    """What a forwarder sends of a record of `log`, as JSON objects: the record itself where it is one."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of innocent life: tells one day of it, in any order. `domain`: "cloud", "network", "host", "identity" or "mail"."""

    domain: str
    tell: Callable[[Firm, Random, int], Lines]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a story and the lines that show it."""

    id: str
    title: str
    techniques: tuple[str, ...]
    lines: tuple[Line, ...]
    touch: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """What a scenario did: its steps in order, and the entities any one of which names it."""

    title: str
    steps: tuple[Step, ...]
    touch: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a scenario plays: the firm, a source of chance of its own, the number of days, and what no other scenario has: an employee with their workstation, addresses.

    `day` is the day it shall play on; `at` the moment (epoch seconds) where one was asked for.
    """

    firm: Firm
    rng: Random
    days: int
    employee: Employee
    strangers: tuple[str, ...]
    day: int
    at: float | None = None

    @property
    def workstation(self) -> Host:
        """The employee's machine."""
        return self.employee.host

    def moment(self, earliest: float, latest: float) -> float:
        """When it begins: the moment asked for, else some time between two hours of its day."""
        drawn = midnight(self.day) + self.rng.uniform(earliest, latest) * HOUR
        return drawn if self.at is None else self.at


@dataclass(frozen=True, slots=True)
class Scenario:
    """Something that is played among innocent life: an attack, or an innocent twin that looks like the attack `twin_of`.

    `domain` as of a part, or "mixed"; `past` is how many days before its own it reaches back.
    """

    id: str
    domain: str
    play: Callable[[Stage], Story]
    hostile: bool = True
    what: str = ""
    twin_of: str = ""
    past: int = field(default=0)
