"""The ways by which one Windows machine makes another one run something, as both machines and the network between them record it. Administrators and intruders use the same."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from vidocq.simulation.desktop import WINRM_HOST, WMI_HOST, Desk, Server
from vidocq.simulation.firm import Firm
from vidocq.simulation.line import Line
from vidocq.simulation.network import resolve
from vidocq.simulation.windows import CMD, EXPLORER, PS, SVCHOST, EventLog, WinAccount, WinProcess
from vidocq.simulation.zeek import conn, ends, tls

WAYS = ("service", "wmi", "winrm", "desktop")
TECHNIQUES = {"service": ("T1021.002", "T1569.002"), "wmi": ("T1047",), "winrm": ("T1021.006",), "desktop": ("T1021.001",)}
_PORTS = {"service": (445, "gssapi,smb,dce_rpc"), "wmi": (135, "dce_rpc"), "winrm": (5985, "http"), "desktop": (3389, "rdp")}


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine somebody works on: its log, the process through which they work, and the programs that were there."""

    log: EventLog
    by: WinProcess
    base: Desk | Server

    @property
    def ip(self) -> str:
        """Its address."""
        return self.log.host.ip

    @property
    def entity(self) -> tuple[str, str]:
        """Its name as logs write it, in lower case."""
        return "host", self.log.computer.lower()


@dataclass(frozen=True, slots=True)
class Order:
    """What is brought and run: the name of the service and of its program, and the command line that follows."""

    service: str
    program: str
    command: str


def reach(firm: Firm, rng: Random, at: float, way: str, source: Machine, target: Desk | Server, who: WinAccount, order: Order) -> tuple[Machine, list[Line]]:
    """The target runs a shell for the source: the machine with that shell, and the lines of the network. Both logs keep what they saw."""
    there, port = target.log, _PORTS[way]
    lasts = rng.uniform(30, 900)
    network = [*resolve(firm, rng, at - 0.4, source.ip, there.computer.lower(), (there.host.ip,)), conn(ends(rng, at, source.ip, there.host.ip, port[0]), lasts, rng.randint(4_000, 90_000), rng.randint(3_000, 60_000), port[1])]
    name = there.host.name.upper()
    match way:
        case "service":
            by = _service(source, target, at, who, order)
        case "wmi":
            source.log.start(at - 1, source.by, r"C:\Windows\System32\wbem\WMIC.exe", f'wmic /node:"{name}" process call create "{order.command}"')
            there.sign_in(at, who, 3, source.ip)
            there.privileged(at + 0.1, who)
            host = there.running(WMI_HOST, command=f"{WMI_HOST} -secured -Embedding", parent=target.svchost)
            by = there.start(at + 1, host, *_shell(order.command), who)
        case "winrm":
            shell = source.log.start(at - 2, source.by, PS, f'"{PS}"')
            source.log.script(at - 1, shell, f"Invoke-Command -ComputerName {name} -ScriptBlock {{ {order.command} }}")
            source.log.connect(at - 0.5, shell, there.host.ip, 5985, there.computer)
            there.sign_in(at, who, 3, source.ip)
            there.privileged(at + 0.1, who)
            host = there.start(at + 0.8, target.svchost, WINRM_HOST, f"{WINRM_HOST} -Embedding", who)
            by = there.start(at + 1.4, host, *_shell(order.command), who)
        case _:
            client = source.log.start(at - 8, source.by, r"C:\Windows\System32\mstsc.exe", f'"C:\\Windows\\system32\\mstsc.exe" /v:{name}')
            source.log.connect(at - 4, client, there.host.ip, 3389, there.computer)
            there.sign_in(at, who, 10, source.ip, name, "Negotiate", SVCHOST)
            there.privileged(at + 0.1, who)
            explorer = there.start(at + 3, there.running(r"C:\Windows\System32\userinit.exe", who), EXPLORER, EXPLORER, who)
            by = there.start(at + 25, explorer, *_shell(order.command), who)
    return Machine(there, by, target), network


def _service(source: Machine, target: Desk | Server, at: float, who: WinAccount, order: Order) -> WinProcess:
    """The program is laid into the system's folder over the hidden share, and a service is made that runs it."""
    there = target.log
    source.log.connect(at - 0.2, source.by, there.host.ip, 445, there.computer)
    there.sign_in(at, who, 3, source.ip)
    there.privileged(at + 0.1, who)
    there.share(at + 0.3, who, source.ip, "ADMIN$", order.program, "0x2")
    there.write(at + 0.4, there.running("System"), f"C:\\Windows\\{order.program}")
    there.share(at + 0.8, who, source.ip, "IPC$", "svcctl", "0x12019f")
    there.service(at + 1, who, order.service, f"%SystemRoot%\\{order.program}")
    runs = there.start(at + 1.5, target.services, f"C:\\Windows\\{order.program}", f"C:\\Windows\\{order.program}", company="-")
    return there.start(at + 2, runs, *_shell(order.command))


def _shell(command: str) -> tuple[str, str]:
    return (PS, command) if command.lower().startswith("powershell") else (CMD, command)


def looks(m: Machine, at: float, *commands: str, gap: float = 12.0) -> float:
    """Commands that are typed one after another; the time after the last."""
    for command in commands:
        program = command.split()[0]
        m.log.start(at, m.by, rf"C:\Windows\System32\{program}.exe", command)
        at += gap * m.log.rng.uniform(0.5, 1.6)
    return at


def talk(firm: Firm, rng: Random, at: float, m: Machine, process: WinProcess, name: str, address: str, sent: int, received: int, lasts: float = 3.0) -> list[Line]:
    """The machine's process asks for a name and speaks with it: its own records are kept in its log, those of the network are returned."""
    m.log.asked(at - 0.1, process, name, (address,))
    m.log.connect(at, process, address, 443)
    return [*resolve(firm, rng, at - 0.1, m.ip, name, (address,)), *tls(rng, at, m.ip, address, name, lasts, sent, received, "winhttp")]
