"""What a story says from its traces: the way in among its rivals, the way back to where it began, and what stays open."""

import datetime as dt

import pytest

from vidocq.engine.story import back, story
from vidocq.engine.trace import Trace

NOW = dt.datetime(2025, 3, 4, 10)
EVERY = ("application", "remote sign-in", "stolen credentials", "management plane", "starts by itself")


def at(seconds):
    return NOW + dt.timedelta(seconds=seconds)


def wave(seconds=0, host="web1", by="node", account="node", how="application", uid="w"):
    return Trace("i", at(seconds), "wave", host, by, account, how, "/bin/sh -c id", uid)


def rival(how, seconds=-5, of="w", source="203.0.113.9", account="", what="POST / 200"):
    return Trace("i", at(seconds), "rival", "web1", source, account, how, what, f"{how}{of}", of)


def heard(*ways, of="w"):
    return [Trace("i", NOW, "heard", "web1", how=w, of=of) for w in ways]


def passage(seconds, source, host, how="SSH", kind="passage", account="ann", times=1):
    return Trace("i", at(seconds), kind, host, source, account, how, uid=f"{source}{host}{how}", times=times)


def told(*traces):
    return {r["name"]: r["value"] for r in story(traces).rows}


def test_what_the_start_descends_from_decides_among_rivals():
    said = told(wave(), rival("application"), rival("remote sign-in", account="ann"), *heard(*EVERY))
    assert (said["entry"], said["entry: from"], said["entry: before the first odd start"]) == ("application", "203.0.113.9", 5.0)
    assert said["entry by stolen credentials"] == "nothing just before"
    assert "not covered" not in said


def test_a_way_is_known_by_what_started_it_even_where_no_log_shows_who_came():
    said = told(wave())
    assert said["entry"] == "application"
    assert "entry: from" not in said
    assert said["entry by application"] == "node started it; not covered"


@pytest.mark.parametrize(("beside", "way"), [
    ([rival("application"), *heard(*EVERY)], "application"), ([rival("application"), rival("management plane"), *heard(*EVERY)], "left open"),
    (heard(*EVERY), "nothing just before"), (heard("remote sign-in"), "nothing just before in the logs that were heard"), ([], "not covered"),
    ([rival("remote sign-in"), rival("stolen credentials"), *heard(*EVERY)], "stolen credentials"), ([rival("remote sign-in"), *heard("remote sign-in")], "left open"),
])
def test_without_descent_only_what_alone_stands_just_before_is_the_way(beside, way):
    assert told(wave(how=""), *beside)["entry"] == way


def test_what_starts_by_itself_came_in_earlier():
    assert told(wave(how="starts by itself"), rival("application"), *heard(*EVERY))["entry"] == "left open"


def test_passages_stand_in_order_of_time_each_once_and_a_connection_only_where_nothing_else_tells():
    said = told(passage(60, "web1", "db1"), passage(30, "203.0.113.9", "web1", times=2), passage(31, "203.0.113.9", "web1", "SSH (a connection)", account=""), passage(61, "web1", "db1", account=""), passage(90, "web1", "db2", kind="tried", times=14))
    assert [name for name in said if name.startswith("passage")] == ["passage 1", "passage 2"]
    assert "203.0.113.9 -> web1 as ann by SSH, 2 times" in said["passage 1"]
    assert "web1 -> db1 as ann by SSH" in said["passage 2"]
    assert said["tried and failed 1"].endswith("web1 -> db2 as ann by SSH, 14 times")


def test_patient_zero_is_found_back_along_the_passages_as_far_as_machines_are_ours():
    went = [passage(-60, "ws1", "web1"), passage(-120, "203.0.113.9", "ws1", account="bob"), passage(30, "ws9", "web1")]
    assert back("web1", "root", NOW, went, lambda name: name.startswith("w")) == ("ws1", "ann")
    assert back("web1", "root", NOW, [passage(-60, "ws1", "web1", "application")], lambda _: True) == ("web1", "root")


@pytest.mark.parametrize(("second", "beside", "said"), [
    (wave(9000, uid="w2"), [rival("application", 8999, "w2"), *heard(*EVERY, of="w2")], "entered again by application"), (wave(9000, uid="w2"), [rival("application", 8999, "w2"), *heard("application", of="w2")], "left open"),
    (wave(9000, by="cron", how="starts by itself", uid="w2"), heard("application", of="w2"), "by itself: cron started it"), (wave(9000, how="", uid="w2"), heard("starts by itself", of="w2"), "left open: nothing just before"),
])
def test_broken_into_again_or_something_that_stayed_only_where_it_would_have_been_seen(second, beside, said):
    assert said in told(wave(), second, *beside)["came again 1"]


def test_no_traces_no_story():
    assert story([]).rows == ()
