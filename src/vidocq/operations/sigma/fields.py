"""What a Sigma rule calls its log and its fields, and where they stand with us.

Source of the names: sigmahq.io, "Log sources" and "Taxonomy appendix"; of the numbers of Windows events, "Sysmon" (Sysinternals).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from sigma.pipelines.common import windows_logsource_mapping
from sigma.rule import SigmaRule

from vidocq.operations.sigma.rules import Unusable


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one of our tables that belong to a log: which, and fields that columns hold where `fields` does not have them."""

    table: str
    where: str
    held: Mapping[str, str] = field(default_factory=dict)
    own: bool = False
    """The rows have `fields`: what the record says under its own names."""


@dataclass(frozen=True, slots=True)
class Log:
    """A kind of log that rules speak of."""

    name: str
    parts: tuple[Part, ...]

    def known(self) -> frozenset[str] | None:
        """The fields a rule may name; None where the records say all they have."""
        return None if any(p.own for p in self.parts) else frozenset(name for p in self.parts for name in p.held)


_HASHES = {kind: rf"""regexp_extract(json_extract_string(fields, '$.Hashes'), '(?i)\b{kind}=([0-9a-f]+)', 1)""" for kind in ("MD5", "SHA1", "SHA256", "IMPHASH")}
_HASH_NAMES = {name: f"NULLIF({_HASHES[name.upper()]}, '')" for name in ("md5", "sha1", "sha256", "Imphash", "imphash", "MD5", "SHA1", "SHA256", "IMPHASH")}
_PROCESS = {
    "Image": "process", "CommandLine": "command", "ParentImage": "parent", "ParentCommandLine": "parent_command", "OriginalFileName": "file_name", "User": "actor_user",
    "IntegrityLevel": "integrity", "CurrentDirectory": "folder", "Product": "product", "Company": "company", "ProcessId": "CAST(pid AS VARCHAR)",
    "ParentProcessId": "CAST(parent_pid AS VARCHAR)", "LogonId": "logon_id", "Hashes": "NULLIF(concat_ws(',', 'MD5=' || md5, 'SHA256=' || sha256), '')", "Computer": "host",
    **{n: f"COALESCE({sql}, {n.lower()})" if n.lower() in ("md5", "sha256") else sql for n, sql in _HASH_NAMES.items()},
}
_REACH = {"SourceImage": "parent", "TargetImage": "process", "GrantedAccess": "access", "CallTrace": "call_trace", "User": "actor_user", "Computer": "host"}
_REGISTRY = {"TargetObject": "path", "Details": "value", "Image": "process", "User": "actor_user", "Computer": "host"}
_MODULE = {"Image": "process", "ImageLoaded": "file_name", "Signature": "signer", "Product": "product", "User": "actor_user", "Signed": "CAST(signed AS VARCHAR)", "Computer": "host"}
_FILE = {"TargetFilename": "file_name", "Image": "process", "Computer": "host"}
_CONNECTION = {
    "Image": "process", "SourceIp": "src_ip", "SourcePort": "CAST(src_port AS VARCHAR)", "DestinationIp": "dst_ip", "DestinationPort": "CAST(dst_port AS VARCHAR)",
    "Protocol": "protocol", "Initiated": "CASE direction WHEN 'outbound' THEN 'true' WHEN 'inbound' THEN 'false' END",
}
_SCRIPT = {"ScriptBlockText": "text", "Path": "path", "Computer": "host"}


def _sysmon(name: str, numbers: tuple[int, ...], extra: str = "", other: Part | None = None) -> Log:
    types = ", ".join(f"'windows.sysmon.{n}'" for n in numbers)
    return Log(name, (Part("base_event", f"type IN ({types}){extra}", _HASH_NAMES, own=True), *([other] if other else [])))


def _not_windows(table: str, held: Mapping[str, str], where: str = "TRUE") -> Part:
    """Rows that came another way than as Windows events: those are read with all they say."""
    return Part(table, f"source <> 'windows_event' AND {where}", held)


