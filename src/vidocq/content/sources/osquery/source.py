"""osquery results: differential, snapshot and batch. A query asks one of osquery's tables; the columns of the answer tell which.

Source of the columns: osquery.io, "Schema"; of the log: osquery.readthedocs.io, "Logging". Packs that osquery publishes to find attacks answer only
where one is found: their rows are alerts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from vidocq.model.clock import moment
from vidocq.model.control_plane import address
from vidocq.model.record import at, inside, text
from vidocq.model.source import Head, Layout, Row, Source, names_in

Cells = Mapping[str, Any]
MESSAGE = 500
LONGEST = 32_768
_HUNTING = re.compile(r"(?i)pack[_/-](?P<pack>osx-attacks|windows-attacks|ossec-rootkit|unwanted-chrome-extensions|[\w-]*(?:attacks?|rootkit|malware|backdoor|intrusion-sets?))[_/-]")
"""Packs whose queries describe what an attack leaves behind. What inventories and watches in general is another matter."""
_NUMBER = re.compile(r"[0-9A-Fa-f]{8}-?(?:[0-9A-Fa-f]{4}-?){3}[0-9A-Fa-f]{12}")
_PROTOCOLS = {"1": "icmp", "6": "tcp", "17": "udp"}


def recognise(head: Head) -> Layout | None:
    said = head.text[:60_000]
    if said.lstrip()[:1] not in ("{", "["):
        return None
    names = names_in(said)
    results = "hostIdentifier" in names and {"columns", "snapshot", "diffResults", "decorations"} & names
    return Layout("json", within=("data",)) if results else None


def _ip(r: Cells, *names: str) -> str | None:
    found = address(text(r, *names))
    return None if found in ("0.0.0.0", "::") else found


def _host(record: Mapping[str, Any]) -> str | None:
    """The machine by its name: osquery may be told to identify it by the number of its hardware, which no other log knows."""
    said, name = text(record, "hostIdentifier"), text(record, "decorations.hostname")
    return name or said if not said or _NUMBER.fullmatch(said) else said


def _user(r: Cells) -> str | None:
    return text(r, "username", "user") or ("root" if text(r, "uid", "euid") == "0" else None)


def _process(r: Cells) -> Row:
    return "process_activity", {
        "process": text(r, "path"), "pid": text(r, "pid"), "command": text(r, "cmdline"), "parent_pid": text(r, "parent"), "parent": text(r, "parent_path"), "parent_command": text(r, "parent_cmdline"), "operation": "start",
        "actor_user": _user(r), "folder": text(r, "cwd"), "sha256": text(r, "sha256"), "process_guid": None,
    }


def _crontab(r: Cells) -> Row:
    return "job_activity", {"kind": "task", "name": text(r, "path"), "command": text(r, "command"), "actor_user": _user(r), "operation": "create"}


def _task(r: Cells) -> Row:
    return "job_activity", {"kind": "task", "name": text(r, "name", "label"), "command": text(r, "action", "program_arguments", "program", "path"), "actor_user": _user(r), "operation": "create"}


def _service(r: Cells) -> Row:
    return "job_activity", {
        "kind": "service", "name": text(r, "name", "id"), "command": text(r, "module_path", "path", "fragment_path", "args"), "account": text(r, "user_account", "user"), "operation": "create",
    }


def _startup(r: Cells) -> Row:
    return "job_activity", {"kind": "startup", "name": text(r, "name"), "command": " ".join(filter(None, (text(r, "path"), text(r, "args")))) or None, "actor_user": _user(r), "operation": "create"}


def _connection(r: Cells) -> Row:
    inbound = text(r, "action") == "accept"
    here, there = (_ip(r, "local_address"), text(r, "local_port")), (_ip(r, "remote_address"), text(r, "remote_port"))
    source, destination = (there, here) if inbound else (here, there)
    return "network_activity", {
        "src_ip": source[0], "src_port": source[1], "dst_ip": destination[0], "dst_port": destination[1], "protocol": _PROTOCOLS.get(text(r, "protocol") or "", "tcp"), "direction": "inbound" if inbound else "outbound",
        "state": text(r, "state"), "established": False if text(r, "success") == "0" or text(r, "status") == "failed" else None, "process": text(r, "path"), "pid": text(r, "pid"), "actor_user": _user(r), "action": "allow",
    }


def _file(r: Cells) -> Row:
    said = (text(r, "action") or "").upper()
    operation = next((o for word, o in (("DELETE", "delete"), ("MOVED", "rename"), ("CREATED", "create")) if word in said), "write")
    return "file_activity", {"file_name": text(r, "target_path"), "sha256": text(r, "sha256"), "md5": text(r, "md5"), "size": text(r, "size"), "operation": operation, "actor_user": _user(r), "process": text(r, "executable")}


def _account(r: Cells) -> Row:
    return "account_change", {"target_user": text(r, "username"), "operation": "create", "detail": text(r, "shell")}


TABLES: tuple[tuple[tuple[str, ...], str, Callable[[Cells], Row]], ...] = (
    # columns that the table has, what the query's name says where they are not enough, how a row is read.
    (("target_path", "action"), "", _file),
    (("remote_address", "remote_port"), "", _connection),
    (("command", "minute", "hour"), "", _crontab),
    (("program_arguments", "label"), "", _task),
    (("action", "next_run_time"), "", _task),
    (("module_path", "start_type"), "", _service),
    (("fragment_path", "unit_file_state"), "", _service),
    (("source", "path", "name"), "startup", _startup),
    (("cmdline", "path"), "process_events|es_process|bpf_process|exec", _process),
    (("username", "shell", "directory"), "user", _account),
)


def rows(record: Mapping[str, Any]) -> Iterator[Row]:
    query, host = text(record, "name") or "query", _host(record)
    common = {"time": moment(at(record, "unixTime"), at(record, "calendarTime"), at(record, "timestamp"))}
    found = list(_answers(record))
    for action, cells in found:
        for name, row in _told(query, host, action, cells):
            # When it happened stands in the tables of events; the record tells when it was asked.
            yield name, {**row, **common, **({"time": moment(at(cells, "time"))} if moment(at(cells, "time")) and "event" in query else {})}
    if not found:
        yield "base_event", {**common, "type": f"osquery.{query}", "host": host.lower() if host else None, "message": text(record, "message")}


def _answers(record: Mapping[str, Any]) -> Iterator[tuple[str, Cells]]:
    """Each row of an answer, and whether it came, went or stands."""
    cells = inside(record, "columns")
    # The first answer to a query lists what was there already (counter 0); a table of events tells what happened whenever it is asked.
    first = text(record, "counter") == "0" and "event" not in (text(record, "name") or "")
    if cells:
        yield "first" if first else text(record, "action") or "added", cells
    for kind in ("added", "removed"):
        rows_ = inside(record, "diffResults").get(kind)
        yield from ((kind, c) for c in (rows_ if isinstance(rows_, list) else []) if isinstance(c, Mapping))
    stands = record.get("snapshot")
    yield from (("snapshot", c) for c in (stands if isinstance(stands, list) else []) if isinstance(c, Mapping))


def _told(query: str, host: str | None, action: str, cells: Cells) -> Iterator[Row]:
    machine = host.lower() if host else None
    if action == "added":
        pack = _HUNTING.search(query)
        if pack:
            yield "detection_finding", {
                "rule": f"osquery:{query}", "title": f"A query for traces of attacks found something: {query}", "message": json.dumps(cells, ensure_ascii=False)[:2000], "severity": 3, "product": "osquery", "category": "threat", "host": machine,
            }
            return
        make = next((m for columns, named, m in TABLES if all(c in cells for c in columns) and re.search(named, query.lower())), None)
        if make:
            name, row = make(cells)
            yield name, {**row, "host": machine}
            return
    # What went, what merely stands, and what no class describes: kept as it was said.
    yield "base_event", {
        "type": f"osquery.{query}", "host": machine, "actor_user": _user(cells), "message": f"{action}: " + ", ".join(f"{k}={v}" for k, v in cells.items() if isinstance(v, str | int | float) and v != "")[:MESSAGE],
        "fields": json.dumps({k: v[:LONGEST] if isinstance(v, str) else v for k, v in {**cells, "action_of_result": action}.items()}, ensure_ascii=False, default=str),
    }


SOURCE = Source(id="osquery", title="osquery results", recognise=recognise, rows=rows, rank=50)
