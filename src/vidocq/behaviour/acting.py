"""Who did what in a control plane, in SQL for detections: one row for each call that does a certain thing."""

from __future__ import annotations


def done(acts: tuple[str, ...], where: str = "TRUE") -> str:
    """SQL: the calls that do one of these things, with the columns that `DOER` and titles name."""
    names = ", ".join(f"'{act}'" for act in acts)
    return f"""SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, resource, service, operation, target_user, shared_with, error
        FROM api_activity WHERE act IN ({names}) AND invoked_by IS NULL AND ({where}) ORDER BY time, uid"""


DOER = {"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "resource": "resource:target"}
"""The entities of an alert about such a call."""

SERVICES = "('okta', 'entra', 'intune', 'exchange', 'sharepoint', 'onedrive', 'teams', 'onelogin', 'duo', 'auth0', 'google login', 'google saml')"
"""Services that people sign in to by a browser from anywhere; the rest of `authentication` are machines."""
