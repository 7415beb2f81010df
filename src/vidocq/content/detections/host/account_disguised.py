"""An account is made to look like another, or is given somebody else's identity."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="host.account_disguised",
    title="{actor_user} makes {target_user} what it should not be on {host}: {operation}",
    why="Machines' accounts end in a dollar sign, and lists leave them out: a person's account that ends so hides there. Another's history of identities, or the password by which a domain is restored, gives rights that no group shows.",
    of=("account_change",),
    sql=r"""
        SELECT time, [uid] AS events, host, actor_user, target_user, operation, CASE operation WHEN 'create' THEN ['T1136', 'T1036'] WHEN 'add history' THEN ['T1134.005'] ELSE ['T1098'] END AS techniques FROM account_change
        WHERE operation = 'create' AND target_user LIKE '%$' OR operation = 'add history' OR operation = 'set restore password' AND (actor_user LIKE '%$') IS NOT TRUE
            OR operation = 'enable' AND regexp_matches(lower(target_user), '(^|\\)guest$') OR operation = 'add to group' AND regexp_matches(lower(target_user), '(^|\\)guest$|-501$') AND regexp_matches(lower(group_name), 'admin|remote desktop')
        ORDER BY time, uid
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "target_user": "user:target"},
    suggests={"host_persistence": Strength.DAMNING, "privilege_escalation": Strength.TELLING, "something_hostile": Strength.DAMNING},
    techniques=("T1098",),
    severity=4,
    blind_spots="Migrations between domains carry histories of identities.",
)
