"""What the Falcon sensor tells of a machine from within (Falcon Data Replicator): one class for each kind of event.

Source of the fields: CrowdStrike's event data dictionary as public parsers and github.com/SigmaHQ/pySigma-backend-crowdstrike name them. A process
is named by the agent and a number that is never given twice (`TargetProcessId`), not by its pid (`RawProcessId`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from vidocq.model.control_plane import address as ip
from vidocq.model.record import text
from vidocq.model.source import Row

SCRIPT = 20_000
"""Characters of a script that are kept."""
Event = Mapping[str, Any]

_VOLUME = re.compile(r"^\\device\\harddiskvolume\d+(?=\\(windows|program files|program files \(x86\)|programdata|users|perflogs)(\\|$))", re.I)
_HIVES = ((re.compile(r"^\\registry\\machine", re.I), "HKLM"), (re.compile(r"^\\registry\\user", re.I), "HKU"))
_SYSTEM = {"S-1-5-18": "NT AUTHORITY\\SYSTEM", "S-1-5-19": "NT AUTHORITY\\LOCAL SERVICE", "S-1-5-20": "NT AUTHORITY\\NETWORK SERVICE"}
_PROTOCOLS = {"1": "icmp", "6": "tcp", "17": "udp", "58": "icmp6"}
_TYPES = {"1": "A", "2": "NS", "5": "CNAME", "6": "SOA", "12": "PTR", "15": "MX", "16": "TXT", "28": "AAAA", "33": "SRV", "65": "HTTPS", "255": "ANY"}


def path(said: str | None) -> str | None:
    """A path as people and rules write it. The sensor names volumes by number; the folders that only the system's volume has tell which is C:."""
    return _VOLUME.sub("C:", said) if said else None


def key(said: str | None) -> str | None:
    for pattern, hive in _HIVES:
        said = pattern.sub(hive, said) if said else None
    return said


def host(e: Event) -> str | None:
    """The machine by its name where the event tells it, else by its agent."""
    found = text(e, "ComputerName", "Hostname", "HostnameField", "hostname", "aid", "AgentIdString")
    return found.lower() if found else None


def user(e: Event) -> str | None:
    """Who. A number of a local account (501) is of many machines and names nobody; root is root."""
    name, domain, sid = text(e, "UserName", "UserPrincipal"), text(e, "LogonDomain", "UserLogonDomain"), text(e, "UserSid")
    if name:
        return f"{domain}\\{name}" if domain and "\\" not in name and "@" not in name else name
    if sid:
        return _SYSTEM.get(sid, sid)
    return "root" if text(e, "UID", "RUID") == "0" else None


def process_id(e: Event, *names: str) -> str | None:
    number = text(e, *names)
    return f"{text(e, 'aid') or 'agent'}:{number}" if number and number != "0" else None


def _actor(e: Event) -> dict[str, Any]:
    """The machine and the process that did it, of an event that is about something else."""
    return {
        "host": host(e), "actor_user": user(e), "process": path(text(e, "ContextImageFileName", "ContextBaseFileName")), "process_guid": process_id(e, "ContextProcessId"),
    }


def _process(e: Event) -> Row:
    digest = text(e, "SHA256HashData")
    return "process_activity", {
        "host": host(e), "actor_user": user(e), "process": path(text(e, "ImageFileName")), "pid": text(e, "RawProcessId"), "process_guid": process_id(e, "TargetProcessId"),
        "command": text(e, "CommandLine"), "parent": path(text(e, "ParentImageFileName", "ParentBaseFileName")), "parent_guid": process_id(e, "ParentProcessId", "SourceProcessId"),
        "parent_command": text(e, "ParentCommandLine"), "file_name": text(e, "OriginalFilename"), "sha256": digest.lower() if digest and digest.strip("0") else None,
        "md5": (text(e, "MD5HashData") or "").lower() or None, "integrity": _INTEGRITY.get(text(e, "IntegrityLevel") or ""), "operation": "start",
        "folder": path(text(e, "WorkingDirectory", "CurrentDirectory")), "logon_id": text(e, "AuthenticationId"),
    }


