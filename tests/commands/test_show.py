"""`vidocq show`: one incident or investigation, from the results of a run or from a store."""

import json

import pytest


def ids(done, name):
    return [json.loads(line) for line in (done / "out" / f"{name}.ndjson").read_text().splitlines()]


@pytest.mark.parametrize("where", ["out", "store"])
def test_an_incident_and_an_investigation(vidocq, done, where):
    [incident] = ids(done, "incidents")
    dismissed = next(i for i in ids(done, "investigations") if i["verdict"] == "dismissed")
    one = vidocq("show", incident["id"], f"--{where}", done / where)
    assert (one.status, one.err) == (0, "")
    assert incident["title"] in one.out
    assert incident["investigations"][0] in one.out
    other = vidocq("show", dismissed["id"][:12], f"--{where}", done / where)
    assert other.status == 0
    assert other.out.startswith(f"dismissed {dismissed['id']}")


def test_an_id_that_nobody_has(vidocq, done):
    called = vidocq("show", "ic-nobody", "--out", done / "out")
    assert called.status == 2
    assert called.err.startswith("vidocq: ic-nobody: no incident or investigation there begins so.")


def test_a_beginning_that_several_share_names_them(vidocq, done):
    called = vidocq("show", "in-", "--out", done / "out")
    assert called.status == 2
    assert "several ids begin so" in called.err
    assert all(i["id"] in called.err for i in ids(done, "investigations"))


@pytest.mark.parametrize("where", ["--out", "--store"])
def test_a_place_without_a_run(vidocq, tmp_path, where):
    for place in (tmp_path, tmp_path / "nothing"):
        called = vidocq("show", "in-1", where, place)
        assert called.status == 2
        assert f"{place}: no run has left its results there" in called.err


def test_no_place_at_all(vidocq):
    called = vidocq("show", "in-1")
    assert called.status == 2
    assert "pass --out dir or --store dir" in called.err.lower()
