"""Microsoft 365: the Unified Audit Log (Office 365 Management Activity API, search exports, Sentinel's OfficeActivity) and Exchange's message trace.

Source of the fields: learn.microsoft.com, "Office 365 Management Activity API schema" (common and service-specific schemas) and "Message trace report".
A search export keeps the record as text in `AuditData`. Names of fields are compared in lower case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vidocq.content.sources.microsoft_365.deeds import DEEDS
from vidocq.model.control_plane import SAID, address, client, compact, factor, lowered, outsiders, pairs, weighty
from vidocq.model.mail import domain_of, mailbox
from vidocq.model.record import as_json, at, every, inside, named, nested, text
from vidocq.model.source import Head, Layout, Row, Source, names_in

_SERVICES = {"azureactivedirectory": "entra", "microsoftteams": "teams", "securitycompliancecenter": "compliance center"}
_ENTRY = ("userloggedin", "userloginfailed", "mailboxlogin", "teamssessionstarted")
_SEVERITY = {"informational": 1, "low": 2, "medium": 3, "high": 4}


def recognise(head: Head) -> Layout | None:
    lower = head.text[:60_000].lower()
    holds = names_in(lower).issuperset
    audit = holds({"creationtime", "operation", "workload"}) or holds({"auditdata", "operations"}) or holds({"officeworkload", "operation", "userid"}) or holds({"creationtime", "operation", "recordtype", "userid"})
    return Layout("json", within=("value", "records", "d.results")) if audit or holds({"messagetraceid", "senderaddress"}) else None


def _opened(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in "[{":
        try:
            return nested(value)
        except ValueError:
            return value
    return value


def _listed(record: Mapping[str, Any], name: str, value: str = "value") -> dict[str, Any]:
    """A list of names and values under its names; Exchange's cmdlets and Entra's properties come so, elsewhere as text."""
    found = lowered(_opened(record.get(name)))
    return pairs(found, value=value)


def _modified(record: Mapping[str, Any]) -> dict[str, Any]:
    return {"new": _listed(record, "modifiedproperties", "newvalue"), "old": _listed(record, "modifiedproperties", "oldvalue")}


def _outside(record: Mapping[str, Any], operation: str, who: str | None) -> str | None:
    """Whom a share or an invitation lets in: people outside, or whoever has the link."""
    low = operation.lower()
    if low.startswith("anonymouslink"):
        return "*"
    if low in ("sharinginvitationcreated", "sharingset", "addedtosecurelink", "securelinkcreated"):
        guest = str(text(record, "targetuserorgrouptype")).lower() in ("guest", "sharepointguest", "external")
        return outsiders(who, [text(record, "targetuserorgroupname")]) or (text(record, "targetuserorgroupname") if guest else None)
    if low.startswith(("invite external", "memberadded", "add member to group")):
        return outsiders(who, [text(record, "objectid"), *(text(m, "upn") for m in every(record, "members") if isinstance(m, Mapping))])
    return None


def _detail(record: Mapping[str, Any], given: Mapping[str, Any], outside: str | None) -> str:
    kept = ("sharingtype", "eventdata", "logonerror", "clientinfostring", "mailboxownerupn", "sitesourcefilename", "sourcefilename", "operationcount", "applicationid", "clientappid", "targetuserorgroupname", "members")
    return compact({
        "outside": outside, **given, **{k: record.get(k) for k in kept}, **_modified(record), "properties": _listed(record, "operationproperties"), "extended": _listed(record, "extendedproperties"),
        "targets": [text(t, "id") for t in every(record, "target") if isinstance(t, Mapping)],
    })


def _entry(record: Mapping[str, Any], call: Mapping[str, Any], given: Mapping[str, Any]) -> Iterator[Row]:
    if str(call["operation"]).lower() in _ENTRY:
        more = _listed(record, "extendedproperties")
        yield "authentication", {
            **{k: call[k] for k in ("time", "uid", "actor_user", "src_ip", "status")}, "service": call["service"], "client": call["user_agent"],
            "method": factor(text(more, "UserAuthenticationMethodName") or text(given, "authenticationtype")),
        }


def audit(record: Mapping[str, Any]) -> Iterator[Row]:
    """A record of the Unified Audit Log."""
    operation = (text(record, "operation", "operations") or "").rstrip(".")
    who, given = text(record, "userid", "userids", "useridanonymized", "userkey"), _listed(record, "parameters")
    workload = (text(record, "workload", "officeworkload") or "").lower()
    outside = _outside(record, operation, who)
    told = _detail(record, given, outside)
    more = _listed(record, "extendedproperties")
    agent = text(more, "UserAgent") or text(record, "useragent", "clientinfostring")
    result = (text(record, "resultstatus") or "").lower()
    # Of a sign-in the status says that the request was answered.
    failed = result in ("failed", "false", "failure") or operation.lower().endswith("failed")
    act = weighty(DEEDS, operation, told)
    target = text(record, "targetuserorgroupname", "mailboxownerupn") or text(given, "Identity", "Mailbox", "User") or (text(record, "objectid") if workload == "azureactivedirectory" else None)
    if act.get("act") in ("rights granted", "password set") and target == who:
        act = {}
    call = {
        "time": at(record, "creationtime", "creationdate", "timegenerated"), "uid": text(record, "id", "identity", "officeid"), "actor_user": who,
        "actor_type": {"0": "User", "2": "Administrator", "3": "Administrator", "4": "System", "5": "Application", "6": "Application"}.get(str(text(record, "usertype")), text(record, "usertype")),
        "account": text(record, "organizationid", "organizationname"), "src_ip": address(text(record, "clientip", "clientipaddress", "actoripaddress", "client_ipaddress")), "user_agent": agent,
        "service": _SERVICES.get(workload, workload or "microsoft 365"), "operation": operation, "read_only": False, "status": "failure" if failed else "success",
        "error": (text(record, "logonerror", "errornumber") or result) if failed else None, "resource": text(record, "objectid") or text(given, "Identity", "Name"), "target_user": target,
        "shared_with": outside, "detail": told[:SAID], "tool": client(agent), **act,
    }
    yield "api_activity", call
    yield from _entry(record, call, given)
    if operation.lower() in ("alerttriggered", "alertentitygenerated"):
        found = named((("user", text(record, "entityid") if "@" in str(text(record, "entityid")) else None, "actor"),))
        yield "detection_finding", {
            "time": call["time"], "uid": call["uid"], "rule": text(record, "name") or "alert", "title": text(record, "name") or "alert", "message": text(record, "comments"),
            "severity": _SEVERITY.get(str(text(record, "severity")).lower(), 3), "product": "Microsoft 365", "category": "threat", "entities": as_json(found),
        }


def trace(record: Mapping[str, Any]) -> Iterator[Row]:
    """A message as Exchange's message trace tells it, a row for each recipient."""
    sender, to = mailbox(text(record, "senderaddress")), [mailbox(str(r)) for r in every(record, "recipientaddress")]
    yield "email_activity", {
        "time": at(record, "received", "receiveddatetime"), "uid": text(record, "messagetraceid", "messageid"), "src_ip": address(text(record, "fromip")), "dst_ip": address(text(record, "toip")),
        "sender": sender, "sender_domain": domain_of(sender), "recipients": ",".join(filter(None, to)), "recipient": next(iter(to), None), "subject": text(record, "subject"),
        "status": (text(record, "status") or "").lower() or None, "message_id": text(record, "messageid"), "trace_id": text(record, "messagetraceid"),
    }


def rows(record: Mapping[str, Any]) -> Iterator[Row]:
    outer = lowered(record)
    kept = lowered(_opened(outer.get("auditdata")))
    said = {**outer, **kept} if isinstance(kept, Mapping) else outer
    if "senderaddress" in said and "messagetraceid" in said:
        yield from trace(said)
    elif text(said, "operation", "operations"):
        yield from audit(said)
    else:
        yield "base_event", {"time": at(said, "creationtime", "creationdate", "timegenerated"), "uid": text(said, "id"), "type": "microsoft 365", "message": compact(inside(said) or said)[:SAID]}


SOURCE = Source(id="microsoft_365", title="Microsoft 365 (Unified Audit Log, message trace)", recognise=recognise, rows=rows, rank=62, lag_s=3600)
