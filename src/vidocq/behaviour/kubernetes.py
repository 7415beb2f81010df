"""What a call to a Kubernetes API does, in one word, and who made it: for every log that tells of such calls (the cluster's own audit, a cloud's).

Source: kubernetes.io, "Auditing", "Using RBAC Authorization", "Pod Security Standards"; attack.mitre.org (Enterprise, Containers).
"""

from __future__ import annotations

import ipaddress
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from posixpath import normpath
from typing import Any

from vidocq.model.record import every, inside, text

Named = tuple[str, str, str]
"""An act with its ATT&CK tactic and technique."""

_READS = ("get", "list", "watch")
_CHANGES = ("create", "update", "patch")
_BODY = 2000
"""Characters of a request that are kept: what is noted of it stands first."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call, as every log of them tells it. `request` is the object that was sent, where the log's policy keeps it."""

    verb: str
    resource: str = ""
    subresource: str = ""
    namespace: str = ""
    name: str = ""
    user: str = ""
    groups: tuple[str, ...] = ()
    path: str = ""
    answered: bool = True
    request: Mapping[str, Any] = field(default_factory=dict)

    @property
    def operation(self) -> str:
        """`create pods/exec`; of a path that is no resource, `get /version`."""
        return f"{self.verb} {self.resource}/{self.subresource}" if self.subresource else f"{self.verb} {self.resource or self.path.partition('?')[0]}"

    @property
    def target(self) -> str | None:
        """`namespace/resource/name`: one name for one object, whoever touches it."""
        return "/".join(filter(None, (self.namespace, self.resource, self.name))) or self.path.partition("?")[0] or None


# The prefixes that a cluster and the clouds' own control planes keep for themselves: no user may be given such a name (RBAC; EKS access entries).
_OWN = re.compile(
    r"system:(?!serviceaccount:|anonymous$|admin$|node:)|system:serviceaccount:kube-system:|(?:eks|aws|amazon):|aks(?:Service|-service)$"
    r"|.*@(?:(?:gcp-sa-[a-z0-9-]+|container-engine-robot)[.]iam|cloudservices)[.]gserviceaccount[.]com$|container-engine-robot@system[.]gserviceaccount[.]com$"
)


def kind_of_user(user: str, groups: Iterable[str] = ()) -> str | None:
    """Anonymous, Node, System (the cluster's own parts), ServiceAccount (a program in it) or User; None where nobody is named."""
    if user == "system:anonymous" or "system:unauthenticated" in groups:
        return "Anonymous"
    if user.startswith("system:node:"):
        return "Node"
    if _OWN.match(user):
        return "System"
    if user.startswith("system:serviceaccount:") or user.endswith(".gserviceaccount.com"):
        return "ServiceAccount"
    return "User" if user else None


_INSIDE = [ipaddress.ip_network(n) for n in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "fc00::/7", "fe80::/10", "::1/128")]


@cache
def _reach(address: str) -> int:
    """2 for a public address, 1 for one that only counts inside, 0 for none."""
    try:
        ip = ipaddress.ip_address(address.strip())
    except ValueError:
        return 0
    return 1 if any(ip in n for n in _INSIDE if n.version == ip.version) else 2


def outermost(addresses: Iterable[Any]) -> str | None:
    """The first public address of those a call passed, else the first: proxies and balancers add their own behind the caller's."""
    known = [a for a in addresses if isinstance(a, str) and _reach(a)]
    return next((a for a in known if _reach(a) == 2), known[0] if known else None)


# A path of the node that gives the node: its root, its secrets, its runtime's socket, what its kubelet and its scheduler run.
_HOST_PATH = re.compile(
    r"/$|/(?:etc|root|home|boot|proc|dev)(?:/|$)|(?:/var)?/run(?:/(?:docker|containerd|crio|cri-dockerd|k3s).*)?/?$"
    r"|/var/lib/(?:kubelet|docker|containerd|etcd)(?:/|$)|/var(?:/lib)?$|/var/spool/cron"
)
_POWERS = {
    "ALL", "SYS_ADMIN", "SYS_PTRACE", "SYS_MODULE", "SYS_RAWIO", "DAC_READ_SEARCH", "BPF", "SYS_BOOT", "NET_ADMIN", "SYSLOG", "MAC_ADMIN",
}
_SPECS = ("spec", "spec.template.spec", "spec.jobTemplate.spec.template.spec")


def reaches_node(request: Mapping[str, Any]) -> Iterator[str]:
    """What of a workload lets its containers out to the node they run on, in words."""
    for spec in (inside(request, path) for path in _SPECS):
        yield from (f"host {name[4:]}" for name in ("hostPID", "hostIPC", "hostNetwork") if spec.get(name) is True)
        windows = [inside(spec, "securityContext.windowsOptions"), *(inside(b, "securityContext.windowsOptions") for b in (*every(spec, "containers"), *every(spec, "initContainers")))]
        if any(options.get("hostProcess") is True for options in windows):
            yield "host process"
        for box in (*every(spec, "containers"), *every(spec, "initContainers"), *every(spec, "ephemeralContainers")):
            if inside(box, "securityContext").get("privileged") is True:
                yield "privileged"
            yield from (f"capability {c}" for c in every(box, "securityContext.capabilities.add") if isinstance(c, str) and c.removeprefix("CAP_") in _POWERS)
        yield from (f"host path {p}" for p in every(spec, "volumes.hostPath.path") if isinstance(p, str) and _HOST_PATH.match("/" + normpath(p).lstrip("/")))


