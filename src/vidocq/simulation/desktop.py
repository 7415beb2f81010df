"""A Windows desk on one day: who is signed in, and the programs that run from the morning on and start all others."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from random import Random

from vidocq.simulation.clock import HOUR, midnight
from vidocq.simulation.firm import Employee, Firm, Host
from vidocq.simulation.line import Line
from vidocq.simulation.windows import EXPLORER, SERVICES, SVCHOST, EventLog, WinAccount, WinProcess, account

GUARD = r"C:\ProgramData\Microsoft\Windows Defender\Platform\4.18.24090.11-0\MsMpEng.exe"
FLEET = r"C:\Program Files\Fleetward\agent\fleetward-agent.exe"
"""The agent with which the firm's administrators manage every machine."""
WORD, EXCEL, OUTLOOK = (rf"C:\Program Files\Microsoft Office\root\Office16\{name}.EXE" for name in ("WINWORD", "EXCEL", "OUTLOOK"))
EDGE = r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe"
CHROME = r"C:\Program Files\Google\Chrome\Application\chrome.exe"
WMI_HOST = r"C:\Windows\System32\wbem\WmiPrvSE.exe"
WINRM_HOST = r"C:\Windows\System32\wsmprovhost.exe"

INVENTORY = (
    "$os = Get-CimInstance Win32_OperatingSystem; $os | Select-Object Caption, Version, LastBootUpTime | ConvertTo-Json -Compress",
    "Get-HotFix | Sort-Object InstalledOn -Descending | Select-Object -First 5 HotFixID, InstalledOn | ConvertTo-Json",
    "Get-BitLockerVolume -MountPoint C: | Select-Object VolumeStatus, ProtectionStatus | ConvertTo-Json",
    "Get-LocalGroupMember -Group Administrators | Select-Object Name, ObjectClass | ConvertTo-Json",
    "Get-Service wuauserv, WinDefend, BITS | Select-Object Name, Status | ConvertTo-Json",
)
"""What the management agent asks of every machine, day by day."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A machine on a day. `morning` are the records of the sign-in, for whoever tells the day's life."""

    log: EventLog
    who: WinAccount
    at: float
    services: WinProcess
    svchost: WinProcess
    lsass: WinProcess
    explorer: WinProcess
    guard: WinProcess
    fleet: WinProcess
    morning: tuple[Line, ...]

    @property
    def home(self) -> str:
        """The folder of who sits there."""
        return f"C:\\Users\\{self.who.name}"


def desk(firm: Firm, employee: Employee, day: int, rng: Random) -> Desk:
    """The desk of an employee on a day: the same programs under the same numbers, whoever asks."""
    own = Random(f"{firm.seed}/desk/{employee.host.ip}/{day}")
    on = firm.presence(employee.host, day)
    at = max(on[0] if on else 0.0, midnight(day) + own.uniform(7.4, 8.9) * HOUR) + 20
    log, who = EventLog(firm, employee.host, own), account(firm, employee, own)
    services, svchost, lsass, guard, fleet = _system(log)
    winlogon = log.running(r"C:\Windows\System32\winlogon.exe", command="winlogon.exe")
    log.sign_in(at, who, 2, "127.0.0.1", employee.host.name.upper(), "Negotiate", SVCHOST)
    userinit = log.start(at + 1, winlogon, r"C:\Windows\System32\userinit.exe", r"C:\Windows\system32\userinit.exe", who)
    explorer = log.start(at + 1.5, userinit, EXPLORER, r"C:\Windows\Explorer.EXE", who)
    return Desk(EventLog(firm, employee.host, rng), who, at, services, svchost, lsass, explorer, guard, fleet, log.step())


@dataclass(frozen=True, slots=True)
class Server:
    """A Windows server and the programs that run on it from its start on."""

    log: EventLog
    services: WinProcess
    svchost: WinProcess
    lsass: WinProcess
    guard: WinProcess
    fleet: WinProcess

    @property
    def own(self) -> WinAccount:
        """The machine's own account in the directory."""
        return WinAccount(self.log.firm.realm, f"{self.log.host.name.upper()}$", "S-1-5-18")


def server(firm: Firm, host: Host, rng: Random) -> Server:
    """A server's log and programs."""
    return Server(EventLog(firm, host, rng), *_system(EventLog(firm, host, Random(f"{firm.seed}/server/{host.ip}"))))


def _system(log: EventLog) -> tuple[WinProcess, WinProcess, WinProcess, WinProcess, WinProcess]:
    wininit = log.running(r"C:\Windows\System32\wininit.exe", command="wininit.exe")
    services = log.running(SERVICES, parent=wininit)
    svchost = log.running(SVCHOST, command=r"C:\Windows\system32\svchost.exe -k netsvcs -p -s Schedule", parent=services)
    return services, svchost, log.running(r"C:\Windows\System32\lsass.exe", parent=wininit), log.running(GUARD, command=f'"{GUARD}"', parent=services), log.running(FLEET, command=f'"{FLEET}" --service', parent=services)


def administrator(firm: Firm, rng: Random, which: int = 0) -> WinAccount:
    """The account that an administrator uses for administration alone."""
    admins = [e for e, p in zip(firm.staff, firm.people, strict=False) if p.kind in ("admin", "oncall")]
    e = admins[which % len(admins)]
    return WinAccount(firm.realm, f"adm.{e.login}", f"{e.sid.rpartition('-')[0]}-{3000 + which}", f"0x{rng.getrandbits(28):x}")


def encoded(script: str) -> str:
    """A script as PowerShell takes it with -EncodedCommand."""
    return base64.b64encode(script.encode("utf-16-le")).decode()


def maker_of(image: str) -> str:
    """Whose program it is, as its file says."""
    return next((maker for part, maker in _MAKERS if part in image), "Microsoft Corporation")


_MAKERS = (("Fleetward", "Fleetward Systems Ltd"), ("Google", "Google LLC"), ("Adobe", "Adobe Inc."), ("Zoom", "Zoom Communications, Inc."), ("nodejs", "Node.js"), ("Git\\", "The Git Development Community"), ("VS Code", "Microsoft Corporation"))
