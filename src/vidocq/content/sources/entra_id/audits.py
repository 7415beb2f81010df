"""The audit logs of Entra ID (directory) and Intune: who changed what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vidocq.content.sources.entra_id.deeds import DEEDS
from vidocq.model.control_plane import SAID, address, client, compact, outsiders, pairs, weighty
from vidocq.model.record import at, every, inside, nested, text
from vidocq.model.source import Row


def _opened(value: Any) -> Any:
    """A value that is kept as JSON text within text (Sentinel's columns, `newValue`), opened where it is some."""
    for _ in range(2):
        if not (isinstance(value, str) and value[:1] in '[{"' and len(value) > 1):
            return value
        try:
            value = nested(value)
        except ValueError:
            return value
    return value


def _targets(said: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = _opened(said.get("targetresources"))
    return [t for t in (found if isinstance(found, list) else [found]) if isinstance(t, Mapping)]


def _changed(targets: list[Mapping[str, Any]]) -> dict[str, Any]:
    """What was set and what stood before, by property."""
    new: dict[str, Any] = {}
    old: dict[str, Any] = {}
    for target in targets:
        for change in every(target, "modifiedproperties"):
            if isinstance(change, Mapping) and isinstance(change.get("displayname"), str):
                new[change["displayname"]] = _opened(change.get("newvalue"))
                old[change["displayname"]] = _opened(change.get("oldvalue"))
    return {"old": {k: v for k, v in old.items() if v not in (None, "", [])}, "new": new}


def _initiator(said: Mapping[str, Any]) -> tuple[str | None, str | None, str | None]:
    """Who did it, of which kind, and from where."""
    by = _opened(said.get("initiatedby"))
    user, app = inside(by, "user"), inside(by, "app")
    name = text(user, "userprincipalname", "displayname", "id")
    if name:
        return name, "User", text(user, "ipaddress")
    return text(app, "displayname", "serviceprincipalname", "serviceprincipalid", "appid"), "Application" if app else None, None


def directory(record: Mapping[str, Any], said: Mapping[str, Any]) -> Iterator[Row]:
    """An activity of the directory, as diagnostics, Graph or Sentinel writes it."""
    targets = _targets(said)
    more = pairs(_opened(said.get("additionaldetails")), "key")
    who, kind, where = _initiator(said)
    operation = text(said, "activitydisplayname", "operationname") or text(record, "operationname", "activitydisplayname")
    user = next((t for t in targets if str(t.get("type")).lower() == "user"), {})
    other = next((t for t in targets if str(t.get("type")).lower() != "user"), {})
    outside = outsiders(who, [more.get("invitedUserEmailAddress"), text(user, "userprincipalname")]) if "invite" in str(operation).lower() else None
    result = str(text(said, "result") or text(record, "resulttype", "resultsignature", "result") or "").lower()
    # Diagnostics name the operation twice; a record whose two names differ is what its outer one says.
    operation = text(record, "operationname") or operation
    failed = result in ("failure", "failed", "timeout", "error")
    told = compact({"outside": outside, "targets": [text(t, "displayname", "userprincipalname") for t in targets], "reason": text(said, "resultreason"), "additional": more, **_changed(targets)})
    agent = text(more, "User-Agent")
    target_user = text(user, "userprincipalname", "displayname", "id")
    act = weighty(DEEDS, operation, told)
    if act.get("act") == "second factor removed" and act and target_user is None:
        target_user = who
    yield "api_activity", {
        "time": at(said, "activitydatetime", "timegenerated") or at(record, "time", "timegenerated"), "uid": text(said, "id") or text(record, "id", "correlationid"), "actor_user": who, "actor_type": kind,
        "account": text(record, "tenantid", "aadtenantid"), "src_ip": address(where or text(record, "calleripaddress") or text(more, "ipaddr")), "user_agent": agent, "service": "entra", "operation": operation, "read_only": False,
        "status": "failure" if failed else "success", "error": (text(said, "resultreason") or "failure") if failed else None, "resource": text(other, "displayname", "id"), "target_user": target_user,
        "shared_with": outside, "detail": told[:SAID], "tool": client(agent), **act,
    }


def intune(record: Mapping[str, Any], said: Mapping[str, Any]) -> Iterator[Row]:
    """An act in Intune, or what it tells of a device."""
    operation, when = text(record, "operationname"), at(record, "time", "timegenerated")
    uid = text(said, "auditeventid", "messageid") or text(record, "correlationid")
    if not inside(said, "actor"):
        device, posture = (text(said, "devicehostname", "devicename", "intunedeviceid") or "").lower() or None, "not compliant" in str(text(said, "alerttype")).lower()
        if posture:
            yield "detection_finding", {
                "time": when, "uid": uid, "rule": "intune not compliant", "title": text(said, "alerttype"), "message": text(said, "description"), "severity": 2, "product": "Microsoft Intune",
                "category": "posture", "host": device,
            }
        else:
            yield "base_event", {"time": when, "uid": uid, "type": f"intune {operation}", "host": device, "message": compact(said)[:SAID]}
        return
    changes = [pairs([{str(k).lower(): v for k, v in c.items()} for c in every(t, "modifiedproperties") if isinstance(c, Mapping)], "name", "new") for t in every(said, "targets")]
    told = compact({"targets": at(said, "targetdisplaynames"), "objects": at(said, "targetobjectids"), "new": changes, "additional": text(said, "additionaldetails")})
    status = str(text(said, "activityresultstatus") or text(record, "resulttype") or "").lower()
    yield "api_activity", {
        "time": when, "uid": uid, "actor_user": text(said, "actor.upn", "actor.applicationname", "actor.application") or text(record, "identity"), "actor_type": "User" if text(said, "actor.upn") else "Application",
        "account": text(record, "tenantid"), "service": "intune", "operation": operation, "read_only": False, "status": "failure" if status in ("2", "failure", "failed") else "success",
        "resource": text(said, "targetobjectids", "targetdisplaynames"), "detail": told[:SAID], **weighty(DEEDS, operation, told),
    }
