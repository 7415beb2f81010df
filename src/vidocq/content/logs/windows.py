"""The event logs of each Windows machine as `evtx_dump` writes them, all channels of a machine in a file a day."""

from __future__ import annotations

import msgspec

from vidocq.simulation.clock import date
from vidocq.simulation.firm import Firm
from vidocq.simulation.line import Form, Log


def _place(firm: Firm, log: str, at: float) -> str:
    return f"{log}/{date(at)}.jsonl.gz"


LOG = Log("windows", _place, lambda firm, log: Form(msgspec.json.encode))
