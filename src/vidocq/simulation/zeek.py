"""Zeek records with the fields that Zeek writes. Source: docs.zeek.org, "Zeek log formats and inspection"."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Any

from vidocq.simulation import ids
from vidocq.simulation.line import Line

_ENDS = "ts:time uid:string id.orig_h:addr id.orig_p:port id.resp_h:addr id.resp_p:port"
_FORMS = {
    "conn": f"""
        {_ENDS} proto:enum service:string duration:interval orig_bytes:count resp_bytes:count conn_state:string local_orig:bool
        local_resp:bool missed_bytes:count history:string orig_pkts:count orig_ip_bytes:count resp_pkts:count resp_ip_bytes:count
        tunnel_parents:set[string]
    """,
    "dns": f"""
        {_ENDS} proto:enum trans_id:count rtt:interval query:string qclass:count qclass_name:string qtype:count qtype_name:string
        rcode:count rcode_name:string AA:bool TC:bool RD:bool RA:bool Z:count answers:vector[string] TTLs:vector[interval] rejected:bool
    """,
    "http": f"""
        {_ENDS} trans_depth:count method:string host:string uri:string referrer:string version:string user_agent:string origin:string
        request_body_len:count response_body_len:count status_code:count status_msg:string info_code:count info_msg:string tags:set[enum]
        username:string password:string proxied:set[string] orig_fuids:vector[string] orig_filenames:vector[string]
        orig_mime_types:vector[string] resp_fuids:vector[string] resp_filenames:vector[string] resp_mime_types:vector[string]
    """,
    "ssl": f"""
        {_ENDS} version:string cipher:string curve:string server_name:string resumed:bool last_alert:string next_protocol:string
        established:bool ssl_history:string validation_status:string ja3:string ja3s:string
    """,
    "files": """
        ts:time fuid:string uid:string id.orig_h:addr id.orig_p:port id.resp_h:addr id.resp_p:port source:string depth:count
        analyzers:set[string] mime_type:string filename:string duration:interval local_orig:bool is_orig:bool seen_bytes:count
        total_bytes:count missing_bytes:count overflow_bytes:count timedout:bool parent_fuid:string md5:string sha1:string sha256:string
    """,
    "ssh": f"""
        {_ENDS} version:count auth_success:bool auth_attempts:count direction:enum client:string server:string cipher_alg:string
        mac_alg:string compression_alg:string kex_alg:string host_key_alg:string host_key:string
    """,
    "dhcp": """
        ts:time uids:set[string] client_addr:addr server_addr:addr mac:string host_name:string client_fqdn:string domain:string requested_addr:addr
        assigned_addr:addr lease_time:interval client_message:string server_message:string msg_types:vector[string] duration:interval
    """,
}
FIELDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    log: (tuple(f.rpartition(":")[0] for f in form.split()), tuple(f.rpartition(":")[2] for f in form.split())) for log, form in _FORMS.items()
}
"""The columns of each log and their types, in Zeek's order."""

_HISTORY = {"SF": "ShADadFf", "S0": "S", "REJ": "Sr", "RSTO": "ShADadR", "RSTR": "ShADadr", "S1": "ShADad"}
_QTYPES = {"A": 1, "PTR": 12, "TXT": 16, "AAAA": 28, "CNAME": 5, "NULL": 10, "MX": 15}


@dataclass(frozen=True, slots=True)
class Ends:
    """Both ends of a connection and its identifier."""

    at: float
    uid: str
    src: str
    sport: int
    dst: str
    dport: int

    def record(self) -> dict[str, Any]:
        """The columns that every log of the connection begins with."""
        return {"ts": round(self.at, 6), "uid": self.uid, "id.orig_h": self.src, "id.orig_p": self.sport, "id.resp_h": self.dst, "id.resp_p": self.dport}


@lru_cache(maxsize=4096)
def _local(ip: str) -> bool:
    return ipaddress.ip_address(ip) in ipaddress.ip_network("10.0.0.0/8") if "." in ip else False


def ends(rng: Random, at: float, src: str, dst: str, dport: int) -> Ends:
    """A new connection from a port that is free."""
    return Ends(at, ids.zeek(rng), src, rng.randrange(49152, 65535), dst, dport)


