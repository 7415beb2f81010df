"""Microsoft Entra ID and Intune: sign-ins, audits and risks as Azure Monitor's diagnostics, Microsoft Graph or Sentinel's tables write them.

Source of the fields: learn.microsoft.com, "signIn resource type", "directoryAudit resource type", "riskDetection resource type", "Azure Monitor
resource logs schema", and the table reference of SigninLogs, AuditLogs and IntuneAuditLogs. Names are compared in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from vidocq.content.sources.entra_id.audits import directory, intune
from vidocq.content.sources.entra_id.sign_ins import risky, sign_in
from vidocq.model.control_plane import SAID, compact, lowered
from vidocq.model.record import at, inside, text
from vidocq.model.source import Head, Layout, Row, Source, names_in

_CATEGORIES = ("signinlogs", "noninteractiveusersigninlogs", "serviceprincipalsigninlogs", "managedidentitysigninlogs", "adfssigninlogs", "riskyusers", "userriskevents", "riskyserviceprincipals",
               "serviceprincipalriskevents")  # fmt: skip
_DIAGNOSTICS = re.compile(rf'"resourceid"\s*:\s*"[^"]*microsoft\.aadiam|"category"\s*:\s*"(?:{"|".join(_CATEGORIES)}|auditlogs)"')


def recognise(head: Head) -> Layout | None:
    lower = head.text[:60_000].lower()
    if {"class_uid", "eventsource"} & names_in(lower):
        return None
    holds = names_in(lower).issuperset
    diagnostics = holds({"category", "operationname"}) and (_DIAGNOSTICS.search(lower) or holds({"properties", "initiatedby"}))
    device = holds({"category", "intuneaccountid"}) or holds({"auditeventid", "activitytype"})
    graph = holds({"createddatetime", "userprincipalname", "clientappused"}) or holds({"activitydatetime", "activitydisplayname", "initiatedby"}) or holds({"riskeventtype", "risklevel"}) or holds({"risklevel", "risklastupdateddatetime"})
    sentinel = holds({"timegenerated", "userprincipalname", "appdisplayname"}) or holds({"timegenerated", "initiatedby", "targetresources"})
    return Layout("json", within=("records", "value")) if diagnostics or device or graph or sentinel else None


def rows(record: Mapping[str, Any]) -> Iterator[Row]:
    outer = lowered(record)
    said = inside(outer, "properties") or outer
    category = (text(outer, "category") or text(outer, "type") or "").lower()
    if "auditeventid" in said or "intuneaccountid" in said or category == "operationallogs":
        yield from intune(outer, said)
    elif "riskyuser" in category or "riskevents" in category or "riskyserviceprincipal" in category or "riskeventtype" in said or "risklastupdateddatetime" in said:
        yield from risky(outer, said)
    elif "initiatedby" in said or category == "auditlogs":
        yield from directory(outer, said)
    elif "signinlogs" in category or "clientappused" in said or text(outer, "operationname") == "Sign-in activity" or "appdisplayname" in said:
        yield from sign_in(outer, said)
    else:
        yield "base_event", {"time": at(outer, "time", "timegenerated", "createddatetime"), "uid": text(outer, "id", "correlationid"), "type": f"entra {category}".strip(), "message": compact(said)[:SAID]}


SOURCE = Source(id="entra_id", title="Microsoft Entra ID and Intune (sign-ins, audits, risks)", recognise=recognise, rows=rows, rank=61, lag_s=900)
