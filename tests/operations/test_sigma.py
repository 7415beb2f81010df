"""Sigma rules: every modifier and kind of log, the same answer as plain evaluation, and rules or events that mean harm."""

import gzip
import ipaddress
import json
import re
import time

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vidocq.catalogue import load
from vidocq.errors import UsageError
from vidocq.operations.ingest import ingest
from vidocq.operations.run import _sigma, investigate
from vidocq.operations.sigma.run import run_rules
from vidocq.store.duckdb import Store
from vidocq.store.kept import kept

CATALOGUE = load()
REGISTRY = {"product": "windows", "category": "registry_set"}
SYSMON = "Microsoft-Windows-Sysmon/Operational"


def rule(detection, logsource=REGISTRY, title="Made for a test", **more):
    """The document of a rule; a detection without a condition is a single selection."""
    whole = detection if "condition" in detection else {"selection": detection, "condition": "selection"}
    return {"title": title, "logsource": logsource, "detection": whole, **more}


def event(channel, number, data, record):
    """An event as evtx_dump writes it."""
    return {"Event": {"System": {
        "Provider": {"#attributes": {"Name": "Maker-" + channel.split("/")[0]}}, "EventID": number, "TimeCreated": {"#attributes": {"SystemTime": "2024-03-05T08:00:00.000000Z"}},
        "EventRecordID": record, "Channel": channel, "Computer": "WS01.example.com",
    }, "EventData": data}}


def stored(tmp_path, events):
    """A store of these (channel, number, data)."""
    file = tmp_path / "events.jsonl"
    file.write_text("".join(json.dumps(event(c, n, d, i)) + "\n" for i, (c, n, d) in enumerate(events)))
    store = Store()
    [report] = ingest(store, CATALOGUE, [file])
    assert report.events == len(events), report
    return store


def rules_below(tmp_path, *documents):
    folder = tmp_path / "rules"
    folder.mkdir(exist_ok=True)
    (folder / "all.yml").write_text(yaml.safe_dump_all(documents, allow_unicode=True))
    return folder


def hits(store):
    """For each finding of a rule its title and the number of the event."""
    return sorted((r["title"], int(r["uid"].rsplit("/", 1)[1])) for r in store.rows("SELECT title, uid FROM detection_finding WHERE source = 'sigma'"))


def met(tmp_path, document, *events):
    """The numbers of the events that a rule meets; every event is a registry value that was set unless it names another channel."""
    store = stored(tmp_path, [e if isinstance(e, tuple) else (SYSMON, 13, e) for e in events])
    found, problems = run_rules(store, [rules_below(tmp_path, document)])
    assert not problems
    assert found == len(hits(store))
    return [n for _, n in hits(store)]


MODIFIERS = {
    "equal without regard to case": ({"Details": "Evil"}, "eVIL", "evil2"),
    "a wildcard within": ({"Details": "ev*l?"}, "EV--ilX", "evil"),
    "an escaped wildcard": ({"Details": r"a\*b"}, "a*b", "axb"),
    "like's own wildcards are letters": ({"Details|contains": "1%_2"}, "01%_23", "01xx23"),
    "startswith": ({"Details|startswith": "C:\\Temp\\"}, "c:\\temp\\x", "x c:\\temp\\"),
    "endswith": ({"Details|endswith": "\\run.exe"}, "C:\\RUN.exe", "C:\\run.exe.txt"),
    "contains": ({"Details|contains": "it's"}, "so IT'S here", "its"),
    "contains all": ({"Details|contains|all": ["one", "two"]}, "two and one", "one and one"),
    "one of a list": ({"Details": ["one", "two"]}, "TWO", "three"),
    "re": ({"Details|re": r"^ab+\d$"}, "abb7", "ABB7"),
    "re without regard to case": ({"Details|re|i": r"^ab+\d$"}, "ABB7", "a7"),
    "re over lines": ({"Details|re|s": "a.b"}, "a\nb", "ab"),
    "re by line": ({"Details|re|m": "^b$"}, "a\nb\nc", "abc"),
    "cased": ({"Details|cased": "Evil"}, "Evil", "evil"),
    "cased contains": ({"Details|contains|cased": "Ev"}, "xEvil", "xevil"),
    "cidr": ({"Details|cidr": "10.1.0.0/17"}, "10.1.127.255", "10.1.128.0"),
    "cidr of version 6": ({"Details|cidr": "2001:db8::/33"}, "2001:0DB8:0:0:7fff::1", "2001:db8:8000::1"),
    "number": ({"Details": 42}, "42", "421"),
    "lt": ({"Details|lt": 10}, "9", "10"),
    "gte": ({"Details|gte": 10}, "10", "nine"),
    "windash": ({"Details|windash|contains": " -enc"}, "ps /enc x", "ps +enc x"),
    "base64": ({"Details|base64|contains": "secret"}, "x c2VjcmV0 y", "secret"),
    "base64offset": ({"Details|base64offset|contains": "a long secret"}, "eGEgbG9uZyBzZWNyZXQ=", "a long secret"),
    "wide base64": ({"Details|wide|base64offset|contains": "ping"}, "cABpAG4AZwA=", "cGluZw=="),
    "a field of its own": ({"Details|fieldref": "Other"}, "the same", "not the same"),
    "exists": ({"Details|exists": True}, "anything", None),
    "null": ({"Details": None}, None, "anything"),
    "an empty text": ({"Details": ""}, None, "anything"),
    "a dash": ({"Details": "-"}, None, "anything"),
    "neq": ({"Details|neq": "one"}, "two", "ONE"),
    "keywords": ({"selection": ["one thing", "two\\thing*s"], "condition": "selection"}, "say TWO\\thing and things", "two thing s"),
    "keywords all": ({"selection": {"|all": ["one", "two"]}, "condition": "selection"}, "two one", "two"),
    "a letter beyond ASCII": ({"Details|contains": "ÉTÉ*?x"}, "l'été..x", "l'ete..x"),
}


