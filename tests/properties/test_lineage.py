"""The law of descent: whatever order, however many runs, whatever numbers an attacker chooses, the same tree, and it is one."""

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vidocq.operations import check, lineage
from vidocq.store.duckdb import Store

SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAY = dt.datetime(2025, 3, 4)
PIDS = st.integers(1, 4)
EVENTS = st.fixed_dictionaries({
    "operation": st.sampled_from(["start", "start", "start", "exit", "open"]), "host": st.sampled_from(["ws1.example", "ws1.example", "ws2.example", None]), "second": st.integers(0, 5),
    "pid": PIDS | st.none(), "parent_pid": PIDS | st.none(), "process": st.sampled_from([r"C:\a\one.exe", r"C:\b\two.exe", "one", None]), "parent": st.sampled_from([r"C:\a\one.exe", r"C:\b\two.exe", None]),
    "process_guid": st.sampled_from([None, None, "g1", "g2", "g3"]), "parent_guid": st.sampled_from([None, None, "g1", "g2", "g3"]),
})


STARTS = EVENTS.map(lambda e: {**e, "operation": "start", "host": "ws1.example", "second": e["second"] // 2, "pid": e["pid"] or 1, "parent_pid": e["parent_pid"] or 1})
HOSTILE = st.lists(STARTS, max_size=7) | st.lists(STARTS.map(lambda e: {**e, "process_guid": e["process_guid"] or "g1", "parent_guid": e["parent_guid"] or "g2"}), max_size=7)
"""Few numbers, few names and few moments: most of what is drawn contradicts itself."""


def row(n, said):
    kept = {k: v for k, v in said.items() if k != "second" and v is not None}
    return {**kept, "time": DAY + dt.timedelta(seconds=said["second"]), "uid": f"e{n}", "digest": f"{n:016x}"}


def start(uid, second, pid, parent_pid=None, host="ws1.example", **more):
    said = {"operation": "start", "second": second, "host": host, "pid": pid, "parent_pid": parent_pid, **more}
    return row(0, said) | {"uid": uid, "digest": uid}


def derived(*runs):
    """What the store holds after these deliveries, each followed by a run."""
    store = Store()
    for rows in runs:
        check.fill(store, {"process_activity": rows} if rows else {})
        lineage.derive(store)
    named = {r["uid"]: (r["process_guid"], r["parent_guid"], r["parent"], r["parent_command"]) for r in store.rows("SELECT uid, process_guid, parent_guid, parent, parent_command FROM process_activity")}
    tree = sorted((r["ancestor_guid"], r["descendant_guid"], r["depth"]) for r in store.rows("SELECT * FROM process_tree"))
    did = sorted((r["uid"], r["ancestor_guid"]) for r in store.rows("SELECT * FROM descendant_activity"))
    store.close()
    return named, tree, did


@SETTINGS
@given(st.lists(EVENTS, max_size=9) | HOSTILE, st.data())
def test_neither_order_nor_runs_change_the_tree(said, data):
    rows = [row(n, s) for n, s in enumerate(said)]
    once = derived(rows)
    mixed = data.draw(st.permutations(rows))
    cut = data.draw(st.integers(0, len(rows)))
    assert derived(mixed) == once
    assert derived(mixed[:cut], mixed[cut:]) == once
    assert derived(rows, [], []) == once


@SETTINGS
@given(HOSTILE)
def test_nobody_is_his_own_ancestor(said):
    _, tree, _ = derived([row(n, s) for n, s in enumerate(said)])
    pairs = {(a, d) for a, d, _ in tree}
    assert not [p for p in pairs if p[0] == p[1] or p[::-1] in pairs]
    assert len(pairs) == len(tree), "one line of descent, not two"


@SETTINGS
@given(st.lists(EVENTS, max_size=9))
def test_what_a_log_names_keeps_its_name_and_no_name_is_made_up(said):
    rows = [row(n, s) for n, s in enumerate(said)]
    named, _, _ = derived(rows)
    known = {r["process_guid"] for r in rows if "process_guid" in r} | {f"{r['host']}:{r['pid']}:{(r['time'] - dt.datetime(1970, 1, 1)) // dt.timedelta(microseconds=1)}" for r in rows if r["operation"] == "start" and "host" in r and "pid" in r}
    for r in rows:
        process, parent, *_ = named[r["uid"]]
        assert process == r["process_guid"] if "process_guid" in r else process is None or process in known
        assert parent == r["parent_guid"] if "parent_guid" in r else parent is None or parent in known
        if "host" not in r:
            assert (process, parent) == (r.get("process_guid"), r.get("parent_guid"))


def test_a_number_means_whoever_was_last_started_under_it():
    named, tree, _ = derived([start("old", 0, 7), start("new", 2, 7), start("child", 3, 9, 7), start("grandchild", 4, 11, 9)])
    assert named["child"][1] == named["new"][0] != named["old"][0]
    assert (named["new"][0], named["grandchild"][0], 2) in tree


def test_what_is_read_later_corrects_what_was_said():
    old, new, child = start("old", 0, 7), start("new", 2, 7), start("child", 3, 9, 7)
    named, tree, _ = derived([old, child], [new])
    assert (named, tree) == derived([old, new, child])[:2]
    assert named["child"][1] == named["new"][0]
    late = start("end", 1, 7) | {"operation": "exit"}
    assert derived([old, child], [late])[0]["child"][1] is None


def test_two_that_claim_to_have_started_each_other_have_no_descent():
    for second in (0, 1):
        rows = [start("a", 0, 1, process_guid="g1", parent_guid="g2"), start("b", second, 2, process_guid="g2", parent_guid="g1")]
        _, tree, _ = derived(rows)
        assert tree == ([] if second == 0 else [("g1", "g2", 1)])


def test_who_has_ended_starts_nobody():
    named, _, _ = derived([start("old", 0, 7), start("end", 1, 7) | {"operation": "exit"}, start("child", 3, 9, 7)])
    assert named["child"][1] is None
    assert named["end"][0] == named["old"][0]


def test_another_program_under_the_number_is_not_the_parent():
    rows = [start("old", 0, 7, process=r"C:\a\one.exe"), start("child", 3, 9, 7, parent=r"C:\b\two.exe"), start("other", 3, 10, 7, parent=r"C:\x\ONE.EXE")]
    named, _, _ = derived(rows)
    assert named["child"][1] is None
    assert named["other"][1] == named["old"][0]


def test_an_unknown_parent_stays_unknown():
    named, tree, _ = derived([start("child", 3, 9, 7), start("elsewhere", 1, 7, host="ws2.example")])
    assert named["child"][1] is None
    assert tree == []


def test_a_start_that_two_logs_tell_of_is_one_process():
    rows = [start("sysmon", 0, 7, process=r"C:\a\one.exe", process_guid="g"), start("security", 0, 7, process=r"c:\a\One.exe") | {"time": DAY + dt.timedelta(milliseconds=40)}, start("child", 1, 9, 7)]
    named, tree, _ = derived(rows)
    assert named["security"][0] == "g"
    assert [(a, n) for a, _, n in tree] == [("g", 1)]


def test_other_events_of_the_machine_bear_the_name():
    store = Store()
    check.fill(store, {"process_activity": [start("s", 0, 7)], "registry_activity": [{"time": DAY + dt.timedelta(seconds=1), "host": "ws1.example", "pid": 7, "uid": "r"}, {"time": DAY - dt.timedelta(seconds=1), "host": "ws1.example", "pid": 7, "uid": "earlier"}]})
    lineage.derive(store)
    [begun] = store.rows("SELECT process_guid FROM process_activity")
    assert {r["uid"]: r["process_guid"] for r in store.rows("SELECT uid, process_guid FROM registry_activity")} == {"r": begun["process_guid"], "earlier": None}


def test_a_long_line_is_followed_to_a_depth():
    _, tree, _ = derived([start(f"p{n}", n, n + 1, n or None) for n in range(40)])
    assert max(depth for _, _, depth in tree) == lineage.GENERATIONS


def test_a_parent_that_the_log_gives_by_number_alone_has_its_program_and_what_it_was_told():
    named, _, _ = derived([start("server", 0, 7, process="/usr/bin/node", command="node server.js"), start("child", 3, 9, 7, process="/bin/sh")])
    assert named["child"][2:] == ("/usr/bin/node", "node server.js")


def test_a_parent_that_was_worked_out_gives_way_to_one_that_is_delivered_later():
    old, child = start("old", 0, 7, process=r"C:\a\one.exe"), start("child", 5, 9, 7, process=r"C:\c\three.exe")
    new = start("new", 3, 7, process=r"C:\b\two.exe")
    named, *_ = derived([old, child], [new])
    assert named["child"][2] == r"C:\b\two.exe"
    assert named == derived([old, new, child])[0]


def test_a_program_that_began_before_the_log_is_known_by_what_it_did():
    store = Store()
    check.fill(store, {
        "process_activity": [start("child", 3, 9, 7, process="/bin/sh"), start("elsewhere", 3, 9, 7, host="ws2.example", process="/bin/sh")],
        "network_activity": [{"time": DAY, "uid": "n", "host": "ws1.example", "pid": 7, "process": "/usr/bin/node", "dst_ip": "192.0.2.1", "dst_port": 5432}],
    })
    lineage.derive(store)
    assert {r["uid"]: r["parent"] for r in store.rows("SELECT uid, parent FROM process_activity")} == {"child": "/usr/bin/node", "elsewhere": None}