_INTEGRITY = {"4096": "Low", "8192": "Medium", "8448": "Medium", "12288": "High", "16384": "System"}


def _injection(e: Event) -> Row:
    return "process_activity", {
        "host": host(e), "actor_user": user(e), "process": path(text(e, "TargetImageFileName", "ImageFileName")), "process_guid": process_id(e, "TargetProcessId"),
        "parent": path(text(e, "ContextImageFileName", "ContextBaseFileName")), "parent_guid": process_id(e, "ContextProcessId", "SourceProcessId"), "operation": "inject",
    }


def _connection(e: Event) -> Row:
    local = {"ip": ip(text(e, "LocalAddressIP4", "LocalAddressIP6", "LocalIP")), "port": text(e, "LocalPort")}
    remote = {"ip": ip(text(e, "RemoteAddressIP4", "RemoteAddressIP6", "RemoteIP")), "port": text(e, "RemotePort")}
    inbound = text(e, "ConnectionDirection") == "1" or "Accept" in (text(e, "event_simpleName") or "")
    source, destination = (remote, local) if inbound else (local, remote)
    protocol = _PROTOCOLS.get(text(e, "Protocol") or "", text(e, "Protocol"))
    return "network_activity", {
        "src_ip": source["ip"], "src_port": source["port"], "dst_ip": destination["ip"], "dst_port": destination["port"], "protocol": protocol,
        "established": True if protocol == "tcp" else None, "direction": "inbound" if inbound else "outbound", "action": "allow",
        "host": host(e), "actor_user": user(e), "process": path(text(e, "ContextImageFileName", "ContextBaseFileName")), "process_guid": process_id(e, "ContextProcessId"),
    }


def _look_up(e: Event) -> Row | None:
    asked = text(e, "DomainName")
    if not asked:
        return None
    answers = [a for a in re.split(r"[;,]", text(e, "IP4Records", "IP6Records", "CNAMERecords") or "") if a]
    kind = text(e, "RequestType") or ""
    return "dns_activity", {
        # `aip` is where the agent came from as the cloud saw it: an address that a whole office shares. It is not who asked.
        "src_ip": ip(text(e, "LocalAddressIP4", "LocalIP")), "query": asked.rstrip(".").lower(), "qtype": _TYPES.get(kind, kind or None), "answers": ",".join(answers) or None,
        "answer_ip": next((a for a in answers if ip(a)), None), "host": host(e), "process": path(text(e, "ContextImageFileName", "ContextBaseFileName")),
        "process_guid": process_id(e, "ContextProcessId"),
    }


def _sign_in(e: Event) -> Row:
    failed = "Failed" in (text(e, "event_simpleName") or "")
    return "authentication", {
        "src_ip": ip(text(e, "RemoteAddressIP4", "RemoteAddressIP6", "RemoteIP")), "actor_user": user(e), "host": host(e), "service": "falcon sensor",
        "status": "failure" if failed else "success", "method": text(e, "AuthenticationPackage"), "client": text(e, "ClientComputerName"), "logon_type": text(e, "LogonType"),
    }


def _file(operation: str) -> Callable[[Event], Row]:
    def make(e: Event) -> Row:
        return "file_activity", {
            **_actor(e), "file_name": path(text(e, "TargetFileName", "SourceFileName", "FilePath")), "sha256": text(e, "SHA256HashData"), "size": text(e, "Size"), "operation": operation,
        }

    return make


def _module(e: Event) -> Row:
    return "module_activity", {**_actor(e), "file_name": path(text(e, "ImageFileName", "TargetFileName")), "sha256": text(e, "SHA256HashData")}


