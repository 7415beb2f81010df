"""Suricata's EVE JSON: alerts, flows and the logs of its protocol parsers, versions 4 to 8.

Source of the fields: docs.suricata.io, "Eve JSON Format".
"""

from __future__ import annotations

import re

from vidocq.model.source import Head, Layout, Map, Source, names_in

_TYPES = (
    "alert|anomaly|arp|dcerpc|dhcp|dns|drop|engine|fileinfo|flow|ftp|ftp_data|http|http2|ike|krb5|mdns|mqtt|netflow|nfs|pgsql|quic|rdp|rfb|sip|smb|smtp|snmp|ssh|stats|"
    "tftp|tls"
)
_TYPE = re.compile(rf'"event_type"\s*:\s*"({_TYPES})"')


def recognise(head: Head) -> Layout | None:
    text = head.text[:30_000]
    return Layout("json") if _TYPE.search(text) and "timestamp" in names_in(text) else None


def _when(*names: str) -> str:
    found = ", ".join(f"CAST(TRY_CAST({{{name}}} AS TIMESTAMPTZ) AS TIMESTAMP)" for name in names)
    return f"COALESCE({found})"


def _whole(name: str) -> str:
    return f"TRY_CAST({{{name}}} AS BIGINT)"


def _kind(*names: str) -> str:
    return f"{{event_type}} IN ({', '.join(f'{n!r}' for n in names)})"


_BASE = {"time": _when("timestamp"), "uid": "{flow_id}"}
_ENDS = {"src_ip": "{src_ip}", "src_port": _whole("src_port"), "dst_ip": "{dest_ip}", "dst_port": _whole("dest_port")}
_BOTH = {**_BASE, **_ENDS}

# Some events are told from the side that sent the packet; the asking side is the one that does not use the well-known port.
_ASKED_BACK = f"COALESCE({_whole('src_port')} = 53 AND {_whole('dest_port')} <> 53, FALSE)"
_SERVED = f"COALESCE({_whole('src_port')} < {_whole('dest_port')}, FALSE)"


def _client(turned: str) -> dict[str, str]:
    return {"src_ip": f"CASE WHEN {turned} THEN {{dest_ip}} ELSE {{src_ip}} END", "dst_ip": f"CASE WHEN {turned} THEN {{src_ip}} ELSE {{dest_ip}} END"}


_NAME = "COALESCE({dns.rrname}, {dns.queries[0].rrname}, {dns.query[0].rrname})"
_QUERY = f"lower(rtrim({_NAME}, '.'))"
_ADDRESSES = "COALESCE({dns.grouped.A}, {dns.grouped.AAAA}, {dns.answers}, {dns.rdata})"
_IP_TEXT = r"^\[?[0-9a-fA-F.:]*[.:][0-9a-fA-F.:]+\]?$"

# A connection stands when the server's own SYN was seen, or the engine followed it past the handshake.
_FLAGS_BACK = "TRY_CAST('0x' || {tcp.tcp_flags_tc} AS INTEGER)"
_FOLLOWED = f"{{flow.state}} IN ('established', 'closed') AND {_whole('flow.pkts_toclient')} > 1"
_ESTABLISHED = f"""CASE WHEN lower({{proto}}) = 'tcp' THEN COALESCE({_FLAGS_BACK} & 2 > 0, {_FOLLOWED}, FALSE)
    ELSE COALESCE({_whole('flow.pkts_toclient')} > 0, FALSE) END"""
_LENGTH = f"COALESCE(ROUND(epoch({_when('flow.end')}) - epoch({_when('flow.start')}), 6), TRY_CAST({{flow.age}} AS DOUBLE))"

