"""Every source reads its own samples (as it says: `test_content.py`), and the law of reading holds: read = kept + duplicate + quarantined."""

import datetime as dt
import ipaddress
import json
import random
import re
from pathlib import Path

import pytest

from vidocq.catalogue import load
from vidocq.content import sources
from vidocq.model.event import columns
from vidocq.model.source import Head
from vidocq.operations.check import told, unit_cases
from vidocq.operations.ingest import ingest
from vidocq.store.duckdb import Store

ROOM = Path(sources.__path__[0])
CATALOGUE = load()
PACKED = (".gz", ".zip", ".zst", ".bz2", ".xz", ".parquet", ".evtx")


def samples(folder):
    return sorted(p for p in folder.iterdir() if p.name.startswith("sample"))


def read(paths, chunks=1, store=None):
    """A store that has read these files, and the report of each. The law is checked on the way."""
    store = store or Store()
    reports = list(ingest(store, CATALOGUE, list(paths), chunks=chunks))
    for r in reports:
        assert r.skipped or r.read == r.events + r.duplicates + r.rejected, r
    return store, reports


def kept(store):
    return sorted(json.dumps(e, sort_keys=True) for e in told(store))


UNITS = sorted(CATALOGUE.sources)
FOLDERS = [pytest.param(ROOM / unit, id=unit) for unit in UNITS if (ROOM / unit).is_dir()]


def test_every_source_has_a_sample_that_is_played():
    assert {case.unit for case in unit_cases(CATALOGUE) if case.room == "sources"} == {p.id for p in FOLDERS}


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_column_is_one_of_its_class(folder):
    for line in (folder / "expected.jsonl").read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        assert set(event) - {"class"} <= set(columns(event["class"]))


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_machine_and_an_address_have_one_form_in_every_log(folder):
    for line in (folder / "expected.jsonl").read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        assert (event.get("host") or "").lower() == (event.get("host") or ""), event
        for column in ("src_ip", "dst_ip"):
            assert column not in event or event[column] == str(ipaddress.ip_address(event[column])), event


@pytest.mark.parametrize("unit", UNITS)
def test_every_map_names_columns_of_its_class(unit):
    for m in CATALOGUE.sources[unit].maps:
        assert set(m.columns) <= set(columns(m.of))
        assert {"source", "digest"}.isdisjoint(m.columns)
        assert "time" in m.columns


def grown(data):
    """A sample of a few lines several times: text is known by most of its lines, not by one."""
    return data * (4 if data.count(b"\n") < 4 else 1)


def junk(chance):
    """A line that no writer of logs wrote."""
    return b"\xfe" + bytes(chance.choice([b for b in range(0x20, 0x100) if b != 0x85]) for _ in range(60)) + b"\n"


@pytest.mark.parametrize("folder", FOLDERS)
def test_garbage_is_quarantined_and_the_rest_is_read(folder, tmp_path):
    chance = random.Random(folder.name)
    (tmp_path / "whole").mkdir()
    (tmp_path / "spoilt").mkdir()
    for sample in samples(folder):
        if sample.suffix not in PACKED:
            data = grown(sample.read_bytes())
            (tmp_path / "whole" / sample.name).write_bytes(data)
            (tmp_path / "spoilt" / sample.name).write_bytes(data + junk(chance))
    whole, before = read([tmp_path / "whole"])
    store, after = read([tmp_path / "spoilt"])
    assert kept(store) == kept(whole)
    assert sum(r.rejected for r in after) > sum(r.rejected for r in before)


@pytest.mark.parametrize("folder", FOLDERS)
def test_read_twice_is_stored_once(folder):
    store, first = read(samples(folder))
    once = kept(store)
    _, again = read(samples(folder), store=store)
    assert kept(store) == once
    assert sum(r.events for r in again) == 0
    assert sum(r.read for r in again) == sum(r.read for r in first)


@pytest.mark.parametrize("chunks", [10, 100])
@pytest.mark.parametrize("folder", FOLDERS)
def test_chunks_change_nothing(folder, chunks):
    whole, _ = read(samples(folder))
    parts, _ = read(samples(folder), chunks)
    assert kept(parts) == kept(whole)


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_damaged_record_is_shown_with_its_place_and_reason(folder):
    store, reports = read(samples(folder))
    rows = store.rows("SELECT * FROM quarantine")
    assert len(rows) == sum(r.rejected for r in reports) > 0
    assert all(r["path"] and r["position"] >= 1 and r["reason"] and r["source"] == folder.name for r in rows)


