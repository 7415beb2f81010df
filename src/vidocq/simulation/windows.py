"""What the event logs of a Windows machine would hold: Sysmon's and the Security log's records of programs, connections, files, keys, sign-ins and scripts.

Sources: learn.microsoft.com, "Sysmon"; "Audit events" (4624, 4688, 4720 …), "about_Logging_Windows"; the fields are those that `evtx_dump` writes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from vidocq.simulation import ids
from vidocq.simulation.clock import START
from vidocq.simulation.firm import Employee, Firm, Host
from vidocq.simulation.line import Line

SYSMON, SECURITY, SYSTEM = "Microsoft-Windows-Sysmon/Operational", "Security", "System"
POWERSHELL, TASKS = "Microsoft-Windows-PowerShell/Operational", "Microsoft-Windows-TaskScheduler/Operational"
_PROVIDERS = {
    SYSMON: "Microsoft-Windows-Sysmon", SECURITY: "Microsoft-Windows-Security-Auditing", POWERSHELL: "Microsoft-Windows-PowerShell",
    TASKS: "Microsoft-Windows-TaskScheduler", SYSTEM: "Service Control Manager",
}
EXPLORER = r"C:\Windows\explorer.exe"
SERVICES = r"C:\Windows\System32\services.exe"
SVCHOST = r"C:\Windows\System32\svchost.exe"
CMD = r"C:\Windows\System32\cmd.exe"
PS = r"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe"


@dataclass(frozen=True, slots=True)
class WinAccount:
    """An account: its domain, its name, its SID, the number of its session."""

    domain: str
    name: str
    sid: str
    session: str = "0x3e7"

    @property
    def full(self) -> str:
        """DOMAIN\\name"""
        return f"{self.domain}\\{self.name}"


SYSTEM_ACCOUNT = WinAccount("NT AUTHORITY", "SYSTEM", "S-1-5-18")


def account(firm: Firm, employee: Employee, rng: Random) -> WinAccount:
    """An employee's account, in a session of its own."""
    return WinAccount(firm.realm, employee.login, employee.sid, f"0x{rng.getrandbits(28):x}")


@dataclass(frozen=True, slots=True)
class WinProcess:
    """A program that runs: number, GUID, file, command line, account, and the one above it."""

    pid: int
    guid: str
    image: str
    command: str
    who: WinAccount
    parent: WinProcess | None = None