_ROLES = re.compile(r"(?:cluster-admin|admin|edit|system:masters|system:node|system:kube-.+|system:controller:.+|system:aggregate-to-.+|.*:cluster-owner)$")
_EVERYBODY = ("system:anonymous", "system:unauthenticated", "system:authenticated", "system:serviceaccounts")
_PLAIN = ("view", "system:discovery", "system:basic-user", "system:public-info-viewer", "system:service-account-issuer-discovery")
_GRANTS = {"escalate", "bind", "impersonate"}
_KEYS = {"pods/exec", "pods/attach", "nodes/proxy", "serviceaccounts/token", "pods/ephemeralcontainers", "certificatesigningrequests/approval"}


def _bound(call: Call) -> Iterator[str]:
    """Why a binding gives much: a role that is the cluster, or anybody at all as its subject."""
    # A patch of the subjects alone names no role; the bindings that come with a cluster are named after theirs.
    role = text(call.request, "roleRef.name") or (call.name if call.request.get("subjects") else "")
    subjects = [text(s, "name") or "" for s in every(call.request, "subjects")]
    cluster = call.resource == "clusterrolebindings"
    if (cluster and _ROLES.match(role)) or (call.namespace == "kube-system" and role in ("cluster-admin", "admin")):
        yield f"role {role}"
    yield from (f"subject {s}" for s in subjects if s in _EVERYBODY and role not in _PLAIN)


def _ruled(call: Call) -> Iterator[str]:
    """Why a role gives much: everything, the right to grant, or a way into others' containers and tokens."""
    for rule in every(call.request, "rules"):
        verbs = {v for v in every(rule, "verbs") if isinstance(v, str)}
        resources = {r for r in every(rule, "resources") if isinstance(r, str)}
        if "*" in verbs and "*" in resources:
            yield "everything"
        yield from (f"verb {v}" for v in sorted(verbs & _GRANTS))
        if verbs & {"*", "create", "get"}:
            yield from (f"resource {r}" for r in sorted(resources & _KEYS))


def _exposed(call: Call) -> Iterator[str]:
    """How a service is offered to who is outside the cluster."""
    kind = text(call.request, "spec.type")
    if call.resource == "services" and kind in ("NodePort", "LoadBalancer"):
        yield kind
    if call.resource == "services" and any(every(call.request, "spec.externalIPs")):
        yield "external addresses"
    if call.resource == "ingresses" and call.verb == "create" and inside(call.request, "spec").get("rules") and not any(every(call.request, "spec.tls")):
        yield "ingress without TLS"


_WORKLOADS = {"pods", "deployments", "daemonsets", "statefulsets", "replicasets", "jobs", "cronjobs", "replicationcontrollers"}
_WEBHOOKS = {"mutatingwebhookconfigurations", "validatingwebhookconfigurations", "validatingadmissionpolicies", "validatingadmissionpolicybindings", "mutatingadmissionpolicies"}
_SYSTEM_PLACES = re.compile(r"kube-(?:system|public|node-lease)$|gke-|gmp-|calico-system$|aks-command$")
# What balancers ask to know whether a server lives: every cluster answers it.
_ALIVE = re.compile(r"/(?:healthz|livez|readyz)(?:/|$)")


_DOORS = ("pods/exec", "pods/attach", "pods/ephemeralcontainers")
# The kubelet runs commands for whoever reaches it through the API; most who do only fetch its measurements.
_KUBELET = re.compile(r"/proxy/(?:run|exec|attach|cri)\b")

_ASKED = re.compile(r"[?&]command=([^&]*)")


def _entered(call: Call) -> tuple[Named, list[str]] | None:
    """A way into something that runs, or to what proves an identity."""
    what = f"{call.resource}/{call.subresource}" if call.subresource else call.resource
    if (what in _DOORS or (what == "nodes/proxy" and _KUBELET.search(call.path))) and call.verb in ("create", "get", "update", "patch"):
        return ("pod exec", "execution", "T1609"), [" ".join(_ASKED.findall(call.path))] if "command=" in call.path else []
    if what == "secrets" and call.verb in _READS:
        # Helm keeps what it installed as secrets, and asks for these alone.
        return None if "owner%3Dhelm" in call.path else (("secret read", "credential-access", "T1552.007"), [] if call.namespace else ["all namespaces"])
    if what == "serviceaccounts/token" and call.verb == "create":
        return ("key made", "persistence", "T1098"), ["token"]
    if what == "secrets" and call.verb in _CHANGES and text(call.request, "type") == "kubernetes.io/service-account-token":
        return ("key made", "persistence", "T1098"), ["token that does not expire"]
    if what == "certificatesigningrequests/approval":
        return ("key made", "persistence", "T1098"), ["certificate"]
    return None


