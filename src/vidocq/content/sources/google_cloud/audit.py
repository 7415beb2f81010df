"""An entry of the Cloud Audit Logs: who called what, and what it does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from vidocq.content.sources.google_cloud.deeds import DEEDS
from vidocq.content.sources.google_cloud.grants import weighed
from vidocq.model.control_plane import SAID, address, compact, family, pairs, weighty
from vidocq.model.record import at, every, inside, nested, text

# Names of google.rpc.Code.
_CODES = (
    "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE",
    "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
)
# The accounts with which Google's own services act on a customer's behalf. Their projects are Google's: nobody else can make an account in them.
_AGENT = re.compile(
    r"@(?:gcp-sa-[a-z0-9-]+|compute-system|container-engine-robot|gs-project-accounts|serverless-robot-prod|gcf-admin-robot|dataflow-service-producer-prod|dataproc-accounts|cloud-redis"
    r"|cloud-filer|bigquery-encryption)\.iam\.gserviceaccount\.com$|@(?:cloudservices|system)\.gserviceaccount\.com$|^system@google\.com$"
)
_READS = re.compile(r"^(?:batch)?(?:get|list|aggregatedlist|search|read|test|lookup|check|query|fetch|describe|access|count|preview|validate|watch|export$|download)", re.I)
_VERSION = re.compile(r"^(?:v\d+(?:(?:alpha|beta|p\d+beta)\d*)?|alpha|beta)$")


def payload_of(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """The audit record of an entry: as Cloud Logging writes it, as some collectors do in lower case, as BigQuery's tables hold it with JSON as text."""
    found = inside(entry, "protoPayload", "protopayload", "protopayload_auditlog")
    held = {name: _parsed(found[f"{name}Json"]) for name in ("request", "response", "metadata") if isinstance(found.get(f"{name}Json"), str)}
    if inside(found, "metadata").get("methodName") and "methodName" not in found:
        # Some collectors let the fields of a BigQuery record slip into its metadata.
        found = {**inside(found, "metadata"), **found}
    return {**found, **held} if held else found


def _parsed(said: str) -> Any:
    try:
        return nested(said)
    except ValueError:
        return {}


def service_of(payload: Mapping[str, Any]) -> str:
    """`compute` of compute.googleapis.com; where no service is named, the first word of the method that is one."""
    named = (text(payload, "serviceName") or "").lower()
    if named:
        return "kubernetes" if named == "k8s.io" else named.removesuffix(".googleapis.com")
    words = (text(payload, "methodName") or "").lower().split(".")
    if words[:2] == ["io", "k8s"]:
        return "kubernetes"
    return next((w for w in words[:-1] if w not in ("google", "cloud") and not _VERSION.match(w)), "")


def _short(method: str) -> str:
    """The end of a method's name that tells it apart within its service: `DeleteSink` of google.logging.v2.ConfigServiceV2.DeleteSink, `instances.insert` of v1.compute.instances.insert."""
    words = [w for w in re.split(r"[./]", method) if w]
    of_a_kind = len(words) > 2 and words[-1][:1].islower() and words[-2][:1].islower()
    return ".".join(words[-2:] if of_a_kind else words[-1:])


def _deed(service: str, method: str, told: str, payload: Mapping[str, Any]) -> dict[str, str]:
    short = _short(method)
    if short.lower().endswith("setiampolicy"):
        # Of every service and every kind of thing: one policy is like the other.
        short, service = "setiampolicy", "*"
    keys = [f"{service}:{short}", f"*:{short}"]
    if service == "deploymentmanager":
        # What a template does is told by the rights it needs alone.
        rights = [str(text(a, "permission")) for a in every(payload, "authorizationInfo") if isinstance(a, Mapping) and a.get("granted") is True]
        keys += [r.replace(".", ":", 1) for r in rights]
    return next((found for key in keys if (found := weighty(DEEDS, key, told))), {})


def outcome(payload: Mapping[str, Any]) -> str | None:
    """The name of the error, None where it came off. A right that was refused is one, even where no status is told."""
    code = text(payload, "status.code")
    if code not in (None, "0"):
        return _CODES[int(code)] if code.isdigit() and int(code) < len(_CODES) else text(payload, "status.message") or code
    refused = code is None and any(isinstance(a, Mapping) and a.get("granted") is False for a in every(payload, "authorizationInfo"))
    return "PERMISSION_DENIED" if refused else None


def _tool(agent: str | None) -> str | None:
    for name in ("terraform", "pulumi", "gsutil", "kubectl"):
        if name in (agent or "").lower():
            return name
    return family(agent)


