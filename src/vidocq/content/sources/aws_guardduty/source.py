"""Amazon GuardDuty findings: as exported to S3 (one per line), from the API (`Findings[]`), or in an EventBridge envelope (`detail`).

Source of the fields: docs.aws.amazon.com, "GuardDuty finding format" and the API reference of `Finding`. The API writes names with a capital
letter, the other two without: names are compared in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from vidocq.model.record import as_json, at, every, inside, named, text
from vidocq.model.source import Head, Layout, Row, Source, names_in

# The first word of a finding's type, where it is a tactic of ATT&CK.
_TACTICS = {
    "recon": "Reconnaissance", "initialaccess": "InitialAccess", "execution": "Execution", "persistence": "Persistence",
    "privilegeescalation": "PrivilegeEscalation",
    "defenseevasion": "DefenseEvasion", "stealth": "DefenseEvasion", "credentialaccess": "CredentialAccess", "discovery": "Discovery",
    "exfiltration": "Exfiltration",
    "impact": "Impact", "backdoor": "CommandAndControl", "trojan": "CommandAndControl", "cryptocurrency": "Impact",
}


_EVENT = re.compile(r'"detail-type"\s*:\s*"guardduty finding"')
_TYPE = re.compile(r'"type"\s*:\s*"[a-z]+:[a-z0-9]+/[a-z0-9.!-]+"')


def recognise(head: Head) -> Layout | None:
    lower = head.text[:30_000].lower()
    names = names_in(lower)
    if {"productarn", "class_uid"} & names:
        return None
    told = {"severity", "accountid"} <= names and bool({"servicename", "detectorid"} & names)
    # A collector may leave out the resource; the form of the type is GuardDuty's alone.
    told = told and ("resourcetype" in names or _TYPE.search(lower) is not None)
    return Layout("json", within=("Findings",)) if told or _EVENT.search(lower) else None


def _lowered(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(k).lower(): _lowered(v) for k, v in value.items()}
    return [_lowered(v) for v in value] if isinstance(value, list) else value


_ACTION = "service.action"
_REMOTE = tuple(
    f"{_ACTION}.{kind}.remoteipdetails.ipaddress{version}"
    for kind in ("networkconnectionaction", "awsapicallaction", "kubernetesapicallaction", "rdsloginattemptaction", "portprobeaction.portprobedetails")
    for version in ("v4", "v6")
) + tuple(f"service.detection.sequence.endpoints.{ip}" for ip in ("ip", "ipaddress"))

_ACTORS = (
    "resource.accesskeydetails.principalid", "resource.accesskeydetails.username", "resource.kubernetesdetails.kubernetesuserdetails.username",
    "resource.rdsdbuserdetails.user", "service.detection.sequence.actors.user.name",
)

_OWN = (
    "resource.instancedetails.networkinterfaces.privateipaddress", "resource.instancedetails.networkinterfaces.publicip",
    "resource.lambdadetails.vpcconfig.networkinterfaces.privateipaddress",
)
_SCANNED = "service.ebsvolumescandetails.scandetections.threatdetectedbyname.threatnames.filepaths"

# (kind, role, paths); a list on the way stands for each of its items.
_NAMED: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("account", "account", ("accountid",)),
    ("key", "credential", ("resource.accesskeydetails.accesskeyid",)),
    ("user", "actor", _ACTORS),
    ("resource", "target", (
        "resource.instancedetails.instanceid", "resource.instancedetails.iaminstanceprofile.arn", "resource.s3bucketdetails.arn",
        "resource.s3bucketdetails.name", "resource.eksclusterdetails.arn", "resource.ecsclusterdetails.arn", "resource.lambdadetails.functionarn",
        "resource.rdsdbinstancedetails.dbinstancearn", "resource.containerdetails.id", "resource.kubernetesdetails.kubernetesworkloaddetails.name",
        "service.detection.sequence.resources.uid",
    )),
    ("ip", "host", _OWN),
    ("ip", "peer", _REMOTE),
    ("domain", "destination", (
        f"{_ACTION}.dnsrequestaction.domain", f"{_ACTION}.awsapicallaction.domaindetails.domain", "service.detection.sequence.endpoints.domain",
    )),
    ("hash", "file", (
        "service.runtimedetails.process.executablesha256", "service.malwarescandetails.threats.itempaths.hash", f"{_SCANNED}.hash",
    )),
    ("file", "file", ("service.runtimedetails.process.executablepath", f"{_SCANNED}.filepath")),
    ("process", "process", ("service.runtimedetails.process.name",)),
)


def _entities(finding: Mapping[str, Any]) -> Iterator[tuple[str, Any, str]]:
    for kind, role, paths in _NAMED:
        yield from ((kind, name, role) for path in paths for name in every(finding, path))
    # What a call touched stands under the type of resource as its key.
    yield from (("resource", name, "target") for name in inside(finding, f"{_ACTION}.awsapicallaction.affectedresources").values())


def _severity(value: Any) -> int:
    """GuardDuty counts from 0 to 10: low from 1, medium from 4, high from 7, critical from 9."""
    score = float(value)
    return 5 if score >= 9 else 4 if score >= 7 else 3 if score >= 4 else 2 if score >= 1 else 1


def _techniques(finding: Mapping[str, Any]) -> Iterator[str]:
    for indicator in every(finding, "service.detection.sequence.sequenceindicators"):
        if text(indicator, "key") == "ATTACK_TECHNIQUE":
            yield from (str(v) for v in every(indicator, "values"))


def _of_a_session(finding: Mapping[str, Any]) -> Mapping[str, Any]:
    """Of a session of a role, `userName` is the role: whose session it is stands in the principal's id, and a role is no user."""
    resource, key = inside(finding, "resource"), inside(finding, "resource.accesskeydetails")
    if text(key, "usertype") != "AssumedRole" or not text(key, "principalid"):
        return finding
    return {**finding, "resource": {**resource, "accesskeydetails": {k: v for k, v in key.items() if k != "username"}}}


