"""The audit trail of each Unix host, a file a day; the records of one event stand together. Source: github.com/linux-audit/audit-documentation."""

from __future__ import annotations

from typing import Any

from vidocq.simulation.clock import date
from vidocq.simulation.firm import Firm
from vidocq.simulation.line import Form, Log


def _place(firm: Firm, log: str, at: float) -> str:
    return f"{log}/{date(at)}.log.gz"


def _sent(log: str, record: dict[str, Any]) -> list[dict[str, Any]]:
    """Lines are text: a forwarder wraps each, and says whose it is."""
    return [{"host": log.partition("/")[2], "message": line} for line in record["text"].splitlines()]


LOG = Log("audit", _place, lambda firm, log: Form(lambda record: record["text"].encode()), sent=_sent)