def _ruled_over(call: Call) -> tuple[Named, list[str]] | None:
    """Rights, admission and the record of events."""
    if call.verb in _CHANGES and call.resource in ("clusterrolebindings", "rolebindings", "clusterroles", "roles"):
        noted = list(dict.fromkeys(_bound(call) if call.resource.endswith("bindings") else _ruled(call)))
        return (("role bound", "privilege-escalation", "T1098.006"), noted) if noted else None
    if call.resource in _WEBHOOKS and call.verb in (*_CHANGES, "delete", "deletecollection"):
        return ("admission changed", "defense-evasion", "T1562.001"), [call.verb]
    if call.resource == "events" and call.verb == "deletecollection":
        return ("logging impaired", "defense-evasion", "T1070"), []
    return None


def _run(call: Call) -> tuple[Named, list[str]] | None:
    """What is made to run, and offered."""
    if call.verb not in _CHANGES or call.subresource:
        return None
    if call.resource in _WORKLOADS:
        noted = list(dict.fromkeys(reaches_node(call.request)))
        if noted:
            return ("privileged workload", "privilege-escalation", "T1611"), noted
        if call.resource == "cronjobs":
            return ("workload changed", "persistence", "T1053.007"), ["cron job"]
        if _SYSTEM_PLACES.match(call.namespace) and call.verb == "create":
            return ("workload changed", "defense-evasion", "T1610"), ["in a place of the cluster's own"]
        if call.resource == "daemonsets" and call.verb == "create":
            return ("workload changed", "execution", "T1610"), ["on every node"]
    noted = list(_exposed(call))
    return (("service exposed", "persistence", "T1133"), noted) if noted else None


def weigh(call: Call) -> tuple[Named | None, list[str]]:
    """The act of a call, None for the many that are not weighty, and what is noted of it in words.

    The cluster's own parts read secrets, make tokens and start pods all day: of them only a way into a container counts.
    """
    kind = kind_of_user(call.user, call.groups)
    if kind == "Anonymous":
        alive = not call.resource and _ALIVE.match(call.path) is not None
        return (("anonymous call", "initial-access", "T1190"), []) if call.answered and not alive else (None, [])
    found = _entered(call)
    if kind == "ServiceAccount" and found and found[0][0] == "secret read" and call.verb == "get" and call.name and call.user.split(":")[2:3] == [call.namespace]:
        # A program reads the few secrets of its own namespace that it needs.
        return None, []
    if kind in ("System", "Node"):
        return found if found and found[0][0] == "pod exec" and kind == "System" else (None, [])
    return found or _ruled_over(call) or _run(call) or (None, [])


def detail(request: Any, noted: list[str]) -> str | None:
    """The request as compact JSON text, what is noted of it first."""
    # A field of this name in the request is the caller's word.
    said = {**({"noted": noted} if noted else {}), **{k: v for k, v in request.items() if k != "noted"}} if isinstance(request, Mapping) else request
    if not said:
        return None
    return json.dumps(said, separators=(",", ":"), ensure_ascii=False)[:_BODY]


NOTED = """replace(regexp_extract(detail, '^."noted":.([^]]*)', 1), '"', '')"""
"""What is noted of a call, in SQL for detections."""

TAKES_ROOT = """regexp_matches(detail, '^."noted":.[^]]*(host PID|host process|host path)')"""
"""Whether a workload is given the node's own processes or files: more than the builders of images need."""

TAKES_NODE = """regexp_matches(detail, '^."noted":.[^]]*(privileged|host PID|host process|host path|capability (CAP_)?(ALL|SYS_|DAC_READ_SEARCH|BPF))')"""
"""Whether what is noted of a workload gives its node away, not only a share in its network or memory."""

# What came off and what did not, what takes the node and what does not, and strangers without a name are counted apart: the first of one kind hides none of another.
_KIND = f"PARTITION BY actor_user, account, act, operation, error, COALESCE({TAKES_NODE}, FALSE), COALESCE({TAKES_ROOT}, FALSE), CASE WHEN actor_type = 'Anonymous' THEN src_ip END"

_CALLS = f"""calls AS (
    SELECT *, COUNT(*) OVER ({_KIND} ORDER BY time RANGE BETWEEN UNBOUNDED PRECEDING AND INTERVAL 12 HOUR PRECEDING) AS earlier,
        ROW_NUMBER() OVER ({_KIND}, time_bucket(INTERVAL 1 HOUR, time) ORDER BY time, uid) AS nth
    FROM api_activity WHERE service = 'kubernetes' AND act IS NOT NULL)"""


def calls(where: str) -> str:
    """SQL: the weighty calls of which this holds, with the columns that the entities of a doer and titles name: of each kind the first within an hour.

    `earlier` says how often their identity did such before today.
    """
    return f"""WITH {_CALLS}
        SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, account, resource, operation, tool, error, {NOTED} AS noted
        FROM calls WHERE nth = 1 AND ({where})"""
