"""The system calls that matter to an investigation, by the numbers of each architecture, and what their arguments say.

Source: the kernel's tables (arch/x86/entry/syscalls/syscall_64.tbl, syscall_32.tbl, include/uapi/asm-generic/unistd.h); linux/audit.h for the architectures.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping

_X86_64 = {
    "2": "open", "42": "connect", "59": "execve", "76": "truncate", "82": "rename", "83": "mkdir", "85": "creat", "86": "link", "87": "unlink", "88": "symlink", "90": "chmod", "91": "fchmod", "92": "chown", "101": "ptrace",
    "175": "init_module", "257": "openat", "260": "fchownat", "263": "unlinkat", "264": "renameat", "265": "linkat", "266": "symlinkat", "268": "fchmodat", "313": "finit_module", "316": "renameat2", "322": "execveat", "437": "openat2",
}
_ARM64 = {
    "33": "mknodat", "34": "mkdirat", "35": "unlinkat", "36": "symlinkat", "37": "linkat", "38": "renameat", "45": "truncate", "52": "fchmod", "53": "fchmodat", "54": "fchownat", "56": "openat", "105": "init_module", "117": "ptrace",
    "203": "connect", "221": "execve", "273": "finit_module", "276": "renameat2", "281": "execveat", "437": "openat2",
}
_X86 = {
    "5": "open", "8": "creat", "9": "link", "10": "unlink", "11": "execve", "15": "chmod", "26": "ptrace", "38": "rename", "83": "symlink", "94": "fchmod", "128": "init_module", "295": "openat", "301": "unlinkat", "302": "renameat",
    "306": "fchmodat", "350": "finit_module", "353": "renameat2", "358": "execveat", "362": "connect",
}
_BY_ARCHITECTURE = {"c000003e": _X86_64, "c00000b7": _ARM64, "40000003": _X86}
_FAMILIES = {
    "open": "open openat openat2 creat", "delete": "unlink unlinkat", "rename": "rename renameat renameat2", "chmod": "chmod fchmod fchmodat", "chown": "chown fchownat", "link": "link linkat symlink symlinkat", "write": "truncate",
    "create": "mkdir mkdirat mknodat",
}
_FAMILY = {name: family for family, names in _FAMILIES.items() for name in names.split()}
FLAGS_AT = {"open": "a1", "openat": "a2", "creat": "a1"}
"""Which argument holds the flags that say whether a file is read or written."""


def syscall(call: Mapping[str, str]) -> str:
    """The name of the call that a SYSCALL record tells of; an enriched one names it. Empty where it is none of these."""
    named = call.get("SYSCALL")
    return named if named else _BY_ARCHITECTURE.get(call.get("arch", ""), {}).get(call.get("syscall", ""), "")


def family_of(name: str) -> str:
    """What a call does to files: open, delete, rename, chmod, chown, link, write, create; empty for any other."""
    return _FAMILY.get(name, "")


def peer(socket: Mapping[str, str]) -> tuple[str, int] | None:
    """Address and port of a SOCKADDR record, as the kernel's memory holds them (`saddr=0200…`); None for a local socket."""
    raw = socket.get("saddr", "")
    if not re.fullmatch(r"(?:[0-9A-Fa-f]{2})+", raw):
        return None
    data = bytes.fromhex(raw)
    family = int.from_bytes(data[:2], "little")
    if family == 2 and len(data) >= 8:
        return str(ipaddress.IPv4Address(data[4:8])), int.from_bytes(data[2:4], "big")
    if family == 10 and len(data) >= 24:
        address = ipaddress.IPv6Address(data[8:24])
        return str(address.ipv4_mapped or address), int.from_bytes(data[2:4], "big")
    return None
