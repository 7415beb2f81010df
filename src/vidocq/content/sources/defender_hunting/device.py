"""Rows of Advanced Hunting about devices: one function for each table, and for each action of `DeviceEvents` that a class describes.

Source of the columns: learn.microsoft.com, "Advanced hunting schema reference" (Device* tables). Of a start, `FileName` is what was started and
`InitiatingProcess*` what started it; of everything else the initiating process is who did it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from vidocq.content.sources.defender_hunting.cells import account, address, cell, device, extra, path
from vidocq.model.source import Row

SCRIPT = 20_000
"""Characters of a script that are kept."""
_LOGONS = {"interactive": "2", "network": "3", "batch": "4", "service": "5", "unlock": "7", "networkcleartext": "8", "newcredentials": "9", "remoteinteractive": "10", "cachedinteractive": "11"}
_HIVES = (("hkey_local_machine", "HKLM"), ("hkey_users", "HKU"), ("hkey_current_user", "HKCU"), ("hkey_classes_root", "HKCR"))
Cells = Mapping[str, Any]


def process_id(r: Cells, prefix: str = "") -> str | None:
    """A process by a name that is never given twice: the product's own, else its number and when it began."""
    unique, number, begun = cell(r, f"{prefix}ProcessUniqueId", f"{prefix}UniqueId"), cell(r, f"{prefix}ProcessId", f"{prefix}Id"), cell(r, f"{prefix}ProcessCreationTime", f"{prefix}CreationTime")
    part = unique if unique and unique != "0" else f"{number}@{begun}" if number and begun else None
    return f"{cell(r, 'DeviceId') or device(r)}:{part}" if part else None


def _doer(r: Cells) -> dict[str, Any]:
    """The machine, and the process that did it."""
    return {
        "host": device(r), "actor_user": account(r, "InitiatingProcessAccount") or account(r, "Account"), "process": path(r, "InitiatingProcessFolderPath", "InitiatingProcessFileName"),
        "pid": cell(r, "InitiatingProcessId"), "process_guid": process_id(r, "InitiatingProcess"),
    }


def _parent(r: Cells) -> dict[str, Any]:
    return {
        "parent": path(r, "InitiatingProcessFolderPath", "InitiatingProcessFileName"), "parent_pid": cell(r, "InitiatingProcessId"), "parent_guid": process_id(r, "InitiatingProcess"),
        "parent_command": cell(r, "InitiatingProcessCommandLine"),
    }


def process(r: Cells) -> Row:
    return "process_activity", {
        **_parent(r), "host": device(r), "actor_user": account(r, "Account") or account(r, "InitiatingProcessAccount"), "process": path(r, "FolderPath", "FileName"), "pid": cell(r, "ProcessId"),
        "process_guid": process_id(r), "command": cell(r, "ProcessCommandLine"), "file_name": cell(r, "ProcessVersionInfoOriginalFileName"), "sha256": cell(r, "SHA256"), "md5": cell(r, "MD5"),
        "integrity": cell(r, "ProcessIntegrityLevel"), "product": cell(r, "ProcessVersionInfoProductName"), "company": cell(r, "ProcessVersionInfoCompanyName"), "logon_id": cell(r, "LogonId"),
        "operation": "start",
    }


def _reach(operation: str) -> Callable[[Cells], Row]:
    def make(r: Cells) -> Row:
        access = extra(r, "DesiredAccess")
        return "process_activity", {
            **_parent(r), "host": device(r), "actor_user": account(r, "InitiatingProcessAccount"), "process": path(r, "FolderPath", "FileName"), "pid": cell(r, "ProcessId"), "process_guid": process_id(r),
            "operation": operation, "access": f"{int(access):#x}" if access and access.isdigit() else access,
        }

    return make


def network(r: Cells) -> Row:
    action = (cell(r, "ActionType") or "").lower()
    local, remote = (address(r, "LocalIP"), cell(r, "LocalPort")), (address(r, "RemoteIP"), cell(r, "RemotePort"))
    inbound = "inbound" in action or "listening" in action
    source, destination = (remote, local) if inbound else (local, remote)
    return "network_activity", {
        **_doer(r), "src_ip": source[0], "src_port": source[1], "dst_ip": destination[0], "dst_port": destination[1], "protocol": (cell(r, "Protocol") or "").lower() or None, "direction": "inbound" if inbound else "outbound",
        "established": False if "fail" in action or "block" in action else True if "success" in action or "accept" in action or "found" in action else None, "action": "deny" if "block" in action else "allow",
    }


