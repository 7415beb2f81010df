"""A few passwords are tried on everybody, slowly and from several addresses; one fits. The mailbox is read, its answers are hidden, and mail goes out in its owner's name."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from vidocq.simulation import entra, ids, intruder, office
from vidocq.simulation.clock import HOUR, MINUTE
from vidocq.simulation.firm import Employee, Firm, Host
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.tenant import Device, device, upn
from vidocq.simulation.words import FIRST, LAST

_POWERSHELL = entra.App("Azure Active Directory PowerShell", "1b730954-1685-4b74-9bfd-dac224a7b894", "Windows Azure Active Directory", "00000002-0000-0000-c000-000000000000")
_WORDS = ("invoice", "payment;invoice", "phish;hacked", "iban;bank", "wire", "docusign;contract")
_NAMES = (".", "..", "a", "-", "rss", "1")
_FOLDERS = ("RSS Feeds", "Conversation History", "RSS Subscriptions", "Archive", "Deleted Items")
_LETTERS = ("Outstanding invoice", "Updated bank details", "Shared document for your review", "Payment confirmation", "Contract for signature")


@dataclass(slots=True)
class _Scene:
    firm: Firm
    rng: Random
    who: Employee
    addresses: tuple[str, ...]
    device: Device
    taken: list[Line] = field(default_factory=list)

    def step(self) -> tuple[Line, ...]:
        done, self.taken = tuple(self.taken), []
        return done


def _spray(s: _Scene, at: float) -> float:
    """Each account once in a round, an hour or more between rounds, every try from the next address; some names are of people who left."""
    rng, ropc = s.rng, s.rng.random() < 0.5
    agent = rng.choice(intruder.TOOLS) if ropc else s.device.agent
    app, client = (_POWERSHELL, "Mobile Apps and Desktop clients") if ropc else (entra.HOME, "")
    gone = [Employee(f"{g}.{f}", g, f, "", Host("", "", ""), "", "") for g, f in zip(rng.sample(FIRST, 4), rng.sample(LAST, 4), strict=True)]
    for _ in range(rng.randint(2, 3)):
        names = [e for e in s.firm.staff if e is not s.who][: rng.randint(40, 60)] + gone
        rng.shuffle(names)
        gap = rng.uniform(70, 140) * MINUTE / len(names)
        for who in names:
            at += rng.expovariate(1 / gap) + 2
            place, code = rng.choice(s.addresses), 50034 if who in gone else 50126
            s.taken.append(entra.sign_in(s.firm, rng, at, who, place, device(agent), app, code=code, factor=None, client=client, protocol="ropc" if ropc else "none", agent=agent))
            s.taken.append(office.entry(s.firm, rng, at, who, place, agent, app.id, code))
        at += rng.uniform(10, 50) * MINUTE
    return at


def _enter(s: _Scene, at: float, door: str) -> float:
    """The password that fits is used in a browser; where the portal asks for a second factor, another application does not."""
    if s.rng.random() < 0.6:
        s.taken.append(entra.sign_in(s.firm, s.rng, at, s.who, door, s.device, entra.PORTAL, code=50074, factor="push"))
        at += s.rng.uniform(40, 200)
    s.taken.append(entra.sign_in(s.firm, s.rng, at, s.who, door, s.device, entra.OUTLOOK_WEB, factor=None))
    s.taken.append(office.entry(s.firm, s.rng, at, s.who, door, s.device.agent, entra.OUTLOOK_WEB.id))
    return at + s.rng.uniform(1, 6) * MINUTE


def _read(s: _Scene, at: float, door: str) -> float:
    for _ in range(s.rng.randint(6, 20)):
        at += s.rng.uniform(15, 200)
        s.taken.append(office.read(s.firm, s.rng, at, s.who, door, office.WEB, s.rng.randint(2, 30), folder=s.rng.choice(("Inbox", "Sent Items", "Inbox"))))
    return at


def _hide(s: _Scene, at: float, door: str) -> float:
    """The answers go where nobody looks, or away."""
    given = {"SubjectOrBodyContainsWords": s.rng.choice(_WORDS)} if s.rng.random() < 0.7 else {"FromAddressContainsWords": "@"}
    given |= {"DeleteMessage": "True"} if s.rng.random() < 0.25 else {"MoveToFolder": s.rng.choice(_FOLDERS), "MarkAsRead": "True"}
    s.taken.append(office.rule(s.firm, s.rng, at, s.who, door, s.rng.choice(_NAMES), **given))
    return at + s.rng.uniform(2, 30) * MINUTE


def _send(s: _Scene, at: float, door: str) -> None:
    subject = f"{s.rng.choice(_LETTERS)} {ids.hexes(s.rng, 4).upper()}"
    for _ in range(s.rng.randint(12, 70)):
        at += s.rng.uniform(4, 40)
        s.taken.append(office.item(s.firm, s.rng, at, s.who, door, office.WEB, "Send", subject, "Sent Items"))
        if s.rng.random() < 0.5:
            s.taken.append(office.item(s.firm, s.rng, at + 2, s.who, door, office.WEB, "HardDelete", subject, "Sent Items"))


def play(stage: Stage) -> Story:
    rng = stage.rng
    s = _Scene(stage.firm, rng, stage.employee, stage.strangers[: rng.randint(5, 9)], intruder.browser(rng))
    door = rng.choice((s.addresses[-1], stage.strangers[10]))
    at = _spray(s, stage.moment(0.2, 3))
    found = entra.sign_in(stage.firm, rng, at, stage.employee, s.addresses[0], s.device, entra.HOME, code=50074, factor="push")
    s.taken.append(found)
    spray = s.step()
    at = _enter(s, at + rng.uniform(0.2, 2) * HOUR, door)
    entered = s.step()
    at = _read(s, at, door)
    read = s.step()
    at = _hide(s, at, door)
    hidden = s.step()
    _send(s, at, door)
    user, way = ("user", upn(stage.firm, stage.employee)), ("ip", door)
    steps = (
        Step("1-spray", "a few passwords are tried on everybody, slowly, from several addresses", ("T1110.003",), spray, tuple(("ip", a) for a in s.addresses)),
        Step("2-entry", "the one that fits opens the mailbox", ("T1078.004",), entered, (user, way)),
        Step("3-mail-read", "mail is read", ("T1114.002",), read, (user, way)),
        Step("4-answers-hidden", "a rule puts the answers out of sight", ("T1564.008",), hidden, (user, way)),
        Step("5-mail-sent", "mail goes out in the owner's name", ("T1534",), s.step(), (user, way)),
    )
    return Story("passwords sprayed slowly, a mailbox taken over, mail sent from it", steps, (user, way, *(("ip", a) for a in s.addresses)))


SCENARIO = Scenario("password-spray", "identity", play, what="a slow password spray from several addresses; a mailbox read, its answers hidden, mail sent from it")
