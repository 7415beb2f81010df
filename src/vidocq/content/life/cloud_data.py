"""What is read and written in the firm's stores: the shop's pictures, a nightly job that reads all exports, an analyst who takes a few reports."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from vidocq.simulation import storage
from vidocq.simulation.clock import HOUR, any_times, is_workday, midnight, office_times
from vidocq.simulation.cloudtrail import Caller, role
from vidocq.simulation.firm import Firm, place
from vidocq.simulation.kubernetes import gateway
from vidocq.simulation.line import Line, Part

_SHOP = "aws-sdk-js/3.650.0 ua/2.0 os/linux#6.1.102 lang/js md/nodejs#20.18.0 api/s3#3.650.0"
_JOB = "Boto3/1.35.10 md/Botocore#1.35.10 ua/2.0 os/linux#6.1.102 md/arch#x86_64 lang/python#3.12.5 md/pyimpl#CPython"


def _shop(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    bucket = firm.buckets[1]
    known = storage.keys(firm, bucket, 400)
    for at in any_times(rng, day, 150):
        caller = Caller(role(firm, f"{firm.name}-ecs-tasks-runtime", "runtime", Random(f"{firm.seed}/shop/{day}"), midnight(day)), gateway(firm), _SHOP)
        yield storage.read(rng, firm, at, caller, bucket, rng.choice(known)) if rng.random() < 0.8 else storage.write(rng, firm, at, caller, bucket, f"uploads/{rng.randrange(10**6)}.webp")


def _job(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    """Each night the whole of a bucket is read, and a summary written."""
    at, bucket = midnight(day) + 2.5 * HOUR + rng.uniform(0, 300), firm.buckets[5]
    caller = Caller(role(firm, "analytics-job", f"run-{rng.randrange(10**6)}", rng, at), gateway(firm), _JOB)
    yield storage.listed(rng, firm, at, caller, bucket)
    for key in storage.keys(firm, bucket, 220 + 4 * day):
        at += rng.expovariate(4)
        yield storage.read(rng, firm, at, caller, bucket, key)
    yield storage.write(rng, firm, at + 30, caller, firm.buckets[2], f"summary/{day}.parquet")


def tell(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    yield from _shop(firm, rng, day)
    yield from _job(firm, rng, day)
    if is_workday(day):
        analyst = firm.person("analyst")
        known = storage.keys(firm, firm.buckets[2], 60)
        for at in office_times(rng, day, 4):
            path = f"/aws-reserved/sso.amazonaws.com/{firm.region}/"
            caller = Caller(role(firm, "AWSReservedSSO_PowerUserAccess_5f1c2b7d9e0a4c63", f"{analyst.name}@{firm.domain}", rng, at, path), place(firm, analyst, day), analyst.agent)
            yield storage.listed(rng, firm, at, caller, firm.buckets[2])
            for n, key in enumerate(rng.sample(known, rng.randint(1, 12))):
                yield storage.read(rng, firm, at + 2 + n, caller, firm.buckets[2], key)


PART = Part("cloud", tell)
