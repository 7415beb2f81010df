"""Rules and events that are too much: each ends as a line that says so, or is carried out all the same."""

import json

import pyarrow as pa
import pytest
import yaml

from vidocq.operations.sigma.convert import converted
from vidocq.operations.sigma.rules import LARGEST_FILE, read_rules
from vidocq.operations.sigma.run import run_rules
from vidocq.store.duckdb import Store

REGISTRY = {"product": "windows", "category": "registry_set"}


def rule(detection, title="Made for a test"):
    whole = detection if "condition" in detection else {"s": detection, "condition": "s"}
    return {"title": title, "logsource": REGISTRY, "detection": whole}


def store_of(*values):
    store = Store()
    rows = pa.table({"n": range(len(values)), "fields": [json.dumps({"Details": v, "EventID": "13"}) for v in values]})
    store.execute("""INSERT INTO base_event (time, uid, source, digest, type, fields)
        SELECT TIMESTAMP '2024-03-05', 'h/' || n, 'windows_event', 'd' || n, 'windows.sysmon.13', fields FROM events""", events=rows)
    return store


def found(store):
    return sorted((r["title"], int(r["uid"][2:])) for r in store.rows("SELECT title, uid FROM detection_finding"))


def run(tmp_path, store, *texts):
    """The problems of a run of these files."""
    folder = tmp_path / "rules"
    folder.mkdir(exist_ok=True)
    for n, text in enumerate(texts):
        (folder / f"{n}.yml").write_text(text)
    return run_rules(store, [folder])[1]


def laughs(place):
    lines = "".join(f"{c}: &{c} [{', '.join([f'*{p}'] * 12)}]\n" for p, c in zip("abcdefghijkl", "bcdefghijklm", strict=True))
    return f"a: &a [{', '.join(['x'] * 12)}]\n{lines}title: t\n{place}"


TOO_MUCH = {
    "a file of 50 MB": lambda: yaml.safe_dump(rule({"Details": "x"})) + "#" * (50 << 20),
    "a value below aliases of aliases": lambda: laughs("detection: {s: {Details: *m}, condition: s}\nlogsource: {product: windows, category: registry_set}\n"),
    "a title below aliases of aliases": lambda: laughs("tags: *m\ndetection: {s: {Details: x}, condition: s}\nlogsource: {product: windows, category: registry_set}\n"),
    "a correlation below aliases of aliases": lambda: laughs("correlation: {type: event_count, rules: *m, timespan: 1m, condition: {gte: 2}}\n"),
    "a filter below aliases of aliases": lambda: laughs("filter: {rules: any, s: {Details: *m}, condition: not s}\nlogsource: {product: windows}\n"),
    "thousands of ors": lambda: yaml.safe_dump(rule({"s": {"Details": "x"}, "condition": " or ".join(["s"] * 5000)})),
    "thousands of brackets": lambda: yaml.safe_dump(rule({"s": {"Details": "x"}, "condition": "(" * 3000 + "s" + ")" * 3000})),
    "thousands of nots": lambda: yaml.safe_dump(rule({"s": {"Details": "x"}, "condition": "not " * 3000 + "s"})),
    "any of a huge list, many times": lambda: yaml.safe_dump(rule({**{f"s{n}": {"Details": [f"v{n}-{m}" for m in range(300)]} for n in range(60)}, "condition": " and ".join(["1 of them"] * 40)})),
    "more values than a rule may have": lambda: yaml.safe_dump(rule({"Details|contains": [f"v{n}" for n in range(30_000)]})),
    "a filter of thousands of ors": lambda: yaml.safe_dump({"title": "t", "logsource": REGISTRY, "filter": {"rules": "any", "s": {"Details": "x"}, "condition": " or ".join(["s"] * 5000)}}),
    "a pattern that repeats what repeats": lambda: yaml.safe_dump(rule({"Details|re": "((a{100}){100}){100}"})),
    "a pattern that counts far": lambda: yaml.safe_dump(rule({"Details|re": "x{1000}y|x{999}z|.{800}w"})),
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_what_is_too_much_is_one_line_and_the_others_run(name, tmp_path):
    store = store_of("x")
    [problem] = run(tmp_path, store, yaml.safe_dump(rule({"Details": "x"}, "Good")), TOO_MUCH[name]())
    assert found(store) == [("Good", 0)]
    assert "1.yml" in problem
    assert "is not used: " in problem
    assert len(problem) < 800


def test_any_of_a_list_that_a_rule_may_have_is_carried_out(tmp_path):
    store = store_of("x v7-19 y", "nothing")
    many = {f"s{n}": {"Details|contains": [f"v{n}-{m}" for m in range(150)]} for n in range(60)}
    assert run(tmp_path, store, yaml.safe_dump(rule({**many, "condition": "1 of them"}))) == []
    assert found(store) == [("Made for a test", 0)]


def test_four_thousand_rules_run_at_once(tmp_path):
    store = store_of(*(f"the value {n * 7}!" for n in range(2000)))
    documents = [rule({"Details|contains": f"value {n}!"}, f"rule {n}") for n in range(4000)]
    assert run(tmp_path, store, yaml.dump_all(documents, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper))) == []
    assert len(found(store)) == 572
    assert found(store)[0] == ("rule 0", 0)


def test_values_of_a_megabyte_are_held_against_texts_and_patterns(tmp_path, monkeypatch):
    from vidocq.operations.sigma import candidates

    monkeypatch.setattr(candidates, "SEVERAL", 0)
    long = "powershell " + "ab " * 350_000
    store = store_of(*[f"{long}{n} end" for n in range(20)], "short end")
    documents = [rule({"Details|contains": "7 END"}, "text"), rule({"Details|re": r"(?:ab )+1\d end$"}, "pattern"), rule({"Details|re": "(a+b*)+c"}, "none"), rule({"Details": "power*ab*ab*3 end"}, "stars"), rule({"Details|re": "^.{5,900}d$"}, "few")]
    assert run(tmp_path, store, yaml.safe_dump_all(documents)) == []
    assert found(store) == sorted([("text", 7), ("text", 17), *(("pattern", n) for n in range(10, 20)), ("stars", 3), ("stars", 13), ("few", 20)])


def test_a_folder_of_files_up_to_the_limit_is_read(tmp_path):
    one = yaml.safe_dump(rule({"Details": "x"}))
    (tmp_path / "whole.yml").write_text(one + "#" * (LARGEST_FILE - len(one)))
    (tmp_path / "over.yml").write_text(one + "#" * (LARGEST_FILE - len(one) + 1))
    rules, [problem] = read_rules([tmp_path])
    assert [len(of.rules) for of in converted(rules)[0]] == [1]
    assert "over.yml" in problem