@dataclass(slots=True)
class EventLog:
    """The logs of one machine. `lines` are what was recorded since the last step."""

    firm: Firm
    host: Host
    rng: Random
    lines: list[Line] = field(default_factory=list)
    _numbers: set[int] = field(default_factory=set)

    @property
    def computer(self) -> str:
        """The machine's full name, as the head of each event says it."""
        return f"{self.host.name.upper()}.{self.firm.domain}"

    def step(self) -> tuple[Line, ...]:
        """What was recorded since the last step."""
        done, self.lines = tuple(self.lines), []
        return done

    def running(self, image: str, who: WinAccount = SYSTEM_ACCOUNT, command: str = "", parent: WinProcess | None = None) -> WinProcess:
        """A program that was there before the story: it leaves no record of its own."""
        return WinProcess(self.rng.randrange(500, 30_000) * 4, self._guid(), image, command or image, who, parent)

    def start(self, at: float, parent: WinProcess, image: str, command: str = "", who: WinAccount | None = None, folder: str = "", hashed: str = "", original: str = "", company: str = "Microsoft Corporation") -> WinProcess:
        """A program is started by another: Sysmon 1 and Security 4688."""
        child = WinProcess(self.rng.randrange(500, 30_000) * 4, self._guid(), image, command or f'"{image}"', who or parent.who, parent)
        digest = hashed or ids.hexes(Random(image), 64)
        self.tell(at, SYSMON, 1, {
            "RuleName": "-", "UtcTime": _utc(at), "ProcessGuid": child.guid, "ProcessId": child.pid, "Image": image, "FileVersion": "10.0.19041.1", "Description": "-", "Product": "-", "Company": company,
            "OriginalFileName": original or image.rpartition("\\")[2], "CommandLine": child.command, "CurrentDirectory": folder or "C:\\Windows\\System32\\", "User": child.who.full, "LogonGuid": self._guid(), "LogonId": child.who.session,
            "TerminalSessionId": 1 if child.who.session != "0x3e7" else 0, "IntegrityLevel": "Medium" if child.who.session != "0x3e7" else "System", "Hashes": f"SHA256={digest.upper()}", "ParentProcessGuid": parent.guid,
            "ParentProcessId": parent.pid, "ParentImage": parent.image, "ParentCommandLine": parent.command, "ParentUser": parent.who.full,
        })
        self.tell(at + 0.001, SECURITY, 4688, {
            "SubjectUserSid": child.who.sid, "SubjectUserName": child.who.name, "SubjectDomainName": child.who.domain, "SubjectLogonId": child.who.session, "NewProcessId": hex(child.pid), "NewProcessName": image, "TokenElevationType": "%%1936",
            "ProcessId": hex(parent.pid), "CommandLine": child.command, "TargetUserSid": "S-1-0-0", "TargetUserName": "-", "TargetDomainName": "-", "TargetLogonId": "0x0", "ParentProcessName": parent.image, "MandatoryLabel": "S-1-16-8192",
        })
        return child

    def connect(self, at: float, process: WinProcess, address: str, port: int, name: str = "-") -> None:
        """A connection is opened: Sysmon 3."""
        self.tell(at, SYSMON, 3, {
            "RuleName": "-", "UtcTime": _utc(at), **_who(process), "Protocol": "tcp", "Initiated": "true", "SourceIsIpv6": "false", "SourceIp": self.host.ip, "SourceHostname": self.computer, "SourcePort": self.rng.randrange(49152, 65535),
            "SourcePortName": "-", "DestinationIsIpv6": "false", "DestinationIp": address, "DestinationHostname": name, "DestinationPort": port, "DestinationPortName": "https" if port == 443 else "-",
        })

    def asked(self, at: float, process: WinProcess, name: str, addresses: tuple[str, ...]) -> None:
        """A name was asked for: Sysmon 22."""
        self.tell(at, SYSMON, 22, {"RuleName": "-", "UtcTime": _utc(at), **_who(process), "QueryName": name, "QueryStatus": "0", "QueryResults": "".join(f"::ffff:{a};" for a in addresses)})

    def write(self, at: float, process: WinProcess, path: str) -> None:
        """A file is made: Sysmon 11."""
        self.tell(at, SYSMON, 11, {"RuleName": "-", "UtcTime": _utc(at), **_who(process), "TargetFilename": path, "CreationUtcTime": _utc(at)})

    def delete(self, at: float, process: WinProcess, path: str) -> None:
        """A file is deleted: Sysmon 23."""
        self.tell(at, SYSMON, 23, {"RuleName": "-", "UtcTime": _utc(at), **_who(process), "TargetFilename": path, "Hashes": "-", "IsExecutable": "true", "Archived": "true"})

    def key(self, at: float, process: WinProcess, path: str, value: str) -> None:
        """A value of the registry is set: Sysmon 13."""
        self.tell(at, SYSMON, 13, {"RuleName": "-", "EventType": "SetValue", "UtcTime": _utc(at), **_who(process), "TargetObject": path, "Details": value})

    def opened(self, at: float, process: WinProcess, target: WinProcess, rights: str, trace: str = "UNKNOWN(00000000)") -> None:
        """A process opens another one's memory: Sysmon 10."""
        self.tell(at, SYSMON, 10, {
            "RuleName": "-", "UtcTime": _utc(at), "SourceProcessGUID": process.guid, "SourceProcessId": process.pid, "SourceThreadId": process.pid + 4, "SourceImage": process.image, "TargetProcessGUID": target.guid, "TargetProcessId": target.pid,
            "TargetImage": target.image, "GrantedAccess": rights, "CallTrace": f"C:\\Windows\\SYSTEM32\\ntdll.dll+9d4c4|C:\\Windows\\System32\\KERNELBASE.dll+2c13e|{trace}", "SourceUser": process.who.full, "TargetUser": target.who.full,
        })

    def sign_in(self, at: float, who: WinAccount, kind: int, address: str = "-", station: str = "-", package: str = "Kerberos", process: str = "-") -> None:
        """A sign-in succeeds: Security 4624. `kind`: 2 at the keyboard, 3 over the network, 5 service, 10 remote desktop."""
        self.tell(at, SECURITY, 4624, {
            **_subject(SYSTEM_ACCOUNT if kind in (2, 5, 10) else None), **_target(who), "LogonType": kind, "LogonProcessName": "Kerberos" if package == "Kerberos" else "NtLmSsp ", "AuthenticationPackageName": package, "WorkstationName": station,
            "LogonGuid": self._guid(), "TransmittedServices": "-", "LmPackageName": "NTLM V2" if package == "NTLM" else "-", "KeyLength": 0, "ProcessId": "0x0", "ProcessName": process, "IpAddress": address, "IpPort": "0" if address == "-" else str(self.rng.randrange(49152, 65535)),
            "ImpersonationLevel": "%%1833",
        })

    def refused(self, at: float, who: WinAccount, kind: int, address: str, station: str = "-", status: str = "0xc000006a") -> None:
        """A sign-in fails: Security 4625. 0xc000006a is a wrong password, 0xc0000064 a name that does not exist."""
        self.tell(at, SECURITY, 4625, {
            **_subject(None), "TargetUserSid": "S-1-0-0", "TargetUserName": who.name, "TargetDomainName": who.domain, "Status": "0xc000006d", "FailureReason": "%%2313", "SubStatus": status, "LogonType": kind, "LogonProcessName": "NtLmSsp ",
            "AuthenticationPackageName": "NTLM", "WorkstationName": station, "TransmittedServices": "-", "LmPackageName": "-", "KeyLength": 0, "ProcessId": "0x0", "ProcessName": "-", "IpAddress": address, "IpPort": str(self.rng.randrange(49152, 65535)),
        })

    def privileged(self, at: float, who: WinAccount) -> None:
        """A sign-in with an administrator's rights: Security 4672."""
        self.tell(at, SECURITY, 4672, {**_subject(who), "PrivilegeList": "SeSecurityPrivilege\n\t\t\tSeBackupPrivilege\n\t\t\tSeRestorePrivilege\n\t\t\tSeDebugPrivilege"})

    def service(self, at: float, who: WinAccount, name: str, path: str) -> None:
        """A service is installed: Security 4697 and System 7045."""
        self.tell(at, SECURITY, 4697, {**_subject(who), "ServiceName": name, "ServiceFileName": path, "ServiceType": "0x10", "ServiceStartType": 3, "ServiceAccount": "LocalSystem"})
        self.tell(at + 0.01, SYSTEM, 7045, {"ServiceName": name, "ImagePath": path, "ServiceType": "user mode service", "StartType": "demand start", "AccountName": "LocalSystem"})

    def share(self, at: float, who: WinAccount, address: str, share: str, path: str = "", rights: str = "0x120089") -> None:
        """A share is reached over the network: Security 5145 (a file in it), or 5140."""
        head = {**_subject(who), "ObjectType": "File", "IpAddress": address, "IpPort": str(self.rng.randrange(49152, 65535)), "ShareName": f"\\\\*\\{share}", "ShareLocalPath": f"\\??\\C:\\{share}"}
        self.tell(at, SECURITY, 5145 if path else 5140, head | {"RelativeTargetName": path, "AccessMask": rights, "AccessList": "%%4416", "AccessReason": "-"} if path else head | {"AccessMask": "0x1", "AccessList": "%%4416"})

    def script(self, at: float, process: WinProcess, text: str) -> None:
        """A block of PowerShell runs: 4104."""
        self.tell(at, POWERSHELL, 4104, {"MessageNumber": 1, "MessageTotal": 1, "ScriptBlockText": text, "ScriptBlockId": ids.uuid4(self.rng), "Path": ""}, pid=process.pid, sid=process.who.sid)

    def ticket(self, at: float, who: WinAccount, service: str, address: str, encryption: str = "0x12") -> None:
        """The directory gives a ticket for a service: Security 4769. 0x12 is AES, 0x17 RC4."""
        self.tell(at, SECURITY, 4769, {"TargetUserName": f"{who.name}@{self.firm.domain.upper()}", "TargetDomainName": self.firm.domain.upper(), "ServiceName": service, "ServiceSid": "S-1-5-21-0-0-0-1110", "TicketOptions": "0x40810000", "TicketEncryptionType": encryption, "IpAddress": f"::ffff:{address}", "IpPort": str(self.rng.randrange(49152, 65535)), "Status": "0x0", "LogonGuid": self._guid(), "TransmittedServices": "-"})

    def tell(self, at: float, channel: str, number: int, data: Mapping[str, Any], pid: int = 4, sid: str = "S-1-5-18") -> None:
        """Any event, with the fields given."""
        record = self._number(at)
        self.lines.append(Line(at, f"windows/{self.host.name}", f"{self.computer}/{channel}/{record}", {"Event": {
            "#attributes": {"xmlns": "http://schemas.microsoft.com/win/2004/08/events/event"},
            "System": {
                "Provider": {"#attributes": {"Name": _PROVIDERS.get(channel, channel)}}, "EventID": number, "Version": 2, "Level": 4 if channel != SECURITY else 0, "Task": 1, "Opcode": 0, "Keywords": "0x8020000000000000",
                "TimeCreated": {"#attributes": {"SystemTime": dt.datetime.fromtimestamp(at, dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")}}, "EventRecordID": record, "Execution": {"#attributes": {"ProcessID": pid, "ThreadID": 4096}},
                "Channel": channel, "Computer": self.computer, "Security": {"#attributes": {"UserID": sid}},
            },
            "EventData": dict(data),
        }}))

    def _number(self, at: float) -> int:
        """Numbers that grow with the time, whoever tells first."""
        number = int((at - START) * 1000) * 100 + self.rng.randrange(100)
        while number in self._numbers:
            number += 1
        self._numbers.add(number)
        return number

    def _guid(self) -> str:
        return "{" + ids.uuid4(self.rng).upper() + "}"


def _utc(at: float) -> str:
    return dt.datetime.fromtimestamp(at, dt.UTC).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]


def _who(process: WinProcess) -> dict[str, Any]:
    return {"ProcessGuid": process.guid, "ProcessId": process.pid, "Image": process.image, "User": process.who.full}


def _subject(who: WinAccount | None) -> dict[str, Any]:
    if who is None:
        return {"SubjectUserSid": "S-1-0-0", "SubjectUserName": "-", "SubjectDomainName": "-", "SubjectLogonId": "0x0"}
    return {"SubjectUserSid": who.sid, "SubjectUserName": who.name, "SubjectDomainName": who.domain, "SubjectLogonId": who.session}


def _target(who: WinAccount) -> dict[str, Any]:
    return {"TargetUserSid": who.sid, "TargetUserName": who.name, "TargetDomainName": who.domain, "TargetLogonId": who.session}
