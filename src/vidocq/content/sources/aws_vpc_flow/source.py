"""AWS VPC flow logs, versions 2 to 8: text with a header line (S3), without one (CloudWatch, default order), JSON, or Parquet.

Source of the fields: docs.aws.amazon.com, "Flow log records". One record is one direction of a conversation seen at one interface.
"""

from __future__ import annotations

import re

from vidocq.model.source import Head, Layout, Map, Source, names_in

# The default format is version 2's; a custom format without a header cannot be told apart and is not guessed at.
_DEFAULT = (
    "version", "account-id", "interface-id", "srcaddr", "dstaddr", "srcport", "dstport", "protocol", "packets", "bytes", "start", "end", "action", "log-status",
)
_RECORD = re.compile(r"^(?P<when>\d{4}-\d\d-\d\dT\S+ )?2 (\d{12}|unknown|-) eni-\S+ (\S+ ){9}(ACCEPT|REJECT|-) (OK|NODATA|SKIPDATA)\s*$")
_KNOWN = re.compile(r"\b(srcaddr|dstaddr|pkt-srcaddr|interface-id|log-status)\b")


def recognise(head: Head) -> Layout | None:
    text = head.text
    if text.startswith("PAR1"):
        return Layout("parquet") if {"srcaddr", "dstaddr"} <= set(text.split()) else None
    line = head.first_line()
    if line.lstrip().startswith(("{", "[")):
        names = names_in(text)
        return Layout("json") if "srcaddr" in names and {"log-status", "log_status", "interface-id", "interface_id"} & names else None
    words = line.split()
    if len(set(_KNOWN.findall(line))) >= 2 and "start" in words:
        return Layout("delimited", fields=tuple(words), separator=" ", header=line)
    plain = next((found for text_line in text.splitlines()[:5] if (found := _RECORD.match(text_line))), None)
    if plain is None:
        return None
    return Layout("delimited", fields=("written", *_DEFAULT) if plain["when"] else _DEFAULT, separator=" ")


def _field(name: str) -> str:
    """The field, with hyphens in text and underscores in Parquet; `-` is nothing in each."""
    named = f"COALESCE({{{name}}}, {{{name.replace('-', '_')}}})" if "-" in name else f"{{{name}}}"
    return f"NULLIF({named}, '-')"


def _whole(name: str) -> str:
    return f"TRY_CAST({_field(name)} AS BIGINT)"


# The header of a packet names the true ends where the traffic passes through a NAT gateway or a transit interface.
_SOURCE, _TARGET = (f"COALESCE({_field('pkt-' + end)}, {_field(end)})" for end in ("srcaddr", "dstaddr"))
_START, _END, _FLAGS, _PACKETS, _BYTES = (_whole(name) for name in ("start", "end", "tcp-flags", "packets", "bytes"))
_TIME = f"TRY(make_timestamp({_START} * 1000000))"
_NAMES = {1: "icmp", 2: "igmp", 6: "tcp", 17: "udp", 47: "gre", 50: "esp", 51: "ah", 58: "ipv6-icmp", 132: "sctp"}
_PROTOCOL = f"CASE {_whole('protocol')} {' '.join(f'WHEN {n} THEN {name!r}' for n, name in _NAMES.items())} ELSE {_field('protocol')} END"
_LETTERS = f"concat({', '.join(f'CASE WHEN {_FLAGS} & {bit} > 0 THEN {letter!r} END' for bit, letter in ((1, 'F'), (2, 'S'), (4, 'R'), (16, 'A')))})"
# An acknowledgement alone is not recorded, so a bare SYN says little: one packet went unanswered, larger packets carried data, the rest is unknown.
_ESTABLISHED = f"""CASE WHEN {_field('action')} = 'REJECT' THEN FALSE
    WHEN {_whole('protocol')} <> 6 OR {_FLAGS} IS NULL THEN NULL
    WHEN {_FLAGS} & 17 > 0 OR {_FLAGS} = 0 THEN TRUE
    WHEN {_FLAGS} = 2 AND {_PACKETS} = 1 THEN FALSE
    WHEN {_BYTES} > {_PACKETS} * 64 THEN TRUE END"""

SOURCE = Source(
    id="aws_vpc_flow",
    title="AWS VPC flow logs",
    recognise=recognise,
    flat=True,
    rank=55,
    lag_s=900,
    maps=(
        Map("base_event", when=f"{_field('log-status')} IN ('NODATA', 'SKIPDATA')", columns={
            "time": _TIME, "type": f"'aws.vpc_flow.' || lower({_field('log-status')})", "message": _field("interface-id"),
        }),
        Map("network_activity", when=f"{_SOURCE} IS NOT NULL AND {_TARGET} IS NOT NULL", columns={
            "time": _TIME, "src_ip": _SOURCE, "src_port": _whole("srcport"), "dst_ip": _TARGET, "dst_port": _whole("dstport"), "protocol": _PROTOCOL,
            "duration": f"CAST({_END} - {_START} AS DOUBLE)", "bytes_out": _BYTES, "packets_out": _PACKETS, "established": _ESTABLISHED,
            "state": f"CASE WHEN {_whole('protocol')} = 6 THEN NULLIF({_LETTERS}, '') END", "action": f"lower({_field('action')})",
            "direction": f"CASE {_field('flow-direction')} WHEN 'ingress' THEN 'inbound' WHEN 'egress' THEN 'outbound' END",
            "interface": _field("interface-id"),
        }),
    ),
)
