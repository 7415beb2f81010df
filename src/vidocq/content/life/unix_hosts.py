"""What runs within three servers: planned jobs, updates, a shop that is deployed and converts pictures, builds that bring their tools, administrators."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from vidocq.simulation.audit import Account, Process, Trail
from vidocq.simulation.clock import DAY, HOUR, MINUTE, any_times, every, is_workday, midnight, office_times
from vidocq.simulation.firm import Firm
from vidocq.simulation.line import Line, Part
from vidocq.simulation.shop import DATABASE_PORT, SHOP, shop

BUILDER = Account(997, "runner")


def _jobs(trail: Trail, rng: Random, day: int) -> None:
    """The system's own planned jobs."""
    for at in every(rng, midnight(day) + rng.uniform(0, 600), midnight(day + 1), HOUR, 0.001):
        cron = trail.start(at, 1, "/usr/sbin/cron", "/usr/sbin/CRON", "-f")
        shell = trail.start(at + 0.02, cron, "/usr/bin/dash", "/bin/sh", "-c", "cd / && run-parts --report /etc/cron.hourly")
        trail.start(at + 0.03, shell, "/usr/bin/run-parts", "run-parts", "--report", "/etc/cron.hourly")
    for at in any_times(rng, day, 8):
        trail.start(at, 1, "/usr/lib/systemd/systemd-executor", "/usr/bin/sh", "-c", "/usr/lib/sysstat/sa1 1 1")
        trail.start(at + 0.1, 1, "/usr/bin/find", "find", "/var/tmp", "-mtime", "+7", "-type", "f")


def _updates(trail: Trail, rng: Random, day: int) -> None:
    """Packages come at night; some bring a service, a planned job or a profile."""
    at = midnight(day) + rng.uniform(4, 7) * HOUR
    apt = trail.start(at, 1, "/usr/bin/apt-get", "apt-get", "-qq", "dist-upgrade")
    for _ in range(rng.randint(0, 3)):
        at += rng.uniform(5, 60)
        dpkg = trail.start(at, apt, "/usr/bin/dpkg", "/usr/bin/dpkg", "--unpack", f"/var/cache/apt/archives/package-{rng.randrange(500)}.deb")
        for path in rng.sample(("/lib/systemd/system/php8.2-fpm.service", "/etc/cron.d/php", "/etc/profile.d/vte.sh", "/etc/pam.d/cron", "/usr/bin/vim.basic"), 2):
            trail.write(at + 0.5, dpkg, path)
        script = trail.start(at + 1, dpkg, "/usr/bin/dash", "/bin/sh", "/var/lib/dpkg/info/package.postinst", "configure")
        trail.start(at + 1.2, script, "/usr/bin/systemctl", "systemctl", "daemon-reload")


def _deployed(firm: Firm, trail: Trail, rng: Random, day: int) -> None:
    """The shop is started anew after the night's deployment, speaks with its database, and converts pictures with a shell as its library does."""
    at, node = midnight(day) + 30, shop(firm, day)
    trail.start(at - 5, 1, "/usr/bin/systemctl", "systemctl", "restart", "shop")
    trail.lines.append(_started(trail, at, node))
    for then in every(rng, at + 5, midnight(day + 1), 300, 0.2):
        trail.connect(then, node, firm.servers["database"].ip, DATABASE_PORT)
    for then in any_times(rng, day, 25):
        shell = trail.start(then, node, "/usr/bin/dash", "/bin/sh", "-c", f"convert /srv/shop/uploads/{rng.randrange(10**6)}.png -resize 800x800 /srv/shop/media/{rng.randrange(10**6)}.webp", cwd=SHOP)
        trail.start(then + 0.05, shell, "/usr/bin/convert", "convert", "/srv/shop/uploads/in.png", "-resize", "800x800", "/srv/shop/media/out.webp", cwd=SHOP)
    for then in every(rng, at + 20, midnight(day + 1), 600, 0.01):
        trail.start(then, 1, "/usr/bin/curl", "curl", "-fsS", "http://127.0.0.1:3000/api/health")


