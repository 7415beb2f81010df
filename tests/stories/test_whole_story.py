"""An incident tells its whole story: the machine that was entered first, the way in among its rivals, where it went, and what no log covered."""

import gzip
import json
import re
import shutil
from dataclasses import dataclass

import pytest
from played import Played, played

from vidocq.operations.replay import replay
from vidocq.operations.run import investigate

DAY = "2025-03-03"
DEFENDER = {
    "TimeGenerated": f"{DAY}T06:04:00Z", "StartTime": f"{DAY}T06:03:00Z", "SystemAlertId": "0e000000-0000-0000-0000-00000000000a", "AlertName": "Suspicious coin miner", "DisplayName": "A miner was started",
    "AlertSeverity": "High", "ProviderName": "MDATP", "ProductName": "Microsoft Defender Advanced Threat Protection", "Entities": json.dumps([{"$id": "1", "Type": "host", "HostName": "SRV-WEB"}]),
}


@dataclass(frozen=True)
class Told:
    """The incidents of a run, with the details of the first by name."""

    play: Played

    @property
    def incident(self):
        [incident] = self.play.incidents
        return incident

    @property
    def details(self):
        return {d["name"]: d["value"] for d in self.incident["details"]}


@pytest.fixture(scope="module")
def exploited(tmp_path_factory):
    return Told(played(tmp_path_factory.mktemp("exploited"), "react2shell", seed=1, days=1, domains=("network", "host"), context=True))


@pytest.fixture
def again(exploited, tmp_path):
    """Investigates the same day once more after its logs were changed."""
    case = shutil.copytree(exploited.play.out.parent / "case", tmp_path / "case")

    def run(change):
        change(case / "input")
        investigate([case / "input"], tmp_path / "out", context=case / "context")
        return Told(Played(tmp_path / "out", exploited.play.truth))

    return run


def address_of(told):
    return next(name.removeprefix("the machine of ") for name, value in told.details.items() if name.startswith("the machine of ") and value == "srv-web")


def attacker(told):
    return told.play.attack("react2shell")["touch"][0]["name"]


def test_it_names_the_machine_and_the_account_that_it_began_with(exploited):
    assert (exploited.details["patient zero"], exploited.details["patient zero: account"]) == ("host:srv-web", "node")


def test_the_request_just_before_the_first_odd_child_is_the_way_in(exploited):
    told = exploited.details
    assert told["entry"] == "application"
    assert told["entry: from"] == attacker(exploited)
    assert told["entry: by"].startswith("POST ")
    assert 0 <= told["entry: before the first odd start"] <= 60
    assert "started by node on srv-web as node" in told["entry: first odd start"]


def test_the_rivals_say_that_no_log_was_heard(exploited):
    assert {exploited.details[f"entry by {way}"] for way in ("remote sign-in", "stolen credentials", "management plane")} == {"not covered"}
    assert "sign-ins (srv-web)" in exploited.details["not covered"]


def test_whoever_came_back_is_left_open_where_nothing_would_have_shown_what_stays(exploited):
    assert "left open" in exploited.details["came again 1"]
    assert attacker(exploited) in exploited.details["came again 1"]


def test_the_machine_is_isolated_once_and_the_address_that_came_in_is_blocked_first(exploited):
    actions = exploited.incident["actions"]
    assert [(a["on"], a["address"]) for a in actions if a["action"] == "isolate"] == [("host:srv-web", address_of(exploited))]
    assert next(a["on"] for a in actions if a["action"] == "block") == f"ip:{attacker(exploited)}"


def test_a_replay_tells_the_same_story(exploited):
    assert replay(exploited.play.out) > 0


def newly_made(address):
    """Nothing is known of the machine before two minutes ahead of the first request that did anything."""
    since = 1740980967.0

    def change(folder):
        trail = next((folder / "audit" / "srv-web").glob("*.gz"))
        lines = gzip.decompress(trail.read_bytes()).decode().removesuffix("\n").split("\n")
        trail.write_bytes(gzip.compress("\n".join(line for line in lines if float(re.search(r"audit\((\d+\.\d+)", line)[1]) >= since).encode() + b"\n"))
        for path in (folder / "zeek").rglob("*.gz"):
            lines = gzip.decompress(path.read_bytes()).decode().removesuffix("\n").split("\n")
            path.write_bytes(gzip.compress("\n".join(line for line in lines if f'"{address}"' not in line or json.loads(line)["ts"] >= since).encode() + b"\n"))

    return change


