"""The made-up firm that a seed gives: its people, machines, addresses and the sites they visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from vidocq.simulation import ids
from vidocq.simulation.clock import DAY, HOUR, is_workday, midnight
from vidocq.simulation.words import FIRST, LAST, NATURE, SHARED, SITE, TRADE


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with access to the cloud account. `kind`: admin, oncall, developer, desk, analyst."""

    name: str
    kind: str
    principal: str
    key: str
    home: str
    agent: str
    browser: str


@dataclass(frozen=True, slots=True)
class Host:
    """A machine inside. `role` says what it does; `zone`: by how many hours the day of who sits there is later than the office's."""

    name: str
    ip: str
    role: str
    agent: str = ""
    zone: float = 0.0


@dataclass(frozen=True, slots=True)
class Employee:
    """Somebody who works here. `login` is the account's name everywhere (DOMAIN\\login, login@domain), `home` the address they have there."""

    login: str
    given: str
    family: str
    department: str
    host: Host
    sid: str
    home: str


@dataclass(frozen=True, slots=True)
class Site:
    """A site outside, with the addresses it answers from."""

    domain: str
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Firm:
    """Everything about the firm that does not change during the example."""

    seed: int
    name: str
    account: str
    partner_account: str
    region: str
    people: tuple[Person, ...]
    staff: tuple[Employee, ...]
    workstations: tuple[Host, ...]
    servers: dict[str, Host]
    more_servers: tuple[Host, ...]
    sites: tuple[Site, ...]
    shared: tuple[Site, ...]
    vendors: dict[str, Site]
    office: str
    runner: str
    travel: str
    partner: str
    public: str
    visitors: tuple[str, ...]
    scanners: tuple[str, ...]
    strangers: tuple[str, ...]
    buckets: tuple[str, ...]

    @property
    def domain(self) -> str:
        """The firm's own domain."""
        return f"{self.name}.example"

    @property
    def realm(self) -> str:
        """The name of its directory's domain, as Windows writes it before an account."""
        return self.name.upper()[:15]

    def person(self, kind: str) -> Person:
        """The first of the people of that kind."""
        return next(p for p in self.people if p.kind == kind)

    def presence(self, host: Host, day: int) -> tuple[float, float] | None:
        """When a workstation is on that day; None if it stays off. The last two are never switched off."""
        if host in self.workstations[-2:]:
            return midnight(day), midnight(day) + DAY
        rng = Random(f"{self.seed}/presence/{host.ip}/{day}")
        if rng.random() > (0.95 if is_workday(day) else 0.06) or self._on_leave(host, day):
            return None
        zone = host.zone * HOUR
        return midnight(day) + rng.gauss(8.6, 0.4) * HOUR + zone, midnight(day) + rng.gauss(17.4, 0.6) * HOUR + zone

    def _on_leave(self, host: Host, day: int) -> bool:
        """One week in ten somebody is away; the first two weeks everybody is there, so that short examples are full."""
        return day >= 14 and Random(f"{self.seed}/leave/{host.ip}/{day // 7}").random() < 0.1


def place(firm: Firm, person: Person, day: int) -> str:
    """Where the person works from that day."""
    return person.home if Random(f"{firm.seed}/home/{person.name}/{day}").random() < 0.3 or not is_workday(day) else firm.office


PROXIED = 6
"""How many of the workstations may only reach the web through the proxy."""

_AGENTS = (
    "aws-cli/2.15.30 Python/3.11.8 Linux/6.5.0-21-generic exe/x86_64.ubuntu.22 prompt/off command/{}",
    "aws-cli/2.17.9 md/awscrt#0.20.11 ua/2.0 os/macos#23.5.0 md/arch#arm64 lang/python#3.11.8 md/pyimpl#CPython cfg/retry-mode#standard "
    "md/installer#source md/prompt#off md/command#{}",
    "aws-cli/2.13.0 Python/3.11.4 Windows/10 exe/AMD64 prompt/off command/{}",
)
_BROWSERS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.0.0 Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64; rv:135.0) Gecko/20100101 Firefox/135.0",
)
_KINDS = ("admin", "oncall", "developer", "developer", "developer", "desk", "analyst", "developer")
_SERVERS = {
    "resolver": 10,
    "proxy": 11,
    "files": 20,
    "mail": 21,
    "build": 22,
    "database": 23,
    "backup": 30,
    "monitor": 31,
    "scanner": 32,
    "jump": 40,
    "web": 80,
    "directory": 5,
}
DEPARTMENTS = ("sales", "sales", "finance", "people", "marketing", "production", "production", "service", "technology", "legal")
_ZONES = (0.0,) * 27 + (-3.0, 3.0, -6.0)
"""A tenth of the desks beyond the first twenty stands in another part of the world."""
_REGIONS = ("eu-west-1", "eu-central-1", "us-east-2", "ca-central-1")


def _pool(seed: int) -> list[str]:
    """Every documentation address of IPv4, in an order of the seed's own."""
    pool = [f"{net}.{last}" for net in ("192.0.2", "198.51.100", "203.0.113") for last in range(1, 255)]
    Random(f"{seed}/addresses").shuffle(pool)
    return pool


