"""Groups of cases become incidents: title, story, priority, techniques, evidence, what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from vidocq.engine import advise, narrate
from vidocq.engine.book import Book
from vidocq.engine.conclude import Conclusion
from vidocq.engine.correlate import REACHED, Common, Commons, Group, Standing
from vidocq.engine.judge import RAISE, concern
from vidocq.engine.ledger import FIRST, UNLISTED, Answer, Case, identify, timestamp
from vidocq.engine.machines import Machines, is_address, is_private
from vidocq.engine.story import Story, back, story
from vidocq.engine.trace import Trace
from vidocq.model.entity import Entity

EVENTS, TECHNIQUES, ENTITIES, MACHINES = 500, 15, 60, 8
"""How many of each an incident shows; `MACHINES` are addresses with the host that had them."""
_OURS = ("host", "user", "mailbox", "key")
_STAGE = {
    "reconnaissance": 1, "resource-development": 1, "initial-access": 3, "execution": 4, "persistence": 4, "privilege-escalation": 5, "defense-evasion": 4, "credential-access": 4,
    "discovery": 2, "lateral-movement": 5, "collection": 4, "command-and-control": 5, "exfiltration": 6, "impact": 6,
}
"""How far an attack has come, 1 to 6, by the tactic of a hypothesis."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """An event as an incident shows it."""

    uid: str
    time: datetime
    source: str
    what: str


@dataclass(frozen=True, slots=True)
class Material:
    """Everything incidents are made of; `rows_of` gives the rows of the weights for each case, its alert first."""

    book: Book
    cases: Sequence[Case]
    answers: Sequence[Answer]
    conclusion: Conclusion
    standing: Sequence[Standing]
    events: Mapping[str, Evidence]
    assets: Mapping[tuple[str, str], Mapping[str, Any]]
    commons: Commons
    machines: Machines
    rows_of: Sequence[Sequence[int]]
    traces: Mapping[str, Sequence[Trace]]
    """What the store says around the incident that a case heads, by the id of the case."""


def rows_by_case(cases: int, answers: Sequence[Answer]) -> list[list[int]]:
    """For each case the rows of the weights that are its own."""
    rows = [[n] for n in range(cases)]
    for i, a in enumerate(answers):
        rows[a.case].append(cases + i)
    return rows


def assemble(m: Material, g: Group) -> dict[str, Any]:
    """An incident as the contract has it."""
    members = sorted({*g.raised, *g.joined}, key=lambda i: (m.standing[i].first, i))
    lead = max(g.raised, key=lambda i: (m.standing[i].margin, -i))
    events, total = _events(m, members)
    spans = [span for i in members if (span := m.cases[i].span)]
    first = min([e.time for e in events] + [s for s, _ in spans] or [m.standing[lead].first])
    last = max([e.time for e in events] + [s for _, s in spans] or [m.standing[lead].last])
    hypotheses = _hypotheses(m, members, lead)
    score = _score(m, members, hypotheses)
    entities = _entities(m, members)
    course = story(m.traces.get(m.cases[g.raised[0]].id, ()))
    actions = advise.attackers_first(_actions(m, members, hypotheses, entities), [a for a in course.attackers if not _own_machine(m, a)])
    return {
        "id": identify("ic", m.cases[g.raised[0]].id),
        "merged": [],
        "title": _title(m, members, lead, entities),
        "summary": _summary(m, g, members, lead, actions, course),
        "priority": "critical" if score >= 80 else "high" if score >= 60 else "medium" if score >= 35 else "low",
        "score": score,
        "first_seen": timestamp(first),
        "last_seen": timestamp(last),
        "raised_at": timestamp(max(first, min(_sufficed(m, i) for i in g.raised))),
        "hypotheses": [{"id": h, "probability": p} for h, p in hypotheses],
        "techniques": _techniques(m, members),
        "entities": entities,
        "details": _details(m, members, course),
        "indicators": _indicators(m, entities),
        "investigations": [m.cases[i].id for i in members] + [m.cases[i].id for i in g.reopened],
        "events": [{"uid": e.uid, "time": timestamp(e.time), "source": e.source, "what": e.what} for e in events],
        "events_total": max(total, len(events)),
        "actions": actions,
    }


def telling_rows(m: Material, i: int) -> list[int]:
    """The rows of a case that counted for its leading hypothesis."""
    h = m.conclusion.judged.leading[i]
    return [r for r in m.rows_of[i] if m.conclusion.weights.counted[r, h] and m.conclusion.weights.bits[r, h] > 0]


def _events(m: Material, members: Sequence[int]) -> tuple[list[Evidence], int]:
    """At most 500: the events of the alerts in turn, case by case, then those that answers name as evidence."""
    first = len(m.cases)
    queues = [list(m.cases[i].events) for i in members]
    more: list[str] = []
    for i in members:
        for r in telling_rows(m, i):
            if r >= first and m.book.questions[m.answers[r - first].question].evidence:
                more += m.answers[r - first].events
    chosen: dict[str, None] = {}
    depth = 0
    while len(chosen) < EVENTS and any(len(q) > depth for q in queues):
        for q in queues:
            if len(q) > depth and len(chosen) < EVENTS:
                chosen[q[depth]] = None
        depth += 1
    for uid in more:
        if len(chosen) < EVENTS:
            chosen[uid] = None
    found = [m.events[u] for u in chosen if u in m.events]
    total = len({*chosen, *more}) + sum(m.cases[i].events_total - len(m.cases[i].events) + m.cases[i].unlisted for i in members)
    return sorted(found, key=lambda e: (e.time, e.uid, e.what)), total


def _hypotheses(m: Material, members: Sequence[int], lead: int) -> list[tuple[str, float]]:
    """Hostile readings in play by their best probability in any case, what has no name last; beside them the innocent reading that the summary tells of."""
    play, belief = m.conclusion.judged.in_play[list(members)], m.conclusion.belief[list(members)]
    p = concern(np.where(play, belief, -30.0).max(0))
    hostile = sorted(((m.book.ids[h], float(p[h])) for h in np.flatnonzero(~m.book.benign) if p[h] >= 0.2), key=lambda x: (_unnamed(m, x[0]), -x[1], x[0]))[:5]
    innocent = _innocent(m, lead)
    beside = [(m.book.ids[innocent], float(concern(m.conclusion.belief[lead, innocent : innocent + 1])[0]))] if innocent >= 0 else []
    leads = {m.book.ids[m.conclusion.judged.leading[i]]: float(concern(np.array([m.standing[i].margin]))[0]) for i in members}
    return (hostile or sorted(leads.items())[:1]) + beside


def _unnamed(m: Material, hypothesis: str) -> bool:
    return bool(m.book.catch_all[m.book.ids.index(hypothesis)])


def _innocent(m: Material, lead: int) -> int:
    """The innocent reading that fits the strongest case best; -1 if none was in play."""
    h = m.conclusion.judged.leading[lead]
    rivals = [r for r in np.flatnonzero(m.book.rivals[h]).tolist() if m.conclusion.judged.in_play[lead, r]]
    return max(rivals, key=lambda r: (float(m.conclusion.belief[lead, r]), -r), default=-1)


def _title(m: Material, members: Sequence[int], lead: int, entities: Sequence[Mapping[str, str]]) -> str:
    """What most of it is, around whom, and how far it came; the catch-all heads it only where nothing has a name."""
    readings: dict[int, float] = {}
    for i in members:
        h = int(m.conclusion.judged.leading[i])
        if m.standing[i].margin >= RAISE and not m.book.catch_all[h]:
            readings[h] = readings.get(h, 0.0) + m.standing[i].margin
    ordered = [h for h, _ in sorted(readings.items(), key=lambda x: (-round(x[1], 4), x[0]))] or [int(m.conclusion.judged.leading[lead])]
    head, stage = ordered[0], {h: _STAGE.get(m.book.hypotheses[h].stage, 2) for h in ordered}
    about = next((e["name"] for e in entities), "")
    about = _machines(m, members).get(about, about)
    title = m.book.hypotheses[head].title + (f" around {about}" if about else "")
    if not ordered[1:]:
        return title
    other = max(ordered[1:], key=lambda h: (stage[h], -ordered.index(h)))
    return f"{title}, {'up to' if stage[other] > stage[head] else 'with'} {narrate.lowered(m.book.hypotheses[other].title)}"


TOLD = 5
"""Investigations that the story tells, at most."""


def _tellers(m: Material, members: Sequence[int]) -> list[int]:
    """The investigations that the story tells: the strongest of each reading before a second one of any, so that it tells what the title claims."""
    strongest = sorted(members, key=lambda i: (-m.standing[i].margin, m.standing[i].first, i))
    heads = {int(m.conclusion.judged.leading[i]): i for i in reversed(strongest)}
    return sorted(strongest, key=lambda i: heads[int(m.conclusion.judged.leading[i])] != i)[:TOLD]


def _summary(m: Material, g: Group, members: Sequence[int], lead: int, actions: Sequence[Mapping[str, str]], course: Story) -> str:
    first = len(m.cases)
    seen = []
    for i in _tellers(m, members):
        seen.append((m.standing[i].first, f"{m.cases[i].title.rstrip('.')} ({timestamp(m.cases[i].opened_at)[:16].replace('T', ' ')} UTC)."))
    told = [*([course.sentence] if course.sentence else []), *(s for _, s in sorted(seen))]
    if len(members) > TOLD:
        told.append(f"{len(members) - TOLD} more investigations belong to it.")
    h = m.conclusion.judged.leading[lead]
    supports = [narrate.meaning(m.book, m.answers[r - first]) for r in narrate.strongest(m.conclusion.weights.bits, m.conclusion.weights.counted, m.rows_of[lead], h, 1) if r >= first]
    if supports:
        told.append("What weighs most: " + "; ".join(supports) + ".")
    r = _innocent(m, lead)
    if r >= 0:
        bits = float(m.conclusion.belief[lead, r])
        against = [narrate.meaning(m.book, m.answers[x - first]) for x in narrate.strongest(m.conclusion.weights.bits, m.conclusion.weights.counted, m.rows_of[lead], r, -1, 2) if x >= first]
        because = "; ".join(against) or "what speaks for it weighs less"
        ends = f"{m.book.hypotheses[r].text} It ends at {bits:+.1f} bits against {m.conclusion.belief[lead, h]:+.1f}"
        innocent = f"The best innocent reading is: {ends}: {because}." if against or bits > m.book.prior[r] else f"Nothing that was found speaks for an innocent reading; the likeliest beforehand is: {ends}."
    else:
        innocent = "No innocent reading that is known fits what was seen."
    if g.by_company:
        innocent += " None of these investigations crossed the line alone; together they do."
    steps = advise.next_steps(actions)
    return narrate.incident_summary(told, innocent, steps or ["Look at the evidence below, and ask the owner of what it names."])


def _sufficed(m: Material, i: int) -> datetime:
    """The log time at which a case could first be decided: its last counted answer is final when the log has passed its window."""
    first = len(m.cases)
    waits = [m.book.questions[m.answers[r - first].question].after for r in telling_rows(m, i) if r >= first]
    return m.cases[i].opened_at + max(waits, default=m.cases[i].opened_at - m.cases[i].opened_at)


def _techniques(m: Material, members: Sequence[int]) -> list[str]:
    """The techniques that the strongest cases show, at most so many: each rule speaks once, however often it fired. Beside its own part no technique is named as a whole."""
    rules: dict[str, set[str]] = {}
    best: dict[str, float] = {}
    for i in members:
        case, margin = m.cases[i], m.standing[i].margin
        named = case.techniques or (m.book.hypotheses[m.conclusion.judged.leading[i]].techniques[:1] if margin >= RAISE else ())
        for t in named:
            rules.setdefault(t, set()).add(case.rule)
            best[t] = max(best.get(t, -30.0), margin)
    parts = {t.partition(".")[0] for t in best if "." in t}
    chosen = sorted((t for t in best if t not in parts), key=lambda t: (-round(best[t]), -len(rules[t]), t))[:TECHNIQUES]
    return sorted(chosen)


def _entities(m: Material, members: Sequence[int]) -> list[dict[str, str]]:
    """The entities of the alerts, those of raised cases and of most alerts first."""
    weight: Counter[tuple[str, str, str]] = Counter()
    for i in members:
        for e in m.cases[i].entities:
            weight[(e.kind, e.name, e.role)] += 2 if m.standing[i].margin >= RAISE else 1
    seen: dict[tuple[str, str], str] = {}
    for (kind, name, role), _ in sorted(weight.items(), key=lambda x: (x[0][0] == "account", -x[1], x[0])):
        seen.setdefault((kind, name), role)
    return [{"kind": k, "name": n, "role": r} for (k, n), r in list(seen.items())[:ENTITIES]]


def _details(m: Material, members: Sequence[int], course: Story) -> list[dict[str, Any]]:
    """The story, then typed facts of the answers that counted, and the features of the strongest alerts."""
    first = len(m.cases)
    return [*_began(m, members, course), *course.rows, *_figures(m, members, first)]


def _began(m: Material, members: Sequence[int], course: Story) -> list[dict[str, Any]]:
    """Patient zero: the machine, or who else it began with, and the account there. What was raised before the first odd start knows better, unless it is about the same."""
    begin, zero = _patient_zero(m, members)
    machine = m.machines.host(zero.kind, zero.name, m.cases[begin].opened_at) or (zero.name if zero.kind in ("host", "ip") else "") if zero else ""
    since, account = m.standing[begin].first, next((e.name for i in (begin, *members) for e in m.cases[i].entities if e.kind == "user"), "")
    if course.since and (course.since <= since or not zero or machine == course.zero or zero.name == course.account):
        machine, account, since = course.zero, course.account, course.since
    if machine:
        machine, account = back(machine, account, since, course.passages, lambda name: _own_machine(m, name))
    said = f"{'ip' if is_address(machine) else 'host'}:{machine}" if machine else f"{zero.kind}:{zero.name}" if zero else ""
    return [{"name": name, "value": value, "unit": ""} for name, value in (("patient zero", said), ("patient zero: account", account)) if value]


def _own_machine(m: Material, name: str) -> bool:
    """A machine of ours: a name, which only machines of ours have here, or an address that is."""
    return _ours(m, "ip", name) or is_private(name) if is_address(name) else bool(name)


def _figures(m: Material, members: Sequence[int], first: int) -> list[dict[str, Any]]:
    out: dict[str, dict[str, Any]] = {}
    for ip, host in list(_machines(m, members).items())[:MACHINES]:
        out[ip] = {"name": f"the machine of {ip}", "value": host, "unit": ""}
    for i in sorted(members, key=lambda i: (-m.standing[i].margin, i)):
        for name, value in m.cases[i].features.items():
            if name not in (UNLISTED, FIRST) and isinstance(value, int | float | str) and len(out) < 24:
                out.setdefault(f"{m.cases[i].rule}: {name}", {"name": f"{m.cases[i].rule}: {name}", "value": value, "unit": ""})
        for r in telling_rows(m, i):
            if r < first:
                continue
            a = m.answers[r - first]
            for measure, (label, unit) in m.book.questions[a.question].details.items():
                if a.facts.get(measure) is not None and len(out) < 40:
                    out.setdefault(label, {"name": label, "value": a.facts[measure], "unit": unit})
    return list(out.values())


def _machines(m: Material, members: Sequence[int]) -> dict[str, str]:
    """The hosts behind the addresses that the cases name, as of the first of them."""
    return _hosts(m, members, "ip")


def _hosts(m: Material, members: Sequence[int], *kinds: str) -> dict[str, str]:
    out: dict[str, str] = {}
    for i in members:
        for e in m.cases[i].entities:
            if e.kind in kinds and e.name not in out and (host := m.machines.host(e.kind, e.name, m.cases[i].opened_at)):
                out[e.name] = host
    return out


def _patient_zero(m: Material, members: Sequence[int]) -> tuple[int, Entity | None]:
    """The earliest raised case, and who of ours it began with: the identity or machine that acted, else the one that was reached; None if that case names none."""
    raised = [i for i in members if m.standing[i].margin >= RAISE] or list(members)
    begin = min(raised, key=lambda i: (m.standing[i].first, i))
    ours = [e for e in m.cases[begin].entities if e.kind in _OURS or (e.kind == "ip" and _ours(m, e.kind, e.name))]
    ours.sort(key=lambda e: (e.role in REACHED, _OURS.index(e.kind) if e.kind in _OURS else len(_OURS), e.name))
    return begin, (ours[0] if ours else None)


def _indicators(m: Material, entities: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """What is worth blocking or hunting: outside addresses, domains, hashes, URLs, stolen keys."""
    wanted = ("domain", "url", "hash", "key")
    return [{"kind": e["kind"], "name": e["name"]} for e in entities if e["kind"] in wanted or (e["kind"] == "ip" and not _ours(m, e["kind"], e["name"]))]


def _ours(m: Material, kind: str, name: str) -> bool:
    """What is no stranger's address, as far as the table of addresses knows."""
    return kind != "ip" or m.commons.get((kind, name)) in (Common.OWN, Common.PUBLIC, Common.RELAY)


