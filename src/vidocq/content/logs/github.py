"""GitHub's audit log as it is streamed to a bucket: events line by line, a file a day. Source: docs.github.com, "Streaming the audit log for your enterprise"."""

from __future__ import annotations

import msgspec

from vidocq.simulation.clock import date
from vidocq.simulation.firm import Firm
from vidocq.simulation.line import Form, Log


def _place(firm: Firm, log: str, at: float) -> str:
    return f"github-audit/{date(at).replace('-', '/')}/audit.json.log.gz"


LOG = Log("github", _place, lambda firm, log: Form(msgspec.json.encode))
