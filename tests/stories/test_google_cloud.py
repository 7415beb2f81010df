"""A project of Google Cloud: a key is made for a service account, used elsewhere and ends in one incident; a large run of Terraform raises nothing."""

import datetime as dt
import json

import pytest

from vidocq.operations.run import investigate

BEGIN = dt.datetime(2025, 3, 3, tzinfo=dt.UTC)
PROJECT = "shop-1"
DEPLOY, BUILDER = (f"{name}@{PROJECT}.iam.gserviceaccount.com" for name in ("deploy", "tf"))
OLD, NEW = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c", "ab" * 20
TERRAFORM, GCLOUD, LIBRARY = "google-api-go-client/0.5 Terraform/1.7.4", "google-cloud-sdk gcloud/470.0.0", "gcloud-python/2.14.0"


class Log:
    """Entries as Cloud Logging exports them, in order."""

    def __init__(self):
        self.entries = []

    def call(self, at, method, service, resource, who, ip, agent, key=None, reads=False, **said):
        info = {"principalEmail": who, **({"serviceAccountKeyName": f"//iam.googleapis.com/projects/{PROJECT}/serviceAccounts/{who}/keys/{key}"} if key else {})}
        payload = {
            "@type": "type.googleapis.com/google.cloud.audit.AuditLog", "status": {}, "authenticationInfo": info, "requestMetadata": {"callerIp": ip, "callerSuppliedUserAgent": agent},
            "serviceName": f"{service}.googleapis.com", "methodName": method, "resourceName": resource, "authorizationInfo": [{"granted": True, "permissionType": "ADMIN_READ" if reads else "ADMIN_WRITE"}],
            **said,
        }
        stream = "data_access" if reads else "activity"
        self.entries.append({
            "protoPayload": payload, "insertId": f"e{len(self.entries)}", "resource": {"type": "project", "labels": {"project_id": PROJECT}}, "timestamp": (BEGIN + at).isoformat(),
            "logName": f"projects/{PROJECT}/logs/cloudaudit.googleapis.com%2F{stream}",
        })

    def investigated(self, folder):
        (folder / "in").mkdir()
        (folder / "in" / "log.ndjson").write_text("".join(json.dumps(e) + "\n" for e in self.entries))
        return investigate([folder / "in"], out=folder / "out", threads=1)


def granted(role, member):
    return {"serviceData": {"policyDelta": {"bindingDeltas": [{"action": "ADD", "role": role, "member": member}]}}}


def built(log, day, hour, name, network="10.0.0.0/8"):
    """What Terraform calls to set up an environment."""
    def call(minute, method, service, resource, **said):
        log.call(dt.timedelta(days=day, hours=hour, minutes=minute), method, service, resource, BUILDER, "198.51.100.20", TERRAFORM, OLD, **said)

    account = f"{name}@{PROJECT}.iam.gserviceaccount.com"
    call(0, "google.iam.admin.v1.CreateServiceAccount", "iam", f"projects/{PROJECT}", response={"email": account, "name": f"projects/{PROJECT}/serviceAccounts/{account}"})
    call(1, "SetIamPolicy", "cloudresourcemanager", f"projects/{PROJECT}", **granted("roles/logging.logWriter", f"serviceAccount:{account}"))
    call(2, "storage.buckets.create", "storage", f"projects/_/buckets/{name}")
    call(3, "google.logging.v2.ConfigServiceV2.CreateSink", "logging", f"projects/{PROJECT}", request={"sink": {"name": name}})
    call(4, "v1.compute.firewalls.insert", "compute", f"projects/{PROJECT}/global/firewalls/{name}", request={"sourceRanges": [network], "alloweds": [{"IPProtocol": "tcp"}]})
    call(5, "v1.compute.instances.insert", "compute", f"projects/{PROJECT}/zones/b/instances/{name}", request={"machineType": "zones/b/machineTypes/e2-small"})


def taken_down(log, day, hour, name):
    for minute, (method, service, resource) in enumerate((
        ("v1.compute.instances.delete", "compute", f"projects/{PROJECT}/zones/b/instances/{name}"), ("v1.compute.firewalls.delete", "compute", f"projects/{PROJECT}/global/firewalls/{name}"),
        ("google.logging.v2.ConfigServiceV2.DeleteSink", "logging", f"projects/{PROJECT}/sinks/{name}"), ("storage.buckets.delete", "storage", f"projects/_/buckets/{name}"),
    )):
        log.call(dt.timedelta(days=day, hours=hour, minutes=30 + minute), method, service, resource, BUILDER, "198.51.100.20", TERRAFORM, OLD)


@pytest.fixture
def log():
    """Five days of a project: a build that uploads, a pipeline that sets up and takes down."""
    log = Log()
    for day in range(5):
        for hour in range(6, 20):
            for n in range(3):
                log.call(dt.timedelta(days=day, hours=hour, minutes=n), "storage.objects.create", "storage", f"projects/_/buckets/build/objects/{day}-{hour}-{n}", DEPLOY, "198.51.100.30", LIBRARY, OLD[::-1])
        built(log, day, 9, f"day{day}")
    return log


def test_a_key_that_is_made_and_used_elsewhere_is_one_incident(log, tmp_path):
    def call(minute, method, service, resource, who="bob@example.com", key=None, **said):
        log.call(dt.timedelta(days=4, hours=21, minutes=minute), method, service, resource, who, "203.0.113.66", GCLOUD, key, **said)

    made = {"request": {"name": f"projects/-/serviceAccounts/{DEPLOY}"}, "response": {"name": f"projects/{PROJECT}/serviceAccounts/{DEPLOY}/keys/{NEW}"}}
    call(0, "google.iam.admin.v1.CreateServiceAccountKey", "iam", "projects/-/serviceAccounts/1040", **made)
    call(3, "storage.buckets.list", "storage", f"projects/{PROJECT}", DEPLOY, NEW, reads=True)
    call(4, "SetIamPolicy", "cloudresourcemanager", f"projects/{PROJECT}", DEPLOY, NEW, **granted("roles/owner", "user:somebody@gmail.com"))
    call(6, "google.logging.v2.ConfigServiceV2.DeleteSink", "logging", f"projects/{PROJECT}/sinks/to-siem", DEPLOY, NEW)
    done = log.investigated(tmp_path)
    assert {"cloud.way_back", "cloud.new_source", "cloud.rights_granted", "cloud.logging_impaired"} <= set(done.alerts["rule"].to_pylist())
    [incident] = done.incidents
    assert {("key", NEW), ("ip", "203.0.113.66"), ("user", DEPLOY)} <= {(e["kind"], e["name"]) for e in incident["entities"]}


def test_a_large_run_of_terraform_raises_nothing(log, tmp_path):
    for n in range(4):
        built(log, 4, 15, f"stage{n}")
        taken_down(log, 4, 15, f"stage{n}")
    done = log.investigated(tmp_path)
    assert not done.incidents
    assert not {"cloud.logging_impaired", "cloud.destroyed_in_bulk", "cloud.store_deleted", "cloud.network_changed"} & set(done.alerts["rule"].to_pylist())
