"""Ransom: one account goes through every share, the ways back are destroyed, and file after file is written anew under another name."""

from __future__ import annotations

from random import Random

from vidocq.simulation.clock import MINUTE
from vidocq.simulation.desktop import Desk, Server, administrator, desk, server
from vidocq.simulation.firm import Firm
from vidocq.simulation.ids import letters
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.remote import Machine, Order, reach
from vidocq.simulation.windows import WinAccount, WinProcess
from vidocq.simulation.zeek import conn, ends

_PAPERS = ("plan", "budget", "prices", "minutes", "orders", "template", "rota", "invoice")
_FOLDERS = ("sales", "finance", "people", "marketing", "production", "service", "technology", "legal")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
READ, WRITE, DELETE = "0x120089", "0x12019f", "0x110080"


def _walked(files: Server, at: float, who: WinAccount, source: str, shares: tuple[str, ...]) -> float:
    """Every share is tried, every folder listed."""
    for share in shares:
        files.log.share(at, who, source, share)
        for folder in _FOLDERS:
            at += files.log.rng.uniform(0.1, 0.8)
            files.log.share(at, who, source, share, folder, "0x100081")
    return at


def _locked(files: Server, at: float, who: WinAccount, source: str, ending: str, note: str, many: int) -> float:
    """A file is read, written, and gets another name; each folder gets a note."""
    rng = files.log.rng
    for n in range(many):
        folder, at = _FOLDERS[n * len(_FOLDERS) // many], at + rng.uniform(0.1, 0.9)
        path = f"{folder}\\{rng.choice(_PAPERS)}-{rng.randrange(400)}.{rng.choice(('docx', 'xlsx', 'pdf'))}"
        for k, (name, rights) in enumerate(((path, READ), (path, WRITE), (path, DELETE), (f"{path}.{ending}", WRITE))):
            files.log.share(at + k * 0.02, who, source, "shared", name, rights)
        if n % (many // len(_FOLDERS)) == 0:
            files.log.share(at + 0.1, who, source, "shared", f"{folder}\\{note}", WRITE)
    return at


def _no_way_back(s: Server | Desk, at: float, by: WinProcess, rng: Random) -> float:
    """Shadow copies, the catalogue of backups and recovery itself."""
    for image, command in rng.sample((
        (r"C:\Windows\System32\vssadmin.exe", "vssadmin delete shadows /all /quiet"), (r"C:\Windows\System32\wbem\WMIC.exe", "wmic shadowcopy delete"), (r"C:\Windows\System32\bcdedit.exe", "bcdedit /set {default} recoveryenabled No"),
        (r"C:\Windows\System32\wbadmin.exe", "wbadmin delete catalog -quiet"),
    ), 3):
        s.log.start(at, by, image, command)
        at += rng.uniform(1, 9)
    return at


def _arrives(firm: Firm, stage: Stage, at: float, d: Desk, files: Server, who: WinAccount, rng: Random) -> tuple[Machine, Machine, list[Line]]:
    """The program lies on a desk and orders the file server to destroy its copies."""
    path = rf"C:\Users\Public\{letters(rng, 6, _LETTERS)}.exe"
    d.log.write(at, d.explorer, path)
    program = d.log.start(at + 4, d.explorer, path, f"{path} -net -pass {letters(rng, 16)}", who, company="-")
    source = Machine(d.log, program, d)
    arrived, network = reach(firm, rng, at + 40, rng.choice(("service", "wmi", "winrm")), source, files, who, Order(letters(rng, 8), f"{letters(rng, 8)}.exe", "cmd.exe /Q /c whoami"))
    return source, arrived, network


def play(stage: Stage) -> Story:
    firm, rng = stage.firm, stage.rng
    at = stage.moment(16, 19.5)
    d, files = desk(firm, stage.employee, stage.day, rng), server(firm, firm.servers["files"], rng)
    who, ending, note = administrator(firm, rng, rng.randrange(2)), letters(rng, 5, _LETTERS), rng.choice(("README-RESTORE.txt", "HOW_TO_DECRYPT.html", "RECOVER-FILES.txt", "!READ_ME!.txt"))
    source, arrived, network = _arrives(firm, stage, at, d, files, who, rng)
    desk_host, server_host = source.entity, arrived.entity
    first = (*network, *d.log.step(), *files.log.step())
    at += rng.uniform(2, 10) * MINUTE
    _walked(files, at, who, d.log.host.ip, ("shared", "home", "ADMIN$", "C$"))
    walked = files.log.step()
    at += rng.uniform(2, 8) * MINUTE
    _no_way_back(files, at, arrived.by, rng)
    _no_way_back(d, at + 5, source.by, rng)
    gone = (*files.log.step(), *d.log.step())
    at += rng.uniform(2, 5) * MINUTE
    done = _locked(files, at, who, d.log.host.ip, ending, note, rng.randint(160, 320))
    for n in range(20):
        d.log.write(at + n * 2, source.by, f"{d.home}\\Documents\\{rng.choice(_PAPERS)}-{n}.docx.{ending}")
    d.log.write(at + 50, source.by, f"{d.home}\\Desktop\\{note}")
    locked = (*files.log.step(), *d.log.step(), conn(ends(rng, at, d.log.host.ip, files.log.host.ip, 445), done - at, 900_000_000, 850_000_000, "gssapi,smb"))
    steps = (
        Step("1-arrival", "a program on a desk has the file server run a command", ("T1021.002",), first, (desk_host, server_host)),
        Step("2-shares", "every share and folder is looked through", ("T1135", "T1083"), walked, (server_host, ("user", who.full))),
        Step("3-no-way-back", "shadow copies and backups are destroyed", ("T1490",), gone, (server_host, desk_host)),
        Step("4-locked", "files are written anew under another name, with a note in each folder", ("T1486",), tuple(sorted(locked, key=lambda line: line.at)), (server_host, ("user", who.full), ("ip", d.log.host.ip))),
    )
    return Story("files of every share are locked for ransom", steps, (desk_host, server_host, ("user", who.full), ("ip", d.log.host.ip)))


SCENARIO = Scenario("ransomware-smb", "host", play, what="every share is gone through, the ways back are destroyed, and files are locked for ransom")
