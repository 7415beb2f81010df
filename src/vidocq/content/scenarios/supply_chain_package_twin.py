"""The twin: a package whose hook fetches the program that its makers built, tries it, and otherwise compiles it on the spot."""

from __future__ import annotations

from vidocq.simulation.audit import Account, Trail
from vidocq.simulation.line import Scenario, Stage, Step, Story
from vidocq.simulation.network import resolve
from vidocq.simulation.zeek import tls

BUILDER = Account(997, "runner")
_PACKAGES = ("sharp", "sqlite3", "bcrypt", "canvas", "re2")


def play(stage: Stage) -> Story:
    firm, rng = stage.firm, stage.rng
    at, host, address, package = stage.moment(8.5, 16), firm.servers["build"], stage.strangers[0], rng.choice(_PACKAGES)
    trail, work = Trail(host, rng), f"/home/runner/work/shop/{rng.randrange(10**6)}"
    folder = f"{work}/node_modules/{package}"
    shell = trail.start(at, 1, "/usr/bin/bash", "bash", "-e", f"{work}/_temp/step.sh", account=BUILDER, cwd=work)
    npm = trail.start(at + 3, shell, "/usr/bin/node", "node", "/usr/bin/npm", "ci", cwd=work)
    hook = trail.start(at + 14, npm, "/usr/bin/dash", "sh", "-c", "prebuild-install || node-gyp rebuild", cwd=folder)
    node = trail.start(at + 14.2, hook, "/usr/bin/node", "node", f"{work}/node_modules/.bin/prebuild-install", cwd=folder)
    trail.connect(at + 15, node, address, 443)
    net = [*resolve(firm, rng, at + 14.9, host.ip, "github.com", (address,)), *tls(rng, at + 15, host.ip, address, "github.com", 3, 1_100, rng.randint(2_000_000, 9_000_000), "node")]
    trail.write(at + 17, node, f"/tmp/prebuild-{rng.randrange(10**6)}.tar.gz")
    trail.write(at + 17.5, node, f"{folder}/build/Release/{package}.node")
    test = trail.start(at + 18, node, "/usr/bin/dash", "/bin/sh", "-c", f"node -e \"require('{package}')\"", cwd=folder)
    trail.start(at + 18.1, test, "/usr/bin/node", "node", "-e", f"require('{package}')", cwd=folder)
    if rng.random() < 0.6:
        gyp = trail.start(at + 22, hook, "/usr/bin/node", "node", "/usr/bin/node-gyp", "rebuild", cwd=folder)
        trail.start(at + 23, gyp, "/usr/bin/python3", "python3", "/usr/lib/node_modules/node-gyp/gyp/gyp_main.py", "binding.gyp", "-f", "make", cwd=folder)
        make = trail.start(at + 25, gyp, "/usr/bin/make", "make", "BUILDTYPE=Release", "-C", "build", cwd=folder)
        for n in range(6):
            cc = trail.start(at + 26 + n, make, "/usr/bin/g++", "g++", "-o", f"Release/obj.target/{package}/src/{n}.o", f"../src/{n}.cc", cwd=folder)
            trail.write(at + 27 + n, cc, f"/tmp/cc{rng.randrange(10**6)}.s")
        trail.start(at + 34, gyp, "/usr/bin/env", "env")
    return Story("a package that brings or builds its own program", (Step("1-native", "a package's hook fetches a program and tries it, or compiles it", (), (*trail.step(), *net)),), (("host", host.name),))


SCENARIO = Scenario("supply-chain-package-twin", "mixed", play, hostile=False, twin_of="supply-chain-package", what="an innocent twin: a package whose hook fetches its prebuilt program or compiles it")
