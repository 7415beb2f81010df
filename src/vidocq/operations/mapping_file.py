"""Any table of alerts: a mapping file says which column is the time, the title, the severity, the rule, the host …

Flat `key: value` pairs, read with a YAML parser. Keys: time, time_format (`epoch_s`, `epoch_ms`, or left out for RFC 3339), title, rule, severity,
host, ip, dst_ip, user, domain, url, file, hash, message, techniques, source_from with source_until (the product's name is a column up to a character).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from vidocq.errors import UsageError
from vidocq.model.source import Head, Layout, Map, Source

_KNOWN = {"time", "time_format", "title", "rule", "severity", "host", "ip", "dst_ip", "user", "domain", "url", "file", "hash", "message", "techniques", "source_from", "source_until"}
_ENTITY = {"host": ("host", "host"), "ip": ("ip", "peer"), "dst_ip": ("ip", "destination"), "user": ("user", "actor"), "domain": ("domain", "destination"), "url": ("url", "destination"), "file": ("file", "file"), "hash": ("hash", "file")}
_LEVELS = {"informational": 1, "info": 1, "low": 2, "medium": 3, "moderate": 3, "high": 4, "critical": 5, "severe": 5}


def load_mapping(path: Path) -> Source:
    """A source that reads the table this file describes. Raises UsageError with what is wrong in it."""
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as e:
        raise UsageError(str(path), f"the mapping cannot be read ({type(e).__name__})", "write one `key: column` per line") from e
    if not isinstance(said, dict):
        raise UsageError(str(path), "the mapping is no list of `key: column` pairs", "write one `key: column` per line")
    keys = {str(k): str(v) for k, v in said.items()}
    unknown = sorted(keys.keys() - _KNOWN)
    if unknown:
        raise UsageError(str(path), f"unknown key {unknown[0]!r}", f"known keys are {', '.join(sorted(_KNOWN))}")
    if "time" not in keys or not ({"title", "rule"} & keys.keys()):
        raise UsageError(str(path), "it names no time, or neither title nor rule", "add `time: COLUMN` and `title: COLUMN`")
    return Source(id="alert_table", title="Table of alerts", recognise=_recogniser(keys), maps=(Map("detection_finding", _columns(keys)),), flat=True, rank=100)


def _recogniser(keys: Mapping[str, str]):
    def recognise(head: Head) -> Layout | None:
        first = head.first_line()
        if keys["time"] not in first:
            return None
        if first.lstrip().startswith(("{", "[")):
            return Layout("json")
        return Layout("csv", separator=max(",;\t|", key=first.count), unset=("", "-", "null", "NULL", "None"))

    return recognise


def _columns(keys: Mapping[str, str]) -> dict[str, str]:
    field = {k: "{" + v + "}" for k, v in keys.items() if k not in ("time_format", "source_until")}
    time = field["time"]
    scale = {"epoch_s": 1_000_000, "epoch_ms": 1000, "epoch_us": 1}.get(keys.get("time_format", ""))
    when = f"make_timestamp(CAST(ROUND(TRY_CAST({time} AS DOUBLE) * {scale}) AS BIGINT))" if scale else f"CAST(TRY_CAST({time} AS TIMESTAMPTZ) AS TIMESTAMP)"
    title, rule = field.get("title") or field["rule"], field.get("rule") or field["title"]
    product = "'table'"
    if "source_from" in keys:
        product = f"trim(split_part({field['source_from']}, '{keys.get('source_until', ':').replace(chr(39), '')}', 1))"
    level = "3"
    if "severity" in keys:
        arms = " ".join(f"WHEN '{k}' THEN {v}" for k, v in _LEVELS.items())
        level = f"COALESCE(CASE lower({field['severity']}) {arms} END, LEAST(6, GREATEST(0, TRY_CAST({field['severity']} AS INTEGER))), 3)"
    lower = {"host", "domain", "hash"}
    name = {k: f"lower({field[k]})" if k in lower else field[k] for k in _ENTITY if k in keys}
    listed = ", ".join(f"CASE WHEN {name[k]} IS NOT NULL THEN json_object('kind', '{kind}', 'name', {name[k]}, 'role', '{role}') END" for k, (kind, role) in _ENTITY.items() if k in keys)
    columns = {
        "time": when, "uid": "'row:' || pos", "rule": rule, "title": title, "severity": level, "product": product, "category": "'threat'",
        "entities": f"to_json(list_filter([{listed}], lambda e: e IS NOT NULL))::VARCHAR" if listed else "'[]'",
    }
    columns |= {k: field[k] for k in ("message", "techniques") if k in keys}
    columns |= {to: name[k] for k, to in (("host", "host"), ("ip", "src_ip"), ("dst_ip", "dst_ip"), ("user", "actor_user")) if k in keys}
    return columns
