"""The twin: a department's papers are moved to a new order of names, others come back from the backup, and an old shadow copy makes room."""

from __future__ import annotations

from vidocq.simulation.clock import HOUR, MINUTE
from vidocq.simulation.desktop import administrator, desk, server
from vidocq.simulation.line import Scenario, Stage, Step, Story
from vidocq.simulation.windows import SYSTEM_ACCOUNT, WinAccount
from vidocq.simulation.zeek import conn, ends

_PAPERS = ("plan", "budget", "prices", "minutes", "orders", "template", "rota", "invoice")
_FOLDERS = ("sales", "finance", "people", "marketing", "production", "service", "technology", "legal")


def play(stage: Stage) -> Story:
    firm, rng = stage.firm, stage.rng
    at = stage.moment(13, 18)
    files, who = server(firm, firm.servers["files"], rng), administrator(firm, rng)
    own = desk(firm, firm.staff[0], stage.day, rng)
    script = r"C:\Windows\System32\Robocopy.exe"
    own.log.start(at, own.explorer, script, rf"robocopy \\{firm.servers['files'].name}\shared \\{firm.servers['files'].name}\archive /E /MOV /R:2 /LOG:C:\IT\move.log", who)
    files.log.sign_in(at + 1, who, 3, own.log.host.ip)
    then = at + 2
    for n in range(rng.randint(160, 320)):
        then += rng.uniform(0.1, 0.9)
        folder, paper = _FOLDERS[n % 8], f"{rng.choice(_PAPERS)}-{rng.randrange(400)}"
        for k, (share, name, rights) in enumerate((("shared", f"{folder}\\{paper}.xlsx", "0x120089"), ("archive", f"{folder}\\2024\\{paper}.xlsx", "0x12019f"), ("shared", f"{folder}\\{paper}.xlsx", "0x110080"))):
            files.log.share(then + k * 0.02, who, own.log.host.ip, share, name, rights)
    files.log.share(then + 1, who, own.log.host.ip, "shared", "sales\\README-MOVED.txt", "0x12019f")
    moved = (*own.log.step(), *files.log.step(), conn(ends(rng, at, own.log.host.ip, files.log.host.ip, 445), then - at, 700_000_000, 700_000_000, "gssapi,smb"))
    later = at + rng.uniform(0.5, 2) * HOUR
    backup = WinAccount(firm.realm, "svc_backup", who.sid.rpartition("-")[0] + "-1600")
    files.log.sign_in(later, backup, 3, firm.servers["backup"].ip)
    for n in range(rng.randint(60, 200)):
        for k, name in enumerate((f"restore~{n}.tmp", f"{rng.choice(_PAPERS)}-{n}.docx")):
            files.log.share(later + 2 + n * 0.4 + k * 0.1, backup, firm.servers["backup"].ip, "shared", f"finance\\{name}", "0x12019f")
    restored = files.log.step()
    last = later + 20 * MINUTE
    files.log.start(last, files.svchost, r"C:\Windows\System32\vssadmin.exe", "vssadmin delete shadows /for=D: /oldest", SYSTEM_ACCOUNT)
    return Story(
        "papers are moved, and others restored",
        (Step("1-moved", "an administrator moves papers to an archive", (), moved), Step("2-restored", "papers come back from the backup", (), restored), Step("3-room", "the oldest shadow copy makes room", (), files.log.step())),
        (("host", files.log.computer.lower()), ("user", who.full)),
    )


SCENARIO = Scenario("ransomware-smb-twin", "host", play, hostile=False, twin_of="ransomware-smb", what="an innocent twin: papers moved to an archive, papers restored from a backup, an old shadow copy removed")
