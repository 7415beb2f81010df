"""Microsoft 365's audit log as the Management Activity API hands it out: arrays of records, a file a day."""

from __future__ import annotations

import msgspec

from vidocq.simulation.clock import date
from vidocq.simulation.line import Form, Log

LOG = Log("office", lambda firm, log, at: f"office365/audit-general-{date(at)}.json.gz", lambda firm, log: Form(msgspec.json.encode, b"[", b",\n", b"]\n"))
