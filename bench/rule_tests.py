"""Single events with the verdict a published rule set expects: how many hostile ones are alerted, how many innocent ones reach a person.

`python bench/rule_tests.py FILE [--only TYPE,…] [--half open|closed|both] [--show]`. FILE is JSON by line: rule, log_type, test, expected, event. Each event is a
run of its own: nothing before it, nothing after. The half of the rules whose name's SHA-256 begins with 8 to f is closed: of it only the counts are
told, never which test, so that nothing can be written for it. A test that leaves out the time its service always writes gets one.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import hashlib
import io
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

TIMES = {
    "AWS.CloudTrail": "eventTime", "Amazon.EKS.Audit": "requestReceivedTimestamp", "Databricks.Audit": "timestamp", "GSuite.ActivityEvent": "id.time", "GCP.AuditLog": "timestamp",
    "GitHub.Audit": "@timestamp", "Asana.Audit": "created_at", "Okta.SystemLog": "published", "Slack.AuditLogs": "date_create", "Auth0.Events": "data.date", "Snyk.GroupAudit": "created",
    "OneLogin.Events": "event_timestamp", "Crowdstrike.EventStreams": "metadata.eventCreationTime", "Duo.Authentication": "isotimestamp", "AWS.VPCFlow": "start", "Box.Event": "created_at",
    "Notion.AuditLogs": "event.timestamp", "Dropbox.TeamEvent": "timestamp", "Osquery.Differential": "unixTime", "Atlassian.Audit": "attributes.time", "AWS.S3ServerAccess": "time",
    "AWS.VPCDns": "query_timestamp", "Zscaler.ZIA.AdminAuditLog": "event.time", "GitLab.Production": "time", "Snowflake.QueryHistory": "START_TIME", "CiscoUmbrella.DNS": "timestamp",
    "Wiz.IssuesWebhook": "createdAt", "GitHub.Webhook": "repository.updated_at",
}
"""The field of each log that holds its time, for tests that left it out."""
EPOCH = {"Slack.AuditLogs": 1772359200, "OneLogin.Events": "2026-03-01 10:00:00", "Crowdstrike.EventStreams": 1772359200000, "Osquery.Differential": 1772359200, "Databricks.Audit": 1772359200000}
MOMENT = "2026-03-01T10:00:00Z"


def closed(rule: str) -> bool:
    return hashlib.sha256(rule.encode()).hexdigest()[0] in "89abcdef"


def as_written(test: dict[str, Any]) -> dict[str, Any]:
    """The event as its service writes it: without the fields that the collector added, with a time."""
    event = {k: v for k, v in test["event"].items() if not k.startswith("p_")}
    path = TIMES.get(test["log_type"] or "")
    if path:
        *way, last = path.split(".")
        at = event
        for step in way:
            at = at.setdefault(step, {}) if isinstance(at, dict) else {}
        if isinstance(at, dict):
            at.setdefault(last, EPOCH.get(test["log_type"], MOMENT))
    return event


def run(test: dict[str, Any]) -> dict[str, Any]:
    """What a run of this one event ends in."""
    from vidocq.errors import InputError
    from vidocq.operations.run import investigate

    folder = Path(tempfile.mkdtemp(prefix="rule-test-"))
    try:
        (folder / "in").mkdir()
        (folder / "in" / f"{(test['log_type'] or 'unnamed').lower()}.json").write_text(json.dumps(as_written(test)) + "\n")
        with contextlib.redirect_stderr(io.StringIO()):
            done = investigate([folder / "in"], out=folder / "out", threads=1)
        read = done.summary["events"]
        return {"read": bool(read), "rules": sorted(set(done.alerts["rule"].to_pylist())), "incidents": len(done.incidents), "titles": [i["title"] for i in done.incidents], "failed": ""}
    except InputError:
        return {"read": False, "rules": [], "incidents": 0, "titles": [], "failed": ""}
    except Exception as e:  # a run that breaks is a finding, not the end of the measurement
        return {"read": False, "rules": [], "incidents": 0, "titles": [], "failed": f"{type(e).__name__}: {e}"[:200]}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def tests(path: Path, only: list[str], half: str) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as f:
        for line in f:
            test = json.loads(line)
            if (not only or any((test["log_type"] or "").startswith(o) for o in only)) and (half == "both" or closed(test["rule"]) == (half == "closed")):
                yield test


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("file", type=Path, nargs="?")
    asked.add_argument("--only", default="")
    asked.add_argument("--half", choices=("open", "closed", "both"), default="open")
    asked.add_argument("--show", action="store_true", help="each test of the open half: what was alerted")
    asked.add_argument("--workers", type=int, default=2)
    given = asked.parse_args()
    if given.file is None:
        print("no file of tests named: nothing measured")
        return
    wanted = list(tests(given.file, [o for o in given.only.split(",") if o], given.half))
    count: Counter[tuple[str, str]] = Counter()
    with ProcessPoolExecutor(given.workers) as pool:
        for test, found in zip(wanted, pool.map(run, wanted, chunksize=4), strict=True):
            kind, service = "hostile" if test["expected"] else "innocent", test["log_type"] or "none named"
            for told in (kind, *((f"{kind} read",) if found["read"] else ()), *((f"{kind} alerted",) if found["rules"] else ()), *((f"{kind} raised",) if found["incidents"] else ()), *(("failed",) if found["failed"] else ())):
                count[service, told] += 1
                count["ALL", told] += 1
            if given.show and not closed(test["rule"]) and not (test["expected"] and found["rules"]):
                print(f"{kind:8} {service} {test['rule']} / {test['test']}: read={found['read']} {found['rules']} {found['titles']} {found['failed']}")
    print("| service | hostile | read | alerted | raised | innocent | read | alerted | raised | failed |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for service in sorted({s for s, _ in count}, key=lambda s: (s == "ALL", -count[s, "hostile"] - count[s, "innocent"])):
        cells = [count[service, f"{kind}{what}"] for kind in ("hostile", "innocent") for what in ("", " read", " alerted", " raised")] + [count[service, "failed"]]
        print(f"| {service} | " + " | ".join(map(str, cells)) + " |")


if __name__ == "__main__":
    main()
