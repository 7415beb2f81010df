"""The dialects in which a Windows event is written as JSON, each read into one `Entry`."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from vidocq.model.record import nested

QUARTER_S = 900
DEEPEST = 8
_UNSET = frozenset({"", "-", "(null)"})
_RECORD_IDS = ("RecordNumber", "EventRecordID", "EventRecordId", "record_id")
_XML_DATA = re.compile(r'<Data Name="([^"<]+)"\s*>([^<]*)</Data>')

# What a collector says about the delivery of an event, or the event's header says beside its fields.
_ENVELOPE = frozenset({
    "@timestamp", "@version", "AccountName", "AccountType", "ActivityID", "Activity", "Category", "Channel", "Computer", "Domain",
    "ERROR_EVT_UNRESOLVED", "EventData", "EventID", "EventId", "EventLevel", "EventLevelName", "EventOriginId", "EventReceivedTime", "EventRecordID",
    "EventRecordId", "EventSourceName", "EventTime", "EventType", "EventTypeOrignal", "ExecutionProcessID", "Hostname", "Keywords", "Level", "MG",
    "ManagementGroupName", "Message", "Opcode", "OpcodeValue", "Provider", "ProviderGuid", "RecordNumber", "Severity", "SeverityValue",
    "SourceComputerId", "SourceModuleName", "SourceModuleType", "SourceName", "SourceSystem", "Task", "TenantId", "ThreadID", "TimeCollected",
    "TimeCreated", "TimeGenerated", "Type", "UserData", "UserID", "Version", "_ResourceId", "computer_name", "host", "port", "record_id", "tags",
    "variant",
})
_LEVELS = frozenset({"INFO", "WARNING", "ERROR", "CRITICAL", "VERBOSE", "DEBUG", "AUDIT_SUCCESS", "AUDIT_FAILURE"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One event, whatever its dialect. `data` holds the fields that say something, as text."""

    time: datetime | str | None
    uid: str | None
    host: str | None
    channel: str
    id: str
    data: Mapping[str, str]
    account: str | None = None
    """Whom the event's header names, where the fields name nobody."""
    pid: Any = None
    """The process that wrote the event, as the header says: it did what the event tells only where that is its own affair (a script)."""
    header: Mapping[str, Any] = field(default_factory=dict)
    """What else the header says, under the names that rules have for it; parts may be None."""


def read(record: Mapping[str, Any]) -> Entry:
    """The event of a record: `Event` as evtx_dump and xmltodict write it, `winlog` as Winlogbeat does, or flat (NXLog, Mordor, Azure Monitor)."""
    if isinstance(record.get("Event"), dict):
        return _from_xml(record["Event"])
    if isinstance(record.get("winlog"), dict):
        return _from_beat(record)
    return _from_flat(record)


def _from_xml(event: Mapping[str, Any]) -> Entry:
    system = event["System"]
    created = _attribute(system.get("TimeCreated"), "SystemTime")
    number = system.get("EventRecordID")
    computer, channel = system.get("Computer"), system.get("Channel")
    data: dict[str, str] = {}
    for part in ("EventData", "UserData", "ProcessingErrorData"):
        data.update(_fields(event.get(part)))
    return Entry(
        time=str(created).replace(" UTC", "Z") if created else None,
        uid=None if number is None else f"{computer}/{channel}/{number}",
        host=_host(computer),
        channel=_channel(channel or _attribute(system.get("Provider"), "Name")),
        id=str(_text(system.get("EventID"))),
        data=data,
        pid=_attribute(system.get("Execution"), "ProcessID"),
        header={"Channel": channel, "Provider_Name": _attribute(system.get("Provider"), "Name"), "Computer": computer, "Level": _text(system.get("Level"))},
    )


def _from_beat(record: Mapping[str, Any]) -> Entry:
    log = record["winlog"]
    computer, channel, number = log.get("computer_name"), log.get("channel"), log.get("record_id")
    data = {**_fields(log.get("event_data")), **_fields(log.get("user_data"))}
    return Entry(
        time=record.get("@timestamp"),
        uid=None if number is None else f"{computer}/{channel}/{number}",
        host=_host(computer),
        channel=_channel(channel),
        id=str(log["event_id"]),
        data=data or _fields({"Message": record.get("message")}),
        pid=log["process"].get("pid") if isinstance(log.get("process"), dict) else None,
        header={"Channel": channel, "Provider_Name": log.get("provider_name"), "Computer": computer},
    )


