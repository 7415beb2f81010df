"""A person sets the password of a machine's account."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="host.machine_reset",
    title="{actor_user} sets the password of the machine {target_user} on {host}",
    why="An administrator resets a workstation that has lost the domain. With the password of a server, above all of a domain controller, one is that server.",
    of=("account_change",),
    sql=r"""SELECT time, [uid] AS events, host, actor_user, target_user FROM account_change WHERE operation = 'reset password' AND target_user LIKE '%$' AND actor_user NOT LIKE '%$' AND NOT regexp_matches(lower(actor_user), 'anonymous|^nt authority') ORDER BY time, uid""",
    entities={"host": "host:host", "actor_user": "user:actor", "target_user": "user:target"},
    suggests={"privilege_escalation": Strength.TELLING, "credential_theft": Strength.EXPECTED, "something_hostile": Strength.EXPECTED, "administration_by_hand": Strength.TELLING},
    techniques=("T1098",),
    blind_spots="Programs that join machines to the domain reset them too.",
)
