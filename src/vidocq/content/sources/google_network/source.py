"""Google Cloud's VPC flows, firewall rules and DNS queries where a file holds nothing else: as sinks to Cloud Storage write them, a folder for each log. These are the many.

Mixed with others, or within messages, they are read by `google_cloud`, in the same columns. Source of the fields: docs.cloud.google.com, "VPC Flow Logs records",
"Firewall Rules Logging", "Cloud DNS: Use logging and monitoring".
"""

from __future__ import annotations

import re

from vidocq.model.source import Head, Layout, Map, Source, names_in

_LOG = re.compile(r'"logName"\s*:\s*"[^"]*%2F(?:vpc_flows|firewall|dns_queries)"')
_ANY = re.compile(r'"logName"\s*:\s*"([^"]*)"')
_OTHER = re.compile(r'"(?:protoPayload|httpRequest|textPayload|ackId|class_uid)"\s*:')


def recognise(head: Head) -> Layout | None:
    start = head.text[:60_000]
    if not _LOG.search(start) or not {"jsonPayload", "insertId"} <= names_in(start):
        return None
    said = head.further() if head.further else start
    return None if _OTHER.search(said) or len(_ANY.findall(said)) != len(_LOG.findall(said)) else Layout("json", within=("entries",))


def _time(path: str) -> str:
    return f"CAST(TRY_CAST({{{path}}} AS TIMESTAMPTZ) AS TIMESTAMP)"


_P = "jsonPayload"
_UID = {"uid": "{insertId} || COALESCE('@' || {timestamp}, '')"}
_NAMES = {1: "icmp", 6: "tcp", 17: "udp", 47: "gre", 50: "esp", 58: "ipv6-icmp", 132: "sctp"}
_PROTOCOL = f"CASE {{{_P}.connection.protocol}} {' '.join(f'WHEN {str(n)!r} THEN {name!r}' for n, name in _NAMES.items())} ELSE {{{_P}.connection.protocol}} END"
_ENDS = {
    "src_ip": f"{{{_P}.connection.src_ip}}", "src_port": f"TRY_CAST({{{_P}.connection.src_port}} AS BIGINT)", "dst_ip": f"{{{_P}.connection.dest_ip}}",
    "dst_port": f"TRY_CAST({{{_P}.connection.dest_port}} AS BIGINT)", "protocol": _PROTOCOL,
}
_SENT = f"COALESCE({{{_P}.reporter}} IN ('SRC', 'SRC_GATEWAY'), TRUE)"
_RECORD = r"\t([0-9]+)\t[A-Za-z]+\t[A-Za-z0-9]+\t([^\n]*)"
_ADDRESS = r"\t[0-9]+\t[A-Za-z]+\t(?:a|A|aaaa|AAAA)\t([0-9a-fA-F.:]+)"
_RDATA = f"{{{_P}.rdata}}"

SOURCE = Source(
    id="google_network",
    title="Google Cloud VPC flows, firewall rules, DNS queries",
    recognise=recognise,
    rank=60,
    unique=True,
    lag_s=600,
    maps=(
        Map("network_activity", when=f"{{logName}} LIKE '%vpc_flows' AND {{{_P}.connection.src_ip}} IS NOT NULL", columns={
            "time": f"COALESCE({_time(_P + '.start_time')}, {_time('timestamp')})", **_UID, **_ENDS,
            "duration": f"ROUND(epoch({_time(_P + '.end_time')}) - epoch({_time(_P + '.start_time')}), 6)", "bytes_out": f"TRY_CAST({{{_P}.bytes_sent}} AS BIGINT)",
            "packets_out": f"TRY_CAST({{{_P}.packets_sent}} AS BIGINT)", "direction": f"CASE WHEN {_SENT} THEN 'outbound' ELSE 'inbound' END",
            "interface": f"CASE WHEN {_SENT} THEN {{{_P}.src_instance.vm_name}} ELSE {{{_P}.dest_instance.vm_name}} END",
            # The way there and back is measured on what was acknowledged.
            "established": f"CASE WHEN {{{_P}.rtt_msec}} IS NOT NULL THEN TRUE END",
        }),
        Map("network_activity", when=f"{{logName}} LIKE '%firewall' AND {{{_P}.connection.src_ip}} IS NOT NULL", columns={
            "time": _time("timestamp"), **_UID, **_ENDS, "action": f"CASE {{{_P}.disposition}} WHEN 'ALLOWED' THEN 'accept' WHEN 'DENIED' THEN 'reject' ELSE lower({{{_P}.disposition}}) END",
            "direction": f"CASE {{{_P}.rule_details.direction}} WHEN 'INGRESS' THEN 'inbound' WHEN 'EGRESS' THEN 'outbound' END",
            "established": f"CASE WHEN {{{_P}.disposition}} = 'DENIED' THEN FALSE END", "interface": f"{{{_P}.instance.vm_name}}",
        }),
        Map("dns_activity", when=f"{{{_P}.queryName}} IS NOT NULL", columns={
            "time": _time("timestamp"), **_UID, "src_ip": f"{{{_P}.sourceIP}}", "dst_ip": f"{{{_P}.destinationIP}}", "query": f"lower(rtrim({{{_P}.queryName}}, '.'))",
            "qtype": f"{{{_P}.queryType}}", "rcode": f"{{{_P}.responseCode}}", "answers": f"NULLIF(array_to_string(regexp_extract_all({_RDATA}, '{_RECORD}', 2), ','), '')",
            "answer_ip": f"NULLIF(regexp_extract({_RDATA}, '{_ADDRESS}', 1), '')", "ttl": f"TRY_CAST(regexp_extract({_RDATA}, '{_RECORD}', 1) AS DOUBLE)",
            # The machine's name stands behind the number of its project.
            "host": f"lower(regexp_replace({{{_P}.vmInstanceName}}, '^[0-9]+[.]', ''))",
        }),
        Map("base_event", columns={"time": _time("timestamp"), **_UID, "type": "'google.' || regexp_extract({logName}, '[^/%]*$')", "message": "{logName}"}),
    ),
)
