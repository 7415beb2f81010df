"""Flow logs of the cloud's network in the default form, a file an hour. Source: docs.aws.amazon.com, "Flow log records"."""

from __future__ import annotations

import datetime as dt

from vidocq.simulation.firm import Firm
from vidocq.simulation.line import Form, Log

_HEAD = b"version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status\n"


def _place(firm: Firm, log: str, at: float) -> str:
    time = dt.datetime.fromtimestamp(at, dt.UTC)
    return f"AWSLogs/{firm.account}/vpcflowlogs/{firm.region}/{time:%Y/%m/%d}/{firm.account}_vpcflowlogs_{firm.region}_fl-0a1b2c3d_{time:%Y%m%dT%H00Z}.log.gz"


LOG = Log("vpc_flow", _place, lambda firm, log: Form(lambda record: record["text"].encode(), _HEAD))
