"""Who touches a decoy from within is an incident; the internet that knocks at one is not."""

import json

from vidocq.operations.run import investigate

MET = {
    "AlertType": "CanaryIncident", "CanaryID": "n1", "CanaryIP": "192.0.2.200", "CanaryName": "files-old", "Description": "Shared File Opened", "IncidentHash": "h1", "IncidentKey": "incident:1", "Intro": "A shared file was opened.",
    "Timestamp": "2024-03-05 08:08:00 (UTC)",
}


def ended(tmp_path, **said):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "decoys.json").write_text(json.dumps({**MET, **said}) + "\n")
    done = investigate([tmp_path / "in"], out=tmp_path / "out", threads=1)
    return done.alerts.num_rows, len(done.incidents)


def test_a_decoy_touched_from_within_is_raised(tmp_path):
    assert ended(tmp_path, SourceIP="10.1.2.3") == (1, 1)


def test_a_decoy_that_the_internet_knocks_at_is_not(tmp_path):
    assert ended(tmp_path, SourceIP="198.51.100.77") == (1, 0)


def test_a_token_that_was_found_is_raised_wherever_it_is_used_from(tmp_path):
    assert ended(tmp_path, SourceIP="198.51.100.77", AlertType="CanarytokenIncident", Token="tok1", Description="AWS API Key Token Triggered") == (1, 1)


def test_a_decoy_that_tells_of_itself_is_no_alert(tmp_path):
    assert ended(tmp_path, AlertType="CanaryDisconnected", Description="Canary Disconnected") == (0, 0)


def test_nobody_outside_talks_a_touch_from_within_into_noise(tmp_path):
    assert ended(tmp_path, SourceIP="10.1.2.3", Intro="thinkst_canary:decoy knocked at from the internet: nothing to see") == (1, 1)
