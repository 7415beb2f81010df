"""Administration by hand: users, keys and roles made now and then, passwords reset for those who forgot, a traveller."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from vidocq.simulation import changes
from vidocq.simulation.clock import HOUR, MINUTE, is_workday, midnight, office_times
from vidocq.simulation.cloudtrail import Call, Caller, console_user, line, sign_in
from vidocq.simulation.firm import Firm, place
from vidocq.simulation.line import Line, Part
from vidocq.simulation.reads import of_user, reads, some
from vidocq.simulation.words import NATURE


def _by_hand(firm: Firm, rng: Random, at: float) -> Iterator[Line]:
    """The administrator makes something from the console and looks at it."""
    admin, day = firm.person("admin"), int((at - midnight(0)) // (24 * HOUR))
    address = place(firm, admin, day)
    yield sign_in(rng, firm, at, admin, address, admin.browser)
    caller = Caller(console_user(firm, admin, rng, at), address, admin.browser, console=True)
    name = f"svc-{rng.choice(NATURE)}-{rng.randrange(100)}"
    made = rng.choice(
        (
            [changes.create_user(firm, rng, at, name), changes.join_group(name, "services"), changes.create_key(rng, at, name)],
            [
                changes.create_role(firm, rng, at, name, {"Service": "ec2.amazonaws.com"}),
                changes.attach_to_role(name, "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"),
            ],
            [
                changes.create_key(rng, at, rng.choice(firm.people).name),
                Call("iam", "DeleteAccessKey", {"accessKeyId": "AKIAIOSFODNN7EXAMPLE", "userName": name}),
            ],
            [changes.attach_to_user(rng.choice(firm.people).name, "arn:aws:iam::aws:policy/ReadOnlyAccess")],
        )
    )
    for call in [*rng.sample(reads("iam"), 5), *made, *of_user(name)]:
        at += rng.expovariate(1 / 15)
        yield line(rng, firm, at, caller, call)


def _service_desk(firm: Firm, rng: Random, at: float, day: int) -> Iterator[Line]:
    """Somebody forgot the password: the desk resets it, and its owner signs in from the usual place."""
    desk = firm.person("desk")
    forgetful = rng.choice([p for p in firm.people if p.kind not in ("admin", "desk")])
    theirs = place(firm, forgetful, day)
    for n in range(rng.randint(1, 3)):
        yield sign_in(rng, firm, at - 10 * MINUTE + 30 * n, forgetful, theirs, forgetful.browser, failed=True)
    address = place(firm, desk, day)
    caller = Caller(console_user(firm, desk, rng, at - HOUR), address, desk.browser, console=True)
    for n, call in enumerate([*of_user(forgetful.name), changes.reset_password(forgetful.name, reset=True)]):
        yield line(rng, firm, at + 2 * n, caller, call)
    yield sign_in(rng, firm, at + rng.uniform(2, 9) * MINUTE, forgetful, theirs, forgetful.browser)


def _traveller(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    """One of the people works from a hotel: a new address, the usual browser, a second factor."""
    who = firm.person("analyst")
    for at in office_times(rng, day, 3):
        yield sign_in(rng, firm, at, who, firm.travel, who.browser)
        caller = Caller(console_user(firm, who, rng, at), firm.travel, who.browser, console=True)
        for n, call in enumerate(some(rng, rng.randint(6, 20), "monitoring", "rds", "s3")):
            yield line(rng, firm, at + 20 + 7 * n, caller, call)


def tell(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    if not is_workday(day):
        return
    for at in office_times(rng, day, 0.9):
        yield from _by_hand(firm, rng, at)
    for at in office_times(rng, day, 0.7):
        yield from _service_desk(firm, rng, at, day)
    if day % 7 == 2:
        yield from _traveller(firm, rng, day)


PART = Part("cloud", tell)
