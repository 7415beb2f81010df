"""The words of the example: a line of a log, a part of innocent life, a plant with its story."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from vidocq.operations.example.firm import Firm, Host


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
class Part:
    """A part of innocent life: tells one day of it, in any order. `domain` is "cloud" or "network"."""

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
    """What a plant did: its steps in order, and the entities any one of which names it."""

    title: str
    steps: tuple[Step, ...]
    touch: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a plant plays: the firm, a source of chance of its own, the number of days, a workstation and addresses that no other plant has."""

    firm: Firm
    rng: Random
    days: int
    workstation: Host
    strangers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plant:
    """Something that is played among innocent life: an attack, or its innocent twin where `hostile` is false."""

    id: str
    domain: str
    play: Callable[[Stage], Story]
    hostile: bool = True
    what: str = field(default="")
