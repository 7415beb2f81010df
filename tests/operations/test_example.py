"""The example: the same seed gives the same bytes, the truth names what is there, and every record can be read."""

import csv
import gzip
import hashlib
import ipaddress
import json
import re
from pathlib import Path

import pytest

from vidocq.errors import UsageError
from vidocq.operations.example.clock import midnight
from vidocq.operations.example.firm import firm
from vidocq.operations.example.write import _stage, life, plants, write_example

EVERYTHING = tuple(plants())
HOSTILE = tuple(p.id for p in plants().values() if p.hostile)
DOCUMENTATION = [ipaddress.ip_network(n) for n in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "10.0.0.0/8", "2001:db8::/32")]


def digest(out: Path) -> str:
    whole = hashlib.sha256()
    for path in sorted(p for p in out.rglob("*") if p.is_file()):
        whole.update(str(path.relative_to(out)).encode() + path.read_bytes())
    return whole.hexdigest()


def records(out: Path):
    for path in sorted((out / "input").rglob("*.gz")):
        text = gzip.decompress(path.read_bytes()).decode()
        if "CloudTrail" in path.name:
            yield from (("cloudtrail", r) for r in json.loads(text)["Records"])
        elif "/audit/" in path.as_posix():
            told = dict.fromkeys(re.findall(r"^node=(\S+) type=\w+ msg=audit\((\d+\.\d+):(\d+)\)", text, re.M))
            yield from ((f"audit/{host}", {"uid": f"{host}/{ts}:{serial}", "ts": ts}) for host, ts, serial in told)
        elif text.startswith("#separator"):
            fields = next(line for line in text.splitlines() if line.startswith("#fields")).split("\t")[1:]
            yield from ((path.name.split(".")[0], dict(zip(fields, line.split("\t"), strict=True))) for line in text.splitlines() if not line.startswith("#"))
        else:
            yield from ((path.name.split(".")[0], json.loads(line)) for line in text.splitlines())


@pytest.fixture(scope="module", params=[1, 2], ids=["json", "columns"])
def case(request, tmp_path_factory):
    out = tmp_path_factory.mktemp("example")
    write_example(out, seed=request.param, days=1, plant=EVERYTHING)
    return out


def play(plant: str, seed: int, days: int):
    known = plants()
    return known[plant].play(_stage(firm(seed), known[plant], list(known), days))


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    for name in "ab":
        write_example(tmp_path / name, seed=5, days=2, domains=("cloud",))
    assert digest(tmp_path / "a") == digest(tmp_path / "b")


def test_another_seed_gives_other_people_and_addresses():
    one, two = firm(1), firm(2)
    assert one.office != two.office
    assert {p.name for p in one.people}.isdisjoint(p.name for p in two.people) or one.name != two.name
    assert play("aws-takeover", 1, 7).touch != play("aws-takeover", 2, 7).touch


def test_labels_and_steps_name_what_is_there(case):
    seen = {r.get("eventID") or r["uid"] for _, r in records(case)}
    labels = list(csv.DictReader((case / "labels.csv").open()))
    truth = json.loads((case / "truth.json").read_text())
    assert {r["uid"] for r in labels} <= seen
    assert {r["label"] for r in labels} == {"attack", "benign", "noise"}
    steps = [s for a in truth["attacks"] for s in a["steps"]]
    assert {u for s in steps for u in s["events"]} == {r["uid"] for r in labels if r["label"] == "attack"}
    assert truth["events"] == sum(1 for _ in records(case))
    assert truth["kind"] == "attack"
    assert [a["id"] for a in truth["attacks"]] == list(HOSTILE)


def test_every_file_is_in_time_order_and_every_address_is_made_up(case):
    last: dict[str, str] = {}
    for log, record in records(case):
        at = record.get("eventTime") or f"{float(record['ts']):.6f}"
        assert at >= last.get(log, ""), record
        last[log] = at
        for value in (record.get("sourceIPAddress"), record.get("id.orig_h"), record.get("id.resp_h")):
            if value and re.fullmatch(r"[0-9.]+", value):
                assert any(ipaddress.ip_address(value) in n for n in DOCUMENTATION), value


