"""The twin from the administrators' side: a tool rolled out from afar by command, a workbook of finance that starts its signed add-in, the directory copied by the agent of the backup."""

from __future__ import annotations

from vidocq.simulation.clock import HOUR, MINUTE, midnight
from vidocq.simulation.desktop import EXCEL, administrator, desk, server
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.remote import Machine, Order, reach
from vidocq.simulation.windows import PS, SYSTEM_ACCOUNT, WinAccount

_BACKUP = r"C:\Program Files\Vaultline\agent\vaultline-agent.exe"
_MSI = r"msiexec.exe /i \\{}\deploy\viewer-{}.msi /qn /norestart"


def _rollout(stage: Stage, at: float) -> list[Line]:
    """An administrator installs a program on six desks with the vendor's tool for services, or by remote management; one desk is off, one password mistyped."""
    firm, rng = stage.firm, stage.rng
    admin = firm.staff[0]
    own, who = desk(firm, admin, stage.day, rng), administrator(firm, rng)
    shell = own.log.start(at, own.explorer, PS, f'"{PS}"', who)
    source = Machine(own.log, shell, own)
    way = rng.choice(("service", "winrm", "wmi"))
    lines: list[Line] = []
    command = _MSI.format(firm.servers["files"].name, f"{rng.randrange(2, 9)}.{rng.randrange(9)}")
    desks = [e for e in firm.staff[1:] if e is not stage.employee and firm.presence(e.host, stage.day)]
    for n, e in enumerate(rng.sample(desks, min(6, len(desks)))):
        d = desk(firm, e, stage.day, rng)
        if n == 1:
            d.log.refused(at + 30, WinAccount(who.domain, who.name, who.sid), 3, admin.host.ip, admin.host.name.upper())
        _, network = reach(firm, rng, at + 40 + n * rng.uniform(40, 90), way, source, d, who, Order("PSEXESVC", "PSEXESVC.exe", command if n else f'cmd.exe /c "{command}"'))
        lines += [*network, *d.log.step()]
    return [*lines, *own.log.step()]


def _workbook(stage: Stage, at: float) -> list[Line]:
    """A workbook of finance calls the add-in that was bought for it, which asks its maker's service for rates."""
    firm, rng = stage.firm, stage.rng
    d, vendor = desk(firm, stage.employee, stage.day, rng), firm.vendors["suite"]
    book = d.log.start(at, d.explorer, EXCEL, f'"{EXCEL}" "{d.home}\\Documents\\Consolidation {rng.randrange(100, 999)}.xlsm"')
    for n in range(3):
        tool = d.log.start(at + 40 + 300 * n, book, r"C:\Program Files\Ledgerline\Excel Add-In\ledgerline-calc.exe", r'"C:\Program Files\Ledgerline\Excel Add-In\ledgerline-calc.exe" --recalculate --quiet', company="Ledgerline Software AG")
        d.log.asked(at + 41 + 300 * n, tool, f"rates.{vendor.domain}", vendor.addresses)
        d.log.connect(at + 41.2 + 300 * n, tool, vendor.addresses[0], 443)
        d.log.write(at + 50 + 300 * n, tool, f"{d.home}\\AppData\\Local\\Ledgerline\\cache\\{n}.bin")
    return list(d.log.step())


def _backup(stage: Stage, at: float) -> list[Line]:
    """At night the agent of the backup has the controller make a shadow copy, copies the directory's database out of it, and lets the copy go."""
    dc = server(stage.firm, stage.firm.servers["directory"], stage.rng)
    agent = dc.log.running(_BACKUP, command=f'"{_BACKUP}" --service', parent=dc.services)
    dc.log.start(at, agent, r"C:\Windows\System32\vssadmin.exe", "vssadmin create shadow /for=C:", SYSTEM_ACCOUNT)
    helper = dc.log.start(at + 15, agent, r"C:\Program Files\Vaultline\agent\vaultline-reader.exe", r'"C:\Program Files\Vaultline\agent\vaultline-reader.exe" --source \\?\GLOBALROOT\Device\HarddiskVolumeShadowCopy7\Windows\NTDS\ntds.dit', SYSTEM_ACCOUNT, company="Vaultline Backup Inc.")
    dc.log.connect(at + 18, helper, stage.firm.servers["backup"].ip, 9102)
    dc.log.start(at + 900, agent, r"C:\Windows\System32\vssadmin.exe", "vssadmin delete shadows /shadow={7a0f8c11-2a9d-4c55-9d1e-5b8c70f1a001} /quiet", SYSTEM_ACCOUNT)
    return list(dc.log.step())


def play(stage: Stage) -> Story:
    night, noon = midnight(stage.day) + stage.rng.uniform(1, 4) * HOUR, stage.moment(9.5, 14)
    backups = [line for day in range(stage.day, max(-1, stage.day - 6), -1) for line in _backup(stage, night - (stage.day - day) * 24 * HOUR)]
    steps = (
        Step("1-backup", "the directory is backed up every night", (), tuple(backups)),
        Step("2-rollout", "an administrator installs a program on several desks from afar", (), tuple(_rollout(stage, noon))),
        Step("3-workbook", "a workbook starts the add-in that belongs to it", (), tuple(_workbook(stage, noon + stage.rng.uniform(30, 90) * MINUTE))),
    )
    return Story("a rollout from afar, a workbook with an add-in, a backup of the directory", steps, (("host", f"{stage.firm.servers['directory'].name}.{stage.firm.domain}"),))


SCENARIO = Scenario("macro-to-domain-twin", "host", play, hostile=False, twin_of="macro-to-domain", what="an innocent twin: a rollout from afar, a workbook's signed add-in, a backup of the directory")
