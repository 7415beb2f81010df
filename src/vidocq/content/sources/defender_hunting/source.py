"""Microsoft Defender XDR, Advanced Hunting: as the streaming API sends its tables, and as rows and columns that somebody exported.

A streamed row names its table (`category`); of an exported one the columns tell which table it is of.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from vidocq.content.sources.defender_hunting import device, others
from vidocq.content.sources.defender_hunting.cells import account, address, cell
from vidocq.model.clock import moment
from vidocq.model.record import inside, text
from vidocq.model.source import Head, Layout, Row, Source, names_in

MESSAGE = 500
_STREAM = re.compile(r'"category"\s*:\s*"AdvancedHunting-\w+"')
_TIMES = frozenset({"Timestamp", "TimeGenerated"})
_DEVICE = ("InitiatingProcessFileName", "InitiatingProcessCommandLine", "InitiatingProcessAccountName", "ProcessCommandLine", "RemoteDeviceName")
_MARKS = (
    # columns that only rows of one table have together.
    ("EmailAttachmentInfo", ("NetworkMessageId", "RecipientEmailAddress", "FileName")), ("EmailUrlInfo", ("NetworkMessageId", "UrlDomain")), ("EmailEvents", ("NetworkMessageId", "RecipientEmailAddress")), ("UrlClickEvents", ("UrlChain", "IsClickedThrough")), ("IdentityQueryEvents", ("ActionType", "QueryType", "QueryTarget")),
    ("IdentityDirectoryEvents", ("ActionType", "TargetAccountUpn", "DestinationDeviceName")),
    ("IdentityLogonEvents", ("LogonType", "Application", "ActionType", "AccountName", "IPAddress")), ("EntraIdSignInEvents", ("ErrorCode", "Application", "AccountUpn", "IPAddress")),
    ("CloudAppEvents", ("ActionType", "Application", "AccountObjectId", "IPAddress")), ("AlertEvidence", ("AlertId", "EntityType", "EvidenceRole")), ("AlertInfo", ("AlertId", "Title", "ServiceSource", "Severity")),
    ("DeviceRegistryEvents", ("RegistryKey", "RegistryValueName")), ("DeviceLogonEvents", ("LogonType", "DeviceName", "ActionType", "AccountName")), ("DeviceEvents", ("DeviceName", "ActionType")),
)


def recognise(head: Head) -> Layout | None:
    said = head.text[:60_000]
    first = said.lstrip()[:1]
    if first in ("{", "["):
        told = names_in(said)
        streamed = _STREAM.search(said) and "properties" in told
        rows_ = told & _TIMES and (
            ("ActionType" in told and told & {"DeviceName", "DeviceId"} and told.intersection(_DEVICE)) or any(told.issuperset(columns) for table, columns in _MARKS if not table.startswith("Device"))
        )
        return Layout("json", within=("records", "results", "Results", "value")) if streamed or rows_ else None
    names = {n.strip().strip('"') for n in head.first_line().lstrip("\ufeff").split(",")}
    if names & _TIMES and (any(set(columns) <= names for _, columns in _MARKS)):
        return Layout("csv", separator=",")
    return None


def _table(record: Mapping[str, Any], r: Mapping[str, Any]) -> str | None:
    streamed = text(record, "category") or ""
    if streamed.startswith("AdvancedHunting-"):
        return streamed.removeprefix("AdvancedHunting-")
    told = cell(r, "$table", "Type", "TableName", "SourceTable")
    if told and re.fullmatch(r"(Device|Email|Identity|CloudApp|Url|Alert|AAD|EntraId)\w+", told):
        return told
    return next((table for table, columns in _MARKS if all(c in r for c in columns)), None)


def rows(record: Mapping[str, Any]) -> Iterator[Row]:
    r = inside(record, "properties") or record
    table = _table(record, r)
    common = {
        "time": moment(r.get("Timestamp"), r.get("TimeGenerated"), record.get("time")),
        "uid": _uid(table, r),
    }
    if table and table in others.TABLES:
        for name, row in others.TABLES[table](r):
            yield name, {**row, **common}
        return
    name, row = device.made(table, r) or ("base_event", _base(table, r))
    yield name, {**row, **common}


def _uid(table: str | None, r: Mapping[str, Any]) -> str | None:
    """`ReportId` counts on each device anew, and is the same for some events of one moment; an alert has a row for each thing it is about."""
    if table == "AlertInfo":
        return cell(r, "AlertId")
    report, when = cell(r, "ReportId"), cell(r, "Timestamp", "TimeGenerated")
    return f"{cell(r, 'DeviceId', 'AccountObjectId', 'NetworkMessageId') or table}/{report}/{when}" if report and table != "AlertEvidence" else None


def _base(table: str | None, r: Mapping[str, Any]) -> dict[str, Any]:
    said = {k: str(v) for k, v in r.items() if isinstance(v, str | int | float) and v != "" and k not in ("Timestamp", "variant")}
    return {
        "type": f"defender.{table or 'row'}", "host": (cell(r, "DeviceName") or "").lower() or None, "actor_user": account(r, "Account") or account(r, "InitiatingProcessAccount"), "src_ip": address(r, "IPAddress", "LocalIP"),
        "dst_ip": address(r, "RemoteIP"), "message": ", ".join(f"{k}={' '.join(v[:MESSAGE].split())}" for k, v in said.items())[:MESSAGE] or None,
        "fields": json.dumps({k: v[:32_768] for k, v in said.items()}),
    }


SOURCE = Source(id="defender_hunting", title="Microsoft Defender XDR, Advanced Hunting tables", recognise=recognise, rows=rows, rank=61, lag_s=900)
