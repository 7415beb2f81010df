"""A table of alerts as a SIEM exports it, and the mapping that describes it."""

import csv

HEADER = ("when", "rule", "title", "level", "host", "src", "user")
ROWS = (
    ("2025-03-04T10:00:00Z", "r1", "Malware found", "high", "ws1", "192.0.2.7", "ann"),
    ("2025-03-04T10:05:00Z", "r1", "Malware found", "high", "ws1", "192.0.2.7", "ann"),
    ("2025-03-04T11:00:00Z", "r2", "Port scan", "low", "ws2", "198.51.100.9", "bob"),
)
MAPPING = {"time": "when", "rule": "rule", "title": "title", "severity": "level", "host": "host", "ip": "src", "user": "user"}


def write_table(path, rows=ROWS, header=HEADER, separator=","):
    """A table of alerts as a SIEM exports it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as f:
        csv.writer(f, delimiter=separator).writerows([header, *rows])
    return path


def write_mapping(path, **changes):
    """A mapping for that table; a change of None leaves the key out."""
    said = {k: v for k, v in {**MAPPING, **changes}.items() if v is not None}
    path.write_text("".join(f"{k}: {v}\n" for k, v in said.items()), encoding="utf-8")
    return path
