"""What Google Cloud writes of traffic: VPC flows, firewall rules, Cloud DNS queries, requests at load balancers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from vidocq.model.clock import moment
from vidocq.model.control_plane import address
from vidocq.model.record import at, inside, text

_PROTOCOLS = {"1": "icmp", "6": "tcp", "17": "udp", "47": "gre", "50": "esp", "58": "ipv6-icmp", "132": "sctp"}


def _ends(said: Mapping[str, Any]) -> dict[str, Any]:
    connection = inside(said, "connection")
    protocol = text(connection, "protocol")
    return {
        "src_ip": address(text(connection, "src_ip")), "src_port": text(connection, "src_port"), "dst_ip": address(text(connection, "dest_ip")), "dst_port": text(connection, "dest_port"),
        "protocol": _PROTOCOLS.get(protocol or "", protocol),
    }


def flow(entry: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """Packets of one direction of a connection, as the machine at one end counted them."""
    started, ended = moment(at(said, "start_time")), moment(at(said, "end_time"))
    sent = text(said, "reporter") in (None, "SRC", "SRC_GATEWAY")
    return {
        "time": started or at(entry, "timestamp"), **_ends(said), "duration": (ended - started).total_seconds() if started and ended else None, "bytes_out": text(said, "bytes_sent"),
        "packets_out": text(said, "packets_sent"), "direction": "outbound" if sent else "inbound", "interface": text(said, "src_instance.vm_name" if sent else "dest_instance.vm_name"),
        # The way there and back is measured on what was acknowledged.
        "established": True if text(said, "rtt_msec") else None,
    }


def ruled(entry: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """A connection that a firewall rule let through or not."""
    action = (text(said, "disposition") or "").lower()
    inbound = {"INGRESS": "inbound", "EGRESS": "outbound"}.get(text(said, "rule_details.direction") or "")
    return {
        "time": at(entry, "timestamp"), **_ends(said), "action": {"allowed": "accept", "denied": "reject"}.get(action, action or None), "direction": inbound,
        "established": False if action == "denied" else None, "interface": text(said, "instance.vm_name"),
    }


_RECORD = re.compile(r"\S+\t(\d+)\tIN\t(\w+)\t([^\n]*)", re.I)


def asked(entry: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """A question to Cloud DNS, with its answers."""
    found = _RECORD.findall(text(said, "rdata") or "")
    machine = text(said, "vmInstanceName")
    return {
        "time": at(entry, "timestamp"), "src_ip": address(text(said, "sourceIP")), "dst_ip": address(text(said, "destinationIP")), "query": (text(said, "queryName") or "").rstrip(".").lower() or None,
        "qtype": text(said, "queryType"), "rcode": text(said, "responseCode"), "answers": ",".join(value.strip() for _, _, value in found)[:500] or None,
        "answer_ip": next((a for _, kind, value in found if kind.lower() in ("a", "aaaa") and (a := address(value))), None), "ttl": found[0][0] if found else None,
        # The machine's name stands behind the number of its project.
        "host": re.sub(r"^\d+\.", "", machine).lower() if machine else None,
    }


def request(entry: Mapping[str, Any]) -> dict[str, Any]:
    """A request that a load balancer or another proxy took."""
    seen = inside(entry, "httpRequest", "httprequest")
    where = text(seen, "requestUrl") or ""
    try:
        parts = urlsplit(where)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    path = where.split("://", 1)[-1].partition("/") if "://" in where[:10] else ("", "/", where.lstrip("/"))
    return {
        "time": at(entry, "timestamp"), "src_ip": address(text(seen, "remoteIp")), "dst_ip": address(text(seen, "serverIp")), "dst_port": port, "method": text(seen, "requestMethod"), "host": host,
        "url": f"/{path[2]}" if where else None, "user_agent": text(seen, "userAgent"), "referrer": text(seen, "referer"), "status_code": text(seen, "status"), "bytes_out": text(seen, "requestSize"),
        "bytes_in": text(seen, "responseSize"), "host_is_ip": address(host) is not None if host else None,
    }
