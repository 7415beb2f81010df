"""The twin of the upload: marketing sends the year's films to a video site, or a machine is copied to the firm's cloud backup for the first time."""

from __future__ import annotations

from vidocq.simulation.clock import MINUTE
from vidocq.simulation.firm import Site
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.network import resolve
from vidocq.simulation.words import NATURE
from vidocq.simulation.zeek import conn, ends, tls


def _film(stage: Stage) -> tuple[Site, float]:
    """A video site that others here watch at times, sent from the afternoon into the evening."""
    site = next((s for s in stage.firm.sites if "video" in s.domain), stage.firm.sites[0])
    return Site(f"upload.{site.domain}", site.addresses), stage.moment(13, 19)


def _backup(stage: Stage) -> tuple[Site, float]:
    """A backup service that the firm has just bought; this machine is the first."""
    rng = stage.rng
    name = f"{rng.choice(('vault', 'backup', 'copies'))}.{rng.choice(NATURE)}{rng.choice(NATURE)}.example"
    return Site(name, (stage.strangers[1], stage.strangers[3])), stage.moment(9, 19)


def play(stage: Stage) -> Story:
    firm, rng, host = stage.firm, stage.rng, stage.workstation
    films = rng.random() < 0.5
    site, at = _film(stage) if films else _backup(stage)
    total = rng.uniform(1.5, 7) * 1e9
    gathered: list[Line] = []
    # Films lie on the file server; what a backup copies lies on the machine itself.
    for _ in range(rng.randint(4, 12) if films else 0):
        share = ends(rng, at, host.ip, firm.servers["files"].ip, 445)
        gathered.append(conn(share, rng.uniform(20, 200), rng.randint(40_000, 200_000), int(total / 8 * rng.uniform(0.6, 1.4)), "gssapi,smb,ntlm"))
        at += rng.uniform(20, 150)
    at += rng.uniform(2, 20) * MINUTE
    sent: list[Line] = list(resolve(firm, rng, at - 0.05, host.ip, site.domain, site.addresses))
    chunks = rng.randint(8, 40)
    for _ in range(chunks):
        lasts = rng.uniform(15, 120)
        sent += tls(rng, at, host.ip, rng.choice(site.addresses), site.domain, lasts, int(total / chunks * rng.uniform(0.85, 1.1)), rng.randint(4_000, 30_000), "browser" if films else "agent")
        at += lasts + rng.uniform(1, 20)
    steps = [Step("1-films", "films are read from the file server", (), tuple(gathered))] if gathered else []
    title = "films are sent to a video site" if films else "a machine is backed up for the first time"
    return Story(title, (*steps, Step("2-upload", title, (), tuple(sent))), (("domain", site.domain), ("ip", host.ip)))


SCENARIO = Scenario("exfil-upload-twin", "network", play, hostile=False, twin_of="exfil-upload", what="an innocent twin: the first large upload of films by marketing, or a machine's first cloud backup")
