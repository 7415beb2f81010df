"""Kubernetes audit events with the fields that a cluster of EKS writes. Sources: kubernetes.io, "Auditing" and `audit.k8s.io/v1`; docs.aws.amazon.com, "Send control plane logs to CloudWatch Logs"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from vidocq.simulation import ids
from vidocq.simulation.clock import stamp
from vidocq.simulation.firm import Firm, Person
from vidocq.simulation.line import Line

_GROUPS = {
    "deployments": "apps/v1", "daemonsets": "apps/v1", "replicasets": "apps/v1", "statefulsets": "apps/v1", "jobs": "batch/v1", "cronjobs": "batch/v1", "clusterroles": "rbac.authorization.k8s.io/v1",
    "clusterrolebindings": "rbac.authorization.k8s.io/v1", "rolebindings": "rbac.authorization.k8s.io/v1", "endpointslices": "discovery.k8s.io/v1", "selfsubjectaccessreviews": "authorization.k8s.io/v1",
    "selfsubjectrulesreviews": "authorization.k8s.io/v1", "ingresses": "networking.k8s.io/v1", "horizontalpodautoscalers": "autoscaling/v2", "certificates": "cert-manager.io/v1",
}
_KINDS = {201: "Created", 403: "Forbidden", 404: "NotFound", 409: "AlreadyExists", 422: "Invalid"}
KUBECTL = ("kubectl/v1.30.4 (linux/amd64) kubernetes/a51b3b7", "kubectl/v1.29.2 (darwin/arm64) kubernetes/4b8e819", "kubectl/v1.30.1 (windows/amd64) kubernetes/6911225")
CURL = "curl/7.88.1"


@dataclass(frozen=True, slots=True)
class Client:
    """Who calls the cluster, from where, with what."""

    name: str
    groups: tuple[str, ...]
    address: str
    agent: str
    uid: str = ""
    extra: Mapping[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ask:
    """One call. `body` is the object that is sent, where the cluster's policy keeps it (never that of a secret)."""

    verb: str
    resource: str = ""
    namespace: str = ""
    name: str = ""
    sub: str = ""
    query: str = ""
    body: Mapping[str, Any] | None = None
    code: int = 0
    path: str = ""


def nodes(firm: Firm) -> tuple[tuple[str, str, str], ...]:
    """The machines that the cluster runs on: (name inside the cluster, address, id in the cloud)."""
    rng, second = Random(f"{firm.seed}/nodes"), firm.servers["web"].ip.split(".")[1]
    found = []
    for n in range(3):
        ip = f"10.{second}.{252 + n % 2}.{rng.randrange(10, 240)}"
        found.append((f"ip-{ip.replace('.', '-')}.{firm.region}.compute.internal", ip, f"i-0{ids.hexes(rng, 16)}"))
    return tuple(found)


def gateway(firm: Firm) -> str:
    """The one address from which the cluster's machines reach the world."""
    rng = Random(f"{firm.seed}/gateway")
    return f"245.{rng.randrange(250)}.{rng.randrange(250)}.{rng.randrange(2, 250)}"


def kubelet(firm: Firm, n: int) -> Client:
    """The agent of the cluster on one of its machines."""
    name, ip, _ = nodes(firm)[n]
    return Client(f"system:node:{name}", ("system:nodes", "system:authenticated"), ip, "kubelet/v1.30.4 (linux/amd64) kubernetes/9c46f9b")


def part(firm: Firm, name: str) -> Client:
    """A part of the cluster itself: its scheduler, a controller."""
    own = name.startswith("system:")
    tool = "kube-scheduler/v1.30.4" if "scheduler" in name else "kube-controller-manager/v1.30.4"
    at = f"10.{firm.servers['web'].ip.split('.')[1]}.254.17"
    return Client(name if own else f"system:serviceaccount:kube-system:{name}", ("system:authenticated",) if own else ("system:serviceaccounts", "system:serviceaccounts:kube-system", "system:authenticated"), at, f"{tool} (linux/amd64) kubernetes/9c46f9b/{name}")


def program(firm: Firm, namespace: str, name: str, agent: str, address: str = "") -> Client:
    """A program in the cluster, with the token of its service account; it lives on one of the machines."""
    rng = Random(f"{firm.seed}/{namespace}/{name}")
    pod = f"{name}-{ids.letters(rng, 9, 'bcdfghjklmnpqrstvwxz2456789')}-{ids.letters(rng, 5, 'bcdfghjklmnpqrstvwxz2456789')}"
    extra = {"authentication.kubernetes.io/credential-id": [f"JTI={ids.uuid4(rng)}"], "authentication.kubernetes.io/pod-name": [pod], "authentication.kubernetes.io/pod-uid": [ids.uuid4(rng)]}
    return Client(f"system:serviceaccount:{namespace}:{name}", ("system:serviceaccounts", f"system:serviceaccounts:{namespace}", "system:authenticated"), address or rng.choice(nodes(firm))[1], agent, ids.uuid4(rng), extra)


