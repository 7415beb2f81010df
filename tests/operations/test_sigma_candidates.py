"""Rules are tested only where they may meet: the findings are those of testing every rule on every event."""

import dataclasses
import json

import numpy as np
import pyarrow as pa
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vidocq.operations.sigma import candidates, run
from vidocq.operations.sigma.clues import Both, Either, Literal, cheapest
from vidocq.operations.sigma.convert import converted
from vidocq.operations.sigma.rules import read_rules
from vidocq.operations.sigma.run import run_log
from vidocq.operations.sigma.search import Sought, Texts, search
from vidocq.store.duckdb import Store

REGISTRY = {"product": "windows", "category": "registry_set"}
FIELDS = ("Details", "TargetObject", "Image")


@pytest.fixture(autouse=True)
def every_rule_is_searched_for(monkeypatch):
    """However few there are."""
    monkeypatch.setattr(candidates, "SEVERAL", 0)


def store_of(events):
    """A store of registry values that were set."""
    store = Store()
    rows = [{"n": n, "fields": json.dumps({**said, "EventID": "13"})} for n, said in enumerate(events)]
    store.execute("""INSERT INTO base_event (time, uid, source, digest, type, fields)
        SELECT TIMESTAMP '2024-03-05', 'h/' || n, 'windows_event', 'd' || n, 'windows.sysmon.13', fields FROM events""", events=pa.Table.from_pylist(rows))
    return store


def ready(tmp_path, detections):
    """The rules of these detections, as they are run, and how many are not used."""
    folder = tmp_path / "rules"
    folder.mkdir(exist_ok=True)
    documents = [{"title": f"rule {n}", "logsource": REGISTRY, "detection": d} for n, d in enumerate(detections)]
    (folder / "all.yml").write_text(yaml.safe_dump_all(documents, allow_unicode=True))
    rules, problems = read_rules([folder])
    of, refused = converted(rules)
    return of, len(problems + refused)


def found(store, rules):
    """For each finding its rule and the number of its event."""
    store.execute("DELETE FROM detection_finding")
    assert [line for of in rules for line in run_log(store, of)] == []
    return sorted((r["title"], int(r["uid"][2:])) for r in store.rows("SELECT title, uid FROM detection_finding"))


def plainly(rules):
    return [dataclasses.replace(of, rules=[dataclasses.replace(c, clue=None) for c in of.rules]) for of in rules]


# Few letters, so that things meet: wildcards, escapes, quotes, regular expressions' own signs, letters whose lower case is longer or of another kind.
LETTERS = "abAB\\*?%_'\"^.[-/ é É İ ẞ Σ"
PIECES = st.text(alphabet=LETTERS, min_size=1, max_size=7)
HELD = st.one_of(st.text(alphabet=LETTERS, min_size=1, max_size=12), st.sampled_from(["10.1.2.3", "::5", "42", "-", "true", "ab ab ab", "YWJhYg==", "x" * 9 + "abab"]))
TEXTS = st.tuples(st.sampled_from(FIELDS), st.sampled_from(["", "|contains", "|startswith", "|endswith", "|contains|all", "|cased", "|contains|cased", "|windash|contains", "|base64offset|contains"]), st.lists(PIECES, min_size=1, max_size=3))
OTHERS = st.one_of(
    st.tuples(st.sampled_from(FIELDS), st.sampled_from(["|re", "|re|i"]), st.lists(st.sampled_from(["^a", "b$", "a.b", "[ab]{2}", "(?:ab|é)+", "\\\\"]), min_size=1, max_size=2)),
    st.tuples(st.sampled_from(FIELDS), st.just("|cidr"), st.lists(st.sampled_from(["10.0.0.0/9", "::/1"]), min_size=1, max_size=2)),
    st.tuples(st.sampled_from(FIELDS), st.just(""), st.one_of(st.just([None]), st.just([""]), st.just([42]), st.just([True]), st.just([None, "ab"]))),
    st.tuples(st.sampled_from(FIELDS), st.just("|exists"), st.booleans()),
    st.tuples(st.sampled_from(FIELDS), st.sampled_from(["|lt", "|gte"]), st.just(43)),
    st.tuples(st.sampled_from(FIELDS), st.sampled_from(["|fieldref", "|fieldref|startswith"]), st.sampled_from(FIELDS)),
)
FIELDWISE = st.lists(st.one_of(TEXTS, TEXTS, OTHERS), min_size=1, max_size=3).map(lambda items: {name + how: values for name, how, values in items})
SELECTION = st.one_of(FIELDWISE, FIELDWISE, st.lists(FIELDWISE, min_size=1, max_size=2), st.lists(PIECES, min_size=1, max_size=2))
CONDITION = st.sampled_from(["one", "not one", "one and two", "one or two", "one and not two", "not (one or two)", "not (not one)", "1 of them", "all of them", ["one", "two and not one"]])
RULES = st.lists(st.tuples(SELECTION, SELECTION, CONDITION).map(lambda r: {"one": r[0], "two": r[1], "condition": r[2]}), min_size=1, max_size=6)
EVENTS = st.lists(st.dictionaries(st.sampled_from(FIELDS), HELD, max_size=3), min_size=1, max_size=12)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(detections=RULES, events=EVENTS)
def test_candidates_lead_to_what_plain_evaluation_finds(detections, events, tmp_path):
    # Not every combination is a rule: base64 of a wildcard is none.
    (rules, _), store = ready(tmp_path, detections), store_of(events)
    assert found(store, rules) == found(store, plainly(rules))


