"""Sends a simulation's records to a collector as they would come: in order of time, in batches of JSON lines, no faster than it takes them."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPException

import msgspec

from vidocq.catalogue import simulated
from vidocq.errors import UsageError
from vidocq.operations.simulate.write import Plan
from vidocq.simulation.line import Line

BATCH = 500
"""Records in one request, at most."""
TICK = 0.5
"""Seconds of the stream that are sent together."""
TRIES = 8
"""How often a batch is offered to somebody who does not answer, or fails."""
LONGEST = 30.0
"""Seconds between two tries, at most."""
_BUSY = (429, 503)
"""Answers of somebody who has enough for now: that is no failure, and is waited for as long as it takes."""


@dataclass(slots=True)
class Sent:
    """What went out: records, requests, and how often somebody asked us to wait or did not answer."""

    records: int = 0
    requests: int = 0
    waits: int = 0
    retries: int = 0


@dataclass(frozen=True, slots=True)
class Wire:
    """Where it goes to. Clock and sleep are handed in: a test has its own."""

    url: str
    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    timeout: float = 30.0

    def __post_init__(self) -> None:
        if not self.url.startswith(("http://", "https://")):
            raise UsageError(self.url, "records are sent by HTTP", "write http://HOST:PORT/PATH")

    def post(self, body: bytes, sent: Sent) -> None:
        """Deliver one batch. Raises UsageError where it is refused, or nobody answers."""
        tries = 0
        while True:
            status, wait, why = self._offer(body)
            sent.requests += 1
            if status < 300 and status:
                return
            if status in _BUSY:
                sent.waits += 1
            elif status and status < 500:
                raise UsageError(self.url, f"the records are refused there ({status} {why})", "check the address, and what the collector wants")
            else:
                tries += 1
                sent.retries += 1
                if tries >= TRIES:
                    raise UsageError(self.url, f"nobody takes the records there ({why}), {TRIES} times", "start the collector, and begin again")
            self.sleep(min(wait if wait is not None else 0.5 * 2 ** min(tries, 6), LONGEST))

    def _offer(self, body: bytes) -> tuple[int, float | None, str]:
        """The status (0 where nobody answered), for how long we are asked to wait, and the reason."""
        request = urllib.request.Request(self.url, body, {"Content-Type": "application/x-ndjson"}, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as answer:
                answer.read()
                return answer.status, None, ""
        except urllib.error.HTTPError as e:
            with e:
                after = e.headers.get("Retry-After", "")
                return e.code, float(after) if after.isdecimal() else None, str(e.reason)
        except (OSError, HTTPException) as e:
            return 0, None, str(getattr(e, "reason", e))


def stream(plan: Plan, wire: Wire, rate: float | None = None, speed: float | None = None, tell: Callable[[str, str], None] | None = None) -> Sent:
    """Send every record of the plan: so many a second (`rate`), or so many times faster than they were written (`speed`); it ends with the last."""
    logs = {log.of: log for log in simulated("logs").values()}
    sent, began, first = Sent(), wire.now(), None
    for batch in _batches(plan, rate, speed):
        first = batch[0].at if first is None else first
        # A batch is due when its first record is: whoever was made to wait catches up.
        due = began + (sent.records / rate if rate else (batch[0].at - first) / speed if speed else 0.0)
        if (early := due - wire.now()) > 0:
            wire.sleep(early)
        wire.post(b"".join(msgspec.json.encode(r) + b"\n" for line in batch for r in logs[line.log.partition("/")[0]].sent(line.log, line.record)), sent)
        sent.records += len(batch)
        if tell:
            tell("live", f"{sent.records} records sent, {sent.waits} times asked to wait")
    return sent


def _batches(plan: Plan, rate: float | None, speed: float | None) -> Iterator[list[Line]]:
    """Records that go out together: those of a tick of the stream, at most BATCH of them."""
    most = max(min(int(rate * TICK), BATCH), 1) if rate else BATCH
    span = TICK * speed if speed and not rate else float("inf")
    batch: list[Line] = []
    for lines in plan.by_day():
        for line in lines:
            if batch and (len(batch) >= most or line.at - batch[0].at >= span):
                yield batch
                batch = []
            batch.append(line)
    if batch:
        yield batch
