"""Auth0 tenant logs, as log streams (`data` in an envelope), the Management API or a collector writes them.

Source of the fields: auth0.com, "Log Event Type Codes" and "Log schema"; of the paths, the Management API's reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from vidocq.model.control_plane import SAID, address, client, compact, factor, lowered, outsiders
from vidocq.model.record import as_json, at, every, inside, named, text
from vidocq.model.source import Head, Layout, Row, Source, names_in


@dataclass(frozen=True, slots=True)
class _Path:
    """Calls of the Management API that do one thing: method and path, and what the body must say."""

    act: str
    tactic: str
    technique: str
    call: str
    body: str = ""


_PATHS = (
    _Path("logging impaired", "defense-evasion", "T1562.008", "delete .*/log-streams/"),
    _Path("logging impaired", "defense-evasion", "T1562.008", "patch .*/log-streams/", r'"status":"(paused|suspended)'),
    _Path("monitoring impaired", "defense-evasion", "T1562.001", "(patch|put|post) .*/(attack-protection|anomaly)/", r'"enabled":false|"shields":\[\]|"(policy|mode|[a-z_]+)":"(off|none|disabled)"'),
    _Path("sign-in policy weakened", "defense-evasion", "T1556.006", "put .*/guardian/policies", r"^\[\]|^$"),
    _Path("sign-in policy weakened", "defense-evasion", "T1556.006", "put .*/guardian/factors/", r'"enabled":false'),
    _Path("sign-in policy changed", "", "T1556.006", "(put|post|patch) .*/guardian/|(put|post|patch) .*/risk-assessment/"),
    _Path("second factor removed", "persistence", "T1556.006", "delete .*/(users/[^/]+/(multifactor|authenticators|authentication-methods)|guardian/enrollments)|post .*/users/[^/]+/multifactor/actions/invalidate|post .*recovery-code"),
    _Path("rights granted", "privilege-escalation", "T1098.003", "post .*/(users/[^/]+/(roles|permissions)|roles/[^/]+/users|tenants/invitations)$"),
    _Path("user invited outside", "persistence", "T1136.003", "post .*/organizations/[^/]+/invitations$"),
    _Path("application allowed", "", "T1195", "post .*/integrations/installed"),
    _Path("application credential added", "persistence", "T1098.001", "post .*/(clients|client-grants|clients/[^/]+/(rotate-secret|credentials))$"),
    _Path("trust changed", "persistence", "T1484.002", "post .*/connections$|(patch|put) .*/connections/", ""),
    _Path("password set", "persistence", "T1098", "patch .*/users/", r'"password"'),
    _Path("function changed", "persistence", "T1525", "(post|patch|put) .*/(actions/(actions|triggers)|rules|hooks)"),
    _Path("identity made", "persistence", "T1136.003", "post .*/users$"),
    _Path("data exported", "exfiltration", "T1567", "post .*/jobs/users-exports"),
)
_ENTRIES = {
    "s": "success", "seacft": "success", "sepft": "success", "ssa": "success", "gd_auth_succeed": "success", "f": "failure", "fp": "failure", "fu": "failure", "fco": "failure", "fcoa": "failure", "fepft": "failure", "feacft": "failure",
    "gd_auth_failed": "failure", "gd_auth_rejected": "failure", "gd_otp_rate_limit_exceed": "failure",
}
_FINDINGS = {
    "pwd_leak": ("Sign-in with a leaked password", 3), "signup_pwd_leak": ("Sign-up with a leaked password", 2), "reset_pwd_leak": ("Reset to a leaked password", 2), "ferrt": ("Refresh token used again: it may be stolen", 3),
    "limit_mu": ("Address blocked: many users tried (password guessing)", 3), "limit_wc": ("Account blocked: many wrong passwords (password guessing)", 2), "limit_sul": ("User blocked: too many sign-ins", 2),
}
"""Events in which the service itself finds something: what to call it, and how grave it is."""


def recognise(head: Head) -> Layout | None:
    lower = head.text[:60_000].lower()
    holds = names_in(lower).issuperset
    return Layout("json", within=("logs",)) if holds({"log_id", "client_id", "type", "date"}) or (holds({"client_id", "date", "type", "description"}) and holds({"user_agent"})) or holds({"data", "client_id", "date", "connection_id"}) else None


def _act(call: str, body: str) -> dict[str, str]:
    found = next((p for p in _PATHS if re.match(f"(?:{p.call})", call) and (not p.body or re.search(p.body, body))), None)
    return {"act": found.act, "tactic": found.tactic, "technique": found.technique} if found else {}


def _entry(event: Mapping[str, Any], common: Mapping[str, Any], kind: str) -> Row:
    method = "push" if kind.startswith("gd_auth") else factor(text(event, "strategy_type")) or ("password" if text(event, "strategy") == "auth0" or kind in ("fp", "fu") else factor(text(event, "strategy")))
    return "authentication", {**{k: common[k] for k in ("time", "uid", "actor_user", "src_ip")}, "service": "auth0", "status": _ENTRIES[kind], "method": method, "client": common["user_agent"] or text(event, "client_name")}


def rows(record: Mapping[str, Any]) -> Iterator[Row]:
    outer = lowered(record)
    event = inside(outer, "data") or outer
    kind, request = (text(event, "type") or "").lower(), inside(event, "details.request")
    when, uid = at(event, "date"), text(event, "log_id", "_id") or text(outer, "log_id")
    if not kind:
        yield "base_event", {"time": when, "uid": uid, "type": "auth0", "message": compact(event)[:SAID]}
        return
    agent, place = text(event, "user_agent") or text(request, "useragent"), address(text(event, "ip") or text(request, "ip"))
    who = text(request, "auth.user.email", "auth.user.name") or text(event, "user_name", "user_id", "details.username") or text(event, "client_name", "client_id")
    body, call = compact(request.get("body")), f"{(text(request, 'method') or '').lower()} {(text(request, 'path') or '').lower()}"
    act = _act(call, body.lower()) if kind in ("sapi", "mgmt_api_read") else {}
    outside = outsiders(who, every(request, "body.invitee.email")) if act.get("act") == "user invited outside" else None
    if act.get("act") == "user invited outside" and not outside:
        act = {}
    if kind == "limit_wc":
        act = {"act": "account locked", "tactic": "", "technique": "T1110"}
    common = {
        "time": when, "uid": uid, "actor_user": who, "actor_type": "User", "account": text(event, "tenant_name", "hostname"), "src_ip": place, "user_agent": agent, "service": "auth0",
        "operation": (call.strip() if kind in ("sapi", "fapi") else "") or kind, "read_only": call.startswith("get "), "status": "failure" if kind.startswith("f") or _ENTRIES.get(kind) == "failure" else "success",
        "error": text(event, "description") if kind.startswith("f") else None, "resource": text(event, "client_name", "connection"), "target_user": text(request, "body.invitee.email", "body.owners", "body.email"),
        "shared_with": outside, "detail": compact({"description": text(event, "description"), "body": request.get("body")})[:SAID], "tool": client(agent), **act,
    }
    yield "api_activity", common
    if kind in _ENTRIES:
        yield _entry(event, common, kind)
    if kind in _FINDINGS:
        title, severity = _FINDINGS[kind]
        yield "detection_finding", {
            "time": when, "uid": uid, "rule": f"auth0 {kind}", "title": title, "message": text(event, "description"), "severity": severity, "product": "Auth0", "category": "threat", "actor_user": who, "src_ip": place,
            "entities": as_json(named((("user", who, "actor"), ("ip", place, "source")))),
        }


SOURCE = Source(id="auth0", title="Auth0 tenant logs", recognise=recognise, rows=rows, rank=58)
