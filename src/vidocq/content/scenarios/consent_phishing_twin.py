"""The twin of the lured consent: an administrator lets a new application in for everybody, people sign in to it, and from its maker's address it reads mailboxes each hour."""

from __future__ import annotations

from vidocq.simulation import entra, office
from vidocq.simulation.clock import HOUR, MINUTE, every
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.tenant import desk, device, employee, factor, guid, spell_at

_APPS = (("Customer Ledger", "User.Read Mail.Read Calendars.Read offline_access"), ("Signature Studio", "User.Read Mail.ReadWrite offline_access"), ("Travel Receipts", "User.Read Mail.Read offline_access"))


def play(stage: Stage) -> Story:
    firm, rng, admin = stage.firm, stage.rng, employee(stage.firm, "admin")
    name, scopes = rng.choice(_APPS)
    start, maker = stage.moment(8.5, 12), stage.strangers[0]
    spell = spell_at(firm, admin, start)
    place = spell.address if spell else admin.home
    app = entra.App(name, guid(firm, "app", name), "Microsoft Graph", "00000003-0000-0000-c000-000000000000")
    let_in = [entra.sign_in(firm, rng, start - 240, admin, place, desk(firm, admin), entra.PORTAL, factor=factor(firm, admin)), *entra.consent(firm, rng, start, admin, place, name, scopes, everybody=True)]
    there = [e for e in firm.staff if spell_at(firm, e, start + HOUR)]
    used: list[Line] = []
    read: list[Line] = []
    for who in rng.sample(there, min(len(there), rng.randint(6, 12))):
        first = start + rng.uniform(20, 150) * MINUTE
        own = spell_at(firm, who, first)
        used.append(entra.sign_in(firm, rng, first, who, own.address if own else who.home, desk(firm, who), app))
        for at in every(rng, first + 300, start + rng.uniform(5, 8) * HOUR, HOUR, 0.1):
            read.append(entra.sign_in(firm, rng, at, who, maker, device("LedgerSync/3.2 (+https://ledger.example)"), app, interactive=False))
            read += [office.read(firm, rng, at + 3 * n, who, maker, office.REST, rng.randint(1, 12), app=app.id) for n in range(1, rng.randint(2, 9))]
    return Story(
        "a new application for everybody",
        (
            Step("1-let-in", "an administrator lets an application in for everybody", (), tuple(let_in)), Step("2-used", "people sign in to it", (), tuple(sorted(used, key=lambda line: line.at))),
            Step("3-reads", "it reads mailboxes from its maker's address", (), tuple(sorted(read, key=lambda line: line.at))),
        ),
        (),
    )


SCENARIO = Scenario("consent-phishing-twin", "identity", play, hostile=False, twin_of="consent-phishing", what="an innocent twin: an administrator lets an application in for everybody")
