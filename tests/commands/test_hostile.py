"""A folder as a disk, a network and an attacker leave it: every file is accounted for, and the run ends as runs do."""

import gzip
import json
import os
import random
import zipfile

import pytest

from vidocq.operations.progress import watched


def flow(n, **more):
    """A connection as Zeek writes it in JSON."""
    return json.dumps({"ts": 1709625600.0 + n, "uid": f"C{n}", "id.orig_h": "192.0.2.1", "id.orig_p": 1024 + n, "id.resp_h": "198.51.100.7", "id.resp_p": 443, "proto": "tcp",
                       "conn_state": "SF", "orig_bytes": 10, "resp_bytes": 20, "duration": 1.0, **more}).encode() + b"\n"


def call(n, **more):
    """A call as CloudTrail writes it."""
    user = {"type": "IAMUser", "principalId": "AIDAEXAMPLE", "arn": "arn:aws:iam::111122223333:user/ann", "accessKeyId": "AKIAEXAMPLE"}
    return {"eventVersion": "1.08", "eventID": f"e{n}", "eventSource": "s3.amazonaws.com", "eventName": "ListBuckets", "eventTime": "2024-03-05T08:00:00Z", "awsRegion": "eu-central-1",
            "sourceIPAddress": "198.51.100.7", "userAgent": "aws-cli/2.0", "recipientAccountId": "111122223333", "userIdentity": user, **more}


def records(*calls):
    return json.dumps({"Records": calls}).encode()


ANYTHING = (None, 7, -1e308, "", [], {}, [[]], {"a": {"b": [1]}}, True, "\ud800", "9" * 5000)
ODD = "</script><script>alert(1)</script>\x1b[31m'; DROP TABLE alert; --"
MANY = b",".join(b'"k%d":1' % n for n in range(1_000_000))
FILES = {
    "packed.log.gz": lambda: gzip.compress(b"".join(flow(n) for n in range(3000)))[:20_000],
    "half.json": lambda: records(*(call(n) for n in range(10)))[:-700],
    "long.log": lambda: flow(1) + b'{"ts": 1, "x": "' + b"A" * (100 << 20) + b'"}\n' + flow(2),
    "keys.log": lambda: flow(1) + flow(2)[:-2] + b"," + MANY + b"}\n" + flow(3),
    "zeros.log": lambda: flow(3) + b"\x00" * 5000 + b"\n" + flow(4, **{"id.orig_h": "192.0.2\x00.1"}),
    "mixed.log": lambda: flow(5) + b'{"x": "\xfcber"}\n' + flow(6) + flow(7).decode().encode("utf-16") + flow(8),
    "types.json": lambda: b"".join(json.dumps(call(f"{k}{n}", **{k: v})).encode() + b"\n" for k in call(0) for n, v in enumerate(ANYTHING)),
    "jumps.log": lambda: b"".join(flow(n, ts=t) for n, t in enumerate([1709625600.0, -5, 0, 1e308, "x", None, 1709625601, 253402300799, float("nan")])),
    "future.json": lambda: records(call(900, eventTime="2199-01-01T00:00:00Z"), call(901, eventTime="9999-01-01T00:00:00Z"), call(902)),
    "deep.json": lambda: b'{"eventVersion": 1, "eventSource": 1, "eventName":' + b"[" * 200_000,
    "odd.json": lambda: records(*(call(1000 + n, eventName="StopLogging", eventSource="cloudtrail.amazonaws.com", userAgent=ODD, eventTime=f"2024-03-05T09:00:0{n}Z") for n in range(3))),
    "empty": lambda: b"",
    "empty.gz": lambda: gzip.compress(b""),
    "noise.bin": lambda: random.Random(1).randbytes(200_000),
    "page.html": lambda: b"<html><script>alert(1)</script>",
}
KEPT = {"half.json": 8, "long.log": 2, "zeros.log": 2, "jumps.log": 2, "future.json": 2, "deep.json": 0, "odd.json": 3}
REFUSED = {"half.json": 1, "long.log": 1, "zeros.log": 1, "jumps.log": 7, "future.json": 1, "deep.json": 1, "odd.json": 0}
SKIPPED = {"empty", "empty.gz", "noise.bin", "page.html", "loop", "self", "gone", "pipe", "device"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    for name, made in FILES.items():
        (folder / name).write_bytes(made())
    for name, to in {"loop": ".", "self": "self", "gone": "nowhere", "device": "/dev/zero"}.items():
        (folder / name).symlink_to(to)
    os.mkfifo(folder / "pipe")
    return folder


def test_everything_at_once(vidocq, folder, tmp_path):
    called = vidocq("investigate", folder, "--out", tmp_path / "out", "--store", tmp_path / "store")
    assert called.status == 0
    told = {i["path"]: i for i in json.loads((tmp_path / "out" / "run.json").read_text())["inputs"]}
    assert set(told) == {*FILES, *SKIPPED}
    assert {name for name, i in told.items() if i["skipped"]} == SKIPPED
    assert {name: told[name]["events"] for name in KEPT} == KEPT
    assert {name: told[name]["rejected"] for name in REFUSED} == REFUSED
    assert "cut short" in called.err
    assert 2000 < told["packed.log.gz"]["events"] < 3000
    assert told["keys.log"]["events"] + told["keys.log"]["rejected"] == 3
    assert told["mixed.log"]["events"] >= 2
    assert told["types.json"]["events"] + told["types.json"]["rejected"] == len(call(0)) * len(ANYTHING)
    assert told["types.json"]["events"] >= 80
    assert ODD not in (tmp_path / "out" / "report.html").read_text()
    assert "\x1b" not in called.out + called.err
    shown = vidocq("show", "in-", "--store", tmp_path / "store")
    assert "\x1b" not in shown.out + shown.err


def test_no_name_steers_the_terminal(vidocq, tmp_path):
    evil = "a\x1b]0;pwned\x07\x1b[2J\u202e"
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / f"{evil}.bin").write_bytes(b"hello\n")
    (tmp_path / "in" / f"{evil}.log").write_bytes(flow(1) + b"\n{damaged\n")
    with zipfile.ZipFile(tmp_path / "in" / "b.zip", "w") as z:
        z.writestr(f"{evil}.txt", "nothing to see")
        z.writestr(f"{evil}.log", flow(2) + b"\n{damaged\n")
    calls = [vidocq("investigate", tmp_path / "in", "--out", tmp_path / "out"), vidocq("investigate", tmp_path / evil, "--out", tmp_path / "out")]
    assert [c.status for c in calls] == [0, 2]
    for called in calls:
        assert "⟨U+001B⟩]0;pwned⟨U+0007⟩" in called.err
        assert not set("\x1b\x07\u202e") & set(called.out + called.err)


