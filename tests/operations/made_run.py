"""Runs in the shape of the contract, made up and always the same: a small one to look at, a large one to measure, one full of traps, one without alerts."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import random
import re
from pathlib import Path
from typing import Any

DAY = dt.datetime(2026, 3, 10, 6, 0, tzinfo=dt.UTC)
HYPOTHESES = {
    "credential_theft": ("The credentials are used by somebody else", False, -4.0),
    "c2_channel": ("A program on the host takes orders from outside", False, -5.0),
    "exfiltration": ("Data is taken out", False, -5.5),
    "something_else": ("Something else hostile", False, -6.0),
    "administration": ("An administrator at work", True, 1.0),
    "telemetry": ("A telemetry client that polls", True, 1.5),
    "backup": ("A backup or a replication job", True, 0.5),
    "noise": ("Internet noise that achieved nothing", True, 2.0),
}
QUESTIONS = [
    (
        "identity/new_address",
        "Has this key been used from this address before?",
        ["never", "rarely", "daily"],
        ["first_seen", "days_seen", "events"],
    ),
    ("identity/failed_logins", "Did attempts to log in fail around the time?", ["none", "a few", "a burst"], ["failed", "users"]),
    (
        "identity/new_operations",
        "Does the key call operations it never called before?",
        ["none", "some", "many of discovery"],
        ["operations", "services"],
    ),
    (
        "network/rhythm",
        "Do the connections to this destination keep a rhythm?",
        ["irregular", "loose", "steady"],
        ["median_period", "spread", "connections"],
    ),
    (
        "network/volume",
        "How much was sent out, against the host's habit?",
        ["as usual", "more", "far more"],
        ["bytes_out", "usual_bytes_out", "ratio"],
    ),
    ("network/peers", "How many other hosts talk to this destination?", ["many", "a few", "only this one"], ["hosts"]),
    (
        "names/age",
        "When was this domain first looked up here?",
        ["long known", "this week", "minutes before", "not covered"],
        ["first_lookup", "lookups"],
    ),
    (
        "hosts/parent",
        "Which program opened the connection?",
        ["a browser", "a service", "a script host", "not covered"],
        ["process", "parent"],
    ),
    ("cloud/denied", "Were calls of this key refused?", ["none", "a few", "many"], ["denied", "allowed"]),
    ("cloud/persistence", "Were new credentials made with this key?", ["no events", "one", "several"], ["created"]),
]
QUERY = """SELECT count(*) AS n, count(DISTINCT operation) AS operations, min(time) AS first_seen, max(time) AS last_seen
FROM api_activity
WHERE actor_key = '{name}'
  AND time BETWEEN TIMESTAMP '{start}' AND TIMESTAMP '{end}'
  AND coalesce(status, '') <> 'Throttled' AND read_only IS NOT NULL
