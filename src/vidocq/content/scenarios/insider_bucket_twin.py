"""The twin of the bucket that is copied out: a planned migration to a new bucket, and a job that trains on more than it usually reads."""

from __future__ import annotations

from vidocq.simulation import storage
from vidocq.simulation.clock import HOUR
from vidocq.simulation.cloudtrail import Call, Caller, role, user
from vidocq.simulation.firm import place
from vidocq.simulation.hand import Hand
from vidocq.simulation.kubernetes import gateway
from vidocq.simulation.line import Scenario, Stage, Step, Story
from vidocq.simulation.reads import of_bucket, reads

_JOB = "Boto3/1.35.10 md/Botocore#1.35.10 ua/2.0 os/linux#6.1.102 md/arch#x86_64 lang/python#3.12.5 md/pyimpl#CPython"


def _migration(stage: Stage) -> Step:
    """An administrator makes a bucket in the new form and moves everything; large objects go through the tool, the others are copied inside."""
    firm, rng = stage.firm, stage.rng
    admin = firm.person("admin")
    hand = Hand(firm, rng, stage.moment(9, 16), Caller(user(firm, admin), place(firm, admin, stage.day), admin.agent))
    old = firm.buckets[4]
    new = f"{old.rsplit('-', 1)[0]}-v2"
    hand.calls([*reads("s3"), *of_bucket(old)[:4], Call("s3", "CreateBucket", {"bucketName": new, "CreateBucketConfiguration": {"LocationConstraint": firm.region}}), Call("s3", "PutBucketEncryption", {"bucketName": new, "encryption": ""})], 20)
    hand.note(storage.listed(rng, firm, hand.wait(30, 300), hand.caller, old))
    for key in storage.keys(firm, old, rng.randint(350, 900)):
        hand.at += rng.expovariate(2.5) + 0.02
        hand.note(storage.read(rng, firm, hand.at, hand.caller, old, key))
        hand.note(storage.copy(rng, firm, hand.at + 0.3, hand.caller, new, key, old) if rng.random() < 0.7 else storage.write(rng, firm, hand.at + 0.6, hand.caller, new, key))
    return Step("1-migration", "a bucket is moved into another", (), hand.step())


def _training(stage: Stage, at: float) -> Step:
    """The job that reads the exports each night reads the reports too, because a new model is trained."""
    firm, rng = stage.firm, stage.rng
    hand = Hand(firm, rng, at, Caller(role(firm, "analytics-job", f"run-{rng.randrange(10**6)}", rng, at), gateway(firm), _JOB))
    hand.note(storage.listed(rng, firm, hand.at, hand.caller, firm.buckets[2]))
    for key in storage.keys(firm, firm.buckets[2], rng.randint(400, 1_000)):
        hand.at += rng.expovariate(4)
        hand.note(storage.read(rng, firm, hand.at, hand.caller, firm.buckets[2], key))
    hand.note(storage.write(rng, firm, hand.at + 900, hand.caller, firm.buckets[5], "models/forecast.bin"))
    return Step("2-training", "a job reads more than on other nights", (), hand.step())


def play(stage: Stage) -> Story:
    steps = (_migration(stage), _training(stage, stage.moment(16, 20) + stage.rng.uniform(0, 0.5) * HOUR))
    return Story("a bucket moved, a model trained", steps, (("user", stage.firm.person("admin").principal),))


SCENARIO = Scenario("insider-bucket-twin", "cloud", play, hostile=False, twin_of="insider-bucket", what="an innocent twin: a bucket moved into another by an administrator, a job that reads more than usual")
