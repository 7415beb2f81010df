"""A message of mail as a file (`.eml`): what somebody saved, or forwarded as an attachment, because it looked wrong to them.

Source of the format: RFC 5322 (messages), RFC 2045 to 2047 (MIME), RFC 8601 (what servers found). Every message in the file is an event, and the file is
a report by a person: an alert that opens an investigation as a question asked by hand does.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from email import message_from_string
from email.message import Message
from email.parser import HeaderParser
from itertools import islice
from typing import Any

from vidocq.content.sources.eml.parts import Carried, carried, nested, said
from vidocq.content.sources.eml.trail import trail_of, when
from vidocq.model.control_plane import address
from vidocq.model.mail import MOST, domain_of, host_of, listed, mailbox, sender_of
from vidocq.model.record import as_json, named
from vidocq.model.source import Head, Layout, Row, Source

_FIELD = re.compile(r"([!-9;-~]{1,80}):|[ \t]")
_TELLING = frozenset({"from", "to", "subject", "date", "message-id", "received", "mime-version", "return-path", "delivered-to"})
MESSAGES = 20
SITES = 10
"""Hosts that a report names as entities; all links stand in the event."""
LATE = dt.timedelta(days=366)


def recognise(head: Head) -> Layout | None:
    """Lines of `Name: value` from the first on, and among the names those of mail."""
    names: set[str] = set()
    for n, line in enumerate(head.text.lstrip("\ufeff").splitlines()):
        if n == 0 and line.startswith("From "):
            continue
        found = _FIELD.match(line)
        if not line.strip() or not found:
            return Layout("message") if not line.strip() and "from" in names and len(names & _TELLING) >= 3 else None
        names.add((found[1] or "").lower())
    return None


def _addresses(message: Message, *fields: str) -> list[str]:
    told = (mailbox(piece) for f in fields for value in message.get_all(f, []) for piece in (said(value) or "").split(","))
    return list(dict.fromkeys(a for a in told if a))[:MOST]


def _name(message: Message) -> str | None:
    """The name that the sender gives, without the address behind it."""
    told = said(message.get("From")) or ""
    return re.sub(r"<[^<>]*>\s*$", "", told).strip().strip("\"'").strip()[:200] or None


def _time(message: Message, outer: dt.datetime | None) -> dt.datetime | None:
    """When our server took it in; else when it says it was written, unless who reported it says otherwise by a year."""
    own = trail_of(message).time or when(message.get("Date"))
    return outer if outer and (not own or own > outer + dt.timedelta(days=1) or own < outer - LATE) else own


def _event(message: Message, time: dt.datetime | None, reporter: str | None, status: str, what: Carried) -> dict[str, Any]:
    way, sender = trail_of(message), sender_of(message.get("From"))
    back, to = sender_of(message.get("Reply-To")), _addresses(message, "To", "Cc")
    return {
        "time": time, "src_ip": address(way.address), "sender": sender, "sender_name": _name(message), "sender_domain": domain_of(sender), "return_path": mailbox(said(message.get("Return-Path"))),
        "reply_to": back, "reply_domain": domain_of(back), "recipients": ",".join(to)[:2000] or None, "recipient": next(iter([*_addresses(message, "Delivered-To", "X-Original-To"), *to]), None),
        "subject": (said(message.get("Subject")) or "")[:300] or None, "message_id": (said(message.get("Message-ID")) or "")[:300] or None, **{k: v for k, v in way.checks.items() if k in ("spf", "dkim", "dmarc")},
        "attachments": listed(what.names), "urls": listed(what.urls), "links": as_pairs(what.misleading), "reporter": reporter, "user_agent": (said(message.get("X-Mailer") or message.get("User-Agent")) or "")[:200] or None,
        "status": status,
    }


def as_pairs(found: Sequence[tuple[str, str]]) -> str | None:
    return listed(f"{shown} {leads}" for shown, leads in found)


def rows(record: Mapping[str, Any]) -> Iterator[Row]:
    message = _opened(record["message"])
    if not message.get("From"):
        return
    found = list(islice(nested(message), MESSAGES))
    forwarded = len(found) > 1
    told, outer = [], None
    who = sender_of(message.get("From")) if forwarded else None
    for depth, each in found:
        what = _carried(each)
        time = _time(each, outer)
        outer = outer or time
        event = _event(each, time, who if depth else None, "reported" if depth or not forwarded else "report", what)
        if depth or not forwarded:
            event["reporter"] = who or event["recipient"]
        yield "email_activity", event
        told.append((event, what))
    yield "detection_finding", _report(told)


def _opened(text: str) -> Message:
    """The message; its head alone where its parts are nested so deep that they are meant to stop whoever reads them."""
    try:
        return message_from_string(text)
    except RecursionError:
        return HeaderParser().parsestr(text)


def _carried(message: Message) -> Carried:
    """What it carries; nothing where a part cannot be read, since the report of it counts all the same."""
    try:
        return carried(message)
    except (AssertionError, RecursionError, ValueError, LookupError, AttributeError):
        return Carried()


def _report(told: Sequence[tuple[Mapping[str, Any], Carried]]) -> dict[str, Any]:
    """The report of a person, about all messages of the file. Rule and title are our own words: who wrote the message chooses nothing in them."""
    about = [(e, c) for e, c in told if e["status"] == "reported"]
    first = about[0][0]
    found: list[tuple[str, Any, str]] = []
    for e, c in about:
        found += [("mailbox", e["sender"], "sender"), ("domain", e["sender_domain"], "sender"), ("mailbox", e["recipient"], "target"), ("user", e["recipient"], "target"), ("mailbox", e["reporter"], "reporter"), ("ip", e["src_ip"], "peer")]
        if e["reply_to"] != e["sender"]:
            found += [("mailbox", e["reply_to"], "reply"), ("domain", e["reply_domain"], "reply")]
        found += [("domain", host, "link") for host in sorted(set(filter(None, map(host_of, c.urls))))[:SITES]]
        found += [("file", name, "attachment") for name in c.names[:SITES]] + [("hash", digest, "attachment") for digest in c.digests[:SITES]]
    return {
        "time": first["time"], "rule": "message reported", "title": "A message is reported by a person who got it", "message": first["subject"], "severity": 1, "product": "a person",
        "category": "reported", "src_ip": first["src_ip"], "entities": as_json(named(found)),
    }


SOURCE = Source(id="eml", title="A message of mail (.eml), reported by a person", recognise=recognise, rows=rows, rank=75)