def test_many_rules_over_events_in_portions_find_what_plain_evaluation_finds(tmp_path, monkeypatch):
    # More rules than one statement takes, more events than one portion, more text than one search, and values that are not searched at all.
    monkeypatch.setattr(run, "PORTION", 5000)
    monkeypatch.setattr(candidates, "AT_ONCE", 40_000)
    monkeypatch.setattr(candidates, "FEW", 900)
    detections = [{"s": {"Details|contains": f"word{n % 90}z", "Image|endswith": ["\\a.exe", f"\\b{n % 7}.exe"]}, "condition": "s"} for n in range(150)]
    detections += [{"s": {"Details|re": "9z$"}, "condition": "s"}, {"s": {"Details|contains": "word"}, "condition": "s"}, {"s": ["word1z"], "condition": "s"}]
    detections += [{"s": {"Details|contains": f"word{n}z"}, "condition": "s"} for n in range(97)]
    events = [{"Details": f"a word{n % 97}z" if n % 3 else f"Word{n}Z other", "Image": f"C:\\b{n % 11}.exe" if n % 5 else "C:\\A.EXE"} for n in range(11_000)]
    events += [{"Details": "x" * 40_000 + "word7z", "Image": "C:\\a.exe"}, {"Details": "word7", "Image": "z"}]
    (rules, unused), store = ready(tmp_path, detections), store_of(events)
    assert not unused
    chosen = found(store, rules)
    assert chosen == found(store, plainly(rules))
    assert ("rule 7", 11_000) in chosen
    # Each event of the made ones holds one word; the rules from 153 on ask for nothing else.
    held = sorted((f"rule {153 + word}", n) for n in range(11_000) if (word := n % 97 if n % 3 else n) < 97)
    assert [found for found in chosen if int(found[0].split()[1]) >= 153] == sorted([*held, ("rule 160", 11_000)])
    assert len(chosen) > 1000


BYTES = st.text(alphabet="abcé\\", max_size=9)


@settings(max_examples=300, deadline=None)
@given(texts=st.lists(BYTES, max_size=12), sought=st.lists(st.tuples(st.text(alphabet="abcé\\", min_size=2, max_size=6), st.booleans(), st.booleans()), max_size=8))
def test_a_search_finds_what_looking_at_each_text_finds(texts, sought):
    array = pa.concat_arrays([pa.array(["before"]), pa.array(texts, pa.string())]).slice(1)
    said = search(Texts.of(array), [Sought(t.encode(), first, last) for t, first, last in sought])
    for (text, first, last), places in zip(sought, said, strict=True):
        meets = {(False, False): lambda v, t=text: t in v, (True, False): lambda v, t=text: v.startswith(t), (False, True): lambda v, t=text: v.endswith(t), (True, True): lambda v, t=text: v == t}
        assert places.tolist() == [n for n, v in enumerate(texts) if meets[first, last](v)]


def test_a_search_beyond_one_step_misses_nothing_at_its_edges(monkeypatch):
    from vidocq.operations.sigma import search as of

    monkeypatch.setattr(of, "STEP", 7)
    texts = [f"{'x' * n}needle" for n in range(20)]
    [places] = search(Texts.of(pa.array(texts)), [Sought(b"needle", last=True)])
    assert np.array_equal(places, np.arange(20))


A, B, C = (Literal("l0", t) for t in ("aa", "bb", "cc"))


@pytest.mark.parametrize("clue,chosen", [(A, {A}), (Both((A, B)), {B}), (Either((A, B)), {A, B}), (Either((Both((A, B)), C)), {B, C}), (Both((Either((B, C)), A)), {B, C})])
def test_the_cheapest_of_what_is_necessary_is_searched_for(clue, chosen):
    assert cheapest(clue, {A: 0.9, B: 0.1, C: 0.3}.__getitem__)[1] == chosen
