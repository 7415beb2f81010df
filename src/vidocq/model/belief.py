"""What is asked, what it would mean, and what could be true: questions, hypotheses, and the words that weigh them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any, Literal


class Strength(StrEnum):
    """How an answer bears on a hypothesis, in an analyst's words."""

    RULES_OUT = "rules out"
    UNEXPECTED = "unexpected"
    NEUTRAL = "neutral"
    EXPECTED = "expected"
    TELLING = "telling"
    DAMNING = "damning"


BITS: Mapping[str, float] = {
    Strength.RULES_OUT: -6.0,
    Strength.UNEXPECTED: -2.0,
    Strength.NEUTRAL: 0.0,
    Strength.EXPECTED: 1.5,
    Strength.TELLING: 4.0,
    Strength.DAMNING: 7.0,
}
"""Bits, log2 P(answer | h) / P(answer | not h), until they are learned: expected, three times likelier; telling, sixteen times; damning, a hundred and
twenty-eight: hardly anybody does it for another reason, so that it raises alone, unless an answer explains it."""

NO_EVENTS, NOT_COVERED = "no events", "not covered"
"""Looked and found nothing; nobody was listening. The second weighs nothing, and is listed as a gap."""

Verb = Literal["count", "distinct", "total", "largest", "smallest", "first", "last"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One mergeable number about a set of events: a roll-up by the hour can answer it as well as the events themselves."""

    verb: Verb
    what: str = "*"
    where: str = "TRUE"


def count(where: str = "TRUE") -> Measure:
    return Measure("count", where=where)


def distinct(what: str, where: str = "TRUE") -> Measure:
    return Measure("distinct", what, where)


def total(what: str, where: str = "TRUE") -> Measure:
    return Measure("total", what, where)


def largest(what: str, where: str = "TRUE") -> Measure:
    return Measure("largest", what, where)


def smallest(what: str, where: str = "TRUE") -> Measure:
    return Measure("smallest", what, where)


def first(what: str = "time", where: str = "TRUE") -> Measure:
    return Measure("first", what, where)


def last(what: str = "time", where: str = "TRUE") -> Measure:
    return Measure("last", what, where)


Speaks = Mapping[str, Mapping[str, Strength]]


class Tier(StrEnum):
    """What a question costs: `free` is asked for every case, `scan` only for those an answer could still turn."""

    FREE = "free"
    SCAN = "scan"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to find out about the entities of a case, around its time.

    SQL is DuckDB's, kept to what every store knows. In measures, `c.at` is the case's time; a column is the event's. In grades a
    measure goes by its name; `history_hours` is how long its table had been listened to before the case.
    """

    id: str
    text: str
    """As an analyst would ask it."""
    why: str
    """Why it is asked, in an analyst's words."""
    of: str
    """The table that answers it."""
    about: tuple[str, ...]
    """The entities it takes, one of each: `kind` (any role) or `kind:role`. Two make it a question about a pair."""
    by: tuple[str, ...]
    """For each of them the column that ties an event to it; `src_ip|dst_ip` is either."""
    measures: Mapping[str, Measure]
    grades: Mapping[str, str]
    """SQL conditions over the measures, tried in order; the first that holds names the answer."""
    otherwise: str
    before: timedelta | None = timedelta(hours=24)
    """How far back from the case's time. None: all there is in a table without time (the context tables)."""
    after: timedelta = timedelta(0)
    means: Mapping[str, str] = field(default_factory=dict)
    """What each answer means, a sentence each."""
    speaks: Speaks = field(default_factory=dict)
    """hypothesis -> answer -> strength."""
    alarming: Mapping[str, Strength] = field(default_factory=dict)
    """How each answer bears on *something else hostile*: abnormal and harmful, whatever it is."""
    family: str = ""
    """Answers of one family are correlated: for each hypothesis only the strongest counts. Default: its own id."""
    tier: Tier = Tier.FREE
    evidence: str = ""
    """Which events of the window are shown for the answer; default: those of the first measure."""
    leads: Mapping[str, str] = field(default_factory=dict)
    """column -> `kind:role`: values of the evidence that become entities to ask about in the next hop."""
    details: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """measure -> (name, unit): facts worth a line in the incident where this answer counted."""
    blind_spots: str = ""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A yes/no statement about a case. Several can be true at once; a hostile one names the innocent explanations it must beat."""

    id: str
    title: str
    text: str
    benign: bool
    prior_bits: float
    """log2 odds before any question: how often an alert of the kind that suggests it turns out so."""
    rivals: tuple[str, ...] = ()
    explains: tuple[str, ...] = ()
    """Of an innocent one: the hostile readings that it rivals without being named there; `*` for every one."""
    expects: Speaks = field(default_factory=dict)
    """question -> answer -> strength, or detection -> `fired` -> strength; beside what the units themselves say."""
    techniques: tuple[str, ...] = ()
    stage: str = ""
    """ATT&CK tactic, as a short name: `command-and-control`."""
    actions: tuple[tuple[str, str, str], ...] = ()
    """What to do if it is true: (action, `kind:role` it is done to, why)."""
    innocent_reading: str = ""
    catch_all: bool = False
    """It is always in play, and hears every answer that is alarming in itself."""


@dataclass(frozen=True, slots=True)
class Detection:
    """A set of events in, alerts out. `sql` reads only what lies before the row it judges (plus `lag`).

    Its result has `time` (when the evidence sufficed), `events` (a list of uid, at most 200, the telling ones), the columns that `entities`
    names, perhaps `all_events` and `first_event` (how many there are beside the 200, and when the first was), perhaps `techniques` (a list, where they differ from row to row), and any further columns: the features, facts of the alert. Where SQL cannot say it, `judge` turns the rows of `sql` into that result.
    """

    id: str
    title: str
    """One line; `{feature}` is filled from the row."""
    why: str
    of: tuple[str, ...]
    """Tables it reads; where none of them holds an event it stays silent."""
    sql: str
    entities: Mapping[str, str]
    """column -> `kind:role`."""
    suggests: Mapping[str, Strength]
    """hypothesis -> how strongly the alert alone speaks for it. The first is what it is about."""
    techniques: tuple[str, ...] = ()
    severity: int = 3
    """OCSF severity_id: 1 informational … 5 critical."""
    judge: Callable[[Any], Any] | None = None
    warm_up: str = ""
    """What it must have seen before it speaks, in words."""
    blind_spots: str = ""
    facet: str = ""
    """The one act that it sees a side of, where several detections do: what they say of it counts once. Its id, where empty."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """What the words of somebody else's alert suggest. `pattern` is a regular expression as RE2 reads it (no look-around), case ignored.

    What it suggests of innocent readings counts where it stands in the rule or the title, the rest wherever it stands: the message repeats what the
    other side sent.
    """

    pattern: str
    suggests: Mapping[str, Strength]
    techniques: tuple[str, ...] = ()
    tactic: str = ""
    why: str = ""
