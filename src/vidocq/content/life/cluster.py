"""A cluster's day: its own parts at work, a pipeline that deploys, programs that watch, people who look, and what the internet asks its door."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from vidocq.simulation import ids
from vidocq.simulation.clock import HOUR, MINUTE, any_times, every, is_workday, midnight, office_times
from vidocq.simulation.cloudtrail import Call, Caller, line, role
from vidocq.simulation.firm import Firm, place
from vidocq.simulation.kubernetes import Ask, Client, call, gateway, kubelet, nodes, part, person, pipeline, program, scan, workload
from vidocq.simulation.line import Line, Part

_APPS = ("cart", "orders", "search", "mailer")
_LETTERS = "bcdfghjklmnpqrstvwxz2456789"


def _started(firm: Firm, rng: Random, at: float, namespace: str, name: str, kind: str) -> Iterator[Line]:
    """A pod comes to be: made by its controller, given a machine, reported by that machine's agent."""
    pod, node = f"{name}-{ids.letters(rng, 9, _LETTERS)}-{ids.letters(rng, 5, _LETTERS)}", rng.randrange(3)
    body = workload("Pod", namespace, name, f"{firm.account}.dkr.ecr.{firm.region}.amazonaws.com/{name}:{rng.randrange(900)}")
    yield call(rng, at, part(firm, f"{kind}-controller"), Ask("create", "pods", namespace, pod, body=body))
    yield call(rng, at + 0.05, part(firm, "system:kube-scheduler"), Ask("create", "pods", namespace, pod, "binding"))
    yield call(rng, at + 0.4, kubelet(firm, node), Ask("create", "serviceaccounts", namespace, name, "token"))
    for n in range(2):
        yield call(rng, at + 2 + n * 3, kubelet(firm, node), Ask("patch", "pods", namespace, pod, "status"))


