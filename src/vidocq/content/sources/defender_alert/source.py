"""Alerts of Microsoft Defender XDR and its partners as Sentinel exports them (the SecurityAlert table).

Source of the fields: learn.microsoft.com, "SecurityAlert" table reference and "Microsoft Sentinel entity types reference".
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from vidocq.model.record import nested
from vidocq.model.source import Head, Layout, Row, Source, names_in

_SEVERITY = {"informational": 1, "low": 2, "medium": 3, "high": 4, "critical": 5}


def recognise(head: Head) -> Layout | None:
    return Layout("json") if {"SystemAlertId", "ProviderName"} <= names_in(head.text[:60_000]) else None


def _parsed(text: Any) -> Any:
    try:
        return nested(text) if isinstance(text, str) else text
    except ValueError:
        return None


def _entities(record: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    found = _parsed(record.get("Entities"))
    for e in found if isinstance(found, list) else []:
        if not isinstance(e, dict):
            continue
        kind = str(e.get("Type", "")).lower()
        if kind == "host" and e.get("HostName"):
            yield {"kind": "host", "name": str(e["HostName"]).lower(), "role": "host"}
        elif kind == "account" and (e.get("UserPrincipalName") or e.get("Name")):
            yield {"kind": "user", "name": str(e.get("UserPrincipalName") or e["Name"]), "role": "actor"}
        elif kind == "ip" and e.get("Address"):
            yield {"kind": "ip", "name": str(e["Address"]), "role": "peer"}
        elif kind == "url" and e.get("Url"):
            yield {"kind": "url", "name": str(e["Url"]), "role": "destination"}
        elif kind == "mailbox" and e.get("MailboxPrimaryAddress"):
            yield {"kind": "mailbox", "name": str(e["MailboxPrimaryAddress"]), "role": "target"}
        elif kind == "file" and e.get("Name"):
            yield {"kind": "file", "name": str(e["Name"]), "role": "file"}
        elif kind == "process" and isinstance(e.get("CommandLine"), str) and e["CommandLine"]:
            yield {"kind": "process", "name": e["CommandLine"][:300], "role": "process"}
        elif kind == "filehash" and str(e.get("Algorithm", "")).upper() in ("SHA256", "SHA1") and e.get("Value"):
            yield {"kind": "hash", "name": str(e["Value"]).lower(), "role": "file"}


def _techniques(record: Mapping[str, Any]) -> str:
    named = [*(_parsed(record.get("Techniques")) or []), *(_parsed(record.get("SubTechniques")) or [])]
    return ",".join(sorted({str(t) for t in named}))


def rows(record: Mapping[str, Any]) -> Iterator[Row]:
    entities = sorted({(e["kind"], e["name"], e["role"]) for e in _entities(record)})
    first = {kind: next((n for k, n, _ in entities if k == kind), None) for kind in ("host", "user", "ip")}
    yield "detection_finding", {
        # The moment the product tells of it: an alert cannot be acted on before it is there.
        "time": record.get("TimeGenerated") or record.get("StartTime"), "uid": record["SystemAlertId"],
        "rule": record.get("AlertName") or record.get("DisplayName"), "title": record.get("DisplayName") or record.get("AlertName"), "message": record.get("Description"),
        "severity": _SEVERITY.get(str(record.get("AlertSeverity", "")).lower(), 3), "product": record.get("ProductName") or record.get("ProviderName"), "category": "threat",
        "host": first["host"], "actor_user": first["user"], "src_ip": first["ip"], "tactics": record.get("Tactics"), "techniques": _techniques(record),
        "entities": json.dumps([{"kind": k, "name": n, "role": r} for k, n, r in entities]),
    }


SOURCE = Source(id="defender_alert", title="Microsoft Defender XDR alerts (SecurityAlert)", recognise=recognise, rows=rows, rank=60, unique=True)