@pytest.mark.parametrize("name", MODIFIERS)
def test_a_modifier_meets_what_it_means_and_spares_its_twin(name, tmp_path):
    detection, guilty, innocent = MODIFIERS[name]
    events = [{"Other": "the same", "TargetObject": "HKLM\\x", **({"Details": d} if d is not None else {})} for d in (guilty, innocent)]
    assert met(tmp_path, rule(detection), *events) == [0]


CONDITIONS = {
    "a and not b": [0], "1 of sel_*": [0, 1], "all of sel_*": [1], "1 of them": [0, 1, 2], "all of them": [], "sel_a or (other and not sel_b)": [0, 1, 2], "not 1 of sel_*": [2, 3],
}


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_condition_means_what_it_says(condition, tmp_path):
    named = {"sel_a": {"Details|contains": "a"}, "sel_b": {"Details|contains": "b"}, "other": {"Details": "z"}}
    if condition == "a and not b":
        named = {"a": named["sel_a"], "b": named["sel_b"]}
    events = [{"TargetObject": "k", "Details": d} for d in ("a", "ab", "z")] + [{"TargetObject": "k"}]
    assert met(tmp_path, rule({**named, "condition": condition}), *events) == CONDITIONS[condition]


P, S = "Microsoft-Windows-PowerShell/Operational", SYSMON
KINDS = {
    "process_creation": ({"Image|endswith": "\\a.exe", "ParentImage|endswith": "\\p.exe", "CommandLine|contains": "-x", "OriginalFileName": "A.EXE", "Hashes|contains": "IMPHASH=AB", "Description": "d",
                          "IntegrityLevel": "High", "CurrentDirectory": "C:\\", "User|contains": "ann", "ParentCommandLine|endswith": "-p", "Company": "c", "Product": "p", "Imphash": "AB12"},
                         S, 1, {"Image": "C:\\a.exe", "ParentImage": "C:\\p.exe", "CommandLine": "a -x", "OriginalFileName": "a.exe", "Hashes": "MD5=11,IMPHASH=AB12", "Description": "D",
                                "IntegrityLevel": "High", "CurrentDirectory": "C:\\", "User": "X\\ann", "ParentCommandLine": "p -p", "Company": "C", "Product": "P"}, "OriginalFileName"),
    "registry_set": ({"TargetObject|contains": "\\Run\\", "Details|endswith": ".exe", "Image|endswith": "r.exe"}, S, 13, {"TargetObject": "HKLM\\Run\\x", "Details": "C:\\e.exe", "Image": "r.exe"}, "Details"),
    "registry_event": ({"EventType": "DeleteKey", "TargetObject|endswith": "k"}, S, 12, {"EventType": "DeleteKey", "TargetObject": "HKLM\\k"}, "TargetObject"),
    "registry_add": ({"TargetObject|endswith": "k"}, S, 12, {"EventType": "CreateKey", "TargetObject": "HKLM\\k"}, "EventType"),
    "registry_delete": ({"TargetObject|endswith": "k"}, S, 12, {"EventType": "DeleteValue", "TargetObject": "HKLM\\k"}, "EventType"),
    "image_load": ({"ImageLoaded|endswith": "l.dll", "Signed": "false"}, S, 7, {"Image": "C:\\a.exe", "ImageLoaded": "C:\\l.dll", "Signed": False}, "Signed"),
    "process_access": ({"TargetImage|endswith": "lsass.exe", "GrantedAccess": "0x1010", "SourceImage|endswith": "a.exe", "CallTrace|contains": "UNKNOWN"}, S, 10,
                       {"SourceImage": "C:\\a.exe", "TargetImage": "C:\\lsass.exe", "GrantedAccess": "0x1010", "CallTrace": "x|UNKNOWN(1)"}, "CallTrace"),
    "create_remote_thread": ({"TargetImage|endswith": "t.exe", "StartModule": None}, S, 8, {"SourceImage": "C:\\a.exe", "TargetImage": "C:\\t.exe"}, "TargetImage"),
    "file_event": ({"TargetFilename|endswith": ".hta"}, S, 11, {"Image": "C:\\a.exe", "TargetFilename": "C:\\x.HTA"}, "TargetFilename"),
    "pipe_created": ({"PipeName|startswith": "\\evil"}, S, 17, {"PipeName": "\\evil_1", "Image": "a.exe"}, "PipeName"),
    "dns_query": ({"QueryName|endswith": ".example.com"}, S, 22, {"QueryName": "a.example.com", "Image": "a.exe"}, "QueryName"),
    "network_connection": ({"Initiated": "true", "DestinationIp|cidr": "192.0.2.0/24", "DestinationPort": 4444, "Image|endswith": "a.exe"}, S, 3,
                           {"Image": "C:\\a.exe", "Initiated": True, "DestinationIp": "192.0.2.9", "DestinationPort": 4444, "SourceIp": "198.51.100.1"}, "DestinationPort"),
    "ps_script": ({"ScriptBlockText|contains": "Invoke-Thing"}, P, 4104, {"ScriptBlockText": "x; invoke-thing"}, "ScriptBlockText"),
    "ps_module": ({"Payload|contains": "thing"}, P, 4103, {"Payload": "a thing", "ContextInfo": "c"}, "Payload"),
    "wmi_event": ({"Destination|contains": "cmd"}, S, 20, {"Operation": "Created", "Destination": "cmd.exe"}, "Destination"),
    "driver_load": ({"ImageLoaded|endswith": ".sys"}, S, 6, {"ImageLoaded": "C:\\v.sys"}, "ImageLoaded"),
}


