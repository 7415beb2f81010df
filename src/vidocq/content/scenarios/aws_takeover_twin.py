"""The twin of the account taken over: whoever is on call helps a new starter and cleans up, from a known address with known tools."""

from __future__ import annotations

from vidocq.simulation import changes
from vidocq.simulation.clock import HOUR, midnight
from vidocq.simulation.cloudtrail import Caller, console_user, sign_in, user
from vidocq.simulation.firm import place
from vidocq.simulation.hand import Hand
from vidocq.simulation.line import Scenario, Stage, Step, Story
from vidocq.simulation.pipeline import pipeline
from vidocq.simulation.reads import of_bucket, of_user, reads
from vidocq.simulation.words import FIRST, LAST


def _starter(hand: Hand, name: str) -> Step:
    """A new colleague gets a user, a password to be changed, a group and a key."""
    firm, rng, at = hand.firm, hand.rng, hand.at
    hand.calls(
        [
            *reads("iam")[:4],
            changes.create_user(firm, rng, at, name),
            changes.create_password(at, name, reset=True),
            changes.join_group(name, "developers"),
            changes.create_key(rng, at, name),
            changes.attach_to_user(name, "arn:aws:iam::aws:policy/ReadOnlyAccess"),
            *of_user(name),
        ],
        20,
    )
    return Step("1-starter", "a new colleague is set up", (), hand.step())


def _help(hand: Hand, day: int) -> Step:
    """A colleague who is locked out gets a new password and signs in from the usual place."""
    firm = hand.firm
    colleague = next(p for p in firm.people if p.kind == "developer")
    hand.wait(100, 600)
    hand.calls([*of_user(colleague.name), changes.reset_password(colleague.name, reset=True)], 9)
    hand.note(sign_in(hand.rng, firm, hand.wait(120, 400), colleague, place(firm, colleague, day), colleague.browser))
    return Step("2-reset", "a colleague's password is reset", (), hand.step())


def _look(hand: Hand) -> Step:
    """The weekly look at everything."""
    hand.wait(60, 300)
    hand.calls([*reads("ec2", "iam", "rds", "lambda", "cloudtrail", "s3"), *of_bucket(hand.firm.buckets[0])], 1.5)
    return Step("3-review", "the weekly review of the account", (), hand.step())


def _build(hand: Hand) -> Step:
    """The pipeline makes a role, a function and instances, as its code says."""
    firm, rng = hand.firm, hand.rng
    before, at = hand.caller, hand.wait(60, 300)
    hand.caller = pipeline(firm, rng, at)
    name = f"{firm.name}-reports"
    hand.calls(
        [
            *reads("ec2", "iam"),
            changes.create_role(firm, rng, at, name, {"Service": "lambda.amazonaws.com"}),
            changes.attach_to_role(name, "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"),
            changes.create_function(firm, rng, at, name, name),
            changes.run_instances(firm, rng, at, "m6i.large", 2),
            changes.register_task(firm, name, f"{firm.account}.dkr.ecr.{firm.region}.amazonaws.com/{name}:1", 512),
        ],
        1.2,
    )
    hand.caller = before
    return Step("4-pipeline", "the pipeline makes what its code says", (), hand.step())


def _tidy(hand: Hand) -> Step:
    """Old exports are deleted and a rule is set that forgets them."""
    bucket = hand.firm.buckets[5]
    hand.wait(60, 300)
    hand.calls(
        [
            changes.lifecycle(bucket, "expire-old-exports", 90),
            *(changes.delete_object(bucket, f"tmp/export-{n:04}.csv") for n in range(hand.rng.randint(15, 30))),
        ],
        1.5,
    )
    return Step("5-clean-up", "old exports are deleted", (), hand.step())


def play(stage: Stage) -> Story:
    firm, rng, day = stage.firm, stage.rng, stage.day
    oncall, at = firm.person("oncall"), midnight(day) + rng.uniform(9, 18.5) * HOUR
    address = place(firm, oncall, day)
    hand = Hand(firm, rng, at + 5, Caller(console_user(firm, oncall, rng, at), address, oncall.browser, console=True))
    hand.note(sign_in(rng, firm, at, oncall, address, oncall.browser))
    steps = [_starter(hand, f"{rng.choice(FIRST)}.{rng.choice(LAST)}"), _help(hand, day)]
    hand.caller = Caller(user(firm, oncall), address, oncall.agent)
    steps += [_look(hand), _build(hand), _tidy(hand)]
    return Story("a busy hour of whoever is on call", tuple(steps), (("user", oncall.name),))


SCENARIO = Scenario("aws-takeover-twin", "cloud", play, hostile=False, twin_of="aws-takeover", what="an innocent twin: an on-call administrator does the same kinds of things")
