"""What the ids of ATT&CK techniques are called, and in which order its tactics stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

TACTICS = (
    "reconnaissance", "resource-development", "initial-access", "execution", "persistence", "privilege-escalation", "defense-evasion",
    "credential-access", "discovery", "lateral-movement", "collection", "command-and-control", "exfiltration", "impact",
)


@dataclass(frozen=True, slots=True)
class Technique:
    """A technique under its name; `tactics` in the order of ATT&CK, empty where the id is not known here."""

    id: str
    name: str
    tactics: tuple[str, ...]


@cache
def _table() -> dict[str, Technique]:
    lines = files(__package__).joinpath("attack.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {id: Technique(id, name, tuple(tactics.split())) for id, name, tactics in rows}


def technique(id: str) -> Technique:
    """The technique of this id; a sub-technique carries its parent's name. An unknown id stands for itself."""
    known = _table().get(id)
    if known is None:
        return Technique(id, "", ())
    parent = _table().get(id.partition(".")[0]) if "." in id else None
    return Technique(id, f"{parent.name}: {known.name}" if parent else known.name, known.tactics)


def in_order(ids: list[str]) -> list[Technique]:
    """These techniques by their earliest tactic, then by id; unknown ones last."""
    found = [technique(id) for id in dict.fromkeys(ids)]
    return sorted(found, key=lambda t: (TACTICS.index(t.tactics[0]) if t.tactics else len(TACTICS), t.id))