def _event_type(begins: str) -> str:
    return f" AND json_extract_string(fields, '$.EventType') LIKE '{begins}%'"


def _powershell(name: str, channel: str, number: int, other: Part | None = None) -> Log:
    return Log(name, (Part("base_event", f"type = 'windows.{channel}.{number}'", own=True), *([other] if other else [])))


_STARTS = "operation = 'start'"
_OF_WINDOWS = "((fields IS NOT NULL AND source = 'windows_event') OR contains(process, '\\'))"
# What other sources keep in `fields` has names of its own.
_OF_LINUX = "source <> 'windows_event' AND starts_with(COALESCE(process, '/'), '/')"
WINDOWS: dict[str, Log] = {
    log.name: log
    for log in (
        Log("process_creation", (Part("process_activity", f"{_STARTS} AND {_OF_WINDOWS}", _PROCESS, own=True),)),
        _sysmon("file_change", (2,)),
        _sysmon("network_connection", (3,), other=_not_windows("network_activity", _CONNECTION, "process IS NOT NULL")),
        _sysmon("sysmon_status", (4, 16)),
        _sysmon("process_termination", (5,)),
        _sysmon("driver_load", (6,)),
        _sysmon("image_load", (7,), other=_not_windows("module_activity", _MODULE)),
        _sysmon("create_remote_thread", (8,), other=_not_windows("process_activity", _REACH, "operation = 'inject'")),
        _sysmon("raw_access_thread", (9,)),
        _sysmon("process_access", (10,), other=_not_windows("process_activity", _REACH, "operation = 'open'")),
        _sysmon("file_event", (11,), other=_not_windows("file_activity", _FILE, "process IS NOT NULL AND protocol IS DISTINCT FROM 'pipe' AND contains(file_name, '\\') AND operation IS DISTINCT FROM 'delete'")),
        _sysmon("registry_add", (12,), _event_type("Create"), _not_windows("registry_activity", _REGISTRY, "operation = 'create'")),
        _sysmon("registry_delete", (12,), _event_type("Delete"), _not_windows("registry_activity", _REGISTRY, "operation = 'delete'")),
        _sysmon("registry_set", (13,), other=_not_windows("registry_activity", _REGISTRY, "operation = 'set'")),
        _sysmon("registry_rename", (14,), other=_not_windows("registry_activity", _REGISTRY, "operation = 'rename'")),
        _sysmon("registry_event", (12, 13, 14), other=_not_windows("registry_activity", _REGISTRY)),
        _sysmon("create_stream_hash", (15,)),
        _sysmon("pipe_created", (17, 18)),
        _sysmon("wmi_event", (19, 20, 21)),
        _sysmon("dns_query", (22,)),
        _sysmon("file_delete", (23, 26)),
        _sysmon("clipboard_capture", (24,)),
        _sysmon("process_tampering", (25,)),
        _sysmon("file_block_executable", (27,)),
        _sysmon("file_block_shredding", (28,)),
        _sysmon("file_executable_detected", (29,)),
        _sysmon("sysmon_error", (255,)),
        _powershell("ps_module", "powershell", 4103),
        _powershell("ps_script", "powershell", 4104, _not_windows("script_activity", _SCRIPT, "interpreter = 'powershell'")),
        _powershell("ps_classic_start", "windows-powershell", 400),
        _powershell("ps_classic_provider_start", "windows-powershell", 600),
        _powershell("ps_classic_script", "windows-powershell", 800),
    )
}


def _of_detail(name: str) -> str:
    """A value of the request, which is cut where it is long and then no JSON."""
    return f"CASE WHEN json_valid(detail) THEN json_extract_string(detail, '$.{name}') END"


