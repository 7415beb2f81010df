"""Who did what in a control plane, in SQL for detections: one row for each call that does a certain thing."""

from __future__ import annotations

from vidocq.behaviour.making import MADE, MAKES

_CALL = "time, [uid] AS events, [technique] AS techniques, actor_user, actor_key, src_ip"
TOLD = "resource, service, operation, target_user, shared_with, error"
TOLD_OF_CLOUD = "issuer, resource, new_key, operation, tool, error, target_user, shared_with"
"""What an alert tells of a call beside who made it and from where."""

ROLE = "COALESCE(issuer, actor_user), act"
"""Sessions of one role are one doer."""
ROLE_AND_PLACE = f"{ROLE}, src_ip"
PERSON_AND_PLACE = "actor_user, act, service, src_ip"
"""Whose habit it may be, for `seldom`."""


def done(acts: tuple[str, ...], where: str = "TRUE", told: str = TOLD) -> str:
    """SQL: the calls that do one of these things, with the columns that `DOER` and titles name. A cluster's are left to `behaviour.kubernetes`, which knows its daily work."""
    return f"""SELECT {_CALL}, {told}
        FROM api_activity WHERE act IN ({_list(acts)}) AND invoked_by IS NULL AND service IS DISTINCT FROM 'kubernetes' AND ({where}) ORDER BY time, uid"""


def unmade(acts: tuple[str, ...], where: str, told: str, habit: str = "") -> str:
    """SQL: as `done`, or as `seldom` where a habit is named; `where` may ask how often the doer `made` the very thing before."""
    earlier = f", {_earlier(habit)}" if habit else ""
    return f"""
        WITH calls AS (SELECT *, {MADE} AS made{earlier} FROM api_activity WHERE act IN ({_list(acts)}) OR {MAKES})
        SELECT {_CALL}, {told}
        FROM calls WHERE act IN ({_list(acts)}) AND invoked_by IS NULL AND ({where}){' AND earlier < 3' if habit else ''}
    """


def seldom(acts: tuple[str, ...], habit: str, told: str, where: str = "TRUE", only: str = "TRUE") -> str:
    """SQL: the calls that do one of these things, until their doer has done it three times more than half a day before.

    `habit` names the columns that make a doer and a thing, `where` which calls count, `only` which of them are told.
    """
    return f"""
        WITH calls AS (SELECT *, {_earlier(habit)} FROM api_activity WHERE act IN ({_list(acts)}) AND ({where}))
        SELECT {_CALL}, {told}
        FROM calls WHERE invoked_by IS NULL AND earlier < 3 AND ({only})
    """


def of_a_path(act: str, where: str = "TRUE") -> str:
    """SQL: as `seldom`, once an hour for each account, of what the doer has not made; in clouds whose operations have a path in their name. AWS names its own otherwise, and tells of such acts all day."""
    return f"""
        WITH known AS (SELECT *, {MADE} AS made FROM api_activity WHERE act = '{act}' OR {MAKES}), calls AS (
            SELECT *, {_earlier('actor_user, act, operation')},
                ROW_NUMBER() OVER (PARTITION BY actor_user, account, operation, time_bucket(INTERVAL 1 HOUR, time) ORDER BY time, uid) AS nth
            FROM known WHERE act = '{act}' AND status = 'success' AND regexp_matches(operation, '[/.]') AND (made = 0 OR resource IS NULL) AND ({where})
        )
        SELECT {_CALL}, issuer, resource, operation, tool
        FROM calls WHERE nth = 1 AND earlier < 3 AND invoked_by IS NULL
    """


def burst(what: str, where: str, many: int, by: str = "actor_user", made: bool = False, techniques: str = "list(DISTINCT technique ORDER BY technique)") -> str:
    """SQL: that `many` different things (`what`) by one doer (`by`) within ten minutes, a row for each minute; what the doer `made` before is left out where it is asked.

    What led there is joined to the calls that crossed the mark, as in `at_once`.
    """
    same = " AND ".join(f"c.{column.strip()} IS NOT DISTINCT FROM l.{column.strip()}" for column in by.split(","))
    calls = f"SELECT *, {MADE} AS made FROM api_activity WHERE ({where}) OR {MAKES} OR operation = 'PutParameter'" if made else "SELECT *, 0 AS made FROM api_activity"
    return f"""
        WITH calls AS ({calls}), counted AS (
            SELECT *, COUNT(DISTINCT {what}) OVER (PARTITION BY {by} ORDER BY time RANGE BETWEEN INTERVAL 10 MINUTE PRECEDING AND CURRENT ROW) AS n
            FROM calls WHERE ({where}) AND made = 0 AND invoked_by IS NULL
        ), loud AS (SELECT *, LAG(n, 1, 0) OVER (PARTITION BY {by} ORDER BY time, uid) AS n_before FROM counted QUALIFY n >= {many}), led AS (
            SELECT l.uid, list(c.uid ORDER BY c.time, c.uid) AS near FROM loud AS l JOIN counted AS c ON {same} AND c.time BETWEEN l.time - INTERVAL 10 MINUTE AND l.time
            WHERE l.n_before < {many} GROUP BY l.uid
        )
        SELECT MAX(time) AS time, flatten(list(COALESCE(near, [uid]) ORDER BY time, uid)) AS events, {techniques} AS techniques, actor_user, actor_key, src_ip, issuer, MAX(n) AS within_10_minutes
        FROM loud LEFT JOIN led USING (uid) GROUP BY actor_user, actor_key, src_ip, issuer, date_trunc('minute', time)
    """


