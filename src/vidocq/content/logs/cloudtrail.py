"""CloudTrail as AWS delivers it: `Records[]`, a file an hour. Source: docs.aws.amazon.com, "CloudTrail log file examples"."""

from __future__ import annotations

import datetime as dt
from random import Random

import msgspec

from vidocq.simulation import ids
from vidocq.simulation.clock import HOUR, START
from vidocq.simulation.firm import Firm
from vidocq.simulation.line import Form, Log


def _place(firm: Firm, log: str, at: float) -> str:
    hour = int((at - START) // HOUR)
    time = dt.datetime.fromtimestamp(START + hour * HOUR, dt.UTC)
    name = f"{firm.account}_CloudTrail_{firm.region}_{time:%Y%m%dT%H%MZ}_{ids.letters(Random(f'{firm.seed}/delivery/{hour}'), 16)}.json.gz"
    return f"AWSLogs/{firm.account}/CloudTrail/{firm.region}/{time:%Y/%m/%d}/{name}"


LOG = Log("cloudtrail", _place, lambda firm, log: Form(msgspec.json.encode, b'{"Records":[', b",", b"]}"))
