"""DocuSign (Connect), GitLab (audit events, and requests of the application) and Push Security.

Source of the fields: developers.docusign.com, "Connect events"; docs.gitlab.com, "Audit event streaming" and "Log system"; pushsecurity.com/help, "Webhooks".
"""

from collections.abc import Iterator
from typing import Any

from vidocq.content.sources.saas_audit.service import Record, Rule, Service
from vidocq.model.record import as_json, named, text
from vidocq.model.source import Row

_DOCUSIGN = Service(
    name="docusign", marks=("event", "data.accountid", "generateddatetime|apiversion"), action=("event",), time=("generateddatetime",), uid=(), actor=("data.senderemail", "data.email", "data.userid"), account=("data.accountid",),
    target=("data.name", "data.envelopeid", "data.templateid"), target_user=("data.email",), detail=("event", "data.terminationreason", "data.templates", "data.envelopedocuments"), words=False,
)
_GITLAB_AUDIT = Service(
    name="gitlab", marks=("author_id|author_name", "entity_type", "entity_id|entity_path", "event_type|change|event_name|custom_message|add|remove"), action=("event_type", "event_name", "change", "add", "remove"), time=("created_at", "time"),
    actor=("author_email", "author_name", "author_id"), address=("ip_address", "details.ip_address"), account=("entity_path", "entity_id"), target=("target_details", "details.target_details"),
    target_user=("details.target_details", "target_details"), says=("custom_message", "details.custom_message"), sign_in=r".*(login|sign_?in).*",
    rules=(
        Rule("rights granted", r".*(member|role|access).*", when=r'"(to|add|new)":"?(owner|maintainer)|admin'),
        Rule("code protection removed", r".*protected_(branch|tag)\w*(removed|deleted|updated)|.*(push_rule|merge_request_approval|approval_rule)\w*(removed|deleted|updated)\w*", technique="T1562.001"),
        Rule("repository exposed", r".*visibility.*", when=r'"to":"public', technique="T1567.001"),
    ),
)


def _request(record: Record) -> Iterator[Row]:
    yield "http_activity", {"src_ip": text(record, "remote_ip"), "method": text(record, "method"), "url": text(record, "path"), "user_agent": text(record, "ua"), "status_code": text(record, "status"), "host": "gitlab"}


# A reset that is asked for two mailboxes at once sends the link for one to the other: no form of the application does it.
_GITLAB_RESET = Service(
    name="gitlab", marks=("path", "params"), like={"path": r"^/users/password"}, action=("method", "path"), time=("time",), uid=("correlation_id",), actor=("username", "user_id"), address=("remote_ip",), agent=("ua",),
    target=("path",), outcome=("status",), detail=("params",), words=False, also=_request,
    rules=(Rule("password set", r".*", when=r'"email":\["[^"]+","[^"]+"', technique="T1190"),),
)
_GITLAB_REQUEST = Service(
    name="gitlab", marks=("path", "params", "time"), action=("path",), time=("time",), uid=("correlation_id",), also=_request, only=False,
)


def _push_alert(record: Record) -> Iterator[Row]:
    """What the browser extension saw: a page that takes passwords for another, a stolen session, a cloned sign-in page."""
    kind = text(record, "object") or ""
    if not any(word in kind.lower() for word in ("phish", "cloned", "malicious", "stolen", "session_token", "credential_stuffing", "aitm", "attack")):
        return
    user, url = text(record, "new.employee.email", "new.email"), text(record, "new.url")
    told: list[tuple[str, Any, str]] = [("user", user, "actor"), ("url", url, "destination"), ("ip", text(record, "new.sourceipaddress"), "peer")]
    yield "detection_finding", {"rule": kind, "title": f"Push Security: {kind.lower().replace('_', ' ')}", "message": url, "severity": 4, "product": "Push Security", "category": "threat", "actor_user": user,
                                "src_ip": text(record, "new.sourceipaddress"), "entities": as_json(named(told)), "action": "blocked" if text(record, "new.mode") == "BLOCK" else None}


_PUSH = Service(
    name="push_security", marks=("object", "timestamp", "new|old", "id"), like={"object": r"^[A-Z_]+$"}, action=("object", "type", "new.action"), time=("timestamp",), uid=("id",), actor=("new.employee.email", "new.email", "old.email"),
    address=("new.sourceipaddress",), agent=("new.useragent",), target=("new.apptype", "new.url"), target_user=("new.email",), detail=("object", "type", "new", "old"), also=_push_alert, words=False,
    rules=(Rule("second factor removed", r"account\..*", when=r'"new":\{.*"mfamethods":\[\].*"old":\{.*"mfamethods":\["|"mfaregistered":false.*"old":\{.*"mfaregistered":true'),),
)
SERVICES = (_DOCUSIGN, _GITLAB_AUDIT, _GITLAB_RESET, _GITLAB_REQUEST, _PUSH)
