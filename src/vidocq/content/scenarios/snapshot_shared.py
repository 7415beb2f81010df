"""A stolen key copies disks and a database, and shares the copies with an account outside."""

from __future__ import annotations

from random import Random

from vidocq.simulation import ids
from vidocq.simulation.cloudtrail import Call, Caller, user
from vidocq.simulation.firm import Firm
from vidocq.simulation.hand import Hand
from vidocq.simulation.line import Scenario, Stage, Step, Story
from vidocq.simulation.reads import reads

_AGENTS = ("aws-cli/2.15.30 Python/3.11.8 Linux/6.6.9-amd64 exe/x86_64.kali.2024 prompt/off command/{}", "Boto3/1.34.162 md/Botocore#1.34.162 ua/2.0 os/linux#6.6.9-amd64 md/arch#x86_64 lang/python#3.11.7 md/pyimpl#CPython Botocore/1.34.162")


def _disk(rng: Random, volume: str, outsider: str) -> list[Call]:
    snapshot = f"snap-0{ids.hexes(rng, 16)}"
    share = {"snapshotId": snapshot, "createVolumePermission": {"add": {"items": [{"userId": outsider}]}}, "attributeType": "CREATE_VOLUME_PERMISSION"}
    return [Call("ec2", "CreateSnapshot", {"volumeId": volume}, {"snapshotId": snapshot, "volumeId": volume, "status": "pending"}), Call("ec2", "ModifySnapshotAttribute", share, {"_return": True})]


def _database(rng: Random, firm: Firm, outsider: str) -> list[Call]:
    name = f"copy-{ids.hexes(rng, 6)}"
    return [
        Call("rds", "CreateDBSnapshot", {"dBSnapshotIdentifier": name, "dBInstanceIdentifier": f"{firm.name}-shop"}, {"dBSnapshotIdentifier": name, "status": "creating"}),
        Call("rds", "ModifyDBSnapshotAttribute", {"dBSnapshotIdentifier": name, "attributeName": "restore", "valuesToAdd": [outsider]}, {"dBSnapshotIdentifier": name}),
    ]


def _image(rng: Random, outsider: str) -> list[Call]:
    image = f"ami-0{ids.hexes(rng, 16)}"
    made = Call("ec2", "CreateImage", {"instanceId": f"i-0{ids.hexes(rng, 16)}", "name": ids.letters(rng, 8), "noReboot": True}, {"imageId": image})
    return [made, Call("ec2", "ModifyImageAttribute", {"imageId": image, "launchPermission": {"add": {"items": [{"userId": outsider}]}}, "attributeType": "launchPermission"}, {"_return": True})]


def play(stage: Stage) -> Story:
    firm, rng, address = stage.firm, stage.rng, stage.strangers[0]
    owner = rng.choice([p for p in firm.people[:-1] if p.kind in ("developer", "oncall")])
    outsider = next(a for a in ("999999999999", "555566667777") if a != firm.account)
    hand = Hand(firm, rng, stage.moment(1, 20), Caller(user(firm, owner), address, rng.choice(_AGENTS)))
    asked = [*reads("sts"), *rng.sample(reads("ec2"), 6), *reads("rds"), *reads("iam")[:2]]
    hand.calls((c.denied() if rng.random() < 0.15 else c for c in asked), 8)
    looked = Step("1-look", "a key is used from an address never seen: which disks and databases are there?", ("T1078.004", "T1580"), hand.step(), (("ip", address), ("key", owner.key)))
    volumes = [f"vol-0{ids.hexes(Random(f'{firm.seed}/volume/{n}'), 16)}" for n in range(12)]
    parts = [_disk(rng, v, outsider) for v in rng.sample(volumes, rng.randint(1, 4))] + [_database(rng, firm, outsider), _image(rng, outsider)]
    parts = rng.sample(parts, rng.randint(2, len(parts)))
    hand.wait(60, 900)
    hand.calls([part[0] for part in parts], 15)
    copied = Step("2-copies", "copies are made of disks and databases", ("T1578.001",), hand.step(), (("ip", address),))
    hand.wait(120, 1_500)
    if rng.random() < 0.5:
        hand.calls([parts[0][1].denied()], 10)
    hand.calls([part[1] for part in parts], 15)
    shared = Step("3-shared", "the copies are shared with an account outside", ("T1537",), hand.step(), (("ip", address), ("account", outsider)))
    return Story("disks and a database copied and shared outside", (looked, copied, shared), (("ip", address), ("key", owner.key)))


SCENARIO = Scenario("snapshot-shared", "cloud", play, what="a stolen key copies disks and databases and shares the copies with an account outside")