def test_it_is_found_on_a_machine_that_was_first_seen_two_minutes_before(again, exploited):
    told = again(newly_made(address_of(exploited)))
    assert told.details["patient zero"] == "host:srv-web"
    assert (told.details["entry"], told.details["entry: from"]) == ("application", attacker(exploited))
    assert {step for step in told.play.steps_of(told.incident, "react2shell") if step} == {s["id"].partition("/")[2] for s in told.play.attack("react2shell")["steps"]}


def test_an_alert_of_another_product_about_the_machine_joins(again):
    told = again(lambda folder: (folder / "defender.jsonl").write_text(json.dumps(DEFENDER) + "\n"))
    assert DEFENDER["SystemAlertId"] in {e["uid"] for e in told.incident["events"]}


def call(n, time, who, source, operation, service="ec2", **more):
    identity = {"type": "AssumedRole", "principalId": who, "arn": f"arn:aws:sts::111122223333:assumed-role/web/{who.partition(':')[2]}", "accountId": "111122223333", "accessKeyId": "ASIAEXAMPLE0000000WEB",
                "sessionContext": {"sessionIssuer": {"type": "Role", "arn": "arn:aws:iam::111122223333:role/web", "userName": "web"}}}
    return {"eventVersion": "1.09", "userIdentity": identity, "eventTime": time, "eventSource": f"{service}.amazonaws.com", "eventName": operation, "awsRegion": "eu-central-1", "sourceIPAddress": source,
            "userAgent": "aws-cli/2.15", "requestParameters": None, "responseElements": None, "eventID": f"0d000000-0000-0000-0001-{n:012}", "readOnly": operation.startswith(("List", "Describe", "Get")),
            "recipientAccountId": "111122223333", **more}


def with_a_stolen_role(address):
    instance = "i-0aaaaaaaaaaaaaaa1"
    made = {"instancesSet": {"items": [{"instanceId": instance, "privateIpAddress": address, "privateDnsName": "ip-10-0-0-80.ec2.internal"}]}}
    asked = ["ListBuckets", "DescribeInstances", "DescribeSecurityGroups", "ListUsers", "ListRoles", "DescribeVolumes", "DescribeSnapshots", "ListFunctions", "DescribeDBInstances", "ListSecrets", "DescribeVpcs", "ListClusters"]

    def change(folder):
        records = [call(0, "2025-03-01T08:00:00Z", "AROAEXAMPLEPIPELINE01:deploy", "198.51.100.200", "RunInstances", responseElements=made)]
        records += [call(10 + n, f"{DAY}T0{n}:10:00Z", f"AROAEXAMPLEWEB000001:{instance}", "198.51.100.201", "DescribeTags") for n in range(5)]
        records += [call(20 + n, f"{DAY}T06:30:{n:02}Z", f"AROAEXAMPLEWEB000001:{instance}", "203.0.113.222", operation) for n, operation in enumerate(asked)]
        (folder / "trail.json").write_text(json.dumps({"Records": records}))

    return change


def test_the_role_of_the_machine_that_is_used_elsewhere_joins_the_same_incident(again, exploited):
    told = again(with_a_stolen_role(address_of(exploited)))
    assert "203.0.113.222" in {e["name"] for e in told.incident["entities"]}
    assert any("srv-web -> account 111122223333" in str(value) and "cloud role" in str(value) for name, value in told.details.items() if name.startswith("passage"))
    assert told.details["entry by management plane"] == "nothing just before"


def signed_in_from(address):
    """Sign-ins of two other machines: one let the visitor in, one did not."""
    said = [("06:10:00", "srv-build", f"Accepted publickey for deploy from {address} port 40001 ssh2")]
    said += [(f"06:20:{n:02}", "srv-database", f"Failed password for root from {address} port 4100{n} ssh2") for n in range(4)]

    def change(folder):
        (folder / "auth.log").write_text("".join(f"<38>1 {DAY}T{time}Z {host} sshd 4242 - - {text}\n" for time, host, text in said))

    return change


def test_it_tells_where_it_went_by_what_and_where_it_tried_in_vain(again, exploited):
    told = again(signed_in_from(address_of(exploited))).details
    passages = [str(value) for name, value in told.items() if name.startswith("passage")]
    assert [p.partition("UTC  ")[2] for p in passages] == [f"{attacker(exploited)} -> srv-web as node by application", "srv-web -> srv-build as deploy by SSH"]
    assert told["tried and failed 1"].endswith("srv-web -> srv-database as root by SSH, 4 times")
    assert told["patient zero"] == "host:srv-web"
