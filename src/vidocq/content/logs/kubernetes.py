"""The audit log of a cluster, one event a line, a file an hour, as it is delivered from the log group of its control plane. Source: docs.aws.amazon.com, "Send control plane logs to CloudWatch Logs"."""

from __future__ import annotations

import datetime as dt

import msgspec

from vidocq.simulation.firm import Firm
from vidocq.simulation.line import Form, Log


def _place(firm: Firm, log: str, at: float) -> str:
    return f"eks/{firm.name}-prod/kube-apiserver-audit/{dt.datetime.fromtimestamp(at, dt.UTC):%Y/%m/%d/%H}.jsonl.gz"


LOG = Log("kubernetes", _place, lambda firm, log: Form(msgspec.json.encode))
