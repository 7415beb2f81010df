"""What the Falcon console tells (Event Streams, and the same events within the replicator's feed): detections, and what its own users did.

Source of the fields: CrowdStrike "Event Streams" reference as docs of Elastic's Filebeat and Sumo Logic list it; alerts API v2 (`composite_id`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from vidocq.content.sources.crowdstrike_falcon.acts import act_of
from vidocq.content.sources.crowdstrike_falcon.sensor import host, path, user
from vidocq.model.control_plane import address as ip
from vidocq.model.record import as_json, every, named, text
from vidocq.model.source import Row

DETAIL = 2000
_TECHNIQUE = re.compile(r"T\d{4}(\.\d{3})?")
_SIGN_INS = ("userauthenticate", "twofactorauthenticate", "saml2assert", "ssoauthenticate")
_READS = re.compile(r"(?i)^(get|list|query|read|view|stream|self|validate|search|export)")
Event = Mapping[str, Any]


def severity(e: Event) -> int:
    """The older events count from 1 to 5, the newer from 0 to 100."""
    word = {"informational": 1, "low": 2, "medium": 3, "high": 4, "critical": 5}.get((text(e, "SeverityName", "severity_name", "max_severity_displayname") or "").lower())
    if word:
        return word
    try:
        score = float(text(e, "Severity", "severity", "max_severity") or "")
    except ValueError:
        return 3
    return max(1, int(score)) if score <= 5 else 5 if score >= 80 else 4 if score >= 60 else 3 if score >= 40 else 2 if score >= 20 else 1


def _blocked(e: Event) -> str | None:
    said = (text(e, "PatternDispositionDescription", "pattern_disposition_description") or "").lower()
    return "blocked" if re.search(r"prevent|block|kill|quarantin", said) and "would" not in said and "no action" not in said else None


def _file(e: Event) -> str | None:
    """Where the program lies. Of one generation of events `FilePath` is the whole path, of the other the folder."""
    folder, name = path(text(e, "FilePath", "filepath")), text(e, "FileName", "filename")
    return folder if not name or (folder or "").lower().endswith(name.lower()) else f"{folder}\\{name}" if folder and "\\" in folder else name


def detection(e: Event) -> Row:
    """An alert of the product's. Its name is the product's word; command lines and file names are the other side's."""
    name = text(e, "DetectName", "Name", "name", "display_name", "IncidentType") or "Detection"
    machine, who = host(e) or text(e, "device.hostname"), user(e) or text(e, "user_name", "SourceAccountName", "user_names")
    command = text(e, "CommandLine", "cmdline", "SourceProcessCommandLine")
    local = ip(text(e, "LocalIP", "SourceEndpointIpAddress", "SourceEndpointAddressIP4", "device.local_ip", "source_endpoint_address_ip4"))
    found = named([
        ("host", machine, "host"), ("user", who, "actor"), ("ip", local, "host"), ("hash", text(e, "SHA256String", "sha256"), "file"),
        ("file", _file(e), "file"), ("process", (command or "")[:300], "process"),
        *(("domain", d, "destination") for d in every(e, "DnsRequests.DomainName")), *(("ip", ip(str(a)), "peer") for a in every(e, "NetworkAccesses.RemoteAddress")),
    ])
    ids = {t for t in map(str, [*every(e, "MitreAttack.TechniqueID"), *every(e, "MitreAttack.Technique"), *every(e, "TechniqueId"), *every(e, "technique_id")]) if _TECHNIQUE.fullmatch(t)}
    return "detection_finding", {
        "rule": f"crowdstrike:{name}", "title": name, "message": " ".join(filter(None, (text(e, "DetectDescription", "Description", "description"), command)))[:4000] or None,
        "severity": severity(e), "product": "CrowdStrike Falcon", "category": "threat", "host": machine.lower() if machine else None, "actor_user": who, "src_ip": local, "entities": as_json(found),
        "techniques": ",".join(sorted(ids)) or None, "tactics": text(e, "Tactic", "tactic"), "action": _blocked(e),
    }


def _said(e: Event) -> dict[str, str]:
    """The audit's values by name. They stand as a list of pairs, or as an object."""
    pairs = {str(text(p, "Key")): str(text(p, "ValueString") or "") for p in every(e, "AuditKeyValues") if isinstance(p, Mapping) and text(p, "Key")}
    plain = e.get("Attributes")
    return pairs or ({str(k): str(v) for k, v in plain.items()} if isinstance(plain, Mapping) else {})


def audit(kind: str, e: Event, account: str | None) -> Iterator[Row]:
    """What a user of the console, or a client of its API, did."""
    session = kind.startswith("RemoteResponseSession")
    operation = kind.removesuffix("Event") if session else text(e, "OperationName") or kind
    values = _said(e)
    said = json.dumps({**values, **({"commands": [str(c) for c in every(e, "Commands")]} if e.get("Commands") else {}), **({"service": text(e, "ServiceName")} if text(e, "ServiceName") else {})})
    who = text(e, "UserId", "UserName") or values.get("actor_user")
    act = act_of(operation, said)
    # Who changes a password and names nobody changes their own; others' are reset.
    target = next((values[k] for k in ("target_name", "target_user", "user_name", "name") if values.get(k)), who if operation.lower() == "changepassword" else None)
    known = {
        "actor_user": who, "src_ip": ip(text(e, "UserIp")), "status": "failure" if str(e.get("Success", True)).lower() == "false" else "success",
    }
    # Who is named signed in to the console; a client of the API acts under its own id and without a name.
    yield "api_activity", {
        **known, "actor_type": "User" if who else "Client", "actor_user": who or values.get("APIClientID"), "actor_key": values.get("APIClientID") if not who else None, "actor_session": who,
        "account": account, "service": "crowdstrike", "operation": operation, "read_only": bool(_READS.match(operation)), "console": bool(who), "tool": "console" if who else "api client", "error": None if known["status"] == "success" else "Failed",
        "resource": (host(e) if session else None) or next((values[k] for k in ("policy_name", "group_name", "hostname", "device_id", "name", "id", "policy_id", "APIClientID") if values.get(k)), None),
        "target_user": target, "detail": said[:DETAIL], "mfa": True if "twofactor" in operation.lower() else None,
        **({"act": act.name, "tactic": act.tactic, "technique": act.technique} if act else {}),
    }
    if operation.lower() in _SIGN_INS:
        yield "authentication", {**known, "service": "crowdstrike", "method": operation}