def rows(record: Mapping[str, Any]) -> Iterator[Row]:
    envelope = _lowered(record)
    finding = _of_a_session(inside(envelope, "detail") or envelope)
    if not (text(finding, "id") and text(finding, "type") and inside(finding, "service", "resource")):
        return
    found = named(_entities(finding))
    own, peer = text(finding, *_OWN), text(finding, *_REMOTE)
    asked = text(finding, f"{_ACTION}.dnsrequestaction.domain") is not None
    outbound = asked or text(finding, f"{_ACTION}.networkconnectionaction.connectiondirection") == "OUTBOUND"
    rule = str(text(finding, "type"))
    yield "detection_finding", {
        # The moment the product tells of it, later than what it saw.
        "time": at(finding, "updatedat", "createdat"), "uid": text(finding, "id"), "rule": rule, "title": text(finding, "title", "type"),
        "message": text(finding, "description"),
        "severity": _severity(at(finding, "severity")), "product": "Amazon GuardDuty", "category": "threat",
        "actor_user": text(finding, *_ACTORS),
        "src_ip": own if outbound else peer or own, "dst_ip": peer if outbound else own if peer else None, "entities": as_json(found),
        "techniques": ",".join(sorted(set(_techniques(finding)))), "tactics": _TACTICS.get(rule.partition(":")[0].lower()),
        "action": "blocked" if at(finding, f"{_ACTION}.networkconnectionaction.blocked", f"{_ACTION}.dnsrequestaction.blocked") is True else None,
    }
    instance = inside(finding, "resource.instancedetails")
    interface = inside(instance, "networkinterfaces")
    if name := text(instance, "instanceid"):
        device = "|".join((name, text(interface, "privateipaddress") or "", text(interface, "privatednsname") or ""))
        yield "inventory_info", {"time": at(finding, "updatedat", "createdat"), "uid": text(finding, "id"), "account": text(finding, "accountid"), "devices": device}


SOURCE = Source(id="aws_guardduty", title="Amazon GuardDuty findings", recognise=recognise, rows=rows, rank=65, unique=True, lag_s=900)
