"""Exchange's traces of messages as tables: the tracking log of a server (`MSGTRK*.LOG`), `Get-MessageTrace` exported by PowerShell, and the admin centre's reports.

Source of the fields: learn.microsoft.com, "Message tracking" (Exchange Server), "Get-MessageTrace" (Exchange Online), "Message trace in the modern
Exchange admin center" (downloadable reports). Times are UTC; PowerShell writes them as the country of its machine does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from vidocq.model.control_plane import address
from vidocq.model.mail import MOST, domain_of, mailbox
from vidocq.model.source import Head, Layout, Row, Source

_TRACKING = re.compile(r"^#Fields:\s*(date-time,.*)$", re.M)
_TOLD = {"deliver": "delivered", "send": "sent", "receive": "received", "fail": "failed", "drop": "failed", "reject": "failed", "quarantine": "quarantined"}
"""Steps that tell of a whole message and its recipients. Between them stand others: agents, expansions, submissions, shadow copies."""
_DIRECTIONS = {"incoming": "inbound", "originating": "outbound", "outgoing": "outbound", "inbound": "inbound", "outbound": "outbound"}
_SLASHED = ("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M %p", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M:%S")


def recognise(head: Head) -> Layout | None:
    begin = head.text[:10_000].lstrip("\ufeff")
    tracking = _TRACKING.search(begin) if begin.startswith("#") else None
    if tracking and "event-id" in tracking[1]:
        return Layout("csv", separator=",", fields=tuple(name.strip() for name in tracking[1].strip().split(",")), header="#", unset=("",))
    if begin.lstrip()[:1] in ("{", "["):
        return None
    names = {n.strip().strip('"').lower() for n in head.first_line().lstrip("\ufeff").split(",")}
    cmdlet = {"messagetraceid", "senderaddress", "recipientaddress", "received"} <= names
    report = {"sender_address", "message_id"} <= names and names & {"origin_timestamp_utc", "date_time_utc"}
    return Layout("csv", separator=",") if cmdlet or report else None


def _time(text: str) -> datetime | str | None:
    """Twelve hours mean the American order of day and month, twenty-four hours with strokes the European one."""
    told = text.strip()
    if re.match(r"\d{4}-\d\d-\d\dT", told):
        return told
    for form in _SLASHED:
        try:
            return datetime.strptime(told, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def _tracked(r: Mapping[str, str]) -> Iterator[Row]:
    """A step of a message through a server."""
    step = r.get("event-id", "").lower()
    sender, recipients = mailbox(r.get("sender-address")), [m for piece in r.get("recipient-address", "").split(";") if (m := mailbox(piece))][:MOST]
    common = {"time": _time(r.get("date-time", "")), "uid": "/".join(filter(None, (r.get("network-message-id") or r.get("internal-message-id"), step, r.get("log-id")))) or None, "src_ip": address(r.get("original-client-ip") or r.get("client-ip"))}
    if step not in _TOLD or not recipients:
        yield "base_event", {**common, "type": f"exchange.{step or 'row'}", "host": (r.get("server-hostname") or r.get("client-hostname") or "").lower() or None, "message": f"{r.get('source', '')} {sender or ''} {r.get('message-subject', '')}".strip()[:500]}
        return
    told = _DIRECTIONS.get(r.get("directionality", "").lower())
    for to in recipients:
        yield "email_activity", {
            **common, "sender": sender, "sender_domain": domain_of(sender), "return_path": mailbox(r.get("return-path")), "recipients": ",".join(recipients)[:2000], "recipient": to, "subject": (r.get("message-subject") or "")[:300] or None,
            "direction": "internal" if told == "outbound" and domain_of(to) == domain_of(sender) else told, "message_id": r.get("message-id") or None, "trace_id": r.get("network-message-id") or None, "status": _TOLD[step],
        }


def _traced(r: Mapping[str, str]) -> Iterator[Row]:
    """A row for each recipient (`Get-MessageTrace`), or for each message, its recipients with what became of each (`a@b##Receive, Deliver`)."""
    sender = mailbox(r.get("senderaddress") or r.get("sender_address"))
    pieces = [p.partition("##") for p in (r.get("recipientaddress") or r.get("recipient_address") or r.get("recipient_status") or "").split(";")]
    recipients = [(m, how) for who, _, how in pieces if (m := mailbox(who))][:MOST]
    told = _DIRECTIONS.get(r.get("directionality", "").lower())
    told_to: Sequence[tuple[str | None, str]] = recipients or [(None, "")]
    for to, how in told_to:
        status = (r.get("status") or how.rpartition(",")[2]).strip().lower()
        yield "email_activity", {
            "time": _time(r.get("received") or r.get("origin_timestamp_utc") or r.get("date_time_utc") or ""), "uid": r.get("messagetraceid") or r.get("network_message_id") or r.get("message_id") or None,
            "src_ip": address(r.get("fromip") or r.get("original_client_ip")), "dst_ip": address(r.get("toip")), "sender": sender, "sender_domain": domain_of(sender), "recipients": ",".join(m for m, _ in recipients if m)[:2000] or None,
            "recipient": to, "subject": (r.get("subject") or r.get("message_subject") or "")[:300] or None, "status": _TOLD.get(status, status) or None, "message_id": r.get("messageid") or r.get("message_id") or None,
            "trace_id": r.get("messagetraceid") or r.get("network_message_id") or None, "direction": "internal" if told == "outbound" and domain_of(to) == domain_of(sender) else told,
        }


def rows(record: Mapping[str, Any]) -> Iterator[Row]:
    r = {str(k).strip().strip('"').lower(): str(v or "") for k, v in record.items()}
    yield from _tracked(r) if "event-id" in r else _traced(r)


SOURCE = Source(id="message_trace", title="Exchange message traces (tracking log, Get-MessageTrace, reports)", recognise=recognise, rows=rows, rank=63, lag_s=3600)
