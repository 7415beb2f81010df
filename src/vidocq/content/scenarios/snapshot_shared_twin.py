"""The twin of the shared copies: the backup product shares each night's copies with the firm's own second account, and an administrator adds one disk to it."""

from __future__ import annotations

from random import Random

from vidocq.simulation import ids
from vidocq.simulation.clock import HOUR, midnight
from vidocq.simulation.cloudtrail import Call, Caller, role, user
from vidocq.simulation.firm import place
from vidocq.simulation.hand import Hand
from vidocq.simulation.line import Scenario, Stage, Step, Story
from vidocq.simulation.reads import reads

_PRODUCT = "aws-sdk-java/2.27.3 Linux/5.10.223 OpenJDK_64-Bit_Server_VM/17.0.12 Java/17.0.12 vendor/Amazon.com_Inc. backup-suite/7.2 io/sync http/Apache"


def _share(rng: Random, volume: str, account: str) -> list[Call]:
    snapshot = f"snap-0{ids.hexes(rng, 16)}"
    share = {"snapshotId": snapshot, "createVolumePermission": {"add": {"items": [{"userId": account}]}}, "attributeType": "CREATE_VOLUME_PERMISSION"}
    return [Call("ec2", "CreateSnapshot", {"volumeId": volume}, {"snapshotId": snapshot, "volumeId": volume, "status": "pending"}), Call("ec2", "ModifySnapshotAttribute", share, {"_return": True})]


def play(stage: Stage) -> Story:
    firm, rng = stage.firm, stage.rng
    vault = next(a for a in ("111122223333", "444455556666", "777788889999") if a not in (firm.account, firm.partner_account))
    volumes = [f"vol-0{ids.hexes(Random(f'{firm.seed}/volume/{n}'), 16)}" for n in range(12)]
    kept = rng.sample(volumes[1:], 5)
    nights: list[Hand] = []
    for day in range(stage.days):
        at = midnight(day) + 3 * HOUR + rng.uniform(0, 200)
        hand = Hand(firm, rng, at, Caller(role(firm, "backup-suite", "nightly", rng, at), stage.strangers[1], _PRODUCT))
        hand.calls([Call("ec2", "DescribeVolumes", {"volumeSet": {}, "filterSet": {}}), *(c for v in kept for c in _share(rng, v, vault))], 6)
        nights.append(hand)
    admin = firm.person("admin")
    hand = Hand(firm, rng, stage.moment(10, 16), Caller(user(firm, admin), place(firm, admin, stage.day), admin.agent))
    hand.calls([*reads("ec2")[:4], *_share(rng, volumes[0], vault)], 25)
    steps = (
        Step("1-nights", "a backup product shares the night's copies with the firm's second account", (), tuple(line for night in nights for line in night.step())),
        Step("2-one-more", "an administrator shares one more disk with the same account", (), hand.step()),
    )
    return Story("copies shared with the firm's second account", steps, (("user", admin.principal), ("ip", stage.strangers[1])))


SCENARIO = Scenario("snapshot-shared-twin", "cloud", play, hostile=False, twin_of="snapshot-shared", what="an innocent twin: nightly copies shared with the firm's own second account, and one more by an administrator")
