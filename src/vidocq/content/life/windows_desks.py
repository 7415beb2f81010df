"""Windows desks: somebody signs in, opens mail, documents and pages; and agents of the firm update, scan, ask and tidy up, everywhere and each day."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from vidocq.simulation.clock import DAY, HOUR, MINUTE, is_workday, midnight, office_times
from vidocq.simulation.desktop import CHROME, EDGE, EXCEL, INVENTORY, OUTLOOK, WMI_HOST, WORD, Desk, desk, encoded, maker_of
from vidocq.simulation.firm import Firm
from vidocq.simulation.line import Line, Part
from vidocq.simulation.windows import CMD, PS, SYSTEM_ACCOUNT, TASKS

_PAPERS = ("Offer", "Minutes", "Invoice", "Plan", "Budget", "Contract", "Report", "Order", "Forecast", "Timesheet")
_READER = r"C:\Program Files\Adobe\Acrobat DC\Acrobat\Acrobat.exe"
_ZOOM = r"C:\Program Files\Zoom\bin\Zoom.exe"


def _started_by_hand(firm: Firm, d: Desk, rng: Random, at: float) -> None:
    """What a person does next: mail and its attachment, a document, a page, a sheet, a paper to read, a meeting."""
    log, name = d.log, f"{rng.choice(_PAPERS)} {rng.randrange(100, 999)}"
    match rng.choice(("mail", "mail", "word", "excel", "page", "page", "page", "pdf", "meeting", "share")):
        case "mail":
            cache = f"{d.home}\\AppData\\Local\\Microsoft\\Windows\\INetCache\\Content.Outlook\\{rng.randrange(16**8):08X}"
            mail = log.start(at, d.explorer, OUTLOOK, f'"{OUTLOOK}" ')
            log.asked(at + 2, mail, f"outlook.{firm.vendors['suite'].domain}", firm.vendors["suite"].addresses)
            log.connect(at + 2.1, mail, firm.vendors["suite"].addresses[0], 443)
            log.write(at + 60, mail, f"{cache}\\{name}.docx")
            log.start(at + 61, mail, WORD, f'"{WORD}" /n "{cache}\\{name}.docx" /o ""')
        case "word" | "excel" as kind:
            program, end = (WORD, "docx") if kind == "word" else (EXCEL, "xlsx")
            p = log.start(at, d.explorer, program, f'"{program}" "{d.home}\\Documents\\{name}.{end}"')
            log.asked(at + 3, p, f"docs.{firm.vendors['suite'].domain}", firm.vendors["suite"].addresses)
            log.connect(at + 3.1, p, firm.vendors["suite"].addresses[1], 443)
            log.write(at + 200, p, f"{d.home}\\Documents\\{name}.{end}")
        case "page":
            _page(firm, d, rng, at, name)
        case "pdf":
            log.start(at, d.explorer, _READER, f'"{_READER}" "{d.home}\\Downloads\\{name}.pdf"', company=maker_of(_READER))
        case "meeting":
            p = log.start(at, d.explorer, _ZOOM, f'"{_ZOOM}" --url=zoommtg://join', company=maker_of(_ZOOM))
            log.connect(at + 4, p, firm.vendors["chat"].addresses[0], 443)
        case _:
            log.start(at, d.explorer, EXCEL, f'"{EXCEL}" "\\\\{firm.servers["files"].name}\\shared\\{name}.xlsx"')


def _page(firm: Firm, d: Desk, rng: Random, at: float, name: str) -> None:
    browser = CHROME if rng.random() < 0.4 else EDGE
    main = d.log.start(at, d.explorer, browser, f'"{browser}" --single-argument', company=maker_of(browser))
    helper = d.log.start(at + 0.4, main, browser, f'"{browser}" --type=utility --utility-sub-type=network.mojom.NetworkService --lang=en-US', company=maker_of(browser))
    d.log.start(at + 0.6, main, browser, f'"{browser}" --type=renderer --lang=en-US --renderer-client-id={rng.randrange(3, 60)}', company=maker_of(browser))
    for n, site in enumerate(rng.sample(firm.sites, 3)):
        d.log.asked(at + 1 + 40 * n, helper, site.domain, site.addresses)
        d.log.connect(at + 1.1 + 40 * n, helper, site.addresses[0], 443)
    if rng.random() < 0.3:
        d.log.write(at + 130, main, f"{d.home}\\Downloads\\{name}.pdf")


def _morning(firm: Firm, d: Desk, rng: Random) -> None:
    """The directory's scripts run at the sign-in: shares get their letters, printers their names."""
    log, at = d.log, d.at + 5
    script = log.start(at, d.explorer.parent or d.explorer, r"C:\Windows\System32\gpscript.exe", "gpscript.exe /Logon", d.who)
    shell = log.start(at + 1, script, CMD, f'C:\\Windows\\system32\\cmd.exe /c "\\\\{firm.domain}\\SysVol\\{firm.domain}\\Policies\\{{31B2F340-016D-11D2-945F-00C04FB984F9}}\\User\\Scripts\\Logon\\drives.bat"')
    for n, (letter, share) in enumerate((("H:", "home"), ("S:", "shared"))):
        log.start(at + 1.5 + n, shell, r"C:\Windows\System32\net.exe", f"net  use {letter} \\\\{firm.servers['files'].name}\\{share} /persistent:no")
    drive = f"{d.home}\\AppData\\Local\\Microsoft\\OneDrive\\OneDrive.exe"
    synced = log.start(at + 30, d.explorer, drive, f'"{drive}" /background')
    if rng.random() < 0.05:
        log.key(at + 45, synced, rf"HKU\{d.who.sid}\SOFTWARE\Microsoft\Windows\CurrentVersion\Run\OneDrive", f'"{drive}" /background')
    if rng.random() < 0.06:
        log.refused(d.at - 15, d.who, 2, "127.0.0.1", d.log.host.name.upper())


