"""A developer's token for the code host is stolen: a changed workflow prints the deployment's secrets, and the key is used from elsewhere to look around in the cloud and carry files off."""

from __future__ import annotations

from typing import Any

from vidocq.simulation import changes, deploy, github, ids
from vidocq.simulation.clock import MINUTE
from vidocq.simulation.cloudtrail import Call
from vidocq.simulation.hand import Hand
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.reads import of_bucket, of_user, reads

_AGENTS = ("Boto3/1.26.27 Python/3.10.12 Linux/6.6.9-amd64 Botocore/1.29.27", "aws-cli/2.9.19 Python/3.9.16 Linux/6.1.0-13-cloud-amd64 source/x86_64.debian.12 prompt/off command/{}", "aws-sdk-go-v2/1.17.0 os/linux lang/go/1.20.4 md/GOOS/linux md/GOARCH/amd64")
_BRANCHES = ("patch-1", "fix-ci", "dependabot/npm_and_yarn/lodash-4.17.21", "test", "update-readme")


def _code(stage: Stage, at: float, address: str) -> tuple[list[Line], list[Line], float]:
    """Repositories are cloned with the stolen token; a branch changes the workflow, runs it with the secrets, and is gone."""
    firm, rng = stage.firm, stage.rng
    who = rng.choice(github.developers(firm))
    how: dict[str, Any] = {"transport_protocol": 1, "transport_protocol_name": "http", "programmatic_access_type": "Personal access token (classic)", "hashed_token": github.token(firm, who.login), "agent": rng.choice(("git/2.34.1", "git/2.45.2"))}
    cloned = []
    for place in [*rng.sample([r for r in github.REPOSITORIES if r != deploy.REPOSITORY], rng.randint(2, 7)), deploy.REPOSITORY]:
        at += rng.uniform(4, 60)
        cloned.append(github.event(firm, rng, at, "git.clone", who, address, place, **how))
    at += rng.uniform(3, 20) * MINUTE
    branch = rng.choice(_BRANCHES)
    leaked = [github.event(firm, rng, at, "git.push", who, address, deploy.REPOSITORY, **how)]
    for n in range(rng.choice((1, 1, 2))):
        leaked += github.run(firm, rng, at + 9 + 300 * n, who, deploy.REPOSITORY, workflow=rng.choice(("lint.yml", "ci-test.yml", "format.yml")), name="Test", branch=branch, secrets=deploy.SECRETS, takes=40, conclusion="failure" if n == 0 else "success")
    leaked.append(github.event(firm, rng, at + 700, "git.push", who, address, deploy.REPOSITORY, **how))
    return cloned, leaked, at + 720


def _cloud(stage: Stage, at: float, address: str) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The key is tried and looks around, mostly in vain; then what the bucket holds is fetched, or a way back is tried."""
    firm, rng = stage.firm, stage.rng
    hand = Hand(firm, rng, at, deploy.deployer(firm, address, rng.choice(_AGENTS)))
    looks = [*reads("sts"), *reads("s3"), *[c.denied() if rng.random() < 0.6 else c for c in rng.sample(reads("iam", "ec2", "lambda", "secretsmanager", "ssm", "rds"), rng.randint(10, 18))], *[c.denied() for c in of_user(deploy.USER)[:3]]]
    hand.calls(looks, 6)
    looked = hand.step()
    hand.wait(60, 900)
    for bucket in rng.sample(firm.buckets, 3):
        hand.calls(of_bucket(bucket)[:2], 4)
        hand.calls([Call("s3", "GetObject", {"bucketName": bucket, "key": f"{ids.hexes(rng, 6)}/export-{n}.csv.gz"}) for n in range(rng.randint(20, 90))], 0.6)
    hand.calls([changes.create_key(rng, hand.at, deploy.USER).denied(), changes.create_user(firm, rng, hand.at, "support-2").denied()], 20)
    return looked, hand.step()


def play(stage: Stage) -> Story:
    rng = stage.rng
    first, second = stage.strangers[0], stage.strangers[rng.choice((0, 1))]
    cloned, leaked, at = _code(stage, stage.moment(1, 17), first)
    looked, taken = _cloud(stage, at + rng.uniform(2, 50) * MINUTE, second)
    key = ("key", str(deploy.deployer(stage.firm, second).identity["accessKeyId"]))
    steps = (
        Step("1-cloned", "repositories are cloned with a stolen token", ("T1213.003",), tuple(cloned), (("ip", first),)),
        Step("2-leaked", "a changed workflow prints the deployment's secrets", ("T1552",), tuple(leaked), (("ip", first),)),
        Step("3-look", "the key looks around from elsewhere", ("T1078.004", "T1526"), looked, (("ip", second), key)),
        Step("4-taken", "files are fetched from buckets, a way back is tried", ("T1530",), taken, (("ip", second), key)),
    )
    return Story("a deployment's key printed by a changed workflow and used from elsewhere", steps, (("ip", first), ("ip", second), key))


SCENARIO = Scenario("ci-secret-stolen", "cloud", play, what="a workflow changed to print secrets; the deployment's key used from elsewhere")
