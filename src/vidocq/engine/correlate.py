"""Raised cases, and open ones that corroborate them, that share discriminating entities close in time: one attack, one incident."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from vidocq.engine.judge import DISMISS, RAISE
from vidocq.engine.ledger import Case
from vidocq.engine.machines import Machines
from vidocq.model.entity import Entity, Kind

GAP = timedelta(days=7)
"""Two cases about one entity that lie further apart than this need another link."""
MOMENT = timedelta(minutes=10)
"""One rule of another tool raised on several machines so close together has one cause: a sweep, a worm, one message to many."""
NEAR = timedelta(hours=6)
"""How close an open case must lie to a raised one to corroborate it; and what was done to one of ours to what it did, or to what else was done to it."""
COMPANY = 3.0
"""Bits at which open cases of different rules become an incident together: eight to one that at least one of them is hostile."""
REOPEN = -3.5
"""A dismissed case is looked at again beside an incident about its entity, unless its dismissal was clearer than this."""
SHARED_KINDS = frozenset({"account"})
"""An account holds everybody: to be in it joins nobody."""
EVERY_MACHINE = frozenset({
    "root", "system", "localsystem", "nt authority\\system", "nt authority\\local service", "nt authority\\network service", "nobody", "daemon", "www-data", "apache", "nginx", "postgres", "mysql",
})
"""Accounts that machines have of their own, under the same name on each: two machines' are not one."""
REACHED = frozenset({"target", "destination"})
"""Roles of what was reached, not of what acted."""


class Common(StrEnum):
    """Why an entity joins fewer cases than another: what many share says little about each of them."""

    CROWD = "crowd"
    """Many of ours talk to it, out there: it joins nobody."""
    RELAY = "relay"
    """A machine of ours that many of ours go through: it joins nobody."""
    PUBLIC = "public"
    """A server that strangers reach all day: to have reached it joins nobody, what it does itself is its own."""
    OWN = "own"
    """A machine of ours: days between being reached and acting are no link."""


Commons = Mapping[tuple[str, str], Common]


@dataclass(frozen=True, slots=True)
class Standing:
    """What correlation needs of a case: where it stands, what it is about, when it began and ended."""

    margin: float
    explained: bool
    """An innocent reading holds for it."""
    entities: frozenset[tuple[str, str]]
    rule: str
    first: datetime
    last: datetime
    reached: frozenset[tuple[str, str]] = frozenset()
    """Those of the entities that are ours and were reached, and did nothing."""
    foreign: bool = False
    """The rule is another tool's, which alerts at the moment it sees something."""
    lent: frozenset[tuple[str, str]] = frozenset()
    """Machines that the case is about only through an identity that they act under: a role of theirs, which others can carry away."""
    events: frozenset[str] = frozenset()
    """What its alerts met, by id."""


@dataclass(frozen=True, slots=True)
class Group:
    """One incident to be: `raised` in order of time, `joined` those that corroborate, `by_company` where no case crossed the line alone."""

    raised: tuple[int, ...]
    joined: tuple[int, ...]
    reopened: tuple[int, ...]
    by_company: bool


def discriminating(entities: Sequence[Entity], commons: Commons) -> tuple[frozenset[tuple[str, str]], frozenset[tuple[str, str]]]:
    """Those of the entities that join what belongs together, and those of them that are ours and were only reached."""
    acting: set[tuple[str, str]] = set()
    reached: set[tuple[str, str]] = set()
    for e in entities:
        common = commons.get((e.kind, e.name))
        if e.kind in SHARED_KINDS or (e.kind == "user" and e.name.lower() in EVERY_MACHINE) or common in (Common.CROWD, Common.RELAY) or (common is Common.PUBLIC and e.role in REACHED):
            continue
        (reached if common is Common.OWN and e.role in REACHED else acting).add((e.kind, e.name))
    return frozenset(acting | reached), frozenset(reached - acting)


def correlate(standing: Sequence[Standing]) -> list[Group]:
    """The incidents, in order of their first raised case."""
    raised = [i for i, s in enumerate(standing) if s.margin >= RAISE]
    open_ = [i for i, s in enumerate(standing) if DISMISS < s.margin < RAISE]
    groups: list[tuple[list[int], list[int], bool]] = []
    taken: set[int] = set()
    links = _links(standing, [*raised, *open_], near=frozenset(open_)) + _moments(standing, raised)
    for members in _components(len(standing), links, [*raised, *open_]):
        core = [i for i in members if standing[i].margin >= RAISE]
        weak = [i for i in members if standing[i].margin < RAISE]
        if core:
            groups.append((core, weak, False))
        elif company(standing, weak) >= COMPANY:
            groups.append((weak, [], True))
    for core, weak, _ in groups:
        taken.update(core, weak)
    for core, weak, _ in groups:
        again = _same_act(standing, core, taken)
        weak += again
        taken.update(again)
    out = []
    for core, weak, by_company in groups:
        again = _reopened(standing, core, taken)
        taken.update(again)
        out.append(Group(tuple(_by_time(standing, core)), tuple(_by_time(standing, weak)), tuple(_by_time(standing, again)), by_company))
    return sorted(out, key=lambda g: (standing[g.raised[0]].first, g.raised[0]))


def company(standing: Sequence[Standing], members: Sequence[int]) -> float:
    """Bits for at least one of these being hostile, their witnesses taken as independent; fewer than three are no company."""
    each = _witnesses(standing, [i for i in members if not standing[i].explained])
    if len(each) < 3:
        return -30.0
    innocent = float(np.prod([1 / (1 + 2 ** standing[i].margin) for i in each]))
    return float(np.log2((1 - innocent) / innocent))


