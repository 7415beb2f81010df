"""The twin: a developer moves to a new laptop with the tool the firm has installed for it, which reads every profile, and sets their tools up again."""

from __future__ import annotations

from vidocq.simulation.desktop import desk
from vidocq.simulation.line import Scenario, Stage, Step, Story
from vidocq.simulation.windows import PS, SECURITY
from vidocq.simulation.zeek import conn, ends

_MOVER = r"C:\Program Files\Movewell\Profile Backup\movewell-backup.exe"
_NODE = r"C:\Program Files\nodejs\node.exe"
_STORES = (
    r"AppData\Local\Google\Chrome\User Data\Default\Login Data", r"AppData\Local\Google\Chrome\User Data\Local State", r"AppData\Local\Google\Chrome\User Data\Default\Bookmarks", r"AppData\Local\Microsoft\Edge\User Data\Default\Login Data",
    r"AppData\Roaming\Mozilla\Firefox\Profiles\x1.default\key4.db", r".ssh\id_ed25519", r".ssh\config", r".gitconfig", r"Documents\notes.docx",
)


def play(stage: Stage) -> Story:
    firm, rng = stage.firm, stage.rng
    at, d = stage.moment(9.5, 15), desk(firm, stage.employee, stage.day, rng)
    mover = d.log.start(at, d.explorer, _MOVER, f'"{_MOVER}" /profile {d.who.name} /to \\\\{firm.servers["files"].name}\\profiles\\{d.who.name}', company="Movewell GmbH")
    for n, path in enumerate(_STORES):
        d.log.tell(at + 20 + n * 3, SECURITY, 4663, {
            "SubjectUserSid": d.who.sid, "SubjectUserName": d.who.name, "SubjectDomainName": d.who.domain, "SubjectLogonId": d.who.session, "ObjectServer": "Security", "ObjectType": "File", "ObjectName": f"{d.home}\\{path}", "HandleId": "0x1a4",
            "AccessList": "%%4416", "AccessMask": "0x1", "ProcessId": hex(mover.pid), "ProcessName": mover.image, "ResourceAttributes": "S:AI",
        })
    d.log.connect(at + 15, mover, firm.servers["files"].ip, 445)
    net = [conn(ends(rng, at + 15, d.log.host.ip, firm.servers["files"].ip, 445), 300, 900_000_000, 90_000, "gssapi,smb")]
    moved = (*d.log.step(), *net)
    at += rng.uniform(1200, 4000)
    shell = d.log.start(at, d.explorer, PS, f'"{PS}"')
    d.log.start(at + 30, shell, r"C:\Program Files\Git\cmd\git.exe", f'"git.exe" clone https://git.{firm.domain}/shop.git', company="The Git Development Community")
    npm = d.log.start(at + 80, shell, _NODE, f'"{_NODE}" "C:\\Program Files\\nodejs\\node_modules\\npm\\bin\\npm-cli.js" install', company="Node.js")
    hook = d.log.start(at + 95, npm, r"C:\Windows\System32\cmd.exe", r"C:\Windows\system32\cmd.exe /d /s /c node install.js")
    d.log.start(at + 95.4, hook, _NODE, "node  install.js", company="Node.js")
    return Story("a developer moves to a new laptop", (Step("1-moved", "the firm's tool copies the profile to a share", (), moved), Step("2-tools", "a repository is set up again", (), d.log.step())), (("host", d.log.computer.lower()),))


SCENARIO = Scenario("fake-interview-stealer-twin", "mixed", play, hostile=False, twin_of="fake-interview-stealer", what="an innocent twin: a developer's profile is copied by an installed tool, and tools are set up again")
