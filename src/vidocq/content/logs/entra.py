"""Entra ID's sign-ins and audits as diagnostics leave them, a file of each category a day. Source: learn.microsoft.com, "Resource logs sent to Azure Storage"."""

from __future__ import annotations

import msgspec

from vidocq.simulation.clock import date
from vidocq.simulation.firm import Firm
from vidocq.simulation.line import Form, Log
from vidocq.simulation.tenant import tenant


def _place(firm: Firm, log: str, at: float) -> str:
    year, month, day = date(at).split("-")
    return f"insights-logs-{log.partition('/')[2].lower()}/tenantId={tenant(firm)}/y={year}/m={month}/d={day}/PT1D.json.gz"


LOG = Log("entra", _place, lambda firm, log: Form(msgspec.json.encode))
