"""Proofpoint Targeted Attack Protection: messages and clicks as its SIEM interface gives them.

Source of the fields: help.proofpoint.com, "Threat Insight Dashboard: SIEM API". The verdict is Proofpoint's: a threat that is no longer active was cleared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from vidocq.model.clock import moment
from vidocq.model.mail import domain_of, listed, mailbox
from vidocq.model.record import as_json, every, named, text
from vidocq.model.source import Head, Layout, Row, Source

_MESSAGE = re.compile(r'"messageTime"\s*:')
_CLICK = re.compile(r'"clickTime"\s*:')
CERTAIN = 90
"""Of 100: the score from which Proofpoint itself calls a message phishing without naming a threat."""
_HELD = re.compile(r"virus|phish|malware|attachment defense|impostor|notcleaned|threat", re.I)


def recognise(head: Head) -> Layout | None:
    begin = head.text[:60_000]
    message = _MESSAGE.search(begin) and ('"phishScore"' in begin or '"threatsInfoMap"' in begin)
    click = _CLICK.search(begin) and '"threatID"' in begin
    return Layout("json", within=("messagesDelivered", "messagesBlocked", "clicksPermitted", "clicksBlocked")) if message or click else None


def _stands(threat: Mapping[str, Any]) -> bool:
    return str(threat.get("threatStatus", "active")).lower() in ("active", "malicious")


def _active(record: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [t for t in every(record, "threatsInfoMap") if isinstance(t, Mapping) and _stands(t)]


def _score(record: Mapping[str, Any], name: str) -> float:
    value = record.get(name)
    return float(value) if isinstance(value, int | float) else 0.0


def rows(record: Mapping[str, Any]) -> Iterator[Row]:
    if text(record, "clickTime"):
        yield ("detection_finding", _click(record)) if _stands(record) else ("base_event", _cleared(record))
        return
    if not text(record, "messageTime"):
        return
    common = {"time": moment(record.get("messageTime")), "uid": text(record, "GUID", "messageID")}
    recipients = [str(r) for r in (*every(record, "recipient"), *every(record, "toAddresses"))]
    sender, reply = mailbox(text(record, "headerFrom", "sender", "fromAddress")), mailbox(text(record, "headerReplyTo", "replyToAddress"))
    yield "email_activity", {
        **common, "src_ip": text(record, "senderIP"), "sender": sender or text(record, "sender", "fromAddress"), "sender_domain": domain_of(sender), "return_path": mailbox(text(record, "sender")), "reply_to": reply, "reply_domain": domain_of(reply),
        "recipients": ",".join(dict.fromkeys(recipients))[:2000], "recipient": next(iter(recipients), None), "direction": "inbound", "subject": text(record, "subject"), "message_id": text(record, "messageID"),
        "attachments": listed(text(part, "filename") for part in every(record, "messageParts") if text(part, "disposition") == "attached"), "status": "quarantined" if text(record, "quarantineFolder") else "delivered",
    }
    threats, held = _active(record), " ".join(filter(None, (text(record, "quarantineFolder"), text(record, "quarantineRule"))))
    if threats or _HELD.search(held) or _score(record, "phishScore") >= CERTAIN:
        yield "detection_finding", {**common, **_finding(record, threats, held, recipients)}


def _finding(record: Mapping[str, Any], threats: list[Mapping[str, Any]], held: str, recipients: list[str]) -> dict[str, Any]:
    """What was held back is done with; what was delivered lies in a mailbox, and several threats in one message are somebody's effort."""
    kinds = sorted({str(t.get("classification") or "threat").lower() for t in threats}) or [held.lower() or "phish"]
    named_threats = [text(t, "threat") for t in threats]
    told: list[tuple[str, Any, str]] = [("mailbox", text(record, "sender", "fromAddress"), "sender"), ("ip", text(record, "senderIP"), "peer")]
    told += [("mailbox", r, "target") for r in recipients[:20]]
    told += [("url", t, "destination") for t in named_threats if t and "://" in t]
    return {
        "rule": kinds[0], "title": f"Mail with {', '.join(kinds)}", "message": " ".join(filter(None, (text(record, "subject"), *named_threats)))[:500], "product": "Proofpoint TAP", "category": "threat",
        "severity": (2 if held else 4) + (1 if len(threats) >= 3 else 0), "src_ip": text(record, "senderIP"), "tactics": "InitialAccess", "techniques": "T1566", "action": "blocked" if held else None,
        "entities": as_json(named(told)),
    }


def _click(record: Mapping[str, Any]) -> dict[str, Any]:
    url, who = text(record, "url", "threatURL"), text(record, "recipient")
    told: list[tuple[str, Any, str]] = [("url", url, "destination"), ("mailbox", who, "target"), ("ip", text(record, "clickIP"), "host"), ("mailbox", text(record, "sender"), "sender")]
    return {
        "time": moment(record.get("clickTime")), "uid": text(record, "GUID", "id"), "rule": text(record, "classification") or "click", "title": f"{who} followed a link of a mail ({text(record, 'classification') or 'threat'})",
        "message": url, "severity": 4, "product": "Proofpoint TAP", "category": "threat", "actor_user": who, "src_ip": text(record, "clickIP"), "tactics": "InitialAccess", "techniques": "T1566.002",
        "entities": as_json(named(told)),
    }


def _cleared(record: Mapping[str, Any]) -> dict[str, Any]:
    """A click on what turned out to be harmless."""
    return {"time": moment(record.get("clickTime")), "uid": text(record, "GUID", "id"), "type": "proofpoint.click", "actor_user": text(record, "recipient"), "message": text(record, "url", "threatURL")}


SOURCE = Source(id="proofpoint_tap", title="Proofpoint Targeted Attack Protection", recognise=recognise, rows=rows, rank=40, lag_s=600)