def _own_parts(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    """Agents report their machines; jobs are started by a timetable; ends of services move."""
    for n in range(3):
        for at in every(rng, midnight(day) + rng.uniform(1, 300), midnight(day + 1), 5 * MINUTE, 0.02):
            yield call(rng, at, kubelet(firm, n), Ask("patch", "nodes", name=nodes(firm)[n][0], sub="status"))
        for at in every(rng, midnight(day) + rng.uniform(1, 3000), midnight(day + 1), 48 * MINUTE, 0.1):
            for app in _APPS:
                yield call(rng, at, kubelet(firm, n), Ask("create", "serviceaccounts", "shop", app, "token"))
                yield call(rng, at + 0.2, kubelet(firm, n), Ask("get", "secrets", "shop", f"{app}-settings"))
    for at in every(rng, midnight(day) + 4, midnight(day + 1), 30 * MINUTE, 0.0001):
        job = f"report-{int(at // 60)}"
        yield call(rng, at, part(firm, "cronjob-controller"), Ask("create", "jobs", "shop", job, body={"kind": "Job", "metadata": {"name": job}}))
        yield from _started(firm, rng, at + 0.1, "shop", job, "job")
        yield call(rng, at + 60, part(firm, "endpointslice-controller"), Ask("update", "endpointslices", "shop", f"cart-{ids.letters(rng, 5, _LETTERS)}"))


def _deployments(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    """The pipeline brings a release to staging, and in the afternoon to the shop; now and then one fails and is tried again."""
    who = pipeline(firm)
    for at in office_times(rng, day, 6):
        app, namespace = rng.choice(_APPS), rng.choice(("staging", "staging", "shop"))
        release = f"sh.helm.release.v1.{app}.v{rng.randrange(2, 90)}"
        yield call(rng, at, who, Ask("list", "secrets", namespace, query="labelSelector=name%3D" + app + "%2Cowner%3Dhelm"))
        for resource in ("services", "configmaps", "deployments"):
            yield call(rng, at + 1, who, Ask("get", resource, namespace, app))
        if rng.random() < 0.15:
            yield call(rng, at + 1.5, who, Ask("patch", "deployments", namespace, app, code=422, body={"spec": {"replicas": "two"}}))
            at += rng.uniform(60, 400)
        yield call(rng, at + 2, who, Ask("create", "secrets", namespace, release))
        image = f"{firm.account}.dkr.ecr.{firm.region}.amazonaws.com/{app}:{rng.randrange(900)}"
        yield call(rng, at + 2.2, who, Ask("patch", "deployments", namespace, app, body=workload("Deployment", namespace, app, image)))
        replica = f"{app}-{ids.letters(rng, 9, _LETTERS)}"
        yield call(rng, at + 2.4, part(firm, "deployment-controller"), Ask("create", "replicasets", namespace, replica, body={"kind": "ReplicaSet", "metadata": {"name": replica}}))
        for n in range(rng.randint(1, 3)):
            yield from _started(firm, rng, at + 3 + 20 * n, namespace, app, "replicaset")
        yield call(rng, at + 5, who, Ask("watch", "deployments", namespace, query=f"fieldSelector=metadata.name%3D{app}"))


def _watching(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    """What watches the cluster from within: measurements, certificates, secrets that are copied from the vault."""
    metrics = program(firm, "monitoring", "prometheus", "Prometheus/2.53.1")
    keeper = program(firm, "cert-manager", "cert-manager", "cert-manager-controller/v1.15.3 (linux/amd64) cert-manager/c7b4a8f")
    vault = program(firm, "external-secrets", "external-secrets", "external-secrets/v0.10.0 (linux/amd64)")
    for at in every(rng, midnight(day) + 9, midnight(day + 1), 8 * MINUTE, 0.2):
        for resource in ("pods", "nodes", "services", "endpoints"):
            yield call(rng, at, metrics, Ask("watch", resource))
        yield call(rng, at + 1, metrics, Ask("get", "nodes", name=nodes(firm)[rng.randrange(3)][0], sub="metrics"))
    for at in every(rng, midnight(day) + 20, midnight(day + 1), 10 * MINUTE, 0.1):
        yield call(rng, at, keeper, Ask("watch", "secrets"))
        yield call(rng, at + 1, keeper, Ask("list", "certificates"))
        yield call(rng, at + 2, vault, Ask("get", "secrets", "shop", rng.choice(_APPS) + "-settings"))
        yield call(rng, at + 3, vault, Ask("update", "secrets", "shop", rng.choice(_APPS) + "-settings"))


def _looked(rng: Random, who: Client, at: float, namespace: str, deep: bool) -> Iterator[Line]:
    """A few calls of kubectl, one after the other."""
    app = rng.choice(_APPS)
    pod = f"{app}-{ids.letters(rng, 9, _LETTERS)}-{ids.letters(rng, 5, _LETTERS)}"
    asks = [Ask("list", "pods", namespace), Ask("get", "pods", namespace, pod), Ask("get", "pods", namespace, pod, "log", f"container={app}&follow=true"), Ask("list", "events", namespace), Ask("get", "deployments", namespace, app)]
    if deep:
        asks.append(rng.choice((Ask("get", "pods", namespace, pod, "exec", f"command=sh&container={app}&stdin=true&tty=true"), Ask("create", "pods", namespace, pod, "portforward"))))
    for ask in asks:
        at += rng.uniform(2, 60)
        yield call(rng, at, who, ask)


def _people(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    for someone in (p for p in firm.people if p.kind in ("admin", "oncall", "developer")):
        able = someone.kind != "developer"
        for at in office_times(rng, day, 4 if able else 6):
            who = person(firm, someone, place(firm, someone, day))
            yield from _looked(rng, who, at, rng.choice(("shop", "staging")) if able else "staging", rng.random() < 0.4)
            if able and rng.random() < 0.4:
                yield call(rng, at + 70, who, Ask("list", "nodes"))
            if not able and rng.random() < 0.15:
                # A look into the wrong place is refused.
                yield call(rng, at + 80, who, Ask("list", "pods", "shop", code=403))


def _machines(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    """What the cluster's machines ask the cloud with the role they share."""
    for _, _, instance in nodes(firm):
        for at in every(rng, midnight(day) + rng.uniform(10, 1800), midnight(day + 1), HOUR, 0.05):
            who = Caller(role(firm, "eks-node-group", instance, Random(f"{firm.seed}/{instance}/{int(at // (6 * HOUR))}"), at), gateway(firm), "aws-sdk-go-v2/1.30.3 os/linux lang/go#1.22.5 md/GOOS#linux exec-env/amazon-vpc-cni")
            yield line(rng, firm, at, who, Call("ec2", "DescribeNetworkInterfaces", {"networkInterfaceIdSet": {}, "filterSet": {}}))
            if rng.random() < 0.3:
                yield line(rng, firm, at + 2, who, Call("ecr", "GetAuthorizationToken"))


def tell(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    yield from _own_parts(firm, rng, day)
    yield from _watching(firm, rng, day)
    yield from _machines(firm, rng, day)
    yield from _deployments(firm, rng, day)
    for at in any_times(rng, day, 14):
        yield from scan(rng, at, rng.choice(firm.scanners), rng.choice(("Mozilla/5.0 zgrab/0.x", "Go-http-client/1.1", "python-requests/2.31.0")))
    if is_workday(day):
        yield from _people(firm, rng, day)


PART = Part("cloud", tell)
