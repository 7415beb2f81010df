"""Passwords guessed at the jump host until one fits; then somebody comes in with it, looks around, and goes on."""

from __future__ import annotations

from vidocq.simulation.clock import MINUTE
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.zeek import conn, ends, ssh

_CLIENTS = ("SSH-2.0-libssh2_1.10.0", "SSH-2.0-Go", "SSH-2.0-paramiko_2.12.0")


def play(stage: Stage) -> Story:
    firm, rng, address = stage.firm, stage.rng, stage.strangers[0]
    jump, client = firm.servers["jump"].ip, rng.choice(_CLIENTS)
    at = stage.moment(0.5, 15)
    guesses: list[Line] = []
    for _ in range(rng.randint(180, 900)):
        guesses += ssh(rng, at, address, jump, False, rng.randint(1, 6), client, rng.uniform(1.5, 8), rng.randint(1_200, 2_400), rng.randint(1_700, 2_900))
        at += rng.expovariate(1 / 2.5)
    found = tuple(ssh(rng, at, address, jump, True, 2, client, rng.uniform(0.5, 3), rng.randint(1_900, 2_300), rng.randint(2_300, 2_800)))
    at += rng.uniform(4, 90) * MINUTE
    lasts = rng.uniform(15, 50) * MINUTE
    inside: list[Line] = list(ssh(rng, at, address, jump, True, 1, "SSH-2.0-OpenSSH_9.7", lasts, rng.randint(30_000, 90_000), rng.randint(80_000, 600_000)))
    for role in rng.sample(list(firm.servers), 6):
        if role != "jump":
            at += rng.uniform(20, 120)
            inside.append(conn(ends(rng, at, jump, firm.servers[role].ip, 22), 0.01, 0, 0, state="REJ"))
    inside += ssh(rng, at + 60, jump, firm.servers["database"].ip, True, 1, "SSH-2.0-OpenSSH_9.2p1", lasts / 2, 40_000, rng.randint(2_000_000, 90_000_000))
    touch = (("ip", address), ("ip", jump))
    steps = (
        Step("1-guessing", "passwords are guessed at the jump host", ("T1110.001",), tuple(guesses), (("ip", address),)),
        Step("2-success", "one of them fits", ("T1078",), found, (("ip", address),)),
        Step(
            "3-inside",
            "somebody comes in with it and goes on to the database",
            ("T1021.004", "T1046"),
            tuple(inside),
            (("ip", address), ("ip", firm.servers["database"].ip)),
        ),
    )
    return Story("a password guessed at the jump host", steps, touch)


SCENARIO = Scenario("ssh-guessing", "network", play, what="passwords guessed at the jump host until one fits")
