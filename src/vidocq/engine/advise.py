"""What to do about an incident: containment before repair, and every reading gets its say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import zip_longest

from vidocq.engine.machines import is_address
from vidocq.model.belief import Hypothesis

_CONTAINS = frozenset({"disable_key", "block", "isolate", "reset_password", "purge"})
"""What stops an attack at once goes first, asking goes last; repairs lie between."""
_RUNS = re.compile(
    r"(^|[:/])i-[0-9a-f]{8,17}$|:function:|:(task|cluster|service|container-instance|nodegroup|notebook-instance|build|session|job)/|:(cluster|db|stateMachine|execution):"
    r"|/(instances|virtualMachines|functions|clusters|databases)/",
    re.IGNORECASE,
)
"""Names of instances, functions, tasks, clusters and databases. A role, a bucket or a group of rules cannot be stopped."""

_NOBODY = re.compile(r"^(nt authority|nt service|window manager|font driver host)\\|^(local|system|localsystem)$|\$$", re.IGNORECASE)
"""Accounts that the system brings along and machines' own: nobody answers for them, and none has a password to reset."""

Named = tuple[str, str]
"""Kind and name of an entity."""


def runs(name: str) -> bool:
    """Can what bears this name be stopped?"""
    return _RUNS.search(name) is not None


def _able(action: str, entity: Named, ours: Callable[[str, str], bool]) -> bool:
    """Nobody can isolate a machine that is a stranger's, should block one of ours at the edge, can stop what does not run, or ask an account that is nobody's."""
    kind, name = entity
    if kind == "user" and action in ("ask_owner", "reset_password"):
        return _NOBODY.search(name) is None
    if action == "stop" and kind == "resource":
        return runs(name)
    return kind != "ip" or action not in ("isolate", "block") or (action == "isolate") == ours(kind, name)


def _phase(action: str) -> int:
    return 0 if action in _CONTAINS else 2 if action == "ask_owner" else 1


def recommended(
    readings: Sequence[tuple[Hypothesis, frozenset[Named]]], entities: Sequence[Mapping[str, str]], ours: Callable[[str, str], bool], machines: Mapping[str, str]
) -> list[dict[str, str]]:
    """A row for each action on each entity; `readings` are hypotheses, each with the entities it is about, `machines` the hosts behind addresses and longer names: one is isolated once, and told with its addresses.

    Rows of one action and reason stand together. Within a phase the readings take turns.
    """
    phases: list[list[list[tuple[str, str, str]]]] = [[[a for a in h.actions if _phase(a[0]) == p] for h, _ in readings] for p in (0, 1, 2)]
    out: dict[tuple[str, str], dict[str, str]] = {}
    for queues in phases:
        for turn in zip_longest(*queues):
            for said, (_, about) in zip(turn, readings, strict=True):
                for e in entities if said else ():
                    action, target, why = said
                    kind, _, role = target.partition(":")
                    one = (e["kind"], e["name"])
                    # A key in an intruder's hands is worth disabling whichever reading it turned up in.
                    if e["kind"] == kind and (not role or e["role"] == role) and (kind == "key" or one in about) and _able(action, one, ours):
                        on = f"host:{machines[e['name']]}" if action == "isolate" and e["name"] in machines else f"{kind}:{e['name']}"
                        out.setdefault((action, on), {"action": action, "on": on, "why": why})
    for row in out.values():
        own = [a for a, host in machines.items() if row["action"] == "isolate" and row["on"] == f"host:{host}" and is_address(a)]
        if own:
            row["address"] = ", ".join(own)
    return _together(out.values())


def _together(rows: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Rows of one action and reason side by side, in the order of the first of each."""
    groups: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in rows:
        groups.setdefault((row["action"], row["why"]), []).append(row)
    return [row for group in groups.values() for row in group]


def attackers_first(actions: Sequence[dict[str, str]], attackers: Sequence[str]) -> list[dict[str, str]]:
    """The same rows, with whoever came in before all others that are to be blocked."""
    came = [a for a in actions if a["action"] == "block" and a["on"] in {f"ip:{x}" for x in attackers}]
    rest = [a for a in actions if a not in came]
    place = next((n for n, a in enumerate(rest) if a["action"] == "block"), len(rest))
    return [*rest[:place], *came, *rest[place:]]


def next_steps(actions: Sequence[Mapping[str, str]], most: int = 3) -> list[str]:
    """The reasons of the first actions as sentences, each once."""
    return [f"{why.rstrip('.')}." for why in dict.fromkeys(a["why"] for a in actions)][:most]
