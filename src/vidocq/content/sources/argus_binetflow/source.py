"""Argus flows, both directions in one record, as the `ra` client prints them with a header line (CSV or tabs).

Source of the fields: openargus.org, ra(1). Times are taken as UTC, since the format names no zone. A column `Label` is somebody's opinion
of the flow: it is never read.
"""

from __future__ import annotations

from vidocq.model.source import Head, Layout, Map, Source

_NEEDED = {"StartTime", "Proto", "SrcAddr", "DstAddr", "State"}


def recognise(head: Head) -> Layout | None:
    line = head.first_line().strip()
    separator = "\t" if "\t" in line else ","
    fields = tuple(name.strip() for name in line.split(separator))
    return Layout("delimited", fields=fields, separator=separator, header=line, unset=("", "-", "*")) if set(fields) >= _NEEDED else None


def _whole(expression: str) -> str:
    # Ports are decimal, hexadecimal (`0x0303`) or the name of a service.
    return f"TRY_CAST({expression} AS BIGINT)"


_PROTO = "lower({Proto})"
# `<-`: the flow was opened by the address that is printed second.
_TURNED = "trim({Dir}) = '<-'"


def _address(name: str) -> str:
    """The field where it is an IP address; what is printed for a frame is a hardware address, six pairs of digits."""
    pair = "[0-9a-fA-F][0-9a-fA-F]"
    is_address = f"regexp_matches({{{name}}}, '^[0-9a-fA-F.:]*[.:][0-9a-fA-F.:]*$') AND NOT regexp_matches({{{name}}}, '^{':'.join([pair] * 6)}$')"
    return f"CASE WHEN {is_address} THEN {{{name}}} END"


_NO_TRAFFIC = "{Proto} IS NULL OR lower({Proto}) IN ('man', 'llc', 'arp', 'rarp', 'rtp', 'rtcp', 'stp', 'lldp')"

_TIME = """COALESCE(try_strptime({StartTime}, ['%Y/%m/%d %H:%M:%S.%f', '%Y/%m/%d %H:%M:%S', '%Y-%m-%dT%H:%M:%S.%f', '%Y-%m-%d %H:%M:%S.%f']),
    TRY(make_timestamp(TRY_CAST(ROUND(TRY_CAST({StartTime} AS DOUBLE) * 1000000) AS BIGINT))), TRY_CAST({StartTime} AS TIMESTAMP))"""


def _side(first: str, second: str) -> str:
    return f"CASE WHEN {_TURNED} THEN {second} ELSE {first} END"


_BYTES = (_whole("{SrcBytes}"), f"({_whole('{TotBytes}')} - {_whole('{SrcBytes}')})")
# Without SrcPkts it is known which side sent the packets only where one side sent nothing.
_ONE_SIDED = f"{_BYTES[1]} = 0"
_PACKETS = (
    f"COALESCE({_whole('{SrcPkts}')}, CASE WHEN {_ONE_SIDED} THEN {_whole('{TotPkts}')} END)",
    f"COALESCE({_whole('{TotPkts}')} - {_whole('{SrcPkts}')}, CASE WHEN {_ONE_SIDED} THEN 0 END)",
)

# TCP flags seen from each side stand as `FSPA_FSPA`; a side that only refused says `R` or `RA`, with `E` and `C` for congestion.
_HALVES = "regexp_matches({State}, '^[FSRPAUEC]*_[FSRPAUEC]*$')"
_SECOND = _side("split_part({State}, '_', 2)", "split_part({State}, '_', 1)")
_ANSWER = f"regexp_replace({_SECOND}, '[EC]', '', 'g')"
_ESTABLISHED = f"""CASE WHEN {_PROTO} <> 'tcp' THEN {{State}} IN ('CON', 'RSP', 'ECR', 'EST', 'ACC') OR {_BYTES[1]} > 0
    WHEN {_HALVES} THEN {_ANSWER} NOT IN ('', 'R', 'RA', 'AR')
    ELSE COALESCE({{State}} IN ('CON', 'EST', 'FIN', 'CLO', 'ACC'), FALSE) END"""

SOURCE = Source(
    id="argus_binetflow",
    title="Argus bidirectional flows (binetflow)",
    recognise=recognise,
    rank=50,
    maps=(
        Map("base_event", when=f"{_NO_TRAFFIC} OR {_address('SrcAddr')} IS NULL", columns={
            "time": _TIME, "type": "'argus.' || COALESCE(lower({Proto}), 'unknown')",
            "src_ip": _address("SrcAddr"), "dst_ip": _address("DstAddr"),
            "message": "{State}",
        }),
        Map("network_activity", columns={
            "time": _TIME, "src_ip": _side("{SrcAddr}", "{DstAddr}"), "dst_ip": _side("{DstAddr}", "{SrcAddr}"),
            "src_port": _side(_whole("{Sport}"), _whole("{Dport}")), "dst_port": _side(_whole("{Dport}"), _whole("{Sport}")),
            "protocol": _PROTO, "duration": "TRY_CAST({Dur} AS DOUBLE)", "state": "{State}", "established": _ESTABLISHED,
            "bytes_out": _side(*_BYTES), "bytes_in": _side(*_BYTES[::-1]), "packets_out": _side(*_PACKETS), "packets_in": _side(*_PACKETS[::-1]),
        }),
    ),
)
