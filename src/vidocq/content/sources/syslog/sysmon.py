"""Sysmon for Linux: events as XML, each in a line of syslog or of the journal.

Source of the fields: github.com/microsoft/SysmonForLinux; the fields of Sysmon's events 1, 3, 5, 9, 11 and 23, learn.microsoft.com ("Sysmon").
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from vidocq.model.source import Row

_DATA = re.compile(r'<Data Name="(\w+)">([^<]*)</Data>')
_ID = re.compile(r"<EventID>(\d+)</EventID>")
_RECORD = re.compile(r"<EventRecordID>(\d+)</EventRecordID>")
_COMPUTER = re.compile(r"<Computer>([^<]+)</Computer>")
MESSAGE = 500
Fields = Mapping[str, str]


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() else None


def _guid(text: str | None) -> str | None:
    return text.strip("{}").lower() if text and text.strip("{}0-") else None


def _known(text: str | None) -> str | None:
    return text if text and text != "-" else None


def _sha256(f: Fields) -> str | None:
    found = re.search(r"\bSHA256=([0-9A-Fa-f]{64})", f.get("Hashes", ""))
    return found[1].lower() if found else None


def _who(f: Fields) -> dict[str, Any]:
    return {"actor_user": _known(f.get("User")), "process": f.get("Image"), "pid": _number(f.get("ProcessId")), "process_guid": _guid(f.get("ProcessGuid"))}


def _start(f: Fields) -> Row:
    return "process_activity", {
        **_who(f), "command": f.get("CommandLine"), "parent": _known(f.get("ParentImage")), "parent_pid": _number(f.get("ParentProcessId")), "parent_guid": _guid(f.get("ParentProcessGuid")),
        "parent_command": _known(f.get("ParentCommandLine")), "sha256": _sha256(f), "operation": "start", "folder": _known(f.get("CurrentDirectory")), "logon_id": _known(f.get("LogonId")),
    }


def _end(f: Fields) -> Row:
    return "process_activity", {**_who(f), "operation": "exit"}


def _connection(f: Fields) -> Row:
    port = {k: _number(f.get(k)) for k in ("SourcePort", "DestinationPort")}
    return "network_activity", {
        **_who(f), "src_ip": f.get("SourceIp"), "src_port": port["SourcePort"], "dst_ip": f.get("DestinationIp"), "dst_port": port["DestinationPort"], "protocol": f.get("Protocol"), "action": "allow",
        "direction": {"true": "outbound", "false": "inbound"}.get(f.get("Initiated", "").lower()), "established": True if f.get("Protocol") == "tcp" else None,
    }


def _file(operation: str) -> Callable[[Fields], Row]:
    return lambda f: ("file_activity", {**_who(f), "file_name": f.get("TargetFilename"), "operation": operation, "sha256": _sha256(f)})


_CLASSES: dict[str, Callable[[Fields], Row]] = {"1": _start, "3": _connection, "5": _end, "11": _file("create"), "23": _file("delete"), "26": _file("delete")}


def of_sysmon(text: str, at: Any) -> Iterator[Row]:
    """The events of one line, with the time and the id that the event itself gives; `at` stands in for a time that is missing."""
    fields = {name: html.unescape(value) for name, value in _DATA.findall(text)}
    event, record, computer = _ID.search(text), _RECORD.search(text), _COMPUTER.search(text)
    time = _time(fields.get("UtcTime"), at)
    uid = f"{computer[1].lower()}/Linux-Sysmon/Operational/{record[1]}" if computer and record else None
    common = {"time": time, **({"uid": uid} if uid else {}), **({"host": computer[1].lower()} if computer else {})}
    make = _CLASSES.get(event[1]) if event else None
    if make:
        table, row = make(fields)
        yield table, {**row, **common}
        return
    said = ", ".join(f"{k}={v}" for k, v in fields.items())
    yield "base_event", {**common, "type": f"sysmon.{event[1] if event else 'unknown'}", "actor_user": _known(fields.get("User")), "message": said[:MESSAGE] or None}


def _time(said: str | None, at: Any) -> Any:
    try:
        return datetime.fromisoformat(said) if said else at
    except ValueError:
        return at
