"""What is known of a case whose truth lies beside it: which events are an attack's, and which entities."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vidocq.errors import UsageError

_OPEN = {".gz": gzip.decompress, ".xz": lzma.decompress, ".bz2": bz2.decompress}
_UNCLEAR = ("unknown", "context", "noise")
"""Labels under which a case can be called either way."""


@dataclass(frozen=True, slots=True)
class Attack:
    """An attack of the truth. `names` are its entities, `window` its first and last time."""

    id: str
    title: str
    things: frozenset[tuple[str, str]]
    window: tuple[str, str]
    labelled: bool


@dataclass(frozen=True, slots=True)
class Truth:
    """The truth about the inputs. Event ids are in lower case."""

    title: str
    attacks: tuple[Attack, ...]
    step: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Event of an attack -> the attack's id, and the title of its step."""
    unclear: frozenset[str] = frozenset()
    twins: Mapping[str, str] = field(default_factory=dict)
    """Event of an innocent twin -> its id."""

    def attack_of(self, alerts: Sequence[Mapping[str, Any]]) -> tuple[str, str] | None:
        """The attack that the alerts of one case tell of, and the step; by their events, or by name and time where no events are known."""
        for alert in alerts:
            for uid in alert.get("events") or ():
                if found := self.step.get(str(uid).lower()):
                    return found
        for attack in self.attacks:
            if not attack.labelled and any(_about(attack, a) for a in alerts):
                return attack.id, ""
        return None

    def clear(self, alerts: Sequence[Mapping[str, Any]]) -> bool:
        """Whether one can say that a case of no attack is innocent."""
        return not any(str(u).lower() in self.unclear for a in alerts for u in a.get("events") or ())

    def twin_of(self, alerts: Sequence[Mapping[str, Any]]) -> str:
        return next((t for a in alerts for u in a.get("events") or () if (t := self.twins.get(str(u).lower()))), "")


def _about(attack: Attack, alert: Mapping[str, Any]) -> bool:
    names = {name for _, name in attack.things}
    return attack.window[0] <= str(alert.get("time") or "") <= attack.window[1] and any(str(e["name"]).lower() in names for e in alert.get("entities") or ())


def read_truth(case: Path) -> Truth:
    """What `truth.json` and the labels beside it say. Raises UsageError."""
    path = case / "truth.json"
    if not path.is_file() or not (case / "input").is_dir():
        raise UsageError(str(case), "this is no case whose truth is known", "name a folder with input/ and truth.json, as `vidocq simulate --out DIR` writes it")
    said = json.loads(path.read_text(encoding="utf-8"))
    labels = _labels(case, str(said.get("labels") or ""))
    steps: dict[str, tuple[str, str]] = {}
    title = {s["id"]: (a["id"], s.get("title") or s["id"]) for a in said.get("attacks", ()) for s in a.get("steps") or ()}
    for attack in said.get("attacks", ()):
        for s in attack.get("steps") or ():
            steps |= {str(u).lower(): title[s["id"]] for u in s.get("events") or ()}
    only = said["attacks"][0]["id"] if len(said.get("attacks", ())) == 1 else ""
    for uid, label, step in labels:
        if label == "attack" and uid not in steps and (step in title or only):
            steps[uid] = title.get(step, (only, ""))
    told = {a for a, _ in steps.values()}
    return Truth(
        title=str(said.get("title") or said.get("name") or case.name),
        attacks=tuple(_attack(a, a["id"] in told) for a in said.get("attacks", ())),
        step=steps,
        unclear=frozenset(u for u, label, _ in labels if label in _UNCLEAR and u not in steps),
        twins={u: step.partition("/")[0] for u, label, step in labels if label == "benign" and step},
    )


def _attack(said: Mapping[str, Any], labelled: bool) -> Attack:
    named = [*(said.get("touch") or ()), *(t for s in said.get("steps") or () for t in s.get("touch") or ())]
    window = said.get("window") or ("", "9999")
    things = frozenset((str(e["kind"]), str(e["name"]).lower()) for e in named)
    return Attack(str(said["id"]), str(said.get("title") or said["id"]), things, (str(window[0]), str(window[1])), labelled)


def _labels(case: Path, name: str) -> list[tuple[str, str, str]]:
    """(event, label, step); a name that leads out of the case is not followed."""
    path = case / name
    if not name or not path.is_file() or not path.resolve().is_relative_to(case.resolve()):
        return []
    text = _OPEN.get(path.suffix, lambda b: b)(path.read_bytes()).decode("utf-8", "replace")
    return [(r["uid"].lower(), r["label"], r.get("step") or "") for r in csv.DictReader(io.StringIO(text))]
