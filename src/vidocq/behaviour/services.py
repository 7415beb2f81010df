"""Services by what their logs hold, for questions that would otherwise read silence as a sign."""

from __future__ import annotations

_CHANGES_ONLY = ("okta", "entra", "intune", "exchange", "sharepoint", "onedrive", "teams", "compliance center", "onelogin", "duo", "auth0", "microsoft 365")


def reads_written(column: str = "service") -> str:
    """Whether a service's log holds what is only looked at. Identity providers and office suites write sign-ins and changes; nothing around a change then means nothing."""
    return f"(COALESCE({column}, '') NOT IN ({', '.join(repr(s) for s in _CHANGES_ONLY)}) AND COALESCE({column}, '') NOT LIKE 'google %')"
