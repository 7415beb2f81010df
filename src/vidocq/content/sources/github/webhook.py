"""Webhooks: the object that something happened to, the repository, and who did it. The kind of event stands in a header that a file does not keep, so the object names it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from vidocq.content.sources.github.acts import act_of, outside
from vidocq.model.clock import moment
from vidocq.model.record import as_json, at, every, inside, named, text
from vidocq.model.source import Row

# The object that names the kind of event; the more particular before what it stands in.
_KINDS = (
    ("workflow_job", "workflow_job"), ("workflow_run", "workflow_run"), ("forkee", "fork"), ("pages", "gollum"), ("commits", "push"), ("comment", "issue_comment"), ("issue", "issues"),
    ("pull_request", "pull_request"), ("repository_ruleset", "repository_ruleset"), ("rule", "branch_protection_rule"), ("key", "deploy_key"), ("hook", "meta"), ("member", "member"),
    ("membership", "organization"), ("personal_access_token_request", "personal_access_token_request"), ("release", "release"), ("team", "team"), ("installation", "installation"),
    ("changes", "repository"), ("repository", "repository"),
)
_OPENED = ("created", "create", "opened", "reopened", "reopened_by_user", "publicly_leaked", "appeared_in_branch")
_SEVERITIES = {"low": 2, "medium": 3, "moderate": 3, "high": 4, "critical": 5, "error": 4, "warning": 3, "note": 2}
LONGEST = 2000
"""Characters of a part of a record that is kept."""
TEXT = 600
"""Characters of what somebody wrote that are kept: a command hides at its beginning or not at all from who reads it."""


def is_record(record: Mapping[str, Any]) -> bool:
    """Is it a delivery? It names a repository, or who sent it, as an object."""
    return isinstance(record.get("repository"), Mapping) or (isinstance(record.get("sender"), Mapping) and isinstance(record.get("action"), str))


def _when(record: Mapping[str, Any], kind: str) -> Any:
    """The object's own last moment; a delivery has none of its own."""
    thing = inside(record, kind)
    paths = (*(thing.get(name) for name in ("updated_at", "completed_at", "started_at", "created_at")), at(record, "head_commit.timestamp", "alert.updated_at", "alert.created_at"),
             at(record, "repository.pushed_at"), at(record, "repository.updated_at"), at(record, "repository.created_at"))
    return next((t for value in paths if (t := moment(value))), None)


def rows(record: Mapping[str, Any]) -> Iterator[Row]:
    """The alert that it carries, or the call that it tells of."""
    action = text(record, "action") or ""
    if isinstance(record.get("alert"), Mapping):
        yield from _alert(record, action)
        return
    thing, kind = next(((t, k) for t, k in _KINDS if record.get(t)), ("", "event"))
    operation = f"{kind}.{action}" if action else kind
    act = act_of(f"{kind}.{action}", record)
    yield "api_activity", {
        "time": _when(record, thing), "actor_user": _actor(record), "actor_type": (text(record, "sender.type") or "user").lower(),
        "account": text(record, "organization.login", "repository.owner.login", "enterprise.slug"), "service": "github", "operation": operation, "status": "success",
        "resource": text(record, "repository.full_name", "organization.login"), "target_user": text(record, "member.login", "membership.user.login", "forkee.full_name"),
        "detail": _detail(record, thing), "shared_with": outside(record) or ("*" if act and act.name == "repository exposed" else None),
        **({"act": act.name, "tactic": act.tactic, "technique": act.technique} if act else {}),
    }


def _actor(record: Mapping[str, Any]) -> str | None:
    return text(record, "sender.login", "pusher.name", "issue.user.login", "workflow_run.actor.login", "pull_request.user.login")


def _detail(record: Mapping[str, Any], thing: str) -> str:
    """What the questions and detections ask about: what somebody wrote, the branch, the runner, and how open the repository is."""
    found = inside(record, thing)
    told: dict[str, Any] = {name: found[name] for name in ("event", "head_branch", "runner_name", "runner_group_name", "runner_id", "labels", "enforcement", "conclusion") if name in found}
    written = [str(v)[:TEXT] for name in ("title", "body", "head_branch") if isinstance(v := found.get(name), str)]
    written += [str(v)[:TEXT] for path in ("pages.page_name", "pages.title", "ref", "pull_request.head.ref") for v in every(record, path) if isinstance(v, str)]
    told |= {"written": written[:6], "private": at(record, "repository.private"), "forking": at(record, "repository.allow_forking"), "changes": record.get("changes")}
    # A text that is cut off is no JSON: what is too long is left out instead, and what somebody wrote is short already.
    kept = {k: v for k, v in told.items() if v is not None and (k == "written" or len(json.dumps(v, default=str)) <= LONGEST)}
    return json.dumps(kept, separators=(",", ":"), default=str)


def _alert(record: Mapping[str, Any], action: str) -> Iterator[Row]:
    """Alerts of GitHub's own scanners. A weakness in a library or in the code is posture; a secret that stands open is in use until it is changed."""
    alert = inside(record, "alert")
    if action not in _OPENED:
        return _base(record, action)
    secret = text(alert, "secret_type_display_name", "secret_type")
    advisory = text(alert, "security_advisory.summary", "affected_package_name")
    product = "GitHub secret scanning" if secret else "GitHub Dependabot" if advisory else "GitHub code scanning"
    rule = text(alert, "secret_type", "security_advisory.ghsa_id", "rule.id") or action
    level = text(alert, "security_advisory.severity", "security_vulnerability.severity", "rule.security_severity_level", "rule.severity", "severity")
    place = text(record, "repository.full_name")
    return iter([("detection_finding", {
        "time": _when(record, "alert"), "uid": text(alert, "html_url"), "rule": rule, "title": f"Secret in the code: {secret}" if secret else advisory or text(alert, "rule.description") or rule,
        "message": " ".join(filter(None, (place, text(alert, "html_url")))), "product": product, "category": "threat" if secret else "posture",
        "severity": _SEVERITIES.get((level or "").lower(), 4 if action == "publicly_leaked" or at(alert, "publicly_leaked") is True else 3), "actor_user": text(record, "sender.login"),
        "entities": as_json(named([("resource", place, "target"), ("user", text(record, "sender.login"), "actor")])),
    })])


def _base(record: Mapping[str, Any], action: str) -> Iterator[Row]:
    return iter([("base_event", {"time": _when(record, "alert"), "type": f"alert.{action}", "actor_user": text(record, "sender.login"),
                                 "message": text(record, "repository.full_name", "alert.html_url")})])
