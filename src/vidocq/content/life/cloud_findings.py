"""What GuardDuty finds every week and nobody minds: doors that the internet tries, guesses that are refused, a backup that sends more than yesterday."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from vidocq.simulation.clock import DAY, HOUR, any_times, midnight
from vidocq.simulation.finding import made
from vidocq.simulation.firm import Firm
from vidocq.simulation.kubernetes import nodes
from vidocq.simulation.line import Line, Part


def _instance(firm: Firm, n: int) -> dict[str, object]:
    _, ip, instance = nodes(firm)[n]
    return {"resourceType": "Instance", "instanceDetails": {"instanceId": instance, "networkInterfaces": [{"privateIpAddress": ip}]}}


def _met(address: str, port: int, direction: str) -> dict[str, object]:
    here, there = ({"port": port}, {"port": 40111}) if direction == "INBOUND" else ({"port": 40111}, {"port": port})
    return {"actionType": "NETWORK_CONNECTION", "networkConnectionAction": {"connectionDirection": direction, "protocol": "TCP", "blocked": False, "localPortDetails": here, "remotePortDetails": there, "remoteIpDetails": {"ipAddressV4": address}}}


def tell(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    for at in any_times(rng, day, 1.5):
        probe = {"actionType": "PORT_PROBE", "portProbeAction": {"blocked": False, "portProbeDetails": [{"localPortDetails": {"port": 443, "portName": "HTTPS"}, "remoteIpDetails": {"ipAddressV4": rng.choice(firm.scanners)}}]}}
        yield made(firm, rng, min(at, midnight(day) + DAY - 1), "Recon:EC2/PortProbeUnprotectedPort", 2, "An EC2 instance has an unprotected port which is being probed by a known malicious host.", _instance(firm, rng.randrange(3)), probe, at - 600, rng.randint(1, 30))
    if rng.random() < 0.3:
        at = midnight(day) + rng.uniform(5, 22) * HOUR
        yield made(firm, rng, at, "UnauthorizedAccess:EC2/SSHBruteForce", 2, "An address performs SSH brute force attacks against an instance.", _instance(firm, 0), _met(rng.choice(firm.scanners), 22, "INBOUND"), at - 900, rng.randint(10, 90))
    if rng.random() < 0.12:
        at = midnight(day) + rng.uniform(2.5, 4) * HOUR
        yield made(firm, rng, at, "Behavior:EC2/TrafficVolumeUnusual", 5, "An EC2 instance generates unusually large amounts of network traffic to a remote host.", _instance(firm, 1), _met(firm.vendors["objects"].addresses[0], 443, "OUTBOUND"), at - 1200, 1, "ACTOR")


PART = Part("cloud", tell)
