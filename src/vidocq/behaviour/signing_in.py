"""Sign-ins, in SQL: what counts as one try."""

from __future__ import annotations


def one_try(alias: str = "") -> str:
    """What tells one try from the next. The directory and the office suite each tell of the same sign-in, in a log of its own: of one person, within one second, that is one."""
    a = f"{alias}." if alias else ""
    return f"CASE WHEN {a}service = 'entra' THEN concat({a}actor_user, ' ', {a}status, ' ', CAST(date_trunc('second', {a}time) AS VARCHAR)) ELSE {a}uid END"