def test_a_security_lake_in_parquet_is_read_as_its_json(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    said = [json.loads(line) for line in (ROOM / "ocsf" / "sample.jsonl").read_text(encoding="utf-8").splitlines()[:4]]
    names = sorted({name for r in said for name in r})
    pq.write_table(pa.table({name: [r.get(name) for r in said] for name in names}), tmp_path / "lake.gz.parquet", compression="gzip")
    (tmp_path / "lake.jsonl").write_text("".join(json.dumps(r) + "\n" for r in said), encoding="utf-8")
    lake, [report] = read([tmp_path / "lake.gz.parquet"])
    plain, _ = read([tmp_path / "lake.jsonl"])
    assert (report.source, report.events) == ("ocsf", 4)
    own = {"digest", "uid"}
    assert [{k: v for k, v in e.items() if k not in own} for e in told(lake)] == [{k: v for k, v in e.items() if k not in own} for e in told(plain)]


def test_flow_logs_in_parquet(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    record = json.loads((ROOM / "aws_vpc_flow" / "sample.jsonl").read_text(encoding="utf-8").splitlines()[0])
    pq.write_table(pa.Table.from_pylist([record] * 3), tmp_path / "flow.parquet")
    (tmp_path / "cut.parquet").write_bytes((tmp_path / "flow.parquet").read_bytes()[:-20])
    store, reports = read([tmp_path])
    assert {r.path: (r.source, r.events) for r in reports} == {"flow.parquet": ("aws_vpc_flow", 3), "cut.parquet": (None, 0)}
    assert len(list(told(store))) == 3


def test_a_call_is_the_same_act_in_every_log_that_tells_it(tmp_path):
    """The trail of the cloud, and the same call in OCSF: Security Lake as it is, and as it was."""
    owner, other = "111122223333", "444455556666"
    policy = [json.dumps({"Statement": [{"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{account}:root"}, "Action": "s3:*"}]}) for account in (owner, other)]
    calls = [
        ("s3", "PutBucketPolicy", {"bucketName": "b", "bucketPolicy": policy[0]}), ("s3", "PutBucketPolicy", {"bucketName": "b", "bucketPolicy": policy[1]}),
        ("iam", "AttachUserPolicy", {"userName": "bob", "policyArn": "arn:aws:iam::aws:policy/AdministratorAccess"}),
        ("iam", "AttachUserPolicy", {"userName": "bob", "policyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}),
        ("s3", "CopyObject", {"bucketName": "b", "key": "k", "x-amz-server-side-encryption-aws-kms-key-id": f"arn:aws:kms:eu-central-1:{other}:key/x"}),
        ("s3", "CopyObject", {"bucketName": "b", "key": "k", "x-amz-server-side-encryption-aws-kms-key-id": f"arn:aws:kms:eu-central-1:{owner}:key/x"}),
        ("lambda", "UpdateFunctionCode20150331v2", {"functionName": "f"}), ("cloudtrail", "StopLogging", {"name": "t"}), ("ec2", "DescribeInstances", {}),
    ]
    trail, lake, before = [], [], []
    for n, (service, operation, request) in enumerate(calls):
        user = {"type": "IAMUser", "principalId": "AIDAEXAMPLE", "arn": f"arn:aws:iam::{owner}:user/ann", "accountId": owner}
        trail.append({"eventVersion": "1.08", "eventID": f"e{n}", "eventTime": "2024-03-05T08:00:00Z", "eventSource": f"{service}.amazonaws.com", "eventName": operation,
                      "userIdentity": user, "recipientAccountId": owner, "userAgent": "aws-cli/2.0", "requestParameters": request})
        said = {"class_uid": 6003, "metadata": {"uid": f"e{n}"}, "time": 1709625600000, "status_id": 1, "cloud": {"provider": "AWS", "account": {"uid": owner}},
                "actor": {"user": {"type": "IAMUser", "uid": user["arn"], "uid_alt": "AIDAEXAMPLE"}}, "http_request": {"user_agent": "aws-cli/2.0"}}
        api = {"operation": operation, "service": {"name": f"{service}.amazonaws.com"}}
        lake.append({**said, "api": {**api, "request": {"data": json.dumps(request)}}})
        before.append({**said, "api": api, "unmapped": {f"requestParameters.{k}": v for k, v in request.items()}})
    found = []
    for name, records in (("trail", trail), ("lake", lake), ("before", before)):
        (tmp_path / name).write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
        own = {"source", "digest", "detail"}
        found.append(sorted(({k: v for k, v in e.items() if k not in own} for e in told(read([tmp_path / name])[0])), key=lambda e: e["uid"]))
    assert [e.get("act") for e in found[0]] == [None, "shared outside", "rights granted", None, "encrypted for another", None, "function changed", "logging impaired", None]
    assert found[1] == found[0]
    assert found[2] == found[0]


@pytest.mark.parametrize("hours", [0, 4])
def test_a_clock_is_known_by_records_that_stand_far_behind(tmp_path, hours):
    """Channel by channel, as exporters write them: Security's records first, which carry no time of their own, then Sysmon's, which do."""
    wrong, right = dt.datetime(2024, 3, 5, 8, tzinfo=dt.UTC), dt.datetime(2024, 3, 5, 8, tzinfo=dt.UTC) + dt.timedelta(hours=hours)
    said = {"Hostname": "pc1.example.com", "@timestamp": wrong.isoformat(), "Message": "x" * 400}
    security = [{**said, "Channel": "Security", "EventID": 4688, "RecordNumber": n, "NewProcessName": "a.exe"} for n in range(400)]
    sysmon = [{**said, "Channel": "Microsoft-Windows-Sysmon/Operational", "EventID": 1, "RecordNumber": n, "Image": "a.exe", "UtcTime": f"{right:%Y-%m-%d %H:%M:%S}.000"} for n in range(5)]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(r) + "\n" for r in security + sysmon), encoding="utf-8")
    store, _ = read([tmp_path / "a.jsonl"])
    assert {e["time"] for e in told(store)} == {f"{right:%Y-%m-%dT%H:%M:%S}.000000Z"}


@pytest.mark.parametrize("unit,record", [
    ("osquery", {"name": "ports", "hostIdentifier": "srv1", "unixTime": 1709625600, "action": "added", "columns": {"address": "x" * 100_000, "port": "1"}}),
    ("product_alerts", {"activityType": 1, "primaryDescription": "x" * 100_000, "createdAt": "2024-03-05T08:00:00Z", "data": {"names": ["y" * 100_000]}}),
    ("crowdstrike_falcon", {"event_simpleName": "Other", "aid": "a", "cid": "c", "timestamp": 1709625600000, "Value": "x" * 100_000}),
    ("defender_hunting", {"category": "AdvancedHunting-DeviceInfo", "time": "2024-03-05T08:00:00Z", "properties": {"Timestamp": "2024-03-05T08:00:00Z", "DeviceName": "x" * 100_000}}),
])
def test_what_a_record_says_stays_json_however_long_it_is(unit, record):
    [(table, row)] = CATALOGUE.sources[unit].rows(record)
    assert table == "base_event"
    assert 30_000 < len(json.dumps(json.loads(row["fields"]))) < 80_000


def names_of_fields():
    """Every name that a field of any sample has."""
    told = (p.read_text(encoding="utf-8", errors="replace") for f in FOLDERS for p in samples(f.values[0]) if p.suffix in (".json", ".jsonl"))
    return sorted({name for said in told for name in re.findall(r'"([^"\\]+)"\s*:', said)})


@pytest.mark.parametrize("sample", [pytest.param(p, id=f"{f.id}/{p.name}") for f in FOLDERS for p in samples(f.values[0]) if p.suffix in (".json", ".jsonl")])
def test_no_value_chooses_the_source(sample):
    """Who calls may name the program `creationTime`: only names of fields, which the writer gives, tell a format."""
    said = sample.read_text(encoding="utf-8", errors="replace")[:20_000]
    spoken = json.dumps({"userAgent": names_of_fields()})
    ranked = sorted(CATALOGUE.sources.values(), key=lambda s: -s.rank)
    for text in (f"{said}\n{spoken}", f"{said[:1]}{spoken[1:]}{said[1:]}"):
        assert next(s.id for s in ranked if s.recognise(Head(sample.name, text))) == sample.parent.name
