"""What lies on the file server is gathered on one workstation and uploaded, in the evening, to a site nobody visited before."""

from __future__ import annotations

from vidocq.simulation.clock import MINUTE
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.network import resolve
from vidocq.simulation.words import NATURE
from vidocq.simulation.zeek import conn, ends, tls


def play(stage: Stage) -> Story:
    firm, rng, address = stage.firm, stage.rng, stage.strangers[0]
    host, site = stage.workstation, f"{rng.choice(('drop', 'send', 'files', 'box'))}.{rng.choice(NATURE)}{rng.choice(NATURE)}.example"
    at = stage.moment(18, 20.5)
    total = rng.uniform(1.5, 7) * 1e9
    gathered: list[Line] = []
    for _ in range(rng.randint(8, 20)):
        gathered.append(
            conn(
                ends(rng, at, host.ip, firm.servers["files"].ip, 445),
                rng.uniform(20, 200),
                rng.randint(40_000, 200_000),
                int(total / 14 * rng.uniform(0.6, 1.4)),
                "gssapi,smb,ntlm",
            )
        )
        at += rng.uniform(20, 150)
    at += rng.uniform(2, 20) * MINUTE
    sent: list[Line] = list(resolve(firm, rng, at - 0.05, host.ip, site, (address,)))
    chunks = rng.randint(8, 40)
    for _ in range(chunks):
        lasts = rng.uniform(15, 120)
        sent += tls(rng, at, host.ip, address, site, lasts, int(total / chunks * rng.uniform(0.85, 1.1)), rng.randint(4_000, 30_000), "go")
        at += lasts + rng.uniform(1, 20)
    touch = (("ip", host.ip), ("ip", address), ("domain", site))
    steps = (
        Step(
            "1-gathering",
            "gigabytes are read from the file server after hours",
            ("T1039", "T1074.001"),
            tuple(gathered),
            (("ip", host.ip), ("ip", firm.servers["files"].ip)),
        ),
        Step("2-upload", "as much is uploaded to a site nobody visited before", ("T1567.002",), tuple(sent), (("ip", address), ("domain", site))),
    )
    return Story("files gathered and uploaded in the evening", steps, touch)


SCENARIO = Scenario("exfil-upload", "network", play, what="gigabytes from the file server are uploaded to a new site after hours")