# Rules speak of severity from 1, the highest, to 4. Events of the decoder itself (`SURICATA …`) are broken protocols, seldom attacks.
_RATED = f"CASE {_whole('alert.severity')} WHEN 1 THEN 4 WHEN 2 THEN 3 WHEN 3 THEN 2 WHEN 4 THEN 1 END"
_SEVERITY = f"CASE WHEN {{alert.signature}} LIKE 'SURICATA %' THEN 1 ELSE COALESCE({_RATED}, 3) END"
_TECHNIQUES = "NULLIF(array_to_string(regexp_extract_all({alert.metadata.mitre_technique_id}, 'T[0-9][0-9][0-9][0-9][0-9.]*'), ','), '')"
_TACTICS = "NULLIF(replace(array_to_string(regexp_extract_all({alert.metadata.mitre_tactic_name}, '[A-Za-z_]+'), ','), '_', ''), '')"


_HOST = f"CASE WHEN NOT regexp_matches({{http.hostname}}, '{_IP_TEXT}') THEN {{http.hostname}} END"
_NAMED = {
    ("ip", "source"): "{src_ip}",
    ("ip", "destination"): "{dest_ip}",
    ("domain", "destination"): f"lower(COALESCE({_HOST}, {{tls.sni}}, rtrim({_NAME}, '.')))",
    ("url", "destination"): "CASE WHEN {http.hostname} IS NOT NULL AND {http.url} LIKE '/%' THEN 'http://' || {http.hostname} || {http.url} END",
    ("hash", "file"): "lower(COALESCE({files[0].sha256}, {fileinfo.sha256}))",
    ("file", "file"): "COALESCE({smb.filename}, {smtp.filename})",
}


def _entities() -> str:
    """What an alert names, as JSON."""
    each = (
        f"CASE WHEN {sql} IS NOT NULL THEN json_object('kind', '{kind}', 'name', {sql}, 'role', '{role}') END" for (kind, role), sql in _NAMED.items()
    )
    return f"to_json(list_filter([{', '.join(each)}], lambda e: e IS NOT NULL))::VARCHAR"