def _actor(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Who called. A key of a service account is named by its id; whoever acts as another is told beside them."""
    info = inside(payload, "authenticationInfo")
    who = text(info, "principalEmail") or text(info, "principalSubject")
    behind = text(info, "serviceAccountDelegationInfo.firstPartyPrincipal.principalEmail", "serviceAccountDelegationInfo.principalSubject")
    key = text(info, "serviceAccountKeyName")
    program = who is not None and (who.endswith("gserviceaccount.com") or "/workloadIdentityPools/" in who)
    agent = who is not None and _AGENT.search(who) is not None
    return {
        "actor_user": who, "actor_type": "ServiceAccount" if program else "User" if who else None, "actor_key": key.rpartition("/")[2] if key else None,
        "actor_session": f"{behind} as {who}" if behind and who else None, "invoked_by": who if agent else None,
    }


def _about(entry: Mapping[str, Any], payload: Mapping[str, Any], service: str, short: str) -> tuple[str | None, str | None]:
    """What a call touches, and which identity. What is made is named itself, not the place in which it is made."""
    resource = text(payload, "resourceName")
    made = text(payload, "response.name")
    person = None
    if service == "iam" and ("serviceaccount" in short.lower() or "/serviceAccounts/" in (resource or "")):
        person = text(payload, "response.email") or text(entry, "resource.labels.email_id") or next((n for n in re.findall(r"[^/:\s]+@[^/:\s]+", f"{resource} {made}")), None)
        resource = f"projects/-/serviceAccounts/{person}" if person else resource
    elif short.startswith("Create") and resource and made and "/" in made and made != resource and "/operations/" not in made:
        resource = made
    elif short == "CreateSink" and resource and text(payload, "request.sink.name"):
        resource = f"{resource}/sinks/{text(payload, 'request.sink.name')}"
    return resource, person


def columns(entry: Mapping[str, Any], payload: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a call beside its time and its id."""
    service, method = service_of(payload), text(payload, "methodName") or ""
    short = _short(method)
    labels = inside(entry, "resource.labels")
    account = text(labels, "project_id") or next((f for f in re.findall(r"^(?:projects|folders|organizations)/([^/]+)", text(entry, "logName", "logname") or text(payload, "resourceName") or "") if f != "_"), None)
    actor = _actor(payload)
    given = weighed(payload, actor["actor_user"], account) if "iamp" in short.lower() or "dataset" in short.lower() else {}
    resource, person = _about(entry, payload, service, short)
    request = {k: v for k, v in inside(payload, "request").items() if k not in ("@type", "policy" if given else "")}
    events = {str(k).lower(): v for e in every(payload, "metadata.event") for k, v in pairs(e.get("parameter") if isinstance(e, Mapping) else None).items()}
    told = compact({**given, **request, **events, **{k: v for k, v in inside(payload, "metadata").items() if k not in ("@type", "event")}})
    error = outcome(payload)
    deed = _deed(service, method, f'"on":"{resource or ""}",{told}', payload)
    act = deed.get("act")
    agent = text(payload, "requestMetadata.callerSuppliedUserAgent")
    rights = [str(text(a, "permissionType")) for a in every(payload, "authorizationInfo") if isinstance(a, Mapping) and text(a, "permissionType")]
    place = text(labels, "location", "region", "zone") or at(payload, "resourceLocation.currentLocations")
    keys = text(payload, "response.name") if act == "key made" else None
    return {
        **actor, "account": account, "src_ip": address(text(payload, "requestMetadata.callerIp", "requestMetadata.callerIP")), "user_agent": agent, "service": service, "operation": method or None,
        "read_only": _reads(short, rights), "status": "failure" if error else "success", "error": error, "region": re.sub(r"-[a-f]$", "", str(place)) if place else None, "resource": resource,
        "new_key": keys.rpartition("/")[2] if keys else None,
        "target_user": (None if given else person) or next(iter(given.get("broad") or given.get("outside") or ()), None) or text(events, "user_email") or _invited(payload),
        "detail": told[:SAID] or None, "shared_with": "*" if given.get("everybody") else ",".join(given.get("outside", ()))[:500] or None if act in ("shared outside", "rights granted") else None,
        "tool": _tool(agent), "console": bool(agent and agent.startswith("Mozilla/")) if agent else None, **deed,
    }


def _invited(payload: Mapping[str, Any]) -> str | None:
    member = text(payload, "request.member")
    return member.split(":", 1)[-1] if member else None


def _reads(short: str, rights: list[str]) -> bool:
    return all(r.endswith("_READ") for r in rights) if rights else _READS.match(short.rpartition(".")[2]) is not None
