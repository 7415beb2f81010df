"""An account is made, given rights, or has its password set on a machine."""

from vidocq.behaviour.programs import name
from vidocq.model.belief import Detection, Strength

GROUPS = "admin|remote desktop|backup operators|account operators|server operators|schema|enterprise|dnsadmins|print operators|remote management"
COMMANDS = r"net1? +(user|localgroup|group) .*/add|new-localuser|add-localgroupmember|useradd |usermod .*-aG.*(sudo|wheel)|adduser |net1? +user +\S+ +\S+ */domain"

DETECTION = Detection(
    id="host.account_armed",
    title="{actor_user} arms an account on {host}: {what}",
    why="An account of one's own survives every clean-up. The service desk makes accounts for people who arrive, and it does so in one place.",
    of=("process_activity", "account_change"),
    sql=f"""
        SELECT time, [uid] AS events, host, actor_user, CAST(NULL AS VARCHAR) AS process_guid, target_user, concat_ws(' ', operation, target_user, group_name, detail) AS what,
            CASE WHEN operation = 'create' THEN ['T1136.001'] ELSE ['T1098'] END AS techniques FROM account_change
        WHERE actor_user NOT LIKE '%$' AND (operation = 'add to group' AND regexp_matches(lower(group_name), '{GROUPS}') OR operation = 'create' AND target_user NOT LIKE '%$'
            -- A service's name was set on an account: its password can then be guessed at leisure.
            OR operation IN ('change machine', 'change') AND detail LIKE '%/%')
        UNION ALL SELECT time, [uid], host, actor_user, process_guid, NULL, substr(command, 1, 300), ['T1136.001', 'T1098'] FROM process_activity WHERE operation = 'start' AND regexp_matches(lower(command), '{COMMANDS}') AND {name('process')} <> 'net1.exe'
        ORDER BY time
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "process_guid": "process:process", "target_user": "user:target"},
    suggests={"host_persistence": Strength.EXPECTED, "privilege_escalation": Strength.EXPECTED, "something_hostile": Strength.EXPECTED, "administration_by_hand": Strength.EXPECTED},
    blind_spots="The set-up of a new machine makes accounts too.",
)
