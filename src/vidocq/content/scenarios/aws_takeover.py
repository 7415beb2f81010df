"""An account taken over with a developer's key: from the first call to the deletion of what was stored, in seven steps."""

from __future__ import annotations

from random import Random

from vidocq.simulation import changes, ids
from vidocq.simulation.clock import MINUTE
from vidocq.simulation.cloudtrail import Call, Caller, console_user, role, sign_in, user
from vidocq.simulation.firm import Person
from vidocq.simulation.hand import Hand
from vidocq.simulation.line import Scenario, Stage, Step, Story
from vidocq.simulation.reads import of_bucket, of_user, reads, some
from vidocq.simulation.words import NATURE

_COMMAND_LINES = (
    "aws-cli/1.22.34 Python/3.10.12 Linux/5.15.0-kali3-amd64 botocore/1.23.34",
    "aws-cli/2.9.19 Python/3.9.16 Linux/6.1.0-13-cloud-amd64 source/x86_64.debian.12 prompt/off command/{}",
)
"""What the key's owner uses as well, in another version."""
_PROGRAMS = (
    "Boto3/1.26.27 Python/3.8.10 Linux/5.4.0-169-generic Botocore/1.29.27",
    "aws-sdk-go-v2/1.17.0 os/linux lang/go/1.20.4 md/GOOS/linux md/GOARCH/amd64",
    "Boto3/1.34.162 md/Botocore#1.34.162 ua/2.0 os/linux#6.6.9-amd64 md/arch#x86_64 lang/python#3.11.7 md/pyimpl#CPython Botocore/1.34.162",
)
"""What nobody with a key of their own uses here."""
_BROWSER = "Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0"
_FAR = ("ap-southeast-1", "ap-northeast-2", "sa-east-1", "us-west-2", "eu-north-1", "ap-south-1", "af-south-1")
_GPU = ("p3.8xlarge", "p4d.24xlarge", "g5.48xlarge", "g4dn.12xlarge", "p3.2xlarge")
_DISCOVERY = (
    "iam",
    "ec2",
    "s3",
    "lambda",
    "rds",
    "ecs",
    "secretsmanager",
    "ssm",
    "kms",
    "organizations",
    "ses",
    "cloudtrail",
    "guardduty",
    "servicequotas",
    "ecr",
    "dynamodb",
)


def _arrive(hand: Hand, address: str) -> Step:
    """The key is tried from where nobody of the firm ever was."""
    hand.calls(hand.rng.sample([*reads("sts"), Call("iam", "GetUser"), Call("iam", "ListAccessKeys")], hand.rng.randint(2, 3)), 25)
    return Step("1-new-address", "a developer's key is used from an address never seen", ("T1078.004",), hand.step(), (("ip", address),))


def _tool(hand: Hand, owner: Person, address: str, tool: str) -> Step:
    """A second tool, which its owner never used."""
    hand.wait(40, 240)
    hand.caller = hand.caller.at(address, tool)
    hand.calls([*reads("sts"), *hand.rng.sample(of_user(owner.name), 3), *reads("s3")], 8)
    return Step("2-new-tool", "the key is used with a tool that is new to its owner", ("T1059.009",), hand.step(), (("ip", address),))


def _reset(hand: Hand, victim: Person, address: str) -> Step:
    """Somebody else's password is replaced, and that somebody signs in from the same address."""
    hand.wait(60, 400)
    if hand.rng.random() < 0.4:
        hand.calls(
            [
                Call(
                    "iam",
                    "UpdateLoginProfile",
                    {"userName": victim.name},
                    error="NoSuchEntityException",
                    message=f"Login Profile for User {victim.name} cannot be found.",
                ),
                changes.create_password(hand.at, victim.name, reset=False),
            ],
            6,
        )
    else:
        hand.calls([Call("iam", "GetLoginProfile", {"userName": victim.name}), changes.reset_password(victim.name, reset=False)], 6)
    at = hand.wait(40, 150)
    hand.note(sign_in(hand.rng, hand.firm, at, victim, address, _BROWSER, mfa=False))
    browsing = Caller(console_user(hand.firm, victim, hand.rng, at, mfa=False), address, _BROWSER, console=True)
    before, hand.caller = hand.caller, browsing
    hand.calls(some(hand.rng, hand.rng.randint(5, 12), "iam", "s3", "ec2"), 3)
    hand.caller = before
    return Step(
        "3-password-reset",
        "the password of another user is reset; sign-in as that user from the same address",
        ("T1098", "T1078.004"),
        hand.step(),
        (("ip", address), ("user", victim.name)),
    )


