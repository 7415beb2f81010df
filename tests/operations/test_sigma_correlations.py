"""Correlations and filters of Sigma rules: what several matches say together, and what is taken away."""

import datetime as dt
import json

import pyarrow as pa
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vidocq.operations.run import investigate
from vidocq.operations.sigma.run import run_rules
from vidocq.store.duckdb import Store

FIRST = dt.datetime(2024, 3, 5, 8)
SECURITY = {"product": "windows", "service": "security"}


def base(name, number, **more):
    """A rule about events of this number in the security log."""
    return {"title": name, "name": name, "logsource": SECURITY, "detection": {"s": {"EventID": number}, "condition": "s"}, **more}


def correlation(of, rules, span, title="Together", **said):
    more = said.pop("more", {})
    return {"title": title, "correlation": {"type": of, "rules": rules, "timespan": span, **said}, **more}


def store_of(*events):
    """Events of the security log: (second, number, what else it says)."""
    rows = [{"n": n, "time": FIRST + dt.timedelta(seconds=at), "number": str(number), "fields": json.dumps({"EventID": str(number), **said}), "user": said.get("User"), "ip": said.get("Ip")}
            for n, (at, number, said) in enumerate(events)]
    schema = pa.schema([("n", pa.int64()), ("time", pa.timestamp("us")), ("number", pa.string()), ("fields", pa.string()), ("user", pa.string()), ("ip", pa.string())])
    store = Store()
    store.execute("CREATE TABLE finding_events (digest VARCHAR, events VARCHAR[])")
    store.execute("""INSERT INTO base_event (time, uid, source, digest, type, host, actor_user, src_ip, fields)
        SELECT time, 'e' || n, 'windows_event', 'd' || n, 'windows.security.' || number, 'dc1', "user", ip, fields FROM events""", events=pa.Table.from_pylist(rows, schema))
    return store


def below(tmp_path, *documents):
    folder = tmp_path / "rules"
    folder.mkdir(exist_ok=True)
    (folder / "all.yml").write_text(yaml.safe_dump_all(documents))
    return folder


def alerts(store, folder):
    """For each finding its title and the numbers of its events, and the problems."""
    store.execute("DELETE FROM detection_finding")
    store.execute("DELETE FROM finding_events")
    found, problems = run_rules(store, [folder])
    rows = store.rows("SELECT title, COALESCE(e.events, [uid]) AS events FROM detection_finding f LEFT JOIN finding_events e USING (digest)")
    assert found == len(rows)
    return sorted((r["title"], [int(u[1:]) for u in r["events"]]) for r in rows), problems