def _staff(seed: int, people: tuple[Person, ...], stations: tuple[Host, ...]) -> tuple[Employee, ...]:
    """Who sits at each workstation; those with access to the cloud first."""
    rng, authority = Random(f"{seed}/staff"), f"S-1-5-21-{Random(f'{seed}/sid').randrange(10**8, 4 * 10**9)}-{seed % 10**6 + 1001}-{Random(f'{seed}/sid2').randrange(10**8, 4 * 10**9)}"
    taken, staff = {p.name for p in people}, []
    for n, host in enumerate(stations):
        if n < len(people):
            given, _, family = people[n].name.partition(".")
            login, department = people[n].name, "technology"
        else:
            given, family = rng.choice(FIRST), rng.choice(LAST)
            login = f"{given}.{family}"
            while login in taken:
                given, family = rng.choice(FIRST), rng.choice(LAST)
                login = f"{given}.{family}" if len(taken) < 2000 else f"{given}.{family}{n}"
            department = rng.choice(DEPARTMENTS)
        taken.add(login)
        home = people[n].home if n < len(people) else f"240.{n // 200}.{n % 200 + 1}.{rng.randrange(2, 250)}"
        staff.append(Employee(login, given, family, department, host, f"{authority}-{1104 + n}", home))
    return tuple(staff)


def _people(rng: Random, pool: list[str]) -> tuple[Person, ...]:
    names = [f"{a}.{b}" for a, b in zip(rng.sample(FIRST, len(_KINDS)), rng.sample(LAST, len(_KINDS)), strict=True)]
    return tuple(
        Person(name, kind, ids.aws(rng, "AIDA"), ids.aws(rng, "AKIA"), pool.pop(), rng.choice(_AGENTS), rng.choice(_BROWSERS))
        for name, kind in zip(names, _KINDS, strict=True)
    )


def _machines(rng: Random, many: int, more: int) -> tuple[tuple[Host, ...], dict[str, Host], tuple[Host, ...]]:
    second, desks, halls = rng.randrange(10, 250), rng.randrange(20, 120), rng.randrange(121, 250)
    words = rng.sample(NATURE, 20)
    stations = tuple(
        Host(f"ws-{w}", f"10.{second}.{desks}.{last}", "workstation", rng.choice(_BROWSERS))
        for w, last in zip(words, sorted(rng.sample(range(20, 240), 20)), strict=True)
    )
    # Desks beyond the first twenty lie in networks of their own, two hundred to each.
    others = tuple(
        Host(f"ws-{NATURE[n % len(NATURE)]}-{n}", f"10.{(second + 1) % 256}.{n // 200}.{n % 200 + 20}", "workstation", _BROWSERS[n % len(_BROWSERS)], rng.choice(_ZONES)) for n in range(20, many)
    )
    servers = {role: Host(f"srv-{role}", f"10.{second}.{halls}.{last}", role) for role, last in _SERVERS.items()}
    roles = ("app", "queue", "cache", "search", "report", "stage")
    further = tuple(Host(f"srv-{roles[n % 6]}-{n // 6 + 1}", f"10.{second}.{halls + 1}.{n + 10}", roles[n % 6]) for n in range(min(more, 240)))
    return (stations + others)[:many], servers, further


def _sites(rng: Random, pool: list[str], kinds: Sequence[str], count: int, spread: int) -> tuple[Site, ...]:
    names = [f"{w}{k}.example" for w in NATURE for k in kinds]
    return tuple(Site(name, tuple(pool.pop() for _ in range(rng.randint(1, spread)))) for name in rng.sample(names, count))


_VENDORS = ("telemetry", "update", "suite", "mirror", "objects", "time", "chat", "backup", "antivirus")


def _vendors(rng: Random, pool: list[str]) -> dict[str, Site]:
    words = rng.sample(NATURE, len(_VENDORS))
    return {kind: Site(f"{kind}.{word}{rng.choice(TRADE)}.example", (pool.pop(), pool.pop())) for kind, word in zip(_VENDORS, words, strict=True)}


def firm(seed: int, people: int = 20, servers: int = 12) -> Firm:
    """The firm of a seed: the same arguments give the same firm. `people` sit at as many workstations, at least twelve; `servers` beyond the twelve that every firm has do the same work again."""
    rng, pool = Random(f"{seed}/firm"), _pool(seed)
    name = rng.choice(NATURE) + rng.choice(TRADE)
    known = _people(rng, pool)
    stations, halls, further = _machines(rng, people, servers - len(_SERVERS))
    account, partner_account = rng.sample(("111122223333", "444455556666", "777788889999"), 2)
    return Firm(
        seed=seed,
        name=name,
        account=account,
        partner_account=partner_account,
        region=rng.choice(_REGIONS),
        people=known,
        staff=_staff(seed, known, stations),
        workstations=stations,
        servers=halls,
        more_servers=further,
        sites=_sites(rng, pool, SITE, 110, 2),
        shared=_sites(rng, pool, SHARED, 14, 3),
        vendors=_vendors(rng, pool),
        office=pool.pop(),
        runner=pool.pop(),
        travel=pool.pop(),
        partner=pool.pop(),
        public=pool.pop(),
        visitors=tuple(pool.pop() for _ in range(120)),
        scanners=tuple(pool.pop() for _ in range(60)),
        strangers=tuple(pool),
        buckets=tuple(f"{name}-{w}-{ids.hexes(rng, 6)}" for w in ("backups", "assets", "reports", "logs", "invoices", "exports")),
    )