def _named_first(m: Material, hypotheses: Sequence[tuple[str, float]]) -> list[str]:
    """What to do about a reading with a name goes before what can always be done."""
    return sorted((h for h, _ in hypotheses), key=lambda h: _unnamed(m, h))


def _actions(m: Material, members: Sequence[int], hypotheses: Sequence[tuple[str, float]], entities: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """What each reading calls for, done to what the cases are about that it leads; if it leads none, to those in which it is more likely true than not."""
    judged, everything = m.conclusion.judged, frozenset((e["kind"], e["name"]) for e in entities)
    readings = []
    for name in _named_first(m, hypotheses):
        h = m.book.ids.index(name)
        led = [i for i in members if judged.leading[i] == h]
        cases = led or [i for i in members if judged.in_play[i, h] and m.conclusion.belief[i, h] > 0]
        readings.append((m.book.hypotheses[h], frozenset((e.kind, e.name) for i in cases for e in m.cases[i].entities) or everything))
    return advise.recommended(readings, entities, lambda kind, name: _ours(m, kind, name), _hosts(m, members, "ip", "host", "resource"))


def _score(m: Material, members: Sequence[int], hypotheses: Sequence[tuple[str, float]]) -> float:
    """0..100 from certainty (40), how far it came (30), how much it touches (15), and how much that matters (15)."""
    certainty = 40 * (2 * float(concern(np.array([max(m.standing[i].margin for i in members)]))[0]) - 1)
    raised = [i for i in members if m.standing[i].margin >= RAISE]
    stages = {m.book.hypotheses[m.conclusion.judged.leading[i]].stage for i in raised}
    reached = 5 * max((_STAGE.get(s, 2) for s in stages), default=2) * (0.7 + 0.1 * min(3, len(stages)))
    touched = min(15.0, 1.5 * len({e for i in members for e in m.standing[i].entities}))
    matter = max((15.0 * (1 if a.get("vip") or a.get("decoy") or a.get("criticality") in ("critical", "high") else 0.5) for i in members for e in m.standing[i].entities if (a := m.assets.get(e))), default=5.0)
    return round(min(100.0, max(0.0, certainty) + min(30.0, reached) + touched + matter), 1)