GROUP BY ALL ORDER BY n DESC LIMIT 20"""


def stamp(seconds: float) -> str:
    return (DAY + dt.timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def digest(*parts: object) -> str:
    return hashlib.sha256("/".join(map(str, parts)).encode()).hexdigest()


def entity(kind: str, name: str) -> dict[str, str]:
    return {"kind": kind, "name": name}


PEOPLE = [entity("user", f"arn:aws:iam::111122223333:user/{n}") for n in ("mira", "oskar", "deploy-bot", "jana", "backup")]
KEYS = [entity("key", f"AKIAEXAMPLE{n:09d}") for n in (104729, 224737, 350377)]
HOSTS = [entity("host", n) for n in ("ws-114.corp.example.com", "db-02.corp.example.com", "build-7.corp.example.com")]
OUTSIDE = [entity("ip", n) for n in ("203.0.113.77", "198.51.100.23", "192.0.2.190")] + [
    entity("domain", n) for n in ("updates.example.net", "cdn-sync.example.org")
]
RULES = [
    ("identity/key_from_new_place", "Key {k} used from {o}, where it never was before", ["T1078.004"]),
    ("network/beaconing", "{h} calls {o} every 60 s", ["T1071.001", "T1573"]),
    ("network/large_upload", "{h} sent 4.1 GB to {o}", ["T1048.003"]),
    ("cloud/discovery_burst", "Key {k} listed 41 kinds of resource in 3 minutes", ["T1580", "T1526"]),
    ("third-party/scan", "ET SCAN Suspicious inbound to MSSQL port 1433 from {o}", ["T1046"]),
]


def step(rng: random.Random, place: str, question: int, who: dict[str, str], *, lean: float, hop: int) -> dict[str, Any]:
    qid, text, answers, names = QUESTIONS[question]
    answer = answers[-1 if rng.random() < lean else rng.randrange(len(answers))]
    silent = answer == "not covered"
    total = 0 if answer in ("none", "no events", "not covered") else rng.randrange(1, 90)
    facts = {n: rng.randrange(1, 4000) if "seen" not in n and "first" not in n else stamp(rng.randrange(90_000)) for n in names}
    if "process" in facts:
        facts |= {"process": "C:\\Windows\\System32\\wscript.exe", "parent": "explorer.exe"}
    weights = []
    for h in () if silent else rng.sample(list(HYPOTHESES), 3):
        toward = (1 - lean if HYPOTHESES[h][1] else lean) > rng.random()
        weights.append(
            {"hypothesis": h, "bits": rng.choice([1.5, 2.2, 4.0] if toward else [-0.5, -2.0, -2.0]), "counted": rng.random() < 0.8}
        )
    events = [digest(place, qid, hop, n)[:8] + "-4c1d-4f0a-9a57-" + digest(place, qid, n)[:12] for n in range(min(total, 20))]
    query = QUERY.format(name=who["name"], start=stamp(-86_400).replace("T", " ")[:-1], end=stamp(1800).replace("T", " ")[:-1])
    return {
        "hop": hop,
        "question": qid,
        "text": text,
        "entity": who,
        "answer": answer,
        "facts": {} if silent else facts,
        "weights": weights,
        "events": events,
        "events_total": total,
        "query": query,
    }


def investigation(n: int, verdict: str, incident: str | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """An investigation and the alert that opened it."""
    rng = random.Random(n)
    lean = {"raised": 0.85, "undecided": 0.5, "dismissed": 0.1}[verdict]
    rule, title, techniques = RULES[n % len(RULES)]
    story = int(incident[-1]) if incident else n
    k, o, p, machine = KEYS[story % 3], OUTSIDE[n % 5 if not incident else story % 5], PEOPLE[story % 5], HOSTS[(story + n % 2) % 3]
    who = {"identity": [p, k, o], "cloud": [k, p], "network": [machine, o]}.get(rule.split("/")[0], [o, machine])
    steps = [step(rng, f"{n}", q, who[i % len(who)], lean=lean, hop=0) for i, q in enumerate(rng.sample(range(10), 5))]
    steps += [
        step(rng, f"{n}", q, OUTSIDE[(story + 3) % 5] if q % 2 else HOSTS[(story + 1) % 3], lean=lean, hop=1)
        for q in rng.sample(range(10), 2)
    ]
    found = []
    for h in dict.fromkeys([*(w["hypothesis"] for s in steps for w in s["weights"]), "credential_theft", "administration"]):
        name, benign, prior = HYPOTHESES[h]
        bits = prior + sum(w["bits"] for s in steps for w in s["weights"] if w["counted"] and w["hypothesis"] == h)
        found.append({"id": h, "title": name, "benign": benign, "prior_bits": prior, "bits": round(bits, 2)})
    leading = max(found, key=lambda h: h["bits"] + (30 if h["benign"] == (verdict != "raised") else 0))
    ident, alert_id, at = "inv-" + digest("inv", n)[:16], "alert-" + digest("alert", n)[:16], stamp(n * 1371 % 80_000)
    concern = {"raised": 0.9 + n % 9 / 100, "undecided": 0.35 + n % 20 / 100, "dismissed": n % 13 / 1000 + 0.0004}[verdict]
    why = {
        "raised": "no innocent explanation holds against the answers",
        "undecided": "the answers point both ways and two sources were not there to ask",
        "dismissed": "it explains every answer and nothing speaks against it",
    }
    text = title.format(k=k["name"], o=o["name"], h=machine["name"])
    case = {
        "id": ident,
        "alerts": 1 + n * n % 40,
        "first_alert": alert_id,
        "opened_at": at,
        "verdict": verdict,
        "incident": incident,
        "leading": leading["id"],
        "concern": round(concern, 4),
        "calibrated": False,
        "hypotheses": found,
        "steps": steps,
        "unasked": ["identity/mfa", "network/volume", "cloud/persistence"][: n % 4],
        "gaps": ["No source recorded processes on " + machine["name"], "DNS was not listened to before 2026-03-10 07:00"][: n % 3],
        "summary": f"{verdict.capitalize()}: {leading['title'][0].lower() + leading['title'][1:]} ({leading['bits']:+.1f} bits); {why[verdict]}.",
    }
    alert = {
        "id": alert_id,
        "investigation": ident,
        "time": at,
        "origin": "third-party" if rule.startswith("third") else "native",
        "source": "suricata" if rule.startswith("third") else "vidocq",
        "rule": rule,
        "title": text,
        "severity": 2 + n % 3,
        "entities": who,
        "techniques": techniques,
        "events": [digest("e", n, i)[:16] for i in range(3)],
    }
    return case, alert


STORIES = [
    (
        "critical",
        94,
        "Stolen key of mira lists the account, makes a second key, and copies 4.1 GB out",
        "At 07:12 the key AKIAEXAMPLE000104729 of mira was used from 203.0.113.77, an address no key of the account "
        "had used in 90 days. Within three minutes it listed 41 kinds of resource; 17 calls were refused.\n\n"
        "At 07:31 it made a second key for deploy-bot. From then on both were used from the same address, "
        "and 4.1 GB went from the bucket customer-exports to 198.51.100.23, 210 times the daily habit.\n\n"
        "No administrator was logged in, no pipeline ran, and the backup job had ended at 04:00.",
        ["T1078.004", "T1580", "T1526", "T1098.001", "T1530", "T1048.003", "T1562.008"],
    ),
    (
        "high",
        71,
        "ws-114 calls updates.example.net every 60 seconds through a script host",
        "Since 09:40 wscript.exe on ws-114.corp.example.com has called updates.example.net every 60 s with 4 % of spread. "
        "Nobody else in the network talks to that domain; it was first looked up two minutes before the first call.",
        ["T1059.005", "T1071.001", "T1573", "T1204.002"],
    ),
    (
        "medium",
        48,
        "db-02 was reached with a guessed password and then searched the network",
        "After 412 refused attempts from 192.0.2.190 one succeeded at 13:05. "
        "The host then opened connections to 61 neighbours on port 445.",
        ["T1110.001", "T1021.002", "T1046"],
    ),
]


def incident(n: int, cases: list[dict[str, Any]]) -> dict[str, Any]:
    priority, score, title, summary, techniques = STORIES[n]
    rng, start = random.Random(n), 4300 + n * 9000
    others = [
        PEOPLE[n],
        PEOPLE[(n + 2) % 5],
        KEYS[n % 3],
        HOSTS[n % 3],
        HOSTS[(n + 1) % 3],
        OUTSIDE[n],
        OUTSIDE[3 + n % 2],
        entity("resource", "arn:aws:s3:::customer-exports"),
        entity("process", "wscript.exe"),
    ]
    roles = ["actor", "target", "credential", "source", "target", "source", "destination", "target", "parent"]
    what = [
        "ListBuckets",
        "GetCallerIdentity refused",
        "CreateAccessKey for deploy-bot",
        "GetObject customer-exports/2026-02.parquet",
        "connection to 198.51.100.23:443, 91 MB out",
        "lookup of updates.example.net",
    ]
    times = sorted(start + rng.betavariate(1.2, 3) * 9000 for _ in range(64))
    return {
        "id": f"inc-{n}",
        "merged": ["inc-" + digest("old", n)[:8]] if n == 0 else [],
        "title": title,
        "summary": summary,
        "priority": priority,
        "score": score,
        "first_seen": stamp(times[0]),
        "last_seen": stamp(times[-1]),
        "raised_at": stamp(times[9]),
        "hypotheses": [
            {"id": "credential_theft", "probability": 0.993},
            {"id": "exfiltration", "probability": 0.87},
            {"id": "administration", "probability": 0.02},
        ],
        "techniques": techniques,
        "entities": [{**e, "role": r} for e, r in zip(others, roles, strict=True)],
        "details": [
            {"name": "median beacon period", "value": 60.02, "unit": "s"},
            {"name": "bytes out", "value": 4_402_341_478, "unit": "bytes"},
            {"name": "first seen", "value": stamp(times[0]), "unit": ""},
        ],
        "indicators": [OUTSIDE[n], OUTSIDE[3 + n % 2], KEYS[n % 3]],
        "investigations": [c["id"] for c in cases],
        "events": [
            {
                "uid": digest("ev", n, i)[:8] + "-11ee-be56-0242ac120002",
                "time": stamp(t),
                "source": ["aws_cloudtrail", "zeek", "suricata"][(i * i + n) % 3],
                "what": what[i * 7 % 6],
            }
            for i, t in enumerate(times)
        ],
        "events_total": 1874,
        "actions": [
            {"action": "disable_key", "on": KEYS[n % 3], "why": "It is used by somebody else; the owner was not at work."},
            {"action": "isolate_host", "on": HOSTS[n % 3], "why": "The channel is still open."},
            {"action": "block_address", "on": OUTSIDE[n], "why": "Seen only with hostile activity."},
        ],
    }


def write(out: Path, run: dict[str, Any], **files: list[dict[str, Any]]) -> Path:
    out.mkdir(parents=True, exist_ok=True)
    (out / "run.json").write_text(json.dumps(run))
    for name in ("alerts", "investigations", "incidents"):
        (out / f"{name}.ndjson").write_text("".join(json.dumps(row) + "\n" for row in files.get(name, [])))
    return out


def run_of(events: int, alerts: int, investigations: int, incidents: int, **more: Any) -> dict[str, Any]:
    clock = {
        "started": "2031-07-07T07:07:07.070707Z",
        "finished": "2031-07-07T08:08:08.080808Z",
        "seconds": {"total": 98765.4321},
        "peak_rss_mb": 54321.5,
    }
    counts = {"events": events, "alerts": alerts, "investigations": investigations, "incidents": incidents}
    return {"version": "0.1.0", "inputs": [], **clock, **counts, **more}


def small(out: Path) -> Path:
    """3 incidents, 60 investigations."""
    made = []
    for n in range(60):
        verdict, story = ("raised", f"inc-{n % 3}") if n < 14 else ("undecided", None) if n < 21 else ("dismissed", None)
        made.append(investigation(n, verdict, story))
    cases = [case for case, _ in made]
    inputs = [
        {
            "path": "cloudtrail/2026-03-10.json.gz",
            "source": "aws_cloudtrail",
            "events": 48_211,
            "duplicates": 12,
            "rejected": 0,
            "skipped": None,
        },
        {"path": "zeek/conn.log", "source": "zeek", "events": 912_004, "duplicates": 0, "rejected": 3, "skipped": None},
        {"path": "suricata/eve.json", "source": "suricata", "events": 20_133, "duplicates": 0, "rejected": 0, "skipped": None},
        {"path": "README.txt", "source": None, "events": 0, "duplicates": 0, "rejected": 0, "skipped": "no source recognises it"},
    ]
    incidents = [incident(n, [c for c in cases if c["incident"] == f"inc-{n}"]) for n in range(3)]
    run = run_of(980_348, sum(c["alerts"] for c in cases), 60, 3, inputs=inputs)
    return write(out, run, alerts=[alert for _, alert in made], investigations=cases, incidents=incidents)


def silent(out: Path) -> Path:
    """A run without an alert."""
    return write(out, run_of(5000, 0, 0, 0))


TRAP = "</script><img src=x onerror=window.__ran=1><!-- [bold]x[/bold] \u202egnp.exe\u2066 \x1b[31mred\x07"
"""What an attacker may write anywhere: it closes elements, styles terminals, and turns text around."""


def traps(out: Path) -> Path:
    """Every text that a log can fill is a trap."""
    case, alert = investigation(3, "raised", "inc-0")
    case |= {"summary": TRAP, "gaps": [TRAP], "unasked": [TRAP]}
    case["steps"][0] |= {
        "text": TRAP,
        "answer": TRAP,
        "facts": {TRAP: TRAP, "nested": {"a": [TRAP]}},
        "events": [TRAP],
        "query": f"SELECT '{TRAP}' -- \ue000",
        "entity": entity("host", TRAP),
    }
    case["hypotheses"][0] |= {"title": TRAP}
    alert |= {"title": TRAP, "rule": TRAP, "source": TRAP, "entities": [entity("user", TRAP), entity(TRAP, "x")]}
    story = incident(0, [case])
    story |= {
        "title": TRAP,
        "summary": TRAP + "\n\n" + TRAP,
        "techniques": [TRAP],
        "indicators": [entity("file", TRAP)],
        "details": [{"name": TRAP, "value": TRAP, "unit": TRAP}],
    }
    story["entities"] = [{"kind": "user", "name": TRAP, "role": TRAP}]
    story["actions"] = [{"action": TRAP, "on": TRAP, "why": TRAP}]
    story["events"][0] |= {"what": TRAP, "uid": TRAP, "source": TRAP}
    inputs = [{"path": TRAP, "source": None, "events": 0, "duplicates": 0, "rejected": 0, "skipped": TRAP}]
    return write(out, run_of(10, 1, 1, 1, inputs=inputs), alerts=[alert], investigations=[case], incidents=[story])


def large(out: Path, count: int) -> Path:
    """`count` investigations of 6 steps whose ids, entities, times and event ids are all their own, and an incident; written fast."""
    out.mkdir(parents=True, exist_ok=True)
    rng = random.Random(1)
    models = [tuple(re.split(r"@([A-Z]+\d?)", json.dumps(x)) for x in _model(n)) for n in range(40)]
    with (out / "investigations.ndjson").open("w") as cases, (out / "alerts.ndjson").open("w") as alerts:
        for n in range(count):
            e = f"{rng.getrandbits(1024):0256x}"
            own = {
                "ID": e[:16],
                "AT": stamp(rng.randrange(2_000_000) + n % 1000 / 1000),
                "WHO": f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}",
                "N": str(n),
            }
            own |= {
                f"E{i}": f"{e[c : c + 8]}-{e[c + 8 : c + 12]}-{e[c + 12 : c + 16]}-{e[c + 16 : c + 20]}-{e[c + 20 : c + 32]}"
                for i in range(7)
                for c in (16 + 32 * i,)
            }
            for file, parts in zip((cases, alerts), models[n % 40], strict=True):
                filled = parts[:]
                filled[1::2] = [own[hole] for hole in parts[1::2]]
                file.write("".join(filled) + "\n")
    (out / "incidents.ndjson").write_text(json.dumps(incident(0, [])) + "\n")
    (out / "run.json").write_text(json.dumps(run_of(20_000_000, count, count, 1)))
    return out


def _model(n: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """An investigation with holes for what is its own: six steps, queries of 300 characters, seven event ids of 36."""
    verdict = "raised" if n == 0 else "undecided" if n < 3 else "dismissed"
    case, alert = investigation(n, verdict, None)
    who = entity("ip", "@WHO")
    case |= {
        "id": "inv-@ID",
        "first_alert": "alert-@ID",
        "opened_at": "@AT",
        "steps": case["steps"][:6],
        "summary": case["summary"] + " Asked of @WHO.",
    }
    for i, s in enumerate(case["steps"]):
        s |= {
            "entity": who,
            "query": QUERY.format(name="@WHO", start="@AT", end="@AT"),
            "events": ["@E0", f"@E{i + 1}"],
            "events_total": 40 + i,
        }
    return case, alert | {
        "id": "alert-@ID",
        "investigation": "inv-@ID",
        "time": "@AT",
        "title": f"{alert['title']} (@WHO)",
        "entities": [who, entity("host", "host-@N.example.com")],
    }
