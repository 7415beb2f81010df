"""What the cloud's machines say to each other and to the world, as flow logs tell it: one record a direction, whatever came within a minute; some minutes are skipped."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from vidocq.simulation import ids
from vidocq.simulation.clock import MINUTE, any_times, every, midnight
from vidocq.simulation.firm import Firm
from vidocq.simulation.kubernetes import nodes
from vidocq.simulation.line import Line, Part


def _record(firm: Firm, node: int, at: float, src: str, sport: int, dst: str, dport: int, packets: int, size: int, accepted: bool = True, told: str = "OK") -> Line:
    interface = f"eni-0{ids.hexes(Random(f'{firm.seed}/eni/{node}'), 16)}"
    ends = f"{src} {dst} {sport} {dport} 6 {packets} {size}" if told == "OK" else "- - - - - - -"
    text = f"2 {firm.account} {interface} {ends} {int(at)} {int(at) + 59} {('ACCEPT' if accepted else 'REJECT') if told == 'OK' else '-'} {told}"
    return Line(float(int(at)), "vpc_flow", ids.of_text(text), {"text": text}, not accepted)


def _spoken(firm: Firm, rng: Random, node: int, at: float, dst: str, port: int, sent: int, got: int) -> Iterator[Line]:
    """Both directions of a conversation that a machine of the cluster begins."""
    here, sport = nodes(firm)[node][1], rng.randrange(32768, 60999)
    yield _record(firm, node, at, here, sport, dst, port, sent // 1100 + 4, sent + 400)
    yield _record(firm, node, at, dst, port, here, sport, got // 1300 + 4, got + 400)


def tell(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    second = firm.servers["web"].ip.split(".")[1]
    store, database, control = firm.vendors["objects"].addresses, f"10.{second}.251.40", f"10.{second}.254.17"
    for node in range(3):
        for at in every(rng, midnight(day) + rng.uniform(0, 60), midnight(day + 1) - 70, 5 * MINUTE, 0.3):
            yield from _spoken(firm, rng, node, at, control, 443, rng.randint(4_000, 60_000), rng.randint(9_000, 200_000))
            yield from _spoken(firm, rng, node, at + 5, database, 5432, rng.randint(2_000, 90_000), rng.randint(9_000, 900_000))
        for at in any_times(rng, day, 40):
            yield from _spoken(firm, rng, node, at, rng.choice(store), 443, rng.randint(2_000, 400_000), rng.randint(20_000, 9_000_000))
        for at in any_times(rng, day, 60):
            yield _record(firm, node, at, rng.choice(firm.scanners), rng.randrange(1024, 65000), nodes(firm)[node][1], rng.choice((22, 23, 443, 445, 3389, 6379, 8080, 10250)), 1, 44, accepted=False)
        if rng.random() < 0.3:
            # Capacity ran out: what came in this minute nobody knows.
            yield _record(firm, node, midnight(day) + rng.uniform(0, 86000), "-", 0, "-", 0, 0, 0, told="SKIPDATA")


PART = Part("network", tell)
