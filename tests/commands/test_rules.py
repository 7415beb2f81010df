"""`vidocq investigate --rules`: a match is an alert of the run, a rule that cannot be used is told, a folder that is not there ends the call."""

import json

EVENT = {"EventID": 13, "Channel": "Microsoft-Windows-Sysmon/Operational", "Hostname": "WS01.example.com", "@timestamp": "2024-03-05T08:00:00Z", "RecordNumber": 7,
         "TargetObject": "HKLM\\Run\\x", "Details": "C:\\evil.exe", "EventType": "SetValue"}
RULE = """title: Evil starts with the machine
logsource: {product: windows, category: registry_set}
detection:
    selection: {TargetObject|contains: \\Run\\, Details|endswith: evil.exe}
    condition: selection
level: high
"""


def test_a_match_is_an_alert_and_a_broken_rule_a_line(vidocq, tmp_path):
    (tmp_path / "log.jsonl").write_text(json.dumps(EVENT) + "\n" + json.dumps({**EVENT, "RecordNumber": 8, "Details": "C:\\good.exe"}))
    for folder, text in (("good", RULE), ("bad", RULE.replace("endswith", "\x1b[31msideways"))):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "rule.yml").write_text(text)
    called = vidocq("investigate", tmp_path / "log.jsonl", "--out", tmp_path / "out", "--rules", tmp_path / "good", "--rules", tmp_path / "bad")
    assert called.status == 0
    [alert] = [json.loads(line) for line in (tmp_path / "out" / "alerts.ndjson").read_text().splitlines()]
    assert (alert["title"], alert["source"], alert["severity"]) == ("Evil starts with the machine", "Sigma", 4)
    assert alert["events"] == ["WS01.example.com/Microsoft-Windows-Sysmon/Operational/7"]
    assert "rule.yml: " in called.err
    assert "\x1b" not in called.err


def test_a_folder_that_is_not_there_ends_the_call(vidocq, tmp_path):
    (tmp_path / "log.jsonl").write_text(json.dumps(EVENT))
    called = vidocq("investigate", tmp_path / "log.jsonl", "--out", tmp_path / "out", "--rules", tmp_path / "nowhere")
    assert called.status == 2
    assert not (tmp_path / "out").exists()
