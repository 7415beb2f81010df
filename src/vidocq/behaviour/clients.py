"""The family of a client by the name it gives itself. Whoever calls may claim any: it tells two clients apart, and proves nothing."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^/\s(;,]+")


def family(agent: str | None) -> str | None:
    """`console` for a browser, else the client's own name without its version; None where none is given."""
    if not agent:
        return None
    if agent.startswith("Mozilla/"):
        return "console"
    found = _WORD.search(agent[:200])
    return found[0].lower() if found else None