@pytest.mark.parametrize("category", KINDS)
def test_a_rule_about_a_kind_of_event_reads_all_its_fields(category, tmp_path):
    detection, channel, number, data, telling = KINDS[category]
    twin = {**data, telling: "innocent"}
    elsewhere = ("Somebody-Else/Operational", number, data)
    assert met(tmp_path, rule(detection, {"product": "windows", "category": category}), (channel, number, data), (channel, number, twin), elsewhere) == [0]


SERVICES = {
    "security": ("Security", 4624, {"TargetUserName": "ann", "LogonType": 9, "LogonProcessName": "seclogo"}, {"EventID": 4624, "LogonType": 9, "LogonProcessName": "seclogo"}),
    "system": ("System", 7045, {"ServiceName": "evil", "ImagePath": "C:\\e.exe"}, {"Provider_Name": "Maker-System", "EventID": 7045, "ServiceName": "evil"}),
    "application": ("Application", 1000, {"Data": ["a", "lsass.exe"]}, {"EventID": 1000, "Data|contains": "lsass"}),
    "windefend": ("Microsoft-Windows-Windows Defender/Operational", 1119, {"Threat Name": "Bad"}, {"EventID": 1119, "ThreatName": "bad"}),
    "taskscheduler": ("Microsoft-Windows-TaskScheduler/Operational", 129, {"TaskName": "\\x"}, {"EventID": 129, "TaskName": "\\x"}),
    "powershell-classic": ("Windows PowerShell", 400, {"Data": "HostApplication=evil"}, {"EventID": 400, "Data|contains": "=evil"}),
    "sysmon": (SYSMON, 1, {"Image": "C:\\a.exe", "RuleName": "odd"}, {"EventID": 1, "RuleName": "odd"}),
}


