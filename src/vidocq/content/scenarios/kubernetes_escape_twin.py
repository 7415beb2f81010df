"""The twin of the escape: the platform team rolls out an agent that watches every machine from inside the cluster, and needs two attempts."""

from __future__ import annotations

from vidocq.simulation import ids
from vidocq.simulation.firm import place
from vidocq.simulation.kubernetes import Ask, call, nodes, part, person, program, workload
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story

_LETTERS = "bcdfghjklmnpqrstvwxz2456789"


def play(stage: Stage) -> Story:
    firm, rng, at = stage.firm, stage.rng, stage.moment(9, 15)
    admin = firm.person("admin")
    who, name, space = person(firm, admin, place(firm, admin, stage.day)), rng.choice(("node-exporter", "node-agent", "falco")), "observability"
    spec = {"hostPID": True, "hostNetwork": True, "serviceAccountName": name, "volumes": [{"name": n, "hostPath": {"path": p}} for n, p in (("proc", "/proc"), ("sys", "/sys"), ("root", "/"))]}
    box = {"securityContext": {"privileged": name == "falco", "readOnlyRootFilesystem": True}, "volumeMounts": [{"name": "root", "mountPath": "/host", "readOnly": True}]}
    body = workload("DaemonSet", space, name, f"registry.example/{name}:1.{rng.randrange(9)}", spec, box)
    rights = {"kind": "ClusterRole", "metadata": {"name": name}, "rules": [{"apiGroups": [""], "resources": ["nodes", "nodes/metrics", "pods", "namespaces"], "verbs": ["get", "list", "watch"]}]}
    bound = {"kind": "ClusterRoleBinding", "metadata": {"name": name}, "roleRef": {"kind": "ClusterRole", "name": name}, "subjects": [{"kind": "ServiceAccount", "name": name, "namespace": space}]}
    asks = [
        Ask("list", "nodes"), Ask("list", "namespaces"), Ask("create", "namespaces", name=space, body={"kind": "Namespace", "metadata": {"name": space}}), Ask("create", "serviceaccounts", space, name, body={"kind": "ServiceAccount", "metadata": {"name": name}}),
        Ask("create", "clusterroles", name=name, body=rights), Ask("create", "clusterrolebindings", name=name, body=bound), Ask("create", "daemonsets", space, name, code=403, body=body), Ask("list", "events", space),
        Ask("patch", "namespaces", name=space, body={"metadata": {"labels": {"pod-security.kubernetes.io/enforce": "privileged"}}}), Ask("create", "daemonsets", space, name, body=body), Ask("get", "daemonsets", space, name),
    ]
    rolled: list[Line] = []
    for ask in asks:
        at += rng.uniform(1, 90)
        rolled.append(call(rng, at, who, ask))
    running: list[Line] = []
    agent = program(firm, space, name, f"{name}/v1.{rng.randrange(9)} (linux/amd64)")
    for n, (node, _, _) in enumerate(nodes(firm)):
        pod = f"{name}-{ids.letters(rng, 5, _LETTERS)}"
        running.append(call(rng, at + 1 + n * 0.2, part(firm, "daemon-set-controller"), Ask("create", "pods", space, pod, body=workload("Pod", space, name, f"registry.example/{name}:1", spec, box))))
        running += [call(rng, at + 20 + n + m, agent, ask) for m, ask in enumerate((Ask("list", "pods", query=f"fieldSelector=spec.nodeName%3D{node}"), Ask("watch", "nodes"), Ask("get", "nodes", name=node, sub="metrics")))]
        if n == 0:
            at += 120
            rolled.append(call(rng, at, who, Ask("get", "pods", space, pod, "log")))
            rolled.append(call(rng, at + 50, who, Ask("get", "pods", space, pod, "exec", "command=ls&command=%2Fhost%2Fproc&stdin=true&tty=true")))
    steps = (Step("1-rollout", "the platform team rolls out an agent, at the second attempt", (), tuple(rolled)), Step("2-agent", "it runs on every machine, and watches", (), tuple(running)))
    return Story("an agent on every machine of the cluster", steps, (("user", who.name), ("user", agent.name)))


SCENARIO = Scenario("kubernetes-escape-twin", "cloud", play, hostile=False, twin_of="kubernetes-escape", what="an innocent twin: the platform team rolls out a monitoring agent that holds every machine of the cluster")
