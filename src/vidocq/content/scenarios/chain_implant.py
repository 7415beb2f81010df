"""An implant that brings its own Node.js, reads from a block chain where its master lives, and sets five ways to start again, all by one tree of processes."""

from __future__ import annotations

from vidocq.simulation import ids
from vidocq.simulation.audit import Account, Process, Trail
from vidocq.simulation.clock import MINUTE, every
from vidocq.simulation.eth_rpc import ENDPOINTS
from vidocq.simulation.line import Scenario, Stage, Step, Story
from vidocq.simulation.network import resolve
from vidocq.simulation.zeek import conn, ends, tls

_HOMES = (".local/share/.node", ".config/.npm-cache", ".cache/.runtime", ".vscode-server/.bin")
_SITE = "nodejs.org"


def _footholds(trail: Trail, at: float, node: Process, home: str, script: str) -> float:
    """Five ways: a planned job, a service of the user, the desktop's start, a shell's profile, a key."""
    for path in (f"{home}/.config/systemd/user/node-update.service", f"{home}/.config/autostart/update.desktop", f"{home}/.bashrc", f"{home}/.ssh/authorized_keys"):
        trail.write(at, node, path)
        at += trail.rng.uniform(0.2, 3)
    shell = trail.start(at, node, "/usr/bin/dash", "/bin/sh", "-c", f'(crontab -l 2>/dev/null; echo "@reboot {node.exe} {script}") | crontab -')
    trail.start(at + 0.1, shell, "/usr/bin/crontab", "crontab", "-")
    trail.start(at + 0.6, shell, "/usr/bin/systemctl", "systemctl", "--user", "enable", "--now", "node-update.service")
    return at + 2


def play(stage: Stage) -> Story:
    firm, rng, addresses = stage.firm, stage.rng, stage.strangers
    host, name = firm.servers["build"], rng.choice([p for p in firm.people if p.kind == "developer"]).name.split(".")[0]
    who, trail = Account(1005, name, name), Trail(firm.servers["build"], rng)
    home = f"/home/{name}"
    folder = f"{home}/{rng.choice(_HOMES)}"
    start = stage.moment(9, 15)
    version = f"node-v22.{rng.randrange(12)}.0-linux-x64"
    bash = trail.start(start, 1, "/usr/bin/bash", "-bash", account=who)
    npm = trail.start(start + 5, bash, "/usr/bin/node", "node", "/usr/bin/npm", "install")
    hook = trail.start(start + 9, npm, "/usr/bin/dash", "sh", "-c", "node setup.js")
    curl = trail.start(start + 11, hook, "/usr/bin/curl", "curl", "-fsSL", f"https://{_SITE}/dist/v22/{version}.tar.gz", "-o", f"{folder}/n.tgz")
    network = [*resolve(firm, rng, start + 11, host.ip, _SITE, (addresses[10],)), *tls(rng, start + 11.2, host.ip, addresses[10], _SITE, 4, 900, 44_000_000, "curl")]
    trail.connect(start + 11.2, curl, addresses[10], 443)
    trail.write(start + 14, curl, f"{folder}/n.tgz")
    tar = trail.start(start + 16, hook, "/usr/bin/tar", "tar", "xzf", f"{folder}/n.tgz", "-C", folder)
    runtime = f"{folder}/{version}/bin/node"
    trail.write(start + 18, tar, runtime)
    script = f"{folder}/{ids.letters(rng, 6)}.js"
    node = trail.start(start + 20, hook, runtime, runtime, script)
    brought = (*network, *trail.step())
    at = _footholds(trail, start + rng.uniform(22, 60), node, home, script)
    footholds = trail.step()
    asked, network = dict(zip(rng.sample(ENDPOINTS, 9), addresses, strict=False)), []
    for endpoint, address in asked.items():
        network += resolve(firm, rng, at - rng.uniform(0.05, 0.3), host.ip, endpoint, (address,), 600)
    stays, end = rng.random() < 0.5, at + rng.uniform(120, 300)
    for then in every(rng, at, end, 0.5, 0.04):
        for endpoint, address in asked.items():
            # A connection that stays open hides the polls: only its first call is seen.
            if not stays:
                trail.connect(then, node, address, 443)
                network += tls(rng, then + rng.uniform(0, 0.03), host.ip, address, endpoint, rng.uniform(0.05, 0.3), rng.randint(620, 700), rng.randint(900, 1_300), "node", resumed=True)
        if stays:
            for endpoint, address in asked.items():
                trail.connect(then, node, address, 443)
                network += tls(rng, then, host.ip, address, endpoint, end - then, int((end - then) * 1300), int((end - then) * 2000), "node")
            break
    polled = (*network, *trail.step())
    master, port, network = addresses[9], rng.choice((80, 3001, 5000, 1224)), []
    for then in every(rng, end + 2, end + rng.uniform(60, 120) * MINUTE, 45, 0.3):
        trail.connect(then, node, master, port)
        network.append(conn(ends(rng, then, host.ip, master, port), rng.uniform(0.3, 4), rng.randint(300, 9_000), rng.randint(200, 60_000)))
    called = (*network, *trail.step())
    steps = (
        Step("1-own-runtime", "a package's hook fetches Node.js into a hidden folder and starts a program with it", ("T1105", "T1059.007"), brought, (("file", runtime),)),
        Step("2-footholds", "five ways to start again are set by one tree of processes", ("T1053.003", "T1543.002", "T1547.013", "T1546.004", "T1098.004"), footholds),
        Step("3-resolution", "nine public endpoints of a block chain are asked at once" + (", over connections that stay open" if stays else ", twice a second"), ("T1102.001",), polled, tuple(("domain", d) for d in asked)),
        Step("4-calls", "the address that was read there is called", ("T1571",), called, (("ip", master),)),
    )
    return Story("an implant that brings its own runtime and reads its master's address from a block chain", steps, (("ip", host.ip), ("host", host.name), ("ip", master), ("user", name)))


SCENARIO = Scenario("chain-implant", "mixed", play, what="an implant that brings its own Node.js, asks nine block chain endpoints for its master, and sets five ways to start again")
