"""What thieves of accounts come with: browsers and tools that nobody here uses."""

from __future__ import annotations

from random import Random

from vidocq.simulation.tenant import Device, device

BROWSERS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/121.0.0.0 Safari/537.36", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/127.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:115.0) Gecko/20100101 Firefox/115.0", "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.1 Safari/605.1.15",
)
TOOLS = ("python-requests/2.31.0", "Go-http-client/1.1", "axios/1.7.9", "okhttp/4.12.0", "fasthttp", "BAV2ROPC")


def browser(rng: Random) -> Device:
    """A browser on a machine that the firm does not know."""
    return device(rng.choice(BROWSERS))
