"""The Azure Activity log as it is exported to a storage account, a file a day. Source: learn.microsoft.com, "Send activity log data"."""

from __future__ import annotations

import msgspec

from vidocq.simulation.azure import subscription
from vidocq.simulation.clock import date
from vidocq.simulation.firm import Firm
from vidocq.simulation.line import Form, Log


def _place(firm: Firm, log: str, at: float) -> str:
    year, month, day = date(at).split("-")
    return f"insights-activity-logs/resourceId=/SUBSCRIPTIONS/{subscription(firm).upper()}/y={year}/m={month}/d={day}/PT1D.json.gz"


LOG = Log("azure", _place, lambda firm, log: Form(msgspec.json.encode))
