"""Azure's flow logs: of virtual networks (`FlowLogFlowEvent`) and of network security groups (versions 1 and 2), as they lie in a storage account.

Source of the fields: learn.microsoft.com, "Virtual network flow logs" and "Flow logging for network security groups".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from vidocq.model.clock import moment
from vidocq.model.control_plane import address
from vidocq.model.record import every, text
from vidocq.model.source import Head, Layout, Row, Source, names_in

_PROTOCOLS = {"T": "tcp", "U": "udp", "1": "icmp", "6": "tcp", "17": "udp", "47": "gre", "50": "esp", "58": "ipv6-icmp"}
_KNOWN = re.compile(r'"category"\s*:\s*"(?:FlowLogFlowEvent|NetworkSecurityGroupFlowEvent)"')


def recognise(head: Head) -> Layout | None:
    start = head.text[:60_000]
    return Layout("json", within=("records",)) if _KNOWN.search(start) and {"flowRecords", "flows", "flowTuples"} & names_in(start) else None


@dataclass(frozen=True, slots=True)
class Flow:
    """One tuple: the state of a flow between two ends at a moment. `counted`: packets and bytes there, packets and bytes back."""

    said: str
    when: str
    ends: tuple[str, ...]
    protocol: str
    inbound: bool
    denied: bool
    state: str
    counted: tuple[str | None, ...]


def _flow(said: str, network: bool) -> Flow | None:
    """A tuple of a virtual network's log (`network`) or of a security group's; None for what is too short to be one."""
    part = [p.strip() for p in said.split(",")]
    if len(part) < 8:
        return None
    numbers = part[9:13]
    denied, state = part[7] == "D", part[7] if network else part[8] if len(part) > 8 else ""
    # When a flow begins or is denied nothing is counted yet: the zeros that stand there are no figures.
    counted = tuple(n if n.isdigit() and state in ("C", "E") else None for n in (*numbers, "", "", "", "")[:4])
    return Flow(said, part[0], tuple(part[1:5]), part[5], part[6] == "I", denied, state, counted)


def _flows(record: Mapping[str, Any]) -> Iterator[tuple[Flow, str | None]]:
    """The flows of a record, each with the interface that saw it."""
    mac = text(record, "macAddress")
    for said in every(record, "flowRecords.flows.flowGroups.flowTuples"):
        if isinstance(said, str) and (found := _flow(said, True)):
            yield found, mac
    for group in every(record, "properties.flows.flows"):
        for said in every(group, "flowTuples"):
            if isinstance(said, str) and (found := _flow(said, False)):
                yield found, text(group, "mac") or mac


def rows(record: Mapping[str, Any]) -> Iterator[Row]:
    found = list(_flows(record))
    # A flow is told when it begins and again with what it carried: within one record that is one.
    told = {(f.ends, f.protocol, mac) for f, mac in found if f.state in ("C", "E")}
    for flow, mac in found:
        if flow.state != "B" or flow.denied or (flow.ends, flow.protocol, mac) not in told:
            yield "network_activity", _columns(flow, mac)


def _columns(flow: Flow, mac: str | None) -> dict[str, Any]:
    source, target, source_port, target_port = flow.ends
    packets_out, bytes_out, packets_in, bytes_in = flow.counted
    return {
        "time": moment(flow.when), "uid": f"{mac or 'flow'}:{flow.said}", "src_ip": address(source), "src_port": source_port or None, "dst_ip": address(target), "dst_port": target_port or None,
        "protocol": _PROTOCOLS.get(flow.protocol, flow.protocol.lower() or None), "bytes_out": bytes_out, "bytes_in": bytes_in, "packets_out": packets_out, "packets_in": packets_in,
        "state": flow.state or None, "action": "reject" if flow.denied else "accept", "direction": "inbound" if flow.inbound else "outbound", "interface": mac,
        "established": False if flow.denied else packets_in != "0" if packets_in is not None else None,
    }


SOURCE = Source(id="azure_flow", title="Azure flow logs (virtual networks, network security groups)", recognise=recognise, rows=rows, rank=58, lag_s=600)