_HTTP = {
    "c-uri": "url", "cs-uri": "url", "cs-uri-query": "url", "c-uri-query": "url", "cs-uri-stem": "split_part(url, '?', 1)", "c-uri-extension": r"NULLIF(regexp_extract(split_part(url, '?', 1), '\.(\w{1,10})$', 1), '')", "cs-host": "host", "r-dns": "host", "cs-method": "method",
    "c-useragent": "user_agent", "cs-user-agent": "user_agent", "cs-User-Agent": "user_agent", "cs-referer": "referrer", "cs-referrer": "referrer", "sc-status": "CAST(status_code AS VARCHAR)",
    "c-ip": "src_ip", "src_ip": "src_ip", "dst_ip": "dst_ip", "dst_port": "CAST(dst_port AS VARCHAR)",
}
_AWS = {
    "eventSource": "service || '.amazonaws.com'", "eventName": "operation", "errorCode": "error", "userAgent": "user_agent", "sourceIPAddress": "COALESCE(src_ip, invoked_by)", "awsRegion": "region",
    "userIdentity.type": "actor_type", "userIdentity.arn": "actor_session", "userIdentity.sessionContext.sessionIssuer.arn": "issuer", "requestParameters": "detail",
    "userIdentity.sessionContext.sessionIssuer.type": "CASE WHEN contains(issuer, ':role/') THEN 'Role' WHEN contains(issuer, ':user/') THEN 'User' END", "additionalEventData.MFAUsed": "CASE WHEN mfa THEN 'Yes' ELSE 'No' END",
    **{f"requestParameters.{name}": _of_detail(name) for name in ("userName", "attribute", "enable", "layers", "publiclyAccessible")},
    "userIdentity.accessKeyId": "actor_key", "recipientAccountId": "account", "userIdentity.invokedBy": "invoked_by",
}
_CALLER = {"user_agent": "user_agent", "userAgent": "user_agent", "UserAgent": "user_agent"}
_OKTA = {"eventType": "operation", "eventtype": "operation", "actor.alternateId": "actor_user", "client.ipAddress": "src_ip", "client.userAgent.rawUserAgent": "user_agent", "outcome.result": "status", "outcome.reason": "error",
         "securityContext.isProxy": _of_detail("proxy")}
