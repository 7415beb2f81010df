"""Windows event logs, binary or as JSON: Security, Sysmon, PowerShell and every other channel.

Source of the fields: learn.microsoft.com, "Advanced security audit policy settings" (Security) and "Sysmon" (Sysinternals); the tables
SecurityEvent and WindowsEvent of Azure Monitor; docs.nxlog.co, "im_msvistalog"; github.com/omerbenamram/evtx.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

from vidocq.content.sources.windows_event.dialects import Entry, join_user, read, shift_of
from vidocq.content.sources.windows_event.endpoint import CLASSES, address, guid, hash_of, number
from vidocq.model.source import Head, Layout, Row, Source, names_in

MESSAGE = 500
LONGEST = 32_768
"""Characters of one field: an event of Windows has 64 KiB, in two bytes each."""
ENOUGH = 200
"""Records whose own time tells the clock of a file."""
_FLAT = re.compile(r'"Event(ID|Id)"\s*:')
_BEAT = re.compile(r'"winlog"\s*:\s*\{')
_EVTX = re.compile(r'"Event"\s*:\s*\{')


def recognise(head: Head) -> Layout | None:
    text = head.text[:60_000]
    if text.startswith("ElfFile\0"):
        return Layout("evtx")
    if text.lstrip()[:1] not in ("{", "["):
        return None
    names = names_in(text)
    evtx = _EVTX.search(text) and {"System", "EventID"} <= names
    flat = _FLAT.search(text) and "Channel" in names and {"Hostname", "Computer", "computer_name"} & names
    beat = _BEAT.search(text) and "event_id" in names
    if not (evtx or flat or beat):
        return None
    shift = 0 if evtx or beat else shift_of(list(islice(_with_own_time(head.further() if head.further else text), ENOUGH)))
    return Layout("json", within=("Events", "records", "value"), variant=str(shift) if shift else "")


def _with_own_time(text: str) -> Iterator[Mapping[str, Any]]:
    """The records that carry a time of their own. They may stand far behind those of other channels."""
    for line in text.split("\n"):
        if '"UtcTime"' not in line:
            continue
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if isinstance(record, dict):
            yield record


def rows(record: Mapping[str, Any]) -> Iterator[Row]:
    entry = read(record)
    make = _CLASSES.get((entry.channel, entry.id))
    common = {"time": entry.time, "uid": entry.uid}
    made = make(entry) if make else None
    complete = (entry.channel, entry.id) in _COMPLETE
    if made:
        yield made[0], {**made[1], **common, **({"fields": _said(entry)} if complete else {})}
    # A process start and a sign-in have columns for all they say. Of a connection, a look-up or a file the event says more than its class
    # has columns for: the process, the account, what was done.
    if not made or not complete:
        yield "base_event", {**_base(entry), **common, "fields": _said(entry)}


def _said(e: Entry) -> str:
    """All fields of the event under their own names, as JSON."""
    header = {k: str(v) for k, v in e.header.items() if v is not None}
    # Defender writes `Threat Name`, rules about it `ThreatName`.
    joined = {k.replace(" ", ""): v for k, v in e.data.items() if " " in k}
    # No text in the store has a NUL or half a character.
    said = {k: v[:LONGEST].replace("\0", "") for k, v in {**header, **joined, **e.data, "EventID": e.id}.items()}
    return json.dumps(said, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")


def _base(e: Entry) -> dict[str, Any]:
    return {
        "type": f"windows.{e.channel}.{e.id}",
        "host": e.host,
        "actor_user": _actor(e),
        "src_ip": address(_first(e, "IpAddress", "SourceIp", "SourceAddress", "ClientAddress")),
        "dst_ip": address(_first(e, "DestinationIp", "DestAddress")),
        "message": _message(e.data),
    }


def _first(e: Entry, *names: str) -> str | None:
    return next((e.data[n] for n in names if n in e.data), None)


def _actor(e: Entry) -> str | None:
    """Who did it. The header of a Sysmon event names the account of Sysmon itself: nobody."""
    named = _first(e, "User", "SourceUser") or join_user(e.data.get("SubjectDomainName"), e.data.get("SubjectUserName"))
    return named or (e.account if e.channel != "sysmon" else None) or _target(e)


def _target(e: Entry) -> str | None:
    # A failed pre-authentication names its realm only in the service that was asked.
    realm = e.data.get("ServiceName", "").partition("krbtgt/")[2] if e.id == "4771" else None
    return join_user(e.data.get("TargetDomainName") or realm, e.data.get("TargetUserName"))


# What tells an analyst most stands first: a message is cut at its end.
_LEADING = (
    "Image", "SourceImage", "TargetImage", "GrantedAccess", "ImageLoaded", "Signed", "EventType", "TargetObject", "Details", "PipeName",
    "TargetFilename", "QueryName", "QueryResults", "DestinationIp", "DestinationPort", "DestinationHostname", "ScriptBlockText", "Payload",
    "ContextInfo", "ServiceName", "ImagePath", "ServiceFileName", "TaskName", "TaskContent", "ObjectName", "ObjectType", "ProcessName",
    "NewProcessName", "CommandLine", "ShareName", "RelativeTargetName", "AccessMask", "TargetUserName", "MemberName", "TicketEncryptionType",
    "TicketOptions", "Status", "Properties", "url", "Application", "Message",
)
_TRAILING = frozenset({
    "UtcTime", "RuleName", "ProcessGuid", "SourceProcessGUID", "TargetProcessGUID", "LogonGuid", "ParentProcessGuid", "CallTrace", "SubjectUserSid",
    "SubjectLogonId", "HandleId", "Hashes", "SubjectDomainName", "TargetUserSid", "TargetSid", "ServiceSid", "TargetLogonId", "FilterRTID",
    "LayerRTID", "LayerName", "AccessReason", "AccessList", "FileVersion", "Product", "Company", "Description", "ResourceAttributes", "ObjectServer",
})
_RANK = {name: n for n, name in enumerate(_LEADING)}


def _message(data: Mapping[str, str]) -> str | None:
    """The fields in one line, the telling ones first, at most 500 characters."""
    said: list[str] = []
    size = 0
    for name in sorted(data, key=lambda n: _RANK.get(n, 1000) if n not in _TRAILING else 2000):
        value = data[name]
        if name.endswith("Guid") and not value.strip("{}0-"):
            continue
        piece = f"{name}={' '.join(value[:MESSAGE].split())}"
        said.append(piece)
        size += len(piece) + 2
        if size > MESSAGE:
            break
    return ", ".join(said)[:MESSAGE] or None


_INTEGRITY = {"S-1-16-4096": "Low", "S-1-16-8192": "Medium", "S-1-16-8448": "Medium", "S-1-16-12288": "High", "S-1-16-16384": "System"}


def _sysmon_process(e: Entry) -> Row:
    d = e.data
    return "process_activity", {
        "host": e.host,
        "actor_user": d.get("User"),
        "process": d.get("Image"),
        "pid": number(d.get("ProcessId")),
        "process_guid": guid(d.get("ProcessGuid")),
        "command": d.get("CommandLine"),
        "parent": d.get("ParentImage"),
        "parent_pid": number(d.get("ParentProcessId")),
        "parent_guid": guid(d.get("ParentProcessGuid")),
        "parent_command": d.get("ParentCommandLine"),
        "file_name": d.get("OriginalFileName"),
        "sha256": hash_of(e, "SHA256"),
        "md5": hash_of(e, "MD5"),
        "integrity": d.get("IntegrityLevel"),
        "operation": "start",
        "folder": d.get("CurrentDirectory"),
        "product": d.get("Product"),
        "company": d.get("Company"),
        "logon_id": d.get("LogonId"),
    }


def _security_process(e: Entry) -> Row:
    d = e.data
    return "process_activity", {
        "host": e.host,
        "actor_user": _target(e) or _actor(e),
        "process": d.get("NewProcessName"),
        "pid": number(d.get("NewProcessId")),
        "command": d.get("CommandLine"),
        "parent": d.get("ParentProcessName"),
        "parent_pid": number(d.get("ProcessId")),
        "integrity": _INTEGRITY.get(d.get("MandatoryLabel", "")),
        "operation": "start",
        "logon_id": d.get("SubjectLogonId"),
    }


def _sysmon_connection(e: Entry) -> Row:
    d = e.data
    begun, protocol = d.get("Initiated", "").lower(), d.get("Protocol", "").lower() or None
    return "network_activity", {
        "src_ip": address(d.get("SourceIp")),
        "src_port": number(d.get("SourcePort")),
        "dst_ip": address(d.get("DestinationIp")),
        "dst_port": number(d.get("DestinationPort")),
        "protocol": protocol,
        "established": True if protocol == "tcp" else None,
        "direction": {"true": "outbound", "false": "inbound"}.get(begun),
        "action": "allow",
        "host": e.host,
        "actor_user": d.get("User"),
        "process": d.get("Image"),
        "pid": number(d.get("ProcessId")),
        "process_guid": guid(d.get("ProcessGuid")),
    }


_PROTOCOLS = {"1": "icmp", "6": "tcp", "17": "udp", "58": "icmp6"}


def _filtered_connection(e: Entry) -> Row:
    """A connection that the Windows Filtering Platform let pass (5156) or stopped (5152, 5157)."""
    d = e.data
    return "network_activity", {
        "src_ip": address(d.get("SourceAddress")),
        "src_port": number(d.get("SourcePort")),
        "dst_ip": address(d.get("DestAddress")),
        "dst_port": number(d.get("DestPort")),
        "protocol": _PROTOCOLS.get(d.get("Protocol", ""), d.get("Protocol")),
        "direction": {"%%14592": "inbound", "%%14593": "outbound"}.get(d.get("Direction", "")),
        "action": "allow" if e.id == "5156" else "deny",
        "established": None if e.id == "5156" else False,
    }


# learn.microsoft.com, "DNS error codes".
_RCODES = {"0": "NOERROR", "9001": "FORMERR", "9002": "SERVFAIL", "9003": "NXDOMAIN", "9004": "NOTIMP", "9005": "REFUSED", "9501": "NOERROR", "1460": "TIMEOUT"}


def _look_up(e: Entry) -> Row:
    results = e.data.get("QueryResults", "")
    addresses = (address(r.strip()) for r in results.split(";"))
    return "dns_activity", {
        "query": e.data.get("QueryName", "").rstrip(".").lower(),
        "rcode": _RCODES.get(e.data.get("QueryStatus", ""), e.data.get("QueryStatus")),
        "answers": results or None,
        "answer_ip": next((a for a in addresses if a), None),
        "host": e.host,
        "process": e.data.get("Image"),
        "pid": number(e.data.get("ProcessId")),
        "process_guid": guid(e.data.get("ProcessGuid")),
    }


def _file(e: Entry) -> Row:
    return "file_activity", {
        "file_name": e.data.get("TargetFilename"),
        "process": e.data.get("Image"),
        "host": e.host,
        "pid": number(e.data.get("ProcessId")),
        "process_guid": guid(e.data.get("ProcessGuid")),
        "md5": hash_of(e, "MD5"),
        "sha1": hash_of(e, "SHA1"),
        "sha256": hash_of(e, "SHA256"),
    }


_KERBEROS = {"4768": "AS", "4769": "TGS", "4771": "AS"}
_FAILS = frozenset({"4625", "4771"})


def _sign_in(e: Entry) -> Row:
    """A sign-in, a ticket or a check of credentials. `actor_user` is the account that is signed in."""
    d = e.data
    failed = e.id in _FAILS or (e.id != "4648" and number(d.get("Status")) not in (None, 0))
    service = "kerberos" if e.id in _KERBEROS else "ntlm" if e.id == "4776" else "windows"
    return "authentication", {
        "src_ip": address(d.get("IpAddress")),
        "src_port": number(d.get("IpPort")) or None,
        "actor_user": _target(e),
        "host": e.host,
        "service": service,
        # 4648 tells of an attempt with somebody's password; how it ended, another event says.
        "status": "attempt" if e.id == "4648" else "failure" if failed else "success",
        "method": _KERBEROS.get(e.id) or d.get("AuthenticationPackageName") or ("explicit credentials" if e.id == "4648" else None),
        "client": _first(e, "WorkstationName", "Workstation", "ServiceName", "TargetServerName"),
        "logon_type": d.get("LogonType"),
    }


def _remote_desktop(e: Entry) -> Row:
    """1149: the network part of a Remote Desktop sign-in went through."""
    d = e.data
    return "authentication", {
        "src_ip": address(d.get("Param3")),
        "actor_user": join_user(d.get("Param2"), d.get("Param1")),
        "host": e.host,
        "service": "rdp",
        "status": "success",
        "logon_type": "10",
    }


def _database(e: Entry) -> Row:
    """18453 to 18456: SQL Server tells of a sign-in in unnamed values: the account, perhaps the reason, `[CLIENT: address]`."""
    said = e.data.get("Data") or e.data.get("Message", "")
    client = re.search(r"\[CLIENT: ([^\]]+)\]", said)
    name = re.search(r"user '([^']+)'", said)
    return "authentication", {
        "src_ip": address(client[1]) if client else None,
        "actor_user": name[1] if name else said.split(" | ")[0][:200] or None,
        "host": e.host,
        "service": "mssql",
        "status": "failure" if e.id == "18456" else "success",
        "method": "password" if e.id != "18453" else "windows",
    }


_CLASSES: dict[tuple[str, str], Callable[[Entry], Row | None]] = {
    ("sysmon", "1"): _sysmon_process,
    ("sysmon", "3"): _sysmon_connection,
    ("sysmon", "22"): _look_up,
    **{("sysmon", n): _file for n in ("11", "15", "23", "26")},
    ("security", "4688"): _security_process,
    **{("security", n): _filtered_connection for n in ("5152", "5156", "5157")},
    **{("security", n): _sign_in for n in ("4624", "4625", "4648", "4768", "4769", "4771", "4776")},
    ("terminalservices-remoteconnectionmanager", "1149"): _remote_desktop,
    **{("application", n): _database for n in ("18453", "18454", "18456")},
    **CLASSES,
}
_COMPLETE = frozenset({("sysmon", "1"), ("security", "4688"), ("security", "4624"), ("security", "4625")})

SOURCE = Source(id="windows_event", title="Windows event logs (.evtx, JSON)", recognise=recognise, rows=rows, rank=55, unique=True)
