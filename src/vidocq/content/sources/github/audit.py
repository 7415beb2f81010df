"""Records of the audit log: an action, who did it, and a field for whatever it was done to."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from vidocq.behaviour.clients import family
from vidocq.content.sources.github.acts import act_of, public
from vidocq.model.clock import moment
from vidocq.model.record import at, text
from vidocq.model.source import Row

_WHO = frozenset({
    "@timestamp", "created_at", "at_sign_timestamp", "_document_id", "actor", "actor_id", "actor_ip", "actor_is_bot", "actor_location", "user_agent", "business", "business_id", "org",
    "org_id", "repo_id", "user_id", "hashed_token", "token_id", "token_scopes", "request_id", "external_identity_nameid", "external_identity_username", "variant",
})
"""Fields that name who, where and when: what is left says what was done."""
_SIGN_INS = {"user.login": "success", "user.failed_login": "failure", "org.sso_response": None, "business.sso_response": None}
LONGEST = 2000


def is_record(record: Mapping[str, Any]) -> bool:
    """Is it of the audit log? There, who and where are names; a webhook has objects."""
    return isinstance(record.get("action"), str) and not isinstance(record.get("repository"), Mapping) and not isinstance(record.get("actor"), Mapping) and (
        record.get("actor") is not None or "_document_id" in record or "org" in record or "business" in record)


def _when(record: Mapping[str, Any]) -> Any:
    return next((t for name in ("@timestamp", "created_at", "at_sign_timestamp") if (t := moment(record.get(name)))), None)


def _address(record: Mapping[str, Any]) -> str | None:
    return text(record, "actor_ip", "actor_ip_address")


def rows(record: Mapping[str, Any]) -> Iterator[Row]:
    """The call, the sign-in if it is one, and the scanner's alert if it tells of one."""
    action = str(record["action"])
    common = {"time": _when(record), "uid": text(record, "_document_id")}
    place = text(record, "repo", "repository")
    yield "api_activity", {**common, **_call(record, action, place)}
    if action in _SIGN_INS:
        yield "authentication", {**common, "actor_user": text(record, "actor", "user"), "src_ip": _address(record), "service": "github", "client": text(record, "user_agent"),
                                 "status": _SIGN_INS[action] or ("failure" if text(record, "error", "failure_reason") else "success"), "method": "sso" if "sso" in action else "password"}
    if action.startswith("secret_scanning_alert.") and action.endswith((".create", ".publicly_leaked", ".reopen")):
        yield "detection_finding", {**common, "rule": action, "title": "A secret stands in the code of a repository", "severity": 4 if "publicly" in action else 3,
                                    "message": f"{place or text(record, 'org')}: alert {text(record, 'number')}", "product": "GitHub secret scanning", "category": "threat",
                                    "entities": json.dumps([{"kind": "resource", "name": place, "role": "target"}] if place else [])}


def _call(record: Mapping[str, Any], action: str, place: str | None) -> dict[str, Any]:
    act = act_of(action, record)
    agent = text(record, "user_agent")
    exposed = act is not None and act.name == "repository exposed"
    return {
        "actor_user": text(record, "actor"), "actor_key": text(record, "hashed_token", "token_id"),
        "actor_type": "bot" if at(record, "actor_is_bot") is True else text(record, "programmatic_access_type") or "user",
        "account": text(record, "org", "business"), "src_ip": _address(record), "user_agent": agent, "tool": family(agent), "service": "github", "operation": action,
        "status": "success", "resource": text(record, "repo", "repository", "team", "name", "org", "business"), "target_user": text(record, "user", "invitee", "deploy_key_title"),
        "detail": json.dumps({k: v for k, v in record.items() if k not in _WHO}, separators=(",", ":"), default=str)[:LONGEST],
        "shared_with": "*" if exposed and public(record) else None,
        **({"act": act.name, "tactic": act.tactic, "technique": act.technique} if act else {}),
    }
