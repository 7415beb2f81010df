"""How the firm's people are known to its office suite and its identity provider: names, devices, factors, and the addresses they come from at each hour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from vidocq.simulation import ids
from vidocq.simulation.clock import DAY, HOUR, MINUTE, is_workday, midnight
from vidocq.simulation.firm import DEPARTMENTS, Employee, Firm, Host
from vidocq.simulation.words import FIRST, LAST

FACTORS = ("push", "push", "push", "push", "push", "push", "code", "code", "key", "text")
"""What people use beside the password, by how many use it."""
_PHONES = (
    ("iOS", "Outlook-iOS/4.2510.0 (iPhone; iOS 18.3.1)", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Mobile/15E148 Safari/604.1"),
    ("Android", "Outlook-Android/4.2508.1 (Pixel 8; Android 15)", "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.0.0 Mobile Safari/537.36"),
)
_SYSTEMS = (("Windows NT", "Windows10"), ("Macintosh", "MacOs"), ("Linux", "Linux"))


@dataclass(frozen=True, slots=True)
class Device:
    """What somebody signs in with. `managed`: the firm's own; `app` is what its mail program calls itself."""

    name: str
    system: str
    browser: str
    agent: str
    app: str
    id: str = ""
    managed: bool = False


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch of a day in which somebody works from one address."""

    start: float
    end: float
    address: str
    where: str


def guid(firm: Firm, *what: str) -> str:
    """The identifier of a thing: the same for the same firm and words."""
    return ids.uuid4(Random(f"{firm.seed}/guid/{'/'.join(what)}"))


def tenant(firm: Firm) -> str:
    """The identifier of the firm's directory."""
    return guid(firm, "tenant")


def upn(firm: Firm, who: Employee) -> str:
    """The name somebody signs in with."""
    return f"{who.login}@{firm.domain}"


def spoken(who: Employee) -> str:
    """The name as people read it."""
    return f"{who.given.title()} {who.family.title()}"


def browser_of(agent: str) -> str:
    """A browser as sign-in logs name it."""
    for mark, name in (("Firefox/", "Firefox"), ("Edg/", "Edge"), ("Chrome/", "Chrome"), ("Version/", "Safari")):
        if mark in agent:
            return f"{name} {agent.split(mark)[1].split(' ', maxsplit=1)[0]}"
    return "Rich Client 4.66.2.0"


def device(agent: str, name: str = "", id: str = "", managed: bool = False, app: str = "") -> Device:
    """A device by what its browser says of itself."""
    system = next((told for mark, told in _SYSTEMS if mark in agent), "")
    return Device(name, system, browser_of(agent), agent, app or "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.18429; Pro)", id, managed)


def desk(firm: Firm, who: Employee) -> Device:
    """Somebody's workstation."""
    return device(who.host.agent, who.host.name.upper(), guid(firm, "device", who.host.name), managed=True)


def phone(firm: Firm, who: Employee) -> Device:
    """Somebody's telephone."""
    system, app, agent = Random(f"{firm.seed}/phone/{who.login}").choice(_PHONES)
    return Device("", system, browser_of(agent), agent, app, guid(firm, "phone", who.login) if Random(f"{firm.seed}/enrolled/{who.login}").random() < 0.5 else "")


def factor(firm: Firm, who: Employee) -> str:
    """What somebody uses beside the password."""
    return Random(f"{firm.seed}/factor/{who.login}").choice(FACTORS)


def employee(firm: Firm, kind: str) -> Employee:
    """The first of the people with access to the cloud who is of that kind, as an employee."""
    name = firm.person(kind).name
    return next(e for e in firm.staff if e.login == name)


def gateways(firm: Firm) -> tuple[tuple[str, str], ...]:
    """Addresses behind which many people stand: ("phone", address) of a carrier, ("hotel", address) of rooms that travellers sleep in."""
    rng = Random(f"{firm.seed}/gateways")
    return (
        *(("phone", f"241.{rng.randrange(4)}.{n}.{rng.randrange(2, 250)}") for n in range(24)),
        *(("hotel", f"242.{rng.randrange(4)}.{n}.{rng.randrange(2, 250)}") for n in range(12)),
    )


