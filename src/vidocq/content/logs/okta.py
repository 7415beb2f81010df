"""Okta's System Log as the API hands it out: an event on each line, a file a day. Source: developer.okta.com, "System Log API"."""

from __future__ import annotations

import msgspec

from vidocq.simulation.clock import date
from vidocq.simulation.line import Form, Log

LOG = Log("okta", lambda firm, log, at: f"okta/system-log-{date(at)}.jsonl.gz", lambda firm, log: Form(msgspec.json.encode))