@pytest.mark.parametrize("service", SERVICES)
def test_a_rule_about_a_channel_reads_its_events_alone(service, tmp_path):
    channel, number, data, detection = SERVICES[service]
    twins = [(channel, number + 5000, data), ("Another-Channel/Admin", number, data)]
    assert met(tmp_path, rule(detection, {"product": "windows", "service": service}), (channel, number, data), *twins) == [0]


def test_process_starts_of_the_security_log_are_process_starts(tmp_path):
    document = rule({"Image|endswith": "\\a.exe", "CommandLine|contains": "-x"}, {"product": "windows", "category": "process_creation"})
    data = {"NewProcessName": "C:\\a.exe", "CommandLine": "a -X", "SubjectUserName": "ann"}
    assert met(tmp_path, document, ("Security", 4688, data), ("Security", 4688, {**data, "CommandLine": "a"})) == [0]


def test_calls_of_a_cloud_are_read_from_their_columns(tmp_path):
    calls = [{
        "eventVersion": "1.08", "eventTime": "2024-03-05T08:00:00Z", "eventSource": "cloudtrail.amazonaws.com", "eventName": name, "awsRegion": "eu-west-1", "sourceIPAddress": "198.51.100.7",
        "userAgent": "x", "eventID": f"id/{n}", "userIdentity": {"type": "IAMUser", "arn": "arn:aws:iam::111122223333:user/ann"},
    } for n, name in enumerate(("StopLogging", "DescribeTrails"))]
    (tmp_path / "calls.json").write_text(json.dumps({"Records": calls}))
    store = Store()
    list(ingest(store, CATALOGUE, [tmp_path / "calls.json"]))
    cloud = {"product": "aws", "service": "cloudtrail"}
    good = rule({"eventSource": "cloudtrail.amazonaws.com", "eventName": ["StopLogging"], "sourceIPAddress|cidr": "198.51.100.0/24", "userIdentity.arn|endswith": "user/ann"}, cloud)
    blind = rule({"selection": {"eventName|startswith": "D"}, "filter": {"vpcEndpointId|startswith": "vpce"}, "condition": "selection and not filter"}, cloud, "Blind")
    _, [problem] = run_rules(store, [rules_below(tmp_path, good, blind)])
    assert hits(store) == [("Made for a test", 0)]
    assert "'Blind'" in problem
    assert "vpcEndpointId is not kept" in problem


# What a rule means, said once more and plainly: over the document, without the parser and without SQL.


def plain_pattern(text):
    out, n = "", 0
    while n < len(text):
        c = text[n]
        if c == "\\" and text[n + 1 : n + 2] in ("\\", "*", "?") and n + 1 < len(text):
            out, n = out + re.escape(text[n + 1]), n + 1
        else:
            out += {"*": ".*", "?": "."}.get(c) or re.escape(c)
        n += 1
    return out


def plain_value(value, modifiers, held):
    if value is None or (value in ("", "-") and not modifiers):
        return held is None or held == value
    if held is None:
        return False
    if "cidr" in modifiers:
        try:
            return ipaddress.ip_address(held) in ipaddress.ip_network(value)
        except ValueError:
            return False
    if "re" in modifiers:
        return re.search(value, held) is not None
    before = ".*" if {"contains", "endswith"} & set(modifiers) else ""
    after = ".*" if {"contains", "startswith"} & set(modifiers) else ""
    # A backslash at the very end of a value stays one, whatever is put behind it.
    return re.fullmatch(before + plain_pattern(str(value)) + after, held, re.DOTALL | (0 if "cased" in modifiers else re.IGNORECASE)) is not None


def plain_item(key, values, said):
    name, *modifiers = key.split("|")
    values = values if isinstance(values, list) else [values]
    return (all if "all" in modifiers else any)(plain_value(v, [m for m in modifiers if m != "all"], said.get(name)) for v in values)


def plainly(detection, said):
    named = {name: all(plain_item(k, v, said) for k, v in fields.items()) for name, fields in detection.items() if name != "condition"}
    return eval(detection["condition"].replace("1 of them", "any_of").replace("all of them", "all_of"), {"any_of": any(named.values()), "all_of": all(named.values()), **named})