def look_up(r: Cells) -> Row:
    answers = [str(a) for a in re.findall(r"[0-9a-fA-F:.]*[.:][0-9a-fA-F:.]+", extra(r, "DnsQueryResult", "IpAddresses", "answers") or "")]
    asked = extra(r, "DnsQueryString", "query") or cell(r, "RemoteUrl")
    return "dns_activity", {
        "host": device(r), "process": path(r, "InitiatingProcessFolderPath", "InitiatingProcessFileName"), "process_guid": process_id(r, "InitiatingProcess"), "src_ip": address(r, "LocalIP"),
        "query": (asked or "").lower().rstrip(".") or None, "answers": ",".join(answers) or None, "answer_ip": answers[0] if answers else None,
    }


def file(r: Cells) -> Row:
    action = (cell(r, "ActionType") or "").lower()
    operation = next((o for word, o in (("delete", "delete"), ("rename", "rename"), ("modif", "write"), ("create", "create")) if word in action), "write")
    return "file_activity", {
        **_doer(r), "file_name": path(r, "FolderPath", "FileName"), "md5": cell(r, "MD5"), "sha1": cell(r, "SHA1"), "sha256": cell(r, "SHA256"), "size": cell(r, "FileSize"), "operation": operation,
        "src_ip": address(r, "FileOriginIP", "RequestSourceIP"), "protocol": cell(r, "RequestProtocol"),
    }


def registry(r: Cells) -> Row:
    action = (cell(r, "ActionType") or "").lower()
    where = "\\".join(filter(None, (cell(r, "RegistryKey", "PreviousRegistryKey"), cell(r, "RegistryValueName", "PreviousRegistryValueName")))) or None
    for long, short in _HIVES:
        if where and where.lower().startswith(long):
            where = short + where[len(long):]
    return "registry_activity", {
        **_doer(r), "path": where, "value": cell(r, "RegistryValueData"), "operation": "delete" if "delete" in action else "set" if "valueset" in action else "rename" if "rename" in action else "create",
    }


def module(r: Cells) -> Row:
    return "module_activity", {**_doer(r), "file_name": path(r, "FolderPath", "FileName"), "sha256": cell(r, "SHA256")}


def logon(r: Cells) -> Row:
    action, kind = (cell(r, "ActionType") or "").lower(), (cell(r, "LogonType") or "").lower().replace(" ", "")
    return "authentication", {
        "src_ip": address(r, "RemoteIP"), "src_port": cell(r, "RemotePort"), "actor_user": account(r, "Account"), "host": device(r), "service": "windows",
        "status": "failure" if "fail" in action else "attempt" if "attempt" in action else "success", "method": cell(r, "Protocol"), "client": cell(r, "RemoteDeviceName"), "logon_type": _LOGONS.get(kind, kind or None),
    }


def _script(r: Cells) -> Row:
    said = extra(r, "Command", "ScriptContent", "Content") or cell(r, "AdditionalFields") or ""
    return "script_activity", {
        "host": device(r), "actor_user": account(r, "InitiatingProcessAccount"), "interpreter": "powershell" if "powershell" in (cell(r, "ActionType") or "").lower() else cell(r, "InitiatingProcessFileName") or "script",
        "path": path(r, "FolderPath", "FileName"), "text": said[:SCRIPT] or None, "command": cell(r, "InitiatingProcessCommandLine"),
    }


def _task(operation: str) -> Callable[[Cells], Row]:
    def make(r: Cells) -> Row:
        content = extra(r, "TaskContent") or ""
        said = [m[1] for m in re.finditer(r"<(?:Command|Arguments)>([^<]*)<", content)]
        return "job_activity", {
            "host": device(r), "actor_user": account(r, "InitiatingProcessAccount") or extra(r, "SubjectUserName"), "kind": "task", "name": extra(r, "TaskName"), "operation": operation,
            "command": " ".join(said) or extra(r, "Command", "Action") or None,
        }

    return make


def _service(r: Cells) -> Row:
    return "job_activity", {
        "host": device(r), "actor_user": account(r, "InitiatingProcessAccount"), "kind": "service", "name": extra(r, "ServiceName"), "command": extra(r, "ServiceImagePath", "ImagePath") or path(r, "FolderPath", "FileName"),
        "account": extra(r, "ServiceAccount", "AccountName"), "operation": "create",
    }


def _account(operation: str) -> Callable[[Cells], Row]:
    def make(r: Cells) -> Row:
        return "account_change", {
            "host": device(r), "actor_user": account(r, "InitiatingProcessAccount"), "target_user": account(r, "Account") or extra(r, "TargetUserName"), "group_name": extra(r, "GroupName"), "operation": operation,
        }

    return make


def _cleared(r: Cells) -> Row:
    return "event_log_activity", {"host": device(r), "actor_user": account(r, "InitiatingProcessAccount"), "operation": "clear", "log": extra(r, "Channel", "LogName") or "Security"}


