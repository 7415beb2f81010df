"""What the audit trail of a Unix host would hold: programs started, connections opened, files written, each as the kernel's records."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from random import Random

from vidocq.simulation.clock import START
from vidocq.simulation.firm import Host
from vidocq.simulation.line import Line

_EXECVE, _CONNECT, _OPENAT, _UNLINK, _CHMOD = 59, 42, 257, 87, 268
_UNSET = 4294967295


@dataclass(frozen=True, slots=True)
class Account:
    """Who acts: the number and the name; `login` is who signed in before, None for a service."""

    uid: int
    name: str
    login: str | None = None


ROOT, WEB = Account(0, "root"), Account(998, "node")


@dataclass(frozen=True, slots=True)
class Process:
    """A program that runs: its number, its file, its account and what it was told."""

    pid: int
    exe: str
    account: Account
    argv: tuple[str, ...] = ()
    parent: int = 1


def _text(value: str) -> str:
    """As the writer puts it: in quotes, or as hexadecimal digits where a space, a quote or a control character stands in it."""
    return f'"{value}"' if value and all(0x21 <= ord(c) < 0x7F and c != '"' for c in value) else value.encode().hex().upper()


@dataclass(slots=True)
class Trail:
    """The trail of one host. `lines` are what was recorded since the last step."""

    host: Host
    rng: Random
    lines: list[Line] = field(default_factory=list)
    _serials: set[int] = field(default_factory=set)

    def step(self) -> tuple[Line, ...]:
        """What was recorded since the last step."""
        done, self.lines = tuple(self.lines), []
        return done

    def start(self, at: float, parent: Process | int, exe: str, *argv: str, account: Account | None = None, cwd: str = "/") -> Process:
        """A program is started by another; that other's account, unless one is given."""
        who = account or (parent.account if isinstance(parent, Process) else ROOT)
        above = parent.pid if isinstance(parent, Process) else parent
        child = Process(self.rng.randrange(2_000, 4_000_000), exe, who, argv or (exe,), above)
        told = f"argc={len(child.argv)} " + " ".join(f"a{n}={_text(word)}" for n, word in enumerate(child.argv))
        self._tell(
            at, self._call(_EXECVE, child, items=2), f"EXECVE {told}", f"CWD cwd={_text(cwd)}", f"PATH item=0 name={_text(exe)} inode=1311 dev=fd:01 mode=0100755 ouid=0 ogid=0 rdev=00:00 nametype=NORMAL cap_fp=0",
            "PROCTITLE proctitle=" + "\0".join(child.argv).encode().hex().upper(),
        )
        return child

    def connect(self, at: float, process: Process, address: str, port: int, exe: str = "") -> None:
        """A connection is begun. It is under way when the call ends, as for every program that does not wait."""
        ip = ipaddress.ip_address(address)
        packed = (b"\x02\x00" + port.to_bytes(2, "big") + ip.packed + bytes(8)) if ip.version == 4 else (b"\x0a\x00" + port.to_bytes(2, "big") + bytes(4) + ip.packed + bytes(4))
        self._tell(at, self._call(_CONNECT, process, exit_code=-115, success=False, exe=exe), f"SOCKADDR saddr={packed.hex().upper()}")

    def write(self, at: float, process: Process, path: str) -> None:
        """A file is made."""
        folder = path.rpartition("/")[0] or "/"
        self._tell(
            at, self._call(_OPENAT, process, exit_code=3, items=2, flags="241"), 'CWD cwd="/"', f"PATH item=0 name={_text(folder)} inode=17 dev=fd:01 mode=040755 ouid=0 ogid=0 rdev=00:00 nametype=PARENT",
            f"PATH item=1 name={_text(path)} inode={self.rng.randrange(9_000, 900_000)} dev=fd:01 mode=0100644 ouid={process.account.uid} ogid=0 rdev=00:00 nametype=CREATE",
        )

    def refused(self, at: float, process: Process, path: str) -> None:
        """A file that may not be read was asked for."""
        self._tell(at, self._call(_OPENAT, process, exit_code=-13, success=False, items=1, flags="0"), 'CWD cwd="/"', f"PATH item=0 name={_text(path)} inode=9 dev=fd:01 mode=0100640 ouid=0 ogid=42 rdev=00:00 nametype=NORMAL")

    def delete(self, at: float, process: Process, path: str) -> None:
        """A file is removed."""
        self._tell(at, self._call(_UNLINK, process, items=2), 'CWD cwd="/"', f"PATH item=1 name={_text(path)} inode=77 dev=fd:01 mode=0100755 ouid={process.account.uid} ogid=0 rdev=00:00 nametype=DELETE")

    def _call(self, number: int, p: Process, exit_code: int = 0, success: bool = True, items: int = 0, flags: str = "7ffd", exe: str = "") -> str:
        uid, login = p.account.uid, p.account.login
        auid, session = (uid, 1 + uid % 90) if login else (_UNSET, _UNSET)
        comm = p.exe.rpartition("/")[2][:15]
        return (
            f"SYSCALL arch=c000003e syscall={number} success={'yes' if success else 'no'} exit={exit_code} a0={self.rng.getrandbits(40):x} a1={self.rng.getrandbits(40):x} a2={flags} a3=0 items={items} ppid={p.parent} pid={p.pid} "
            f"auid={auid} uid={uid} gid={uid} euid={uid} suid={uid} fsuid={uid} egid={uid} sgid={uid} fsgid={uid} tty={'pts0' if login else '(none)'} ses={session} comm={_text(comm)} exe={_text(exe or p.exe)} subj=unconfined key=\"watch\""
            f'\x1dARCH=x86_64 SYSCALL={_NAMES[number]} AUID="{login or "unset"}" UID="{p.account.name}" GID="{p.account.name}" EUID="{p.account.name}"'
        )

    def _tell(self, at: float, *records: str) -> None:
        moment = f"{int(at)}.{int(at * 1000) % 1000:03}"
        serial = int((at - START) * 1000) * 1000 + self.rng.randrange(1000)
        while serial in self._serials:
            serial += 1
        self._serials.add(serial)
        text = "\n".join(f"node={self.host.name} type={kind} msg=audit({moment}:{serial}): {rest}" for kind, _, rest in (r.partition(" ") for r in (*records, "EOE ")))
        self.lines.append(Line(at, f"audit/{self.host.name}", f"{self.host.name}/{moment}:{serial}", {"text": text}))


_NAMES = {_EXECVE: "execve", _CONNECT: "connect", _OPENAT: "openat", _UNLINK: "unlink", _CHMOD: "fchmodat"}
