"""What Windows events tell of a machine from within: memory, modules, registry, scripts, what will run later, accounts, the logs themselves.

Source of the fields: learn.microsoft.com, "Advanced security audit policy settings" (Security), "Sysmon" (Sysinternals), "about_Logging_Windows"
(PowerShell); System 7045 and TaskScheduler 106, 140, 141 as they stand in recorded logs.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from vidocq.content.sources.windows_event.dialects import Entry, join_user
from vidocq.model.source import Row

SCRIPT = 20_000
"""Characters of a script that are kept: far more than any command that a person types."""


def address(text: str | None) -> str | None:
    """An address in its usual form; names and brackets are none."""
    if not text:
        return None
    text = text.strip("[]").removeprefix("::ffff:").split("%")[0]
    return text.lower() if re.fullmatch(r"[0-9a-fA-F:.]{2,45}", text) and (":" in text or text.count(".") == 3) else None


def number(text: str | None) -> int | None:
    """A decimal or hexadecimal number; None for anything else."""
    try:
        return int(text, 16 if text.lower().startswith("0x") else 10) if text else None
    except ValueError:
        return None


def guid(text: str | None) -> str | None:
    return text.strip("{}").lower() if text else None


def hash_of(e: Entry, kind: str) -> str | None:
    found = re.search(rf"\b{kind}=([0-9A-Fa-f]+)", e.data.get("Hashes") or e.data.get("Hash") or "")
    return found[1].lower() if found else None


def subject(e: Entry) -> str | None:
    """Who did it, as the event's own fields name them."""
    return e.data.get("User") or e.data.get("SourceUser") or join_user(e.data.get("SubjectDomainName"), e.data.get("SubjectUserName"))


def target(e: Entry) -> str | None:
    return join_user(e.data.get("TargetDomainName"), e.data.get("TargetUserName"))


def _reach(operation: str) -> Callable[[Entry], Row]:
    """Sysmon 8 and 10: one process reaches into the memory of another."""

    def make(e: Entry) -> Row:
        d = e.data
        return "process_activity", {
            "host": e.host, "actor_user": subject(e), "process": d.get("TargetImage"), "pid": number(d.get("TargetProcessId")),
            "process_guid": guid(d.get("TargetProcessGUID") or d.get("TargetProcessGuid")), "parent": d.get("SourceImage"), "parent_pid": number(d.get("SourceProcessId")),
            "parent_guid": guid(d.get("SourceProcessGUID") or d.get("SourceProcessGuid")), "operation": operation, "access": d.get("GrantedAccess"),
            "call_trace": d.get("CallTrace") or d.get("StartModule") or d.get("StartAddress"),
        }

    return make


def _exit(e: Entry) -> Row:
    """Sysmon 5 and Security 4689: a process has ended, and its number is free for another."""
    d = e.data
    return "process_activity", {
        "host": e.host, "actor_user": subject(e), "process": d.get("Image") or d.get("ProcessName"), "pid": number(d.get("ProcessId")), "process_guid": guid(d.get("ProcessGuid")), "operation": "exit",
        "logon_id": d.get("SubjectLogonId"),
    }


def _handle(e: Entry) -> Row | None:
    """Security 4656 and 4663: a handle to a process is asked for or used. To anything else, see `_object`."""
    d = e.data
    if d.get("ObjectType") != "Process":
        return _object(e)
    return "process_activity", {
        "host": e.host, "actor_user": subject(e), "process": d.get("ObjectName"), "parent": d.get("ProcessName"), "parent_pid": number(d.get("ProcessId")),
        "operation": "open", "access": d.get("AccessMask"), "logon_id": d.get("SubjectLogonId"),
    }


def _object(e: Entry) -> Row:
    """An object that is audited: of the directory (4661, 4662, 5136), the registry or the disk (4656, 4663)."""
    d = e.data
    return "entity_management", {
        "host": e.host, "actor_user": subject(e), "object": d.get("ObjectName") or d.get("ObjectDN"), "object_type": d.get("ObjectType") or d.get("ObjectClass"),
        "operation": {"4661": "open", "4662": "access", "4656": "open", "4663": "access", "5136": "change"}.get(e.id, "access"),
        "properties": d.get("Properties") or " ".join(filter(None, (d.get("AttributeLDAPDisplayName"), d.get("AttributeValue")))) or None, "access": d.get("AccessMask"),
    }


_ISSUED = {"1200": "success", "1202": "success", "1201": "failure", "1203": "failure"}