LETTERS = st.text(alphabet="abAB*?\\%_'\".[é ", min_size=1, max_size=5)
VALUES = st.text(alphabet="abAB%_'\".[é\\ *", min_size=1, max_size=7).filter(lambda t: t == t.strip() and t != "-")
FIELDS = ["Details", "TargetObject", "Image"]
TEXTS = st.tuples(st.sampled_from(FIELDS), st.sampled_from(["", "|contains", "|startswith", "|endswith", "|contains|all", "|cased", "|contains|cased"]), st.lists(LETTERS, min_size=1, max_size=3))
OTHERS = st.one_of(
    st.tuples(st.sampled_from(FIELDS), st.just("|re"), st.lists(st.sampled_from(["^a", "b$", "a.b", "[ab]{2}", "\\\\", "é+"]), min_size=1, max_size=2)),
    st.tuples(st.sampled_from(FIELDS), st.just("|cidr"), st.lists(st.sampled_from(["10.0.0.0/9", "10.128.0.0/9", "::/1"]), min_size=1, max_size=2)),
    st.tuples(st.sampled_from(FIELDS), st.just(""), st.just([None])),
)
SELECTION = st.lists(st.one_of(TEXTS, TEXTS, OTHERS), min_size=1, max_size=2).map(lambda items: {name + mods: values for name, mods, values in items})
CONDITION = st.sampled_from(["one", "not one", "one and two", "one or two", "one and not two", "not (one or two)", "not (one and not two)", "1 of them", "all of them"])
HELD = st.one_of(VALUES, st.sampled_from(["10.1.2.3", "10.200.0.1", "::5", "ab", "A*b"]))
SAID = st.dictionaries(st.sampled_from(FIELDS), HELD, max_size=3)


def meant(text):
    """Values whose escapes mean the same alone and within a pattern: a backslash last, or before a wildcard, is the parser's own business."""
    return not re.search(r"\\+([*?]|$)", text)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(rules=st.lists(st.tuples(SELECTION, SELECTION, CONDITION), min_size=1, max_size=5), events=st.lists(SAID, min_size=1, max_size=8))
def test_rules_meet_what_plain_evaluation_meets(rules, events, tmp_path):
    rules = [r for r in rules if all(meant(v) for selection in r[:2] for values in selection.values() for v in values if v)]
    documents = [rule({"one": one, "two": two, "condition": condition}, title=f"rule {n}") for n, (one, two, condition) in enumerate(rules)]
    store = Store()
    for n, said in enumerate(events):
        text = json.dumps({**said, "EventID": "13"}).replace("'", "''")
        store.execute(f"INSERT INTO base_event (time, uid, source, digest, type, fields) VALUES (TIMESTAMP '2024-03-05', 'h/{n}', 'windows_event', 'd{n}', 'windows.sysmon.13', '{text}')")
    _, problems = run_rules(store, [rules_below(tmp_path, *documents)])
    assert not problems
    assert hits(store) == sorted((d["title"], n) for d in documents for n, said in enumerate(events) if plainly(d["detection"], said))


