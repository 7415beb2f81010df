"""Tables of address ranges: who announces them and where they are; and the small tables of systems and of flaws."""

from __future__ import annotations

import csv
import io
import re
import socket
from itertools import zip_longest

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from vidocq.operations.enrich.addresses import Ranges, network
from vidocq.operations.enrich.tables import RangeTable, Tables


def read_asn(data: bytes, tables: Tables) -> bool:
    """`first,last,asn,organisation` or `network,asn,organisation`; whether at least one row is."""
    read = _read(data, 2)
    if read is None:
        return False
    ranges, (asn, organisation) = read
    bare = pc.utf8_ltrim(asn, characters="ASas")
    numbers = pc.cast(pc.if_else(pc.utf8_is_digit(bare), bare, None), pa.int64())
    tables.asn.append(RangeTable(ranges, pa.table({"asn": numbers, "organisation": organisation})))
    return True


def read_countries(data: bytes, tables: Tables) -> bool:
    """`first,last,country` or `network,country`; whether at least one row is."""
    read = _read(data, 1)
    if read is None:
        return False
    codes = [c.upper() if c and re.fullmatch("[A-Za-z]{2}", c) else None for c in read[1][0].to_pylist()]
    tables.country.append(RangeTable(read[0], pa.table({"country": pa.array(codes, pa.string())})))
    return True


def read_abusive(data: bytes, tables: Tables) -> bool:
    """A table of autonomous systems known for abuse, the number in its first column; whether it holds any."""
    cells = (row[0].strip().upper().removeprefix("AS") for row in csv.reader(io.StringIO(data.decode("utf-8-sig", "replace"))) if row)
    found = {int(c) for c in cells if c.isdigit()}
    if found:
        tables.abusive = (tables.abusive or set()) | found
    return bool(found)


EXPLOITED = {"cve": ("cveid", "cve"), "vendor": ("vendorproject", "vendor"), "product": ("product",), "title": ("vulnerabilityname", "name"),
             "added": ("dateadded", "added"), "ransomware": ("knownransomwarecampaignuse", "ransomware")}


def read_exploited(data: bytes, tables: Tables) -> bool:
    """The catalogue of flaws that are known to be exploited, as CISA publishes it; whether it holds any."""
    rows = [{k.lower(): v for k, v in row.items() if isinstance(k, str)} for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig", "replace")))]
    found = [{to: next((row[c] for c in names if row.get(c)), None) for to, names in EXPLOITED.items()} for row in rows]
    kept = sorted((r for r in found if (r["cve"] or "").startswith("CVE-")), key=lambda r: r["cve"] or "")
    if kept:
        tables.exploited = pa.Table.from_pylist(kept, pa.schema([(c, pa.string()) for c in EXPLOITED]))
    return bool(kept)


def _read(data: bytes, columns: int) -> tuple[Ranges, list[pa.Array]] | None:
    """The ranges of a table, and its next columns; a header and rows that are no range are left out."""
    head = data.lstrip(b"\xef\xbb\xbf \r\n").split(b"\n", 1)[0].decode("utf-8", "replace")
    tab = "\t" in head
    cells = next(csv.reader([head], delimiter="\t" if tab else ","), [])
    # A header tells nothing about the shape: `network,…` against `first,last,…`.
    by_network = "/" in cells[0] if network(cells[0]) else "network" in cells[0].lower() or "cidr" in cells[0].lower() if cells else False
    table = _csv(data, tab)
    if table is None or table.num_columns < (2 if by_network else 3):
        return None
    lead = 1 if by_network else 2
    first, last = table.column(0), table.column(0 if by_network else 1)
    values = [table.column(lead + i).combine_chunks() if lead + i < table.num_columns else pa.nulls(table.num_rows, pa.string()) for i in range(columns)]
    begin, end = (None, None) if by_network else (_numbers(first), _numbers(last))
    if begin is not None and end is not None:
        return Ranges.of_arrays(begin, end, np.arange(table.num_rows)), values
    found = [(*n, i) for i, (a, b) in enumerate(zip_longest(first.to_pylist(), last.to_pylist())) if (n := network(a if by_network else f"{a}-{b}"))]
    return (Ranges.of(found), values) if found else None


def _csv(data: bytes, tab: bool) -> pa.Table | None:
    width = len(next(csv.reader([data.split(b"\n", 1)[0].decode("utf-8", "replace")], delimiter="\t" if tab else ","), []))
    names = [f"c{i}" for i in range(width)]
    try:
        return arrow_csv.read_csv(
            io.BytesIO(data),
            arrow_csv.ReadOptions(column_names=names),
            arrow_csv.ParseOptions(delimiter="\t" if tab else ",", invalid_row_handler=lambda row: "skip"),
            arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), check_utf8=False),
        )
    except pa.ArrowInvalid:
        return None


def _numbers(column: pa.ChunkedArray) -> np.ndarray | None:
    """A column of IPv4 addresses as numbers; None where one is something else."""
    try:
        packed = b"".join([socket.inet_pton(socket.AF_INET, text) for text in column.to_pylist()])
    except (OSError, TypeError, ValueError):
        return None
    return np.frombuffer(packed, ">u4").astype(np.int64)
