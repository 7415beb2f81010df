"""The shape of every event: one flat table per OCSF class, common columns first.

Column names follow OCSF's attributes, flattened. A column that names an entity says so, so that the index of entities, hops
and correlation need to know no class by name. Types are DuckDB's; every other store maps them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an event table; `entity` is its kind where the value names one, `role` the part it plays."""

    name: str
    type: str = "VARCHAR"
    entity: str = ""
    role: str = ""


def _columns(text: str) -> tuple[Column, ...]:
    """`name type kind:role`, separated by commas; type and entity may be left out."""
    out = []
    for item in text.replace("\n", " ").split(","):
        words = item.split()
        types = [w for w in words[1:] if ":" not in w]
        entity = next((w for w in words[1:] if ":" in w), ":")
        kind, role = entity.split(":")
        out.append(Column(words[0], types[0] if types else "VARCHAR", kind, role))
    return tuple(out)


COMMON = _columns("time TIMESTAMP, uid, source, digest")
"""`time` in UTC; `uid` names the evidence (see the reference of formats); `source` is the unit that read it; `digest` the first 16
hex digits of the record's SHA-256: it orders what time and uid leave equal."""

_NET = "src_ip ip:source, src_port INTEGER, dst_ip ip:destination, dst_port INTEGER"

CLASSES: dict[str, tuple[Column, ...]] = {
    name: COMMON + _columns(text)
    for name, text in {
        # OCSF 6003. The control plane of a cloud.
        "api_activity": """actor_user user:actor, actor_type, actor_key key:credential, actor_session, issuer resource:issuer, account account:account,
            src_ip ip:source, user_agent, service, operation, read_only BOOLEAN, status, error, region, resource resource:target,
            mfa BOOLEAN, invoked_by, console BOOLEAN, new_key key:issued, new_session, target_user, detail, shared_with, tool, act, tactic, technique""",
        # OCSF 4001.
        "network_activity": _NET + """, protocol, app, duration DOUBLE, bytes_out BIGINT, bytes_in BIGINT, packets_out BIGINT,
            packets_in BIGINT, state, established BOOLEAN, action, direction, interface, host host:host, actor_user user:actor, process, pid BIGINT,
            process_guid process:process""",
        # OCSF 4003.
        "dns_activity": "src_ip ip:source, dst_ip, query domain:destination, domain domain:registered, qtype, rcode, answers, answer_ip ip:answer, ttl DOUBLE, host host:host, process, pid BIGINT, process_guid process:process",
        # OCSF 4002.
        "http_activity": _NET + """, method, host domain:destination, url, user_agent, referrer, status_code INTEGER, bytes_out BIGINT,
            bytes_in BIGINT, mime, file_name, host_is_ip BOOLEAN, actor_user user:actor""",
        # OCSF 4014 (tunnel) has no class for handshakes; the fields are those of OCSF's `tls` object.
        "tls_activity": _NET + ", server_name domain:destination, version, cipher, ja3, ja3s, subject, issuer, self_signed BOOLEAN, established BOOLEAN",
        # OCSF 1001 and 4009 (network file).
        "file_activity": """src_ip ip:source, dst_ip ip:destination, file_name file:file, mime, md5 hash:file, sha1, sha256, size BIGINT, protocol, actor_user user:actor, process,
            pid BIGINT, process_guid process:process, host host:host, operation""",
        # OCSF 3002.
        "authentication": _NET + ", actor_user user:actor, host host:host, service, status, method, client, logon_type, fields",
        # OCSF 4006.
        "smb_activity": _NET + ", share, path, operation, size BIGINT, actor_user user:actor, host host:host, access",
        # OCSF 4001 with an RPC on top.
        "rpc_activity": _NET + ", endpoint, operation, pipe",
        # OCSF 4009.
        # `spf`, `dkim` and `dmarc` are what a server of ours found, or nothing. `attachments`, `urls` and `links` are JSON: names, addresses, and pairs of the
        # host that a link's text shows and the one it leads to. `trace_id` is the server's own name of the message. `recipient` is whose copy it is, `reporter` who showed it to us.
        "email_activity": _NET + """, sender mailbox:sender, sender_name, sender_domain domain:sender, return_path, reply_to mailbox:reply, reply_domain domain:reply, recipients, recipient mailbox:recipient,
            subject, direction, message_id, trace_id, spf, dkim, dmarc, attachments, urls, links, reporter mailbox:reporter, user_agent, status""",
        # OCSF 4004.
        "dhcp_activity": "src_ip ip:source, mac, host host:host, lease DOUBLE",
        # OCSF 5001. What a cloud says of its machines. `devices`: a line each, `instance|address|name`.
        "inventory_info": "account, devices",
        # OCSF 1007. Of a start, `process` is what was started and `parent` what started it; of an open or an injection, `process` is whose memory
        # was meant and `parent` who reached for it. `access` is the right that was asked for, in hexadecimal as Windows writes it.
        "process_activity": """host host:host, actor_user user:actor, process, pid BIGINT, process_guid process:process, command, parent, parent_pid BIGINT,
            parent_guid process:parent, parent_command, file_name file:file, sha256 hash:file, md5, integrity, operation, access, folder, product, company, logon_id, call_trace, fields""",
        # OCSF 1005.
        "module_activity": "host host:host, actor_user user:actor, process, pid BIGINT, process_guid process:process, file_name file:file, sha256 hash:file, signed BOOLEAN, signer, product",
        # OCSF 201001 and 201002. `value` is what the key or value was set to.
        "registry_activity": "host host:host, actor_user user:actor, process, pid BIGINT, process_guid process:process, path, value, operation",
        # OCSF 1009.
        "script_activity": "host host:host, actor_user user:actor, interpreter, path file:file, text, command, pid BIGINT, process_guid process:process",
        # OCSF 1006 (scheduled job) and 201004 (Windows service): what will run later. `kind`: task, service, subscription.
        "job_activity": "host host:host, actor_user user:actor, kind, name, command, account, operation",
        # OCSF 3001 (account change) and 3006 (group management). `group_name` where a membership changed.
        "account_change": "host host:host, actor_user user:actor, target_user user:target, group_name, operation, detail",
        # OCSF 3004. An object that is no account: of a directory, a database, a machine's own settings.
        "entity_management": "host host:host, actor_user user:actor, object, object_type, operation, properties, access",
        # OCSF 1008. What happened to a log itself.
        "event_log_activity": "host host:host, actor_user user:actor, log, operation, detail",
        # OCSF 2004. Alerts, native or from elsewhere. `category`: threat, posture (context, never a trigger).
        "detection_finding": """rule, title, message, severity INTEGER, product, category, host host:host, actor_user user:actor, src_ip ip:source, dst_ip ip:destination,
            entities, techniques, tactics, action""",
        # OCSF 0. What a source understands but no class above describes. `fields`, here and above, is what the record itself says under the names it
        # uses, as the JSON text of an object: the rules of others name those, not ours.
        "base_event": "type, host host:host, actor_user user:actor, src_ip ip:source, dst_ip ip:destination, message, fields",
        # OCSF 2004. What the own detections said, a row for each event that they named: a question can ask what else was said. `facet` is the act that a
        # rule sees a side of. Never read from a log.
        "own_finding": "rule, facet, host host:host, actor_user user:actor, src_ip ip:source, techniques",
        # OCSF 1007. What the descendants of a process did, a row for each event and ancestor. `depth`: how many generations lie between. Never read from a log.
        "descendant_activity": "ancestor_guid, process_guid, depth INTEGER, host, actor_user, process, operation, what",
    }.items()
}