def _pipe(r: Cells) -> Row:
    return "file_activity", {**_doer(r), "file_name": extra(r, "PipeName") or path(r, "FolderPath", "FileName"), "protocol": "pipe", "operation": "create" if "server" in (extra(r, "FileOperation") or "").lower() else "open"}


def _antivirus(r: Cells) -> Row:
    """What the antivirus found is an alert of another tool."""
    name = extra(r, "ThreatName") or "malware"
    return "detection_finding", {
        "rule": f"defender:{name}", "title": f"{name} was found", "message": path(r, "FolderPath", "FileName"), "severity": 2 if (extra(r, "WasRemediated") or "").lower() == "true" else 3,
        "product": "Microsoft Defender Antivirus", "category": "threat", "host": device(r), "actor_user": account(r, "InitiatingProcessAccount"),
        "action": "blocked" if (extra(r, "WasRemediated") or "").lower() == "true" else None,
    }


def _guard(r: Cells) -> Row:
    """A rule of attack surface reduction, or tampering with the product, that it stopped or noted."""
    action = cell(r, "ActionType") or ""
    blocked = "Blocked" in action or action.startswith("Tampering")
    return "detection_finding", {
        "rule": f"defender:{action}", "title": re.sub(r"(?<=[a-z])(?=[A-Z])", " ", action), "message": " ".join(filter(None, (cell(r, "ProcessCommandLine"), cell(r, "InitiatingProcessCommandLine"))))[:2000] or None,
        "severity": 3 if action.startswith("Tampering") else 2, "product": "Microsoft Defender for Endpoint", "category": "threat", "host": device(r), "actor_user": account(r, "InitiatingProcessAccount"),
        "techniques": "T1562.001" if action.startswith("Tampering") else None, "action": "blocked" if blocked else None,
    }


TABLES: Mapping[str, Callable[[Cells], Row]] = {
    "DeviceProcessEvents": process, "DeviceNetworkEvents": network, "DeviceFileEvents": file, "DeviceRegistryEvents": registry, "DeviceImageLoadEvents": module, "DeviceLogonEvents": logon,
}
ACTIONS: tuple[tuple[re.Pattern[str], Callable[[Cells], Row]], ...] = tuple((re.compile(pattern), make) for pattern, make in (
    (r"ProcessCreated|ProcessCreatedUsingWmiQuery", process),
    (r"CreateRemoteThreadApiCall|QueueUserApcRemoteApiCall|SetThreadContextRemoteApiCall|NtMapViewOfSectionRemoteApiCall|NtAllocateVirtualMemoryRemoteApiCall|WriteToLsassProcessMemory", _reach("inject")),
    (r"OpenProcessApiCall|ReadProcessMemoryApiCall|MemoryRemoteProtect", _reach("open")),
    (r"DnsQueryResponse|DnsConnectionInspected|DnsQueryRequest", look_up),
    (r"Connection(Success|Failed|Found|Request|Attempt|Acknowledged)|InboundConnectionAccepted|ListeningConnectionCreated|NetworkSignatureInspected|\w*Connection\w*Blocked", network),
    (r"File(Created|Modified|Deleted|Renamed)|\w*FileWritten", file),
    (r"Registry\w+", registry),
    (r"ImageLoaded|DriverLoad", module),
    (r"Logon(Success|Failed|Attempted)", logon),
    (r"PowerShellCommand|ScriptContent|AmsiScriptContent|AmsiScriptDetection", _script),
    (r"ScheduledTaskCreated", _task("create")), (r"ScheduledTask(Updated|Enabled)", _task("change")), (r"ScheduledTask(Deleted|Disabled)", _task("delete")),
    (r"ServiceInstalled", _service),
    (r"UserAccountCreated", _account("create")), (r"UserAccountDeleted", _account("delete")), (r"UserAccountAddedToLocalGroup", _account("add to group")),
    (r"UserAccountRemovedFromLocalGroup", _account("remove from group")), (r"PasswordChangeAttempt|UserAccountModified", _account("change")),
    (r"SecurityLogCleared|AuditLogCleared", _cleared),
    (r"NamedPipeEvent", _pipe),
    (r"AntivirusDetection\w*", _antivirus),
    (r"Asr\w+(Blocked|Audited)|TamperingAttempt|ExploitGuard\w+Blocked|ControlledFolderAccessViolationBlocked", _guard),
))
"""What a row is where its table is not told, and the rows of `DeviceEvents`."""


def made(table: str | None, r: Cells) -> Row | None:
    """The class and columns of a row about a device; None where no class describes it."""
    named = TABLES.get(table or "")
    # A table of processes also tells of what is done to one: the action says so.
    action = cell(r, "ActionType") or ""
    if named is None or table == "DeviceProcessEvents":
        named = next((make for pattern, make in ACTIONS if pattern.fullmatch(action)), named)
    return named(r) if named else None
