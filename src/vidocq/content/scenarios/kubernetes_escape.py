"""A program in the cluster exploited: its token lists secrets, starts a pod that holds its machine, and that machine's role is used from outside."""

from __future__ import annotations

from random import Random

from vidocq.simulation import ids
from vidocq.simulation.clock import MINUTE
from vidocq.simulation.cloudtrail import Call, Caller, role
from vidocq.simulation.hand import Hand
from vidocq.simulation.kubernetes import CURL, KUBECTL, Ask, Client, call, nodes, program, workload
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.reads import of_bucket, reads

_PROGRAMS = (("shop", "reports-web"), ("tools", "dashboard"), ("staging", "feature-preview"))
_LETTERS = "bcdfghjklmnpqrstvwxz2456789"


class _Scene:
    """Who calls, the time reached, and what was done since the last step."""

    def __init__(self, stage: Stage) -> None:
        rng = self.rng = stage.rng
        self.firm, self.at, self.lines = stage.firm, stage.moment(1, 19), list[Line]()
        self.namespace, name = rng.choice(_PROGRAMS)
        # Either the exploited program is used as a place to work from, or its token is taken home.
        self.inside = rng.random() < 0.5
        self.outside = stage.strangers[0]
        agent = rng.choice((CURL, KUBECTL[0], "python-requests/2.32.3"))
        self.who: Client = program(stage.firm, self.namespace, name, agent, "" if self.inside else self.outside)
        self.usual = program(stage.firm, self.namespace, name, "okhttp/4.12.0")

    def ask(self, *asks: Ask, gap: float = 8) -> None:
        for ask in asks:
            self.at += gap * 0.2 + self.rng.expovariate(1 / gap)
            self.lines.append(call(self.rng, self.at, self.who, ask))

    def step(self) -> tuple[Line, ...]:
        done, self.lines = tuple(self.lines), []
        return done


def _look(s: _Scene) -> None:
    """What may this token do, and what is there? Some of it is refused."""
    own = s.namespace
    s.ask(Ask("get", path="/version"), Ask("create", "selfsubjectrulesreviews", body={"kind": "SelfSubjectRulesReview", "spec": {"namespace": own}}), Ask("create", "selfsubjectaccessreviews", body={"kind": "SelfSubjectAccessReview", "spec": {"resourceAttributes": {"verb": "*", "resource": "*"}}}))
    asked = [Ask("list", r, code=403 if s.rng.random() < 0.25 else 200) for r in ("namespaces", "pods", "services", "nodes", "deployments", "clusterroles", "configmaps", "serviceaccounts", "daemonsets", "endpoints")]
    s.ask(*s.rng.sample(asked, s.rng.randint(7, 10)), gap=5)


def _secrets(s: _Scene) -> None:
    """The secrets of its own place, then everybody's."""
    s.at += s.rng.uniform(20, 300)
    s.ask(Ask("list", "secrets", s.namespace), Ask("list", "secrets", "kube-system", code=403 if s.rng.random() < 0.5 else 200), Ask("list", "secrets", query="limit=500"))
    s.ask(*(Ask("get", "secrets", s.rng.choice(("shop", s.namespace)), name) for name in s.rng.sample(("database", "registry", "cart-settings", "orders-settings", "deploy-key"), 3)))


def _pod(s: _Scene, name: str) -> None:
    """A pod that sees the whole machine; the first try goes where the token may not."""
    s.at += s.rng.uniform(1, 12) * MINUTE
    image = s.rng.choice(("alpine:3.20", "busybox:1.36", "ubuntu:22.04", f"{s.firm.account}.dkr.ecr.{s.firm.region}.amazonaws.com/cart:211"))
    spec = {"hostPID": True, "hostNetwork": s.rng.random() < 0.5, "restartPolicy": "Never", "volumes": [{"name": "root", "hostPath": {"path": "/"}}]}
    box = {"command": ["sleep", "1d"], "securityContext": {"privileged": True}, "volumeMounts": [{"name": "root", "mountPath": "/host"}]}
    if s.rng.random() < 0.6:
        s.ask(Ask("create", "pods", "kube-system", name, code=403, body=workload("Pod", "kube-system", name, image, spec, box)))
    s.ask(Ask("create", "pods", s.namespace, name, body=workload("Pod", s.namespace, name, image, spec, box)), Ask("get", "pods", s.namespace, name), Ask("get", "pods", s.namespace, name), gap=12)