def conn(e: Ends, duration: float, sent: int, received: int, service: str | None = None, proto: str = "tcp", state: str = "SF", noise: bool = False) -> Line:
    """The line of the connection itself. A connection nobody answered has neither duration nor bytes."""
    mute = proto == "tcp" and state in ("S0", "REJ")
    record = e.record() | {"proto": proto}
    if service:
        record["service"] = service
    if not mute:
        record |= {"duration": round(duration, 6), "orig_bytes": sent, "resp_bytes": received}
    if proto == "udp":
        record |= {"conn_state": "SF" if received else "S0", "history": "Dd" if received else "D"}
    elif proto == "tcp":
        record |= {"conn_state": state, "history": _HISTORY[state]}
    else:
        record["conn_state"] = "OTH"
    record |= {"local_orig": _local(e.src), "local_resp": _local(e.dst), "missed_bytes": 0}
    there, back = (1, int(bool(received))) if proto != "tcp" else (1, int(state == "REJ")) if mute else (sent // 1200 + 4, received // 1200 + 4)
    header = 52 if proto == "tcp" else 28
    record |= {"orig_pkts": there, "orig_ip_bytes": sent + header * there, "resp_pkts": back, "resp_ip_bytes": received + header * back}
    return Line(e.at, "zeek/conn", e.uid, record, noise)


def ping(rng: Random, at: float, src: str, dst: str) -> Line:
    """An echo request and its reply; ICMP has types where others have ports."""
    return conn(Ends(at, ids.zeek(rng), src, 8, dst, 0), rng.uniform(0.0002, 0.004), 56, 56, proto="icmp")


def dns(
    rng: Random, at: float, src: str, resolver: str, query: str, answers: tuple[str, ...] = (), qtype: str = "A", ttl: int = 300, size: int = 0
) -> Iterator[Line]:
    """A question to a resolver and its answer; no answers mean that the name does not exist."""
    e = ends(rng, at, src, resolver, 53)
    rtt = rng.lognormvariate(-4.5, 0.8)
    yield conn(e, rtt, len(query) + 18, size or len(query) + 34 + 16 * len(answers), "dns", "udp")
    record = e.record() | {
        "proto": "udp",
        "trans_id": rng.randrange(65536),
        "rtt": round(rtt, 6),
        "query": query,
        "qclass": 1,
        "qclass_name": "C_INTERNET",
        "qtype": _QTYPES[qtype],
        "qtype_name": qtype,
        "rcode": 0 if answers else 3,
        "rcode_name": "NOERROR" if answers else "NXDOMAIN",
        "AA": False,
        "TC": False,
        "RD": True,
        "RA": bool(answers),
        "Z": 0,
    }
    if answers:
        record |= {"answers": list(answers), "TTLs": [float(ttl)] * len(answers)}
    yield Line(at, "zeek/dns", e.uid, record | {"rejected": False})


def ja3(client: str) -> str:
    """The fingerprint of a kind of client; the same client always has the same."""
    return ids.hexes(Random(f"ja3/{client}"), 32)


def tls(
    rng: Random,
    at: float,
    src: str,
    dst: str,
    name: str | None,
    duration: float,
    sent: int,
    received: int,
    client: str = "browser",
    port: int = 443,
    resumed: bool = False,
) -> Iterator[Line]:
    """A TLS connection to a name (none where the client sends none)."""
    e = ends(rng, at, src, dst, port)
    yield conn(e, duration, sent, received, "ssl")
    record = e.record() | {"version": "TLSv13", "cipher": "TLS_AES_256_GCM_SHA384", "curve": "x25519"}
    if name:
        record["server_name"] = name
    record |= {
        "resumed": resumed,
        "next_protocol": "h2" if client == "browser" else "http/1.1",
        "established": True,
        "ssl_history": "CsiI",
        "ja3": ja3(client),
        "ja3s": ja3(f"{name}/server"),
    }
    yield Line(at + 0.03, "zeek/ssl", e.uid, record)


@dataclass(frozen=True, slots=True)
class Web:
    """One request in clear text and its answer."""

    host: str
    uri: str = "/"
    method: str = "GET"
    agent: str = "Mozilla/5.0"
    status: int = 200
    asked: int = 0
    answered: int = 1200
    mime: str | None = "text/html"
    asked_mime: str | None = None
    name: str | None = None


_MESSAGES = {
    200: "OK",
    201: "Created",
    204: "No Content",
    301: "Moved Permanently",
    302: "Found",
    303: "See Other",
    304: "Not Modified",
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


def http(rng: Random, at: float, src: str, dst: str, port: int, *requests: Web, gap: float = 0.4, noise: bool = False) -> Iterator[Line]:
    """A connection in clear text with its requests; downloaded executables and archives appear in the log of files too."""
    e = ends(rng, at, src, dst, port)
    yield conn(
        e, gap * len(requests) + rng.uniform(0.02, 0.3), sum(w.asked + 320 for w in requests), sum(w.answered + 260 for w in requests), "http", noise=noise
    )
    for depth, web in enumerate(requests, 1):
        then = at + 0.02 + (depth - 1) * gap
        record = e.record() | {
            "ts": round(then, 6),
            "trans_depth": depth,
            "method": web.method,
            "host": web.host,
            "uri": web.uri,
            "version": "1.1",
            "user_agent": web.agent,
        }
        record |= {
            "request_body_len": web.asked,
            "response_body_len": web.answered,
            "status_code": web.status,
            "status_msg": _MESSAGES.get(web.status, ""),
            "tags": [],
        }
        if web.asked and web.asked_mime:
            record |= {"orig_fuids": [ids.zeek(rng, "F")], "orig_mime_types": [web.asked_mime]}
        if web.answered and web.mime:
            fuid = ids.zeek(rng, "F")
            record |= {"resp_fuids": [fuid], "resp_mime_types": [web.mime]}
            if web.mime.startswith("application/x-"):
                yield _file(rng, e, then + 0.05, fuid, web)
        yield Line(then, "zeek/http", e.uid, record, noise)


def _file(rng: Random, e: Ends, at: float, fuid: str, web: Web) -> Line:
    made = Random(f"{web.host}{web.uri}")
    record: dict[str, Any] = {"ts": round(at, 6), "fuid": fuid} | {k: v for k, v in e.record().items() if k != "ts"}
    record |= {
        "source": "HTTP",
        "depth": 0,
        "analyzers": ["MD5", "SHA1", "SHA256"],
        "mime_type": web.mime,
        "duration": round(rng.uniform(0.05, 3), 6),
        "local_orig": _local(e.src),
        "is_orig": False,
    }
    if web.name:
        record["filename"] = web.name
    record |= {"seen_bytes": web.answered, "total_bytes": web.answered, "missing_bytes": 0, "overflow_bytes": 0, "timedout": False}
    return Line(at, "zeek/files", e.uid, record | {"md5": ids.hexes(made, 32), "sha1": ids.hexes(made, 40), "sha256": ids.hexes(made, 64)})


def ssh(
    rng: Random, at: float, src: str, dst: str, success: bool, attempts: int, client: str, duration: float, sent: int, received: int, noise: bool = False
) -> Iterator[Line]:
    """An SSH connection and what Zeek infers about its sign-in."""
    e = ends(rng, at, src, dst, 22)
    yield conn(e, duration, sent, received, "ssh", noise=noise)
    record = e.record() | {
        "version": 2,
        "auth_success": success,
        "auth_attempts": attempts,
        "direction": "INBOUND" if not _local(src) else "OUTBOUND" if not _local(dst) else None,
    }
    record |= {
        "client": client,
        "server": "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u5",
        "cipher_alg": "chacha20-poly1305@openssh.com",
        "mac_alg": "umac-64-etm@openssh.com",
        "compression_alg": "none",
    }
    record |= {"kex_alg": "curve25519-sha256", "host_key_alg": "ssh-ed25519", "host_key": ids.hexes(Random(f"hostkey/{dst}"), 32)}
    yield Line(at + 0.1, "zeek/ssh", e.uid, {k: v for k, v in record.items() if v is not None}, noise)


def lease(rng: Random, at: float, server: str, host: str, address: str, domain: str, renewed: bool) -> Line:
    """An address is given to a machine, or kept by it. A machine's card has the same number for ever."""
    card = Random(f"mac/{host}")
    uid = ids.zeek(rng)
    record: dict[str, Any] = {"ts": round(at, 6), "uids": [uid], "client_addr": address if renewed else None, "server_addr": server, "mac": "02:" + ":".join(f"{card.randrange(256):02x}" for _ in range(5)), "host_name": host}
    record |= {"domain": domain, "requested_addr": None if renewed else address, "assigned_addr": address, "lease_time": 28800.0}
    record |= {"msg_types": ["REQUEST", "ACK"] if renewed else ["DISCOVER", "OFFER", "REQUEST", "ACK"], "duration": round(rng.uniform(0.001, 0.4), 6)}
    return Line(at, "zeek/dhcp", uid, {k: v for k, v in record.items() if v is not None})
