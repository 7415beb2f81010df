"""Somebody lets an unknown application into their mailbox; from a hosting firm's address it reads mail for hours, and needs no password any more."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from vidocq.simulation import entra, office
from vidocq.simulation.clock import HOUR, MINUTE, every
from vidocq.simulation.firm import Employee, Firm
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.tenant import desk, device, factor, guid, spell_at, upn

_NAMES = ("Document Viewer", "Upgrade", "Invoice Approval", "Mail Migration Assistant", "Secure Voicemail", "0365 Access", "Benefits Review")
_SCOPES = (
    "openid profile User.Read Mail.Read offline_access", "User.Read Mail.ReadWrite Mail.Send Contacts.Read offline_access", "openid email profile Mail.Read Files.Read.All offline_access", "Mail.Read MailboxSettings.ReadWrite offline_access User.Read",
)


@dataclass(slots=True)
class _Scene:
    firm: Firm
    rng: Random
    app: str
    address: str
    taken: list[Line] = field(default_factory=list)

    def step(self) -> tuple[Line, ...]:
        done, self.taken = tuple(self.taken), []
        return done


def _lured(s: _Scene, at: float, who: Employee) -> float:
    """A link leads to the directory's own page: a sign-in as ever, a question that is answered with yes."""
    firm, rng = s.firm, s.rng
    spell = spell_at(firm, who, at)
    place, machine = spell.address if spell else who.home, desk(firm, who)
    app = entra.App(s.app, guid(firm, "app", s.app), "Microsoft Graph", "00000003-0000-0000-c000-000000000000")
    s.taken.append(entra.sign_in(firm, rng, at, who, place, machine, app, code=65001, factor=rng.choice((factor(firm, who), "before"))))
    at += rng.uniform(8, 60)
    s.taken += entra.consent(firm, rng, at, who, place, s.app, rng.choice(_SCOPES), everybody=False)
    s.taken.append(entra.sign_in(firm, rng, at + 2, who, place, machine, app))
    return at + 2


def _reads(s: _Scene, at: float, end: float, who: Employee) -> None:
    """The application renews its token each hour from where it stands, and brings mail away in heaps."""
    app_id, client = guid(s.firm, "app", s.app), device("python-requests/2.32.3")
    graph = entra.App(s.app, app_id, "Microsoft Graph", "00000003-0000-0000-c000-000000000000")
    for hour in every(s.rng, at, end, HOUR, 0.1):
        s.taken.append(entra.sign_in(s.firm, s.rng, hour, who, s.address, client, graph, interactive=False))
        then = hour
        for _ in range(s.rng.randint(8, 60)):
            then += s.rng.uniform(1, 40)
            s.taken.append(office.read(s.firm, s.rng, then, who, s.address, office.REST, s.rng.randint(5, 60), app=app_id, folder=s.rng.choice(("Inbox", "Inbox", "Sent Items", "Archive"))))


def play(stage: Stage) -> Story:
    rng, firm = stage.rng, stage.firm
    s = _Scene(firm, rng, rng.choice(_NAMES), stage.strangers[0])
    start = stage.moment(8.8, 15)
    others = [e for e in firm.staff if e is not stage.employee and spell_at(firm, e, start)]
    lured = [stage.employee, *rng.sample(others, min(len(others), rng.choice((0, 0, 1, 2))))]
    clicked: list[tuple[float, Employee]] = []
    for n, who in enumerate(lured):
        clicked.append((_lured(s, start + n * rng.uniform(3, 30) * MINUTE, who), who))
    consented = s.step()
    for at, who in clicked:
        _reads(s, at + rng.uniform(2, 15) * MINUTE, at + rng.uniform(3, 6) * HOUR, who)
    everything = sorted(s.step(), key=lambda line: line.at)
    tokens, mail = tuple(line for line in everything if line.log.startswith("entra")), tuple(line for line in everything if line.log == "office")
    users, way = tuple(("user", upn(firm, who)) for who in lured), ("ip", s.address)
    steps = (
        Step("1-consent", "an unknown application is let into the mailbox", ("T1528",), consented, (*users, ("resource", s.app))),
        Step("2-token", "it comes back with tokens of its own from elsewhere", ("T1550.001",), tokens, (*users, way)),
        Step("3-mail-read", "it reads mail in heaps", ("T1114.002",), mail, (*users, way)),
    )
    return Story("consent to an application that reads mail", steps, (*users, way, ("resource", s.app)))


SCENARIO = Scenario("consent-phishing", "identity", play, what="somebody consents to an unknown application; it reads their mail from elsewhere")
