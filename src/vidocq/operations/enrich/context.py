"""Reads a context folder: each file is recognised by its name or its content; one that nobody understands is named and skipped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from vidocq.operations.enrich import assets, indicators, ranges
from vidocq.operations.enrich.tables import Tables
from vidocq.operations.reading.files import open_input, walk

_PACKED = re.compile(r"\.(gz|xz|zst|bz2|zip)$", re.I)

COLUMN_BY_NAME = (
    (r"^internal", "internal"),
    (r"^iprange_(?P<label>[a-z0-9-]+)", "cloud"),
    (r"(^|[_-])vpn_(?!ipv[46])(?P<label>[a-z0-9-]+)", "vpn"),
    (r"(?P<label>[a-z0-9]+vpn)\b", "vpn"),
    (r"vpn", "vpn"),
    (r"data-?cent(er|re)|hosting", "hosting"),
    (r"^tor([._-]|$)", "tor"),
    (r"public-?dns|resolver", "resolver"),
    (r"scann(er|ing)", "scanner"),
    (r"parking|parked", "parked"),
    (r"dynamic-?dns|dyndns", "dynamic"),
    (r"shortener", "shortener"),
    (r"^(rpc|pool)(?=[s._-]|$)", r"\1"),
    (r"^(top|tranco|umbrella|majestic|alexa|cisco)([._-]|\d|$)|top-?\d", "popular"),
    (r"^(allowlist|known-?benign|warninglist)", "known_benign"),
)
"""Which column a plain list fills, by the name of its file; the first that matches decides."""

COLUMN_BY_TITLE = (
    (r"data ?-?cent(er|re)|hosting", "hosting"),
    (r"\bvpn\b", "vpn"),
    (r"\btor\b", "tor"),
    (r"public[- ]dns|dns resolver", "resolver"),
    (r"dynamic[- ]dns", "dynamic"),
    (r"shortener", "shortener"),
    (r"sinkhole", "listed"),
    (r"parking", "parked"),
    (r"scann(er|ing)\b|censys|shodan", "scanner"),
    (r"alexa|majestic|tranco|umbrella|\btop[- ]?\d", "popular"),
)
"""Which column a MISP warning list fills, by its file name, name and description; the others are known as harmless."""

CLOUD_BY_TITLE = (
    ("amazon", "aws|amazon"), ("microsoft", "azure|microsoft"), ("google", "gcp|google-cloud"),
    *((name, name) for name in ("ovh", "cloudflare", "digitalocean", "linode", "oracle", "akamai", "fastly", "stackpath")),
)  # fmt: skip
"""A warning list of address ranges that one of these publishes."""

INDICATORS_BY_NAME = re.compile(
    r"^(indicator|ioc|stix|misp[_-]?event|ipsum|blocklist|blacklist|denylist|firehol|feodo|urlhaus|threatfox|sslbl|threat)|[_-](ioc|indicator|blocklist)s?\b"
)

Reader = Callable[[str, bytes, str, Tables], bool]
BY_NAME: tuple[tuple[str, Reader], ...] = (
    (r"^asn-country|^country.*\.csv$|^geo-?(country|whois)", lambda n, b, s, t: ranges.read_countries(b, t)),
    (r"^asn([._-].*)?\.[ct]sv$", lambda n, b, s, t: ranges.read_asn(b, t)),
    (r"^bad[_-]?asn.*\.csv$", lambda n, b, s, t: ranges.read_abusive(b, t)),
    (r"^assets?\b.*\.csv$", lambda n, b, s, t: _assets(n, b, t)),
    (r"^(kev|known[_-]exploited).*\.csv$", lambda n, b, s, t: ranges.read_exploited(b, t)),
)


def read_context(folder: Path) -> Tables:
    """What the tables of a folder (or one file) say, and the problems met."""
    tables = Tables()
    if not folder.exists():
        tables.problems.append(f"{folder}: the context folder does not exist; nothing is enriched from it")
        return tables
    for item in walk([folder]):
        stream = open_input(item)
        data = b"".join(stream.chunks)
        if stream.trouble:
            tables.problems.append(f"{item.name}: {stream.trouble[0]}; the table is skipped")
        elif not _read(item.name, data, tables):
            tables.problems.append(f"{item.name}: neither its name nor its content is known as a context table; skipped (see reference/context)")
    return tables


def _read(name: str, data: bytes, tables: Tables) -> bool:
    """Whether the file was understood; what it says is in the tables."""
    plain = _PACKED.sub("", name.lower().replace("!", "/").rsplit("/", 1)[-1])
    stem = re.sub(r"\.(csv|tsv|txt|jsonl?|ndjson|list|netset|ipset)$", "", plain)
    for pattern, reader in BY_NAME:
        if re.search(pattern, plain):
            return reader(name, data, stem, tables)
    text = data.decode("utf-8-sig", "replace")
    if text.lstrip()[:1] in ("{", "["):
        return _json(plain, text, stem, tables)
    column, label = _column(stem)
    if column:
        return bool(tables.listing(column, label, list(_entries(text))))
    return _indicators(plain, text, stem, tables)


def _column(stem: str) -> tuple[str, str]:
    """(column, label) for a plain list, by its name; the label is what the name adds, else the name itself."""
    for pattern, column in COLUMN_BY_NAME:
        found = re.search(pattern, stem)
        if found:
            label = found.groupdict().get("label") or ("vpn" if column == "vpn" else stem)
            return found.expand(column) if "\\" in column else column, label
    return "", ""


def _entries(text: str) -> Iterator[str]:
    """The first address or name of each line: lists are written one a line, as `rank,name`, or with remarks behind."""
    for line in text.splitlines():
        words = re.split(r"[,;\s|]+", line.split("#")[0].strip().strip('"'), maxsplit=3)
        if words == [""]:
            continue
        yield next((w.strip('"') for w in words if w and not w.strip('"').isdigit()), "")


def _json(plain: str, text: str, stem: str, tables: Tables) -> bool:
    try:
        document: Any = msgspec.json.decode(text)
    except msgspec.DecodeError:
        document = _json_lines(text)
    if isinstance(document, dict) and isinstance(document.get("list"), list):
        return _warning_list(document, stem, tables)
    if _is_stix(document):
        return _take(tables, indicators.of_stix(document, stem), anyway=True)
    if _is_misp(document):
        return _take(tables, indicators.of_misp(document, stem), anyway=True)
    if isinstance(document, list) and document and isinstance(document[0], dict):
        if re.match(r"assets?\b", stem):
            return _asset_rows(stem, document, tables)
        if INDICATORS_BY_NAME.search(stem):
            return _take(tables, indicators.of_rows(document, stem))
    column, label = _column(stem)
    return bool(column) and bool(tables.listing(column, label, list(_strings(document))))


def _json_lines(text: str) -> list[Any]:
    out = []
    for line in text.splitlines():
        try:
            out.append(msgspec.json.decode(line))
        except msgspec.DecodeError:
            continue
    return out


def _is_stix(document: Any) -> bool:
    if isinstance(document, dict):
        return document.get("type") in ("bundle", "indicator")
    return isinstance(document, list) and any(isinstance(d, dict) and str(d.get("id", "")).startswith("indicator--") for d in document)


def _is_misp(document: Any) -> bool:
    first = document.get("response", document) if isinstance(document, dict) else document
    first = first[0] if isinstance(first, list) and first else first
    return isinstance(first, dict) and isinstance(first.get("Event", first if "Attribute" in first else None), dict)


def _warning_list(document: dict[str, Any], stem: str, tables: Tables) -> bool:
    label = re.sub(r"^misp[_-]", "", stem)
    entries = [e for e in document["list"] if isinstance(e, str)]
    if document.get("type") == "regex":
        return False
    title = f"{label} {document.get('name', '')} {document.get('description', '')}".lower()
    column = next((c for pattern, c in COLUMN_BY_TITLE if re.search(pattern, title)), "")
    cloud = next((c for c, pattern in CLOUD_BY_TITLE if re.search(rf"\b({pattern})", label)), "") if document.get("type") == "cidr" else ""
    if column == "listed":
        return _take(tables, (i for e in entries if (i := indicators.indicator(e, label))))
    if column:
        return bool(tables.listing(column, "vpn" if column == "vpn" else label, entries, document.get("type") == "string"))
    if cloud:
        return bool(tables.listing("cloud", cloud, entries))
    return bool(tables.listing("known_benign", label, entries, document.get("type") == "string"))


def _strings(document: Any) -> Iterator[str]:
    """Every text in a document: clouds publish their ranges under many names (`ip_prefix`, `ipv4Prefix`, `addressPrefixes`)."""
    if isinstance(document, str):
        yield document
    elif isinstance(document, dict):
        for value in document.values():
            yield from _strings(value)
    elif isinstance(document, list):
        for value in document:
            yield from _strings(value)


def _indicators(plain: str, text: str, stem: str, tables: Tables) -> bool:
    """Rows under a header that names a value are indicators whatever the file is called; a plain list only by its name."""
    if plain.endswith((".csv", ".txt")):
        rows = indicators.of_csv(text, stem)
        if rows is not None:
            return _take(tables, rows)
    return bool(INDICATORS_BY_NAME.search(stem)) and _take(tables, indicators.of_lines(text, stem))


def _take(tables: Tables, found: Iterator[indicators.Indicator], anyway: bool = False) -> bool:
    before = len(tables.indicators)
    tables.indicators.extend(found)
    return anyway or len(tables.indicators) > before


def _assets(name: str, data: bytes, tables: Tables) -> bool:
    rows = list(assets.of_csv(data.decode("utf-8-sig", "replace"), tables.problems, name))
    tables.assets.extend(rows)
    return bool(rows)


def _asset_rows(name: str, document: list[Any], tables: Tables) -> bool:
    for n, row in enumerate(document, 1):
        if isinstance(row, dict):
            tables.assets.extend(assets.of_row(row, tables.problems, f"{name}:{n}"))
    return bool(tables.assets)
