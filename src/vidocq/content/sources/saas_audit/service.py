"""What is known of a service's audit log: how its record is recognised, and where who, what, to what and from where stand in it.

A service is a row of data in a module of its own below `services/`: adding one edits no other file. Paths are dotted and in lower case, since collectors
change the case of names; a dot or a sign within a name reads as `_`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from vidocq.model.source import Row

Record = Mapping[str, Any]
Paths = tuple[str, ...]
FAILED = r"fail|denied|error|unsuccess|reject|forbidden|unauthori[sz]ed|^false$|^no$|^[45]\d\d$"


@dataclass(frozen=True, slots=True)
class Rule:
    """Actions of one service that do one thing, where general words do not tell it. An empty `act` says that they are not weighty."""

    act: str
    actions: str
    """A regular expression that the whole action must match, in any case."""
    when: str = ""
    """A regular expression that must be found in the record's own fields as compact JSON, in any case."""
    technique: str = ""
    """Where it is another than the act's usual one."""
    outside: bool = False
    """Only where the person it is done to is of another domain than the person who does it."""


def _nothing(record: Record) -> Iterator[Row]:
    return iter(())


@dataclass(frozen=True, slots=True)
class Service:
    """One kind of record of one service."""

    name: str
    marks: Paths
    """Paths that all its records have and no other service's records have together; `a|b` is either."""
    action: Paths
    """What was done: the texts at these paths, joined by dots."""
    time: Paths
    like: Mapping[str, str] = field(default_factory=dict)
    """path -> a regular expression that the text there matches."""
    uid: Paths = ("id", "uuid", "uid", "_id")
    actor: Paths = ()
    actor_type: Paths = ()
    key: Paths = ()
    address: Paths = ()
    agent: Paths = ()
    account: Paths = ()
    target: Paths = ()
    target_user: Paths = ()
    outcome: Paths = ()
    failed: str = FAILED
    """Which outcomes mean that it did not come off."""
    error: Paths = ()
    says: Paths = ()
    """Texts that say what was done where the action is a mere `update`: general words are looked for in them too."""
    detail: Paths = ()
    """What of the record says what was asked for; all of it where nothing is named."""
    rules: tuple[Rule, ...] = ()
    words: bool = True
    """Whether general words tell what its actions do."""
    guard: bool = False
    """It is a tool that watches: taking its rules and its eyes away is to blind it."""
    sign_in: str = ""
    """Actions that are sign-ins."""
    mfa: Paths = ()
    """Where it stands whether a second factor was used."""
    finding: str = ""
    """Actions by which the service itself raises an alert."""
    also: Callable[[Record], Iterator[Row]] = _nothing
    """Events of further classes that a record becomes; it gets the record with names in lower case."""
    only: bool = True
    """Whether the record is a call of the control plane at all; if not, `also` says all there is."""

    def knows(self, record: Record) -> bool:
        """Is this a record of the service's? Names must be in lower case."""
        return all(any(standing(record, path) is not None for path in mark.split("|")) for mark in self.marks) and all(
            re.search(pattern, str(standing(record, path) or "")) is not None for path, pattern in self.like.items())


def standing(record: Any, path: str) -> Any:
    """What stands at a path of objects, lists and all; None where nothing does."""
    for step in path.split("."):
        if not isinstance(record, Mapping):
            return None
        record = record.get(step)
    return record

