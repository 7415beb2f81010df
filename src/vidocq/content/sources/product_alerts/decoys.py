"""What an alert of a decoy says: somebody touched what nobody has a reason to touch.

From within, and of a secret that had to be found first, that is telling. A decoy machine that the internet reaches is knocked at all day.
"""

from __future__ import annotations

import ipaddress
from functools import cache

TOUCHED, USED, KNOCKED = "decoy touched", "decoy used", "decoy knocked at from the internet"
"""The words that `phrases/decoys.py` reads in a rule."""


WITHIN = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8", "fc00::/7", "fe80::/10", "::1/128")
"""Addresses that nobody has on the internet. Source: RFC 1918, 6598, 3927, 4193, 4291."""


@cache
def _within() -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    return tuple(map(ipaddress.ip_network, WITHIN))


def touched(source: str | None) -> str:
    """How a decoy machine was met, by the address that met it; one whose address is not told is taken as met from within."""
    try:
        address = ipaddress.ip_address(source or "")
    except ValueError:
        return TOUCHED
    return TOUCHED if any(address in network for network in _within()) else KNOCKED