def _registry(e: Event) -> Row:
    where = "\\".join(filter(None, (key(text(e, "RegObjectName")), text(e, "RegValueName")))) or None
    return "registry_activity", {
        **_actor(e), "path": where, "value": path(text(e, "RegStringValue", "RegNumericValue", "RegPostObjectName", "AsepValueData")),
        "operation": {"2": "delete", "4": "delete", "3": "create"}.get(text(e, "RegOperationType") or "", "set"),
    }


def _script(e: Event) -> Row:
    said = text(e, "ScriptContent", "CommandHistory", "ScriptContentBytes") or ""
    return "script_activity", {
        "host": host(e), "actor_user": user(e), "interpreter": text(e, "ScriptingLanguageName", "HostProcessName", "ApplicationName") or "script", "path": path(text(e, "ScriptContentName", "ScriptName")),
        # The sensor writes a pilcrow between the lines of a console.
        "text": said.replace("¶", "\n")[:SCRIPT] or None, "command": text(e, "CommandLine"),
    }


def _task(operation: str) -> Callable[[Event], Row]:
    def make(e: Event) -> Row:
        # The author is whatever the task's maker wrote: it stands in only where the sensor names nobody.
        command = " ".join(filter(None, (path(text(e, "TaskExecCommand")), text(e, "TaskExecArguments")))) or None
        return "job_activity", {"host": host(e), "actor_user": user(e) or text(e, "TaskAuthor"), "kind": "task", "name": text(e, "TaskName"), "command": command, "operation": operation}

    return make


def _service(e: Event) -> Row:
    return "job_activity", {
        "host": host(e), "actor_user": user(e), "kind": "service", "name": text(e, "ServiceDisplayName", "ServiceName"), "command": path(text(e, "ServiceImagePath", "ImageFileName")),
        "account": text(e, "ServiceObjectName"), "operation": "create",
    }


def _account(operation: str) -> Callable[[Event], Row]:
    def make(e: Event) -> Row:
        return "account_change", {"host": host(e), "target_user": user(e), "operation": operation, "group_name": text(e, "GroupName", "GroupRid")}

    return make


def _cleared(e: Event) -> Row:
    return "event_log_activity", {"host": host(e), "actor_user": user(e), "operation": "clear", "log": text(e, "EventLogName", "ChannelName")}


KINDS: tuple[tuple[re.Pattern[str], Callable[[Event], Row | None]], ...] = tuple((re.compile(pattern), make) for pattern, make in (
    (r"(Synthetic)?ProcessRollup2", _process),
    (r"InjectedThread\w*|ProcessInjection\w*|\w*RemoteThread\w*", _injection),
    (r"NetworkConnectIP[46]|NetworkReceiveAcceptIP[46]", _connection),
    (r"DnsRequest|SuspiciousDnsRequest", _look_up),
    (r"UserLogon|UserLogonFailed2?", _sign_in),
    (r"\w*(Written|FileCreate|FileOpenInfo)", _file("write")),
    (r"\w*FileDeleteInfo|\w*FileDeleted", _file("delete")),
    (r"\w*FileRename\w*", _file("rename")),
    (r"ClassifiedModuleLoad|ImageHash|DriverLoad|\w*ModuleLoad", _module),
    (r"AsepValueUpdate|AsepKeyUpdate|Reg\w*Update", _registry),
    (r"ScriptControl\w*|CommandHistory", _script),
    (r"ScheduledTaskRegistered", _task("create")),
    (r"ScheduledTaskModified", _task("change")),
    (r"ScheduledTaskDeleted", _task("delete")),
    (r"CreateService|ServiceInstalled|ModifyServiceBinary", _service),
    (r"UserAccountCreated", _account("create")),
    (r"UserAccountDeleted", _account("delete")),
    (r"UserAccountAddedToGroup", _account("add to group")),
    (r"EventLogCleared", _cleared),
))
"""The name of an event, and how it is read. What is not here is a base event."""


def made(name: str, e: Event) -> Row | None:
    """The class and columns of an event of this name; None where no class describes it."""
    make = next((make for pattern, make in KINDS if pattern.fullmatch(name)), None)
    return make(e) if make else None
