"""Cisco Duo: the authentication log and the administrator log, as the Admin API or its log-sync tool writes them.

Source of the fields: duo.com, "Admin API: Authentication Logs" (v2) and "Administrator Logs". An administrator's act keeps what it changed as JSON text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from vidocq.model.clock import moment
from vidocq.model.control_plane import SAID, Deed, address, compact, deeds, factor, lowered, weighty
from vidocq.model.record import as_json, at, inside, named, nested, text
from vidocq.model.source import Head, Layout, Row, Source, names_in

_DEEDS = deeds((
    Deed("sign-in policy weakened", "defense-evasion", "T1556.006", "policy_delete, application_policy_delete, group_policy_delete"),
    Deed("sign-in policy weakened", "defense-evasion", "T1556.006", "user_update, group_update", r'"status":"?bypass'),
    Deed("sign-in policy weakened", "defense-evasion", "T1556.006", "policy_update, policy_create", r'"(new_user_policy|new_user_behavior)":"[^"]*(allow|bypass)|"(anonymous_networks|enforcement|auth_policy)":"[^"]*(allow|bypass)'),
    Deed("sign-in policy changed", "", "T1556.006", "policy_update, policy_create, application_policy_update, group_policy_update, integration_policy_assign, integration_policy_unassign, feature_update"),
    Deed("second factor removed", "persistence", "T1556.006", "bypass_create, phone_disassociate, phone_delete, u2ftoken_delete, webauthncredential_delete, hardtoken_disassociate, token_delete"),
    Deed("second factor added", "", "T1098.005", "phone_associate, phone_create, user_not_enrolled_lockout, activation_create_link, webauthncredential_create, hardtoken_associate"),
    Deed("rights granted", "privilege-escalation", "T1098.003", "admin_create, admin_activate_create, admin_role_update"),
    Deed("secret read", "credential-access", "T1552", "integration_skey_view, integration_skey_bulk_view"),
    Deed("application credential added", "persistence", "T1098.001", "integration_skey_reset, integration_create"),
    Deed("application allowed", "", "T1195", "application_install"),
    Deed("trust changed", "persistence", "T1484.002", "admin_single_sign_on_update, admin_single_sign_on_certificate_update, sso_authentication_source_create, sso_authentication_source_update"),
    Deed("account locked", "", "T1110", "admin_lockout, user_lockout, user_adminapi_lockout"),
    Deed("identity made", "persistence", "T1136.003", "user_create"),
))
_UNTRUSTED = ("endpoint_is_not_in_management_system", "endpoint_failed_google_verification", "endpoint_is_not_trusted", "could_not_determine_if_endpoint_was_trusted", "invalid_device", "endpoint_is_unhealthy")
_FOUND = {"user_marked_fraud": ("Sign-in reported as fraud by the user", 4), "anomalous_push": ("Anomalous push: many were sent", 4), **dict.fromkeys(_UNTRUSTED, ("Sign-in refused: device is not trusted", 2))}


def recognise(head: Head) -> Layout | None:
    lower = head.text[:30_000].lower()
    holds = names_in(lower).issuperset
    entry = holds({"access_device", "factor"}) and (holds({"auth_device"}) or holds({"txid"}))
    admin = holds({"action", "isotimestamp", "username"}) or (holds({"action", "username", "object", "timestamp"}) and '"eventtype":"administrator"' in lower.replace(" ", ""))
    return Layout("json", within=("response.authlogs", "response", "authlogs")) if entry or admin else None


def _when(event: Mapping[str, Any]) -> dt.datetime | None:
    return moment(*(at(event, name) for name in ("isotimestamp", "ts", "timestamp")))


def _finding(event: Mapping[str, Any], title: str, severity: int, who: str | None, place: str | None) -> Row:
    return "detection_finding", {
        "time": _when(event), "uid": text(event, "txid"), "rule": f"duo {text(event, 'reason') or text(event, 'action')}", "title": title, "message": None, "severity": severity, "product": "Duo", "category": "threat",
        "actor_user": who, "src_ip": place, "entities": as_json(named((("user", who, "actor"), ("ip", place, "source")))),
    }


def entry(event: Mapping[str, Any]) -> Iterator[Row]:
    """A second factor that was asked for."""
    who, place, reason, result = text(event, "user.name", "email", "username"), address(text(event, "access_device.ip")), text(event, "reason") or "", (text(event, "result") or "").lower()
    browser, system = text(event, "access_device.browser"), text(event, "access_device.os")
    common = {"time": _when(event), "uid": text(event, "txid"), "actor_user": who, "src_ip": place, "status": "success" if result == "success" else "failure"}
    told = compact({"reason": reason, "result": result, "factor": text(event, "factor"), "device": text(event, "auth_device.name"), "phone_ip": text(event, "auth_device.ip"), "os": system, "browser": browser})
    yield "api_activity", {
        **common, "actor_type": "User", "account": text(event, "host"), "service": "duo", "operation": "authentication", "read_only": False, "error": reason if result != "success" else None,
        "resource": text(event, "application.name"), "detail": told[:SAID], "mfa": True if result == "success" and reason not in ("bypass_user", "allow_unenrolled_user", "allowed_by_policy", "remembered_device") else None,
    }
    yield "authentication", {**common, "service": "duo", "method": factor(text(event, "factor")), "client": " ".join(x for x in (browser, system) if x) or text(event, "application.name")}
    if reason in _FOUND or result == "fraud":
        title, severity = _FOUND.get(reason, _FOUND["user_marked_fraud"])
        yield _finding(event, title, severity, who, place)


def administration(event: Mapping[str, Any]) -> Iterator[Row]:
    """What an administrator did."""
    action, who, said = (text(event, "action") or "").lower(), text(event, "username"), event.get("description")
    if isinstance(said, str):
        try:
            said = lowered(nested(said))
        except ValueError:
            said = {"text": said}
    said = said if isinstance(said, Mapping) else {}
    place = address(text(said, "ip_address"))
    told = compact({"object": text(event, "object"), **said})
    failed = action.endswith(("_error", "_lockout", "_failed"))
    common = {"time": _when(event), "uid": text(event, "txid"), "actor_user": who, "src_ip": place, "status": "failure" if failed else "success"}
    yield "api_activity", {
        **common, "actor_type": "Administrator", "account": text(event, "host"), "service": "duo", "operation": text(event, "action"), "read_only": False, "error": text(said, "error", "message") if failed else None,
        "resource": text(event, "object"), "target_user": text(said, "uname", "email") or text(event, "object"), "detail": told[:SAID], **weighty(_DEEDS, action, told),
    }
    if action in ("admin_login", "admin_login_error", "admin_2fa_error"):
        yield "authentication", {**common, "service": "duo", "method": factor(text(said, "factor")), "client": "administration panel"}
    if "fraud" in str(text(said, "error")).lower():
        yield _finding(event, *_FOUND["user_marked_fraud"], who, place)


def rows(record: Mapping[str, Any]) -> Iterator[Row]:
    event = lowered(record)
    if inside(event, "access_device") or "factor" in event:
        yield from entry(event)
    elif text(event, "action"):
        yield from administration(event)
    else:
        yield "base_event", {"time": _when(event), "uid": text(event, "txid"), "type": "duo", "message": compact(event)[:SAID]}


SOURCE = Source(id="duo", title="Cisco Duo (authentication and administrator logs)", recognise=recognise, rows=rows, rank=57)
