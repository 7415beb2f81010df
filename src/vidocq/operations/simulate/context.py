"""What is known beside the example's logs: who announces the addresses (documentation addresses stand in no public table), and the owner's list of machines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from vidocq.simulation.firm import Firm
from vidocq.simulation.tenant import gateways

_BROADBAND = ((64496, "Lowland Broadband"), (64497, "Hillside Cable"), (64498, "Coastline Mobile"))
_OFFICE, _CLOUD = (64499, "Merchant Fibre"), (64500, "Nimbus Compute")
_HOSTING, _VPN, _CENSUS = (64501, "Driftwood Hosting"), (64502, "Veil Privacy Network"), (64503, "Internet Census")
_HOTEL = (64504, "Guestroom Wireless")


def _announced(firm: Firm) -> Iterator[tuple[str, tuple[int, str]]]:
    rng = Random(f"{firm.seed}/announced")
    for person in firm.people:
        yield person.home, rng.choice(_BROADBAND)
    yield from ((e.home, _BROADBAND[n % 3]) for n, e in enumerate(firm.staff[len(firm.people) :]))
    yield from ((address, _OFFICE) for address in (firm.office, firm.public, firm.partner))
    yield firm.travel, _BROADBAND[2]
    yield firm.runner, _CLOUD
    yield from ((address, _BROADBAND[2] if kind == "phone" else _HOTEL) for kind, address in gateways(firm))
    for site in (*firm.sites, *firm.shared, *firm.vendors.values()):
        yield from ((address, _CLOUD) for address in site.addresses)
    # A few visitors hide behind a VPN too.
    yield from ((address, _VPN if rng.random() < 0.05 else rng.choice(_BROADBAND)) for address in firm.visitors)
    yield from ((address, rng.choice((_HOSTING, _CENSUS))) for address in firm.scanners)
    yield from ((address, _HOSTING if n % 2 else _VPN) for n, address in enumerate(firm.strangers))


_MACHINES = (
    ("scanner", "security team", "medium", "vulnerability scanner, runs at night"),
    ("backup", "operations", "high", "nightly backups to the object store"),
    ("monitor", "operations", "medium", "asks every server how it fares"),
    ("database", "operations", "high", "customers and orders"),
    ("web", "shop", "high", "the shop, reached from outside"),
    ("jump", "operations", "high", "the way in for administrators"),
)
"""What the owner wrote down about machines: (server, owner, criticality, note)."""


def write_context(out: Path, firm: Firm, played: Sequence[str] = ()) -> None:
    """`out` holds a table of the systems that announce each address, lists of those that are a VPN's or a hosting firm's, and the owner's list of machines. `played` are addresses of scenarios."""
    out.mkdir(parents=True, exist_ok=True)
    rows = sorted(dict([*((a, _HOSTING) for a in played if a.startswith("250.")), *_announced(firm)]).items())
    (out / "asn.csv").write_text("network,asn,organisation\n" + "".join(f"{address}/32,{asn},{name}\n" for address, (asn, name) in rows))
    (out / "vpn.txt").write_text("".join(f"{address}\n" for address, system in rows if system == _VPN))
    (out / "hosting.txt").write_text("".join(f"{address}\n" for address, system in rows if system in (_HOSTING, _CLOUD)))
    machines = "".join(f"ip,{firm.servers[name].ip},{owner},{criticality},\"{note}\"\n" for name, owner, criticality, note in _MACHINES)
    (out / "assets.csv").write_text("kind,name,owner,criticality,note\n" + machines)
