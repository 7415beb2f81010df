"""What the store says around an incident: how its machines were reached, what was tried, and which logs would have told more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, order=True)
class Trace:
    """One fact about the incident that the case `incident` heads.

    `kind` is `wave` (the first odd start on a machine, or after a pause), `rival` (what happened just before one: `how` is the way in), `heard`
    (a log that would have told of it), `passage` (one reached another), or `tried` (in vain).
    """

    incident: str
    time: datetime
    kind: str
    host: str
    """The machine that it happened on, or that was reached."""
    source: str = ""
    """Who reached it: an address or a machine."""
    account: str = ""
    how: str = ""
    what: str = ""
    uid: str = ""
    of: str = ""
    """The wave that a rival or a log belongs to, by the uid of its start."""
    times: int = 1
