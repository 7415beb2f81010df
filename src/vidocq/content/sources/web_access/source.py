"""Requests that web servers and what stands before them saw: Apache, nginx, IIS, AWS load balancers, CloudFront, S3 and WAF, Azure's application gateway and front door.

Source of the fields beside `forms`: w3.org, "Extended Log File Format"; docs.aws.amazon.com, CloudFront "Standard logging" and WAF "Log fields"; learn.microsoft.com,
"Diagnostic logs for Application Gateway" and "Monitor metrics and logs in Azure Front Door".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from vidocq.content.sources.web_access.forms import FORMS, moment
from vidocq.model.clock import moment as written_at
from vidocq.model.record import at, inside
from vidocq.model.record import text as text_at
from vidocq.model.source import Head, Layout, Row, Source, names_in

MESSAGE = 500
# WAF; CloudFront since 2024; Azure's application gateway and front door.
_JSON = ({"webaclId", "httpRequest"}, {"cs-uri-stem", "sc-status"}, {"httpMethod", "httpStatus", "clientIP"}, {"httpMethod", "httpStatusCode", "clientIp"})
_FIELDS = re.compile(r"^#Fields: ?(.+)$", re.M)


def recognise(head: Head) -> Layout | None:
    text = head.text
    if text.lstrip()[:1] in ("{", "["):
        names = names_in(text[:60_000])
        if any(known <= names for known in _JSON) and "class_uid" not in names:
            return Layout("json", within=("records",))
    fields = _FIELDS.search(text[:5000]) if text.startswith("#") else None
    if fields:
        return _table(text, tuple(fields[1].split())) if "cs-uri-stem" in fields[1] else None
    begun = [line for line in text.splitlines()[:50] if line.strip()]
    for name, form in FORMS.items():
        if begun and sum(form.match(line) is not None for line in begun) >= max(1, 0.6 * len(begun)):
            return Layout("lines", variant=name)
    return None


def _table(text: str, fields: tuple[str, ...]) -> Layout:
    """The extended form of W3C. CloudFront parts its rows by tabs, its names by spaces, so its header serves for no rows."""
    rows = (line for line in text.splitlines() if line and not line.startswith("#"))
    tabs = "\t" in next(rows, "")
    return Layout("delimited", fields=fields, separator="\t" if tabs else " ", header="# " if tabs else "#Fields:")


def rows(record: Mapping[str, Any]) -> Iterator[Row]:
    if "httpRequest" in record:
        yield "http_activity", _firewall(record)
    elif "line" in record:
        found = FORMS[record["variant"]].match(record["line"])
        if found:
            yield from _line(found.groupdict())
    elif inside(record, "properties"):
        yield "http_activity", _gateway(record, record["properties"])
    else:
        yield "http_activity", _extended({k: v for k, v in record.items() if v not in ("-", "")})


def _line(said: Mapping[str, str | None]) -> Iterator[Row]:
    time = moment(said["time"] or "")
    if "text" in said:
        text = " ".join((said["text"] or "").split())[:MESSAGE]
        yield "base_event", {"time": time, "type": f"web.{said['level']}", "src_ip": _address(said["src"]), "message": text}
        return
    method, host, port, url = _request(said.get("request"))
    host = host or _set(said.get("vhost"))
    yield "http_activity", {
        "time": time,
        **_ends(said.get("src"), said.get("src_port"), said.get("dst"), said.get("dst_port") or port),
        **_asked(method, host, url),
        "user_agent": _set(said.get("agent")),
        "referrer": _set(said.get("referrer")),
        "status_code": _set(said["status"]),
        "bytes_out": said.get("received"),
        "bytes_in": _set(said["sent"]),
    }
    if said.get("bucket"):
        # Who asked has no column among requests.
        text = f"{said['operation']} {said['bucket']}/{unquote(said['key'] or '')} {said['status']} {said['error']}"
        common = {"time": time, "src_ip": _address(said["src"]), "actor_user": _set(said["user"])}
        yield "base_event", {**common, "type": "aws.s3_access", "message": text[:MESSAGE]}


def _request(line: str | None) -> tuple[str | None, str | None, str | None, str | None]:
    """Method, host, port and target of a request line; a line that is no request is its own target."""
    words = (line or "").split(" ")
    if len(words) < 2 or not words[0].isalpha():
        return None, None, None, _set(line)
    target = " ".join(words[1:-1] if words[-1].startswith("HTTP/") else words[1:])
    if "://" not in target[:10]:
        return words[0], None, None, target
    try:
        parts = urlsplit(target)
        port = str(parts.port) if parts.port else None
    except ValueError:
        return words[0], None, None, target
    after = target.split("://", 1)[1]
    return words[0], parts.hostname, port, "/" + after.partition("/")[2]


def _asked(method: str | None, host: str | None, url: str | None) -> dict[str, Any]:
    host = host.lower() if host else None
    name = host.rsplit(":", 1)[0] if host and host.count(":") == 1 else host
    return {"method": method, "host": name, "url": url, "host_is_ip": _address(name) is not None if name else None}


def _ends(src: str | None, src_port: str | None = None, dst: str | None = None, dst_port: str | None = None) -> dict[str, Any]:
    return {"src_ip": _address(src), "src_port": src_port, "dst_ip": _address(dst), "dst_port": dst_port}


def _set(text: str | None) -> str | None:
    return None if text in (None, "-", "") else text


def _address(text: str | None) -> str | None:
    """An address, without brackets; a name is none."""
    text = (text or "").strip("[]").removeprefix("::ffff:")
    return text if re.fullmatch(r"\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*", text) else None


def _extended(r: Mapping[str, str]) -> dict[str, Any]:
    """A row of CloudFront (`cs(Host)`, percent-encoded) or IIS (`cs-host`, a plus for a space)."""
    query = r.get("cs-uri-query")
    agent = r.get("cs(User-Agent)")
    return {
        "time": f"{r['date']}T{r['time']}Z",
        **_ends(r.get("c-ip"), r.get("c-port"), r.get("s-ip"), r.get("s-port")),
        **_asked(r.get("cs-method"), r.get("x-host-header") or r.get("cs(Host)") or r.get("cs-host"), r["cs-uri-stem"] + (f"?{query}" if query else "")),
        "user_agent": unquote(agent if "%20" in agent else agent.replace("+", " ")) if agent else None,
        "referrer": r.get("cs(Referer)"),
        "status_code": r.get("sc-status"),
        "bytes_out": r.get("cs-bytes"),
        "bytes_in": r.get("sc-bytes"),
        "mime": r.get("sc-content-type"),
    }


def _gateway(r: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """A request at Azure's application gateway, which tells the path, or at its front door, which tells the whole address."""
    target, query = text_at(said, "requestUri") or "", text_at(said, "requestQuery")
    method, host, port, url = _request(f"{text_at(said, 'httpMethod')} {target} HTTP/1.1")
    host = host or text_at(said, "originalHost", "hostName", "host")
    return {
        "time": written_at(at(r, "time", "timeStamp", "timestamp")),
        **_ends(text_at(said, "clientIP", "clientIp"), text_at(said, "clientPort"), None, port),
        **_asked(method, host, url if not query or "?" in (url or "") else f"{url}?{query}"),
        "user_agent": text_at(said, "userAgent"),
        "referrer": text_at(said, "referer", "httpReferer"),
        "status_code": text_at(said, "httpStatus", "httpStatusCode"),
        "bytes_out": text_at(said, "receivedBytes", "requestBytes"),
        "bytes_in": text_at(said, "sentBytes", "responseBytes"),
    }


def _firewall(r: Mapping[str, Any]) -> dict[str, Any]:
    """A request that AWS WAF judged. One that it stopped was answered with 403, where nothing else is said."""
    request = r["httpRequest"]
    headers = {str(h["name"]).lower(): str(h["value"]) for h in request.get("headers") or []}
    query = request.get("args")
    return {
        "time": written_at(r["timestamp"]),
        **_ends(request.get("clientIp")),
        **_asked(request.get("httpMethod"), headers.get("host"), (request.get("uri") or "") + (f"?{query}" if query else "")),
        "user_agent": headers.get("user-agent"),
        "referrer": headers.get("referer"),
        "status_code": r.get("responseCodeSent") or (403 if r.get("action") == "BLOCK" else None),
    }


SOURCE = Source(id="web_access", title="Access logs of web servers and load balancers", recognise=recognise, rows=rows, rank=30, lag_s=600)