BROKEN = {
    "no YAML": "title: [unclosed",
    "no mapping": "- a\n- b",
    "no detection": "title: t\nlogsource: {product: windows, category: registry_set}",
    "a condition of an unknown name": yaml.safe_dump(rule({"a": {"Details": "x"}, "condition": "a and b"})),
    "an unknown modifier": yaml.safe_dump(rule({"Details|sideways": "x"})),
    "a pattern the store cannot search for": yaml.safe_dump(rule({"Details|re": "(?<=a)b"})),
    "a pattern that is none": yaml.safe_dump(rule({"Details|re": "a("})),
    "a placeholder": yaml.safe_dump(rule({"Details|expand": "%admins%"})),
    "a log of another kind": yaml.safe_dump(rule({"Details": "x"}, {"product": "toaster"})),
    "a correlation": yaml.safe_dump({"title": "t", "correlation": {"type": "event_count", "rules": ["x"], "group-by": ["a"], "timespan": "1h", "condition": {"gte": 2}}}),
    "an alias of itself": "title: t\nlogsource: {product: windows, category: registry_set}\ndetection: &d\n  selection: {Details: x}\n  again: *d\n  condition: selection",
    "a laugh a billion times": "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(f"{c}: &{c} [{', '.join([f'*{p}'] * 10)}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True)) + "title: t\ndetection: {s: {Details: *i}, condition: s}\nlogsource: {product: windows, category: registry_set}",
    "brackets without end": yaml.safe_dump(rule({"a": {"Details": "x"}, "condition": "(" * 400 + "a" + ")" * 400})),
    "a condition that grows": yaml.safe_dump(rule({**{f"s{n}": {"Details": [f"{n}-{i}" for i in range(100)]} for n in range(90)}, "condition": " or ".join(["1 of them"] * 100)})),
    "a selector of stars": yaml.safe_dump(rule({"a" * 60: {"Details": "x"}, "condition": "1 of " + "a*" * 25 + "b"})),
    "a name that is no field": yaml.safe_dump(rule({"Details') OR TRUE --\"": "x"})),
    "a NUL": 'title: t\nlogsource: {product: windows, category: registry_set}\ndetection: {s: {Details: "a\\0b"}, condition: s}',
    "deep YAML": "a: " + "[" * 3000 + "]" * 3000,
    "a list that is a title": "title: [a]\nlogsource: {product: windows, category: registry_set}\ndetection: {s: {Details: x}, condition: s}",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_costs_one_line_and_the_others_run(name, tmp_path):
    store = stored(tmp_path, [(SYSMON, 13, {"TargetObject": "k", "Details": "x"})])
    folder = rules_below(tmp_path, rule({"Details": "x"}, title="Good"))
    (folder / "broken.yaml").write_text(BROKEN[name])
    began = time.monotonic()
    _, problems = run_rules(store, [folder])
    assert time.monotonic() - began < 5
    assert hits(store) == [("Good", 0)]
    [problem] = problems
    assert "broken.yaml" in problem
    assert "is not used: " in problem
    assert "\n" not in problem
    assert len(problem) < 800


def test_a_rule_that_the_store_refuses_stops_no_other(tmp_path):
    # More than the store's engine nests, less than the reader of rules refuses.
    store = stored(tmp_path, [(SYSMON, 13, {"TargetObject": "k", "Details": "x"})])
    store.execute("SET max_expression_depth TO 20")
    deep = rule({"a": {"Details": "x"}, "condition": "not " * 40 + "a"}, title="Deep")
    _, [problem] = run_rules(store, [rules_below(tmp_path, rule({"Details": "x"}, title="Good"), deep, rule({"Details": "x"}, title="Also"))])
    assert hits(store) == [("Also", 0), ("Good", 0)]
    assert "'Deep'" in problem


def test_several_documents_of_one_file_are_several_rules_and_an_id_counts_once(tmp_path):
    store = stored(tmp_path, [(SYSMON, 13, {"TargetObject": "k", "Details": "x"})])
    one = rule({"Details": "x"}, title="One", id="11111111-1111-4111-8111-111111111111")
    folder = rules_below(tmp_path, one, rule({"Details": "x"}, title="Two"), {**one, "title": "Three"})
    found, [problem] = run_rules(store, [folder, folder])
    assert (found, hits(store)) == (2, [("One", 0), ("Two", 0)])
    assert "'Three'" in problem


@pytest.mark.parametrize("text", ["'; DROP TABLE base_event; --", "\\' OR 1=1 --", "$$ || x", "a\u0000b", "\ud800 half", "%' OR '%' LIKE '%", '{"a": 1}', "\\u0000", "line\r\nline\ttab"])
def test_hostile_text_is_only_text(text, tmp_path):
    data = {"TargetObject": "k", "Details": text, 'a"].b': text, "$.*": text}
    store = stored(tmp_path, [(SYSMON, 13, data), (SYSMON, 13, {"TargetObject": "k", "Details": "innocent"})])
    clean = text.replace("\0", "").replace("\ud800", "\ufffd")
    exact = re.sub(r"([\\*?])", r"\\\1", clean)
    run_rules(store, [rules_below(tmp_path, rule({"Details": exact}, title=f"About {clean}"), rule([exact], title="Words"))])
    assert {n for _, n in hits(store)} == {0}
    assert len(hits(store)) == 2
    assert store.count("base_event") == 2