def carrier(firm: Firm, who: Employee, day: int) -> str:
    """The address that somebody's telephone comes from: the carrier gives another one every few days."""
    own = Random(f"{firm.seed}/carrier/{who.login}")
    few = own.sample([a for kind, a in gateways(firm) if kind == "phone"], 3)
    return few[Random(f"{firm.seed}/carrier/{who.login}/{day // 3}").randrange(3)]


def away(firm: Firm, who: Employee, day: int) -> str | None:
    """The hotel from which somebody works who travels on that day: of those who sell, one in eight each week from Tuesday to Thursday, the first week nobody."""
    travels = who.department in ("sales", "service") and 1 <= day % 7 <= 3 and day >= 7 and Random(f"{firm.seed}/away/{who.login}/{day // 7}").random() < 0.125
    hotels = [a for kind, a in gateways(firm) if kind == "hotel"]
    return Random(f"{firm.seed}/hotel/{who.login}/{day // 7}").choice(hotels) if travels else None


def spells(firm: Firm, who: Employee, day: int) -> tuple[Spell, ...]:
    """Where somebody works from on a day, in order; empty if they do not work. From home many go through the firm's network once the VPN is up."""
    on = firm.presence(who.host, day)
    if on is None:
        return ()
    start, end = on
    if who.host in firm.workstations[-2:]:
        # The machine is never switched off; whoever owns it goes home all the same.
        start, end = midnight(day) + 8.6 * HOUR, midnight(day) + 17.4 * HOUR
        if not is_workday(day):
            return ()
    if hotel := away(firm, who, day):
        return (Spell(start, end, hotel, "hotel"),)
    first, then, moves = _places(firm, who, day, start)
    return tuple(s for s in (Spell(start, min(moves, end), *first), Spell(moves, end, *then)) if s.start < s.end)


def _places(firm: Firm, who: Employee, day: int, start: float) -> tuple[tuple[str, str], tuple[str, str], float]:
    """Where somebody begins the day, where they go on, and when they change over."""
    rng = Random(f"{firm.seed}/spells/{who.login}/{day}")
    office, home, tunnel = (firm.office, "office"), (who.home, "home"), (firm.office, "vpn")
    if rng.random() < 0.3 or not is_workday(day):
        return home, tunnel if rng.random() < 0.6 else home, start + rng.uniform(2, 40) * MINUTE
    return office, home if rng.random() < 0.15 else office, start + rng.uniform(5, 7) * HOUR


def spell_at(firm: Firm, who: Employee, at: float) -> Spell | None:
    """Where somebody works from at a moment."""
    return next((s for s in spells(firm, who, int((at - midnight(0)) // DAY)) if s.start <= at < s.end), None)


def times(rng: Random, spell: Spell, a_day: float) -> Iterator[float]:
    """Moments within a spell, at a rate of so many in eight hours."""
    mean = a_day * (spell.end - spell.start) / (8 * HOUR)
    yield from sorted(rng.uniform(spell.start, spell.end) for _ in range(max(0, round(rng.gauss(mean, mean**0.5)))))


@dataclass(frozen=True, slots=True)
class Mover:
    """Somebody who joins on a day, or leaves on one."""

    who: Employee
    joins: int | None
    leaves: int | None


def movers(firm: Firm, day: int) -> Iterator[Mover]:
    """Those who join in the week of this day, and those who leave in it; about two of a hundred a week."""
    week = day // 7
    rng = Random(f"{firm.seed}/movers/{week}")
    for n in range(sum(rng.random() < 0.02 for _ in firm.staff) + (week == 0)):
        given, family = rng.choice(FIRST), rng.choice(LAST)
        host = Host(f"ws-new-{week}-{n}", f"10.254.{week % 250}.{n + 10}", "workstation", rng.choice(firm.workstations).agent)
        who = Employee(f"{given}.{family}{week}{n}", given, family, rng.choice(DEPARTMENTS), host, "", f"240.250.{week % 250}.{n + 10}")
        yield Mover(who, week * 7 + rng.randrange(2), None) if rng.random() < 0.6 else Mover(who, None, week * 7 + 4)


def newcomers(firm: Firm, day: int) -> tuple[Employee, ...]:
    """Those beside the staff who work here on a day: joined within the last weeks, or about to leave."""
    weeks = range(max(0, day // 7 - 3), day // 7 + 2)
    known = [m for w in weeks for m in movers(firm, w * 7)]
    return tuple(m.who for m in known if (m.joins is not None and m.joins <= day) or (m.leaves is not None and day <= m.leaves))