def _witnesses(standing: Sequence[Standing], members: Sequence[int]) -> list[int]:
    """The strongest of each rule that met something no stronger one has met: rules that look at one event see one thing."""
    rules: set[str] = set()
    met: set[str] = set()
    out = []
    for i in sorted(members, key=lambda i: (-round(standing[i].margin, 6), -len(standing[i].events), i)):
        s = standing[i]
        if s.rule not in rules and not (s.events and s.events <= met):
            out.append(i)
            rules.add(s.rule)
            met |= s.events
    return out


def _by_time(standing: Sequence[Standing], members: Sequence[int]) -> list[int]:
    return sorted(members, key=lambda i: (standing[i].first, i))


def _links(standing: Sequence[Standing], members: Sequence[int], near: frozenset[int]) -> list[tuple[int, int, str]]:
    """Pairs that follow one another on an entity closely enough, and the entity."""
    on: dict[tuple[str, str], list[int]] = {}
    for i in members:
        for e in standing[i].entities:
            on.setdefault(e, []).append(i)
    links = []
    for (kind, name), cases in sorted(on.items()):
        # The latest of each sort: what lies between two cases and joins neither does not part them.
        latest: dict[object, int] = {}
        for i in _by_time(standing, cases):
            s = standing[i]
            sorts: list[tuple[object, timedelta]] = [("any", NEAR)]
            if (kind, name) not in s.reached:
                # The same rule about the same: a day's part of one thing, however weak on its own.
                sorts += [((s.rule, s.entities), GAP), *([("raised", GAP)] if i not in near else [])]
            before = {latest[sort] for sort, most in sorts if sort in latest and s.first - standing[latest[sort]].last <= most}
            links += [(b, i, f"{kind}:{name}") for b in sorted(before)]
            for sort, _ in sorts:
                if sort not in latest or s.last >= standing[latest[sort]].last:
                    latest[sort] = i
    return links


def _moments(standing: Sequence[Standing], raised: Sequence[int]) -> list[tuple[int, int, str]]:
    """Pairs of raised cases of one rule of another tool that began in the same moment, and the rule."""
    of: dict[str, list[int]] = {}
    for i in raised:
        if standing[i].foreign:
            of.setdefault(standing[i].rule, []).append(i)
    return [(a, b, f"rule:{rule}") for rule, cases in sorted(of.items()) for a, b in pairwise(_by_time(standing, cases)) if standing[b].first - standing[a].first <= MOMENT]


def _components(size: int, links: Sequence[tuple[int, int, str]], members: Sequence[int]) -> list[list[int]]:
    if not members:
        return []
    a = [x[0] for x in links]
    b = [x[1] for x in links]
    graph = coo_matrix((np.ones(len(links)), (a, b)), shape=(size, size))
    _, label = connected_components(graph, directed=False)
    found: dict[int, list[int]] = {}
    for i in members:
        found.setdefault(int(label[i]), []).append(i)
    return list(found.values())


def _same_act(standing: Sequence[Standing], core: Sequence[int], taken: set[int]) -> list[int]:
    """Dismissed cases about a process of the incident, or later about the identity of a machine in it: what they did elsewhere was explained by itself, and is not
    beside what is known to have been done there."""
    of = {e for i in core for e in standing[i].entities - standing[i].lent if e[0] in ("process", "host")}
    first, last = min(standing[i].first for i in core), max(standing[i].last for i in core)

    def of_theirs(s: Standing) -> bool:
        return any(e in of for e in s.entities if e[0] == "process") or (s.last >= first and bool(s.lent & of))

    return [i for i, s in enumerate(standing) if i not in taken and REOPEN <= s.margin <= DISMISS and first - NEAR <= s.first <= last + NEAR and of_theirs(s)]


def _reopened(standing: Sequence[Standing], core: Sequence[int], taken: set[int]) -> list[int]:
    """Dismissed cases about an entity of the incident, near it in time, whose dismissal was no clear one."""
    names = frozenset().union(*(standing[i].entities for i in core))
    first, last = min(standing[i].first for i in core), max(standing[i].last for i in core)
    return [
        i for i, s in enumerate(standing)
        if REOPEN <= s.margin <= DISMISS and i not in taken and not s.explained and s.entities & names and first - NEAR <= s.first <= last + NEAR
    ]


def standings(
    cases: Sequence[Case], margin: np.ndarray, rival: np.ndarray, spans: Mapping[str, tuple[datetime, datetime]], commons: Commons, machines: Machines
) -> list[Standing]:
    """The standing of every case. `spans` gives first and last time of the events behind a case, by its id; an address is also the machine it was then."""
    out = []
    for n, c in enumerate(cases):
        first, last = spans.get(c.id, (c.opened_at, c.last_at))
        joining, reached = discriminating(c.entities, commons)
        machine = {e: ("host", host) for e in joining if (host := machines.host(*e, c.opened_at))}
        # A machine that acts under one of its names is not merely reached under another.
        acting = (joining - reached) | {machine[e] for e in machine if e not in reached}
        joining |= frozenset(machine.values())
        reached = joining - acting
        lent = frozenset(machine[e] for e in machine if e[0] == Kind.USER) - {machine[e] for e in machine if e[0] != Kind.USER} - {(e.kind, e.name) for e in c.entities}
        out.append(Standing(float(margin[n]), bool(rival[n] >= 0), joining, c.rule, min(first, c.opened_at), max(last, c.last_at), reached, c.origin == "third-party", lent, frozenset(c.events)))
    return out
