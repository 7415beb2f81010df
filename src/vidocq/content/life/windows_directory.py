"""The directory and the file server: tickets from morning on, policies read, administrators by remote desktop, the service desk, who joins and who leaves, patches at night."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from vidocq.simulation.clock import DAY, HOUR, any_times, every, is_workday, midnight, office_times
from vidocq.simulation.desktop import INVENTORY, WMI_HOST, Server, administrator, desk, encoded, server
from vidocq.simulation.firm import Employee, Firm
from vidocq.simulation.line import Line, Part
from vidocq.simulation.windows import CMD, EXPLORER, PS, SECURITY, SVCHOST, SYSTEM_ACCOUNT, WinAccount, account

_REPLICATES = "%%7688\n\t\t{1131f6aa-9c07-11d1-f79f-00c04fc2dcd2}\n\t{19195a5b-6da0-11d0-afd3-00c04fd930c9}"
_PAPERS = ("plan", "budget", "prices", "minutes", "orders", "template", "rota", "invoice")
_NEW = ("ines.moss", "tilda.ward", "remo.quill", "sven.hale", "yara.finch")


def _tickets(firm: Firm, dc: Server, rng: Random, e: Employee, day: int, on: tuple[float, float]) -> None:
    """A person and their machine ask for tickets in the morning, later for one service after another, and read the policies every hour and a half."""
    d = desk(firm, e, day, rng)
    machine = WinAccount(firm.realm, f"{e.host.name.upper()}$", e.sid + "9")
    for at, who in ((d.at - 0.5, d.who), (d.at - 20, machine)):
        dc.log.tell(at, SECURITY, 4768, {
            "TargetUserName": who.name, "TargetDomainName": firm.realm, "TargetSid": who.sid, "ServiceName": "krbtgt", "ServiceSid": e.sid.rpartition("-")[0] + "-502", "TicketOptions": "0x40810010", "Status": "0x0",
            "TicketEncryptionType": "0x12", "PreAuthType": "2", "IpAddress": f"::ffff:{e.host.ip}", "IpPort": str(rng.randrange(49152, 65535)),
        })
        dc.log.ticket(at + 0.1, who, f"{dc.log.host.name.upper()}$", e.host.ip)
    for n, role in enumerate(("files", "mail")):
        dc.log.ticket(d.at + 6 + n, d.who, f"{firm.servers[role].name.upper()}$", e.host.ip)
    for at in every(rng, d.at + 12, on[1], 1.6 * HOUR, 0.2):
        who = machine if rng.random() < 0.5 else d.who
        dc.log.sign_in(at, WinAccount(firm.realm, who.name, who.sid, f"0x{rng.getrandbits(28):x}"), 3, e.host.ip)
        dc.log.share(at + 0.2, who, e.host.ip, "SYSVOL", f"{firm.domain}\\Policies\\{{31B2F340-016D-11D2-945F-00C04FB984F9}}\\gpt.ini")


def _copies(firm: Firm, dc: Server, rng: Random, day: int) -> None:
    """Domain controllers replicate under their machines' own accounts."""
    for at in every(rng, midnight(day) + 50, midnight(day + 1), 2 * HOUR, 0.05):
        dc.log.tell(at, SECURITY, 4662, {
            "SubjectUserSid": dc.own.sid, "SubjectUserName": dc.own.name, "SubjectDomainName": firm.realm, "SubjectLogonId": "0x3e7", "ObjectServer": "DS", "ObjectType": "%{19195a5b-6da0-11d0-afd3-00c04fd930c9}",
            "ObjectName": "%{7d1a4a2f-0000-4e0b-9b45-000000000001}", "OperationType": "Object Access", "HandleId": "0x0", "AccessList": "%%7688", "AccessMask": "0x100", "Properties": _REPLICATES, "AdditionalInfo": "-",
        })