def _discover(hand: Hand) -> Step:
    """A burst of questions across services; some are refused."""
    hand.wait(30, 200)
    rng = hand.rng
    asked = [*reads(*rng.sample(_DISCOVERY, rng.randint(9, 13))), *(c for b in hand.firm.buckets for c in rng.sample(of_bucket(b), 3))]
    asked += [c for region in rng.sample(_FAR, 4) for c in some(rng, 3, "ec2", region=region)]
    rng.shuffle(asked)
    hand.calls((c.denied() if rng.random() < 0.18 else c for c in asked), rng.uniform(0.6, 2.5))
    return Step("4-discovery", "a burst of questions across services, some refused", ("T1580", "T1526", "T1087.004", "T1619"), hand.step())


def _escalate(hand: Hand, owner: Person, new: str, back_door: str, outsider: str) -> Step:
    """Every right for the key's owner, a user and a role to come back with."""
    hand.wait(60, 300)
    firm, rng, at = hand.firm, hand.rng, hand.at
    grant = [changes.attach_to_user(owner.name), changes.inline_for_user(owner.name, ids.letters(rng, 8))]
    persist = [changes.create_user(firm, rng, at, new), changes.attach_to_user(new), changes.create_key(rng, at, new)]
    trusted = {"AWS": f"arn:aws:iam::{outsider}:root"}
    door = rng.choice(
        (
            [changes.create_role(firm, rng, at, back_door, trusted), changes.attach_to_role(back_door)],
            [changes.trust("ci-terraform", trusted), changes.create_role(firm, rng, at, back_door, trusted), changes.attach_to_role(back_door)],
        )
    )
    blocks = [persist, door]
    rng.shuffle(blocks)
    hand.calls([grant[0].denied(), rng.choice(grant), *blocks[0], *blocks[1]], 14)
    opened = changes.assume(firm, rng, hand.at, back_door, "admin")
    hand.calls([opened], 10)
    since = hand.at
    session = role(firm, back_door, "admin", Random(f"{firm.seed}/session"), since)
    session["accessKeyId"] = (opened.response or {})["credentials"]["accessKeyId"]
    hand.caller = Caller(session, hand.caller.address, hand.caller.agent)
    return Step(
        "5-escalation",
        "every right is granted; a user, a key and a role are made to come back with",
        ("T1098.003", "T1098.001", "T1136.003"),
        hand.step(),
        (("user", new), ("resource", back_door)),
    )


def _compute(hand: Hand, regions: list[str], back_door: str) -> Step:
    """Machines with graphics cards where the firm has none, a function, a cluster of containers."""
    firm, rng = hand.firm, hand.rng
    hand.wait(60, 300)
    name, image = rng.choice(NATURE), f"registry.{rng.choice(NATURE)}.example/{rng.choice(NATURE)}:latest"
    for region in regions:
        run = changes.run_instances(firm, rng, hand.at, rng.choice(_GPU), rng.randint(1, 4), region)
        limit = Call(
            "ec2",
            "RunInstances",
            run.request,
            None,
            region,
            "Client.VcpuLimitExceeded",
            "You have requested more vCPU capacity than your current vCPU limit allows.",
        )
        hand.calls(
            [
                Call("ec2", "DescribeImages", {"ownersSet": {"items": [{"owner": "amazon"}]}}, region=region),
                Call("ec2", "CreateKeyPair", {"keyName": name}, region=region),
            ],
            4,
        )
        hand.calls([limit, run] if rng.random() < 0.5 else [run], 9)
    region = rng.choice(regions)
    more = [
        [
            changes.create_function(firm, rng, hand.at, name, back_door, region=region),
            Call("lambda", "CreateFunctionUrlConfig", {"functionName": name, "authType": "NONE"}, region=region),
        ],
        [changes.create_cluster(firm, name, region), changes.register_task(firm, name, image, 16384, region), changes.run_task(name, name, 10, region)],
    ]
    rng.shuffle(more)
    hand.calls([c for part in more for c in part], 12)
    return Step(
        "6-compute", "machines with graphics cards, a function and containers in regions that were never used", ("T1578.002", "T1496", "T1648"), hand.step()
    )


