"""Events that somebody else put into OCSF, 1.0 to 1.5 and its candidates: JSON lines or arrays, and Parquet as Amazon Security Lake lays it out.

Source of the fields: schema.ocsf.io. What a class means here is in `model/event.py`; a class that has no table becomes a `base_event`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from vidocq.content.sources.ocsf.cloud import REFINE, asked, reads
from vidocq.model.mail import domain_of, listed, mailbox
from vidocq.model.record import as_json, at, every, inside, named, text
from vidocq.model.source import Head, Layout, Row, Source, names_in

_CLASS = re.compile(r'"class_uid"\s*:\s*\d+')
_IP = re.compile(r"^[0-9a-fA-F.:]*[.:][0-9a-fA-F.:]+$")


def recognise(head: Head) -> Layout | None:
    if head.text.startswith("PAR1"):
        return Layout("parquet") if "class_uid" in head.text else None
    return Layout("json", within=("Records", "events")) if _CLASS.search(head.text) and "metadata" in names_in(head.text) else None


def _time(event: Mapping[str, Any]) -> Any:
    """Milliseconds since 1970 by the standard; seconds, microseconds and text are met too, and told apart by their size."""
    value = at(event, "time", "time_dt", "start_time", "start_time_dt")
    if isinstance(value, str) and not value.isdigit():
        return value
    number = float(value)
    scale = next(s for limit, s in ((1e11, 1), (1e14, 1e3), (1e17, 1e6), (float("inf"), 1e9)) if abs(number) < limit)
    return dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(microseconds=round(number / scale * 1e6))


def _ip(event: Any, *paths: str) -> str | None:
    found = text(event, *paths)
    return found if found and _IP.match(found) else None


def _lower(event: Any, *paths: str) -> str | None:
    found = text(event, *paths)
    return found.lower().rstrip(".") if found else None


def _ends(event: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "src_ip": _ip(event, "src_endpoint.ip"), "src_port": text(event, "src_endpoint.port"),
        "dst_ip": _ip(event, "dst_endpoint.ip"), "dst_port": text(event, "dst_endpoint.port"),
    }


def _user(event: Mapping[str, Any], *roots: str) -> str | None:
    """Who: the name a principal keeps through renames first, as in the logs of the cloud; a local account by its name."""
    cloud = text(event, "cloud.provider") is not None
    fields = ("uid_alt", "uid", "uuid", "name", "email_addr") if cloud else ("name", "email_addr", "uid")
    return text(event, *(f"{root}.{field}" for root in roots for field in fields))


def _status(event: Mapping[str, Any]) -> str | None:
    told = {"1": "success", "2": "failure"}.get(str(text(event, "status_id")))
    name = (text(event, "status") or "").lower()
    return told or (name if name in ("success", "failure") else None)


def _api(event: Mapping[str, Any]) -> dict[str, Any]:
    operation = text(event, "api.operation", "activity_name", "type_name")
    error = text(event, "api.response.error", "api.response.error_message")
    activity = (text(event, "activity_name") or "").lower()
    invoked = text(event, "actor.invoked_by", "http_request.src_endpoint.svc_name", "src_endpoint.svc_name", "src_endpoint.domain")
    service = text(event, "api.service.name", "metadata.product.name")
    account = text(event, "cloud.account.uid", "actor.user.account.uid", "cloud.account_uid", "actor.user.account_uid")
    agent = text(event, "http_request.user_agent")
    read_only = True if activity == "read" else False if activity in ("create", "update", "delete") else reads(operation) if text(event, "cloud.provider") == "AWS" else None
    told = asked(event, account, read_only, agent)
    return {
        **told,
        "actor_user": _user(event, "actor.user") or invoked, "actor_type": text(event, "actor.user.type"),
        "actor_key": text(event, "actor.user.credential_uid", "actor.session.credential_uid"),
        "actor_session": text(event, "actor.user.uid", "actor.user.uuid", "actor.session.uid"), "issuer": text(event, "actor.session.issuer", "actor.idp.name"),
        "account": account, "src_ip": _ip(event, "src_endpoint.ip"), "user_agent": agent,
        "service": service.removesuffix(".amazonaws.com") if service else None, "operation": operation, "region": text(event, "cloud.region"),
        "read_only": read_only,
        "status": _status(event) or ("failure" if error else None), "error": error, "mfa": at(event, "is_mfa", "mfa", "actor.session.is_mfa"),
        "resource": text(event, "resources.uid", "resource.uid", "resources.name", "resource.name") or told["resource"],
        "invoked_by": invoked if invoked and not _IP.match(invoked) else None,
        "target_user": told["target_user"] or text(event, "user.name", "user.uid_alt", "user.uid", "user_result.name", "group.name"),
    }


def _network(event: Mapping[str, Any]) -> dict[str, Any]:
    sent, received = at(event, "traffic.bytes_out"), at(event, "traffic.bytes_in")
    protocol = text(event, "connection_info.protocol_name")
    number = text(event, "connection_info.protocol_num")
    action = text(event, "action") or text(event, "disposition")
    length = text(event, "duration")
    established = {"1": True, "2": None, "3": None, "4": False, "5": False}.get(str(text(event, "activity_id")))
    return {
        **_ends(event), "protocol": protocol.lower() if protocol else {"1": "icmp", "6": "tcp", "17": "udp", "58": "ipv6-icmp"}.get(str(number), number),
        "app": _lower(event, "app_name"), "duration": float(length) / 1000 if length else None,
        # Where no direction is told, the traffic is the source's.
        "bytes_out": sent if sent is not None or received is not None else at(event, "traffic.bytes"), "bytes_in": received,
        "packets_out": at(event, "traffic.packets_out", *(() if at(event, "traffic.packets_in") else ("traffic.packets",))), "packets_in": at(event,
        "traffic.packets_in"),
        "state": text(event, "status_code", "activity_name"), "established": established, "action": action.lower() if action else None,
        "direction": _lower(event, "connection_info.direction"), "interface": text(event, "src_endpoint.interface_uid", "dst_endpoint.interface_uid"),
    }


def _dns(event: Mapping[str, Any]) -> dict[str, Any]:
    answers = [str(a) for a in every(event, "answers.rdata")]
    return {
        "src_ip": _ip(event, "src_endpoint.ip"), "dst_ip": _ip(event, "dst_endpoint.ip"), "query": _lower(event, "query.hostname"), "qtype": text(event,
        "query.type"),
        "rcode": (text(event, "rcode") or "").upper() or None, "answers": ",".join(answers), "answer_ip": next((a for a in answers if _IP.match(a)), None),
        "ttl": text(event,
        "answers.ttl"),
    }


def _http(event: Mapping[str, Any]) -> dict[str, Any]:
    host = _lower(event, "http_request.url.hostname", "http_request.url.domain", "dst_endpoint.hostname")
    return {
        **_ends(event), "method": text(event, "http_request.http_method"), "host": host, "host_is_ip": bool(host and _IP.match(host)),
        "url": text(event, "http_request.url.path", "http_request.url.url_string", "http_request.url.text"), "user_agent": text(event,
        "http_request.user_agent"),
        "referrer": text(event, "http_request.referrer"), "status_code": text(event, "http_response.code", "http_status"),
        "bytes_out": at(event, "traffic.bytes_out", "http_request.length"), "bytes_in": at(event, "traffic.bytes_in", "http_response.length"),
        "mime": text(event, "http_response.content_type"), "file_name": text(event, "file.name"),
    }


def _authentication(event: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **_ends(event), "actor_user": _user(event, "user", "actor.user"), "host": _lower(event, "dst_endpoint.hostname", "device.hostname"),
        "service": text(event, "service.name", "api.service.name", "metadata.product.name"), "status": _status(event), "client": text(event,
        "http_request.user_agent"),
        "method": "mfa" if at(event, "is_mfa", "mfa") is True else text(event, "auth_protocol", "activity_name"), "logon_type": text(event, "logon_type",
        "logon_type_id"),
    }


_PROCESSES = {"1": "start", "2": "exit", "3": "open", "4": "inject"}
"""The activities of class 1007, as every source here calls them."""


def _process(event: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "host": _lower(event, "device.hostname"), "actor_user": text(event, "process.user.name", "actor.user.name"), "process": text(event,
        "process.file.path", "process.name"),
        "pid": at(event, "process.pid"), "process_guid": text(event, "process.uid"), "command": text(event, "process.cmd_line"),
        "parent": text(event, "process.parent_process.file.path", "process.parent_process.name", "actor.process.file.path", "actor.process.name"),
        "parent_pid": at(event, "process.parent_process.pid", "actor.process.pid"), "parent_guid": text(event, "process.parent_process.uid",
        "actor.process.uid"),
        "parent_command": text(event, "process.parent_process.cmd_line", "actor.process.cmd_line"), "file_name": text(event, "process.file.path"),
        "integrity": text(event, "process.integrity"), "operation": _PROCESSES.get(str(at(event, "activity_id"))) or _lower(event, "activity_name"),
    }


def _file(event: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "src_ip": _ip(event, "src_endpoint.ip"), "dst_ip": _ip(event, "dst_endpoint.ip"), "file_name": text(event, "file.path", "file.name"),
        "mime": text(event, "file.mime_type"),
        "size": at(event, "file.size"), "process": text(event, "actor.process.file.path", "actor.process.name"), "host": _lower(event, "device.hostname"),
    }


def _smb(event: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **_ends(event), "share": text(event, "share"), "path": text(event, "file.path", "file.name"), "operation": text(event, "command", "activity_name"),
        "size": at(event, "file.size"), "actor_user": text(event, "actor.user.name"),
    }


def _email(event: Mapping[str, Any]) -> dict[str, Any]:
    to = [str(v) for v in (*every(event, "email.to"), *every(event, "email.smtp_to"))]
    sender, reply = text(event, "email.from", "email.smtp_from", "smtp_hello"), mailbox(text(event, "email.reply_to"))
    return {
        **_ends(event), "sender": sender, "sender_domain": domain_of(mailbox(sender)), "return_path": mailbox(text(event, "email.smtp_from")), "reply_to": reply, "reply_domain": domain_of(reply), "recipients": ",".join(to),
        "recipient": mailbox(to[0]) if to else None, "subject": text(event, "email.subject"), "message_id": text(event, "email.message_uid"), "trace_id": text(event, "message_trace_uid"),
        "direction": (text(event, "direction") or "").lower() or None, "spf": _lower(event, "email_auth.spf"), "dkim": _lower(event, "email_auth.dkim"), "dmarc": _lower(event, "email_auth.dmarc"),
        "attachments": listed(text(f, "name") for f in every(event, "email.files")), "urls": listed(text(u, "url_string") for u in every(event, "email.urls")), "status": text(event, "status_detail", "status"),
    }


def _dhcp(event: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "src_ip": _ip(event, "src_endpoint.ip", "dst_endpoint.ip"), "mac": text(event, "src_endpoint.mac", "dst_endpoint.mac"), "host": _lower(event,
        "src_endpoint.hostname"),
        "lease": text(event, "lease_dur"),
    }


# Vulnerabilities, compliance and the posture of applications: context for an investigation, not a sign that something happened.
_POSTURE = ("2002", "2003", "2007")

# The number of a type of observable -> kind of entity.
_OBSERVED = {
    "1": ("host", "host"), "2": ("ip", "peer"), "4": ("user", "actor"), "5": ("mailbox", "target"), "6": ("url", "destination"), "7": ("file", "file"),
    "8": ("hash", "file"),
    "9": ("process", "process"), "10": ("resource", "target"), "20": ("host", "host"), "21": ("user", "actor"), "23": ("url", "destination"), "24": ("file",
    "file"),
    "25": ("process", "process"), "35": ("account", "account"), "45": ("file", "file"),
}


def _finding_entities(event: Mapping[str, Any]) -> Iterator[tuple[str, Any, str]]:
    evidence = [event, *every(event, "evidences")]
    for e in evidence:
        yield from (("ip", _ip(e, f"{end}.ip"), role) for end, role in (("src_endpoint", "source"), ("dst_endpoint", "destination"), ("device", "host")))
        yield from (("host", text(e, "device.hostname", "device.name"), "host"), ("user", _user(event, "actor.user") if e is event else text(e,
        "actor.user.name"), "actor"))
        yield from (("domain", text(e, "query.hostname"), "destination"), ("process", text(e, "process.cmd_line", "process.name"), "process"))
    yield "user", text(event, "user.name", "user.uid"), "actor"
    for resource in every(event, "resources"):
        name, kind = text(resource, "uid", "name"), (text(resource, "type") or "").lower()
        yield ("key", name.rpartition(":")[2], "credential") if name and "accesskey" in kind else ("resource", name, "target")
    yield "account", text(event, "cloud.account.uid", "cloud.account_uid"), "account"
    for observable in every(event, "observables"):
        kind, role = _OBSERVED.get(str(text(observable, "type_id")), ("", ""))
        # A resource is named above, with its kind; the address of an end has its role there.
        if kind and kind != "resource":
            yield kind, text(observable, "value"), role


def _finding(event: Mapping[str, Any]) -> dict[str, Any]:
    found = named(_finding_entities(event))
    plain = {(e.kind, e.name) for e in found if e.role in ("source", "destination")}
    found = tuple(e for e in found if e.role != "peer" or (e.kind, e.name) not in plain)
    first = {(e.kind, e.role): e.name for e in reversed(found)}
    about = inside(event, "finding_info", "finding")
    attacks = [*every(event, "attacks"), *every(about, "attacks")]
    posture = text(event, "class_uid") in ("2002", "2003", "2007") or bool(inside(event, "compliance")) or next(every(event,
    "vulnerabilities"), None) is not None
    severity = text(event, "severity_id") or "3"
    return {
        "rule": text(event, "finding_info.analytic.uid", "finding_info.analytic.name", "rule.uid", "rule.name", "compliance.control", "finding_info.types",
        "finding.types", "metadata.event_code")
        or text(about, "title"),
        "title": text(about, "title") or text(event, "message", "compliance.control", "type_name"), "message": text(about, "desc") or text(event, "message"),
        "severity": min(int(severity), 5) if severity.isdigit() and severity != "0" else 3, "product": text(event, "metadata.product.name"),
        "category": "posture" if posture else "threat", "host": first.get(("host", "host")), "actor_user": first.get(("user", "actor")),
        "src_ip": first.get(("ip", "source")) or first.get(("ip", "peer")), "dst_ip": first.get(("ip", "destination")), "entities": as_json(found),
        "techniques": ",".join(sorted({str(v) for a in attacks for p in ("technique.uid", "sub_technique.uid") for v in every(a, p)})),
        "tactics": ",".join(sorted({str(v) for a in attacks for p in ("tactic.name", "tactics.name") for v in every(a, p)})),
        "action": _lower(event, "disposition", "action"),
    }


def _base(event: Mapping[str, Any]) -> dict[str, Any]:
    name = text(event, "class_name") or text(event, "class_uid") or "unknown"
    return {
        "type": f"ocsf.{name.lower().replace(' ', '_')}", "host": _lower(event, "device.hostname"), "actor_user": _user(event, "actor.user", "user"),
        "src_ip": _ip(event, "src_endpoint.ip"), "dst_ip": _ip(event, "dst_endpoint.ip"), "message": text(event, "message", "activity_name", "type_name"),
    }


_TO: dict[str, tuple[str, Callable[[Mapping[str, Any]], dict[str, Any]]]] = {
    "1001": ("file_activity", _file), "1007": ("process_activity", _process),
    "2001": ("detection_finding", _finding), "2002": ("detection_finding", _finding), "2003": ("detection_finding", _finding),
    "2004": ("detection_finding", _finding),
    "2006": ("detection_finding", _finding), "2007": ("detection_finding", _finding),
    "3001": ("api_activity", _api), "3002": ("authentication", _authentication), "3004": ("api_activity", _api), "3005": ("api_activity", _api),
    "3006": ("api_activity", _api),
    "4001": ("network_activity", _network), "4002": ("http_activity", _http), "4003": ("dns_activity", _dns), "4004": ("dhcp_activity", _dhcp),
    "4005": ("authentication", _authentication),
    "4006": ("smb_activity", _smb), "4007": ("authentication", _authentication), "4009": ("email_activity", _email), "4010": ("file_activity", _file),
    "6003": ("api_activity", _api),
}


def rows(record: Mapping[str, Any]) -> Iterator[Row]:
    if text(record, "class_uid") is None or not inside(record, "metadata"):
        return
    table, made = _TO.get(str(text(record, "class_uid")), ("base_event", _base))
    yield table, {"time": _time(record), "uid": text(record, "metadata.uid"), **made(record)}


SOURCE = Source(id="ocsf", title="OCSF events (JSON, Parquet of Amazon Security Lake)", recognise=recognise, rows=rows, refine=REFINE, rank=70, unique=True, lag_s=900)