def _enter(s: _Scene, name: str) -> None:
    command = s.rng.choice(("command=chroot&command=%2Fhost&command=bash", "command=nsenter&command=-t&command=1&command=-m&command=sh", "command=sh&command=-c&command=chroot+%2Fhost+id"))
    s.ask(*(Ask("create", "pods", s.namespace, name, "exec", f"{command}&stdin=true&tty=true") for _ in range(s.rng.randint(1, 3))), gap=40)


def _cloud(s: _Scene, instance: str) -> tuple[tuple[Line, ...], str]:
    """The keys that the machine is given are used where the machine is not."""
    rng, firm = s.rng, s.firm
    hand = Hand(firm, rng, s.at + rng.uniform(2, 25) * MINUTE, Caller(role(firm, "eks-node-group", instance, Random(f"{firm.seed}/{instance}/{int(s.at // 21600)}"), s.at - 600), s.outside, rng.choice(("aws-cli/2.15.30 Python/3.11.8 Linux/6.6.9-amd64 exe/x86_64.kali.2024 prompt/off command/{}", "Boto3/1.34.162 md/Botocore#1.34.162 ua/2.0 os/linux#6.6.9-amd64 md/arch#x86_64 lang/python#3.11.7 md/pyimpl#CPython Botocore/1.34.162"))))
    hand.calls([*reads("sts"), *reads("s3"), *rng.sample(reads("ec2"), 5), *reads("ecr"), *(c.denied() for c in reads("iam")[:3])], 6)
    hand.calls([*(c for b in rng.sample(firm.buckets, 3) for c in of_bucket(b)[:3]), Call("secretsmanager", "ListSecrets", {"maxResults": 100}).denied()], 4)
    bucket = rng.choice(firm.buckets[1:])
    hand.calls([Call("s3", "GetObject", {"bucketName": bucket, "key": f"{ids.letters(rng, 8)}.csv"}) for _ in range(rng.randint(15, 60))], 1.2)
    return hand.step(), str(hand.caller.identity["accessKeyId"])


def play(stage: Stage) -> Story:
    s, rng = _Scene(stage), stage.rng
    pod = f"{rng.choice(('debug', 'node-check', 'metrics-agent', 'cart'))}-{ids.letters(rng, 5, _LETTERS)}"
    _look(s)
    looked = s.step()
    _secrets(s)
    read = s.step()
    _pod(s, pod)
    made = s.step()
    _enter(s, pod)
    entered = s.step()
    cloud, key = _cloud(s, rng.choice(nodes(stage.firm))[2])
    actor, source = ("user", s.who.name), (("ip", s.outside),)
    steps = (
        Step("1-token", "the token of a program asks what it may do, and what there is", ("T1613", "T1528"), looked, (actor,)),
        Step("2-secrets", "it lists the secrets of every place", ("T1552.007",), read, (actor,)),
        Step("3-pod", "it starts a pod that holds its machine", ("T1610", "T1611"), made, (actor, ("resource", f"{s.namespace}/pods/{pod}"))),
        Step("4-entered", "the pod is entered, and the machine with it", ("T1609",), entered, (actor,)),
        Step("5-cloud", "the machine's role is used from outside", ("T1552.005", "T1078.004", "T1530"), cloud, (("key", key), *source)),
    )
    return Story("out of a container, and into the cloud account", steps, (actor, ("key", key), *source))


SCENARIO = Scenario("kubernetes-escape", "cloud", play, what="a program in the cluster exploited: secrets listed, a pod that holds its machine, the machine's role used from outside")
