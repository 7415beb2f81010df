"""The twin of the found keys: an administrator rolls new keys out to every server from the jump host with a tool, and looks for old keys that lie about."""

from __future__ import annotations

from vidocq.simulation.audit import Account, Trail
from vidocq.simulation.clock import MINUTE
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.zeek import ssh

_CLIENT = "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u5"


def _task(trail: Trail, at: float, who: Account, module: str) -> tuple[float, int]:
    """One task of the tool on one server: a folder for it, a program in Python that is brought and run, the folder removed."""
    rng = trail.rng
    folder = f"/home/{who.name}/.ansible/tmp/ansible-tmp-{int(at)}-{rng.randrange(10**5)}-{rng.randrange(10**12)}"
    server = trail.start(at, 1, "/usr/sbin/sshd", f"sshd: {who.name}@notty")
    shell = trail.start(at + 0.1, server, "/usr/bin/dash", "/bin/sh", "-c", f'( umask 77 && mkdir -p "{folder}" && echo "{folder}" ) && sleep 0', account=who)
    trail.write(at + 0.4, trail.start(at + 0.3, server, "/usr/lib/openssh/sftp-server", "/usr/lib/openssh/sftp-server", account=who), f"{folder}/AnsiballZ_{module}.py")
    sudo = trail.start(at + 0.6, shell, "/usr/bin/sudo", "sudo", "-H", "-S", "-n", "-u", "root", "/bin/sh", "-c", f"echo BECOME-SUCCESS ; /usr/bin/python3 {folder}/AnsiballZ_{module}.py")
    python = trail.start(at + 0.8, sudo, "/usr/bin/python3", "/usr/bin/python3", f"{folder}/AnsiballZ_{module}.py", account=Account(0, "root", who.name))
    trail.start(at + 2.5, shell, "/usr/bin/rm", "rm", "-f", "-r", folder)
    return at + rng.uniform(3, 6), python.pid


def play(stage: Stage) -> Story:
    firm, rng, at = stage.firm, stage.rng, stage.moment(8.5, 16)
    admin, jump = firm.person("admin"), firm.servers["jump"].ip
    who = Account(1001, admin.name.split(".")[0], admin.name.split(".")[0])
    lasts = rng.uniform(20, 60) * MINUTE
    came: list[Line] = list(ssh(rng, at, admin.home, jump, True, 1, "SSH-2.0-OpenSSH_9.6p1", lasts, rng.randint(60_000, 200_000), rng.randint(200_000, 900_000)))
    rolled: list[Line] = []
    at += rng.uniform(60, 400)
    trails = {role: Trail(firm.servers[role], rng) for role in ("web", "build", "database")}
    for role in ("web", "build", "database", "mail", "files", "monitor", "backup"):
        ok = not (role == "files" and rng.random() < 0.5)
        rolled += ssh(rng, at, jump, firm.servers[role].ip, ok, 1, _CLIENT, rng.uniform(12, 40), rng.randint(40_000, 300_000), rng.randint(20_000, 90_000))
        if role in trails:
            trail, then = trails[role], at
            for module in ("setup", "authorized_key", "find", "command"):
                then, pid = _task(trail, then, who, module)
                if module == "authorized_key":
                    python = trail.start(then - 1.2, pid, "/usr/bin/python3", "/usr/bin/python3", "-", account=Account(0, "root", who.name))
                    trail.write(then - 1, python, "/home/deploy/.ssh/authorized_keys")
                if module == "command":
                    trail.start(then - 1, pid, "/usr/bin/find", "find", "/home", "/root", "-name", "id_*", "-not", "-name", "*.pub", account=Account(0, "root", who.name))
            rolled += trail.step()
        at += rng.uniform(2, 15)
    steps = (Step("1-came", "an administrator comes to the jump host", (), tuple(came)), Step("2-rollout", "new keys go out to every server, and old ones are looked for", (), tuple(rolled)))
    return Story("new keys for every server", steps, (("ip", jump), ("user", who.name)))


SCENARIO = Scenario("lateral-ssh-twin", "mixed", play, hostile=False, twin_of="lateral-ssh", what="an innocent twin: an administrator rolls new keys out to every server from the jump host")
