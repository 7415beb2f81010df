"""People at work in the cloud: consoles whose pages ask twenty things at once, command lines that ask a few."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from vidocq.simulation.clock import MINUTE, office_times
from vidocq.simulation.cloudtrail import Caller, console_user, line, role, sign_in, user
from vidocq.simulation.firm import Firm, Person, place
from vidocq.simulation.line import Line, Part
from vidocq.simulation.reads import of_bucket, reads, some

_PAGES = (
    ("ec2", "elasticloadbalancing"),
    ("s3",),
    ("lambda", "monitoring"),
    ("iam",),
    ("rds",),
    ("ecs", "ecr"),
    ("cloudformation",),
    ("monitoring", "autoscaling"),
)
_WORK = ("ec2", "lambda", "ecs", "s3", "ssm", "cloudformation", "ecr", "rds")
SINGLE_SIGN_ON = "AWSReservedSSO_PowerUserAccess_5f1c2b7d9e0a4c63"


def command_line(firm: Firm, person: Person, rng: Random, at: float, address: str) -> Caller:
    """The person's tool; analysts and the last of the developers come through single sign-on, everybody else has a key."""
    if person.kind == "analyst" or person is firm.people[-1]:
        path = f"/aws-reserved/sso.amazonaws.com/{firm.region}/"
        return Caller(role(firm, SINGLE_SIGN_ON, f"{person.name}@{firm.domain}", rng, at, path), address, person.agent)
    return Caller(user(firm, person), address, person.agent)


def _console_session(firm: Firm, person: Person, rng: Random, at: float, address: str) -> Iterator[Line]:
    """A sign-in, sometimes mistyped, and the pages looked at after it."""
    if rng.random() < 0.06:
        yield sign_in(rng, firm, at - 20, person, address, person.browser, failed=True)
    yield sign_in(rng, firm, at, person, address, person.browser)
    caller = Caller(console_user(firm, person, rng, at), address, person.browser, console=True)
    for _ in range(rng.randint(2, 6)):
        at += rng.expovariate(1 / (4 * MINUTE)) + 10
        page = rng.choice(_PAGES)
        asked = reads(*page) if page != ("s3",) else [*reads("s3"), *of_bucket(rng.choice(firm.buckets))]
        for n, call in enumerate(rng.sample(asked, min(len(asked), rng.randint(4, 16)))):
            yield line(rng, firm, at + n * 0.2, caller, call)


def _commands(firm: Firm, person: Person, rng: Random, at: float, address: str) -> Iterator[Line]:
    caller = command_line(firm, person, rng, at, address)
    for call in some(rng, rng.randint(1, 7), *rng.sample(_WORK, 2)):
        at += rng.expovariate(1 / 20)
        yield line(rng, firm, at, caller, call.denied() if rng.random() < 0.01 else call)


def tell(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    for person in firm.people:
        address = place(firm, person, day)
        by_console, by_command = (2.5, 1.5) if person.kind in ("admin", "desk", "oncall") else (1.0, 9.0)
        for at in office_times(rng, day, by_console):
            yield from _console_session(firm, person, rng, at, address)
        for at in office_times(rng, day, by_command):
            yield from _commands(firm, person, rng, at, address)


PART = Part("cloud", tell)
