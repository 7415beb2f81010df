"""AWS Network Firewall: Suricata's records within an envelope that names the firewall.

Source of the fields: docs.aws.amazon.com, "Contents of a AWS Network Firewall log"; docs.suricata.io, "Eve JSON Format".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vidocq.model.clock import moment
from vidocq.model.control_plane import address
from vidocq.model.record import as_json, at, inside, named, text
from vidocq.model.source import Head, Layout, Row, Source, names_in

# Rules speak of severity from 1, the highest, to 4.
_SEVERITY = {"1": 4, "2": 3, "3": 2, "4": 1}


def recognise(head: Head) -> Layout | None:
    return Layout("json") if {"firewall_name", "event", "event_type"} <= names_in(head.text[:30_000]) else None


def rows(record: Mapping[str, Any]) -> Iterator[Row]:
    said = inside(record, "event")
    kind = text(said, "event_type")
    common = {"time": moment(at(said, "timestamp"), at(record, "event_timestamp")), "src_ip": address(text(said, "src_ip")), "dst_ip": address(text(said, "dest_ip"))}
    if kind == "alert":
        yield "detection_finding", {**common, **_alert(said, text(record, "firewall_name"))}
    elif kind in ("netflow", "flow") and common["src_ip"]:
        yield "network_activity", {**common, **_flow(said, text(record, "firewall_name"))}
    else:
        yield "base_event", {**common, "type": f"aws.network_firewall.{kind or 'unknown'}", "message": text(said, "tls.sni", "http.hostname")}


def _flow(said: Mapping[str, Any], firewall: str | None) -> dict[str, Any]:
    """What one side of a connection sent."""
    counted = inside(said, "netflow", "flow")
    started, ended = moment(at(counted, "start")), moment(at(counted, "end"))
    return {
        **({"time": started} if started else {}), "src_port": text(said, "src_port"), "dst_port": text(said, "dest_port"), "protocol": (text(said, "proto") or "").lower() or None,
        "app": None if text(said, "app_proto") in ("unknown", "failed", None) else text(said, "app_proto"), "duration": (ended - started).total_seconds() if started and ended else None,
        "bytes_out": text(counted, "bytes", "bytes_toserver"), "packets_out": text(counted, "pkts", "pkts_toserver"), "bytes_in": text(counted, "bytes_toclient"),
        "packets_in": text(counted, "pkts_toclient"), "interface": firewall,
        # An acknowledgement beside the opening says that the other side answered.
        "established": True if at(said, "tcp.syn") is True and at(said, "tcp.ack") is True else None,
    }


def _alert(said: Mapping[str, Any], firewall: str | None) -> dict[str, Any]:
    alert = inside(said, "alert")
    title = text(alert, "signature")
    name = text(said, "tls.sni", "http.hostname", "dns.query.rrname", "dns.rrname")
    # What the policy does by default is written down as a rule, too: it says that nothing else matched.
    by_default = (title or "").startswith("aws:")
    return {
        "rule": text(alert, "signature_id"), "title": title, "message": text(alert, "category") or None, "severity": 1 if by_default else _SEVERITY.get(text(alert, "severity") or "", 3),
        "product": "AWS Network Firewall", "category": "posture" if by_default else "threat", "action": text(said, "verdict.action") or text(alert, "action"),
        "entities": as_json(named((("ip", text(said, "src_ip"), "source"), ("ip", text(said, "dest_ip"), "destination"), ("domain", name, "destination")))),
    }


SOURCE = Source(id="aws_network_firewall", title="AWS Network Firewall", recognise=recognise, rows=rows, rank=61, lag_s=600)