def _from_flat(record: Mapping[str, Any]) -> Entry:
    computer = record.get("Hostname") or record.get("Computer") or record.get("computer_name")
    channel = record.get("Channel")
    number = next((record[k] for k in _RECORD_IDS if record.get(k) is not None), None)
    data = {**_fields({k: v for k, v in record.items() if k not in _ENVELOPE}), **_nested(record.get("EventData")), **_nested(record.get("UserData"))}
    # `EventType` is the event's own field (Sysmon's `SetValue`), or the collector's word for its level.
    if record.get("EventType") not in _LEVELS:
        data |= _fields({"EventType": record.get("EventType")})
    if not data or data.keys() <= {"UtcTime"}:
        data |= _fields({"Message": record.get("Message")})
    return Entry(
        time=_moment(record, data.get("UtcTime")),
        uid=f"{computer}/{channel}/{number}" if channel and number is not None else None,
        host=_host(computer),
        channel=_channel(channel or record.get("SourceName")),
        id=str(record["EventID"] if "EventID" in record else record["EventId"]),
        data=data,
        account=join_user(record.get("Domain"), record.get("AccountName")),
        pid=record.get("ExecutionProcessID"),
        header={"Channel": channel, "Provider_Name": record.get("SourceName") or record.get("EventSourceName") or record.get("Provider"), "Computer": computer, "Level": record.get("Level")},
    )


def join_user(domain: Any, name: Any) -> str | None:
    """An account as Windows writes it: `DOMAIN\\name`, `name@REALM.EXAMPLE` where the domain is a realm (upper case); None for nobody."""
    if not name or name in _UNSET:
        return None
    if not domain or domain in _UNSET or "@" in name or "\\" in name:
        return str(name)
    return f"{name}@{domain.upper()}" if "." in domain else f"{domain}\\{name}"


def shift_of(records: list[Mapping[str, Any]]) -> int:
    """By how many seconds the records' own UTC times differ from those the exporter calls UTC, to the quarter of an hour.

    Some exporters write local time, even on a clock of twelve hours, and mark it as UTC: all events of the file move together. Sysmon's
    `UtcTime` is right, save in events 3 and 22, whose clock stands still while the machine sleeps.
    """
    found = []
    for r in records:
        told, own = moment(r.get("TimeCreated") or r.get("@timestamp")), moment(r.get("UtcTime"))
        if told and own and "EventTime" not in r and str(r.get("EventID")) not in ("3", "22"):
            found.append(round((own - told).total_seconds() / QUARTER_S))
    return sorted(found)[len(found) // 2] * QUARTER_S if found else 0


def moment(text: Any) -> datetime | None:
    """A time in UTC, without its zone; what names no zone is taken as UTC."""
    try:
        t = datetime.fromisoformat(str(text).strip())
    except ValueError:
        return None
    return t.astimezone(UTC).replace(tzinfo=None) if t.tzinfo else t


def _moment(record: Mapping[str, Any], own: Any) -> datetime | None:
    """When it happened, in UTC. NXLog writes local time; how far that is from UTC its time of receipt tells, which stands there in both."""
    told = moment(record.get("TimeCreated") or record.get("@timestamp") or record.get("TimeGenerated"))
    local = moment(record.get("EventTime"))
    if local is None:
        return told + timedelta(seconds=int(record.get("variant") or 0)) if told else None
    received = moment(record.get("EventReceivedTime"))
    if told and received:
        local += timedelta(seconds=round((told - received).total_seconds() / QUARTER_S) * QUARTER_S)
    # Sysmon's own time has milliseconds where NXLog's has none.
    precise = moment(own)
    return precise if precise and abs((precise - local).total_seconds()) <= 5 else local


def _fields(part: Any) -> dict[str, str]:
    """Fields by name, as text, without those that are unset. `Data` is several unnamed values, or named ones (xmltodict)."""
    return dict(_walk(part)) if isinstance(part, dict) else {}


def _walk(part: Mapping[str, Any], deep: int = 0) -> Iterator[tuple[str, str]]:
    for key, value in part.items():
        if key in ("#attributes", "xmlns", "@xmlns") or value is None:
            continue
        if key == "Data" and isinstance(value, list) and value and isinstance(value[0], dict):
            yield from _fields({str(v.get("@Name") or v.get("Name")): v.get("#text") for v in value if isinstance(v, dict)}).items()
        elif isinstance(value, dict) and "#text" not in value:
            # No event nests further; a made-up one shall not exhaust the stack.
            yield from _walk(value, deep + 1) if deep < DEEPEST else ()
        else:
            text = _text(value)
            text = text.strip() if isinstance(text, str) else " | ".join(str(t) for t in text) if isinstance(text, list) else str(text)
            if text not in _UNSET:
                yield key, text


def _nested(part: Any) -> dict[str, str]:
    """Fields that stand as JSON or XML text within a column (tables of Azure Monitor)."""
    if not isinstance(part, str):
        return _fields(part)
    if part.lstrip().startswith("<"):
        return _fields({name: html.unescape(value) for name, value in _XML_DATA.findall(part)})
    try:
        return _fields(nested(part))
    except ValueError:
        return _fields({"Message": part})


def _text(value: Any) -> Any:
    return value.get("#text") if isinstance(value, dict) else value


def _attribute(value: Any, name: str) -> Any:
    if not isinstance(value, dict):
        return value
    return (value.get("#attributes") or {}).get(name) or value.get(f"@{name}") or value.get(name)


def _host(name: Any) -> str | None:
    return str(name).strip().lower() or None if name else None


def _channel(name: Any) -> str:
    """A short name: `security`, `sysmon`, `powershell`, `windows-powershell`, `bits-client`."""
    text = str(name or "unknown").lower().removeprefix("microsoft-windows-").removesuffix("/operational")
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")
