"""`vidocq simulate` and `vidocq demo` as a person calls them."""

import json

from vidocq.catalogue import simulated


def test_the_scenarios_are_listed_with_their_twins(vidocq):
    called = vidocq("simulate", "--list")
    assert called.status == 0
    assert all(name in called.out for name in simulated("scenarios"))
    assert "innocent twin of aws-takeover" in called.out


def test_it_does_one_thing_at_a_time(vidocq, tmp_path):
    for call in ((), ("--out", tmp_path / "x", "--list"), ("--out", tmp_path / "x", "--live", "http://127.0.0.1:1")):
        called = vidocq("simulate", *call)
        assert called.status == 2
        assert "one of --out DIR, --live URL, --list" in called.err


def test_a_short_demo_finds_its_attacks(vidocq, tmp_path):
    called = vidocq("demo", "--out", tmp_path, "--days", "1", "--no-open")
    assert called.status == 0, called.err
    assert (tmp_path / "result" / "report.html").exists()
    found = [json.loads(line) for line in (tmp_path / "result" / "incidents.ndjson").read_text().splitlines()]
    assert found
    assert "Report:" in called.out
