"""Azure Activity log: as it is exported (`records[]` of a storage account or an event hub), from the REST API (`value[]`), or from a workspace.

Source of the fields: learn.microsoft.com, "Azure Activity Log event schema" and the reference of the table AzureActivity. Names of operations are
compared in lower case: the log writes them one way today and another tomorrow.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from vidocq.content.sources.azure_activity.acts import act_of
from vidocq.model.control_plane import address
from vidocq.model.record import at, inside, nested, text
from vidocq.model.source import Head, Layout, Row, Source, names_in

_OPERATION = re.compile(r'"(?:operationName(?:Value)?|OperationName(?:Value)?)"\s*:\s*(?:\{[^{}]*"value"\s*:\s*)?"(?:[Mm]icrosoft|MICROSOFT)\.')
# Records of the same export that are told of by other sources: the cluster's audit, and what tells of no call.
_OTHERS = re.compile(r'"category"\s*:\s*"(?:kube-|SignInLogs|AuditLogs|NonInteractive|ServicePrincipalSign|NetworkSecurityGroupFlow|FlowLog)')
_STARTED = {"start", "started", "begin", "inprogress"}
# What Azure itself tells of its health, its rules and its scaling: nobody calls.
_NOTICES = {"servicehealth", "resourcehealth", "alert", "autoscale", "recommendation", "security"}
_DONE = {"success", "succeeded", "accept", "accepted", "ok", "0", ""}
_CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/"


def recognise(head: Head) -> Layout | None:
    start = head.text[:60_000]
    # A gateway writes down requests under the same envelope.
    if not _OPERATION.search(start) or _OTHERS.search(start[:4000]) or "class_uid" in names_in(start[:4000]) or {"httpStatusCode", "clientPort"} <= names_in(start):
        return None
    return Layout("json", within=("records", "value"))


def _said(record: Mapping[str, Any], *names: str) -> str | None:
    """A field that is text in one form of the log and `{value, localizedValue}` in another."""
    for name in names:
        if found := text(record, f"{name}.value", name):
            return found
    return None


def _object(value: Any) -> Mapping[str, Any]:
    """An object, or the one that a text holds."""
    if isinstance(value, str):
        try:
            value = nested(value)
        except ValueError:
            return {}
    return value if isinstance(value, Mapping) else {}


def _request(properties: Mapping[str, Any]) -> str:
    """The request as compact text: it is kept as text within text, and cut where it is long."""
    said = at(properties, "requestbody", "requestBody", "RequestBody")
    known = _object(said)
    return json.dumps(known, separators=(",", ":"), ensure_ascii=False) if known else said if isinstance(said, str) else ""


def _actor(record: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Who called, and of what kind: a person by their name in the directory, a program by its application."""
    claims = inside(record, "identity.claims", "claims") or _object(record.get("Claims")) or _object(record.get("claims"))
    evidence = inside(record, "identity.authorization.evidence", "authorization.evidence")
    names = [claims.get(k) for k in (f"{_CLAIMS}upn", "upn", f"{_CLAIMS}emailaddress", "unique_name")]
    person = next((n for n in names if isinstance(n, str) and n), None)
    caller = text(record, "caller", "Caller")
    program = next((v for v in (claims.get("appid"), claims.get("azp")) if isinstance(v, str) and v), None)
    kind = text(evidence, "principalType") or ("User" if person or (caller and "@" in caller) else "ServicePrincipal" if program or caller else None)
    other = claims.get("http://schemas.microsoft.com/identity/claims/objectidentifier") or claims.get("name")
    return person or caller or (program if isinstance(program, str) else None) or (other if isinstance(other, str) else None) or text(evidence, "principalId"), kind


def rows(record: Mapping[str, Any]) -> Iterator[Row]:
    operation = (_said(record, "operationName", "OperationNameValue", "operationNameValue", "OperationName") or "").lower()
    outcome = (_said(record, "resultType", "status", "ActivityStatusValue", "ActivityStatus") or "").lower()
    common = {"time": at(record, "time", "eventTimestamp", "TimeGenerated"), "src_ip": address(text(record, "callerIpAddress", "httpRequest.clientIpAddress", "CallerIpAddress"))}
    correlation, resource = text(record, "correlationId", "CorrelationId"), text(record, "resourceId", "ResourceId", "_ResourceId", "authorization.scope")
    provider, _, act = operation.partition("/")
    category = _said(record, "category", "CategoryValue", "Category") or "azure"
    if category.lower() in _NOTICES or not act or not provider.startswith("microsoft.") or outcome in _STARTED:
        actor, _ = _actor(record)
        uid = f"{correlation}:{operation}:{outcome}:{resource or ''}".lower() if correlation else None
        yield "base_event", {**common, "uid": uid, "type": category, "actor_user": actor, "message": " ".join(filter(None, (operation, outcome, resource)))}
        return
    yield "api_activity", {**common, **_call(record, provider, act, outcome, correlation, resource)}


def _call(record: Mapping[str, Any], provider: str, operation: str, outcome: str, correlation: str | None, resource: str | None) -> dict[str, Any]:
    properties = inside(record, "properties") or _object(record.get("properties")) or _object(record.get("Properties"))
    request = _request(properties)
    name = (resource or "").lower()
    # What is installed on a machine is told by the name of the extension where no request is kept.
    looked = re.sub(r"\s", "", request).lower() or (name.rpartition("/")[2] if operation.endswith("extensions/write") else "")
    act = act_of(f"{provider}/{operation}", looked)
    actor, kind = _actor(record)
    failed = outcome not in _DONE
    subscription = re.match(r"/subscriptions/([^/]+)", name)
    return {
        # A long operation is told when it is accepted and again when it is done: that is one call, unless it fails after all.
        "uid": f"{correlation}:{provider}/{operation}:{name}{':failed' if failed else ''}" if correlation else text(record, "eventDataId", "EventDataId"),
        "actor_user": actor, "actor_type": kind, "account": subscription[1] if subscription else text(record, "subscriptionId", "SubscriptionId", "tenantId"),
        "service": provider, "operation": operation, "read_only": operation.endswith("/read"), "status": "failure" if failed else "success",
        "error": (text(properties, "statusCode") or _said(record, "subStatus", "resultSignature", "ActivitySubstatusValue") or outcome) if failed else None,
        "region": text(record, "location"), "resource": name or None, "target_user": text(_object(request), "properties.principalId", "Properties.PrincipalId"),
        "detail": request[:2000] or None, "user_agent": text(record, "httpRequest.userAgent"),
        "shared_with": "whoever has the link" if act and act.name == "shared outside" else None,
        "act": act.name if act else None, "tactic": act.tactic if act else None, "technique": act.technique if act else None,
    }


SOURCE = Source(id="azure_activity", title="Azure Activity log", recognise=recognise, rows=rows, rank=57, unique=True, lag_s=900)