def _started(trail: Trail, at: float, node: Process) -> Line:
    """The start of a process whose number is known beforehand."""
    made = trail.start(at, 1, node.exe, *node.argv, account=node.account, cwd=SHOP)
    line = trail.lines.pop()
    return Line(line.at, line.log, line.uid, {"text": line.record["text"].replace(f" pid={made.pid} ", f" pid={node.pid} ")})


def _builds(firm: Firm, trail: Trail, rng: Random, day: int) -> None:
    """A build server fetches the runtime that a project asks for, and runs what it has built in temporary folders."""
    mirror = firm.vendors["mirror"].domain
    for at in office_times(rng, day, 12):
        work = f"/home/runner/work/shop/{rng.randrange(10**6)}"
        shell = trail.start(at, 1, "/usr/bin/bash", "bash", "-e", f"{work}/_temp/step.sh", account=BUILDER, cwd=work)
        if rng.random() < 0.3:
            version = f"node-v{rng.choice((18, 20, 22))}.{rng.randrange(20)}.0-linux-x64"
            curl = trail.start(at + 2, shell, "/usr/bin/curl", "curl", "-fsSLO", f"https://{mirror}/dist/{version}.tar.xz", cwd=work)
            trail.write(at + 4, curl, f"{work}/{version}.tar.xz")
            tar = trail.start(at + 6, shell, "/usr/bin/tar", "tar", "xJf", f"{version}.tar.xz", "-C", "/home/runner/_tool", cwd=work)
            trail.write(at + 8, tar, f"/home/runner/_tool/{version}/bin/node")
            trail.start(at + 12, shell, f"/home/runner/_tool/{version}/bin/node", "node", "build.js", cwd=work)
        npm = trail.start(at + 20, shell, "/usr/bin/node", "node", "/usr/bin/npm", "ci", cwd=work)
        child = trail.start(at + 31, npm, "/usr/bin/dash", "sh", "-c", "node install.js || exit 0", cwd=f"{work}/node_modules/esbuild")
        trail.start(at + 31.2, child, "/usr/bin/node", "node", "install.js", cwd=work)
        trail.start(at + rng.uniform(40, 90), shell, f"/tmp/build-{rng.randrange(10**6)}/out/test_all", "./test_all", cwd=work)


def _administration(firm: Firm, trail: Trail, rng: Random, day: int) -> None:
    """Administrators look round: one question at a time, and sometimes several in a row when something is slow."""
    names = [p.name.split(".")[0] for p in firm.people if p.kind in ("admin", "oncall")]
    asked = (("/usr/bin/ss", "ss", "-tlnp"), ("/usr/bin/ps", "ps", "aux"), ("/usr/bin/df", "df", "-h"), ("/usr/bin/journalctl", "journalctl", "-u", "shop", "-n", "200"), ("/usr/bin/tail", "tail", "-n", "100", "/var/log/syslog"), ("/usr/bin/vim", "vim", "/etc/nginx/nginx.conf"))
    for at in office_times(rng, day, 2):
        name = rng.choice(names)
        who = Account(1000 + names.index(name), name, name)
        shell = trail.start(at, 1, "/usr/bin/bash", "-bash", account=who)
        for exe, *argv in (("/usr/bin/id", "id", "-u"), ("/usr/bin/uname", "uname", "-s")):
            at += 0.05
            trail.start(at, shell, exe, *argv)
        for exe, *argv in rng.sample(asked, rng.randint(1, 4)):
            at += rng.uniform(5, 3 * MINUTE)
            trail.start(at, shell, exe, *argv)
        if rng.random() < 0.2:
            vim = trail.start(at + 40, shell, "/usr/bin/vim", "vim", "/etc/cron.d/report", account=Account(0, "root", name))
            trail.write(at + 70, vim, "/etc/cron.d/report")


def tell(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    for role in ("web", "build", "database"):
        trail = Trail(firm.servers[role], rng)
        _jobs(trail, rng, day)
        _updates(trail, rng, day)
        if role == "web":
            _deployed(firm, trail, rng, day)
        if role == "build":
            _builds(firm, trail, rng, day)
        if is_workday(day):
            _administration(firm, trail, rng, day)
        yield from (line for line in trail.lines if midnight(day) <= line.at < midnight(day) + DAY)


PART = Part("host", tell)