A, B = {"User": "ann"}, {"User": "bob"}
FAILED, DONE = base("failed", 4625), base("done", 4624)
CASES = {
    "so many within a span": (correlation("event_count", ["failed"], "60s", condition={"gte": 3}), [(0, 4625, A), (30, 4625, A), (60, 4625, A)], [[0, 1, 2]]),
    "so many, but a second too late": (correlation("event_count", ["failed"], "60s", condition={"gte": 3}), [(0, 4625, A), (30, 4625, A), (61, 4625, A)], []),
    "more than so many": (correlation("event_count", ["failed"], "1m", condition={"gt": 2}), [(0, 4625, A), (1, 4625, A), (2, 4625, A)], [[0, 1, 2]]),
    "not more than so many": (correlation("event_count", ["failed"], "1m", condition={"gt": 3}), [(0, 4625, A), (1, 4625, A), (2, 4625, A)], []),
    "spans that overlap are one alert, one apart is another": (
        correlation("event_count", ["failed"], "10s", condition={"gte": 2}), [(0, 4625, A), (8, 4625, A), (16, 4625, A), (100, 4625, A), (300, 4625, A), (305, 4625, A)], [[0, 1, 2], [4, 5]]),
    "by group": (correlation("event_count", ["failed"], "60s", condition={"gte": 2}, **{"group-by": ["User"]}), [(0, 4625, A), (1, 4625, B), (2, 4625, {"User": "ANN"}), (3, 4625, {}), (4, 4625, {})], [[0, 2]]),
    "of several rules an event counts once": (correlation("event_count", ["failed", "any"], "60s", condition={"gte": 2}), [(0, 4625, A)], []),
    "fewer than so many in a span side by side": (correlation("event_count", ["failed"], "1h", condition={"lt": 2}), [(0, 4625, A), (3700, 4625, A), (3800, 4625, A)], [[0]]),
    "exactly so many": (correlation("event_count", ["failed"], "1h", condition={"eq": 2}), [(0, 4625, A), (3700, 4625, A), (3800, 4625, A)], [[1, 2]]),
    "any number but this": (correlation("event_count", ["failed"], "1h", condition={"neq": 2}), [(0, 4625, A), (3700, 4625, A), (3800, 4625, A)], [[0]]),
    "no more than": (correlation("event_count", ["failed"], "1h", condition={"lte": 1}), [(0, 4625, A), (3700, 4625, A), (3800, 4625, A)], [[0]]),
    "so many values": (correlation("value_count", ["failed"], "60s", condition={"gte": 2, "field": "User"}, **{"group-by": ["Ip"]}),
                       [(0, 4625, {"User": "ann", "Ip": "192.0.2.1"}), (1, 4625, {"User": "bob", "Ip": "192.0.2.1"}), (2, 4625, {"User": "cid", "Ip": "192.0.2.2"})], [[0, 1]]),
    "one value, however often": (correlation("value_count", ["failed"], "60s", condition={"gte": 2, "field": "User"}), [(0, 4625, A), (1, 4625, A), (2, 4625, {}), (3, 4625, {"User": "Ann"})], []),
    "all of the rules, in any order": (correlation("temporal", ["failed", "done"], "60s", **{"group-by": ["User"]}), [(0, 4624, A), (5, 4625, A), (6, 4625, B), (200, 4624, B)], [[0, 1]]),
    "all of the rules in their order": (correlation("temporal_ordered", ["failed", "done"], "60s", **{"group-by": ["User"]}),
                                        [(0, 4625, A), (1, 4625, A), (5, 4624, A), (6, 4624, B), (7, 4625, B)], [[1, 2]]),
    "in their order, but too late": (correlation("temporal_ordered", ["failed", "done"], "60s"), [(0, 4625, A), (61, 4624, A)], []),
    "a group under two names": (
        correlation("temporal", ["failed", "done"], "60s", **{"group-by": ["who"], "aliases": {"who": {"failed": "Target", "done": "User"}}}), [(0, 4625, {"Target": "Ann"}), (5, 4624, A), (6, 4624, B)], [[0, 1]]),
}


@pytest.mark.parametrize("name", CASES)
def test_a_correlation_means_what_it_says(name, tmp_path):
    document, events, expected = CASES[name]
    anything = {**base("any", 4625), "detection": {"s": {"EventID": [4624, 4625]}, "condition": "s"}}
    found, problems = alerts(store_of(*events), below(tmp_path, FAILED, DONE, anything, document, correlation("event_count", ["any", "failed", "done"], "1s", condition={"gt": 99})))
    assert (found, problems) == ([("Together", e) for e in expected], [])


def test_what_is_referred_to_alerts_only_where_it_is_told_to(tmp_path):
    pair = ((0, 4625, A), (1, 4625, A))
    document = correlation("event_count", ["failed"], "60s", condition={"gte": 2})
    assert alerts(store_of(*pair), below(tmp_path, FAILED, document)) == ([("Together", [0, 1])], [])
    document["correlation"]["generate"] = True
    assert alerts(store_of(*pair), below(tmp_path, FAILED, document)) == ([("Together", [0, 1]), ("failed", [0]), ("failed", [1])], [])


def test_a_rule_is_referred_to_by_its_id_too_and_from_another_file(tmp_path):
    folder = below(tmp_path, correlation("event_count", "33333333-3333-4333-8333-333333333333", "60s", condition={"gte": 2}))
    (folder / "z.yml").write_text(yaml.safe_dump(base("failed", 4625, id="33333333-3333-4333-8333-333333333333")))
    assert alerts(store_of((0, 4625, A), (1, 4625, A)), folder) == ([("Together", [0, 1])], [])


