"""Rows of Advanced Hunting about mail, identities, cloud applications and alerts.

Source of the columns: learn.microsoft.com, "Advanced hunting schema reference" (Email*, Identity*, CloudAppEvents, Alert*, UrlClickEvents); of the
operations of `CloudAppEvents`: "Audit log activities" of Microsoft Purview and Entra.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from vidocq.content.sources.defender_hunting.cells import account, address, cell, device, opened
from vidocq.model.mail import checks, domain_of, host_of, listed, mailbox
from vidocq.model.record import as_json, every, named
from vidocq.model.source import Row

DETAIL = 2000
SEVERITY = {"informational": 1, "low": 2, "medium": 3, "high": 4, "critical": 5}
_TECHNIQUE = re.compile(r"T\d{4}(?:\.\d{3})?")
Cells = Mapping[str, Any]

ACTS = (
    # operation, what its detail must say, act, tactic, technique.
    (r"(new|set|enable)-inboxrule|set-mailbox", r'"name":"(forward|redirect)[a-z]*(to|address)","value":"[^"]', "mail forwarded", "collection", "T1114.003"),
    (r"updateinboxrules", r"forward|redirect", "mail forwarded", "collection", "T1114.003"),
    (r"consent to application\.?|add oauth2permissiongrant\.?|add delegated permission grant\.?|add app role assignment to service principal\.?", "", "consent granted", "persistence", "T1528"),
    (r"add service principal credentials\.?|update application.*certificates and secrets.*|add application credentials?\.?", "", "application credential added", "persistence", "T1098.001"),
    (r"add (eligible )?member to role.*|add-rolegroupmember|new-managementroleassignment", r"admin|owner|operator|full", "rights granted", "privilege-escalation", "T1098.003"),
    (r"add-mailboxpermission|add-mailboxfolderpermission|add-recipientpermission", r"fullaccess|sendas|owner", "rights granted", "persistence", "T1098.002"),
    (r"disable strong authentication\.?|user deleted security info|admin deleted security info", "", "second factor removed", "persistence", "T1556.006"),
    (r"reset user password\.?|reset password \(by admin\)", "", "password set", "persistence", "T1098.001"),
    (r"add user\.?", "", "identity made", "persistence", "T1136.003"),
    (r"set-adminauditlogconfig|set-mailboxauditbypassassociation|remove-unifiedauditlogretentionpolicy", "", "logging impaired", "defense-evasion", "T1562.008"),
    (r"(remove|disable)-(antiphish|safelinks|safeattachment|malwarefilter|hostedcontentfilter|transport)\w*(policy|rule)", "", "monitoring impaired", "defense-evasion", "T1562.001"),
    (r"(delete|update) conditional access policy\.?|set company security settings.*|set federation settings.*", "", "sign-in policy weakened", "persistence", "T1556.009"),
    (r"set domain authentication\.?|set federation settings on domain\.?", "", "trust changed", "persistence", "T1484.002"),
    (r"anonymouslinkcreated|companylinkcreated\b|sharingset.*anonymous", "", "shared outside", "exfiltration", "T1567"),
)


_DIRECTIONS = {"inbound": "inbound", "outbound": "outbound", "intra-org": "internal", "intraorg": "internal"}


def _message(r: Cells) -> dict[str, Any]:
    """What all tables about mail say of a message. `NetworkMessageId` ties them together, and clicks to them."""
    sender, recipient = mailbox(cell(r, "SenderFromAddress", "SenderMailFromAddress")), mailbox(cell(r, "RecipientEmailAddress"))
    return {
        "sender": sender, "sender_name": cell(r, "SenderDisplayName"), "sender_domain": domain_of(sender), "return_path": mailbox(cell(r, "SenderMailFromAddress")), "recipients": recipient, "recipient": recipient,
        "message_id": cell(r, "InternetMessageId"), "trace_id": cell(r, "NetworkMessageId"),
    }


def email(r: Cells) -> Iterator[Row]:
    """A message; and an alert where the product calls it hostile and let it through all the same."""
    about = _message(r)
    action, threat = cell(r, "DeliveryAction", "LatestDeliveryAction"), cell(r, "ThreatTypes")
    source = address(r, "SenderIPv4", "SenderIPv6")
    found = checks(cell(r, "AuthenticationDetails"))
    yield "email_activity", {
        **about, "src_ip": source, "subject": cell(r, "Subject"), "status": (action or "").lower() or None, "direction": _DIRECTIONS.get((cell(r, "EmailDirection") or "").lower()),
        "spf": found.get("spf"), "dkim": found.get("dkim"), "dmarc": found.get("dmarc"),
    }
    if threat and (action or "").lower() in ("delivered", "replaced", ""):
        sender, recipient = about["sender"], about["recipient"]
        named_here = named([("mailbox", recipient, "target"), ("mailbox", sender, "sender"), ("domain", about["sender_domain"], "sender"), ("user", recipient, "target"), ("ip", source, "peer")])
        yield "detection_finding", {
            "rule": f"defender:email {threat}", "title": f"{threat} in a message that was delivered", "message": cell(r, "Subject"), "severity": 3, "product": "Microsoft Defender for Office 365", "category": "threat",
            "actor_user": recipient, "src_ip": source, "entities": as_json(named_here), "techniques": "T1566" if "phish" in threat.lower() else None,
        }


def attachment(r: Cells) -> Iterator[Row]:
    """A file of a message: the row names sender and recipient again, not what became of the message."""
    yield "email_activity", {**_message(r), "attachments": listed([cell(r, "FileName")]), "status": "attachment"}


def link(r: Cells) -> Iterator[Row]:
    yield "email_activity", {"trace_id": cell(r, "NetworkMessageId"), "urls": listed([cell(r, "Url")]), "status": "link"}


def click(r: Cells) -> Iterator[Row]:
    url, who = cell(r, "Url"), account(r, "Account")
    yield "http_activity", {"src_ip": address(r, "IPAddress"), "actor_user": who, "method": "GET", "host": host_of(url) or host_of(f"//{url}"), "url": url, "referrer": cell(r, "NetworkMessageId")}
    if (cell(r, "ThreatTypes") or "") and "Allowed" in (cell(r, "ActionType") or ""):
        yield "detection_finding", {
            "rule": "defender:malicious URL click", "title": "A link that the product calls hostile was followed", "message": url, "severity": 4, "product": "Microsoft Defender for Office 365", "category": "threat",
            "actor_user": who, "src_ip": address(r, "IPAddress"), "techniques": "T1566.002",
            "entities": as_json(named([("user", who, "actor"), ("url", url, "destination"), ("ip", address(r, "IPAddress"), "host")])),
        }


def logon(r: Cells) -> Iterator[Row]:
    action, error = (cell(r, "ActionType") or "").lower(), cell(r, "ErrorCode")
    failed = "fail" in action or (error not in (None, "0"))
    client = cell(r, "DeviceName", "UserAgent", "ClientAppUsed")
    target = cell(r, "DestinationDeviceName", "TargetDeviceName")
    yield "authentication", {
        "src_ip": address(r, "IPAddress"), "dst_ip": address(r, "DestinationIPAddress"), "actor_user": account(r, "Account"), "host": target.lower() if target else None,
        "service": (cell(r, "Application") or "entra id").lower(), "status": "failure" if failed else "success", "method": cell(r, "Protocol", "LogonType", "AuthenticationRequirement"), "client": client,
    }


def directory(r: Cells) -> Iterator[Row]:
    target = cell(r, "TargetAccountUpn", "TargetAccountDisplayName")
    yield "account_change", {
        "host": device(r), "actor_user": account(r, "Account"), "target_user": target, "operation": (cell(r, "ActionType") or "").lower() or None, "detail": (cell(r, "AdditionalFields") or "")[:DETAIL] or None,
    }


def cloud(r: Cells) -> Iterator[Row]:
    raw = opened(r.get("RawEventData"))
    operation = cell(r, "ActionType") or (str(raw.get("Operation")) if isinstance(raw, Mapping) and raw.get("Operation") else "")
    detail = json.dumps(raw, separators=(",", ":")) if isinstance(raw, Mapping) else cell(r, "RawEventData", "ActivityObjects", "AdditionalFields") or ""
    act = next((a for a in ACTS if re.fullmatch(a[0], operation.lower()) and (not a[1] or re.search(a[1], detail.lower()))), None)
    result = str(raw.get("ResultStatus") or "").lower() if isinstance(raw, Mapping) else ""
    failed = result.startswith(("fail", "false"))
    who = cell(r, "AccountObjectId", "AccountId", "AccountDisplayName")
    yield "api_activity", {
        "actor_user": next((str(u) for u in every(raw, "UserId") if isinstance(u, str) and "@" in u), None) or cell(r, "AccountUpn") or who, "actor_type": cell(r, "AccountType"), "actor_session": who,
        "account": cell(r, "OrganizationId", "TenantId") or (str(raw.get("OrganizationId")) if isinstance(raw, Mapping) and raw.get("OrganizationId") else None), "src_ip": address(r, "IPAddress"),
        "user_agent": cell(r, "UserAgent"), "service": (cell(r, "Application") or "microsoft cloud").lower(), "operation": operation or None, "status": "failure" if failed else "success", "error": "Failed" if failed else None,
        "read_only": bool(re.match(r"(?i)get-|list|view|fileaccessed|filepreviewed|mailitemsaccessed|search", operation)), "resource": cell(r, "ObjectName", "ObjectId"), "target_user": cell(r, "ObjectName") if "user" in (cell(r, "ObjectType") or "").lower() else None,
        "detail": detail[:DETAIL] or None, **({"act": act[2], "tactic": act[3], "technique": act[4]} if act else {}),
    }


def techniques(said: Any) -> str | None:
    """The techniques that a cell names, as ids."""
    return ",".join(sorted(set(_TECHNIQUE.findall(said if isinstance(said, str) else json.dumps(said or ""))))) or None


def _alert(r: Cells) -> dict[str, Any]:
    title, service = cell(r, "Title") or "Alert", cell(r, "ServiceSource") or "Microsoft Defender XDR"
    return {
        "rule": f"defender:{title}", "title": title, "severity": SEVERITY.get((cell(r, "Severity") or "").lower(), 3), "product": service, "category": "threat",
        "techniques": techniques(r.get("AttackTechniques")), "tactics": re.sub(r"[\[\]\"]", "", cell(r, "Category", "Categories") or "") or None,
    }


def alert(r: Cells) -> Iterator[Row]:
    yield "detection_finding", {**_alert(r), "entities": "[]"}


def evidence(r: Cells) -> Iterator[Row]:
    """What an alert is about, a row for each thing. Whom it struck opens a case; a file or an address of it is only named in the others."""
    kind = (cell(r, "EntityType") or "").lower()
    struck = (cell(r, "EvidenceRole") or "").lower() == "impacted" and kind in ("machine", "user", "mailbox", "ip", "cloudresource")
    who, machine, peer = account(r, "Account") or cell(r, "AccountUpn"), cell(r, "DeviceName"), address(r, "RemoteIP", "LocalIP")
    said = {
        "host": machine.lower() if machine else None, "actor_user": who, "src_ip": address(r, "LocalIP"), "dst_ip": address(r, "RemoteIP"),
    }
    if not struck:
        yield "base_event", {**said, "type": "defender.AlertEvidence", "message": " ".join(filter(None, (cell(r, "Title"), kind, cell(r, "FileName"), cell(r, "RemoteUrl"))))[:500] or None}
        return
    found = named([
        ("host", machine, "host"), ("user", who, "actor"), ("ip", peer, "peer"), ("file", cell(r, "FileName"), "file"), ("hash", cell(r, "SHA256"), "file"), ("url", cell(r, "RemoteUrl"), "destination"),
        ("resource", cell(r, "CloudResource", "ResourceID"), "target"),
    ])
    yield "detection_finding", {**_alert(r), **said, "entities": as_json(found)}


TABLES: Mapping[str, Callable[[Cells], Iterator[Row]]] = {
    "EmailEvents": email, "EmailAttachmentInfo": attachment, "EmailUrlInfo": link, "UrlClickEvents": click, "IdentityLogonEvents": logon, "AADSignInEventsBeta": logon, "EntraIdSignInEvents": logon, "IdentityDirectoryEvents": directory, "CloudAppEvents": cloud,
    "AlertInfo": alert, "AlertEvidence": evidence,
}
