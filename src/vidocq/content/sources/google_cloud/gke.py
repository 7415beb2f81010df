"""A call of the Kubernetes API as Google's audit log tells it: the same row as the cluster's own audit gives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from vidocq.behaviour.kubernetes import Call, detail, kind_of_user, weigh
from vidocq.model.control_plane import address, family
from vidocq.model.record import inside, text

_METHOD = re.compile(r"^io\.k8s\.(?P<path>.*?)\.?(?P<verb>[a-z]+)$")
_VERSION = re.compile(r"^v\d+(?:(?:alpha|beta)\d+)?$")
_REASONS = {3: "Invalid", 5: "NotFound", 6: "AlreadyExists", 7: "Forbidden", 9: "Conflict", 10: "Conflict", 16: "Unauthorized"}


def _place(name: str, path: str) -> dict[str, str]:
    """Of `apps/v1/namespaces/shop/deployments/cart/scale`: namespace, resource, name and subresource; of a path that is no resource, the path."""
    parts = name.split("/")
    version = next((n for n, part in enumerate(parts) if _VERSION.match(part)), None)
    if version is None or not parts[version + 1 :] or parts[0] in ("api", "apis"):
        words = path.split(".")
        known = next((n for n, word in enumerate(words) if _VERSION.match(word)), None)
        return {"resource": words[known + 1], "subresource": ".".join(words[known + 2 :])} if known is not None and words[known + 1 :] else {"path": "/" + name.lstrip("/")}
    rest = parts[version + 1 :]
    namespace = ""
    if rest[0] == "namespaces" and len(rest) > 2 and rest[2] not in ("finalize", "status"):
        namespace, rest = rest[1], rest[2:]
    resource, called, sub = (*rest, "", "", "")[:3]
    return {"namespace": namespace, "resource": resource, "name": called, "subresource": sub}


def row(entry: Mapping[str, Any], payload: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a call, beside its time and its id."""
    method = text(payload, "methodName") or ""
    found = _METHOD.match(method)
    verb = found["verb"] if found else ""
    place = _place(text(payload, "resourceName") or text(payload, "authorizationInfo.resource") or text(entry, "authorizationInfo.resource") or "", found["path"] if found else "")
    who = text(payload, "authenticationInfo.principalEmail", "authenticationInfo.principalSubject") or ""
    code = text(payload, "status.code")
    answered = code in (None, "0") and text(entry, "labels.authorization.k8s.io/decision") != "forbid"
    asked, made = inside(payload, "request"), inside(payload, "response")
    if "subjects" in asked and "roleRef" not in asked and "roleRef" in made:
        asked = {**asked, "roleRef": made["roleRef"]}
    if not place.get("name"):
        place["name"] = text(made, "metadata.name") or text(asked, "metadata.name") or ""
    call = Call(
        verb=verb, user=who, answered=answered, request=asked or (made if answered else {}), resource=place.get("resource", ""), subresource=place.get("subresource", ""),
        namespace=place.get("namespace", ""), name=place["name"], path=place.get("path", ""),
    )
    act, noted = weigh(call)
    agent = text(payload, "requestMetadata.callerSuppliedUserAgent")
    name, tactic, technique = act or (None, None, None)
    return {
        "actor_user": who or None, "actor_type": kind_of_user(who),
        "account": text(entry, "resource.labels.cluster_name") or text(entry, "resource.labels.project_id"), "region": text(entry, "resource.labels.location"),
        "src_ip": address(text(payload, "requestMetadata.callerIp", "requestMetadata.callerIP")), "user_agent": agent, "service": "kubernetes", "operation": call.operation,
        "read_only": verb in ("get", "list", "watch", "head", "options") and name != "pod exec" if verb else None, "status": "success" if answered else "failure",
        "error": None if answered else text(made, "reason") or _REASONS.get(int(code) if code and code.isdigit() else 7, "Unknown"),
        "resource": call.target, "detail": detail({k: v for k, v in asked.items() if k != "@type"}, noted), "tool": family(agent), "act": name, "tactic": tactic, "technique": technique,
    }