def test_ingest_reads_every_record(case):
    from vidocq.catalogue import load
    from vidocq.operations.ingest import ingest
    from vidocq.store.duckdb import Store

    # A few hours of the trail stand for all.
    trail = sorted((case / "input" / "AWSLogs").rglob("*.gz"))[9:12]
    reports = list(ingest(Store(), load(), [case / "input" / "zeek", *trail]))
    assert {r.source for r in reports} == {"zeek", "aws_cloudtrail"}
    assert [(r.rejected, r.duplicates, r.skipped) for r in reports] == [(0, 0, None)] * len(reports)
    assert all(r.read == r.events > 0 for r in reports)


@pytest.mark.parametrize("days", [1, 3, 7])
@pytest.mark.parametrize("plant", EVERYTHING)
def test_a_plant_plays_its_steps_in_order_within_the_days(plant, days):
    for seed in range(1, 6):
        story = play(plant, seed, days)
        assert story.steps
        for step in story.steps:
            assert step.lines, (plant, seed, step.id)
            assert all(midnight(0) <= line.at < midnight(days) for line in step.lines), (plant, seed, step.id)
        if plants()[plant].hostile:
            starts = [min(line.at for line in step.lines) for step in story.steps]
            assert starts == sorted(starts), (plant, seed, starts)
            assert all(step.techniques for step in story.steps)
            assert story.touch


def test_the_takeover_has_its_seven_steps():
    for seed in range(1, 30):
        operations = [{line.record["eventName"] for line in step.lines} for step in play("aws-takeover", seed, 7).steps]
        assert len(operations) == 7
        assert {"UpdateLoginProfile", "CreateLoginProfile"} & operations[2]
        assert "ConsoleLogin" in operations[2]
        assert {"CreateAccessKey", "CreateRole", "AssumeRole"} <= operations[4]
        assert {"RunInstances", "CreateFunction20150331", "RunTask"} <= operations[5]
        assert {"PutBucketPolicy", "DeleteBucketEncryption", "DeleteObject"} <= operations[6]


def test_the_thief_comes_with_a_tool_that_nobody_here_uses():
    for seed in range(1, 10):
        own = {person.agent.partition("/")[0] for person in firm(seed).people}
        steps = play("aws-takeover", seed, 2).steps
        assert {line.record["userAgent"].lstrip("[").partition("/")[0] for line in steps[1].lines} & own == set()


@pytest.mark.parametrize("plant", ["c2-jitter", "c2-office-hours"])
def test_a_program_arrives_after_two_days_of_life_where_there_are_more(plant):
    for days in (3, 4, 7):
        [step] = play(plant, 1, days).steps
        assert min(line.at for line in step.lines) >= midnight(2)


def test_twins_alone_are_benign(tmp_path):
    write_example(tmp_path / "x", seed=3, days=1, plant=("aws-takeover-twin", "web-callback-twin"), domains=())
    truth = json.loads((tmp_path / "x" / "truth.json").read_text())
    assert (truth["kind"], truth["attacks"]) == ("benign", [])


def test_an_older_example_is_replaced_and_anything_else_is_left_alone(tmp_path):
    write_example(tmp_path / "x", seed=3, days=1, plant=(), domains=())
    write_example(tmp_path / "x", seed=4, days=1, plant=("exfil-upload",), domains=())
    assert json.loads((tmp_path / "x" / "truth.json").read_text())["name"] == "example-4"
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    with pytest.raises(UsageError):
        write_example(tmp_path / "mine")
    with pytest.raises(UsageError, match="there is no plant 'flood'"):
        write_example(tmp_path / "y", plant=("flood",))


def test_innocent_life_has_every_kind_of_log():
    assert {p.domain for p in life().values()} == {"cloud", "host", "network"}


def test_its_context_is_understood(tmp_path):
    from vidocq.operations.enrich import enrich
    from vidocq.store.duckdb import Store

    write_example(tmp_path / "case", days=1, plant=())
    assert enrich(Store(), tmp_path / "case" / "context") == []


def test_what_the_readme_asks_about_stands_in_the_example(tmp_path):
    readme = (Path(__file__).parents[2] / "README.md").read_text()
    [(address, at)] = re.findall(r"vidocq ask ip:(\S+) --at (\S+)", readme)
    write_example(tmp_path, domains=("cloud",))
    takeover = next(a for a in json.loads((tmp_path / "truth.json").read_text())["attacks"] if a["id"] == "aws-takeover")
    assert {"kind": "ip", "name": address} in takeover["touch"]
    assert takeover["window"][0] <= at <= takeover["window"][1]