_GITHUB = {"action": "operation", "actor": "actor_user", "org": "account", "actor_ip": "src_ip", **_CALLER}
_KUBERNETES = {
    "verb": "split_part(operation, ' ', 1)", "objectRef.resource": "split_part(split_part(operation, ' ', 2), '/', 1)", "objectRef.subresource": "NULLIF(split_part(split_part(operation, ' ', 2), '/', 2), '')",
    "objectRef.namespace": "CASE WHEN resource LIKE '%/%/%' THEN split_part(resource, '/', 1) END", "user.username": "actor_user", "sourceIPs": "src_ip", **_CALLER,
}
_ENTRA = {"OperationName": "operation", "operationName": "operation", "properties.message": "operation", "ActivityDisplayName": "operation", "Status": "status", **_CALLER}
_SIGN_IN = {
    "ResultType": _of_detail("code"), "ResultDescription": _of_detail("reason"), "Resultdescription": _of_detail("reason"), "ResourceDisplayName": "resource", "AuthenticationRequirement": _of_detail("requirement"), "conditionalAccessStatus": _of_detail("policy"),
    "ClientApp": _of_detail("client"), "Username": "actor_user", "UserPrincipalName": "actor_user", "IPAddress": "src_ip", "AppDisplayName": "resource", "Status": "status", **_CALLER,
}
_GCP = {
    "gcp.audit.method_name": "operation", "gcp.audit.service_name": "service || '.googleapis.com'", "data.protoPayload.methodName": "operation",
    "data.protoPayload.serviceName": "service || '.googleapis.com'", "gcp.audit.authentication_info.principal_email": "actor_user", "gcp.audit.resource_name": "resource", **_CALLER,
}
_M365 = {"Workload": "service", "Operation": "operation", "Parameters": "detail", "OperationProperties": "detail", "UserId": "actor_user", "ClientIP": "src_ip", "ObjectId": "resource", **_CALLER}
_AZURE = {
    **dict.fromkeys(("operationName", "OperationNameValue", "OperationName", "properties.message"), "service || '/' || operation"), "ResourceProviderValue": "service", "ResourceId": "resource", "resourceId": "resource",
    # What tells of no call is no row of this class.
    "CategoryValue": "'Administrative'", "category": "'Administrative'", "Caller": "actor_user", "caller": "actor_user", "CallerIpAddress": "src_ip", "callerIpAddress": "src_ip", "status": "status",
}
_ZEEK = {"id.orig_h": "src_ip", "id.resp_h": "dst_ip"}
_ZEEK_PORTS = {**_ZEEK, "id.orig_p": "CAST(src_port AS VARCHAR)", "id.resp_p": "CAST(dst_port AS VARCHAR)"}
_ZEEK_LOGS = {
    "dns": ("dns_activity", "TRUE", {**_ZEEK, "query": "query", "answers": "answers", "qtype_name": "qtype", "rcode_name": "rcode"}),
    "http": ("http_activity", "TRUE", {**_ZEEK_PORTS, "uri": "url", "c-uri": "url", "host": "host", "method": "method", "user_agent": "user_agent", "status_code": "CAST(status_code AS VARCHAR)", "resp_mime_types": "mime",
                                       "referrer": "referrer", "request_body_len": "CAST(bytes_out AS VARCHAR)", "response_body_len": "CAST(bytes_in AS VARCHAR)"}),
    "dce_rpc": ("rpc_activity", "TRUE", {**_ZEEK_PORTS, "endpoint": "endpoint", "operation": "operation", "named_pipe": "pipe"}),
    # Zeek writes the share where it does not know the path of a file.
    "smb_files": ("smb_activity", "TRUE", {**_ZEEK_PORTS, "path": "share", "name": "path", "action": "operation", "size": "CAST(size AS VARCHAR)"}),
    "rdp": ("authentication", "service = 'rdp'", {**_ZEEK_PORTS, "cookie": "actor_user", "security_protocol": "method", "result": "status"}),
}
_GOOGLE = {"eventName": "operation", "setting_name": _of_detail("setting_name"), "new_value": _of_detail("new_value"), "protoPayload.metadata.event.eventName": "operation"}


def _calls(name: str, source: str, held: Mapping[str, str], where: str = "TRUE") -> Log:
    """Calls of a service that one source reads, as far as its columns hold what the service says."""
    return Log(name, (Part("api_activity", f"source = '{source}' AND {where}", held),))


def _google(part: str) -> Log:
    named = dict.fromkeys(("eventService", "protoPayload.serviceName", "protoPayload.Servicename"), f"'{part}.googleapis.com'")
    return _calls(f"google {part}", "google_workspace", {**_GOOGLE, **named}, f"service = 'google {part}'")


def _daemon(*names: str) -> Log:
    """What daemons of Unix say in words, as far as no class holds it."""
    types = ", ".join(f"'syslog.{n}'" for n in names)
    return Log(f"linux {names[0]}", (Part("base_event", f"source = 'syslog' AND type IN ({types})", {"message": "message", "host": "host"}),))


