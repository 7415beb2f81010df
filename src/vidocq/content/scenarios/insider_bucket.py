"""Somebody who leaves soon copies a bucket out, with their own key and from where they always work, in the evening."""

from __future__ import annotations

from vidocq.simulation import storage
from vidocq.simulation.clock import MINUTE
from vidocq.simulation.cloudtrail import Caller, user
from vidocq.simulation.firm import place
from vidocq.simulation.hand import Hand
from vidocq.simulation.line import Scenario, Stage, Step, Story
from vidocq.simulation.reads import of_bucket, reads


def play(stage: Stage) -> Story:
    firm, rng = stage.firm, stage.rng
    leaver = rng.choice([p for p in firm.people[:-1] if p.kind == "developer"])
    address = rng.choice((leaver.home, leaver.home, place(firm, leaver, stage.day)))
    hand = Hand(firm, rng, stage.moment(16, 19.5), Caller(user(firm, leaver), address, leaver.agent))
    target, barred = rng.sample((firm.buckets[2], firm.buckets[4], firm.buckets[5]), 2)
    hand.calls([*reads("s3"), *rng.sample(of_bucket(target), 2)], 12)
    hand.note(storage.listed(rng, firm, hand.wait(5, 60), hand.caller, target))
    if rng.random() < 0.7:
        hand.note(storage.refused(rng, firm, hand.wait(10, 90), hand.caller, barred))
    looked = Step("1-look", "a developer lists a bucket that was none of their business so far", ("T1619",), hand.step(), (("user", leaver.principal),))
    steps = [looked]
    known = storage.keys(firm, target, rng.randint(350, 1_200))
    hand.wait(1 * MINUTE, 20 * MINUTE)
    # The tool takes several at a time; a laptop that is closed breaks the copy once.
    broken = rng.randrange(40, len(known)) if rng.random() < 0.4 else -1
    for n, key in enumerate(known):
        hand.at += rng.expovariate(2.5) + 0.02
        if n == broken:
            hand.wait(8 * MINUTE, 25 * MINUTE)
            hand.note(storage.listed(rng, firm, hand.at, hand.caller, target))
        hand.note(storage.read(rng, firm, hand.at, hand.caller, target, key))
    steps.append(Step("2-copy", "every object of it is read within the hour", ("T1530",), hand.step(), (("user", leaver.principal), ("key", leaver.key))))
    return Story("a bucket copied out before somebody leaves", tuple(steps), (("user", leaver.principal), ("key", leaver.key), ("user", f"arn:aws:iam::{firm.account}:user/{leaver.name}")))


SCENARIO = Scenario("insider-bucket", "cloud", play, what="an employee copies a whole bucket out with their own key, from their own address")
