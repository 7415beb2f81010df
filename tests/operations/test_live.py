"""A simulation sent to a collector: in order of time, at the pace that is asked for, and no faster than it is taken."""

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from vidocq.errors import UsageError
from vidocq.operations.simulate.live import TRIES, Wire, stream
from vidocq.operations.simulate.write import plan


@dataclass
class Hours:
    """A clock that goes on only when somebody sleeps."""

    at: float = 0.0
    slept: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds


@pytest.fixture
def collector():
    """A collector that answers as its `answers` say, then with 200; what it took stands in `batches`."""

    class Take(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, head = self.server.answers.pop(0) if self.server.answers else (200, {})
            if status == 200:
                self.server.batches.append([json.loads(line) for line in body.splitlines()])
                self.server.kinds.add(self.headers["Content-Type"])
            self.send_response(status)
            for name, value in head.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Take)
    server.answers, server.batches, server.kinds = [], [], set()
    server.url = f"http://127.0.0.1:{server.server_port}/in"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def day():
    return plan(1, 1, ["aws-takeover"], ("host",))


def test_every_record_arrives_once_in_order_of_time(collector, day):
    hours = Hours()
    sent = stream(day, Wire(collector.url, hours.now, hours.sleep), rate=1000)
    lines = [line for lines in day.by_day() for line in lines]
    got = [r for batch in collector.batches for r in batch]
    assert sent.records == len(lines)
    assert collector.kinds == {"application/x-ndjson"}
    events = [r["eventID"] for r in got if "eventID" in r]
    assert events == [line.uid for line in lines if line.log == "cloudtrail"]
    assert [r["message"] for r in got if "message" in r] == [text for line in lines if line.log.startswith("audit/") for text in line.record["text"].splitlines()]
    assert abs(hours.at - sent.records / 1000) < 1


def test_its_own_time_can_go_faster(collector, day):
    hours = Hours()
    stream(day, Wire(collector.url, hours.now, hours.sleep), speed=3600)
    lines = [line for lines in day.by_day() for line in lines]
    assert abs(hours.at - (lines[-1].at - lines[0].at) / 3600) < 1


def test_who_has_enough_is_waited_for_and_nothing_is_lost(collector, day):
    hours = Hours()
    collector.answers = [(200, {}), (429, {"Retry-After": "7"}), (503, {}), *[(429, {"Retry-After": "1"})] * (TRIES + 2)]
    sent = stream(day, Wire(collector.url, hours.now, hours.sleep), rate=1000)
    assert sent.waits == TRIES + 4
    assert 7.0 in hours.slept
    assert sum(map(len, collector.batches)) >= sent.records


def test_a_fault_is_tried_again_and_a_refusal_is_not(collector, day):
    hours = Hours()
    collector.answers = [(500, {}), (502, {})]
    assert stream(day, Wire(collector.url, hours.now, hours.sleep), rate=1000).retries == 2
    collector.answers, before = [(401, {})], len(collector.batches)
    with pytest.raises(UsageError, match="401"):
        stream(day, Wire(collector.url, hours.now, hours.sleep), rate=1000)
    assert len(collector.batches) == before


def test_nobody_there_is_told_after_some_tries(day):
    hours = Hours()
    with pytest.raises(UsageError, match="nobody takes the records"):
        stream(day, Wire("http://127.0.0.1:1/in", hours.now, hours.sleep), rate=1000)
    assert len(hours.slept) == TRIES - 1
    with pytest.raises(UsageError, match="sent by HTTP"):
        Wire("ftp://example/in")
