"""Findings of GuardDuty as it exports them, one a line: what it makes of the account's calls and of the cluster's, right or wrong. Source: docs.aws.amazon.com, "GuardDuty finding types" and "finding format"."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from vidocq.simulation.clock import date
from vidocq.simulation.finding import finding
from vidocq.simulation.firm import Firm
from vidocq.simulation.kubernetes import gateway
from vidocq.simulation.line import Form, Line, Log


def _call(firm: Firm, line: Line) -> Iterator[Line]:
    record = line.record
    who, name, address = record["userIdentity"], record["eventName"], record["sourceIPAddress"]
    key = {"accessKeyId": who.get("accessKeyId", ""), "principalId": who.get("principalId", ""), "userType": who.get("type", ""), "userName": who.get("userName") or str(who.get("arn", "")).split("/")[-2:][0]}
    resource = {"resourceType": "AccessKey", "accessKeyDetails": key}
    action = {"actionType": "AWS_API_CALL", "awsApiCallAction": {"api": name, "serviceName": record["eventSource"], "callerType": "Remote IP", "remoteIpDetails": {"ipAddressV4": address}}}
    machine = str(who.get("principalId", "")).rpartition(":")[2].startswith("i-")
    if machine and name == "GetCallerIdentity" and address != gateway(firm):
        yield finding(firm, line, "UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS", 8, "Credentials for an EC2 instance role were used from an external IP address.", resource, action)
    elif name == "StopLogging" and "errorCode" not in record:
        yield finding(firm, line, "Stealth:IAMUser/CloudTrailLoggingDisabled", 2, "AWS CloudTrail trail was disabled.", resource, action)


def _of_cluster(firm: Firm, line: Line) -> Iterator[Line]:
    record = line.record
    asked = record.get("objectRef", {})
    if record["verb"] != "create" or asked.get("resource") not in ("pods", "daemonsets", "deployments") or asked.get("subresource") or record["responseStatus"]["code"] >= 400:
        return
    body = record.get("requestObject", {}).get("spec", {})
    spec = body.get("template", {}).get("spec", body)
    resource = {
        "resourceType": "EKSCluster", "eksClusterDetails": {"name": f"{firm.name}-prod", "arn": f"arn:aws:eks:{firm.region}:{firm.account}:cluster/{firm.name}-prod"},
        "kubernetesDetails": {"kubernetesUserDetails": {"username": record["user"]["username"], "groups": record["user"]["groups"]}, "kubernetesWorkloadDetails": {"name": asked.get("name", ""), "type": asked["resource"], "namespace": asked.get("namespace", "")}},
    }
    action = {"actionType": "KUBERNETES_API_CALL", "kubernetesApiCallAction": {"requestUri": record["requestURI"], "verb": "create", "statusCode": 201, "sourceIPs": record["sourceIPs"], "userAgent": record["userAgent"], "remoteIpDetails": {"ipAddressV4": record["sourceIPs"][0]}}}
    if any("hostPath" in v for v in spec.get("volumes", ())):
        yield finding(firm, line, "Persistence:Kubernetes/ContainerWithSensitiveMount", 5, "Container launched with sensitive host path mounted inside.", resource, action)
    if any(b.get("securityContext", {}).get("privileged") for b in spec.get("containers", ())):
        yield finding(firm, line, "PrivilegeEscalation:Kubernetes/PrivilegedContainer", 5, "Privileged container with root level access launched on the EKS cluster.", resource, action)


def hear(firm: Firm, line: Line) -> Iterator[Line]:
    if line.log == "cloudtrail":
        yield from _call(firm, line)
    elif line.log == "kubernetes":
        yield from _of_cluster(firm, line)


LOG = Log("guardduty", lambda firm, log, at: f"AWSLogs/{firm.account}/GuardDuty/{firm.region}/{date(at)}.jsonl.gz", lambda firm, log: Form(msgspec.json.encode), hear)
