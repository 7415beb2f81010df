"""Acts that were refused are told as tries: an alert of whose events every one carries an error says so, whichever detection spoke."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pyarrow as pa

from vidocq.store.duckdb import Store

_TOLD = frozenset({"is", "acts", "calls"})
"""Verbs of titles that tell how somebody came, not what they did: a refusal does not undo them."""
_VERB = re.compile(r"(?P<space> *)(?P<verb>[a-z]+[^s\s]s)\b(?P<rest>.*)", re.S)
_AND = re.compile(r"(?<= and )([a-z]+[^s\s])s\b")
_NAMED_ACT = re.compile(r"\{operation\} by \{actor_user\}")

_ERRORS = """SELECT uid, MIN(error) AS error FROM api_activity WHERE uid IN (SELECT uid FROM wanted)
    GROUP BY uid HAVING COUNT(*) = COUNT(NULLIF(error, '')) ORDER BY uid"""


def errors_of(store: Store, uids: Sequence[str]) -> dict[str, str]:
    """Of these events the calls that failed, each with its error."""
    if not uids or not store.count("api_activity"):
        return {}
    return {r["uid"]: r["error"] for r in store.rows(_ERRORS, wanted=pa.table({"uid": pa.array(sorted(set(uids)), pa.string())}))}


def refusal(events: Sequence[str], errors: Mapping[str, str]) -> str:
    """The commonest error of the events if none of them went through; empty otherwise."""
    said = [errors.get(uid, "") for uid in events]
    return min(set(said), key=lambda e: (-said.count(e), e)) if said and all(said) else ""


def attempted(template: str) -> str:
    """The template of a title, told as a try, with a place for the error: what {actor_user} does becomes what they try to do."""
    template = _AND.sub(r"\1", template)
    named = _NAMED_ACT.match(template)
    after = template[named.end():] if named else template.removeprefix("{actor_user}")
    verb = _VERB.fullmatch(after)
    if named and verb:
        return f"{{actor_user}} tries to {verb['verb'][:-1]}{verb['rest']} with {{operation}} ({{refused}})"
    if named:
        return f"{{actor_user}} tries to call {{operation}}{after} ({{refused}})"
    if after != template and verb and verb["verb"] not in _TOLD:
        return f"{{actor_user}} tries to {verb['verb'][:-1]}{verb['rest']} ({{refused}})"
    return f"{template} ({{refused}})"