def in_cloud(firm: Firm, name: str, role: str, session: str, address: str, agent: str, groups: tuple[str, ...] = ()) -> Client:
    """A session of a role of the cloud account that the cluster knows under a name of its own."""
    rng = Random(f"{firm.seed}/kube/{role}/{session}")
    principal = ids.aws(Random(f"{firm.seed}/role/{role}"), "AROA")
    extra = {
        "accessKeyId": [ids.aws(rng, "ASIA")], "arn": [f"arn:aws:sts::{firm.account}:assumed-role/{role}/{session}"], "canonicalArn": [f"arn:aws:iam::{firm.account}:role/{role}"], "principalId": [principal],
        "sessionName": [session],
    }
    return Client(name, (*groups, "system:authenticated"), address, agent, f"aws-iam-authenticator:{firm.account}:{principal}", extra)


def person(firm: Firm, who: Person, address: str) -> Client:
    """Somebody of the firm with kubectl: administrators may do everything, developers look."""
    own = Random(f"{firm.seed}/kubectl/{who.name}")
    able = ("platform:admins",) if who.kind in ("admin", "oncall") else ("developers",)
    return in_cloud(firm, who.name, "platform-admin" if who.kind in ("admin", "oncall") else "developer", who.name, address, own.choice(KUBECTL), able)


def pipeline(firm: Firm) -> Client:
    """The pipeline that deploys."""
    return in_cloud(firm, "ci-deploy", "ci-deploy", "deploy", firm.runner, "helm/v3.15.4", ("deployers",))


def _path(ask: Ask) -> str:
    if ask.path:
        return ask.path
    version = _GROUPS.get(ask.resource, "v1")
    parts = [f"/apis/{version}" if "/" in version else f"/api/{version}", f"namespaces/{ask.namespace}" if ask.namespace else "", ask.resource, ask.name if ask.verb != "create" or ask.sub else "", ask.sub]
    return "/".join(p for p in parts if p) + (f"?{ask.query}" if ask.query else "")


def call(rng: Random, at: float, who: Client, ask: Ask) -> Line:
    """The event of one call, when its answer was complete."""
    uid, code = ids.uuid4(rng), ask.code or (101 if ask.sub in ("exec", "portforward") else 201 if ask.verb == "create" else 200)
    path, version = _path(ask), _GROUPS.get(ask.resource, "v1")
    secret = ask.resource in ("secrets", "configmaps") or ask.sub == "token"
    record: dict[str, Any] = {
        "kind": "Event", "apiVersion": "audit.k8s.io/v1", "level": "Metadata" if secret else "RequestResponse" if ask.body else "Request", "auditID": uid, "stage": "ResponseComplete", "requestURI": path, "verb": ask.verb,
        "user": {"username": who.name} | ({"uid": who.uid} if who.uid else {}) | {"groups": list(who.groups)} | ({"extra": dict(who.extra)} if who.extra else {}),
        "sourceIPs": [who.address], "userAgent": who.agent,
    }
    if ask.resource:
        group, _, number = version.rpartition("/")
        told = {"resource": ask.resource, "namespace": ask.namespace, "name": ask.name, "apiGroup": group, "apiVersion": number, "subresource": ask.sub}
        record["objectRef"] = {k: v for k, v in told.items() if v}
    reason = _KINDS.get(code, "") if code >= 400 else ""
    answer: dict[str, Any] = {"metadata": {}, "code": code}
    if reason:
        what = f'{ask.resource or path} is forbidden: User "{who.name}" cannot {ask.verb} resource "{ask.resource}"' if code == 403 else f"{ask.resource} {ask.name} failed"
        answer |= {"status": "Failure", "message": what, "reason": reason}
    record["responseStatus"] = answer
    if ask.body and not secret:
        record["requestObject"] = dict(ask.body)
    denied = code in (401, 403)
    record |= {"requestReceivedTimestamp": stamp(at), "stageTimestamp": stamp(at + rng.uniform(0.002, 0.03)), "annotations": {"authorization.k8s.io/decision": "forbid" if denied else "allow", "authorization.k8s.io/reason": ""}}
    return Line(at, "kubernetes", f"{uid}@{stamp(at)}", record)


def scan(rng: Random, at: float, address: str, agent: str) -> Iterator[Line]:
    """What finds every cluster whose door the internet reaches: questions without a name."""
    nobody = Client("system:anonymous", ("system:unauthenticated",), address, agent)
    for path in rng.sample(("/version", "/", "/api/v1/pods", "/api/v1/namespaces/kube-system/secrets", "/apis", "/healthz"), rng.randint(1, 3)):
        made = call(rng, at, nobody, Ask("get", path=path, code=200 if path in ("/version", "/healthz") else 403))
        at += rng.uniform(0.1, 2)
        yield Line(made.at, made.log, made.uid, made.record, noise=True)


def workload(kind: str, namespace: str, name: str, image: str, spec: Mapping[str, Any] | None = None, box: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """An object that runs containers; `spec` and `box` add to its pod and to its container."""
    pod = {"containers": [{"name": name, "image": image, **(box or {})}], **(spec or {})}
    head = {"kind": kind, "apiVersion": "v1" if kind == "Pod" else "apps/v1", "metadata": {"name": name, "namespace": namespace, "labels": {"app": name}}}
    return head | {"spec": pod if kind == "Pod" else {"selector": {"matchLabels": {"app": name}}, "template": {"metadata": {"labels": {"app": name}}, "spec": pod}}}