_KUBERNETES_AUDIT = _calls("kubernetes audit", "kubernetes_audit", _KUBERNETES)
# Machines that start programs out of Apple's folders: a path says `/` on Linux, too.
_OF_MAC = "source NOT IN ('windows_event', 'linux_audit', 'syslog') AND host IN (SELECT host FROM process_activity WHERE starts_with(process, '/System/Library/') OR starts_with(process, '/Applications/'))"
_OF_AUDIT = "source = 'linux_audit'"
_SYSCALL = {"type": "'SYSCALL'", **{n: f"json_extract_string(fields, '$.{n}')" for n in ("SYSCALL", "syscall", "exe", "comm", "key", "success", "exit", "uid", "euid", "auid", "tty")}}
# The records of one event are one row: a rule that asks about a record meets that which the row keeps of it.
_AUDITD = Log("linux auditd", (
    Part("process_activity", f"{_OF_AUDIT} AND fields IS NOT NULL", own=True), Part("process_activity", f"{_OF_AUDIT} AND fields IS NOT NULL", _SYSCALL),
    Part("file_activity", _OF_AUDIT, {"type": "'PATH'", "name": "file_name", "nametype": "CASE operation WHEN 'create' THEN 'CREATE' WHEN 'delete' THEN 'DELETE' ELSE 'NORMAL' END"}),
    Part("job_activity", f"{_OF_AUDIT} AND kind = 'service'", {"type": "CASE operation WHEN 'stop' THEN 'SERVICE_STOP' ELSE 'SERVICE_START' END", "unit": "name"}),
    Part("base_event", _OF_AUDIT, own=True),
))
_OTHERS: dict[tuple[str, str, str], Log] = {
    ("linux", "process_creation", ""): Log("linux process_creation", (Part("process_activity", f"{_STARTS} AND {_OF_LINUX}", _PROCESS),)),
    ("linux", "file_event", ""): Log("linux file_event", (Part("file_activity", f"operation IN ('create', 'write', 'rename') AND {_OF_LINUX} AND starts_with(file_name, '/')", _FILE),)),
    ("linux", "network_connection", ""): Log("linux network_connection", (Part("network_activity", f"process IS NOT NULL AND {_OF_LINUX}", _CONNECTION),)),
    ("linux", "", "auditd"): _AUDITD,
    # Words, wherever a machine writes them: in its system log and in what is typed.
    ("linux", "", ""): Log("linux", (Part("base_event", "source = 'syslog'", {"message": "message"}), Part("process_activity", f"{_STARTS} AND {_OF_LINUX}", {"command": "command"}))),
    ("linux", "", "syslog"): Log("linux syslog", (Part("base_event", "source = 'syslog'", {"message": "type || ' ' || message"}),)),
    ("linux", "", "auth"): Log("linux auth", (Part("base_event", "source = 'syslog'", {"message": "type || ' ' || message"}),)),
    ("linux", "", "sshd"): _daemon("sshd", "sshd-session"),
    ("linux", "", "cron"): _daemon("cron", "crond", "anacron", "crontab"),
    ("linux", "", "clamav"): _daemon("clamd", "clamscan", "clamav"),
    ("linux", "", "vsftpd"): _daemon("vsftpd"),
    ("linux", "", "guacamole"): _daemon("guacd"),
    ("macos", "process_creation", ""): Log("macos process_creation", (Part("process_activity", f"{_STARTS} AND {_OF_MAC}", _PROCESS),)),
    ("macos", "file_event", ""): Log("macos file_event", (Part("file_activity", f"operation IN ('create', 'write', 'rename') AND {_OF_MAC}", _FILE),)),
    ("", "proxy", ""): Log("proxy", (Part("http_activity", "TRUE", _HTTP),)),
    ("", "webserver", ""): Log("webserver", (Part("http_activity", "TRUE", _HTTP),)),
    ("", "dns", ""): Log("dns", (Part("dns_activity", "TRUE", {"query": "query", "record_type": "qtype", "answer": "answers", "src_ip": "src_ip", "dst_ip": "dst_ip"}),)),
    ("", "firewall", ""): Log("firewall", (Part("network_activity", "TRUE", {"src_ip": "src_ip", "dst_ip": "dst_ip", "src_port": "CAST(src_port AS VARCHAR)",
                                                                          "dst_port": "CAST(dst_port AS VARCHAR)", "protocol": "protocol", "action": "action"}),)),
    ("okta", "", "okta"): _calls("okta", "okta_system_log", _OKTA),
    ("github", "", "audit"): _calls("github audit", "github", _GITHUB),
    ("kubernetes", "", "audit"): _KUBERNETES_AUDIT,
    ("kubernetes", "application", "audit"): _KUBERNETES_AUDIT,
    ("azure", "", "auditlogs"): _calls("azure auditlogs", "entra_id", _ENTRA, "operation <> 'Sign-in activity'"),
    ("azure", "", "activitylogs"): _calls("azure activitylogs", "azure_activity", _AZURE),
    ("azure", "", "riskdetection"): Log("azure riskdetection", (
        Part("detection_finding", "source = 'entra_id' AND starts_with(rule, 'entra risky ')", {"riskEventType": "split_part(rule, ': ', 2)"}),
        Part("base_event", "source = 'entra_id' AND type = 'entra risk'", {"riskEventType": "CASE WHEN json_valid(message) THEN json_extract_string(message, '$.riskeventtype') END"}),
    )),
    ("azure", "", "signinlogs"): _calls("azure signinlogs", "entra_id", _SIGN_IN, "operation = 'Sign-in activity'"),
    **{("zeek", "", name): Log(f"zeek {name}", (Part(table, f"source = 'zeek' AND {where}", held),)) for name, (table, where, held) in _ZEEK_LOGS.items()},
    ("m365", "", "exchange"): _calls("m365 exchange", "microsoft_365", {**_M365, "eventSource": "service", "eventName": "operation", "status": "status"}, "service = 'exchange'"),
    ("m365", "", "audit"): _calls("m365 audit", "microsoft_365", _M365),
    ("gcp", "", "google_workspace.admin"): _google("admin"),
    ("gcp", "", "google_workspace.login"): _google("login"),
    ("gcp", "", "gcp.audit"): _calls("gcp audit", "google_cloud", _GCP, "service <> 'kubernetes'"),
    ("aws", "", "cloudtrail"): Log("aws cloudtrail", (Part("api_activity", "service IS NOT NULL", _AWS),)),
}
_CHANNELS = {
    **windows_logsource_mapping, "smbserver-connectivity": "Microsoft-Windows-SMBServer/Connectivity", "smbclient-connectivity": "Microsoft-Windows-SmbClient/Connectivity",
}


