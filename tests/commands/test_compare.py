"""`vidocq compare`: the verdicts beside the tickets that people closed."""

import json

import pytest

from vidocq.operations.report import comparison


@pytest.fixture
def alerts(done):
    """(alert id, verdict), in the order of the table: two raised, one dismissed."""
    verdicts = {i["id"]: i["verdict"] for i in map(json.loads, (done / "out" / "investigations.ndjson").read_text().splitlines())}
    found = [(a["id"], verdicts[a["investigation"]]) for a in map(json.loads, (done / "out" / "alerts.ndjson").read_text().splitlines())]
    assert [v for _, v in found] == ["raised", "raised", "dismissed"]
    return [id for id, _ in found]


def table(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "tickets"
    path.write_bytes(text.encode(encoding))
    return path


def test_every_disagreement_is_listed_both_ways(vidocq, done, tmp_path, alerts):
    tickets = table(tmp_path, f"alert,decision\n{alerts[0]},true positive\n{alerts[1]},False Positive\n{alerts[2]},malicious\n")
    called = vidocq("compare", "--out", done / "out", "--decisions", tickets)
    assert called.status == 0
    assert called.out.startswith("1 agree, 0 undecided here, 1 called hostile but dismissed here, 1 called innocent but raised here")
    missed, overcalled = called.out.split("Called innocent, raised here:")
    assert alerts[2] in missed
    assert alerts[1] in overcalled
    assert alerts[0] not in called.out


SHAPES = {
    "csv": "alert,decision\n{0},TP\n{2},benign\n",
    "semicolons": "id;classification\n{0};TP\n{2};benign\n",
    "quoted lines": 'alert,comment,decision\n{0},"two\nlines, and a comma",TP\n{2},,benign\n',
    "mark": "\ufeffAlert,Decision\r\n{0},TP\r\n{2},Benign\r\n",
    "lines": '{{"uid": "{0}", "verdict": "TP"}}\n\n{{"uid": "{2}", "verdict": "benign", "closed": null}}\n',
    "array": '[{{"alert": "{0}", "label": 1}}, {{"alert": "{2}", "label": 0}}]',
    "headings": "Alert ID,Closed by,Resolution\n{0},ann,True Positive\n{2},bob,False-Positive\n",
    "one word": "alertId,Final_Verdict,determination\n{0},,TruePositive\n{2},,benign positive\n",
    "numbers of its own": "Incident,ID,Resolution\n4711,{0},TP\n4712,{2},FP\n",
    "events": "event,decision\nrow:1,TP\nrow:3,benign\n",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_shapes_of_a_table_of_tickets(vidocq, done, tmp_path, alerts, shape):
    called = vidocq("compare", "--out", done / "out", "--decisions", table(tmp_path, SHAPES[shape].format(*alerts)))
    assert called.status == 0
    assert called.out == "2 agree, 0 undecided here, 0 called hostile but dismissed here, 0 called innocent but raised here"


def test_an_investigation_and_an_incident_can_be_what_a_ticket_names(vidocq, done, tmp_path):
    [incident] = [json.loads(line) for line in (done / "out" / "incidents.ndjson").read_text().splitlines()]
    dismissed = next(i["id"] for i in map(json.loads, (done / "out" / "investigations.ndjson").read_text().splitlines()) if i["verdict"] == "dismissed")
    called = vidocq("compare", "--out", done / "out", "--decisions", table(tmp_path, f"incident,decision\n{incident['id']},FP\n{dismissed},FP\n"))
    assert called.status == 0
    assert called.out.startswith("1 agree, 0 undecided here, 0 called hostile but dismissed here, 1 called innocent but raised here")
    assert incident["title"] in called.out


def test_a_table_of_which_nothing_is_of_this_run_fails(vidocq, done, tmp_path):
    called = vidocq("compare", "--out", done / "out", "--decisions", table(tmp_path, "alert,decision\nal-elsewhere,FP\n17,TP\n"))
    assert called.status == 2
    assert "none of its 2 decisions names anything of this run, the first: al-elsewhere" in called.err


def test_a_table_without_the_columns_is_told_which_it_has_and_which_would_do(vidocq, done, tmp_path):
    called = vidocq("compare", "--out", done / "out", "--decisions", table(tmp_path, "Ticket,Decision\n7,benign\n"))
    assert "its columns are: Ticket, Decision" in called.err
    assert "alert id" in called.err


def test_a_long_summary_ends_with_a_whole_word():
    words = "seventeen " * 60
    short = comparison._short(words)
    assert short.endswith("seventeen …")
    assert len(short) <= 302
    assert comparison._short("a few words") == "a few words"


def test_unknown_ids_and_unknown_words_are_counted_and_shown(vidocq, done, tmp_path, alerts):
    tickets = table(tmp_path, f"alert,decision\nal-elsewhere,benign\n{alerts[0]},pending\n{alerts[2]},closed\n")
    called = vidocq("compare", "--out", done / "out", "--decisions", tickets)
    assert called.status == 0
    assert called.out.startswith("0 agree")
    assert "1 decisions name nothing of this run, the first: al-elsewhere" in called.out
    assert f"2 decisions were not understood, the first: {alerts[0]}: pending" in called.out


def test_two_decisions_that_contradict_each_other_are_neither(vidocq, done, tmp_path, alerts):
    called = vidocq("compare", "--out", done / "out", "--decisions", table(tmp_path, f"alert,decision\n{alerts[0]},TP\n{alerts[0]},FP\n"))
    assert called.out.startswith("0 agree")
    assert f"{alerts[0]}: TP and FP" in called.out


BAD = {
    "nothing": "", "a header alone": "alert,decision\n", "no decision": "alert,closed_at\nal-1,now\n", "no alert": "ticket,decision\n7,benign\n",
    "an empty cell": "alert,decision\nal-1,\n", "no objects": "[1, 2]", "half an array": '[{"alert": "a"', "a line that is none": '{"alert": "a", "decision": "fp"}\nhello\n',
    "a list of lists": "[[]]",
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_table_of_decisions(vidocq, done, tmp_path, kind):
    tickets = table(tmp_path, BAD[kind])
    called = vidocq("compare", "--out", done / "out", "--decisions", tickets)
    assert called.status == 2
    assert str(tickets) in called.err


def test_bytes_that_are_no_text(vidocq, done, tmp_path):
    tickets = tmp_path / "tickets.xlsx"
    tickets.write_bytes(b"PK\x03\x04\xff\xfe\x00")
    assert vidocq("compare", "--out", done / "out", "--decisions", tickets).status == 2


def test_no_such_table_and_no_such_run(vidocq, done, tmp_path):
    tickets = table(tmp_path, "alert,decision\nal-1,benign\n")
    assert vidocq("compare", "--out", done / "out", "--decisions", tmp_path / "none").status == 2
    assert vidocq("compare", "--out", done / "out", "--decisions", tmp_path).status == 2
    called = vidocq("compare", "--out", tmp_path, "--decisions", tickets)
    assert called.status == 2
    assert "alerts.ndjson: it cannot be read" in called.err
    (tmp_path / "alerts.ndjson").write_text('{"id": "al-1", "events": [], "investigation": "in-1"}\n{"id"')
    assert vidocq("compare", "--out", tmp_path, "--decisions", tickets).status == 2
