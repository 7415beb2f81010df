"""Zeek's logs, a file of each a day: JSON with some sensors, columns with others. Source: docs.zeek.org, "Zeek log formats"."""

from __future__ import annotations

from typing import Any

import msgspec

from vidocq.simulation.clock import date
from vidocq.simulation.firm import Firm
from vidocq.simulation.line import Form, Log
from vidocq.simulation.zeek import FIELDS


def _place(firm: Firm, log: str, at: float) -> str:
    return f"zeek/{date(at)}/{log.partition('/')[2]}.log.gz"


def _form(firm: Firm, log: str) -> Form:
    return Form(msgspec.json.encode) if firm.seed % 2 else _columns(log.partition("/")[2])


def _columns(log: str) -> Form:
    names, types = FIELDS[log]
    head = ("#separator \\x09", "#set_separator\t,", "#empty_field\t(empty)", "#unset_field\t-", f"#path\t{log}", "#fields\t" + "\t".join(names), "#types\t" + "\t".join(types))
    return Form(lambda record: "\t".join(_cell(record.get(n), t) for n, t in zip(names, types, strict=True)).encode(), ("\n".join(head) + "\n").encode())


def _cell(value: Any, kind: str) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "T" if value else "F"
    if isinstance(value, list):
        return ",".join(_cell(v, kind) for v in value) or "(empty)"
    if isinstance(value, float):
        return f"{value:.6f}"
    # A tab or a line's end inside a value would break the columns.
    return str(value).replace("\\", "\\x5c").replace("\t", "\\x09").replace("\n", "\\x0a") or "(empty)"


LOG = Log("zeek", _place, _form, sent=lambda log, record: ({"_path": log.partition("/")[2], **record},))