def _agents(firm: Firm, d: Desk, rng: Random, day: int, on: tuple[float, float]) -> None:
    """Without anybody: updates, scans that look into every program's memory, the administrators' questions, old files thrown away."""
    log, day_rng = d.log, Random(f"{firm.seed}/fleet/{day}")
    for n, script in enumerate(day_rng.sample(INVENTORY, 3)):
        at = d.at + (0.5 + n * 2) * HOUR + rng.uniform(0, 40 * MINUTE)
        shell = log.start(at, d.fleet, PS, f'"{PS}" -NoProfile -NonInteractive -ExecutionPolicy Bypass -EncodedCommand {encoded(script)}', SYSTEM_ACCOUNT)
        log.script(at + 1, shell, script)
    for at in (d.at + rng.uniform(0.1, 6) * HOUR for _ in range(4)):
        for process, rights in ((d.lsass, "0x1410"), (d.explorer, "0x1410"), (d.svchost, "0x1410"), (d.fleet, "0x1410")):
            log.opened(at, d.guard, process, rights)
    for at in (d.at + rng.uniform(0, 8) * HOUR for _ in range(5)):
        log.opened(at, d.svchost, d.lsass, "0x1000")
    at = d.at + rng.uniform(0.2, 6) * HOUR
    update = log.start(at, d.svchost, r"C:\Program Files (x86)\Microsoft\EdgeUpdate\MicrosoftEdgeUpdate.exe", r'"C:\Program Files (x86)\Microsoft\EdgeUpdate\MicrosoftEdgeUpdate.exe" /ua /installsource scheduler', SYSTEM_ACCOUNT)
    log.asked(at + 1, update, firm.vendors["update"].domain, firm.vendors["update"].addresses)
    log.connect(at + 1.1, update, firm.vendors["update"].addresses[0], 443)
    if rng.random() < 0.15:
        log.write(at + 30, update, rf"C:\Program Files (x86)\Microsoft\EdgeUpdate\Install\{{{rng.randrange(16**8):08X}}}\MicrosoftEdge_X64.exe")
        log.key(at + 60, update, r"HKLM\SOFTWARE\Microsoft\EdgeUpdate\ClientState\pv", f"133.0.{rng.randrange(9000)}.1")
    _tasks(firm, d, rng, day)
    for at in (a for a in (on[0] + 900 + 90 * MINUTE * k for k in range(8)) if a < on[1]):
        log.start(at, d.svchost, r"C:\Windows\System32\taskhostw.exe", "taskhostw.exe Install $(Arg0)", SYSTEM_ACCOUNT)
        log.start(at + 3, d.svchost, WMI_HOST, f"{WMI_HOST} -secured -Embedding", SYSTEM_ACCOUNT)


def _tasks(firm: Firm, d: Desk, rng: Random, day: int) -> None:
    """Planned tasks of the system and of the agent, and the logs that nobody needs any more."""
    for name in rng.sample((r"\Microsoft\Windows\Defrag\ScheduledDefrag", r"\Microsoft\Windows\UpdateOrchestrator\Schedule Scan", r"\MicrosoftEdgeUpdateTaskMachineUA", r"\Fleetward\Inventory", r"\Microsoft\Office\Office Feature Updates"), 4):
        d.log.tell(d.at + rng.uniform(0, 7) * HOUR, TASKS, 201, {"TaskName": name, "TaskInstanceId": "{0}", "ActionName": "action", "ResultCode": 0})
    at = d.at + 3 * HOUR + rng.uniform(0, 600)
    shell = d.log.start(at, d.fleet, CMD, 'cmd.exe /c forfiles /p "C:\\ProgramData\\Fleetward\\logs" /s /m *.log /d -14 /c "cmd /c del @path"', SYSTEM_ACCOUNT)
    old = d.log.start(at + 1, shell, r"C:\Windows\System32\forfiles.exe", r'forfiles  /p "C:\ProgramData\Fleetward\logs" /s /m *.log /d -14 /c "cmd /c del @path"')
    d.log.start(at + 2, old, CMD, f'/c del "C:\\ProgramData\\Fleetward\\logs\\agent-{max(0, day - 14)}.log"')


def tell(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    for employee in firm.staff:
        on = firm.presence(employee.host, day)
        if not on:
            continue
        d = desk(firm, employee, day, rng)
        yield from d.morning
        _morning(firm, d, rng)
        for at in office_times(rng, day, 11 if is_workday(day) else 30):
            if d.at + MINUTE < at < on[1]:
                _started_by_hand(firm, d, rng, at)
        _agents(firm, d, rng, day, on)
        yield from (line for line in d.log.step() if midnight(day) <= line.at < midnight(day) + DAY)


PART = Part("host", tell)
