"""The records of the kernel's audit trail: their fields, decoded, and the event that several of them make together.

Source of the forms: man7.org, auditd.conf(5) (`log_format`), audit.rules(7); github.com/linux-audit/audit-documentation, the dictionaries of fields and of
record types.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

HEAD = re.compile(
    r"(?:(?P<month>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\S+) (?P<relay>\S+) [^:]{1,60}: (?:\[ *[\d.]+\] )?(?:audit: )?)?(?:node=(?P<node>\S+) )?"
    r"type=(?P<type>\w+) (?:msg=)?audit\((?P<seconds>\d{1,12})\.(?P<ms>\d{3}):(?P<serial>\d+)\): ?"
)
"""How a record begins: by itself, or behind what a syslog daemon or the kernel's own log puts before it."""
KEY = r"(?:\bnode=(\S+) )?type=\w+ (?:msg=)?audit\((\d{1,12}\.\d{3}:\d+)\):"
"""What the records of one event share: the machine, and the moment with its serial number."""
_PAIR = re.compile(r"([A-Za-z_][\w-]*(?:\[\d+\])?)=(?:\"([^\"]*)\"|'([^']*)'|(\S*))")
_HEX = re.compile(r"(?:[0-9A-F]{2})+")
_TEXT = frozenset({"comm", "exe", "name", "cwd", "proctitle", "cmd", "acct", "key", "data", "path", "vm", "old-acct", "new-acct", "id_name"})
"""Fields whose text is written as hexadecimal digits where it holds a space, a quote or a control character. So are the arguments of EXECVE."""
TYPES = {
    "1100": "USER_AUTH", "1101": "USER_ACCT", "1103": "CRED_ACQ", "1105": "USER_START", "1106": "USER_END", "1108": "USER_CHAUTHTOK", "1112": "USER_LOGIN", "1113": "USER_LOGOUT", "1114": "ADD_USER", "1115": "DEL_USER",
    "1116": "ADD_GROUP", "1117": "DEL_GROUP", "1123": "USER_CMD", "1130": "SERVICE_START", "1131": "SERVICE_STOP", "1132": "GRP_MGMT", "1200": "DAEMON_START", "1201": "DAEMON_END", "1300": "SYSCALL", "1302": "PATH", "1305": "CONFIG_CHANGE",
    "1306": "SOCKADDR", "1307": "CWD", "1309": "EXECVE", "1320": "EOE", "1327": "PROCTITLE", "1330": "KERN_MODULE", "1701": "ANOM_ABEND",
}
"""The kernel's own log gives numbers. Source: linux/audit.h."""
LONGEST = 32_768


@dataclass(frozen=True, slots=True)
class Part:
    """One record: its type and its fields, decoded. Enriched names stand under their names in capitals (`UID`)."""

    type: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Event:
    """The records of one event. `host` is who sent it, None where nothing says."""

    host: str | None
    seconds: float
    id: str
    parts: tuple[Part, ...] = field(default_factory=tuple)

    def part(self, type_: str) -> Mapping[str, str]:
        """The fields of the first record of a type; empty if it is missing, as any may be."""
        return next((p.fields for p in self.parts if p.type == type_), {})

    def every(self, type_: str) -> list[Mapping[str, str]]:
        return [p.fields for p in self.parts if p.type == type_]


def parse(text: str) -> Event | None:
    """The event that these lines tell of; None if none of them is a record of the audit trail."""
    parts: list[Part] = []
    first: re.Match[str] | None = None
    for line in text.split("\n"):
        found = HEAD.match(line)
        if not found:
            continue
        first = first or found
        kind = TYPES.get(found["type"], found["type"].removeprefix("UNKNOWN"))
        parts.append(Part(kind, _fields(line[found.end():], kind)))
    if first is None:
        return None
    host = first["node"] or first["relay"]
    return Event(host.lower() if host else None, int(first["seconds"]) + int(first["ms"]) / 1000, f"{first['seconds']}.{first['ms']}:{first['serial']}", tuple(parts))


def _fields(text: str, kind: str) -> dict[str, str]:
    """The pairs of a record. What a program reports of a user stands in quotes of its own (`msg='op=login acct="ann"'`)."""
    fields: dict[str, str] = {}
    # What follows the separator are the enriched names of the same numbers.
    for n, part in enumerate(text.replace("\x1d", "\n", 1).split("\n", 1)):
        for found in _PAIR.finditer(part):
            name, value = found[1], next((g for g in found.groups()[1:] if g is not None), "")
            if found[3] is not None and "=" in value:
                fields |= {k: v for k, v in _fields(value, kind).items() if k not in fields}
            elif n and name.islower():
                continue
            else:
                fields.setdefault(name, _decoded(name, value, quoted=found[4] is None, arguments=kind == "EXECVE")[:LONGEST])
    return {k: v for k, v in fields.items() if v not in ("", "(null)", "?")}


def _decoded(name: str, value: str, quoted: bool, arguments: bool) -> str:
    """Text that was written as hexadecimal digits. A quoted value is never one: the writer quotes what needs no digits."""
    text = name in _TEXT or (arguments and re.fullmatch(r"a\d+(\[\d+\])?", name))
    if quoted or not text or not _HEX.fullmatch(value):
        return value
    return bytes.fromhex(value).decode("utf-8", "replace").rstrip("\0").replace("\0", " ")


def arguments(fields: Mapping[str, str]) -> list[str]:
    """The arguments of EXECVE in their order; a long one comes in pieces (`a1[0]`, `a1[1]`)."""
    pieces = [(int(found[1]), int(found[2] or 0), value) for name, value in fields.items() if (found := re.fullmatch(r"a(\d+)(?:\[(\d+)\])?", name))]
    words: dict[int, str] = {}
    for number, _, value in sorted(pieces):
        words[number] = words.get(number, "") + value
    return list(words.values())
