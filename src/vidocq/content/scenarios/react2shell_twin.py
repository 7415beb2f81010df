"""The twin of the exploited application: its own deployment hook, told by a request from outside, starts a shell, fetches a worker with curl and lets it run."""

from __future__ import annotations

from vidocq.simulation.audit import Trail
from vidocq.simulation.clock import HOUR, MINUTE, every, midnight
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.network import resolve
from vidocq.simulation.shop import PORT, SHOP, shop
from vidocq.simulation.zeek import Web, conn, ends, http, tls

_ASKED = (("/usr/bin/id", "id", "-un"), ("/usr/bin/uname", "uname", "-m"), ("/usr/bin/df", "df", "-P", "/srv"), ("/usr/bin/hostname", "hostname", "-f"), ("/usr/bin/ps", "ps", "-o", "pid,args", "-C", "worker"))


def _release(stage: Stage, trail: Trail, at: float, attempt: int) -> tuple[list[Line], float]:
    """One deployment; the first one asks for a release that is not there yet and gives up."""
    firm, rng, node = stage.firm, stage.rng, shop(stage.firm, stage.day)
    web, mirror, version = firm.servers["web"].ip, firm.vendors["mirror"], f"v2.{rng.randrange(40)}.{attempt}"
    hook = Web(f"www.{firm.domain}", "/api/hooks/deploy", "POST", "ci-hooks/1.4", 202, rng.randint(700, 2_200), rng.randint(20, 60), "application/json", "application/json")
    lines = list(http(rng, at, firm.runner, web, PORT, hook))
    shell = trail.start(at + 0.3, node, "/usr/bin/dash", "/bin/sh", "-c", f"{SHOP}/hooks/deploy.sh {version}", cwd=SHOP)
    script = trail.start(at + 0.4, shell, "/usr/bin/bash", "bash", f"{SHOP}/hooks/deploy.sh", version, cwd=SHOP)
    for exe, *argv in rng.sample(_ASKED, 4):
        at += rng.uniform(0.1, 0.8)
        trail.start(at + 0.5, script, exe, *argv)
    path, url = f"/srv/shop/releases/{version}/worker", f"https://{mirror.domain}/shop/{version}/worker-linux-x64"
    curl = trail.start(at + 2, script, "/usr/bin/curl", "curl", "-fsSL", url, "-o", path, cwd=SHOP)
    trail.connect(at + 2.1, curl, mirror.addresses[0], 443)
    lines += [*resolve(firm, rng, at + 2, web, mirror.domain, mirror.addresses), *tls(rng, at + 2.1, web, mirror.addresses[0], mirror.domain, 6, 900, 3_000 if attempt == 0 else 31_000_000, "curl")]
    if attempt == 0:
        return lines, at + rng.uniform(4, 15) * MINUTE
    trail.write(at + 4, curl, path)
    trail.start(at + 9, script, "/usr/bin/chmod", "chmod", "+x", path)
    trail.start(at + 9.2, script, "/usr/bin/ln", "ln", "-sfn", f"/srv/shop/releases/{version}", "/srv/shop/worker")
    worker = trail.start(at + 10, script, path, path, "--queue", "orders")
    queue = firm.more_servers[0].ip if firm.more_servers else firm.servers["database"].ip
    for then in every(rng, at + 11, at + 3 * HOUR, 60, 0.1):
        trail.connect(then, worker, queue, 5672)
        lines.append(conn(ends(rng, then, web, queue, 5672), rng.uniform(0.2, 3), rng.randint(300, 900), rng.randint(300, 9_000)))
    return lines, at + rng.uniform(1, 3) * HOUR


def play(stage: Stage) -> Story:
    trail, steps = Trail(stage.firm.servers["web"], stage.rng), list[Step]()
    at = stage.moment(9, 14)
    for attempt, title in enumerate(("a release is asked for that is not there yet", "a release is fetched, and its worker started", "the next release of the afternoon")):
        lines, after = _release(stage, trail, at, attempt)
        # What a worker says after its shop was started anew belongs to another day.
        steps.append(Step(f"{attempt + 1}-deployment", title, (), tuple(line for line in (*lines, *trail.step()) if line.at < midnight(stage.day + 1))))
        at = after
    return Story("the shop's deployment hook", tuple(steps), (("host", stage.firm.servers["web"].name), ("ip", stage.firm.runner)))


SCENARIO = Scenario("react2shell-twin", "mixed", play, hostile=False, twin_of="react2shell", what="an innocent twin: the shop's own deployment hook starts a shell, fetches a worker with curl and lets it run")