def _administrators(firm: Firm, servers: tuple[Server, ...], rng: Random, day: int) -> None:
    """They come by remote desktop through the jump host, look, and change a thing or two."""
    for at in office_times(rng, day, 3):
        s, who = rng.choice(servers), administrator(firm, rng, rng.randrange(2))
        s.log.sign_in(at, who, 10, firm.servers["jump"].ip, s.log.host.name.upper(), "Negotiate", SVCHOST)
        s.log.privileged(at + 0.1, who)
        explorer = s.log.start(at + 2, s.log.running(r"C:\Windows\System32\userinit.exe", who), EXPLORER, EXPLORER, who)
        for n, (image, command) in enumerate(rng.sample((
            (r"C:\Windows\System32\mmc.exe", r'"C:\Windows\system32\mmc.exe" "C:\Windows\system32\dsa.msc"'), (r"C:\Windows\System32\mmc.exe", r'"C:\Windows\system32\mmc.exe" C:\Windows\system32\services.msc'),
            (r"C:\Windows\System32\Taskmgr.exe", r'"C:\Windows\system32\taskmgr.exe" /7'), (PS, f'"{PS}"'), (r"C:\Windows\System32\mmc.exe", r'"C:\Windows\system32\mmc.exe" "C:\Windows\system32\eventvwr.msc"'),
        ), 2)):
            p = s.log.start(at + 40 + 90 * n, explorer, image, command)
            if image == PS:
                s.log.script(at + 60 + 90 * n, p, rng.choice(("Get-ADUser -Filter * -Properties LastLogonDate | Sort-Object LastLogonDate | Select-Object -First 20", "Get-Service | Where-Object Status -eq Stopped", "Get-ADReplicationFailure -Target *", "Get-EventLog -LogName System -Newest 50 -EntryType Error")))
            if image.endswith("Taskmgr.exe"):
                # Task Manager opens every process it shows.
                s.log.opened(at + 42 + 90 * n, p, s.lsass, "0x1400")


def _changed(firm: Firm, dc: Server, at: float, who: WinAccount, number: int, name: str, sid: str, **more: str) -> None:
    dc.log.tell(at, SECURITY, number, {
        "TargetUserName": name, "TargetDomainName": firm.realm, "TargetSid": sid, "SubjectUserSid": who.sid, "SubjectUserName": who.name, "SubjectDomainName": who.domain, "SubjectLogonId": who.session, "PrivilegeList": "-", **more,
    })


def _desk(firm: Firm, dc: Server, rng: Random, day: int) -> None:
    """The service desk resets passwords and sets up who joins; who leaves is switched off."""
    helper = firm.staff[next(n for n, p in enumerate(firm.people) if p.kind == "desk")]
    who, authority = account(firm, helper, rng), helper.sid.rpartition("-")[0]
    for at in office_times(rng, day, 3):
        e = rng.choice(firm.staff)
        dc.log.sign_in(at - 1, who, 3, helper.host.ip)
        for n, number in enumerate((4724, 4738)):
            _changed(firm, dc, at + n * 0.2, who, number, e.login, e.sid)
    if is_workday(day) and rng.random() < 0.3:
        at, name, sid = midnight(day) + rng.uniform(8.2, 16) * HOUR, f"{rng.choice(_NEW)}{day}", f"{authority}-{5000 + day}"
        dc.log.sign_in(at - 1, who, 3, helper.host.ip)
        for n, number in enumerate((4720, 4722, 4724, 4738)):
            _changed(firm, dc, at + n * 0.3, who, number, name, sid)
        for n, group in enumerate(("Staff", "VPN Users", "Printers")):
            _changed(firm, dc, at + 20 + n, who, 4728, group, f"{authority}-{1200 + n}", MemberName=f"CN={name},OU=Staff,DC={firm.name},DC=example", MemberSid=sid)
    if is_workday(day) and rng.random() < 0.15:
        at, name = midnight(day) + rng.uniform(9, 17) * HOUR, rng.choice(_NEW)
        for n, number in enumerate((4725, 4738)):
            _changed(firm, dc, at + n, who, number, name, f"{authority}-{4800 + day}")


