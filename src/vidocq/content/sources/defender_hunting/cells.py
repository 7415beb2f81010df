"""Cells of a row of Advanced Hunting: text or numbers, nested objects as JSON text, accounts and machines in several columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vidocq.model import control_plane
from vidocq.model.record import nested, text

Cells = Mapping[str, Any]


def cell(r: Cells, *names: str) -> str | None:
    """The first of these columns that says something."""
    for name in names:
        value = r.get(name)
        if isinstance(value, str | int | float) and str(value).strip() not in ("", "null", "None"):
            return str(value)
    return None


def opened(value: Any) -> Any:
    """What stands in a cell that holds JSON as text; None where it holds none."""
    try:
        return nested(value) if isinstance(value, str) else value
    except ValueError:
        return None


def extra(r: Cells, *names: str) -> str | None:
    """A field of `AdditionalFields`."""
    found = opened(r.get("AdditionalFields"))
    return text(found, *names) if isinstance(found, Mapping) else None


def address(r: Cells, *names: str) -> str | None:
    return control_plane.address(cell(r, *names))


def device(r: Cells) -> str | None:
    found = cell(r, "DeviceName", "DeviceId")
    return found.lower() if found else None


def account(r: Cells, prefix: str) -> str | None:
    """An account as Windows writes it, `domain\\name`; the name it signs in with where only that is told."""
    name, domain = cell(r, f"{prefix}Name"), cell(r, f"{prefix}Domain")
    if name and domain and "\\" not in name and "@" not in name:
        return f"{domain}\\{name}"
    return name or cell(r, f"{prefix}Upn", f"{prefix}Sid", f"{prefix}ObjectId")


def path(r: Cells, folder: str, file: str) -> str | None:
    """The whole path. `FolderPath` ends with the name of the file in most tables, and without it in some exports."""
    where, name = cell(r, folder), cell(r, file)
    if not where or not name or where.lower().endswith(name.lower()):
        return where or name
    return where.rstrip("\\/") + ("/" if where.startswith("/") else "\\") + name
