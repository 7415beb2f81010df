"""What was refused is told as a try."""

import datetime as dt

import pyarrow as pa
import pytest

from vidocq.catalogue import load
from vidocq.model.event import columns
from vidocq.operations import detect
from vidocq.operations.refused import attempted
from vidocq.store.duckdb import Store

CATALOGUE = load()
START = dt.datetime(2025, 1, 6, 10)
CALL = {"source": "cloudtrail", "digest": "d", "actor_user": "ann", "actor_type": "IAMUser", "actor_key": "AKIAEXAMPLEANN", "account": "111122223333", "src_ip": "198.51.100.7", "console": False, "service": "iam", "operation": "AttachUserPolicy", "act": "rights granted", "target_user": "bob", "technique": "T1098.003"}


def titles(*calls):
    """What the detection of granted rights says of calls, given as (minute, error)."""
    store = Store()
    rows = [{**CALL, "uid": f"e{n}", "time": START + dt.timedelta(minutes=minute), "error": error} for n, (minute, error) in enumerate(calls)]
    types = {"TIMESTAMP": pa.timestamp("us"), "BOOLEAN": pa.bool_()}
    store.insert("api_activity", pa.table({n: pa.array([r.get(n) for r in rows], types.get(c.type, pa.string())) for n, c in columns("api_activity").items()}))
    return [a["title"] for a in detect.run(store, CATALOGUE.detections["cloud.rights_granted"])]


def test_an_act_that_was_refused_is_told_as_a_try_with_its_error():
    assert titles((0, "AccessDenied")) == ["ann tries to give bob broad rights with AttachUserPolicy (AccessDenied)"]


def test_an_act_that_was_done_is_told_as_done():
    assert titles((0, None)) == ["AttachUserPolicy by ann gives bob broad rights"]


def test_a_try_that_gets_through_within_the_hour_says_so():
    assert titles((0, "AccessDenied"), (5, None)) == ["ann tries to give bob broad rights with AttachUserPolicy (AccessDenied), and gets through later", "AttachUserPolicy by ann gives bob broad rights"]


def test_a_refusal_after_the_act_was_done_takes_nothing_back():
    assert titles((0, None), (5, "AccessDenied")) == ["AttachUserPolicy by ann gives bob broad rights", "ann tries to give bob broad rights with AttachUserPolicy (AccessDenied)"]


@pytest.mark.parametrize(("done", "tried"), [
    ("{operation} by {actor_user}: unusual machines", "{actor_user} tries to call {operation}: unusual machines ({refused})"),
    ("{actor_user} makes {target_user} and arms it", "{actor_user} tries to make {target_user} and arm it ({refused})"),
    ("{operation} by {actor_user} on {resource}", "{actor_user} tries to call {operation} on {resource} ({refused})"),
    ("{actor_user} starts compute for the first time ({operation})", "{actor_user} tries to start compute for the first time ({operation}) ({refused})"),
    ("{actor_user} acts from {src_ip}, where this identity was never seen", "{actor_user} acts from {src_ip}, where this identity was never seen ({refused})"),
])  # fmt: skip
def test_the_wording_of_a_title_told_as_a_try(done, tried):
    assert attempted(done) == tried
