"""`vidocq ask`: a person names an entity and a time, and it is investigated as an alert would be."""

import json
import shutil

import pytest

from vidocq.store.duckdb import Store


@pytest.fixture
def store(done, tmp_path):
    return shutil.copytree(done / "store", tmp_path / "store")


def test_what_is_asked_is_investigated_and_can_be_shown_again(vidocq, store):
    asked = vidocq("ask", "host:WS1", "--at", "2025-03-04T10:30:00Z", "--store", store)
    assert asked.status == 0
    [folder] = (store / "asked").iterdir()
    [alert] = [json.loads(line) for line in (folder / "alerts.ndjson").read_text().splitlines()]
    assert (alert["origin"], [(e["kind"], e["name"]) for e in alert["entities"]]) == ("manual", [("host", "ws1")])
    assert alert["events"] == ["row:1", "row:2"]
    assert folder.name in asked.out
    assert vidocq("show", folder.name, "--store", store).out == asked.out
    assert vidocq("replay", folder).status == 0


def test_the_alerts_of_the_run_stay_in_the_store(vidocq, store):
    def alerts():
        opened = Store(store)
        try:
            return opened.rows("SELECT a.id, investigation FROM alert a JOIN alert_case USING (id) ORDER BY ALL")
        finally:
            opened.close()

    before = alerts()
    assert vidocq("ask", "user:ann", "--at", "2025-03-04T10:30:00", "--store", store).status == 0
    assert alerts() == before
    assert len(before) == 3


def test_the_window_says_which_events_are_meant(vidocq, store):
    narrow = vidocq("ask", "user:ann", "--at", "2025-03-04T10:03:00Z", "--store", store, "--window", "2m")
    assert narrow.status == 0
    [folder] = (store / "asked").iterdir()
    assert json.loads((folder / "alerts.ndjson").read_text())["events"] == ["row:2"]
    assert vidocq("ask", "user:ann", "--at", "2025-03-04T12:30:00Z", "--store", store).status == 2
    assert vidocq("ask", "user:ann", "--at", "2025-03-04T12:30:00Z", "--store", store, "--window", "1d").status == 0


def test_an_entity_that_the_store_does_not_know(vidocq, store):
    called = vidocq("ask", "ip:203.0.113.5", "--at", "2025-03-04T10:30:00Z", "--store", store)
    assert called.status == 2
    assert "ip:203.0.113.5: no event of the store names it" in called.err


def test_a_time_outside_the_log_is_told_with_the_times_that_there_are(vidocq, store):
    called = vidocq("ask", "host:ws1", "--at", "2024-03-04T10:30:00Z", "--store", store)
    assert called.status == 2
    assert "from 2025-03-04T10:00:00.000000Z to 2025-03-04T10:05:00.000000Z" in called.err


@pytest.mark.parametrize("about", ["ws1", "host:", ":ws1", "machine:ws1", ""])
def test_what_is_no_entity(vidocq, store, about):
    called = vidocq("ask", about, "--at", "2025-03-04T10:30:00Z", "--store", store)
    assert called.status == 2
    assert "this names no entity" in called.err


@pytest.mark.parametrize("at", ["yesterday", "", "2025-13-01", "0001-01-01T00:00:00+14:00", "0001-01-01", "9999-12-31T23:59:59-10:00", "1741082400"])
def test_what_is_no_time(vidocq, store, at):
    called = vidocq("ask", "host:ws1", "--at", at, "--store", store)
    assert called.status == 2
    assert called.err.startswith(f"vidocq: {at}")


@pytest.mark.parametrize("window", ["", "h", "0h", "1", "-1h", "1w", "1.5h", "²h", "99999999999999999999d", "4000d"])
def test_what_is_no_window(vidocq, store, window):
    called = vidocq("ask", "host:ws1", "--at", "2025-03-04T10:30:00Z", "--store", store, f"--window={window}")
    assert called.status == 2
    assert "window" in called.err or "everything" in called.err


def test_no_store(vidocq, tmp_path):
    called = vidocq("ask", "host:ws1", "--at", "2025-03-04T10:30:00Z", "--store", tmp_path / "nothing")
    assert called.status == 2
    assert "there is no store here" in called.err
    assert not (tmp_path / "nothing").exists()


def test_a_store_of_somebody_else(vidocq, tmp_path):
    (tmp_path / "events.duckdb").write_bytes(b"no database at all" * 1000)
    called = vidocq("ask", "host:ws1", "--at", "2025-03-04T10:30:00Z", "--store", tmp_path)
    assert called.status == 4
    assert "the store does not open" in called.err


def test_quotes_in_a_name_stay_a_name(vidocq, store):
    called = vidocq("ask", "user:ann' OR '1'='1", "--at", "2025-03-04T10:30:00Z", "--store", store)
    assert called.status == 2
    assert "no event of the store names it" in called.err