def test_no_name_steers_the_terminal_while_it_is_watched(monkeypatch, capsys):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    with watched() as tell:
        tell("ingest", "\x1b]0;pwned\x07\x1b[2J: skipped")
    said = capsys.readouterr().err
    assert "⟨U+001B⟩]0;pwned" in said
    assert "\x1b]0;pwned" not in said


@pytest.mark.parametrize("name", [n for n in FILES if n not in KEPT or not KEPT[n]])
def test_one_alone_ends_with_a_status_and_a_reason(vidocq, folder, tmp_path, name):
    called = vidocq("investigate", folder / name, "--out", tmp_path / "out")
    assert called.status in (0, 3)
    assert called.status == 0 or name in called.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read(vidocq, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.log").write_bytes(flow(1))
    (tmp_path / "in" / "closed.log").write_bytes(flow(2))
    (tmp_path / "in" / "closed.log").chmod(0)
    called = vidocq("investigate", tmp_path / "in", "--out", tmp_path / "out")
    assert called.status == 0
    assert "closed.log: skipped, the file may not be read" in called.err


def test_a_hundred_thousand_addresses_are_counted_not_remembered_one_by_one(vidocq, tmp_path):
    """Each address of a sweep is new: none of them is worth an investigation of its own."""
    with (tmp_path / "conn.log").open("w") as f:
        f.write("#separator \\x09\n#path\tconn\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tconn_state\n")
        f.writelines(f"{1709625600 + n / 100}\tC{n}\t10.{n >> 16}.{n >> 8 & 255}.{n & 255}\t40000\t198.51.100.7\t443\ttcp\tSF\n" for n in range(100_000))
    assert vidocq("investigate", tmp_path / "conn.log", "--out", tmp_path / "out").status == 0
    run = json.loads((tmp_path / "out" / "run.json").read_text())
    assert run["events"] == 100_000
    assert run["investigations"] < 100
