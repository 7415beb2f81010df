"""Logs other than Windows': what rules call them and their fields, and where they stand with us."""

import datetime as dt

import pyarrow as pa
import pytest
import yaml

from vidocq.operations.sigma.run import run_rules
from vidocq.store.duckdb import Store

TIME = dt.datetime(2024, 3, 5, 8)

# The log, what a rule says about it, the table, what the guilty row holds, and how its innocent twin differs.
LOGS = {
    "okta": ({"product": "okta", "service": "okta"}, {"eventType": "user.mfa.factor.reset_all", "outcome.result": "SUCCESS"}, "api_activity",
             {"source": "okta_system_log", "operation": "user.mfa.factor.reset_all", "status": "success"}, {"source": "entra_id"}),
    "github": ({"product": "github", "service": "audit"}, {"action": ["repo.access"], "org": "Example"}, "api_activity", {"source": "github", "operation": "repo.access", "account": "example"}, {"operation": "repo.create"}),
    "kubernetes": ({"product": "kubernetes", "service": "audit"}, {"verb": "create", "objectRef.resource": "pods", "objectRef.subresource": "exec", "objectRef.namespace": "shop"}, "api_activity",
                   {"source": "kubernetes_audit", "operation": "create pods/exec", "resource": "shop/pods/cart"}, {"operation": "create pods"}),
    "kubernetes as an application": ({"product": "kubernetes", "category": "application", "service": "audit"}, {"verb": "delete", "objectRef.resource": "events"}, "api_activity",
                                     {"source": "kubernetes_audit", "operation": "delete events"}, {"operation": "delete pods"}),
    "Entra's audit": ({"product": "azure", "service": "auditlogs"}, {"properties.message": "Add owner to application"}, "api_activity",
                      {"source": "entra_id", "operation": "Add owner to application"}, {"operation": "Add application"}),
    "Entra's sign-ins": ({"product": "azure", "service": "signinlogs"}, {"ResultType": 50126, "userAgent|contains": "python"}, "api_activity",
                         {"source": "entra_id", "operation": "Sign-in activity", "detail": '{"code":"50126"}', "user_agent": "python/1"}, {"detail": '{"code":"50126","cut sh'}),
    "Entra's sign-ins, not its audit": ({"product": "azure", "service": "signinlogs"}, {"userAgent|contains": "python"}, "api_activity",
                                        {"source": "entra_id", "operation": "Sign-in activity", "user_agent": "python/1"}, {"operation": "Add user"}),
    "Entra's audit, not its sign-ins": ({"product": "azure", "service": "auditlogs"}, {"userAgent|contains": "python"}, "api_activity",
                                        {"source": "entra_id", "operation": "Add user", "user_agent": "python/1"}, {"operation": "Sign-in activity"}),
    "Microsoft 365": ({"product": "m365", "service": "audit"}, {"Operation": "New-InboxRule", "Parameters|contains": "MoveToFolder"}, "api_activity",
                      {"source": "microsoft_365", "operation": "New-InboxRule", "detail": '{"MoveToFolder":"x"}'}, {"detail": "{}"}),
    "Google Cloud": ({"product": "gcp", "service": "gcp.audit"}, {"gcp.audit.method_name": "v*.Compute.Firewalls.Delete"}, "api_activity",
                     {"source": "google_cloud", "service": "compute", "operation": "v1.compute.firewalls.delete"}, {"operation": "v1.compute.firewalls.insert"}),
    "Google's console": ({"product": "gcp", "service": "google_workspace.admin"}, {"eventService": "admin.googleapis.com", "eventName": "ASSIGN_ROLE"}, "api_activity",
                         {"source": "google_workspace", "service": "google admin", "operation": "ASSIGN_ROLE"}, {"service": "google login"}),
    "a process of Linux": ({"product": "linux", "category": "process_creation"}, {"Image|endswith": "/curl", "CommandLine|contains": "| sh"}, "process_activity",
                           {"source": "linux_audit", "operation": "start", "process": "/usr/bin/curl", "command": "curl x | sh", "fields": '{"a0": "curl"}'}, {"source": "windows_event"}),
    "a file of Linux": ({"product": "linux", "category": "file_event"}, {"TargetFilename|startswith": "/etc/cron.d/"}, "file_activity",
                        {"source": "syslog", "operation": "create", "process": "/usr/bin/vim", "file_name": "/etc/cron.d/x"}, {"operation": "delete"}),
    "a connection of Linux": ({"product": "linux", "category": "network_connection"}, {"Image|endswith": "/bash", "DestinationIp": "203.0.113.9", "Initiated": "true"}, "network_activity",
                              {"source": "syslog", "process": "/usr/bin/bash", "dst_ip": "203.0.113.9", "direction": "outbound"}, {"process": "C:\\bash"}),
    "a record of the audit trail": ({"product": "linux", "service": "auditd"}, {"type": "EXECVE", "a0": "chattr", "a1|contains": "i"}, "process_activity",
                                    {"source": "linux_audit", "operation": "start", "fields": '{"type": "EXECVE", "a0": "chattr", "a1": "+i", "SYSCALL": "execve"}'}, {"fields": '{"type": "EXECVE", "a0": "lsattr", "a1": "-i"}'}),
    "a call of the audit trail": ({"product": "linux", "service": "auditd"}, {"type": "SYSCALL", "SYSCALL": "execve", "exe|endswith": "/nc"}, "process_activity",
                                  {"source": "linux_audit", "operation": "start", "fields": '{"type": "EXECVE", "SYSCALL": "execve", "exe": "/usr/bin/nc"}'}, {"source": "syslog"}),
    "a path of the audit trail": ({"product": "linux", "service": "auditd"}, {"type": "PATH", "nametype": "CREATE", "name|startswith": "/etc/systemd/"}, "file_activity",
                                  {"source": "linux_audit", "operation": "create", "file_name": "/etc/systemd/system/x.service"}, {"operation": "delete"}),
    "words that are typed on Linux": ({"product": "linux"}, ["history -c"], "process_activity", {"source": "syslog", "operation": "start", "process": "/bin/sh", "command": "sh -c history -c"}, {"command": "sh -c history"}),
    "words of a daemon": ({"product": "linux", "service": "sshd"}, ["buffer_get_ret"], "base_event", {"source": "syslog", "type": "syslog.sshd", "message": "error: buffer_get_ret: trying"}, {"type": "syslog.app"}),
    "a process of a Mac": ({"product": "macos", "category": "process_creation"}, {"CommandLine|contains": "osascript -e"}, "process_activity",
                           {"source": "osquery", "operation": "start", "host": "mac-1", "process": "/System/Library/x", "command": "osascript -e x"}, {"host": "web-1", "process": "/usr/bin/osascript"}),
    "Azure's activity": ({"product": "azure", "service": "activitylogs"}, {"operationName": "MICROSOFT.KEYVAULT/VAULTS/DELETE", "ResourceId|contains": "/shop/"}, "api_activity",
                         {"source": "azure_activity", "service": "microsoft.keyvault", "operation": "vaults/delete", "resource": "/x/shop/y"}, {"operation": "vaults/read"}),
    "words of Azure's activity": ({"product": "azure", "service": "activitylogs"}, ["Microsoft.Maps/accounts/listKeys/action"], "api_activity",
                                  {"source": "azure_activity", "service": "microsoft.maps", "operation": "accounts/listkeys/action"}, {"service": "microsoft.media"}),
    "Entra's risks": ({"product": "azure", "service": "riskdetection"}, {"riskEventType": "unfamiliarFeatures"}, "base_event",
                      {"source": "entra_id", "type": "entra risk", "message": '{"riskeventtype":"unfamiliarFeatures"}'}, {"message": '{"riskeventtype":"unfamil'}),
    "Exchange": ({"product": "m365", "service": "exchange"}, {"eventSource": "Exchange", "eventName": "Add-FederatedDomain", "status": "success"}, "api_activity",
                 {"source": "microsoft_365", "service": "exchange", "operation": "Add-FederatedDomain", "status": "success"}, {"status": "failure"}),
    "Google's sign-ins": ({"product": "gcp", "service": "google_workspace.login"}, {"protoPayload.serviceName": "login.googleapis.com", "protoPayload.metadata.event.eventName": "gov_attack_warning"}, "api_activity",
                          {"source": "google_workspace", "service": "google login", "operation": "gov_attack_warning"}, {"operation": "login_success"}),
    "Zeek's HTTP": ({"product": "zeek", "service": "http"}, {"user_agent|contains": "katz", "id.orig_h|cidr": "192.0.2.0/24"}, "http_activity",
                    {"source": "zeek", "user_agent": "katz-ontop", "src_ip": "192.0.2.7"}, {"source": "suricata_eve"}),
    "Zeek's RPC": ({"product": "zeek", "service": "dce_rpc"}, {"endpoint": "drsuapi", "operation": "DRSGetNCChanges"}, "rpc_activity",
                   {"source": "zeek", "endpoint": "drsuapi", "operation": "DRSGetNCChanges"}, {"operation": "DRSBind"}),
    "Zeek's shares": ({"product": "zeek", "service": "smb_files"}, {"path|contains|all": ["\\\\", "\\IPC$"], "name": "atsvc"}, "smb_activity",
                      {"source": "zeek", "share": "\\\\srv\\IPC$", "path": "atsvc"}, {"path": "srvsvc"}),
    "CloudTrail's request": ({"product": "aws", "service": "cloudtrail"}, {"eventSource": "iam.amazonaws.com", "requestParameters.userName": "root", "userIdentity.sessionContext.sessionIssuer.type": "Role"}, "api_activity",
                             {"source": "aws_cloudtrail", "service": "iam", "issuer": "arn:aws:iam::111122223333:role/x", "detail": '{"userName":"root"}'}, {"detail": '{"userName":"ann","x":"root"}'}),
    "a page's extension": ({"category": "proxy"}, {"c-uri-extension": "exe"}, "http_activity", {"url": "/a/b.exe?x=1.txt"}, {"url": "/a/b.txt?x=1.exe"}),
    "a process of Windows, not one that keeps fields of its own": (
        {"product": "windows", "category": "process_creation"}, {"CommandLine|contains": "curl"}, "process_activity",
        {"source": "windows_event", "operation": "start", "process": "C:\\curl.exe", "fields": '{"CommandLine": "curl"}'}, {"source": "linux_audit", "process": "/usr/bin/curl", "command": "curl"}),
}


@pytest.mark.parametrize("name", LOGS)
def test_a_log_is_read_where_it_stands_and_no_other(name, tmp_path):
    logsource, selection, table, guilty, twin = LOGS[name]
    store = Store()
    rows = [{"time": TIME, "uid": str(n), "digest": str(n), **row} for n, row in enumerate((guilty, {**guilty, **twin}))]
    store.insert(table, pa.Table.from_pylist(rows))
    (tmp_path / "rule.yml").write_text(yaml.safe_dump({"title": name, "logsource": logsource, "detection": {"s": selection, "condition": "s"}}))
    assert run_rules(store, [tmp_path]) == (1, [])
    assert store.rows("SELECT uid FROM detection_finding") == [{"uid": "0"}]


def test_a_field_that_is_not_kept_of_a_log_refuses_the_rule(tmp_path):
    (tmp_path / "rule.yml").write_text(yaml.safe_dump({"title": "Blind", "logsource": {"product": "okta", "service": "okta"}, "detection": {"s": {"eventType": "x"}, "f": {"displayMessage": "y"}, "condition": "s and not f"}}))
    found, [problem] = run_rules(Store(), [tmp_path])
    assert found == 0
    assert "displayMessage is not kept" in problem
