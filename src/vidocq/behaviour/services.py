"""Services by what their logs hold, for questions that would otherwise read silence as a sign."""

from __future__ import annotations

_CHANGES_ONLY = ("okta", "entra", "intune", "exchange", "sharepoint", "onedrive", "teams", "compliance center", "onelogin", "duo", "auth0", "microsoft 365")


def reads_written(column: str = "service") -> str:
    """Whether a service's log holds what is only looked at. Identity providers, office suites and Azure's activity log write sign-ins and changes; nothing around a change then means nothing.

    A source that does not know which calls only look (`read_only` is NULL throughout) reads such a log too."""
    return f"(read_only IS NOT NULL AND COALESCE({column}, '') NOT IN ({', '.join(repr(s) for s in _CHANGES_ONLY)}) AND COALESCE({column}, '') NOT LIKE 'google %' AND COALESCE({column}, '') NOT LIKE 'microsoft.%')"
