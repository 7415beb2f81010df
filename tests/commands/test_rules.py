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


def test_a_command_of_a_megabyte_is_an_alert_like_others_and_fills_no_report(vidocq, tmp_path):
    start = {"EventID": 4688, "Channel": "Security", "Hostname": "WS01.example.com", "@timestamp": "2024-03-05T08:00:00Z", "NewProcessName": "C:\\Windows\\System32\\cmd.exe", "SubjectUserName": "ann"}
    long = "cmd /c evil " + "\u202eA\u0430^ " * 200_000
    (tmp_path / "log.jsonl").write_text("".join(json.dumps({**start, "RecordNumber": n, "CommandLine": long + str(n)}) + "\n" for n in range(5)))
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "rule.yml").write_text(RULE.replace("registry_set", "process_creation").replace("TargetObject|contains: \\Run\\, Details|endswith: evil.exe", "CommandLine|contains: ' evil '"))
    called = vidocq("investigate", tmp_path / "log.jsonl", "--out", tmp_path / "out", "--rules", tmp_path / "rules")
    assert called.status == 0
    alerts = [json.loads(line) for line in (tmp_path / "out" / "alerts.ndjson").read_text().splitlines()]
    assert sum(a["source"] == "Sigma" for a in alerts) == 5
    assert (tmp_path / "out" / "report.html").stat().st_size < 4 << 20
    assert "\u202e" not in called.out + called.err


def test_every_rule_that_cannot_be_used_is_listed_with_its_file_its_line_and_why(vidocq, tmp_path):
    (tmp_path / "log.jsonl").write_text(json.dumps(EVENT))
    (tmp_path / "rules").mkdir()
    elsewhere = RULE.replace("product: windows, category: registry_set", "product: nowhere, service: nothing")
    (tmp_path / "rules" / "two.yml").write_text(RULE + "---\n" + elsewhere + "---\n" + RULE.replace("condition: selection", "condition: selection and nobody").replace("Evil", "Worse"))
    (tmp_path / "rules" / "torn.yml").write_text("title: [\n")
    assert vidocq("investigate", tmp_path / "log.jsonl", "--out", tmp_path / "out", "--rules", tmp_path / "rules").status == 0
    told = (tmp_path / "out" / "problems.txt").read_text()
    assert "two.yml:8: " in told
    assert "no source of this kind is supported (nowhere nothing)" in told
    assert "two.yml:15: " in told
    assert "torn.yml" in told
