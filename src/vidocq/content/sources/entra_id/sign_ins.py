"""The sign-in logs of Entra ID: people, programs that act for them, and applications by themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vidocq.content.sources.entra_id.deeds import INTERRUPTED, LEGACY
from vidocq.model.control_plane import SAID, address, client, compact, factor
from vidocq.model.record import as_json, at, every, inside, named, text
from vidocq.model.source import Row

_SETTLED = ("none", "dismissed", "remediated", "confirmedsafe")
_RISK = {"low": 2, "medium": 3, "high": 4}


def _status(code: str, result: str) -> str:
    if code in ("0", "success"):
        return "success"
    if code in INTERRUPTED:
        return "challenge"
    return "failure" if code or result == "failure" else "success"


def _kind(record: Mapping[str, Any], said: Mapping[str, Any]) -> str:
    """How the sign-in was made: legacy clients, a device code and a password handed over are the ways around a second factor."""
    protocol, used = (text(said, "authenticationprotocol") or "").lower(), (text(said, "clientappused") or "").lower()
    category = (text(record, "category") or text(said, "signineventtypes") or "").lower()
    if "serviceprincipal" in category or "managedidentity" in category:
        return "application"
    if protocol == "devicecode" or text(said, "originaltransfermethod") == "deviceCodeFlow":
        return "device code"
    # Test events and old exports spell the protocol either way.
    if protocol in ("ropc", "rpoc"):
        return "password handed over"
    if any(used.startswith(known) for known in LEGACY):
        return "legacy"
    return "program" if "noninteractive" in category or said.get("isinteractive") is False else "person"


def _method(said: Mapping[str, Any]) -> str | None:
    steps = [text(step, "authenticationmethod") for step in every(said, "authenticationdetails") if isinstance(step, Mapping)]
    told = text(said, "mfadetail.authmethod") or next((s for s in reversed(steps) if s and s.lower() != "password"), None) or next((s for s in steps if s), None)
    return factor(told)


def sign_in(record: Mapping[str, Any], said: Mapping[str, Any]) -> Iterator[Row]:
    """A sign-in, as diagnostics, Graph or Sentinel writes it."""
    code = (text(said, "status.errorcode") or text(record, "resulttype") or text(said, "resulttype") or "").lower()
    status = _status(code, "")
    who = text(said, "userprincipalname", "serviceprincipalname", "userdisplayname", "serviceprincipalid", "userid", "appid")
    agent, kind, place = text(said, "useragent"), _kind(record, said), address(text(said, "ipaddress") or text(record, "calleripaddress"))
    when, uid = at(said, "createddatetime", "timegenerated") or at(record, "time", "timegenerated"), text(said, "id") or text(record, "id", "correlationid")
    demanded = (text(said, "authenticationrequirement") or "").lower() == "multifactorauthentication"
    told = compact({
        "kind": kind, "client": text(said, "clientappused"), "protocol": text(said, "authenticationprotocol"), "requirement": text(said, "authenticationrequirement"), "policy": text(said, "conditionalaccessstatus"),
        "appId": text(said, "appid"), "target": text(said, "resourcedisplayname"), "device": inside(said, "devicedetail"), "location": inside(said, "location"), "asn": text(said, "autonomoussystemnumber"),
        "risk": text(said, "riskleveldurungsignin", "risklevelduringsignin"), "code": code, "reason": text(said, "status.failurereason"),
    })
    common = {"time": when, "uid": uid, "actor_user": who, "src_ip": place}
    yield "api_activity", {
        **common, "actor_type": "Application" if kind == "application" else "User", "account": text(record, "tenantid", "aadtenantid") or text(said, "hometenantid"), "user_agent": agent, "service": "entra",
        "operation": "Sign-in activity", "read_only": False, "status": "success" if status == "success" else "failure", "error": f"{code} {text(said, 'status.failurereason') or ''}".strip() if status != "success" else None,
        "resource": text(said, "appdisplayname", "resourcedisplayname"), "mfa": True if demanded and status == "success" else None, "detail": told[:SAID], "tool": client(agent),
    }
    issuer = text(said, "tokenissuertype")
    vouched = {"fields": compact({"tokenIssuerType": issuer, "tokenIssuerName": text(said, "tokenissuername")})} if issuer and issuer.lower() != "azuread" else {}
    yield "authentication", {**common, "service": "entra", "status": status, "method": _method(said), "client": agent or text(said, "appdisplayname"), "logon_type": kind, **vouched}
    yield from risk(record, said, common, "sign-in")


def risk(record: Mapping[str, Any], said: Mapping[str, Any], common: Mapping[str, Any], of: str) -> Iterator[Row]:
    """What Identity Protection says of a sign-in or a person, unless somebody has already settled it."""
    levels = [str(text(said, name) or "").lower() for name in ("risklevelduringsignin", "risklevelaggregated", "risklevel")]
    level = max((_RISK.get(level, 0) for level in levels), default=0)
    state = str(text(said, "riskstate") or "none").lower()
    if not level or (state != "none" and state in _SETTLED):
        return
    kinds = ", ".join(str(k) for name in ("riskeventtypes", "riskeventtypes_v2", "riskeventtype") for k in every(said, name) if isinstance(k, str)) or "unnamed"
    found = named((("user", common["actor_user"], "actor"), ("ip", common["src_ip"], "source")))
    yield "detection_finding", {
        **common, "rule": f"entra risky {of}: {kinds[:120]}", "title": f"Risky {of} ({kinds[:120]})", "message": text(said, "riskdetail"), "severity": level, "product": "Microsoft Entra ID Protection",
        "category": "threat", "entities": as_json(found),
    }


def risky(record: Mapping[str, Any], said: Mapping[str, Any]) -> Iterator[Row]:
    """A risk detection or a person at risk; a settled one is told as it is."""
    common = {
        "time": at(said, "detecteddatetime", "activitydatetime", "risklastupdateddatetime", "lastupdateddatetime") or at(record, "time", "timegenerated"), "uid": text(said, "id") or text(record, "correlationid"),
        "actor_user": text(said, "userprincipalname", "serviceprincipaldisplayname", "userid"), "src_ip": address(text(said, "ipaddress")),
    }
    found = list(risk(record, said, common, "person" if "riskeventtype" not in said else "sign-in"))
    yield from found or [("base_event", {**common, "type": "entra risk", "message": compact(said)[:SAID]})]
