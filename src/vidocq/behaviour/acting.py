"""Who did what in a control plane, in SQL for detections: one row for each call that does a certain thing."""

from __future__ import annotations


def done(acts: tuple[str, ...], where: str = "TRUE") -> str:
    """SQL: the calls that do one of these things, with the columns that `DOER` and titles name. A cluster's are left to `behaviour.kubernetes`, which knows its daily work."""
    names = ", ".join(f"'{act}'" for act in acts)
    return f"""SELECT time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip, resource, service, operation, target_user, shared_with, error
        FROM api_activity WHERE act IN ({names}) AND invoked_by IS NULL AND service IS DISTINCT FROM 'kubernetes' AND ({where}) ORDER BY time, uid"""


DOER = {"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "resource": "resource:target"}
"""The entities of an alert about such a call."""

_WORDS = (
    "denied", "forbidden", "unauthori", "notauthori", "not_authori", "authorizationfail", "authorizationerror",
    "insufficient_privilege", "insufficient_permission", "insufficientprivilege", "insufficientpermission", "insufficient_scope",
)
REFUSED = "(" + " OR ".join(f"lower(error) LIKE '%{word}%'" for word in _WORDS) + " OR error IN ('401', '403'))"
"""Whether a call was refused for want of rights, in the words of all control planes: `AccessDenied`, `PERMISSION_DENIED`, `AuthorizationFailed`, `Forbidden`. In SQL for questions too."""

EXHAUSTED = "((lower(error) LIKE '%limitexceeded%' OR lower(error) LIKE '%quotaexceeded%') AND lower(error) NOT LIKE '%requestlimit%')"
"""Whether more was asked for than the house may have. Who asks too fast is only slowed down (`RequestLimitExceeded`)."""

CLICKS = "(COALESCE(tool, '') = 'console' AND COALESCE(actor_key, '') NOT LIKE 'AKIA%')"
"""Whether a call may have been clicked in a browser. Whoever calls may say so; but no permanent key signs what is clicked, for a console works with sessions. In SQL for questions too."""
