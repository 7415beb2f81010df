"""Kubernetes audit: events of `audit.k8s.io`, one a line or in an EventList, as EKS hands them to CloudWatch Logs, as AKS puts them into Azure's
diagnostics.

Source of the fields: kubernetes.io, "Auditing" and the reference of `audit.k8s.io/v1`; docs.aws.amazon.com, "Using subscription filters" (the
envelope); learn.microsoft.com, "Monitor AKS" (categories kube-audit and kube-audit-admin).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any

from vidocq.behaviour.kubernetes import Call, detail, kind_of_user, outermost, weigh
from vidocq.model.clock import moment
from vidocq.model.control_plane import family
from vidocq.model.record import at, every, inside, nested, text
from vidocq.model.source import Head, Layout, Row, Source, names_in

# Within an envelope the quotes are escaped.
_CALL = re.compile(r'\\?"(?:verb|responseStatus)\\?"\s*:')
_KNOWN = re.compile(r'audit\.k8s\.io/|\\?"(?:objectRef|sourceIPs|requestURI)\\?"\s*:')
_EVENT = re.compile(r'\\?"kind\\?"\s*:\s*\\?"Event(?:List)?\\?"')
_AKS = re.compile(r'"category"\s*:\s*"kube-audit')
_CLUSTER = re.compile(r"(?i)/managedclusters/([^/]+)|^/aws/eks/([^/]+)/cluster$|:cluster/([^/]+)$")
_ERRORS = {400: "BadRequest", 401: "Unauthorized", 403: "Forbidden", 404: "NotFound", 409: "Conflict", 422: "Invalid", 429: "TooManyRequests", 500: "InternalError"}


def recognise(head: Head) -> Layout | None:
    start = head.text[:30_000]
    if {"class_uid", "protoPayload"} & names_in(start):
        return None
    told = _CALL.search(start) and _KNOWN.search(start) and _EVENT.search(start)
    return Layout("json", within=("items", "records", "events")) if told or _AKS.search(start) else None


def _wrapped(record: Mapping[str, Any]) -> Iterator[tuple[Any, str | None, Any]]:
    """The events in a record, each with the cluster and the time its envelope tells."""
    group = _cluster(text(record, "logGroup", "log_group"))
    if isinstance(record.get("logEvents"), list):
        for said in every(record, "logEvents"):
            yield _parsed(text(said, "message")), group, at(said, "timestamp")
    elif text(record, "properties.log"):
        yield _parsed(text(record, "properties.log")), _cluster(text(record, "resourceId")), at(record, "time", "requestReceivedTimestamp")
    elif "verb" not in record and text(record, "message", "@message", "log"):
        yield _parsed(text(record, "message", "@message", "log")), group, at(record, "timestamp", "@timestamp", "time")
    else:
        yield record, group or _cluster(text(record, "cluster", "clusterName")), None


def _cluster(name: str | None) -> str | None:
    found = _CLUSTER.search(name or "")
    return next(filter(None, found.groups()), None) if found else name if name and "/" not in name else None


def _parsed(said: str | None) -> Any:
    try:
        return nested(said or "")
    except ValueError:
        return said


def rows(record: Mapping[str, Any]) -> Iterator[Row]:
    for event, cluster, told in _wrapped(record):
        if isinstance(event, Mapping) and (text(event, "verb") or inside(event, "responseStatus")) and text(event, "stage") != "RequestReceived":
            yield _call(event, cluster, told)
        else:
            yield _other(event, told)


def _id(event: Mapping[str, Any]) -> str | None:
    """One call, told at one stage or at several. A caller may name the id (`Audit-ID`), and so give one to many calls: when it came they cannot choose."""
    said = text(event, "auditID")
    return "@".join(filter(None, (said, text(event, "requestReceivedTimestamp")))) if said else None


def _moment(event: Any, told: Any) -> dt.datetime | None:
    return moment(*(at(event, name) for name in ("requestReceivedTimestamp", "stageTimestamp", "timestamp")), told)


def _other(event: Any, told: Any) -> Row:
    """What is no answered call: a stage before the answer, or a line of another of the control plane's logs."""
    known = event if isinstance(event, Mapping) else {}
    uid = _id(known)
    return "base_event", {
        "time": _moment(known, told), "uid": f"{uid}:{text(known, 'stage')}" if uid else None, "type": text(known, "stage", "kind") or "kubernetes",
        "actor_user": text(known, "user.username"), "src_ip": outermost(every(known, "sourceIPs")),
        "message": f"{text(known, 'verb')} {text(known, 'requestURI')}" if text(known, "verb") else event if isinstance(event, str) else None,
    }


def _asked(event: Mapping[str, Any], code: int | None) -> Call:
    asked = inside(event, "objectRef")
    forbidden = inside(event, "annotations").get("authorization.k8s.io/decision") == "forbid"
    request, made = inside(event, "requestObject"), inside(event, "responseObject")
    if "subjects" in request and "roleRef" not in request and "roleRef" in made:
        # A patch says what changes: of a binding the subjects, whose role the answer names.
        request = {**request, "roleRef": made["roleRef"]}
    # A pod made from a template has no name before the answer gives it one.
    name = text(asked, "name") or text(event, "responseObject.metadata.name", "requestObject.metadata.name") or ""
    return Call(
        verb=(text(event, "verb") or "").lower(), resource=text(asked, "resource") or "", subresource=text(asked, "subresource") or "", namespace=text(asked, "namespace") or "",
        name=name, user=text(event, "user.username") or "", groups=tuple(g for g in every(event, "user.groups") if isinstance(g, str)), path=text(event, "requestURI") or "",
        answered=code < 400 if code is not None else not forbidden, request=request or made,
    )


def _call(event: Mapping[str, Any], cluster: str | None, told: Any) -> Row:
    said = at(event, "responseStatus.code")
    code = int(said) if str(said).isdigit() else None
    call = _asked(event, code)
    act, noted = weigh(call)
    masked = text(event, "impersonatedUser.username")
    if masked and act is None and kind_of_user(call.user, call.groups) not in ("System", "Node"):
        act, noted = ("session impersonated", "privilege-escalation", "T1134.001"), [f"as {masked}"]
    name, tactic, technique = act or (None, None, None)
    extra = inside(event, "user.extra")
    agent = text(event, "userAgent")
    # `authentication.kubernetes.io/credential-id` holds dots: it is one name, no path.
    key = text(extra, "accessKeyId") or next((str(v) for v in every({"id": extra.get("authentication.kubernetes.io/credential-id")}, "id")), None)
    return "api_activity", {
        "time": _moment(event, told), "uid": _id(event), "actor_user": call.user or None, "actor_type": kind_of_user(call.user, call.groups), "actor_key": key,
        "actor_session": text(extra, "arn"), "issuer": text(extra, "canonicalArn"), "account": cluster, "src_ip": outermost(every(event, "sourceIPs")), "user_agent": agent,
        "service": "kubernetes", "operation": call.operation, "read_only": call.verb in ("get", "list", "watch", "head", "options") and name != "pod exec" if call.verb else None,
        "status": "success" if call.answered else "failure",
        "error": None if call.answered else text(event, "responseStatus.reason") or (_ERRORS.get(code, str(code)) if code else "Forbidden"),
        "resource": call.target, "target_user": masked, "detail": detail(inside(event, "requestObject"), noted), "tool": family(agent), "act": name, "tactic": tactic, "technique": technique,
    }


SOURCE = Source(id="kubernetes_audit", title="Kubernetes audit (EKS, AKS, any cluster)", recognise=recognise, rows=rows, rank=58, unique=True)
