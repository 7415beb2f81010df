"""Zeek logs, TSV by their `#fields` line or JSON. Source of the fields: docs.zeek.org, "Zeek log formats and inspection"."""

from __future__ import annotations

import json
import re

from vidocq.model.source import Head, Layout, Map, Source

_PATH = re.compile(r"^#path[\t ](\S+)", re.M)

# A field that only this log has, for JSON without `_path` and for files with names of one's own.
_TELLING = {
    "conn": ("conn_state", "history"), "dns": ("qtype_name", "rcode_name", "query"), "http": ("user_agent", "uri", "method"), "ssl": ("cipher", "server_name", "ja3"),
    "x509": ("certificate.serial",), "ssh": ("auth_attempts", "auth_success"), "rdp": ("cookie", "security_protocol"), "smb_files": ("prev_name", "action"),
    "smb_mapping": ("share_type",), "kerberos": ("request_type",), "dce_rpc": ("endpoint", "named_pipe"), "smtp": ("mailfrom", "helo"), "dhcp": ("mac", "lease_time"),
    "notice": ("note", "actions"), "weird": ("notice", "peer"), "files": ("fuid", "mime_type", "seen_bytes"),
}

# Logs that name no connection, so that in JSON only their file's name tells them.
_ALONE = frozenset({
    "arp", "broker", "capture_loss", "cluster", "config", "known_certs", "known_devices", "known_hosts", "known_modbus", "known_services",
    "loaded_scripts", "ocsp", "packet_filter", "pe", "reporter", "software", "stats", "telemetry", "traceroute",
})


def _json_log(head: Head) -> str | None:
    try:
        record = json.loads(head.first_line())
    except ValueError:
        return None
    if not isinstance(record, dict) or "ts" not in record:
        return None
    named = str(record.get("_path") or "") or head.name.rsplit("/", 1)[-1].split(".")[0]
    if named in _ALONE and isinstance(record["ts"], (int, float, str)):
        return named
    if "id.orig_h" not in record and not ({"_path", "fuid", "uids", "certificate.serial"} & record.keys()) and named not in _TELLING:
        return None
    if named in _TELLING:
        return named
    best = max(_TELLING, key=lambda log: sum(f in record for f in _TELLING[log]))
    return best if any(f in record for f in _TELLING[best]) else named


def recognise(head: Head) -> Layout | None:
    if head.text.startswith("#separator") or "\n#fields\t" in head.text[:2000] or head.text.startswith("#fields\t"):
        path = _PATH.search(head.text)
        return Layout("delimited", header="#fields", variant=path[1] if path else head.name.rsplit("/", 1)[-1].split(".")[0])
    log = _json_log(head)
    return Layout("json", variant=log) if log else None


def _number(name: str, kind: str = "BIGINT") -> str:
    return f"TRY_CAST({{{name}}} AS {kind})"


def _time(name: str = "ts") -> str:
    # Epoch seconds, or ISO 8601 where the writer was told so.
    return f"COALESCE(make_timestamp(CAST(ROUND(TRY_CAST({{{name}}} AS DOUBLE) * 1000000) AS BIGINT)), TRY_CAST({{{name}}} AS TIMESTAMP))"


_TIME = {"time": _time(), "uid": "{uid}"}
_ENDS = {"src_ip": "{id.orig_h}", "src_port": _number("id.orig_p", "INTEGER"), "dst_ip": "{id.resp_h}", "dst_port": _number("id.resp_p", "INTEGER")}
_BOTH = {**_TIME, **_ENDS}
_TRUE = "lower({%s}) IN ('t', 'true')"
# States in which both sides spoke: docs.zeek.org, base/protocols/conn/main.zeek.
_SPOKE = "{conn_state} IN ('SF', 'S1', 'S2', 'S3', 'RSTO', 'RSTR')"
_IP_HOST = r"regexp_matches({host}, '^\[?[0-9a-fA-F.:]*[.:][0-9a-fA-F.:]+\]?$')"
_QUERY = "lower(rtrim({query}, '.'))"

