"""A message that somebody reports: an alert by hand, whose sender is judged by what our own servers and logs say, never by what he wrote."""

import json
from email import message_from_string
from pathlib import Path

import pytest

from vidocq.catalogue import load
from vidocq.content.sources import eml
from vidocq.content.sources.eml.trail import trail_of
from vidocq.operations.enrich import enrich
from vidocq.operations.run import investigate
from vidocq.store.duckdb import Store

SAMPLES = Path(eml.__path__[0])
OUR_HOPS = "Received: from mx.example.com by mbx.example.com; Tue, 5 Mar 2024 08:05:11 +0000\n"
BORDER = "Received: from out.example.net ([203.0.113.9]) by mx.example.com; Tue, 5 Mar 2024 08:05:10 +0000\n"
FORGED = "Authentication-Results: mx.example.com; spf=pass; dkim=pass; dmarc=pass\n"
HONEST = "Authentication-Results: mx.example.com; spf=fail; dkim=none; dmarc=fail\n"
REST = "From: a@example.net\nTo: b@example.com\nSubject: x\nDate: Tue, 5 Mar 2024 08:05:00 +0000\n\nhello\n"


@pytest.mark.parametrize(("lines", "found"), [
    (OUR_HOPS + HONEST + BORDER + FORGED, "fail"),  # written by us above, by the sender below
    (BORDER + HONEST + FORGED, "fail"),  # some servers write right below their own line
    (BORDER + "From: x@example.net\n" + FORGED, None),  # among the sender's own fields
    (BORDER + "Received: by out.example.net; Tue, 5 Mar 2024 08:05:09 +0000\n" + FORGED, None),  # below the sender's server
    (BORDER + "Authentication-Results: mx.example.net; dmarc=pass\n", None),  # another house's word
    (FORGED, None),  # no server of ours wrote anything
])
def test_only_our_own_servers_are_believed(lines, found):
    assert trail_of(message_from_string(lines + REST)).checks.get("dmarc") == found


def test_the_time_and_the_address_are_those_our_server_saw():
    forged = "Received: from friend.example.com ([192.0.2.1]) by friend.example.org; Mon, 1 Jan 2001 00:00:00 +0000\n"
    way = trail_of(message_from_string(OUR_HOPS + BORDER + forged + REST))
    assert (way.address, way.time.isoformat()) == ("203.0.113.9", "2024-03-05T08:05:11+00:00")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reported")
    (folder / "in").mkdir()
    for sample in SAMPLES.glob("sample*.eml"):
        (folder / "in" / sample.name).write_bytes(sample.read_bytes())
    head = "Organization,MessageId,Received,SenderAddress,RecipientAddress,Subject,Status,ToIP,FromIP,Size,MessageTraceId\n"
    rows = [f"x,<{d}{n}>,2024-02-{d:02}T0{n}:00:00,{s},{r},x,Delivered,,203.0.113.1,9,t{d}{n}\n" for d in range(10, 28) for n, (s, r) in enumerate([("news@lists.example.org", "carol@example.com"), ("ann.miller@example.com", "x@example.net"), ("x@example.net", "ann.miller@example.com")])]
    (folder / "in" / "trace.csv").write_text(head + "".join(rows))
    investigate([folder / "in"], folder / "out", catalogue=load())
    return {name: [json.loads(line) for line in (folder / "out" / f"{name}.ndjson").read_text().splitlines()] for name in ("alerts", "investigations", "incidents")}


def reports(run):
    verdicts = {i["id"]: i for i in run["investigations"]}
    return {next(e["name"] for e in a["entities"] if e["role"] == "reporter"): (a, verdicts[a["investigation"]]) for a in run["alerts"] if a["origin"] == "manual"}


def test_a_report_is_a_trigger_by_hand(run):
    assert set(reports(run)) == {"ann.miller@example.com", "carol@example.com"}


def test_the_lure_is_raised_and_the_newsletter_is_not(run):
    (_, lure), (_, news) = reports(run)["ann.miller@example.com"], reports(run)["carol@example.com"]
    assert (lure["verdict"], lure["leading"]) == ("raised", "phishing")
    assert news["verdict"] == "dismissed"
    assert len(run["incidents"]) == 1


def test_a_lookalike_is_marked_by_what_was_there_before():
    import pyarrow as pa

    rows = [("2024-03-01", "a@northwind.org", "inbound"), ("2024-03-02", "a@northwind.org", "inbound"), ("2024-03-05", "a@nortwind.org", "inbound"), ("2024-03-05", "a@exarnple.com", "inbound"), ("2024-03-05", "a@gardens.org", "inbound")]
    store = Store()
    store.insert("email_activity", pa.table({
        "time": pa.array([f"{d} 08:00:00" for d, _, _ in rows]), "uid": [str(n) for n in range(len(rows))], "sender": [s for _, s, _ in rows], "sender_domain": [s.partition("@")[2] for _, s, _ in rows],
        "recipient": ["b@example.com"] * len(rows), "direction": [d for _, _, d in rows],
    }))
    enrich(store)
    found = {r["name"]: r["lookalike"] for r in store.rows("SELECT name, lookalike FROM name WHERE lookalike IS NOT NULL")}
    assert found == {"nortwind.org": "northwind.org", "exarnple.com": "example.com"}