SOURCE = Source(
    id="suricata_eve",
    title="Suricata EVE JSON",
    recognise=recognise,
    rank=55,
    maps=(
        Map("network_activity", when=_kind("flow"), columns={
            **_BOTH, "time": _when("flow.start", "timestamp"), "protocol": "lower({proto})", "app": "CASE WHEN {app_proto} <> 'failed' THEN {app_proto} END",
            "duration": _LENGTH, "bytes_out": _whole("flow.bytes_toserver"), "bytes_in": _whole("flow.bytes_toclient"),
            "packets_out": _whole("flow.pkts_toserver"),
            "packets_in": _whole("flow.pkts_toclient"), "state": "COALESCE({tcp.state}, {flow.state})", "established": _ESTABLISHED,
            "action": "{flow.action}", "interface": "{in_iface}",
        }),
        Map("detection_finding", when=_kind("alert") + " AND COALESCE({alert.signature_id}, {alert.signature}) IS NOT NULL", columns={
            **_BASE, "rule": "{alert.signature_id}", "title": "{alert.signature}", "message": "{alert.category}", "severity": _SEVERITY,
            "product": "'Suricata'", "category": "'threat'",
            "src_ip": "{src_ip}", "dst_ip": "{dest_ip}", "action": "{alert.action}", "techniques": _TECHNIQUES, "tactics": _TACTICS, "entities": _entities(),
        }),
        Map("dns_activity", when=_kind("dns"), columns={
            **_BASE, **_client(_ASKED_BACK), "query": _QUERY, "qtype": "COALESCE({dns.rrtype}, {dns.queries[0].rrtype}, {dns.query[0].rrtype})",
            "rcode": "{dns.rcode}",
            "answers": "COALESCE({dns.answers}, {dns.rdata})",
            "answer_ip": f"NULLIF(regexp_extract({_ADDRESSES}, '([0-9]+[.][0-9]+[.][0-9]+[.][0-9]+)', 1), '')",
            "ttl": "TRY_CAST(COALESCE({dns.ttl}, {dns.answers[0].ttl}) AS DOUBLE)",
        }),
        Map("http_activity", when=_kind("http", "http2"), columns={
            **_BOTH, "method": "{http.http_method}", "host": "lower({http.hostname})", "url": "{http.url}", "user_agent": "{http.http_user_agent}",
            "referrer": "{http.http_refer}",
            "status_code": _whole("http.status"), "bytes_in": _whole("http.length"), "mime": "{http.http_content_type}",
            "host_is_ip": f"COALESCE(regexp_matches({{http.hostname}}, '{_IP_TEXT}'), FALSE)",
        }),
        Map("tls_activity", when=_kind("tls", "quic"), columns={
            **_BOTH, "server_name": "lower(COALESCE({tls.sni}, {quic.sni}))", "version": "COALESCE({tls.version}, {quic.version})",
            "ja3": "COALESCE({tls.ja3.hash}, {quic.ja3.hash})",
            "ja3s": "COALESCE({tls.ja3s.hash}, {quic.ja3s.hash})", "subject": "{tls.subject}", "issuer": "{tls.issuerdn}",
            "self_signed": "{tls.subject} = {tls.issuerdn}",
            "established": "COALESCE({tls.version}, {quic.version}, 'UNDETERMINED') <> 'UNDETERMINED'",
        }),
        Map("file_activity", when=_kind("fileinfo"), columns={
            **_BASE, **_client(_SERVED), "file_name": "{fileinfo.filename}",
            "mime": "COALESCE({fileinfo.mimetype}, {fileinfo.magic}, {http.http_content_type})", "md5": "{fileinfo.md5}",
            "sha1": "{fileinfo.sha1}", "sha256": "{fileinfo.sha256}", "size": _whole("fileinfo.size"), "protocol": "{app_proto}",
        }),
        Map("authentication", when=_kind("ssh", "rdp", "krb5"), columns={
            **_BOTH, "service": "CASE {event_type} WHEN 'krb5' THEN 'kerberos' ELSE {event_type} END", "actor_user": "COALESCE({krb5.cname}, {rdp.cookie})",
            "client": "COALESCE({ssh.client.software_version}, {rdp.client.client_name}, {krb5.cname})",
            "method": "COALESCE({krb5.msg_type}, {rdp.event_type}, {rdp.protocol})",
            "status": "CASE WHEN {krb5.msg_type} = 'KRB_ERROR' THEN 'failure' WHEN {krb5.msg_type} LIKE '%_REP' THEN 'success' END",
        }),
        Map("smb_activity", when=_kind("smb"), columns={
            **_BOTH, "share": "COALESCE({smb.share}, {smb.tree})", "path": "{smb.filename}", "operation": "{smb.command}", "size": _whole("smb.size"),
            "actor_user": "{smb.ntlmssp.user}",
        }),
        Map("rpc_activity", when=_kind("dcerpc"), columns={
            **_BOTH, "endpoint": "COALESCE({dcerpc.interfaces[0].uuid}, {dcerpc.interface.uuid})",
            "operation": "COALESCE({dcerpc.req.opnum}, {dcerpc.request})",
        }),
        Map("email_activity", when=_kind("smtp"), columns={
            **_BOTH, "sender": "trim(COALESCE({smtp.mail_from}, {email.from}), '<>')", "sender_domain": "NULLIF(split_part(lower(trim(COALESCE({smtp.mail_from}, {email.from}), '<> ')), '@', 2), '')", "recipients": "COALESCE({smtp.rcpt_to}, {email.to})",
            "subject": "{email.subject}", "status": "{email.status}",
        }),
        Map("dhcp_activity", when=_kind("dhcp"), columns={
            **_BASE, "src_ip": "COALESCE({dhcp.assigned_ip}, {dhcp.client_ip})", "mac": "{dhcp.client_mac}", "host": "lower({dhcp.hostname})",
            "lease": "TRY_CAST({dhcp.lease_time} AS DOUBLE)",
        }),
        Map("base_event", when="{event_type} <> 'alert'", columns={
            **_BASE, "type": "'suricata.' || {event_type}", "src_ip": "{src_ip}", "dst_ip": "{dest_ip}",
            "message": "COALESCE({anomaly.event}, {anomaly.type}, {drop.reason}, {app_proto})",
        }),
    ),
)
