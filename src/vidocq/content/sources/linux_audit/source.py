"""Linux audit trail (auditd): the records of one event joined, as `audit.log`, as audispd or the kernel send it to syslog, plain or enriched."""

from __future__ import annotations

import datetime as dt
import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any

from vidocq.content.sources.linux_audit.records import HEAD, KEY, Event, arguments, parse
from vidocq.content.sources.linux_audit.reports import REPORTS
from vidocq.content.sources.linux_audit.syscalls import FLAGS_AT, family_of, peer, syscall
from vidocq.model.control_plane import address
from vidocq.model.source import Head, Layout, Row, Source

MESSAGE = 500
_REACHES = frozenset({0x4, 0x5, 0x6, 0xD, 0xF, 0x10, 0x4205, 0x4206})
"""What ptrace(2) is asked for when another process is attached to, or its memory or registers are written: the rest reads, goes on, or is a child that lets its parent look."""
UNNAMED = "localhost"
"""A trail that is not sent anywhere does not say whose it is; a folder of one machine's logs may."""
_COLLECTED = frozenset({"", ".", "var", "log", "logs", "audit", "auditd", "input", "inputs", "linux", "raw", "evidence"})
_O_WRITES = 0o3
"""The two lowest bits of open's flags: 1 writes, 2 reads and writes."""


def recognise(head: Head) -> Layout | None:
    begun = [line for line in head.text.splitlines()[:50] if line.strip()]
    if not begun or sum(HEAD.match(line) is not None for line in begun) < max(1, 0.6 * len(begun)):
        return None
    return Layout("lines", joined=KEY, variant=_folder(head.name))


def _folder(name: str) -> str:
    """The folder that tells whose trail this is: the nearest that is not one of those every machine has."""
    return next((part.lower() for part in reversed(name.split("/")[:-1]) if part.lower() not in _COLLECTED), "")


def rows(record: Mapping[str, Any]) -> Iterator[Row]:
    event = parse(record["line"])
    if event is None:
        return
    host = event.host or record.get("variant") or UNNAMED
    common = {"time": dt.datetime.fromtimestamp(event.seconds, dt.UTC), "uid": f"{host}/{event.id}", "host": host}
    made = list(_made(event))
    for table, columns in made or [("base_event", _base(event))]:
        yield table, {**columns, **common}


def _made(event: Event) -> Iterator[Row]:
    for part in event.parts:
        if part.type in REPORTS:
            found = REPORTS[part.type](part.fields)
            if found:
                yield found
    call = event.part("SYSCALL")
    if call.get("success", "yes") != "no" or call.get("exit") == "-115":
        # -115: the connection is under way, as it is for every program that does not wait for it.
        yield from _of_call(event, call)


def _of_call(event: Event, call: Mapping[str, str]) -> Iterator[Row]:
    does = syscall(call)
    if does in ("execve", "execveat") or (not call and event.part("EXECVE")):
        yield "process_activity", _start(event, call)
    elif does == "connect":
        found = peer(event.part("SOCKADDR"))
        if found:
            yield "network_activity", {**_who(call), "dst_ip": found[0], "dst_port": found[1], "protocol": "tcp" if found[1] != 53 else None, "direction": "outbound", "action": "allow"}
    elif does == "ptrace" and _number(call.get("a0"), 16) in _REACHES:
        yield "process_activity", {
            "actor_user": user(call), "operation": "inject", "pid": _number(call.get("a1"), 16), "parent": call.get("exe"), "parent_pid": _number(call.get("pid")), "call_trace": "ptrace",
        }
    elif does in ("init_module", "finit_module"):
        yield "module_activity", {"actor_user": user(call), "process": call.get("exe"), "pid": _number(call.get("pid")), "file_name": event.part("KERN_MODULE").get("name") or _first_path(event)}
    elif family_of(does):
        yield from _files(event, call, does)


def user(call: Mapping[str, str]) -> str | None:
    """Who acts, by name where the record was enriched; root has the number 0 everywhere."""
    uid = call.get("uid")
    name = call.get("UID")
    return name if name and not name.isdigit() else "root" if uid == "0" else f"uid {uid}" if uid else None


def _number(text: str | None, base: int = 10) -> int | None:
    try:
        return int(text, base) if text else None
    except ValueError:
        return None


def _who(call: Mapping[str, str]) -> dict[str, Any]:
    return {"actor_user": user(call), "process": call.get("exe"), "pid": _number(call.get("pid"))}


def _start(event: Event, call: Mapping[str, str]) -> dict[str, Any]:
    told = arguments(event.part("EXECVE"))
    command = " ".join(told) or event.part("PROCTITLE").get("proctitle") or call.get("comm")
    said = {**{k: v for k, v in call.items() if not re.fullmatch(r"a\d", k)}, **event.part("EXECVE"), "type": "EXECVE"}
    return {
        # `exe` is what runs; of a script that is its interpreter, and the first argument names the script.
        "actor_user": user(call), "process": call.get("exe") or _first_path(event) or (told[0] if told else None), "pid": _number(call.get("pid")), "parent_pid": _number(call.get("ppid")),
        "command": command, "operation": "start", "folder": event.part("CWD").get("cwd"), "logon_id": call.get("ses"), "fields": json.dumps(said, ensure_ascii=False, sort_keys=True),
    }


def _first_path(event: Event) -> str | None:
    """The file that a call names first: of an execution the program, as it was asked for."""
    return next((_whole(p, event) for p in event.every("PATH") if p.get("name")), None)


def _whole(path: Mapping[str, str], event: Event) -> str:
    """A path from the root: what a call names may start where it was made."""
    return posixpath.normpath(posixpath.join(event.part("CWD").get("cwd", ""), path["name"]))


_KINDS = {"CREATE": "create", "DELETE": "delete"}


def _files(event: Event, call: Mapping[str, str], does: str) -> Iterator[Row]:
    """What happened to each file that a call names. A move is one event: where to."""
    named = [p for p in event.every("PATH") if p.get("name") and p.get("nametype") != "PARENT"]
    moved = family_of(does) == "rename"
    for path in named:
        kind = path.get("nametype", "")
        if moved and kind == "DELETE":
            continue
        operation = "rename" if moved else _KINDS.get(kind) or _normal(does, call)
        yield "file_activity", {**_who(call), "file_name": _whole(path, event), "operation": operation}


def _normal(does: str, call: Mapping[str, str]) -> str:
    """What a call does to a file that is there already."""
    family = family_of(does)
    if family != "open":
        return family
    flags = _number(call.get(FLAGS_AT.get(does, "a1")), 16) or 0
    return "write" if flags & _O_WRITES else "read"


def _base(event: Event) -> dict[str, Any]:
    """What no class describes, with all that its records say."""
    merged: dict[str, str] = {}
    for part in event.parts:
        merged |= {k: v for k, v in part.fields.items() if k not in merged}
    said = " ".join(f"{k}={v}" for k, v in merged.items())
    first = next((p.type for p in event.parts if p.type not in ("EOE", "PROCTITLE")), event.parts[0].type)
    return {
        "type": f"audit.{first.lower()}", "actor_user": merged.get("acct") or user(merged), "src_ip": address(merged.get("addr")), "message": said[:MESSAGE] or None,
        "fields": json.dumps({**merged, "type": first}, ensure_ascii=False, sort_keys=True),
    }


SOURCE = Source(id="linux_audit", title="Linux audit trail (auditd)", recognise=recognise, rows=rows, rank=45)
