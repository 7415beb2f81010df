"""What a call to a cluster does is told from the object that it sends, however it is written; who calls, from names that nobody else may have."""

import json

import pytest

from vidocq.behaviour.kubernetes import Call, detail, kind_of_user, reaches_node, weigh
from vidocq.content.sources.kubernetes_audit.source import SOURCE


def pod(**spec):
    return {"spec": {"containers": [{"name": "c"}], **spec}}


@pytest.mark.parametrize("path", ["/", "//", "/.", "/etc", "//etc/kubernetes", "/./etc", "/var/lib", "/var/lib/", "/var/lib/kubelet/pods", "/run/containerd/containerd.sock", "/var/run/docker.sock"])
def test_a_path_that_gives_the_node_is_known_however_it_is_written(path):
    assert list(reaches_node(pod(volumes=[{"name": "v", "hostPath": {"path": path}}]))) == [f"host path {path}"]


@pytest.mark.parametrize("path", ["/var/log", "/data", "/opt/cni/bin", "/lib/modules", "/var/lib/my-agent", "/tmp"])
def test_a_path_that_agents_need_is_not(path):
    assert not list(reaches_node(pod(volumes=[{"name": "v", "hostPath": {"path": path}}])))


def test_a_process_of_a_windows_node_is_no_container():
    assert list(reaches_node(pod(securityContext={"windowsOptions": {"hostProcess": True}}))) == ["host process"]
    assert list(reaches_node({"spec": {"containers": [{"securityContext": {"windowsOptions": {"hostProcess": True}}}]}})) == ["host process"]


def test_what_is_noted_is_not_what_the_request_says_was_noted():
    told = json.loads(detail({"noted": [], "spec": {"hostPID": True}}, ["host PID"]))
    assert told["noted"] == ["host PID"]
    assert "noted" not in json.loads(detail({"noted": ["privileged"], "spec": {}}, []))


@pytest.mark.parametrize("user", [
    "service-1@gcp-sa-example.iam.gserviceaccount.com", "service-1@container-engine-robot.iam.gserviceaccount.com", "1@cloudservices.gserviceaccount.com", "system:kube-scheduler", "eks:addon-manager",
])
def test_the_clusters_own_parts_are_known(user):
    assert kind_of_user(user) == "System"


@pytest.mark.parametrize("user", [
    "me@x-gcp-sa-example.iam.gserviceaccount.com", "me@container-engine-robots.iam.gserviceaccount.com", "me@cloudservices2.iam.gserviceaccount.com", "container-engine-robot@example.com",
])
def test_a_name_that_anybody_may_take_is_not_the_clusters_own(user):
    assert kind_of_user(user) != "System"


def test_a_subject_added_to_the_binding_of_the_administrators_is_given_the_cluster():
    call = Call(verb="patch", resource="clusterrolebindings", name="cluster-admin", user="eve@example.com", request={"subjects": [{"kind": "User", "name": "eve@example.com"}]})
    assert weigh(call)[0][0] == "role bound"


def patched(request):
    return {
        "kind": "Event", "stage": "ResponseComplete", "verb": "patch", "user": {"username": "eve@example.com"}, "objectRef": {"resource": "clusterrolebindings", "name": "ours"}, "requestURI": "/x",
        "requestObject": request, "responseStatus": {"code": 200}, "responseObject": {"roleRef": {"name": "cluster-admin"}, "subjects": [{"kind": "User", "name": "eve@example.com"}]},
    }


@pytest.mark.parametrize(("request_", "act"), [({"subjects": [{"kind": "User", "name": "eve@example.com"}]}, "role bound"), ({"metadata": {"labels": {"chart": "2"}}}, None)])
def test_the_role_of_a_patched_binding_is_the_one_that_the_answer_names(request_, act):
    [(_, row)] = SOURCE.rows(patched(request_))
    assert row["act"] == act


def test_a_label_on_the_binding_of_the_administrators_gives_nobody_anything():
    call = Call(verb="patch", resource="clusterrolebindings", name="cluster-admin", user="deploy@example.com", request={"metadata": {"labels": {"chart": "2"}}})
    assert weigh(call) == (None, [])
