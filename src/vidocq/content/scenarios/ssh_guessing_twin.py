"""The twin of the guessed password: a partner's job that signs in each quarter of an hour has an old key, tries again and again, and is mended."""

from __future__ import annotations

from collections.abc import Iterator

from vidocq.simulation.clock import HOUR, MINUTE, every, midnight
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.zeek import ssh

_CLIENTS = ("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3", "SSH-2.0-paramiko_3.4.0", "SSH-2.0-Go")


def play(stage: Stage) -> Story:
    firm, rng = stage.firm, stage.rng
    jump, client, address = firm.servers["jump"].ip, rng.choice(_CLIENTS), firm.partner
    broken = stage.moment(2, 12)
    mended = broken + rng.uniform(1.5, 5) * HOUR

    def fetched(start: float, end: float) -> Iterator[Line]:
        """The job as it should be: in, a few files, out."""
        for at in every(rng, start, end, 15 * MINUTE, 0.01):
            yield from ssh(rng, at, address, jump, True, 1, client, rng.uniform(3, 9), rng.randint(4_200, 4_800), rng.randint(9_000, 30_000))

    def refused() -> Iterator[Line]:
        """The key was changed on one side only: refused, tried again after half a minute."""
        for at in every(rng, broken, mended, 30, 0.05):
            yield from ssh(rng, at, address, jump, False, 1, client, rng.uniform(0.4, 1.2), rng.randint(1_600, 1_700), rng.randint(2_000, 2_100))

    first = max(midnight(0) + 300, broken - rng.uniform(60, 70) * HOUR)
    steps = (
        Step("1-job", "a partner's job signs in each quarter of an hour", (), tuple(fetched(first, broken))),
        Step("2-old-key", "it is refused, and tries again for hours", (), tuple(refused())),
        Step("3-mended", "its key is mended, and it goes on as before", (), tuple(fetched(mended + rng.uniform(20, 90), min(midnight(stage.days), mended + 20 * HOUR)))),
    )
    return Story("a job with an old key", steps, (("ip", address), ("ip", jump)))


SCENARIO = Scenario("ssh-guessing-twin", "network", play, hostile=False, twin_of="ssh-guessing", what="an innocent twin: a partner's job with an old key that tries for hours and is then mended")