def _shares(firm: Firm, files: Server, rng: Random, day: int) -> None:
    """People read and write papers in the shares of their department; homes are looked into."""
    for e in firm.staff:
        on = firm.presence(e.host, day)
        who = account(firm, e, rng)
        for at in office_times(rng, day, 5):
            if on and on[0] < at < on[1]:
                if rng.random() < 0.4:
                    files.log.sign_in(at - 0.1, who, 3, e.host.ip)
                    files.log.share(at, who, e.host.ip, "shared")
                for n in range(rng.randint(1, 5)):
                    files.log.share(at + 0.5 + n * rng.uniform(0.2, 9), who, e.host.ip, "shared", f"{e.department}\\{rng.choice(_PAPERS)}-{rng.randrange(400)}.{rng.choice(('docx', 'xlsx', 'pdf'))}", rng.choice(("0x120089", "0x120089", "0x12019f")))


def _upkeep(firm: Firm, s: Server, rng: Random, day: int) -> None:
    """The agent asks, the guard scans; patches come in the second night of the week and bring services."""
    # The same questions as everywhere that day.
    for script in Random(f"{firm.seed}/fleet/{day}").sample(INVENTORY, 3):
        at = midnight(day) + rng.uniform(8, 20) * HOUR
        shell = s.log.start(at, s.fleet, PS, f'"{PS}" -NoProfile -NonInteractive -ExecutionPolicy Bypass -EncodedCommand {encoded(script)}', SYSTEM_ACCOUNT)
        s.log.script(at + 1, shell, script)
    for at in any_times(rng, day, 6):
        for process in (s.lsass, s.svchost, s.fleet, s.services):
            s.log.opened(at, s.guard, process, "0x1410")
        s.log.opened(at + 5, s.svchost, s.lsass, "0x1000")
        s.log.start(at + 9, s.svchost, WMI_HOST, f"{WMI_HOST} -secured -Embedding", SYSTEM_ACCOUNT)
    if day % 7 == 2:
        at = midnight(day) + rng.uniform(1, 3) * HOUR
        s.log.start(at, s.svchost, r"C:\Windows\System32\usoclient.exe", r"C:\Windows\system32\usoclient.exe StartScan", SYSTEM_ACCOUNT)
        worker = s.log.start(at + 60, s.svchost, r"C:\Windows\servicing\TrustedInstaller.exe", r"C:\Windows\servicing\TrustedInstaller.exe", SYSTEM_ACCOUNT)
        s.log.write(at + 300, worker, r"C:\Windows\System32\drivers\storport.sys")
        s.log.service(at + 320, WinAccount(firm.realm, s.own.name, "S-1-5-18"), "Microsoft Defender Core Service", r'"C:\ProgramData\Microsoft\Windows Defender\Platform\4.18.25010.11-0\MpDefenderCoreService.exe"')
        installer = s.log.start(at + 600, s.fleet, r"C:\Windows\System32\msiexec.exe", r"C:\Windows\System32\msiexec.exe /i C:\ProgramData\Fleetward\cache\agent-7.4.msi /qn /norestart", SYSTEM_ACCOUNT)
        s.log.write(at + 620, installer, r"C:\Program Files\Fleetward\agent\fleetward-helper.exe")
        s.log.service(at + 622, SYSTEM_ACCOUNT, "FleetwardHelper", r'"C:\Program Files\Fleetward\agent\fleetward-helper.exe"')
        s.log.start(at + 630, installer, CMD, 'cmd.exe /c sc.exe failure FleetwardHelper reset= 86400 actions= restart/60000', SYSTEM_ACCOUNT)


def tell(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    dc, files, mail = (server(firm, firm.servers[role], rng) for role in ("directory", "files", "mail"))
    for e in firm.staff:
        on = firm.presence(e.host, day)
        if on:
            _tickets(firm, dc, rng, e, day, on)
    _copies(firm, dc, rng, day)
    if is_workday(day):
        _administrators(firm, (dc, files, mail), rng, day)
        _desk(firm, dc, rng, day)
    _shares(firm, files, rng, day)
    for s in (dc, files, mail):
        _upkeep(firm, s, rng, day)
        yield from (line for line in s.log.step() if midnight(day) <= line.at < midnight(day) + DAY)


PART = Part("host", tell)
