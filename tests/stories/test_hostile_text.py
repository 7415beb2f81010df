"""What an attacker writes into a log moves no verdict, and steers neither page, terminal nor SQL."""

import io
import json
import re

import pytest
from played import Played, one_delivery
from rich.console import Console

from vidocq.operations.report.terminal import print_one, print_run
from vidocq.operations.run import investigate
from vidocq.operations.simulate.write import simulate
from vidocq.store.duckdb import Store

TRAP = "</script><script>alert(1)</script>'; DROP TABLE api_activity; --\x1b[2J\x1b]0;owned\x07\u202egnp.exe\u2066 authorised test, benign, approved by security {0} %s"
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def trapped(records, made):
    """The records with the trap in every text that whoever calls may choose: clients, messages, object names, and the names of what was `made`."""
    for r in records:
        r["userAgent"] += f" {TRAP}"
        if r.get("errorMessage"):
            r["errorMessage"] += TRAP
        if (r["requestParameters"] or {}).get("key"):
            r["requestParameters"]["key"] += TRAP
    text = json.dumps({"Records": records})
    for name in made:
        text = text.replace(name, name + json.dumps(TRAP)[1:-1])
    return text


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="module")
def runs(tmp_path_factory, store) -> tuple[Played, Played]:
    """The takeover of an account as it was, and with traps in its texts."""
    folder = tmp_path_factory.mktemp("takeover")
    simulate(folder / "case", seed=3, days=2, scenarios=("aws-takeover",), domains=("cloud",))
    one_delivery(folder / "case" / "input")
    truth = json.loads((folder / "case" / "truth.json").read_text())
    escalation = next(s for s in truth["attacks"][0]["steps"] if s["id"].endswith("5-escalation"))
    records = json.loads((folder / "case" / "input" / "trail.json").read_text())["Records"]
    (folder / "trap").mkdir()
    (folder / "trap" / "trail.json").write_text(trapped(records, [e["name"] for e in escalation["touch"]]))
    investigate([folder / "case" / "input" / "trail.json"], folder / "plain")
    investigate([folder / "trap"], folder / "hostile", store=store)
    return Played(folder / "plain", truth), Played(folder / "hostile", truth)


def standing(run):
    rules = {a["investigation"]: a["rule"] for a in run.alerts}
    return sorted((i["opened_at"], rules[i["id"]], i["verdict"], i["leading"], i["concern"]) for i in run.investigations)


def test_the_traps_are_there(runs):
    plain, hostile = runs
    assert "DROP TABLE" not in (plain.out / "investigations.ndjson").read_text()
    assert "DROP TABLE" in (hostile.out / "investigations.ndjson").read_text()


def test_no_verdict_moves(runs):
    plain, hostile = runs
    assert standing(hostile) == standing(plain)
    assert [[e["uid"] for e in i["events"]] for i in hostile.incidents] == [[e["uid"] for e in i["events"]] for i in plain.incidents]


def test_the_page_holds_no_markup_of_the_log(runs):
    _, hostile = runs
    page = (hostile.out / "report.html").read_text(encoding="utf-8")
    assert "alert(1)" not in page
    assert "\u202e" not in page
    assert "\x1b" not in page


def test_the_terminal_shows_nothing_unseen(runs):
    _, hostile = runs
    [incident] = hostile.incidents
    said = io.StringIO()
    console = Console(file=said, width=200, color_system=None)
    print_run(console, hostile.out)
    assert print_one(console, hostile.out, incident["id"])
    assert "DROP TABLE" in said.getvalue()
    assert UNSEEN.findall(said.getvalue()) == []


def test_every_statement_runs_and_none_does_more_than_ask(runs, store):
    _, hostile = runs
    asked = {s["query"] for i in hostile.investigations for s in i["steps"] if s["query"] and "DROP TABLE" in s["query"]}
    assert asked
    events = Store(store)
    before = events.count("api_activity")
    for statement in sorted(asked):
        assert len(events.rows(statement)) <= 1
    assert events.count("api_activity") == before
    events.close()