def test_a_finding_names_what_its_events_have_in_common(tmp_path):
    events = [(n, 4625, {"User": f"user{n}", "Ip": "192.0.2.1"}) for n in range(3)]
    document = correlation("value_count", ["failed"], "60s", condition={"gte": 3, "field": "User"}, more={"level": "high", "description": "Many names.", "tags": ["attack.t1110.003"]})
    store = store_of(*events)
    alerts(store, below(tmp_path, FAILED, document))
    [row] = store.rows("SELECT time, uid, host, actor_user, src_ip, severity, techniques, message FROM detection_finding")
    assert row == {"time": FIRST + dt.timedelta(seconds=2), "uid": "e0", "host": "dc1", "actor_user": None, "src_ip": "192.0.2.1", "severity": 4, "techniques": "T1110.003",
                   "message": "Many names. (3 events from 2024-03-05T08:00:00Z to 2024-03-05T08:00:02Z)"}


REFUSED = {
    "a rule that is none": (correlation("event_count", ["nobody"], "60s", condition={"gte": 2}), "refers to 'nobody'"),
    "a correlation of correlations": (correlation("temporal", ["failed", "inner"], "60s"), "refers to 'inner'"),
    "a sum": (correlation("value_sum", ["failed"], "60s", condition={"gte": 2, "field": "User"}), "value_sum are not supported"),
    "a sentence": (correlation("temporal", ["failed", "done"], "60s", condition="failed and not done"), "a sentence"),
    "a sentence of brackets": (correlation("temporal", ["failed", "done"], "60s", condition="(" * 300 + "failed" + ")" * 300), "a sentence"),
    "an age": (correlation("event_count", ["failed"], "9999999999999y", condition={"gte": 2}), "more than a year"),
    "no span": (correlation("event_count", ["failed"], "soon", condition={"gte": 2}), "soon"),
    "no number": (correlation("event_count", ["failed"], "60s", condition={"gte": "many"}), "many"),
    "an endless number": (correlation("event_count", ["failed"], "60s", condition={"gte": float("inf")}), "no valid"),
    "no field": (correlation("value_count", ["failed"], "60s", condition={"gte": 2}), "field"),
    "a field that is none": (correlation("event_count", ["failed"], "60s", condition={"gte": 2}, **{"group-by": ["a') OR TRUE --\""]}), "no field is named"),
    "many rules": (correlation("event_count", ["failed"] * 21, "60s", condition={"gte": 2}), "too large"),
    "no mapping": ({"title": "Together", "correlation": ["event_count"]}, "no correlation"),
    "an order of some": (correlation("temporal_ordered", ["failed", "done"], "60s", condition={"gte": 1}), "order of only some"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_correlation_that_cannot_be_used_is_told_with_its_line(name, tmp_path):
    document, reason = REFUSED[name]
    inner = correlation("event_count", ["done"], "60s", condition={"gte": 2}, title="inner", more={"name": "inner"})
    folder = below(tmp_path, FAILED, DONE, inner, base("other", 1), document)
    found, [problem] = alerts(store_of((0, 4625, A), (1, 1, A)), folder)
    line = [n for n, text in enumerate((folder / "all.yml").read_text().splitlines(), 1) if text.startswith("correlation:")][-1]
    assert ("other", [1]) in found
    assert f"all.yml:{line}: Sigma rule 'Together' is not used: " in problem
    assert reason in problem


def test_an_alert_of_a_correlation_carries_all_its_events(tmp_path):
    (tmp_path / "in").mkdir()
    lines = [json.dumps({"Event": {"System": {
        "Provider": {"#attributes": {"Name": "Microsoft-Windows-Security-Auditing"}}, "EventID": 4625, "TimeCreated": {"#attributes": {"SystemTime": f"2024-03-05T08:00:0{n}.000000Z"}},
        "EventRecordID": n, "Channel": "Security", "Computer": "dc1.example.com"}, "EventData": {"TargetUserName": "ann", "LogonType": "3", "IpAddress": "192.0.2.1"}}}) for n in range(4)]
    (tmp_path / "in" / "log.jsonl").write_text("\n".join(lines))
    folder = below(tmp_path, FAILED, correlation("event_count", ["failed"], "60s", condition={"gte": 4}, **{"group-by": "TargetUserName"}))
    ran = investigate([tmp_path / "in"], tmp_path / "out", rules=[folder])
    [alert] = [a for a in ran.alerts.to_pylist() if a["source"] == "Sigma"]
    assert (alert["title"], alert["events"]) == ("Together", [f"dc1.example.com/Security/{n}" for n in range(4)])


def brute(kind, events, span, least, groups):
    """The stretches of a correlation, by looking at everything: the events whose span meets it, joined where they overlap."""
    out = []
    for g in sorted({e[2] for e in events if e[2]}) if groups else [None]:
        mine = [(at, number, user, n) for n, (at, number, user) in enumerate(events) if g is None or user == g]
        spans = set()
        for at, _, _, _ in mine:
            within = [e for e in mine if at - span <= e[0] <= at]
            count = {"event_count": len(within), "value_count": len({e[2] for e in within if e[2]}), "temporal": len({e[1] for e in within})}.get(kind)
            if count is not None and count >= least:
                spans.add((min(e[0] for e in within), at))
            ordered = [a for a, number, _, _ in within if number == 4625 and any(e[0] == at and e[1] == 4624 for e in mine)]
            if kind == "temporal_ordered" and ordered:
                spans.add((max(ordered), at))
        merged = []
        for begins, ends in sorted(spans):
            if merged and begins <= merged[-1][1]:
                merged[-1][1] = max(ends, merged[-1][1])
            else:
                merged.append([begins, ends])
        out += [[n for _, n in sorted((e[0], f"e{e[3]}") for e in mine if begins <= e[0] <= ends)] for begins, ends in merged]
    return sorted([int(n[1:]) for n in stretch] for stretch in out)


EVENT = st.tuples(st.integers(0, 40), st.sampled_from([4624, 4625]), st.sampled_from(["ann", "bob", None]))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(kind=st.sampled_from(["event_count", "value_count", "temporal", "temporal_ordered"]), events=st.lists(EVENT, min_size=1, max_size=14), span=st.integers(1, 12), least=st.integers(1, 4), groups=st.booleans())
def test_spans_are_those_that_looking_at_everything_finds(kind, events, span, least, groups, tmp_path):
    least = 2 if kind.startswith("temporal") else least
    condition = {"gte": least, **({"field": "User"} if kind == "value_count" else {})}
    folder = below(tmp_path, FAILED, DONE, correlation(kind, ["failed", "done"], f"{span}s", condition=condition, **({"group-by": ["User"]} if groups else {})))
    found, problems = alerts(store_of(*((at, number, {"User": user} if user else {}) for at, number, user in events)), folder)
    assert not problems
    assert sorted(e for _, e in found) == brute(kind, events, span, least, groups)


def filter_of(rules, detection, logsource=SECURITY, title="Not these"):
    return {"title": title, "logsource": logsource, "filter": {"rules": rules, **detection}}


FILTERS = {
    "of any rule": (filter_of("any", {"s": {"User": "ann"}, "condition": "not s"}), [1]),
    "of this rule": (filter_of(["failed"], {"s": {"User": "ann"}, "condition": "not s"}), [1]),
    "of another rule": (filter_of(["done"], {"s": {"User": "ann"}, "condition": "not s"}), [0, 1]),
    "of another log": (filter_of("any", {"s": {"User": "ann"}, "condition": "not s"}, {"product": "windows", "service": "system"}), [0, 1]),
    "that lets only these through": (filter_of("any", {"s": {"User": "ann"}, "condition": "s"}), [0]),
}


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_takes_away_from_the_rules_it_is_about(name, tmp_path):
    document, expected = FILTERS[name]
    found, problems = alerts(store_of((0, 4625, A), (1, 4625, B)), below(tmp_path, document, FAILED))
    assert (found, problems) == ([("failed", [n]) for n in expected], [])


def test_a_filter_that_cannot_be_used_is_told_once_and_takes_nothing_away(tmp_path):
    document = filter_of("any", {"s": {"User|re": "(?<=a)b"}, "condition": "not s"})
    found, [problem] = alerts(store_of((0, 4625, A), (1, 4624, A)), below(tmp_path, document, FAILED, DONE))
    assert found == [("done", [1]), ("failed", [0])]
    assert "'Not these' is not used" in problem
