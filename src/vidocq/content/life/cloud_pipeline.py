"""A pipeline that applies Terraform: storms of questions each working day, and changes of every kind on some of them."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from vidocq.simulation import changes
from vidocq.simulation.clock import office_times
from vidocq.simulation.cloudtrail import Call, Caller, line
from vidocq.simulation.firm import Firm
from vidocq.simulation.line import Line, Part
from vidocq.simulation.pipeline import AGENT, ROLE, pipeline
from vidocq.simulation.reads import of_bucket, reads

_STATE = ("ec2", "iam", "lambda", "rds", "ecs", "elasticloadbalancing", "autoscaling", "kms", "ssm")


def _refresh(firm: Firm, rng: Random) -> list[Call]:
    """What a plan asks before it changes anything: the whole state, resource by resource."""
    state = reads(*_STATE) * rng.randint(1, 3)
    rng.shuffle(state)
    return [*reads("sts"), *state, *(c for b in firm.buckets for c in of_bucket(b))]


def _apply(firm: Firm, rng: Random, at: float) -> list[Call]:
    """One of the changes that the firm's code makes."""
    name = f"{firm.name}-{rng.choice(('orders', 'stock', 'billing', 'search'))}-{rng.randrange(100)}"
    lambda_trust = {"Service": "lambda.amazonaws.com"}
    return rng.choice(
        (
            [
                changes.create_role(firm, rng, at, name, lambda_trust),
                changes.attach_to_role(name, "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"),
                changes.create_function(firm, rng, at, name, name),
            ],
            [
                changes.register_task(firm, name, f"{firm.account}.dkr.ecr.{firm.region}.amazonaws.com/{name}:{rng.randrange(400)}", 512),
                Call("ecs", "UpdateService", {"service": name, "cluster": f"{firm.name}-main"}),
            ],
            [
                Call(
                    "ec2",
                    "AuthorizeSecurityGroupIngress",
                    {
                        "groupId": "sg-0123abcd4567ef890",
                        "ipPermissions": {"items": [{"ipProtocol": "tcp", "fromPort": 443, "toPort": 443, "ipRanges": {"items": [{"cidrIp": "10.0.0.0/8"}]}}]},
                    },
                )
            ],
            [
                changes.bucket_policy(firm.buckets[1], {"Service": "cloudfront.amazonaws.com"}, ("s3:GetObject",)),
                changes.lifecycle(firm.buckets[3], "expire-old-logs", 365),
                changes.versioning(firm.buckets[2], on=True),
            ],
            [
                Call("ssm", "PutParameter", {"name": f"/{name}/version", "type": "String", "overwrite": True}),
                Call("lambda", "UpdateFunctionCode20150331v2", {"functionName": name, "publish": True}),
            ],
        )
    )


def _run(firm: Firm, rng: Random, at: float) -> Iterator[Line]:
    github = Caller(
        {
            "type": "WebIdentityUser",
            "principalId": "arn:aws:iam::000000000000:oidc-provider/ci.example",
            "userName": f"repo:{firm.name}/infra:ref:refs/heads/main",
            "identityProvider": "ci.example",
        },
        firm.runner,
        AGENT,
    )
    opened = changes.assume(firm, rng, at, ROLE, "run")
    yield line(rng, firm, at, github, Call("sts", "AssumeRoleWithWebIdentity", opened.request, opened.response))
    caller = pipeline(firm, rng, at)
    for call in _refresh(firm, rng):
        at += rng.expovariate(6)
        yield line(rng, firm, at, caller, call)
    if rng.random() < 0.6:
        for call in _apply(firm, rng, at):
            at += rng.uniform(0.5, 8)
            yield line(rng, firm, at, caller, call)


def tell(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    for at in office_times(rng, day, 4):
        yield from _run(firm, rng, at)


PART = Part("cloud", tell)
