"""A program reads where its master lives from a contract: it asks nine public endpoints at once, twice a second, then calls the address it learned."""

from __future__ import annotations

from vidocq.simulation.clock import HOUR, attack_day, every, midnight
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.network import resolve
from vidocq.simulation.zeek import Web, conn, ends, http, tls

ENDPOINTS = (
    "eth.llamarpc.com",
    "rpc.ankr.com",
    "ethereum-rpc.publicnode.com",
    "cloudflare-eth.com",
    "rpc.flashbots.net",
    "eth.drpc.org",
    "1rpc.io",
    "eth.merkle.io",
    "rpc.payload.de",
    "rpc.mevblocker.io",
    "ethereum.blockpi.network",
    "eth-mainnet.nodereal.io",
)


def play(stage: Stage) -> Story:
    firm, rng, addresses = stage.firm, stage.rng, stage.strangers
    host = stage.workstation
    on = firm.presence(host, attack_day(stage.days))
    start = on[0] + rng.uniform(0.5, 5) * HOUR if on else midnight(attack_day(stage.days)) + 10 * HOUR
    asked = dict(zip(rng.sample(ENDPOINTS, 9), addresses, strict=False))
    plain = rng.choice(list(asked))
    lines: list[Line] = []
    for name, address in asked.items():
        lines += resolve(firm, rng, start - rng.uniform(0.05, 0.3), host.ip, name, (address,), 600)
    end = start + rng.uniform(120, 300)
    for at in every(rng, start, end, 0.5, 0.04):
        for name, address in asked.items():
            then = at + rng.uniform(0, 0.03)
            if name == plain:
                # One of them answers in clear text.
                call = Web(f"{name}:8545", "/", "POST", "node-fetch", 200, rng.randint(180, 230), rng.randint(140, 420), "application/json", "application/json")
                lines += http(rng, then, host.ip, address, 8545, call, gap=0.1)
            else:
                lines += tls(rng, then, host.ip, address, name, rng.uniform(0.05, 0.3), rng.randint(620, 700), rng.randint(900, 1_300), "node", resumed=True)
    master, port = addresses[9], rng.choice((80, 3001, 5000, 1224))
    calls = tuple(
        conn(ends(rng, at, host.ip, master, port), rng.uniform(0.3, 4), rng.randint(300, 9_000), rng.randint(200, 60_000))
        for at in every(rng, end + 2, end + 1.5 * HOUR, 45, 0.3)
    )
    touch = (("ip", host.ip), ("ip", master), *(("domain", name) for name in asked))
    steps = (
        Step(
            "1-resolution",
            "nine public endpoints of a block chain are asked at once, twice a second",
            ("T1102.001",),
            tuple(lines),
            tuple(("domain", name) for name in asked),
        ),
        Step("2-calls", "the address that was read there is called", ("T1095", "T1571"), calls, (("ip", master),)),
    )
    return Story("a program that reads its master's address from a block chain", steps, touch)


SCENARIO = Scenario("eth-rpc", "network", play, what="a program asks nine block chain endpoints for its master's address, then calls it")
