"""Any table of alerts: a mapping file says which column is the time, the title, the severity, the rule, the host …

Flat `key: value` pairs, read with a YAML parser. Keys: time, time_format (`epoch_s`, `epoch_ms`, or left out for RFC 3339), title, rule, severity,
host, ip, dst_ip, user, domain, url, file, hash, message, techniques, source_from with source_until (the product's name is a column up to a character).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from vidocq.engine.mapping import FIELD
from vidocq.errors import UsageError
from vidocq.model.source import Head, Layout, Map, Source

_KNOWN = {"time", "time_format", "title", "rule", "severity", "host", "ip", "dst_ip", "user", "domain", "url", "file", "hash", "message", "techniques", "source_from", "source_until"}
_ENTITY = {"host": ("host", "host"), "ip": ("ip", "peer"), "dst_ip": ("ip", "destination"), "user": ("user", "actor"), "domain": ("domain", "destination"), "url": ("url", "destination"), "file": ("file", "file"), "hash": ("hash", "file")}
ROW = "row:"
"""A table has no ids: its records are named by their place. The first table of a store says that alone, another its name before it."""
_SCALES = {"epoch_s": 1_000_000, "epoch_ms": 1000, "epoch_us": 1}
_LEVELS = {"informational": 1, "info": 1, "low": 2, "medium": 3, "moderate": 3, "high": 4, "critical": 5, "severe": 5}


@dataclass(frozen=True, slots=True)
class AlertTable:
    """A source that reads the table of a mapping file, and what its author should hear of the tables it was tried on."""

    path: Path
    source: Source
    remarks: list[str]

    def told(self, used: bool) -> list[str]:
        """The remarks, a line each."""
        return self.remarks if used else [f"{self.path}: no input is a table with the columns it names for time and for title or rule; it was not used"]


def load_mapping(path: Path) -> AlertTable:
    """The table this file describes. Raises UsageError with what is wrong in it."""
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as e:
        raise UsageError(str(path), f"the mapping cannot be read ({type(e).__name__})", "write one `key: column` per line") from e
    if not isinstance(said, dict):
        raise UsageError(str(path), "the mapping is no list of `key: column` pairs", "write one `key: column` per line")
    for key, column in said.items():
        if isinstance(column, list | dict) or column in (None, ""):
            raise UsageError(str(path), f"the key {key!r} names no column", "write one `key: column` per line")
    keys = {str(k): str(v) for k, v in said.items()}
    if problem := _problem(keys):
        raise UsageError(str(path), *problem)
    remarks: list[str] = []
    maps = (Map("detection_finding", _columns(keys)),)
    return AlertTable(path, Source(id="alert_table", title="Table of alerts", recognise=_recogniser(keys, remarks), maps=maps, flat=True, rank=100, placed=ROW), remarks)


def _problem(keys: Mapping[str, str]) -> tuple[str, str] | None:
    """What is wrong in a mapping, and what to do."""
    if unknown := sorted(keys.keys() - _KNOWN):
        return f"unknown key {unknown[0]!r}", f"known keys are {', '.join(sorted(_KNOWN))}"
    if "time" not in keys or not ({"title", "rule"} & keys.keys()):
        return "it names no time, or neither title nor rule", "add `time: COLUMN` and `title: COLUMN`"
    if keys.get("time_format", "epoch_s") not in _SCALES:
        return f"unknown time_format {keys['time_format']!r}", f"write {', '.join(_SCALES)}, or leave it out for RFC 3339"
    if odd := [v for k, v in keys.items() if k not in ("time_format", "source_until") and not FIELD.fullmatch("{" + v + "}")]:
        return f"a column cannot be named {odd[0]!r} here: it has braces, or digits alone", "rename the column in the table"
    return None


def _recogniser(keys: Mapping[str, str], remarks: list[str]) -> Callable[[Head], Layout | None]:
    """Takes a table that has the time's column and the title's or the rule's: a log that lies beside it may hold one of these words."""
    needed = {keys["time"]}, {keys[k] for k in ("title", "rule") if k in keys}

    def recognise(head: Head) -> Layout | None:
        first = head.first_line()
        if first.lstrip().startswith(("{", "[")):
            return Layout("json") if any(all(names & found for names in needed) for found in _objects(head.text)) else None
        separator = max(",;\t|", key=first.count)
        header = {cell.strip() for cell in next(csv.reader([first], delimiter=separator), [])}
        if not all(names & header for names in needed):
            return None
        absent = (v for k, v in keys.items() if k not in ("time_format", "source_until") and v not in header)
        remarks.extend(f"{head.name}: it has no column {name!r}, which the mapping names; it is read without" for name in absent)
        return Layout("csv", separator=separator, unset=("", "-", "null", "NULL", "None"))

    return recognise


def _objects(text: str) -> Iterator[set[str]]:
    """The keys of the first objects of a text: of an array, or one per line. The last may be cut off by the end of what is known."""
    decoder, at = json.JSONDecoder(), text.find("{")
    for _ in range(20):
        if at < 0:
            return
        try:
            found, end = decoder.raw_decode(text, at)
        except ValueError:
            return
        yield {str(k) for k in found}
        at = text.find("{", end)


def _columns(keys: Mapping[str, str]) -> dict[str, str]:
    field = {k: "{" + v + "}" for k, v in keys.items() if k not in ("time_format", "source_until")}
    time = field["time"]
    scale = _SCALES.get(keys.get("time_format", ""))
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
        "time": when, "uid": f"variant || '{ROW}' || pos", "rule": rule, "title": title, "severity": level, "product": product, "category": "'threat'",
        "entities": f"to_json(list_filter([{listed}], lambda e: e IS NOT NULL))::VARCHAR" if listed else "'[]'",
    }
    columns |= {k: field[k] for k in ("message", "techniques") if k in keys}
    columns |= {to: name[k] for k, to in (("host", "host"), ("ip", "src_ip"), ("dst_ip", "dst_ip"), ("user", "actor_user")) if k in keys}
    return columns
