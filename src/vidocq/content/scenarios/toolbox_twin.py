"""The twin of both stories from within: an administrator sets up an agent and a developer a tool chain, with the very steps of an intruder."""

from __future__ import annotations

from random import Random

from vidocq.simulation.audit import ROOT, Account, Trail
from vidocq.simulation.clock import HOUR, midnight, workdays
from vidocq.simulation.firm import Firm
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.network import resolve
from vidocq.simulation.zeek import tls

_AGENT = "get.monitor-agent.example"


def _agent(firm: Firm, rng: Random, at: float, role: str, address: str) -> list[Line]:
    """An installer from the maker's site unpacks itself in the open folder, sets a service and a planned job, and deletes what it unpacked."""
    host, name = firm.servers[role], firm.person("admin").name.split(".")[0]
    trail, root = Trail(host, rng), Account(ROOT.uid, "root", name)
    shell = trail.start(at, 1, "/usr/bin/bash", "-bash", account=root)
    for exe, *argv in (("/usr/bin/id", "id", "-u"), ("/usr/bin/uname", "uname", "-m"), ("/usr/bin/df", "df", "-h")):
        trail.start(at + 1, shell, exe, *argv)
    curl = trail.start(at + 5, shell, "/usr/bin/curl", "curl", "-fsSL", f"https://{_AGENT}/install.sh", "-o", "/tmp/install.sh")
    trail.connect(at + 5.1, curl, address, 443)
    trail.write(at + 6, curl, "/tmp/install.sh")
    script = trail.start(at + 12, shell, "/usr/bin/bash", "bash", "/tmp/install.sh")
    fetched = trail.start(at + 13, script, "/usr/bin/curl", "curl", "-fsSL", f"https://{_AGENT}/agent-{rng.randrange(9)}.run", "-o", "/tmp/agent-setup.run")
    trail.write(at + 20, fetched, "/tmp/agent-setup.run")
    setup = trail.start(at + 22, script, "/tmp/agent-setup.run", "/tmp/agent-setup.run", "--quiet")
    trail.write(at + 25, setup, "/opt/agent/bin/agent")
    trail.write(at + 26, setup, "/etc/systemd/system/agent.service")
    trail.write(at + 26.5, setup, "/etc/cron.d/agent")
    trail.start(at + 28, setup, "/usr/bin/systemctl", "systemctl", "enable", "--now", "agent.service")
    trail.delete(at + 30, trail.start(at + 29.5, script, "/usr/bin/rm", "rm", "-f", "/tmp/agent-setup.run", "/tmp/install.sh"), "/tmp/agent-setup.run")
    network = [*resolve(firm, rng, at + 5, host.ip, _AGENT, (address,)), *tls(rng, at + 5.1, host.ip, address, _AGENT, 12, 1_200, 38_000_000, "curl")]
    return [*network, *trail.lines]


def _tools(firm: Firm, rng: Random, at: float, address: str) -> list[Line]:
    """A developer brings a version of Node.js into a hidden folder of the home, restores settings, and lets a helper start with the session."""
    host, name = firm.servers["build"], [p for p in firm.people if p.kind == "developer"][-1].name.split(".")[0]
    trail, who, home = Trail(host, rng), Account(1011, name, name), f"/home/{name}"
    shell = trail.start(at, 1, "/usr/bin/bash", "-bash", account=who)
    version = f"{home}/.nvm/versions/node/v22.{rng.randrange(9)}.0"
    curl = trail.start(at + 3, shell, "/usr/bin/curl", "curl", "-q", "--fail", "-L", "-o", f"{home}/.nvm/.cache/node.tar.xz", "https://nodejs.org/dist/node.tar.xz")
    trail.connect(at + 3.1, curl, address, 443)
    tar = trail.start(at + 9, shell, "/usr/bin/tar", "tar", "-x", "-f", f"{home}/.nvm/.cache/node.tar.xz")
    trail.write(at + 11, tar, f"{version}/bin/node")
    trail.start(at + 15, shell, f"{version}/bin/node", "node", "--version")
    git = trail.start(at + 60, shell, "/usr/bin/git", "git", "checkout", "main")
    for path in (f"{home}/.bashrc", f"{home}/.profile"):
        trail.write(at + 61, git, path)
    vim = trail.start(at + 120, shell, "/usr/bin/vim", "vim", f"{home}/.config/systemd/user/watch.service")
    trail.write(at + 150, vim, f"{home}/.config/systemd/user/watch.service")
    trail.start(at + 160, shell, "/usr/bin/systemctl", "systemctl", "--user", "enable", "--now", "watch.service")
    npm = trail.start(at + 200, shell, f"{version}/bin/node", "node", f"{version}/bin/npm", "ci")
    hook = trail.start(at + 210, npm, "/usr/bin/dash", "sh", "-c", "node-gyp rebuild")
    trail.start(at + 212, hook, "/usr/bin/python3", "python3", "-c", "import sys; print(sys.version)")
    network = [*resolve(firm, rng, at + 3, host.ip, "nodejs.org", (address,)), *tls(rng, at + 3.1, host.ip, address, "nodejs.org", 5, 900, 44_000_000, "curl")]
    return [*network, *trail.lines]


def play(stage: Stage) -> Story:
    firm, rng = stage.firm, stage.rng
    day = rng.choice(workdays(stage.days))
    at = midnight(day) + rng.uniform(9, 15) * HOUR
    installed = [line for n, role in enumerate(("web", "build", "database")) for line in _agent(firm, rng, at + n * rng.uniform(120, 900), role, stage.strangers[4])]
    tools = _tools(firm, rng, midnight(day) + rng.uniform(9, 15) * HOUR, stage.strangers[5])
    return Story(
        "an agent that is installed, and a developer's tools", (Step("1-agent", "an administrator installs an agent on three servers", (), tuple(installed)), Step("2-tools", "a developer brings a tool chain", (), tuple(tools))), ()
    )


SCENARIO = Scenario("toolbox-twin", "mixed", play, hostile=False, twin_of="chain-implant", what="an innocent twin: an agent installed from its maker's site, a developer's tool chain in a hidden folder")
