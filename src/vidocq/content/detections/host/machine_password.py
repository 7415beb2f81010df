"""The password or the name of a machine's account is changed by somebody who is not that machine."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="host.machine_password",
    title="{actor_user} changes {target_user} on {host}: {operation}",
    why="A machine changes its own password, every thirty days, and keeps its name. Nobody who is not signed in may do so, and a person has a reason only when a machine has lost the domain.",
    of=("account_change",),
    sql=r"""
        SELECT time, [uid] AS events, host, actor_user, target_user, operation, CASE WHEN operation = 'rename' THEN ['T1068', 'T1036'] WHEN regexp_matches(lower(actor_user), 'anonymous') THEN ['T1210', 'T1098'] ELSE ['T1098'] END AS techniques,
            regexp_matches(lower(actor_user), 'anonymous') OR operation = 'rename' AS nobody FROM account_change
        WHERE operation IN ('change machine', 'reset password', 'change password') AND target_user LIKE '%$' AND regexp_matches(lower(actor_user), 'anonymous')
            -- Every machine's change goes by this name in the log. A controller's own is written by itself, as itself.
            AND regexp_extract(lower(target_user), '([^\\]*)\$$', 1) = split_part(lower(host), '.', 1)
            -- A machine's account that loses the sign of one may pass for a person, or for another machine.
            OR operation = 'rename' AND detail LIKE '%$' AND target_user NOT LIKE '%$'
        ORDER BY time, uid
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "target_user": "user:target"},
    suggests={"privilege_escalation": Strength.DAMNING, "exploited_service": Strength.DAMNING, "something_hostile": Strength.DAMNING},
    severity=5,
    blind_spots="The password of one controller, set at another. Directories whose changes are not audited.",
)
