"""Indicators of compromise as people exchange them: CSV, plain lists, STIX 2 bundles and MISP events, defanged or not."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from vidocq.operations.enrich.addresses import network, number

_FANGS = (
    (re.compile(r"^\s*(?:hxxp|h\*\*p|htxp|meow)(s?)(?=[\[(]?:)", re.I), r"http\1"),
    (re.compile(r"^\s*fxp(s?)(?=[\[(]?:)", re.I), r"ftp\1"),
    (re.compile(r"[\[({](?:\.|dot)[\])}]|\\\.", re.I), "."),
    (re.compile(r"[\[({]://[\])}]"), "://"),
    (re.compile(r"[\[({]:[\])}]"), ":"),
    (re.compile(r"[\[({]/[\])}]"), "/"),
    (re.compile(r"[\[({](?:@|at)[\])}]", re.I), "@"),
)
_HASH = re.compile(r"(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})", re.I)
_DOMAIN = re.compile(r"\*?\.?(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]\.?", re.I)
_MAILBOX = re.compile(r"[^@\s/]+@[^@\s/]+\.[^@\s/]+")


class Indicator(NamedTuple):
    """`kind` is an entity's (ip, domain, url, hash, mailbox, file), or `network` for a range of addresses; `label` the list that names it."""

    kind: str
    value: str
    label: str


def refang(text: str) -> str:
    """An indicator as it would stand in a log: `hxxps[:]//bad[.]example` becomes `https://bad.example`."""
    text = text.strip()
    for pattern, plain in _FANGS:
        text = pattern.sub(plain, text)
    return text


def defang(text: str) -> str:
    """An indicator that nobody opens by a slip: dots in brackets, `hxxp` for `http`."""
    scheme, colon, rest = text.partition("://")
    if not colon:
        return text.replace(".", "[.]")
    return re.sub("^http", "hxxp", scheme, flags=re.I) + colon + rest.replace(".", "[.]")


def kind_of(value: str) -> str | None:
    """What an indicator without a type is; None if it is nothing known."""
    if "://" in value:
        return "url"
    if _HASH.fullmatch(value):
        return "hash"
    if number(value) is not None:
        return "ip"
    if network(value) is not None:
        return "network"
    if _DOMAIN.fullmatch(value):
        return "domain"
    return "mailbox" if _MAILBOX.fullmatch(value) else None


def indicator(value: str, label: str, kind: str | None = None) -> Indicator | None:
    """The indicator under its canonical value; None if the value is nothing known. Its own look outranks a type that contradicts it."""
    value = refang(value)
    seen = kind_of(value) or ("url" if kind == "url" else None)
    if seen == "ip" or seen is None:
        # 192.0.2.1:8080 is how feeds write an address and its port.
        host, colon, port = value.rpartition(":")
        if colon and port.isdigit() and seen is None and (kind_of(host) in ("ip", "domain")):
            value, seen = host, kind_of(host)
    if seen is None:
        return Indicator("file", value, label) if kind == "file" and value else None
    if seen == "ip":
        value = value.strip("[]").lower()
    elif seen == "domain":
        value = value.lower().rstrip(".").removeprefix("*").removeprefix(".")
    elif seen in ("hash", "mailbox"):
        value = value.lower()
    return Indicator(seen, value, label)


def of_lines(text: str, label: str) -> Iterator[Indicator]:
    """One value a line; what follows it and lines that begin with `#` or `;` are remarks."""
    for line in text.splitlines():
        words = line.split("#")[0].split() if "://" not in line else line.split()
        if words and not words[0].startswith((";", "//", "#")):
            # A line of a hosts file points the name at an address that leads nowhere.
            value = words[1] if len(words) > 1 and words[0] in ("0.0.0.0", "127.0.0.1", "::1") else words[0].rstrip(",")
            found = indicator(value, label)
            if found:
                yield found


_ONE = ("value", "indicator", "ioc", "ioc_value", "indicator_value", "observable")
_EACH = ("ip", "ip_address", "ipv4", "dst_ip", "domain", "host", "hostname", "url", "hash", "md5", "sha1", "sha256", "md5_hash", "sha1_hash", "sha256_hash")
_VALUE = _ONE + _EACH
"""Columns that hold a value: one of the first says what a row is about; without any, each of the others says it too."""
_TYPE = ("type", "ioc_type", "indicator_type", "kind")
_LIST = ("list", "feed", "source", "malware", "malware_printable", "threat", "tag")