def _destroy(hand: Hand, outsider: str) -> Step:
    """What was stored is opened, made forgettable, and deleted."""
    firm, rng = hand.firm, hand.rng
    hand.wait(90, 500)
    target, logs = firm.buckets[0], firm.buckets[3]
    prepare = [
        changes.bucket_policy(target, rng.choice(("*", {"AWS": f"arn:aws:iam::{outsider}:root"})), ("s3:GetObject", "s3:ListBucket")),
        changes.versioning(target, on=False),
        Call("s3", "DeleteBucketEncryption", {"bucketName": target, "encryption": ""}),
        changes.lifecycle(logs, "cleanup", 1),
    ]
    rng.shuffle(prepare)
    if rng.random() < 0.6:
        prepare.insert(rng.randrange(4), Call("cloudtrail", "StopLogging", {"name": f"arn:aws:cloudtrail:{firm.region}:{firm.account}:trail/main"}))
    hand.calls(prepare, 20)
    hand.calls(
        (changes.delete_object(target, f"db/{2024 + n // 12}-{n % 12 + 1:02}/dump-{ids.hexes(rng, 6)}.sql.gz") for n in range(rng.randint(40, 110))), 0.9
    )
    return Step(
        "7-destruction",
        "a bucket is opened, its versions and encryption are switched off, its objects are deleted",
        ("T1485", "T1490", "T1562.008"),
        hand.step(),
        (("resource", target),),
    )


def play(stage: Stage) -> Story:
    firm, rng = stage.firm, stage.rng
    owner, victim = rng.choice([p for p in firm.people[:-1] if p.kind == "developer"]), firm.person(rng.choice(("admin", "oncall")))
    first, second = rng.choice(_COMMAND_LINES), rng.choice(_PROGRAMS)
    address, later = stage.strangers[:2]
    outsider = next(a for a in ("999999999999", "555566667777") if a != firm.account)
    new, door = (
        f"{rng.choice(('backup', 'support', 'deploy', 'svc'))}-{rng.choice(NATURE)}",
        f"{rng.choice(('Organization', 'Support', 'Config'))}{rng.choice(('Access', 'Role', 'Sync'))}",
    )
    hand = Hand(firm, rng, stage.moment(9.5, 20), Caller(user(firm, owner), address, first))
    steps = [
        _arrive(hand, address),
        _tool(hand, owner, address, second),
        _reset(hand, victim, address),
        _discover(hand),
        _escalate(hand, owner, new, door, outsider),
    ]
    if rng.random() < 0.3:
        # The way out changes once the session of a role is in hand.
        hand.caller = hand.caller.at(later)
    hand.wait(1 * MINUTE, 12 * MINUTE)
    steps += [_compute(hand, rng.sample(_FAR, rng.randint(2, 4)), door), _destroy(hand, outsider)]
    touch = [
        ("ip", address),
        ("key", owner.key),
        ("user", new),
        ("user", str(hand.caller.identity["arn"])),
        ("user", str(hand.caller.identity["principalId"])),
        ("key", str(hand.caller.identity["accessKeyId"])),
    ]
    if hand.caller.address == later:
        touch.append(("ip", later))
    return Story("an account taken over with a developer's key", tuple(steps), tuple(touch))


SCENARIO = Scenario("aws-takeover", "cloud", play, what="an AWS account taken over with a stolen key, seven steps in an hour")
