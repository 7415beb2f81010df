"""Calls that change something, with requests and answers in the forms that CloudTrail writes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from random import Random
from typing import Any
from urllib.parse import quote

from vidocq.simulation import ids
from vidocq.simulation.clock import second, spoken
from vidocq.simulation.cloudtrail import Call
from vidocq.simulation.firm import Firm

ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"


def _policy(*statements: dict[str, object]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)}, separators=(",", ":"))


def create_user(firm: Firm, rng: Random, at: float, name: str) -> Call:
    """A user is made."""
    made = {"path": "/", "userName": name, "userId": ids.aws(rng, "AIDA"), "arn": f"arn:aws:iam::{firm.account}:user/{name}", "createDate": spoken(at)}
    return Call("iam", "CreateUser", {"userName": name}, {"user": made})


def create_key(rng: Random, at: float, name: str) -> Call:
    """A long-lived key is made for a user."""
    made = {"accessKeyId": ids.aws(rng, "AKIA"), "status": "Active", "userName": name, "createDate": spoken(at)}
    return Call("iam", "CreateAccessKey", {"userName": name}, {"accessKey": made})


def create_password(at: float, name: str, reset: bool) -> Call:
    """A user who had no password gets one."""
    return Call(
        "iam",
        "CreateLoginProfile",
        {"userName": name, "passwordResetRequired": reset},
        {"loginProfile": {"userName": name, "createDate": spoken(at), "passwordResetRequired": reset}},
    )


def reset_password(name: str, reset: bool) -> Call:
    """A user's password is replaced."""
    return Call("iam", "UpdateLoginProfile", {"userName": name} | ({"passwordResetRequired": True} if reset else {}))


def join_group(name: str, group: str) -> Call:
    """A user becomes a member of a group."""
    return Call("iam", "AddUserToGroup", {"groupName": group, "userName": name})


def attach_to_user(name: str, policy: str = ADMINISTRATOR) -> Call:
    """A user gets a managed policy."""
    return Call("iam", "AttachUserPolicy", {"userName": name, "policyArn": policy})


def inline_for_user(name: str, policy: str) -> Call:
    """A user gets a policy of its own that allows everything."""
    return Call(
        "iam", "PutUserPolicy", {"userName": name, "policyName": policy, "policyDocument": _policy({"Effect": "Allow", "Action": "*", "Resource": "*"})}
    )


def _trust(principal: dict[str, str]) -> str:
    return _policy({"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"})


def create_role(firm: Firm, rng: Random, at: float, name: str, trusted: dict[str, str]) -> Call:
    """A role is made that `trusted` may assume."""
    document = _trust(trusted)
    made = {
        "path": "/",
        "roleName": name,
        "roleId": ids.aws(Random(f"{firm.seed}/role/{name}"), "AROA"),
        "arn": f"arn:aws:iam::{firm.account}:role/{name}",
        "createDate": spoken(at),
        "assumeRolePolicyDocument": quote(document),
    }
    return Call("iam", "CreateRole", {"roleName": name, "assumeRolePolicyDocument": document}, {"role": made})


def trust(name: str, trusted: dict[str, str]) -> Call:
    """The trust of a role is replaced."""
    return Call("iam", "UpdateAssumeRolePolicy", {"roleName": name, "policyDocument": _trust(trusted)})


def attach_to_role(name: str, policy: str = ADMINISTRATOR) -> Call:
    """A role gets a managed policy."""
    return Call("iam", "AttachRolePolicy", {"roleName": name, "policyArn": policy})


def assume(firm: Firm, rng: Random, at: float, name: str, session: str) -> Call:
    """A session of a role is opened; the answer holds its key."""
    principal = ids.aws(Random(f"{firm.seed}/role/{name}"), "AROA")
    answer = {
        "credentials": {"accessKeyId": ids.aws(rng, "ASIA"), "sessionToken": ids.letters(rng, 60), "expiration": spoken(at + 3600)},
        "assumedRoleUser": {"assumedRoleId": f"{principal}:{session}", "arn": f"arn:aws:sts::{firm.account}:assumed-role/{name}/{session}"},
    }
    return Call("sts", "AssumeRole", {"roleArn": f"arn:aws:iam::{firm.account}:role/{name}", "roleSessionName": session}, answer)


