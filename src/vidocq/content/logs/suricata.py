"""Suricata beside the web server and at the door: alerts in its EVE form, true ones and the many that mean nothing. Sources: docs.suricata.io, "EVE JSON Output"; rules.emergingthreats.net (names and numbers of rules)."""

from __future__ import annotations

import datetime as dt
import ipaddress
import re
from collections.abc import Iterator
from random import Random
from typing import Any, NamedTuple

import msgspec

from vidocq.simulation.clock import date
from vidocq.simulation.firm import Firm
from vidocq.simulation.line import Form, Line, Log


class _Rule(NamedTuple):
    """A rule: its number, its name, its class, how grave it is (1 is the worst)."""

    sid: int
    name: str
    kind: str
    severity: int


_APT = _Rule(2013504, "ET INFO GNU/Linux APT User-Agent Outbound likely related to package management", "Not Suspicious Traffic", 3)
_CURL = _Rule(2013028, "ET INFO curl User-Agent Outbound", "Attempted Information Leak", 2)
_ENV = _Rule(2031502, "ET INFO Request to Hidden Environment File - Inbound", "Misc activity", 3)
_PYTHON = _Rule(2017515, "ET INFO User-Agent (python-requests) Inbound to Webserver", "Attempted Information Leak", 2)
_ELF = _Rule(2000418, "ET INFO Executable and linking format (ELF) file download", "Potential Corporate Privacy Violation", 1)
_MYSQL = _Rule(2010937, "ET SCAN Suspicious inbound to mySQL port 3306", "Potentially Bad Traffic", 2)
_MSSQL = _Rule(2010935, "ET SCAN Suspicious inbound to MSSQL port 1433", "Potentially Bad Traffic", 2)
_SSH = _Rule(2001219, "ET SCAN Potential SSH Scan", "Attempted Information Leak", 2)
_POOL = _Rule(1000011, "LOCAL Name of a mining pool asked for", "Crypto Currency Mining Activity Detected", 2)
_STREAM = _Rule(2210045, "SURICATA STREAM Packet with invalid ack", "Generic Protocol Command Decode", 3)
_POOLS = re.compile(r"(?:supportxmr|2miners|moneroocean|hashvault|nanopool)\.")
_PORTS = {3306: _MYSQL, 1433: _MSSQL}


def _request(record: dict[str, Any], inbound: bool) -> Iterator[_Rule]:
    agent, uri, host = str(record.get("user_agent", "")), str(record.get("uri", "")), str(record.get("host", ""))
    if inbound:
        if uri.startswith("/.env"):
            yield _ENV
        if agent.startswith("python-requests"):
            yield _PYTHON
        return
    if agent.startswith("Debian APT"):
        yield _APT
    if agent.startswith("curl/"):
        yield _CURL
    if "application/x-executable" in record.get("resp_mime_types", ()) and re.fullmatch(r"[0-9.:]+", host):
        yield _ELF


def _rules(line: Line) -> Iterator[_Rule]:
    """What the sensor has to say of a record. It sees what comes from outside and what leaves."""
    record, log = line.record, line.log
    if not log.startswith("zeek/") or "id.orig_h" not in record:
        return
    inbound = not record["id.orig_h"].startswith("10.")
    inside = not inbound and str(record["id.resp_h"]).startswith("10.")
    if log == "zeek/http" and not inside:
        yield from _request(record, inbound)
    elif log == "zeek/conn" and inbound and record["id.resp_p"] in _PORTS:
        yield _PORTS[record["id.resp_p"]]
    elif log == "zeek/ssh" and inbound and not record["auth_success"] and Random(line.uid).random() < 0.2:
        yield _SSH
    elif log == "zeek/dns" and _POOLS.search(record.get("query", "")):
        yield _POOL
    elif log == "zeek/conn" and not inside and not line.noise and Random(line.uid).random() < 0.0006:
        # Packets that a busy wire drops look like broken ones.
        yield _STREAM


def _alert(line: Line, rule: _Rule) -> Line:
    record, flow = line.record, Random(line.uid).getrandbits(50)
    at = line.at + 0.04
    told: dict[str, Any] = {
        "timestamp": dt.datetime.fromtimestamp(at, dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%f+0000"), "flow_id": flow * 16384 + rule.sid % 16384, "in_iface": "ens5", "event_type": "alert",
        "src_ip": record["id.orig_h"], "src_port": record["id.orig_p"], "dest_ip": record["id.resp_h"], "dest_port": record["id.resp_p"], "proto": str(record.get("proto", "tcp")).upper(),
        "alert": {"action": "allowed", "gid": 1, "signature_id": rule.sid, "rev": 3, "signature": rule.name, "category": rule.kind, "severity": rule.severity},
    }
    if line.log == "zeek/http":
        asked = {"hostname": record["host"], "url": record["uri"], "http_user_agent": record.get("user_agent", ""), "http_method": record["method"], "protocol": "HTTP/1.1", "status": record["status_code"], "length": record["response_body_len"]}
        told |= {"tx_id": 0, "app_proto": "http", "http": asked}
    elif line.log == "zeek/dns":
        told |= {"app_proto": "dns", "dns": {"query": [{"type": "query", "id": record["trans_id"], "rrname": record["query"], "rrtype": record["qtype_name"], "tx_id": 0, "opcode": 0}]}}
    return Line(at, "suricata", str(told["flow_id"]), told, line.noise)


def hear(firm: Firm, line: Line) -> Iterator[Line]:
    for rule in _rules(line):
        # A connection that asks for the same many times is told once.
        if ipaddress.ip_address(line.record["id.orig_h"]).version == 4 and line.record.get("trans_depth", 1) == 1:
            yield _alert(line, rule)


LOG = Log("suricata", lambda firm, log, at: f"suricata/eve-{date(at)}.json.gz", lambda firm, log: Form(msgspec.json.encode), hear)