SOURCE = Source(
    id="zeek",
    title="Zeek logs (TSV and JSON)",
    recognise=recognise,
    flat=True,
    rank=50,
    maps=(
        Map("network_activity", when="variant = 'conn'", columns={
            **_BOTH, "protocol": "lower({proto})", "app": "lower({service})", "duration": _number("duration", "DOUBLE"),
            "bytes_out": _number("orig_bytes"), "bytes_in": _number("resp_bytes"), "packets_out": _number("orig_pkts"), "packets_in": _number("resp_pkts"),
            "state": "{conn_state}", "established": f"{_SPOKE} OR (lower({{proto}}) <> 'tcp' AND COALESCE({_number('resp_pkts')}, 0) > 0)",
        }),
        Map("dns_activity", when="variant = 'dns'", columns={
            **_TIME, "src_ip": "{id.orig_h}", "dst_ip": "{id.resp_h}", "query": _QUERY, "qtype": "COALESCE({qtype_name}, {qtype})",
            "rcode": "COALESCE({rcode_name}, {rcode})", "answers": "{answers}",
            "answer_ip": "NULLIF(regexp_extract({answers}, '([0-9]+[.][0-9]+[.][0-9]+[.][0-9]+)', 1), '')",
            "ttl": "TRY_CAST(regexp_extract({TTLs}, '([0-9.]+)', 1) AS DOUBLE)",
        }),
        Map("http_activity", when="variant = 'http'", columns={
            **_BOTH, "method": "{method}", "host": "lower({host})", "url": "{uri}", "user_agent": "{user_agent}", "referrer": "{referrer}",
            "status_code": _number("status_code", "INTEGER"), "bytes_out": _number("request_body_len"), "bytes_in": _number("response_body_len"),
            "mime": "{resp_mime_types}", "file_name": "{resp_filenames}", "host_is_ip": f"COALESCE({_IP_HOST}, FALSE)",
        }),
        Map("tls_activity", when="variant = 'ssl'", columns={
            **_BOTH, "server_name": "lower({server_name})", "version": "{version}", "cipher": "{cipher}", "ja3": "{ja3}", "ja3s": "{ja3s}", "subject": "{subject}", "issuer": "{issuer}",
            "self_signed": "COALESCE({subject} = {issuer}, {validation_status} LIKE 'self signed%')", "established": _TRUE % "established",
        }),
        Map("file_activity", when="variant = 'files'", columns={
            "time": _time(), "uid": "COALESCE({uid}, regexp_extract({conn_uids}, '(C[0-9A-Za-z]+)', 1), {fuid})",
            "src_ip": "COALESCE({id.orig_h}, regexp_extract({rx_hosts}, '([0-9a-fA-F.:]+)', 1))", "dst_ip": "COALESCE({id.resp_h}, regexp_extract({tx_hosts}, '([0-9a-fA-F.:]+)', 1))",
            "file_name": "{filename}", "mime": "{mime_type}", "md5": "{md5}", "sha1": "{sha1}", "sha256": "{sha256}", "size": _number("seen_bytes"), "protocol": "lower({source})",
        }),
        Map("authentication", when="variant IN ('ssh', 'rdp', 'kerberos', 'ntlm')", columns={
            **_BOTH, "service": "variant", "client": "{client}", "actor_user": "COALESCE({cookie}, {username}, CASE WHEN variant = 'kerberos' THEN {client} END)", "host": "lower({hostname})",
            "status": f"CASE WHEN {_TRUE % 'auth_success'} OR {_TRUE % 'success'} THEN 'success' WHEN COALESCE({{auth_success}}, {{success}}) IS NOT NULL THEN 'failure' END",
            "method": "COALESCE({auth_method}, {request_type}, {security_protocol})",
        }),
        Map("smb_activity", when="variant IN ('smb_files', 'smb_mapping')", columns={
            **_BOTH, "share": "COALESCE({path}, {share})", "path": "{name}", "operation": "COALESCE({action}, 'SMB::TREE_CONNECT')", "size": _number("size"),
        }),
        Map("rpc_activity", when="variant = 'dce_rpc'", columns={**_BOTH, "endpoint": "{endpoint}", "operation": "{operation}", "pipe": "{named_pipe}"}),
        Map("email_activity", when="variant = 'smtp'", columns={
            **_BOTH, "sender": "COALESCE({mailfrom}, {from})", "sender_domain": "NULLIF(split_part(lower(trim(COALESCE({mailfrom}, {from}), '<> ')), '@', 2), '')", "recipients": "COALESCE({rcptto}, {to})", "subject": "{subject}", "user_agent": "{user_agent}", "status": "{last_reply}",
        }),
        Map("dhcp_activity", when="variant = 'dhcp'", columns={
            "time": _time(), "uid": "COALESCE({uid}, regexp_extract({uids}, '(C[0-9A-Za-z]+)', 1))", "src_ip": "COALESCE({assigned_addr}, {assigned_ip}, {client_addr}, {id.orig_h})", "mac": "{mac}", "host": "lower(COALESCE({host_name}, {client_fqdn}))", "lease": _number("lease_time", "DOUBLE"),
        }),
        Map("detection_finding", when="variant = 'notice'", columns={
            **_TIME, "rule": "{note}", "title": "COALESCE({msg}, {note})", "message": "{sub}", "product": "'Zeek'", "severity": "3",
            # What the sensor says of itself and of its own operation is no alert about the network.
            "category": "CASE WHEN {note} LIKE 'CaptureLoss::%' OR {note} LIKE 'PacketFilter::%' OR {note} LIKE 'SSL::Certificate_%' THEN 'posture' ELSE 'threat' END",
            "src_ip": "COALESCE({id.orig_h}, {src})", "dst_ip": "COALESCE({id.resp_h}, {dst})",
        }),
        Map("base_event", columns={
            "time": _time(), "uid": "{uid}", "type": "'zeek.' || variant", "src_ip": "{id.orig_h}", "dst_ip": "{id.resp_h}", "message": "COALESCE({name}, {msg}, {service})",
        }),
    ),
)
