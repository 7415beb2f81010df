"""OneLogin events, as the API (`data[]`), a webhook or a collector writes them: what happened is a number.

Source of the fields: developers.onelogin.com, "Events API" (event resource and event types).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vidocq.model.clock import moment
from vidocq.model.control_plane import SAID, Deed, address, client, compact, deeds, lowered, weighty
from vidocq.model.record import as_json, at, named, text
from vidocq.model.source import Head, Layout, Row, Source, names_in

# Of the numbers those that matter here; a name is the service's own.
_NAMES = {
    "3": "USER_ASSUMED_USER", "5": "USER_LOGGED_INTO_ONELOGIN", "6": "USER_FAILED_ONELOGIN_LOGIN", "8": "USER_LOGGED_INTO_APP", "9": "USER_FAILED_APP_LOGIN", "12": "UNLOCKED_USER", "13": "CREATED_USER", "15": "DEACTIVATED_USER",
    "17": "DELETED_USER", "19": "USER_LOCKED", "24": "USER_REMOVED_OTP_DEVICE", "69": "USER_REJECTED_BY_RADIUS", "240": "USER_REVEALED_PASSWORD", "531": "USER_LOCKED_VIA_API", "551": "USER_SUSPENDED_VIA_API", "553": "USER_LOCKED_VIA_API",
}
_ENTRIES = {"5": "success", "6": "failure", "8": "success", "9": "failure", "69": "failure"}
_DEEDS = deeds((
    Deed("session impersonated", "initial-access", "T1199", "USER_ASSUMED_USER", '"other":true'),
    Deed("secret read", "credential-access", "T1555", "USER_REVEALED_PASSWORD", '"other":true'),
    Deed("second factor removed", "persistence", "T1556.006", "USER_REMOVED_OTP_DEVICE"),
    Deed("identity made", "persistence", "T1136.003", "CREATED_USER"),
    Deed("account locked", "", "T1110", "USER_LOCKED, USER_LOCKED_VIA_API, USER_SUSPENDED_VIA_API"),
))
_RISKY = 50
"""Of a hundred; the service calls what lies above it high."""


def recognise(head: Head) -> Layout | None:
    names = names_in(head.text[:60_000].lower())
    return Layout("json", within=("data", "events")) if "event_type_id" in names and {"actor_user", "actor_user_id", "actor_user_name", "user_name", "account_id"} & names else None


def rows(record: Mapping[str, Any]) -> Iterator[Row]:
    event = lowered(record)
    number = text(event, "event_type_id")
    when, uid = moment(at(event, "event_timestamp", "created_at")), text(event, "uuid", "id")
    if number is None:
        yield "base_event", {"time": when, "uid": uid, "type": "onelogin", "message": compact(event)[:SAID]}
        return
    operation, who, user, agent = _NAMES.get(number, number), text(event, "actor_user_name", "actor_user_id", "user_name"), text(event, "user_name", "user_id"), text(event, "user_agent")
    by, of = text(event, "actor_user_id"), text(event, "user_id")
    # A person's name and the name they sign in with differ: the numbers tell, where there are two.
    told = compact({"other": by != of if by and of else who != user, "risk": event.get("risk_score"), "reasons": event.get("risk_reasons"), "notes": event.get("notes"), "policy": event.get("policy_name")})
    place, status = address(text(event, "ipaddr")), _ENTRIES.get(number, "success")
    if number in _ENTRIES:
        who = user or who
    yield "api_activity", {
        "time": when, "uid": uid, "actor_user": who, "actor_type": "User", "account": text(event, "account_id"), "src_ip": place, "user_agent": agent, "service": "onelogin", "operation": operation, "read_only": False,
        "status": status, "error": (text(event, "error_description") or "failure") if status == "failure" else None, "resource": text(event, "app_name", "role_name"), "target_user": user, "detail": told[:SAID],
        "tool": client(agent), **weighty(_DEEDS, operation, told),
    }
    if number in _ENTRIES:
        yield "authentication", {"time": when, "uid": uid, "actor_user": who, "src_ip": place, "service": "onelogin", "status": status, "client": agent or text(event, "app_name")}
        score = text(event, "risk_score") or ""
        if score.replace(".", "", 1).isdigit() and float(score) > _RISKY:
            yield "detection_finding", {
                "time": when, "uid": uid, "rule": "onelogin risky sign-in", "title": f"Risky sign-in ({'refused' if status == 'failure' else 'let in'})", "message": text(event, "risk_reasons"), "severity": 3, "product": "OneLogin",
                "category": "threat", "actor_user": who, "src_ip": place, "entities": as_json(named((("user", who, "actor"), ("ip", place, "source")))),
            }


SOURCE = Source(id="onelogin", title="OneLogin events", recognise=recognise, rows=rows, rank=58)