def _federated(e: Entry) -> Row | None:
    """AD FS 1200 to 1203: a token for a relying party, or the credentials before it. Source: learn.microsoft.com, "Audit events to Windows Server" (AD FS)."""
    said = html.unescape(" ".join(e.data.values()))
    found = {name: m[1].strip() for name in ("UserId", "IpAddress", "ForwardedIpAddress", "RelyingParty", "MfaMethod") if (m := re.search(rf"<{name}>([^<]{{1,500}})<", said))}
    if "UserId" not in found or "AD FS" not in str(e.header.get("Provider_Name") or "AD FS"):
        return None
    seen = (found.get("ForwardedIpAddress") or found.get("IpAddress") or "").split(",")[0].strip()
    return "authentication", {
        "src_ip": address(seen), "actor_user": found["UserId"], "service": "adfs", "status": _ISSUED[e.id], "method": "federated", "client": found.get("RelyingParty"),
    }


def _module(e: Entry) -> Row:
    d = e.data
    return "module_activity", {
        "host": e.host, "actor_user": subject(e), "process": d.get("Image") or ("System" if e.id == "6" else None), "pid": number(d.get("ProcessId")), "process_guid": guid(d.get("ProcessGuid")),
        "file_name": d.get("ImageLoaded"), "sha256": hash_of(e, "SHA256"), "signed": {"true": True, "false": False}.get(d.get("Signed", "").lower()), "signer": d.get("Signature"),
        "product": d.get("Product"),
    }


_WRITES = {"12": None, "13": "set", "14": "rename"}


def _registry(e: Entry) -> Row:
    d = e.data
    said = d.get("EventType", "")
    operation = _WRITES.get(e.id) or ("delete" if said.startswith("Delete") else "create" if said.startswith("Create") else said.lower() or None)
    return "registry_activity", {
        "host": e.host, "actor_user": subject(e), "process": d.get("Image"), "pid": number(d.get("ProcessId")), "process_guid": guid(d.get("ProcessGuid")), "path": d.get("TargetObject"),
        "value": d.get("Details") or d.get("NewName"), "operation": operation,
    }


def _registry_audited(e: Entry) -> Row:
    """Security 4657: a value was changed."""
    d = e.data
    return "registry_activity", {
        "host": e.host, "actor_user": subject(e), "process": d.get("ProcessName"), "pid": number(d.get("ProcessId")), "operation": "set", "value": d.get("NewValue"),
        "path": "\\".join(filter(None, (d.get("ObjectName"), d.get("ObjectValueName")))) or None,
    }


def _script(e: Entry) -> Row:
    """PowerShell 4103, 4104 (with their account in the event's header), 400 and 800 (Windows PowerShell)."""
    d = e.data
    said = d.get("ScriptBlockText") or d.get("Payload") or d.get("Data") or d.get("Message") or ""
    application = re.search(r"HostApplication\s*=\s*([^\n|]+)", d.get("ContextInfo") or said)
    return "script_activity", {
        "host": e.host, "actor_user": subject(e) or e.account, "interpreter": "powershell", "path": d.get("Path") or None, "text": said[:SCRIPT] or None,
        "command": application[1].strip()[:SCRIPT] if application else None, "pid": number(str(e.pid)) if e.channel == "powershell" else None,
    }


def _service(e: Entry) -> Row:
    d = e.data
    return "job_activity", {
        "host": e.host, "actor_user": subject(e) or e.account, "kind": "service", "name": d.get("ServiceName") or d.get("param1"), "command": d.get("ImagePath") or d.get("ServiceFileName"),
        "account": d.get("AccountName") or d.get("ServiceAccount"), "operation": "create",
    }


def _task(operation: str) -> Callable[[Entry], Row]:
    def make(e: Entry) -> Row:
        d = e.data
        content = html.unescape(d.get("TaskContent") or d.get("TaskContentNew") or "")
        said = [m[1] for m in re.finditer(r"<(?:Command|Arguments)>([^<]*)<", content)]
        return "job_activity", {
            "host": e.host, "actor_user": subject(e) or d.get("UserContext") or e.account, "kind": "task", "name": d.get("TaskName"),
            "command": " ".join(said) or d.get("ActionName") or d.get("Path") or None, "operation": operation,
        }

    return make


def _subscription(e: Entry) -> Row:
    """Sysmon 19 to 21: a filter, a consumer or their binding in WMI."""
    d = e.data
    return "job_activity", {
        "host": e.host, "actor_user": d.get("User"), "kind": "subscription", "name": d.get("Name") or d.get("Filter"), "command": d.get("Destination") or d.get("Query") or d.get("Consumer"),
        "operation": {"modified": "change", "deleted": "delete"}.get(d.get("Operation", "").lower(), "create"),
    }


