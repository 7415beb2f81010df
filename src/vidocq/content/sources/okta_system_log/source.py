"""Okta System Log: events as the API and log streams write them, one per line or as an array, from EventBridge in `detail`, or from a warehouse.

Source of the fields: developer.okta.com, "System Log API" (LogEvent object) and "Event types". A log stream wraps an event in `detail`, an event hook
several in `data.events`. Warehouses write names in lower case: they are compared so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vidocq.content.sources.okta_system_log.deeds import DEEDS, FINDINGS, SIGN_INS
from vidocq.model.control_plane import SAID, address, client, compact, factor, lowered, weighty
from vidocq.model.record import as_json, at, every, inside, named, nested, text
from vidocq.model.source import Head, Layout, Row, Source, names_in

_FAILED = ("FAILURE", "DENY", "ABANDONED", "UNANSWERED", "RATE_LIMIT")
# One person in many words: the log writes `unknown` where it knows none.
_NOBODY = ("unknown", "system@okta.com")


def recognise(head: Head) -> Layout | None:
    names = names_in(head.text[:40_000].lower())
    told = {"eventtype", "actor"} <= names and ("alternateid" in names or ("published" in names and {"displaymessage", "outcome"} & names))
    return Layout("json", within=("data.events", "events")) if told else None


def _person(who: Mapping[str, Any]) -> str | None:
    name = text(who, "alternateid")
    return text(who, "id") if name is None or name in _NOBODY else name


def _debug(event: Mapping[str, Any]) -> dict[str, Any]:
    """What the service adds of its own view; some collectors keep the inner object as text."""
    data = dict(inside(event, "debugcontext.debugdata"))
    for key in ("logonlysecuritydata", "behaviors", "risk"):
        if isinstance(data.get(key), str) and data[key][:1] in "{[":
            try:
                data[key] = lowered(nested(data[key]))
            except ValueError:
                continue
    return data


def _detail(event: Mapping[str, Any], debug: Mapping[str, Any]) -> str:
    targets = [compact({k: t.get(k) for k in ("type", "alternateid", "displayname", "detailentry", "changedetails")}) for t in every(event, "target") if isinstance(t, Mapping)]
    kept = {k: debug.get(k) for k in ("behaviors", "risk", "logonlysecuritydata", "threatsuspected", "granttype", "scopes", "requestedscopes", "privilegegranted", "factor", "pushwithnumberchallengeresponsetype")}
    return compact({"reason": text(event, "outcome.reason"), **kept, "proxy": at(event, "securitycontext.isproxy"), "target": targets})


def _status(event: Mapping[str, Any]) -> str:
    return "failure" if str(text(event, "outcome.result")).upper() in _FAILED else "success"


def _method(event: Mapping[str, Any], debug: Mapping[str, Any], operation: str) -> str | None:
    if operation == "user.mfa.okta_verify.deny_push":
        return "push"
    # Okta Verify is a factor of several kinds; where the log says which, that counts.
    told = text(debug, "factor", "authmethodfirsttype") or text(event, "authenticationcontext.credentialtype")
    enrolled = next((text(t, "displayname") for t in every(event, "target") if isinstance(t, Mapping) and str(t.get("type")).lower() == "authenticatorenrollment"), None)
    return factor(told or enrolled) or ("federated" if "idp" in operation or "saml" in operation else None)


def _target(event: Mapping[str, Any], kinds: tuple[str, ...]) -> Mapping[str, Any]:
    return next((t for t in every(event, "target") if isinstance(t, Mapping) and str(t.get("type")).lower() in kinds), {})


def _call(event: Mapping[str, Any], operation: str) -> dict[str, Any]:
    debug, actor = _debug(event), _person(inside(event, "actor"))
    told, user, agent = _detail(event, debug), _person(_target(event, ("user",))), text(event, "client.useragent.rawuseragent")
    act = weighty(DEEDS, operation, told)
    if act.get("act") == "password set" and user in (None, actor):
        act = {}
    resource = _target(event, ("appinstance", "policyrule", "policyentity", "token", "idp", "zone", "usergroup", "logstream", "authenticator"))
    return {
        "time": at(event, "published"), "uid": text(event, "uuid"), "actor_user": actor, "actor_type": text(event, "actor.type"), "actor_session": text(event, "actor.displayname"),
        "account": text(event, "_org", "orgurl") or text(debug, "origin"), "src_ip": address(text(event, "client.ipaddress") or text(event, "request.ipchain.ip")), "user_agent": agent,
        "service": "okta", "operation": text(event, "eventtype"), "read_only": False, "status": _status(event),
        "error": text(event, "outcome.reason") if _status(event) == "failure" else None, "resource": text(resource, "displayname", "alternateid", "id"), "target_user": user,
        "mfa": True if operation == "user.authentication.auth_via_mfa" and _status(event) == "success" else None, "detail": told[:SAID], "tool": client(agent), **act,
    }


def _finding(event: Mapping[str, Any], call: Mapping[str, Any], operation: str) -> Iterator[Row]:
    reason = str(text(event, "outcome.reason") or "")
    if operation in FINDINGS:
        title, severity = FINDINGS[operation]
    elif operation.startswith("user.authentication") and reason.startswith("FastPass declined phishing attempt"):
        title, severity = "Phishing attempt declined by FastPass", 4
    else:
        return
    who = call["actor_user"] or call["target_user"]
    found = named((("user", who, "actor"), ("ip", call["src_ip"], "source")))
    yield "detection_finding", {
        "time": call["time"], "uid": call["uid"], "rule": f"okta {operation}", "title": title, "message": reason or text(event, "displaymessage"), "severity": severity, "product": "Okta",
        "category": "threat", "actor_user": who, "src_ip": call["src_ip"], "entities": as_json(found),
    }


def rows(record: Mapping[str, Any]) -> Iterator[Row]:
    event = lowered(record)
    event = inside(event, "detail") or event
    operation = (text(event, "eventtype") or "").lower()
    if not operation:
        yield "base_event", {"time": at(event, "published", "time"), "uid": text(event, "uuid", "id"), "type": "okta", "message": compact(event)[:SAID]}
        return
    call = _call(event, operation)
    yield "api_activity", call
    if operation in SIGN_INS:
        who = call["actor_user"] if operation != "user.mfa.attempt_bypass" else call["target_user"] or call["actor_user"]
        yield "authentication", {
            "time": call["time"], "uid": call["uid"], "src_ip": call["src_ip"], "actor_user": who, "service": "okta", "status": "failure" if operation == "user.mfa.okta_verify.deny_push" else call["status"],
            "method": _method(event, _debug(event), operation), "client": call["user_agent"] or call["resource"],
        }
    yield from _finding(event, call, operation)


SOURCE = Source(id="okta_system_log", title="Okta System Log", recognise=recognise, rows=rows, rank=62, unique=True)
