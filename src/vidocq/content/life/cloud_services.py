"""What the cloud does by itself: instances that come and go with the load, copies at night, services on the firm's behalf."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from vidocq.simulation import changes, ids
from vidocq.simulation.clock import HOUR, any_times, every, midnight, office_times
from vidocq.simulation.cloudtrail import Call, Caller, line, role, service, service_role
from vidocq.simulation.firm import Firm
from vidocq.simulation.line import Line, Part

_BACKUP_AGENT = "Boto3/1.34.69 md/Botocore#1.34.69 ua/2.0 os/linux#5.10.209 md/arch#x86_64 lang/python#3.12.2 md/pyimpl#CPython exec-env/AWS_Lambda_python3.12"


def _scaling(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    """More instances in the morning, fewer in the evening, in the firm's own region and of its usual kind."""
    for at in office_times(rng, day, 14):
        caller = service_role(firm, "autoscaling", "AWSServiceRoleForAutoScaling", rng, at)
        run = changes.run_instances(firm, rng, at, "m6i.large", rng.randint(1, 3))
        yield line(rng, firm, at, caller, run)
        yield line(rng, firm, at + rng.uniform(2, 6) * HOUR, caller, changes.terminate(changes.started(run)))
        for n in range(rng.randint(2, 5)):
            yield line(rng, firm, at + 5 + n, caller, Call("ec2", "DescribeInstanceStatus", {"instancesSet": {}, "filterSet": {}}))


def _on_behalf(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    """Roles handed to instances and functions, and keys used for them."""
    for at in any_times(rng, day, 260):
        who = rng.choice(("ec2", "lambda", "ecs-tasks"))
        name = f"{firm.name}-{who}-runtime"
        yield line(rng, firm, at, service(who), changes.assume(firm, rng, at, name, f"i-0{ids.hexes(rng, 16)}" if who == "ec2" else "runtime"))
    key = f"arn:aws:kms:{firm.region}:{firm.account}:key/{ids.uuid4(Random(f'{firm.seed}/kms'))}"
    for at in every(rng, midnight(day) + 40, midnight(day + 1), 600, 0.1):
        yield line(rng, firm, at, service("cloudtrail"), Call("s3", "GetBucketAcl", {"bucketName": firm.buckets[3], "acl": ""}))
        yield line(rng, firm, at + 1, service("cloudtrail"), Call("kms", "GenerateDataKey", {"keyId": key, "keySpec": "AES_256"}))
    for at in any_times(rng, day, 120):
        yield line(
            rng,
            firm,
            at,
            service_role(firm, "config", "AWSServiceRoleForConfig", rng, at),
            Call("ec2", "DescribeInstances", {"instancesSet": {}, "filterSet": {}}),
        )


def _copies(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    """Every night each volume is copied, copied again to another region, and old copies are dropped."""
    at = midnight(day) + 1.5 * HOUR + rng.uniform(0, 120)
    caller = Caller(role(firm, "nightly-backup", "backup", rng, at), firm.runner, _BACKUP_AGENT)
    yield line(rng, firm, at, caller, Call("ec2", "DescribeVolumes", {"volumeSet": {}, "filterSet": {}}))
    volumes = [f"vol-0{ids.hexes(Random(f'{firm.seed}/volume/{n}'), 16)}" for n in range(12)]
    for volume in volumes:
        at += rng.uniform(2, 9)
        snapshot = f"snap-0{ids.hexes(rng, 16)}"
        yield line(
            rng, firm, at, caller, Call("ec2", "CreateSnapshot", {"volumeId": volume}, {"snapshotId": snapshot, "volumeId": volume, "status": "pending"})
        )
        yield line(
            rng,
            firm,
            at + 300,
            caller,
            Call(
                "ec2", "CopySnapshot", {"sourceRegion": firm.region, "sourceSnapshotId": snapshot}, {"snapshotId": f"snap-0{ids.hexes(rng, 16)}"}, "eu-north-1"
            ),
        )
        yield line(rng, firm, at + 330, caller, Call("ec2", "DeleteSnapshot", {"snapshotId": f"snap-0{ids.hexes(rng, 16)}"}))


def tell(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    yield from _scaling(firm, rng, day)
    yield from _on_behalf(firm, rng, day)
    yield from _copies(firm, rng, day)


PART = Part("cloud", tell)