_ACCOUNTS = {
    "4720": "create", "4722": "enable", "4723": "change password", "4724": "reset password", "4725": "disable", "4726": "delete", "4738": "change", "4740": "lock", "4781": "rename",
    "4728": "add to group", "4732": "add to group", "4756": "add to group", "4729": "remove from group", "4733": "remove from group", "4757": "remove from group", "4741": "create machine",
    "4742": "change machine", "4765": "add history", "4794": "set restore password", "4798": "list groups of", "4799": "list members of",
}


def _account(e: Entry) -> Row:
    d = e.data
    grouped = e.id in ("4728", "4732", "4756", "4729", "4733", "4757", "4799")
    member = d.get("MemberName") or d.get("MemberSid")
    return "account_change", {
        "host": e.host, "actor_user": subject(e), "target_user": member if grouped else target(e) or join_user(d.get("TargetDomainName"), d.get("NewTargetUserName")), "group_name": d.get("TargetUserName") if grouped else None, "operation": _ACCOUNTS[e.id],
        "detail": d.get("ServicePrincipalNames") or d.get("UserAccountControl") or d.get("OldTargetUserName") or d.get("CallerProcessName"),
    }


def _log(operation: str) -> Callable[[Entry], Row]:
    def make(e: Entry) -> Row:
        d = e.data
        return "event_log_activity", {
            "host": e.host, "actor_user": subject(e) or e.account, "operation": operation, "log": d.get("Channel") or ("Security" if e.channel == "security" else e.channel),
            "detail": " ".join(filter(None, (d.get("CategoryId"), d.get("SubcategoryGuid"), d.get("AuditPolicyChanges")))) or None,
        }

    return make


def _share(e: Entry) -> Row:
    d = e.data
    return "smb_activity", {
        "src_ip": address(d.get("IpAddress")), "src_port": number(d.get("IpPort")), "share": d.get("ShareName"), "path": d.get("RelativeTargetName"), "operation": "access",
        "actor_user": subject(e), "host": e.host, "access": d.get("AccessMask"),
    }


def _pipe(e: Entry) -> Row:
    d = e.data
    return "file_activity", {"file_name": d.get("PipeName"), "process": d.get("Image"), "host": e.host, "protocol": "pipe", "operation": "create" if e.id == "17" else "open", "pid": number(d.get("ProcessId")), "process_guid": guid(d.get("ProcessGuid"))}


def _defender(e: Entry) -> Row:
    """Microsoft Defender Antivirus 1116 (found) and 1117 (acted): an alert of another tool."""
    d = e.data
    name = d.get("Threat Name") or d.get("ThreatName") or "malware"
    return "detection_finding", {
        "rule": f"defender:{name}", "title": f"{name} in {d.get('Path') or d.get('Process Name') or 'a file'}", "message": d.get("Category Name"), "product": "Microsoft Defender Antivirus",
        "severity": {"1": 2, "2": 3, "4": 4, "5": 5}.get(d.get("Severity ID", ""), 3), "category": "threat", "host": e.host, "actor_user": d.get("Detection User"),
        "action": d.get("Action Name"),
    }


CLASSES: dict[tuple[str, str], Callable[[Entry], Row | None]] = {
    ("sysmon", "5"): _exit,
    ("security", "4689"): _exit,
    ("sysmon", "6"): _module,
    ("sysmon", "7"): _module,
    ("sysmon", "8"): _reach("inject"),
    ("sysmon", "10"): _reach("open"),
    **{("sysmon", n): _registry for n in ("12", "13", "14")},
    ("sysmon", "17"): _pipe,
    ("sysmon", "18"): _pipe,
    **{("sysmon", n): _subscription for n in ("19", "20", "21")},
    **{("security", n): _federated for n in _ISSUED},
    **{("security", n): _handle for n in ("4656", "4663")},
    **{("security", n): _object for n in ("4661", "4662", "5136")},
    ("security", "4657"): _registry_audited,
    ("security", "4697"): _service,
    ("system", "7045"): _service,
    ("security", "4698"): _task("create"),
    ("security", "4699"): _task("delete"),
    ("security", "4702"): _task("change"),
    ("taskscheduler", "106"): _task("create"),
    ("taskscheduler", "140"): _task("change"),
    ("taskscheduler", "141"): _task("delete"),
    ("taskscheduler", "200"): _task("run"),
    **{("security", n): _account for n in _ACCOUNTS},
    ("security", "1102"): _log("clear"),
    ("system", "104"): _log("clear"),
    ("security", "4719"): _log("change audit policy"),
    **{("security", n): _share for n in ("5140", "5145")},
    **{("powershell", n): _script for n in ("4103", "4104")},
    **{("windows-powershell", n): _script for n in ("400", "800")},
    **{("windows-defender", n): _defender for n in ("1116", "1117")},
}
"""(channel, event id) -> the class and columns of an event. Beside it the whole of what the event says stays as a base event."""