DERIVED = frozenset({"own_finding", "descendant_activity"})
"""Classes that no log is read into: they are made from what others say."""

CONTEXT: dict[str, tuple[Column, ...]] = {
    # One row per address or domain seen, filled by enrichment. NULL means that no table covers it.
    "address": _columns("ip, internal BOOLEAN, asn BIGINT, organisation, country, cloud, hosting BOOLEAN, abuse_hosting BOOLEAN, vpn, tor BOOLEAN, listed, resolver BOOLEAN, "
                        "scope, known_benign, scanner, parked BOOLEAN"),
    "name": _columns("name, registered, popular BOOLEAN, dynamic BOOLEAN, known_benign, rpc BOOLEAN, pool BOOLEAN, shortener BOOLEAN, listed, suffix, lookalike, lookalike_how"),
    # Who descends from whom: made from the starts of processes that the store holds.
    "process_tree": _columns("ancestor_guid, descendant_guid, depth INTEGER"),
    "asset": _columns("kind, name, owner, criticality, vip BOOLEAN, decoy BOOLEAN, test_from TIMESTAMP, test_until TIMESTAMP, maintenance_from TIMESTAMP, maintenance_until TIMESTAMP, note"),
}

SAYS: dict[str, str] = {
    "api_activity": "concat_ws(' ', service || ':' || operation, 'by', COALESCE(actor_session, actor_user), 'from', COALESCE(src_ip, invoked_by), '(' || error || ')')",
    "network_activity": "concat_ws(' ', src_ip, 'to', dst_ip || ':' || CAST(dst_port AS VARCHAR), protocol, app, CAST(bytes_out AS VARCHAR) || ' bytes out', CAST(bytes_in AS VARCHAR) || ' in', state)",
    "dns_activity": "concat_ws(' ', src_ip, 'asked for', query, qtype, rcode)",
    "http_activity": "concat_ws(' ', src_ip, method, host, url, CAST(status_code AS VARCHAR))",
    "tls_activity": "concat_ws(' ', src_ip, 'to', dst_ip || ':' || CAST(dst_port AS VARCHAR), 'TLS', server_name)",
    "file_activity": "concat_ws(' ', COALESCE(src_ip, host), 'file', file_name, mime, 'from', dst_ip)",
    "authentication": "concat_ws(' ', service, 'sign-in', status, 'of', actor_user, 'from', src_ip, 'to', COALESCE(dst_ip, host))",
    "smb_activity": "concat_ws(' ', src_ip, operation, share, path, 'on', dst_ip)",
    "rpc_activity": "concat_ws(' ', src_ip, endpoint, operation, 'on', dst_ip)",
    "email_activity": "concat_ws(' ', status, sender, 'to', recipients, subject)",
    "dhcp_activity": "concat_ws(' ', mac, 'has', src_ip, host)",
    "inventory_info": "concat_ws(' ', 'machines', devices)",
    "process_activity": "concat_ws(' ', host, actor_user, operation, COALESCE(command, process), 'by', parent)",
    "module_activity": "concat_ws(' ', host, process, 'loads', file_name)",
    "registry_activity": "concat_ws(' ', host, process, operation, path, value)",
    "script_activity": "concat_ws(' ', host, actor_user, 'runs', COALESCE(path, interpreter), substr(text, 1, 300))",
    "job_activity": "concat_ws(' ', host, kind, operation, name, command)",
    "account_change": "concat_ws(' ', host, actor_user, operation, target_user, group_name)",
    "entity_management": "concat_ws(' ', host, actor_user, operation, object_type, object)",
    "event_log_activity": "concat_ws(' ', host, actor_user, operation, log)",
    "detection_finding": "concat_ws(' ', product, title, 'on', COALESCE(host, src_ip, actor_user))",
    "base_event": "concat_ws(' ', type, COALESCE(host, src_ip), message)",
    "own_finding": "concat_ws(' ', rule, 'on', COALESCE(host, src_ip, actor_user))",
    "descendant_activity": "concat_ws(' ', host, process, operation, what)",
}
"""One line about an event of each class, in SQL."""


def columns(table: str) -> dict[str, Column]:
    """The columns of an event or context table by name; KeyError if there is no such table."""
    return {c.name: c for c in (CLASSES.get(table) or CONTEXT[table])}


def ddl(table: str) -> str:
    """The statement that creates a table."""
    body = ", ".join(f'"{c.name}" {c.type}' for c in columns(table).values())
    return f'CREATE TABLE IF NOT EXISTS "{table}" ({body})'
