"""Two sensors on one machine tell of one tree, whatever each of them calls the machine and its processes."""

import datetime as dt

import pytest

from vidocq.operations import check, lineage
from vidocq.store.duckdb import Store

BEGIN = dt.datetime(2025, 3, 4, 10)


def start(uid, second, host, pid, process, parent_pid, parent=None, guid=None, parent_guid=None):
    return {"time": BEGIN + dt.timedelta(seconds=second), "uid": uid, "digest": uid, "host": host, "operation": "start", "pid": pid, "process": process, "parent_pid": parent_pid, "parent": parent,
            "process_guid": guid, "parent_guid": parent_guid}


def tree(rows):
    store = Store()
    check.fill(store, {"process_activity": rows})
    lineage.derive(store)
    of = {r["uid"]: r["process_guid"] for r in store.rows("SELECT uid, process_guid FROM process_activity")}
    return of, {(r["ancestor_guid"], r["descendant_guid"]) for r in store.rows("SELECT * FROM process_tree")}


@pytest.mark.parametrize("host", ["web1", "web1.example.com"])
def test_what_one_sensor_saw_descends_from_what_the_other_named(host):
    of, lines = tree([
        start("audit-server", 0, "web1", 100, "/usr/bin/node", 1), start("sysmon-server", 0.3, host, 100, "/usr/bin/node", 1, guid="{A}"),
        start("sysmon-shell", 10, host, 101, "/usr/bin/dash", 100, "/usr/bin/node", "{B}", "{A}"), start("audit-shell", 10.1, "web1", 101, "/usr/bin/dash", 100),
        start("audit-cat", 10.2, "web1", 102, "/usr/bin/cat", 101),
    ])
    assert (of["audit-server"], of["audit-shell"]) == ("{A}", "{B}")
    assert lines >= {("{A}", "{B}"), ("{B}", of["audit-cat"]), ("{A}", of["audit-cat"])}


def test_sysmon_and_the_security_log_tell_of_one_start():
    of, lines = tree([
        start("sysmon", 0, "ws1.example.com", 4000, r"C:\Windows\System32\cmd.exe", 900, guid="{A}"), start("security", 0.9, "ws1.example.com", 4000, r"C:\Windows\System32\cmd.exe", 900),
        start("child", 5, "ws1.example.com", 4100, r"C:\Windows\System32\whoami.exe", 4000, r"C:\Windows\System32\cmd.exe"),
    ])
    assert of["security"] == "{A}"
    assert ("{A}", of["child"]) in lines


def test_machines_of_two_domains_are_two():
    of, _ = tree([
        start("audit", 0, "web1", 100, "/usr/bin/node", 1), start("one", 0.3, "web1.example.com", 100, "/usr/bin/node", 1, guid="{A}"), start("two", 50, "web1.example.net", 100, "/usr/bin/node", 1, guid="{B}"),
    ])
    assert of["audit"] not in ("{A}", "{B}")