def of_csv(text: str, label: str) -> Iterator[Indicator] | None:
    """Rows under a header that names a value; None if no line is such a header. A header may stand in a remark, as abuse.ch writes it."""
    lines = text.splitlines()
    for n, line in enumerate(lines[:40]):
        header = [c.strip().strip('"').lower() for c in line.lstrip("# ").split(",")]
        if len(header) > 1 and any(c in _VALUE for c in header):
            body = (row for row in lines[n + 1 :] if row.strip() and not row.startswith("#"))
            return _rows(csv.DictReader(body, fieldnames=header, skipinitialspace=True), header, label)
        if line.strip() and not line.startswith("#"):
            return None
    return None


def of_rows(rows: list[Any], label: str) -> Iterator[Indicator]:
    """Objects whose keys are the columns of such a table."""
    plain = [{str(k).lower(): v for k, v in row.items()} for row in rows if isinstance(row, Mapping)]
    header = sorted({k for row in plain for k in row}, key=lambda k: (_VALUE.index(k) if k in _VALUE else len(_VALUE), k))
    return _rows(plain, header, label)


def _rows(rows: Iterable[Mapping[str, Any]], header: list[str], label: str) -> Iterator[Indicator]:
    values = [c for c in _VALUE if c in header]
    generic = [c for c in values if c in _ONE]
    kind, named = next((c for c in _TYPE if c in header), ""), next((c for c in _LIST if c in header), "")
    for row in rows:
        name = str(row.get(named) or "").strip() or label
        for column in generic[:1] or values:
            value = row.get(column)
            found = indicator(value, name, _plain_kind(str(row.get(kind) or ""))) if isinstance(value, str) and value.strip() else None
            if found:
                yield found


def _plain_kind(text: str) -> str | None:
    text = text.lower()
    return next((k for k in ("url", "file") if text.startswith(k)), None)


_COMPARISON = re.compile(
    r"""(?<![\w-])(NOT\s+)?(ipv4-addr|ipv6-addr|domain-name|url|email-addr|file)
    :(value|name|hashes\.?(?:'[^']*'|"[^"]*"|[\w-]+)?)
    \s*(NOT\s+)?(=|IN)\s*
    (\((?:[^()']|'(?:[^'\\]|\\.)*')*\)|'(?:[^'\\]|\\.)*')""",
    re.VERBOSE,
)
_LITERAL = re.compile(r"'((?:[^'\\]|\\.)*)'")


def of_stix(bundle: Mapping[str, Any] | list[Any], label: str) -> Iterator[Indicator]:
    """The values that the patterns of a bundle's indicators compare with, each alone; revoked ones and negations are left out."""
    objects = bundle.get("objects", [bundle]) if isinstance(bundle, Mapping) else bundle
    for thing in objects if isinstance(objects, list) else ():
        if not isinstance(thing, Mapping) or thing.get("type") != "indicator" or thing.get("revoked") is True:
            continue
        for before, path, field, after, _, given in _COMPARISON.findall(str(thing.get("pattern", ""))):
            if before or after:
                continue
            for literal in _LITERAL.findall(given):
                kind = "url" if path == "url" else "file" if field == "name" else None
                found = indicator(re.sub(r"\\(.)", r"\1", literal), label, kind)
                if found:
                    yield found


def of_misp(document: Any, label: str) -> Iterator[Indicator]:
    """The attributes of MISP events, in objects too; those marked as no detection (`to_ids: false`) are left out."""
    events = document.get("response", document) if isinstance(document, Mapping) else document
    for item in events if isinstance(events, list) else [events]:
        event = item.get("Event", item) if isinstance(item, Mapping) else {}
        attributes = list(_things(event, "Attribute"))
        for part in _things(event, "Object"):
            attributes += _things(part, "Attribute")
        for attribute in attributes:
            if attribute.get("to_ids") is False or attribute.get("deleted") is True:
                continue
            yield from _of_attribute(str(attribute.get("type", "")), str(attribute.get("value", "")), label)


def _of_attribute(type_: str, value: str, label: str) -> Iterator[Indicator]:
    parts = value.split("|") if "|" in type_ else [value]
    for part_type, part in zip(type_.split("|"), parts, strict=False):
        kind = "url" if part_type in ("url", "uri", "link") else "file" if part_type == "filename" else None
        found = None if part_type in ("port", "comment", "text") else indicator(part, label, kind)
        if found and (found.kind != "file" or type_ == "filename"):
            yield found


def _things(of: Any, key: str) -> Iterator[Mapping[str, Any]]:
    found = of.get(key) if isinstance(of, Mapping) else None
    yield from (x for x in (found if isinstance(found, list) else []) if isinstance(x, Mapping))