def log_of(rule: SigmaRule) -> Log:
    """The log a rule speaks of; Unusable where we have none of its kind."""
    product, category, service = (str(x or "").lower() for x in (rule.logsource.product, rule.logsource.category, rule.logsource.service))
    if product == "windows" or (not product and category in WINDOWS):
        if category in WINDOWS and not service:
            return WINDOWS[category]
        if not category and service in _CHANNELS:
            return _channel(service)
        if not category and not service:
            return Log("windows", (Part("base_event", "starts_with(type, 'windows.')", own=True), *_complete("TRUE")))
    elif (product, category, service) in _OTHERS:
        return _OTHERS[product, category, service]
    wanted = " ".join(filter(None, (product, category, service)))
    raise Unusable(f"no source of this kind is supported ({wanted or 'it names none'})")


def _channel(service: str) -> Log:
    named = _CHANNELS[service]
    channels = [short(c) for c in ([named] if isinstance(named, str) else named)]
    parts = [Part("base_event", " OR ".join(f"starts_with(type, 'windows.{c}.')" for c in channels), own=True)]
    number = "json_extract_string(fields, '$.EventID')"
    if service == "security":
        parts += _complete(f"{number} <> '1'")
    if service == "sysmon":
        parts += _complete(f"{number} = '1'")
    return Log(f"windows {service}", tuple(parts))


def _complete(where: str) -> tuple[Part, ...]:
    """Events whose whole content stands in their own class, with no row in `base_event`."""
    of = f"fields IS NOT NULL AND source = 'windows_event' AND {where}"
    return Part("process_activity", f"{of} AND operation = 'start'", own=True), Part("authentication", of, own=True)


def short(channel: str) -> str:
    """A channel's name as the source of Windows events writes it into `type`."""
    return re.sub(r"[^a-z0-9]+", "-", channel.lower().removeprefix("microsoft-windows-").removesuffix("/operational")).strip("-")
