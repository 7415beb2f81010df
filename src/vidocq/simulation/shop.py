"""The firm's shop: a web application on the server that is reached from outside."""

from __future__ import annotations

from random import Random

from vidocq.simulation.audit import WEB, Process
from vidocq.simulation.firm import Firm

PORT = 3000
"""Where the application listens, behind what ends TLS."""
DATABASE_PORT = 5432
SHOP = "/srv/shop/current"


def shop(firm: Firm, day: int) -> Process:
    """The shop's server process of a day: it starts with the night's deployment."""
    return Process(Random(f"{firm.seed}/shop/{day}").randrange(2_000, 4_000_000), "/usr/bin/node", WEB, ("node", "server.js"))