def test_a_finding_says_what_its_rule_and_event_say(tmp_path):
    store = stored(tmp_path, [(SYSMON, 3, {"Image": "C:\\a.exe", "User": "X\\ann", "SourceIp": "198.51.100.1", "DestinationIp": "192.0.2.9"})])
    document = rule({"Image|endswith": "a.exe"}, {"product": "windows", "category": "network_connection"}, "Calls out", id="22222222-2222-4222-8222-222222222222", level="high",
                    description="Said at length.", tags=["attack.t1071.001", "attack.command-and-control", "cve.2020-1"])
    run_rules(store, [rules_below(tmp_path, document)])
    [row] = store.rows("SELECT * EXCLUDE (digest, time) FROM detection_finding")
    assert {k: v for k, v in row.items() if v is not None} == {
        "uid": f"WS01.example.com/{SYSMON}/0", "source": "sigma", "rule": "22222222-2222-4222-8222-222222222222", "title": "Calls out", "message": "Said at length.", "severity": 4,
        "product": "Sigma", "category": "threat", "host": "ws01.example.com", "actor_user": "X\\ann", "src_ip": "198.51.100.1", "dst_ip": "192.0.2.9", "techniques": "T1071.001",
        "tactics": "command-and-control",
    }


@pytest.mark.parametrize("level,severity", [("informational", 1), ("low", 1), ("medium", 2), ("high", 4), ("critical", 5)])
def test_a_level_is_a_severity(level, severity, tmp_path):
    store = stored(tmp_path, [(SYSMON, 13, {"TargetObject": "k", "Details": "x"})])
    run_rules(store, [rules_below(tmp_path, rule({"Details": "x"}, level=level))])
    assert store.rows("SELECT severity FROM detection_finding") == [{"severity": severity}]


def test_a_run_treats_matches_as_alerts_and_forgets_those_of_the_last(tmp_path):
    (tmp_path / "in").mkdir()
    lines = [json.dumps(event(SYSMON, 13, {"TargetObject": "k", "Details": d}, n)) for n, d in enumerate(("x", "y"))]
    (tmp_path / "in" / "log.jsonl.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    folder = rules_below(tmp_path, rule({"Details": "x"}, title="First"), rule({"Details|contains": ["x", "y"]}, title="Second"), rule({"Details|re": "("}, title="Broken"))
    one = investigate([tmp_path / "in"], tmp_path / "out", store=tmp_path / "store", rules=[folder])
    again = investigate([tmp_path / "in"], tmp_path / "out", store=tmp_path / "store", rules=[folder])
    told = [(a["title"], a["source"], a["origin"], a["events"]) for a in one.alerts.to_pylist()]
    uid = f"WS01.example.com/{SYSMON}/"
    assert sorted(told) == [("First", "Sigma", "third-party", [f"{uid}0"]), ("Second", "Sigma", "third-party", [f"{uid}0"]), ("Second", "Sigma", "third-party", [f"{uid}1"])]
    assert len({a["id"] for a in one.alerts.to_pylist()}) == 3
    assert sorted(a["id"] for a in again.alerts.to_pylist()) == sorted(a["id"] for a in one.alerts.to_pylist())
    assert [p for p in one.problems if "'Broken'" in p]
    assert investigate([tmp_path / "in"], tmp_path / "out", store=tmp_path / "store").alerts.num_rows == 0


def test_what_the_store_keeps_knows_when_other_rules_found_as_much(tmp_path):
    store = stored(tmp_path, [(SYSMON, 13, {"TargetObject": "k", "Details": d}) for d in ("x", "y")])
    said = "SELECT title FROM detection_finding"
    for title in ("Before", "After"):
        _sigma(store, [rules_below(tmp_path, rule({"Details": "x"}, title=title))], lambda stage, message: None)
        assert kept(store, said, ("detection_finding",)).to_pylist() == [{"title": title}]


def test_a_store_made_before_a_column_was_takes_it(tmp_path):
    old = Store(tmp_path / "store")
    old.execute("ALTER TABLE base_event DROP COLUMN fields")
    old.close()
    new = Store(tmp_path / "store")
    assert "fields" in new.query("SELECT * FROM base_event").column_names


def test_a_folder_of_rules_that_is_not_there_is_told_before_anything_is_read(tmp_path):
    (tmp_path / "in").mkdir()
    with pytest.raises(UsageError, match="nowhere"):
        investigate([tmp_path / "in"], tmp_path / "out", rules=[tmp_path / "nowhere"])