def at_once(where: str, many: int, told: str) -> str:
    """SQL: who takes that `many` different things of one service within an hour, more than twice what they took in thirty days before; once in six hours.

    The events are joined to the few who do: a list of an hour's events beside each of them grows with their square.
    """
    return f"""
        WITH taken AS (SELECT * FROM api_activity WHERE resource IS NOT NULL AND actor_user IS NOT NULL AND ({where})), counted AS (
            SELECT *, COUNT(DISTINCT resource) OVER (PARTITION BY actor_user, service ORDER BY time RANGE BETWEEN INTERVAL 1 HOUR PRECEDING AND CURRENT ROW) AS n,
                COUNT(DISTINCT resource) OVER (PARTITION BY actor_user, service ORDER BY time RANGE BETWEEN INTERVAL 30 DAY PRECEDING AND INTERVAL 12 HOUR PRECEDING) AS n_before
            FROM taken
        ), found AS (
            SELECT time, uid, actor_user, actor_key, src_ip, service, tool, n AS within_an_hour, n_before AS before FROM counted WHERE n >= {many} AND n_before < n / 2
            QUALIFY ROW_NUMBER() OVER (PARTITION BY actor_user, service, time_bucket(INTERVAL 6 HOUR, time) ORDER BY time, uid) = 1
        )
        SELECT f.time, list(t.uid ORDER BY t.time, t.uid)[1:200] AS events, f.actor_user, f.actor_key, f.src_ip, {told}, f.within_an_hour, f.before
        FROM found AS f JOIN taken AS t ON t.actor_user = f.actor_user AND t.service = f.service AND t.time BETWEEN f.time - INTERVAL 1 HOUR AND f.time
        GROUP BY f.uid, f.time, f.actor_user, f.actor_key, f.src_ip, f.service, f.tool, f.within_an_hour, f.before ORDER BY f.time, f.uid
    """


def _earlier(habit: str) -> str:
    return f"COUNT(*) OVER (PARTITION BY {habit} ORDER BY time RANGE BETWEEN UNBOUNDED PRECEDING AND INTERVAL 12 HOUR PRECEDING) AS earlier"


def _list(acts: tuple[str, ...]) -> str:
    return ", ".join(f"'{act}'" for act in acts)


DOER = {"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "resource": "resource:target"}
"""The entities of an alert about such a call."""
DOER_OF_CLOUD = {"actor_user": "user:actor", "actor_key": "key:credential", "src_ip": "ip:source", "issuer": "resource:issuer", "resource": "resource:target"}
"""The same where sessions are issued by a role."""

_WORDS = (
    "denied", "forbidden", "unauthori", "notauthori", "not_authori", "authorizationfail", "authorizationerror",
    "insufficient_privilege", "insufficient_permission", "insufficientprivilege", "insufficientpermission", "insufficient_scope",
)
REFUSED = "(" + " OR ".join(f"lower(error) LIKE '%{word}%'" for word in _WORDS) + " OR error IN ('401', '403'))"
"""Whether a call was refused for want of rights, in the words of all control planes: `AccessDenied`, `PERMISSION_DENIED`, `AuthorizationFailed`, `Forbidden`. In SQL for questions too."""

EXHAUSTED = "((lower(error) LIKE '%limitexceeded%' OR lower(error) LIKE '%quotaexceeded%') AND lower(error) NOT LIKE '%requestlimit%')"
"""Whether more was asked for than the house may have. Who asks too fast is only slowed down (`RequestLimitExceeded`)."""

PERMANENT = "(COALESCE(actor_key, '') LIKE 'AKIA%' OR (COALESCE(actor_type, '') = 'ServiceAccount' AND length(COALESCE(actor_key, '')) = 40))"
"""Whether a call is signed with a key that is valid until somebody revokes it: a user's of AWS, a service account's of Google Cloud."""

OWNED = f"""(actor_type IN ('IAMUser', 'Root', 'AssumedRole', 'FederatedUser', 'SAMLUser', 'IdentityCenterUser') OR (actor_type = 'ServiceAccount' AND {PERMANENT}))"""
"""Whether a call is made with a credential that belongs to one person, program or machine of a cloud. The token of a service account is asked for by every machine that
acts as it, wherever that stands; its key lies where somebody put it."""

CLICKS = f"(COALESCE(tool, '') = 'console' AND NOT {PERMANENT})"
"""Whether a call may have been clicked in a browser. Whoever calls may say so; but no permanent key signs what is clicked, for a console works with sessions. In SQL for questions too."""