def run_instances(firm: Firm, rng: Random, at: float, kind: str, count: int, region: str | None = None) -> Call:
    """Instances are started."""
    image = f"ami-0{ids.hexes(rng, 16)}"
    items = [
        {
            "instanceId": f"i-0{ids.hexes(rng, 16)}",
            "imageId": image,
            "instanceState": {"code": 0, "name": "pending"},
            "instanceType": kind,
            "launchTime": int(at) * 1000,
            "placement": {"availabilityZone": f"{region or firm.region}a", "tenancy": "default"},
        }
        for _ in range(count)
    ]
    request = {
        "instancesSet": {"items": [{"imageId": image, "minCount": count, "maxCount": count}]},
        "instanceType": kind,
        "blockDeviceMapping": {},
        "monitoring": {"enabled": False},
        "disableApiTermination": False,
        "clientToken": ids.uuid4(rng),
    }
    return Call(
        "ec2",
        "RunInstances",
        request,
        {"requestId": ids.uuid4(rng), "reservationId": f"r-0{ids.hexes(rng, 16)}", "ownerId": firm.account, "instancesSet": {"items": items}},
        region,
    )


def started(call: Call) -> list[str]:
    """The ids of the instances that a call of RunInstances started."""
    return [i["instanceId"] for i in (call.response or {})["instancesSet"]["items"]]


def terminate(instances: Sequence[str], region: str | None = None) -> Call:
    """Instances are ended."""
    gone = [{"instanceId": i, "currentState": {"code": 32, "name": "shutting-down"}, "previousState": {"code": 16, "name": "running"}} for i in instances]
    return Call("ec2", "TerminateInstances", {"instancesSet": {"items": [{"instanceId": i} for i in instances]}}, {"instancesSet": {"items": gone}}, region)


def create_function(firm: Firm, rng: Random, at: float, name: str, role: str, runtime: str = "python3.12", region: str | None = None) -> Call:
    """A function is made that runs as a role."""
    arn = f"arn:aws:iam::{firm.account}:role/{role}"
    request: dict[str, Any] = {
        "functionName": name,
        "runtime": runtime,
        "role": arn,
        "handler": "index.handler",
        "code": {},
        "timeout": rng.choice((30, 300, 900)),
        "memorySize": rng.choice((128, 512, 3008)),
        "publish": False,
    }
    answer = request | {
        "functionArn": f"arn:aws:lambda:{region or firm.region}:{firm.account}:function:{name}",
        "codeSize": rng.randrange(300, 9_000_000),
        "version": "$LATEST",
        "lastModified": second(at),
    }
    return Call("lambda", "CreateFunction20150331", request, {k: v for k, v in answer.items() if k != "code"}, region)


def create_cluster(firm: Firm, name: str, region: str | None = None) -> Call:
    """A cluster for containers is made."""
    arn = f"arn:aws:ecs:{region or firm.region}:{firm.account}:cluster/{name}"
    return Call("ecs", "CreateCluster", {"clusterName": name}, {"cluster": {"clusterArn": arn, "clusterName": name, "status": "ACTIVE"}}, region)


def register_task(firm: Firm, family: str, image: str, cpu: int, region: str | None = None) -> Call:
    """A container is described, ready to be run."""
    request = {
        "family": family,
        "networkMode": "awsvpc",
        "requiresCompatibilities": ["FARGATE"],
        "cpu": str(cpu),
        "memory": str(cpu * 2),
        "containerDefinitions": [{"name": family, "image": image, "essential": True}],
    }
    arn = f"arn:aws:ecs:{region or firm.region}:{firm.account}:task-definition/{family}:1"
    return Call(
        "ecs", "RegisterTaskDefinition", request, {"taskDefinition": {"taskDefinitionArn": arn, "family": family, "revision": 1, "status": "ACTIVE"}}, region
    )


def run_task(cluster: str, family: str, count: int, region: str | None = None) -> Call:
    """Containers are started."""
    return Call(
        "ecs", "RunTask", {"cluster": cluster, "taskDefinition": family, "count": count, "launchType": "FARGATE"}, {"failures": [], "tasks": []}, region
    )


def bucket_policy(bucket: str, principal: object, actions: Sequence[str]) -> Call:
    """A bucket is opened to a principal."""
    resources = [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"]
    document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": principal, "Action": list(actions), "Resource": resources}]}
    return Call("s3", "PutBucketPolicy", {"bucketName": bucket, "bucketPolicy": document, "policy": ""})


def lifecycle(bucket: str, rule: str, days: int) -> Call:
    """A bucket forgets what is older than some days."""
    body = {"Rule": {"Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": days}, "ID": rule}}
    return Call("s3", "PutBucketLifecycle", {"bucketName": bucket, "lifecycle": "", "LifecycleConfiguration": body})


def versioning(bucket: str, on: bool) -> Call:
    """A bucket begins or ceases to keep old versions."""
    return Call("s3", "PutBucketVersioning", {"bucketName": bucket, "versioning": "", "VersioningConfiguration": {"Status": "Enabled" if on else "Suspended"}})


def delete_object(bucket: str, key: str) -> Call:
    """One object is deleted."""
    return Call("s3", "DeleteObject", {"bucketName": bucket, "key": key})
