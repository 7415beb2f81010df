"""The audit trail of each Unix host, a file a day; the records of one event stand together. Source: github.com/linux-audit/audit-documentation."""

from __future__ import annotations

from vidocq.simulation.clock import date
from vidocq.simulation.firm import Firm
from vidocq.simulation.line import Form, Log


def _place(firm: Firm, log: str, at: float) -> str:
    return f"{log}/{date(at)}.log.gz"


LOG = Log("audit", _place, lambda firm, log: Form(lambda record: record["text"].encode()))
