"""The twin of the spray: the passwords of meeting rooms and shared desks are renewed at night, and their devices go on with the old one; somebody of marketing files the answers to a letter to many."""

from __future__ import annotations

from vidocq.simulation import entra, office
from vidocq.simulation.clock import HOUR, MINUTE, every
from vidocq.simulation.firm import Employee, Host
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.tenant import desk, device, employee, spell_at
from vidocq.simulation.words import NATURE

_AGENTS = ("SkypeSpaces/1449/TeamsPanels-1.0", "Teams-Android/1449/1.0.96 (Android 12; Room Kit)", "Microsoft Office/16.0 (Windows NT 10.0; Teams Rooms)")


def _rooms(stage: Stage) -> list[Employee]:
    words = stage.rng.sample(NATURE, stage.rng.randint(10, 16))
    return [Employee(f"room.{w}", "room", w, "rooms", Host("", "", ""), "", "") for w in words]


def _letter(stage: Stage, at: float) -> list[Line]:
    """The answers to a letter go into a folder of their own, read already; then the letter goes out."""
    firm, rng, who = stage.firm, stage.rng, stage.employee
    spell = spell_at(firm, who, at)
    place = spell.address if spell else firm.office
    lines = [
        entra.sign_in(firm, rng, at, who, place, desk(firm, who), entra.OUTLOOK_WEB),
        office.rule(firm, rng, at + 300, who, place, "Answers to the catalogue", SubjectContainsWords="Spring catalogue", MoveToFolder="Catalogue answers", MarkAsRead="True"),
    ]
    for n in range(rng.randint(30, 80)):
        lines.append(office.item(firm, rng, at + 500 + 20 * n + rng.uniform(0, 15), who, place, office.OUTLOOK, "Send", "Spring catalogue", "Sent Items"))
    return lines


def play(stage: Stage) -> Story:
    firm, rng = stage.firm, stage.rng
    rooms, admin, start = _rooms(stage), employee(stage.firm, "admin"), stage.moment(1, 4)
    changed = [entra.audit(firm, rng, start + 3 * n, "Password Rotation Service", None, "Reset user password", [entra.user_target(firm, room)]) for n, room in enumerate(rooms)]
    tries: list[Line] = []
    mended: list[Line] = []
    morning = start + rng.uniform(5, 8) * HOUR
    for n, room in enumerate(rooms):
        # Rooms stand in the office and in a branch that comes through the partner's line.
        place, agent = firm.office if n % 3 else firm.partner, rng.choice(_AGENTS)
        helped = morning + n * rng.uniform(4, 12) * MINUTE
        for at in every(rng, start + 60 + rng.uniform(0, 900), helped, rng.choice((900, 1500, 2400)), 0.1):
            tries.append(entra.sign_in(firm, rng, at, room, place, device(agent), entra.TEAMS, code=50126, factor=None, interactive=False, agent=agent, protocol="ropc"))
            tries.append(office.entry(firm, rng, at, room, place, agent, entra.TEAMS.id, 50126))
        mended.append(entra.sign_in(firm, rng, helped + 30, room, place, device(agent), entra.TEAMS, factor=None, agent=agent))
    mended.append(entra.sign_in(firm, rng, morning - 600, admin, firm.office, desk(firm, admin), entra.PORTAL))
    letter = _letter(stage, start + rng.uniform(9, 12) * HOUR)
    return Story(
        "the rooms' devices fail after their passwords are renewed; a letter to many",
        (
            Step("1-renewed", "the passwords of rooms are renewed", (), tuple(changed)), Step("2-failing", "their devices go on with the old one", (), tuple(tries)),
            Step("3-mended", "somebody goes from room to room", (), tuple(sorted(mended, key=lambda line: line.at))), Step("4-letter", "a letter to many, and a folder for the answers", (), tuple(letter)),
        ),
        (),
    )


SCENARIO = Scenario("password-spray-twin", "identity", play, hostile=False, twin_of="password-spray", what="an innocent twin: devices of meeting rooms fail after their passwords are renewed")
