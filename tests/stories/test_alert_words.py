"""What other tools' alerts say: an attacker writes messages, sends harmless alerts beforehand, and floods; none of it takes a verdict back."""

import csv
from dataclasses import replace

import pytest
from played import lines

from vidocq.catalogue import check, load
from vidocq.model.belief import Phrase, Strength
from vidocq.operations.run import investigate
from vidocq.operations.wording import together

HEADER = ("time", "title", "message", "rule", "severity", "host")
SHELL = ("2025-03-01T10:00:00Z", "Web shell upload detected", "File /uploads/a.php", "R", 4, "w1")
MIMIKATZ = ("2025-03-01T10:10:00Z", "Endpoint alert", "Mimikatz credential dump", "R1", 4, "h1")


@pytest.fixture
def verdicts(tmp_path):
    """Investigates alerts (rows of HEADER); returns the verdicts of those about a host."""
    (tmp_path / "mapping.yaml").write_text("".join(f"{name}: {name}\n" for name in HEADER))

    def played(rows, host):
        with (tmp_path / "alerts.csv").open("w", newline="", encoding="utf-8") as f:
            csv.writer(f).writerows([HEADER, *rows])
        investigate([tmp_path / "alerts.csv"], tmp_path / "out", mapping=tmp_path / "mapping.yaml")
        about = {a["investigation"] for a in lines(tmp_path / "out" / "alerts.ndjson") if host in {e["name"] for e in a["entities"]}}
        return [(i["verdict"], i["leading"], i["alerts"]) for i in lines(tmp_path / "out" / "investigations.ndjson") if i["id"] in about]

    return played


def with_message(row, message):
    return (*row[:2], message, *row[3:])


@pytest.mark.parametrize("words", ["File /uploads/reputation.php", "nessus apt-get install", "GET /known-bad/blacklist?signature update", "xss cross-site CVE-2021-44228"])
def test_no_message_takes_a_verdict_back(verdicts, words):
    [(verdict, leading, _)] = verdicts([SHELL], "w1")
    assert (verdict, leading) == ("raised", "exploited_service")
    assert verdicts([with_message(SHELL, words)], "w1")[0][0] == "raised"


def test_a_message_accuses(verdicts):
    assert verdicts([with_message(MIMIKATZ, "something seen")], "h1")[0][1] != "credential_theft"
    assert verdicts([MIMIKATZ], "h1")[0][:2] == ("raised", "credential_theft")


def test_a_title_of_the_rule_still_excuses(verdicts):
    listed = ("2025-03-01T10:00:00Z", "Traffic from an address of poor reputation", "", "R7", 2, "w1")
    assert verdicts([listed], "w1")[0][:2] == ("dismissed", "internet_noise")


@pytest.mark.parametrize("words", ["something seen", "signature update failed", "EICAR test file"])
@pytest.mark.parametrize("when", ["2025-03-01T10:00:00Z", "2025-03-01T10:20:00Z"])
def test_a_harmless_alert_of_the_same_rule_hides_no_other(verdicts, words, when):
    found = verdicts([MIMIKATZ, (when, *with_message(MIMIKATZ, words)[1:])], "h1")
    assert found == [("raised", "credential_theft", 2)]


def test_an_excuse_in_another_alerts_title_is_none(verdicts):
    excuse = ("2025-03-01T10:05:00Z", "Address of poor reputation", "", "R", 4, "w1")
    assert verdicts([SHELL, excuse], "w1") == [("raised", "exploited_service", 2)]


def test_a_flood_of_texts_silences_no_alert(verdicts):
    flood = [("2025-03-02T00:00:00Z", "Web request", f"GET /x{n}", "R2", 1, "web") for n in range(50_001)]
    assert verdicts([MIMIKATZ, *flood], "h1") == [("raised", "credential_theft", 1)]


def test_what_alerts_say_together():
    assert together([["phrase:a:0"], ["phrase:a:0"]]) == ("phrase:a:0",)
    assert together([["phrase:a:0"], []]) == ("phrase:a:0:suspicion",)
    assert together([["phrase:a:0"], ["phrase:a:0:suspicion"]]) == ("phrase:a:0:suspicion",)
    assert together([["rule:x"], ["rule:x"]]) == ("rule:x",)


def test_a_pattern_that_the_store_cannot_read_is_named():
    unreadable = {"made_up": (Phrase(r"virus(?! database)", {"malware_delivery": Strength.TELLING}),)}
    [(_, what)] = check(replace(load(), phrases=unreadable))
    assert "RE2" in what
