"""Calls that only look, by service, with the requests that consoles and tools send."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from vidocq.simulation.cloudtrail import Call
from vidocq.simulation.firm import Firm

_ALL: dict[str, Any] = {"maxResults": 1000}
_EC2: dict[str, Any] = {"instancesSet": {}, "filterSet": {}}
_VPC: list[Any] = [{"name": "vpc-id", "valueSet": {"items": [{"value": "vpc-0a1b2c3d4e5f60718"}]}}]

READS: Mapping[str, tuple[tuple[str, Mapping[str, Any] | None], ...]] = {
    "ec2": (
        ("DescribeInstances", _EC2),
        ("DescribeInstanceStatus", {"instancesSet": {}, "filterSet": {}, "includeAllInstances": True}),
        ("DescribeSecurityGroups", {"securityGroupSet": {}, "filterSet": {}}),
        ("DescribeVpcs", {"vpcSet": {}, "filterSet": {}}),
        ("DescribeSubnets", {"subnetSet": {}, "filterSet": {"items": _VPC}}),
        ("DescribeVolumes", {"volumeSet": {}, "filterSet": {}}),
        ("DescribeSnapshots", {"snapshotSet": {}, "ownersSet": {"items": [{"owner": "self"}]}}),
        ("DescribeImages", {"imagesSet": {}, "ownersSet": {"items": [{"owner": "self"}]}}),
        ("DescribeKeyPairs", {"keySet": {}, "filterSet": {}}),
        ("DescribeRegions", {"regionSet": {}}),
        ("DescribeAvailabilityZones", {"availabilityZoneSet": {}}),
        ("DescribeRouteTables", {"routeTableIdSet": {}, "filterSet": {}}),
        ("DescribeNetworkInterfaces", {"networkInterfaceIdSet": {}, "filterSet": {}}),
        ("DescribeAddresses", {"publicIpsSet": {}, "filterSet": {}}),
        ("DescribeTags", {"filterSet": {}}),
        ("DescribeAccountAttributes", {"accountAttributeNameSet": {}}),
    ),
    "iam": (
        ("ListUsers", None),
        ("ListRoles", None),
        ("ListGroups", None),
        ("ListPolicies", {"scope": "Local", "onlyAttached": False}),
        ("GetAccountSummary", None),
        ("ListAccountAliases", None),
        ("GetAccountPasswordPolicy", None),
        ("ListInstanceProfiles", None),
        ("ListVirtualMFADevices", None),
        ("GetAccountAuthorizationDetails", None),
        ("GetCredentialReport", None),
        ("ListSAMLProviders", None),
    ),
    "s3": (("ListBuckets", None),),
    "sts": (("GetCallerIdentity", None),),
    "lambda": (("ListFunctions20150331", None), ("GetAccountSettings20160819", None), ("ListEventSourceMappings20150331", None), ("ListLayers20181031", None)),
    "rds": (("DescribeDBInstances", None), ("DescribeDBSnapshots", {"includeShared": False, "includePublic": False}), ("DescribeDBClusters", None)),
    "ecs": (("ListClusters", _ALL), ("DescribeClusters", None), ("ListTaskDefinitions", None), ("ListServices", None)),
    "cloudtrail": (("DescribeTrails", {"includeShadowTrails": False}), ("GetTrailStatus", None), ("LookupEvents", {"maxResults": 50}), ("ListTrails", None)),
    "secretsmanager": (("ListSecrets", {"maxResults": 100}),),
    "ssm": (("DescribeParameters", {"maxResults": 50}), ("DescribeInstanceInformation", {"maxResults": 50})),
    "kms": (("ListKeys", None), ("ListAliases", None)),
    "cloudformation": (("ListStacks", None), ("DescribeStacks", None)),
    "monitoring": (("DescribeAlarms", {"maxRecords": 100}), ("ListMetrics", None), ("GetMetricData", None)),
    "elasticloadbalancing": (("DescribeLoadBalancers", None), ("DescribeTargetHealth", None), ("DescribeTargetGroups", None)),
    "autoscaling": (("DescribeAutoScalingGroups", None), ("DescribeScalingActivities", None)),
    "guardduty": (("ListDetectors", None),),
    "organizations": (("DescribeOrganization", None), ("ListAccounts", None)),
    "ses": (("GetSendQuota", None), ("ListIdentities", {"identityType": "EmailAddress"})),
    "ecr": (("DescribeRepositories", None), ("GetAuthorizationToken", None)),
    "dynamodb": (("ListTables", None),),
    "servicequotas": (("ListServiceQuotas", {"serviceCode": "ec2"}), ("GetServiceQuota", {"serviceCode": "ec2", "quotaCode": "L-417A185B"})),
    "ce": (("GetCostAndUsage", None),),
}

_BUCKET = (
    "GetBucketPolicy",
    "GetBucketAcl",
    "GetBucketVersioning",
    "GetBucketEncryption",
    "GetBucketLocation",
    "GetBucketLifecycle",
    "GetBucketPublicAccessBlock",
    "GetBucketLogging",
)
_PERSON = ("GetUser", "ListAttachedUserPolicies", "ListUserPolicies", "ListAccessKeys", "ListMFADevices", "ListGroupsForUser", "GetLoginProfile")


def reads(*services: str, region: str | None = None) -> list[Call]:
    """Every call that looks at these services, in the table's order."""
    return [Call(s, operation, request, region=region) for s in services for operation, request in READS[s]]


def some(rng: Random, count: int, *services: str, region: str | None = None) -> list[Call]:
    """`count` of them at random, repeats included."""
    known = reads(*services, region=region)
    return [rng.choice(known) for _ in range(count)]


def of_bucket(bucket: str) -> list[Call]:
    """What tools ask about a bucket."""
    return [Call("s3", operation, {"bucketName": bucket, operation.removeprefix("GetBucket").lower(): ""}) for operation in _BUCKET]


def of_user(name: str) -> list[Call]:
    """What tools ask about a user."""
    return [Call("iam", operation, {"userName": name}) for operation in _PERSON]


def of_firm(firm: Firm) -> list[Call]:
    """Everything that a tool which lists everything asks."""
    wide = reads(*READS)
    deep = [c for b in firm.buckets for c in of_bucket(b)] + [c for p in firm.people for c in of_user(p.name)]
    return wide + deep
