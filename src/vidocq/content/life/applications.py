"""Applications that sign in by themselves at fixed times: a backup at night, monitoring, personnel data, a report whose secret has expired and that nobody mends."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from vidocq.simulation import entra
from vidocq.simulation.clock import HOUR, every, midnight
from vidocq.simulation.firm import Firm
from vidocq.simulation.line import Line, Part

_REGULAR = (("sp-backup", 24 * HOUR, entra.GRAPH), ("sp-monitoring", 900.0, entra.ARM), ("sp-hr-sync", 4 * HOUR, entra.GRAPH), ("sp-mail-archive", HOUR, entra.EXCHANGE), ("sp-ticket-bridge", 2 * HOUR, entra.GRAPH))


def tell(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    for n, (name, period, app) in enumerate(_REGULAR):
        address = firm.runner if n % 2 else firm.office
        for at in every(rng, midnight(day) + 400 * (n + 1), midnight(day + 1), period, 0.02):
            yield entra.service_sign_in(firm, rng, at, name, address, app)
    if firm.seed % 3 and day % 14 >= 3:
        for at in every(rng, midnight(day) + 130, midnight(day + 1), 1800, 0.01):
            for k in range(3):
                yield entra.service_sign_in(firm, rng, at + 4**k, "sp-legacy-report", firm.office, entra.GRAPH, code=7000222)


PART = Part("identity", tell)
