"""The story of an incident, told from its traces: where it began, how it came in, where it went, what it tried in vain, and what no log covered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from vidocq.engine.ledger import timestamp
from vidocq.engine.trace import Trace

RIVALS = ("application", "remote sign-in", "stolen credentials", "management plane")
"""The ways in that are judged against one another."""
ITSELF = "starts by itself"
NOTHING, PARTLY, DEAF, OPEN = "nothing just before", "nothing just before in the logs that were heard", "not covered", "left open"
LISTED = 12
"""Passages, and attempts in vain, that an incident lists."""
_HEADED = ("patient zero", "entry", "passage", "tried and failed", "came again", "not covered")

Row = dict[str, Any]


def tells_story(name: str) -> bool:
    """Whether a detail of this name is part of the story, rather than a figure that decided something."""
    return name.startswith(_HEADED)


@dataclass(frozen=True, slots=True)
class Story:
    """What is known of the course of an incident; `rows` are details of it."""

    zero: str = ""
    """The machine of the first odd start, and who ran it there."""
    account: str = ""
    since: datetime | None = None
    rows: tuple[Row, ...] = ()
    sentence: str = ""
    passages: tuple[Trace, ...] = ()
    attackers: tuple[str, ...] = ()
    """Addresses from which it came in, as far as that is judged."""


def story(traces: Sequence[Trace]) -> Story:
    """The story that the traces of one incident tell; an empty one without traces."""
    waves = [t for t in traces if t.kind == "wave"]
    beside: dict[str, list[Trace]] = {}
    for t in traces:
        if t.of:
            beside.setdefault(t.of, []).append(t)
    rows: list[Row] = []
    machine, account, since, sentence, attackers = "", "", None, "", []
    if waves:
        zero = waves[0]
        way, by = _entry(zero, beside.get(zero.uid, ()))
        rows += _entered(zero, way, by, beside.get(zero.uid, ()))
        attackers = [by.source] if by and by.source else []
        machine, account, since = zero.host, _who(zero, way, by), by.time if by else zero.time
        sentence = _sentence(zero, way, by)
    went = _passages(traces, waves, beside)
    rows += _listed("passage", [_went(t) for t in went])
    rows += _listed("tried and failed", [_went(t) for t in _merged(traces, "tried")])
    rows += _again(waves, beside)
    deaf = _deaf(waves, beside)
    rows += [_row("not covered", "; ".join(deaf))] if deaf else []
    return Story(machine, account, since, tuple(rows), sentence, tuple(went), tuple(attackers))


def back(machine: str, account: str, since: datetime, passages: Sequence[Trace], ours: Callable[[str], bool]) -> tuple[str, str]:
    """The machine and the account that it began with: back along what reached a machine, as long as that is one of ours."""
    met = {machine}
    while earlier := [t for t in passages if t.host == machine and t.time <= since and t.how != "application" and t.source and t.source not in met and ours(t.source)]:
        last = max(earlier)
        machine, account, since = last.source, last.account or account, last.time
        met.add(machine)
    return machine, account


def _who(wave: Trace, way: str, by: Trace | None) -> str:
    """The account: whoever signed in knows better than a service that runs what they sent."""
    return by.account if by and by.account and way != "application" else wave.account


def _row(name: str, value: Any, unit: str = "") -> Row:
    return {"name": name, "value": value, "unit": unit}


def _listed(name: str, values: Iterable[str]) -> list[Row]:
    told = list(dict.fromkeys(values))
    more = [_row(f"{name}: more", len(told) - LISTED)] if len(told) > LISTED else []
    return [_row(f"{name} {n}", value) for n, value in enumerate(told[:LISTED], 1)] + more


def _entry(wave: Trace, beside: Sequence[Trace]) -> tuple[str, Trace | None]:
    """The way in, and what shows it: what the start descends from decides; else what alone stands just before it; else it is left open."""
    rivals = {t.how: t for t in beside if t.kind == "rival"}
    heard = {t.how for t in beside if t.kind == "heard"}
    if wave.how in RIVALS:
        way = "stolen credentials" if wave.how == "remote sign-in" and "stolen credentials" in rivals else wave.how
        return way, rivals.get(way) or rivals.get(wave.how)
    if wave.how == ITSELF:
        # What starts by itself was set earlier: whatever came just before it is no way in.
        return OPEN, None
    ways = [w for w in RIVALS if w in rivals]
    if "stolen credentials" in ways:
        ways.remove("remote sign-in")
    everything = set(RIVALS) <= heard | set(rivals)
    if len(ways) == 1 and everything:
        return ways[0], rivals[ways[0]]
    # One thing that stands before it is no way in while nobody listened at the other doors.
    return (OPEN if ways else NOTHING if everything else PARTLY if heard & set(RIVALS) else DEAF), None


def _entered(wave: Trace, way: str, by: Trace | None, beside: Sequence[Trace]) -> list[Row]:
    rivals = {t.how: t for t in beside if t.kind == "rival"}
    heard = {t.how for t in beside if t.kind == "heard"}
    rows = [_row("entry", way), _row("entry: first odd start", f"{wave.what} (started by {wave.source or 'an unknown program'} on {wave.host} as {wave.account or 'an unknown account'})"), _row("entry: time", timestamp(wave.time))]
    if by:
        rows += [_row("entry: from", by.source), _row("entry: by", by.what), _row("entry: before the first odd start", _before(by, wave), "seconds")]
    for w in RIVALS:
        told = _evidence(rivals[w], wave) if w in rivals else NOTHING if w in heard else DEAF
        if wave.how == w:
            told = f"{wave.source} started it; {told}"
        rows.append(_row(f"entry by {w}", told))
    return rows


def _before(t: Trace, wave: Trace) -> float:
    return round((wave.time - t.time).total_seconds(), 1)


def _evidence(t: Trace, wave: Trace) -> str:
    who = f" as {t.account}" if t.account else ""
    others = f", the nearest of {t.times:,}" if t.times > 1 else ""
    return f"{t.source or 'from nowhere named'}{who}: {t.what}, {_before(t, wave):,.1f} s before{others}"


def _sentence(wave: Trace, way: str, by: Trace | None) -> str:
    account = _who(wave, way, by)
    where = f"The first odd start is on {wave.host}" + (f", as {account}" if account else "")
    if way not in RIVALS:
        return f"{where}; how it came in is {way}." if way in (OPEN, DEAF) else f"{where}; {way} shows how it came in."
    # Where there is nothing but what the start descends from, the way is known and who came is not.
    return f"{where}. The way in: {way}, " + (f"from {by.source or 'nowhere named'} ({by.what}), {_before(by, wave):,.0f} seconds before the first odd start." if by else f"by what started it ({wave.source}); no log shows from where.")


def _passages(traces: Sequence[Trace], waves: Sequence[Trace], beside: Mapping[str, Sequence[Trace]]) -> list[Trace]:
    """Every passage in order of time; the entry of each machine among them, where nothing else tells how it was reached."""
    went = _merged(traces, "passage")
    reached: set[str] = {t.host for t in went}
    for w in waves:
        if w.host in reached:
            continue
        reached.add(w.host)
        way, by = _entry(w, beside.get(w.uid, ()))
        if way in RIVALS:
            went.append(Trace(w.incident, by.time if by else w.time, "passage", w.host, by.source if by else "", _who(w, way, by), _by_what(w, way, by), uid=w.uid))
    return sorted(went)


_SESSIONS = {"sshd": "SSH", "sshd-session": "SSH", "dropbear": "SSH", "wsmprovhost.exe": "WinRM", "winrshost.exe": "WinRM", "wmiprvse.exe": "WMI", "psexesvc.exe": "a service (psexec)", "services.exe": "a service (psexec)"}
"""What serves a session, or runs what was sent, and the way that stands for."""


def _by_what(wave: Trace, way: str, by: Trace | None) -> str:
    if way in ("remote sign-in", "stolen credentials"):
        return _SESSIONS.get(wave.source) or ("SSH" if by and by.what.startswith("ssh") else "RDP" if by and by.what.startswith("rdp") else way)
    return way


def _merged(traces: Sequence[Trace], kind: str) -> list[Trace]:
    """Those of a kind, each passage once: what several logs tell is told by the one that knows most."""
    of = [t for t in traces if t.kind == kind and t.source != t.host]
    named = {(t.source, t.host, t.how) for t in of if t.account}
    signed = {(t.source, t.host) for t in of if "(a connection)" not in t.how}
    first: dict[tuple[str, ...], Trace] = {}
    for t in sorted(of):
        if (not t.account and (t.source, t.host, t.how) in named) or ("(a connection)" in t.how and (t.source, t.host) in signed):
            continue
        key = (t.source, t.host, t.account, t.how)
        first[key] = replace(first[key], times=first[key].times + t.times) if key in first else t
    return list(first.values())


def _went(t: Trace) -> str:
    often = f", {t.times:,} times" if t.times > 1 else ""
    who = f" as {t.account}" if t.account else ""
    return f"{timestamp(t.time)[:19].replace('T', ' ')} UTC  {t.source or '(no log says)'} -> {t.host}{who} by {t.how}{f' ({t.what})' if t.what else ''}{often}"


def _again(waves: Sequence[Trace], beside: Mapping[str, Sequence[Trace]]) -> list[Row]:
    """Each later wave on a machine: broken into again, or something that stayed. Which of them, only where what starts by itself would have been seen."""
    seen: set[str] = set()
    told = []
    for w in waves:
        if w.host not in seen:
            seen.add(w.host)
            continue
        near = beside.get(w.uid, ())
        way, by = _entry(w, near)
        visible = any(t.kind == "heard" and t.how == ITSELF for t in near)
        if w.how == ITSELF:
            how = f"by itself: {w.source} started it"
        elif way in RIVALS and by and visible:
            how = f"entered again by {way}, from {by.source or 'nowhere named'}, {_before(by, w):,.0f} seconds before: {by.what}"
        elif way in RIVALS and by:
            how = f"{OPEN}: {by.source or 'somebody'} came by {way} {_before(by, w):,.0f} seconds before, but no log shows what starts by itself there"
        else:
            how = f"{OPEN}: {NOTHING if visible else 'no log shows what starts by itself there'}"
        told.append(f"{timestamp(w.time)[:19].replace('T', ' ')} UTC on {w.host}, {how} ({w.what})")
    return _listed("came again", told)


def _deaf(waves: Sequence[Trace], beside: Mapping[str, Sequence[Trace]]) -> list[str]:
    """What no log told of, machine by machine."""
    missing: dict[str, dict[str, None]] = {}
    names = {"application": "requests", "remote sign-in": "sign-ins", "management plane": "the management plane", ITSELF: "what starts by itself"}
    for w in waves:
        heard = {t.how for t in beside.get(w.uid, ()) if t.kind == "heard"}
        for way, name in names.items():
            if way not in heard:
                missing.setdefault(name, {})[w.host] = None
    return [f"{name} ({', '.join(hosts)})" for name, hosts in missing.items()]
