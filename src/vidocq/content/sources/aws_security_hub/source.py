"""AWS Security Hub findings in the AWS Security Finding Format: `Findings[]` of the API, single, or in an EventBridge envelope (`detail.findings`).

Source of the fields: docs.aws.amazon.com, "AWS Security Finding Format (ASFF)".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vidocq.model.record import as_json, at, every, inside, named, text
from vidocq.model.source import Head, Layout, Row, Source, names_in

_SEVERITY = {"INFORMATIONAL": 1, "LOW": 2, "MEDIUM": 3, "HIGH": 4, "CRITICAL": 5}
# What is true of a configuration, of software or of stored data: context for an investigation, not a sign that something happened.
_POSTURE = ("software and configuration checks", "sensitive data identifications")


def recognise(head: Head) -> Layout | None:
    names = names_in(head.text)
    return Layout("json", within=("Findings", "detail.findings")) if "ProductArn" in names and {"GeneratorId", "SchemaVersion"} & names else None


_ACTION = ("Action.NetworkConnectionAction", "Action.AwsApiCallAction", "Action.PortProbeAction.PortProbeDetails")
# (kind, role, paths); a list on the way stands for each of its items.
_NAMED: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("account", "account", ("AwsAccountId",)),
    ("ip", "source", ("Network.SourceIpV4", "Network.SourceIpV6")),
    ("ip", "destination", ("Network.DestinationIpV4", "Network.DestinationIpV6")),
    ("ip", "peer", tuple(f"{path}.RemoteIpDetails.IpAddressV4" for path in _ACTION)),
    ("ip", "host", ("Resources.Details.AwsEc2Instance.IpV4Addresses",)),
    ("domain", "source", ("Network.SourceDomain",)),
    ("domain", "destination", ("Network.DestinationDomain", "Action.DnsRequestAction.Domain")),
    ("user", "actor", ("Resources.Details.AwsIamAccessKey.PrincipalId", "Resources.Details.AwsIamAccessKey.PrincipalName")),
    ("key", "credential", ("Resources.Details.AwsIamAccessKey.AccessKeyId",)),
    ("process", "process", ("Process.Name",)),
    ("file", "file", ("Process.Path", "Malware.Path")),
)
_INDICATORS = {
    "DOMAIN": "domain", "IPV4_ADDRESS": "ip", "IPV6_ADDRESS": "ip", "URL": "url", "HASH_SHA256": "hash", "HASH_SHA1": "hash", "HASH_MD5": "hash",
    "EMAIL_ADDRESS": "mailbox",
}


def _entities(finding: Mapping[str, Any]) -> Iterator[tuple[str, Any, str]]:
    for kind, role, paths in _NAMED:
        yield from ((kind, name, role) for path in paths for name in every(finding, path))
    for indicator in every(finding, "ThreatIntelIndicators"):
        indicated = _INDICATORS.get(str(text(indicator, "Type")))
        if indicated:
            yield indicated, text(indicator, "Value"), "indicator"
    for resource in every(finding, "Resources"):
        name, type_of = text(resource, "Id"), text(resource, "Type")
        if name is None or type_of == "AwsAccount":
            continue
        if type_of == "AwsIamAccessKey":
            # `AWS::IAM::AccessKey:AKIA…`
            yield "key", name.rpartition(":")[2], "credential"
            continue
        yield "resource", name, "target"
        if ":instance/" in name:
            # Other logs name an instance without its ARN.
            yield "resource", name.rpartition("/")[2], "target"


def _rule(finding: Mapping[str, Any]) -> str | None:
    """What found it: a control by its id; a product that only names its detector, by the type of the finding."""
    generator = text(finding, "GeneratorId")
    detector = generator is not None and generator.startswith("arn:") and ":detector/" in generator
    return text(finding, "Types") or generator if detector or generator is None else generator


def _category(finding: Mapping[str, Any]) -> str:
    types = [str(t).lower() for t in every(finding, "Types")] + [str(t).lower() for t in every(finding, "FindingProviderFields.Types")]
    told = inside(finding, "Compliance") or next(every(finding, "Vulnerabilities"), None) is not None
    return "posture" if told or (types and all(t.startswith(_POSTURE) for t in types)) else "threat"


def _severity(finding: Mapping[str, Any]) -> int:
    label = text(finding, "Severity.Label", "FindingProviderFields.Severity.Label")
    if label:
        return _SEVERITY.get(label.upper(), 3)
    normal = at(finding, "Severity.Normalized")
    return 3 if normal is None else 5 if float(normal) >= 90 else 4 if float(normal) >= 70 else 3 if float(normal) >= 40 else 2 if float(normal) >= 1 else 1


def rows(record: Mapping[str, Any]) -> Iterator[Row]:
    if not (text(record, "Id") and text(record, "ProductArn")):
        return
    found = named(_entities(record))
    first = {(e.kind, e.role): e.name for e in reversed(found)}
    asked = text(record, "Action.DnsRequestAction.Domain") is not None
    outbound = asked or text(record, "Network.Direction", "Action.NetworkConnectionAction.ConnectionDirection") in ("OUT", "OUTBOUND")
    own, peer = first.get(("ip", "host")), first.get(("ip", "peer"))
    yield "detection_finding", {
        "time": at(record, "UpdatedAt", "CreatedAt"), "uid": text(record, "Id"), "rule": _rule(record), "title": text(record, "Title"),
        "message": text(record, "Description"),
        "severity": _severity(record), "product": text(record, "ProductName", "ProductFields.aws/securityhub/ProductName", "ProductArn"),
        "category": _category(record),
        "actor_user": first.get(("user", "actor")), "entities": as_json(found), "action": text(record, "Workflow.Status"),
        "src_ip": first.get(("ip", "source")) or (own if outbound else peer), "dst_ip": first.get(("ip", "destination")) or (peer if outbound else own),
        "tactics": ",".join(sorted({str(t).split("/")[1].replace(" ", "") for t in every(record, "Types") if str(t).startswith("TTPs/")})),
    }


SOURCE = Source(id="aws_security_hub", title="AWS Security Hub findings (ASFF)", recognise=recognise, rows=rows, rank=66, unique=True, lag_s=900)
