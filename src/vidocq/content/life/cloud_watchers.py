"""Those who look at everything by trade: monitoring each five minutes, an audit once a day, a client that is broken."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from vidocq.simulation import changes
from vidocq.simulation.clock import HOUR, every, midnight
from vidocq.simulation.cloudtrail import Call, Caller, line, role
from vidocq.simulation.firm import Firm
from vidocq.simulation.line import Line, Part
from vidocq.simulation.reads import of_firm, reads

_MONITOR_AGENT = "aws-sdk-go/1.50.36 (go1.21.8; linux; amd64) amazon-watcher"
_AUDIT_AGENT = "Boto3/1.35.99 md/Botocore#1.35.99 ua/2.0 os/linux#6.1.0 md/arch#x86_64 lang/python#3.12.8 md/pyimpl#CPython cfg/retry-mode#standard"
_POLLED = ("elasticloadbalancing", "autoscaling", "monitoring")


def _polling(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    caller: Caller | None = None
    for n, at in enumerate(every(rng, midnight(day) + 12, midnight(day + 1), 300, 0.01)):
        if n % 12 == 0:
            # A session of the role lasts an hour.
            caller = Caller(role(firm, "monitoring-poller", "poller", rng, at), firm.runner, _MONITOR_AGENT)
            yield line(rng, firm, at, caller.at(firm.runner), changes.assume(firm, rng, at, "monitoring-poller", "poller"))
        assert caller is not None
        for k, call in enumerate(reads(*_POLLED)):
            yield line(rng, firm, at + 1 + k * 0.3, caller, call)


def _audit(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    """A tool of the security team lists everything; some of it is not for its eyes."""
    at = midnight(day) + 5 * HOUR + rng.uniform(0, 300)
    caller = Caller(role(firm, "security-audit", "posture-scan", rng, at), firm.runner, _AUDIT_AGENT)
    for call in of_firm(firm):
        at += rng.expovariate(8)
        yield line(rng, firm, at, caller, call.denied() if call.service in ("ce", "organizations") else call)


def _broken(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    """A function asks for a secret that it may not read, each quarter of an hour, three times over."""
    wanted = Call("secretsmanager", "GetSecretValue", {"secretId": f"{firm.name}/legacy-report"}).denied()
    for at in every(rng, midnight(day) + 77, midnight(day + 1), 900, 0.02):
        caller = Caller(role(firm, "report-runner", "report-runner", rng, at), firm.runner, "aws-sdk-nodejs/2.1531.0 linux/v18.19.1 promise")
        for n in range(3):
            yield line(rng, firm, at + 2**n, caller, wanted)


def tell(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    yield from _polling(firm, rng, day)
    yield from _audit(firm, rng, day)
    yield from _broken(firm, rng, day)


PART = Part("cloud", tell)
