"""A command runs on a machine right after somebody signed in to it from another one."""

from vidocq.behaviour.programs import QUIETLY, SHELLS, dropped, name, one_of
from vidocq.model.belief import Detection, Strength

WAYS = "'wmiprvse.exe', 'wsmprovhost.exe', 'winrshost.exe', 'mmc.exe'"
"""Programs that run what another machine asks for, under the account that asks."""
HIDDEN = rf"{QUIETLY}|(powershell|pwsh).*(downloadstring|frombase64string)"

DETECTION = Detection(
    id="host.hand_from_afar",
    title="{actor_user} comes from {src_ip} to {host} and runs {program}: {command}",
    why="The machine tells what ran, its sign-ins tell from where: together they are a hop. Administrators hop too, from their own machines or the one they are meant to use.",
    of=("authentication", "process_activity"),
    sql=rf"""
        SELECT p.time, [p.uid, a.uid] AS events, p.host, p.actor_user, p.process_guid, a.src_ip, {name('p.process')} AS program, substr(COALESCE(p.command, p.process), 1, 300) AS command,
            CASE WHEN {name('p.parent')} = 'wmiprvse.exe' THEN ['T1047'] WHEN {name('p.parent')} = 'mmc.exe' THEN ['T1021.003'] WHEN a.logon_type = '10' THEN ['T1021.001'] ELSE ['T1021.006'] END AS techniques
        FROM process_activity AS p JOIN authentication AS a ON a.host = p.host AND lower(a.actor_user) = lower(p.actor_user) AND a.time BETWEEN p.time - INTERVAL 2 MINUTE AND p.time
        WHERE p.operation = 'start' AND a.status = 'success' AND a.logon_type IN ('3', '10') AND a.src_ip IS NOT NULL AND a.src_ip NOT IN ('127.0.0.1', '::1') AND p.actor_user NOT LIKE '%$'
            AND ({name('p.parent')} IN ({WAYS}) AND ({one_of('p.process', SHELLS)} OR {dropped('p.process')}) OR a.logon_type = '10' AND regexp_matches(lower(COALESCE(p.command, '')), '{HIDDEN}'))
        QUALIFY ROW_NUMBER() OVER (PARTITION BY p.host, p.actor_user, a.src_ip, time_bucket(INTERVAL 10 MINUTE, p.time) ORDER BY p.time, p.uid, a.time DESC, a.uid) = 1 ORDER BY time, events
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "process_guid": "process:process", "src_ip": "ip:source"},
    suggests={"lateral_movement": Strength.TELLING, "something_hostile": Strength.EXPECTED, "administration_by_code": Strength.EXPECTED, "administration_by_hand": Strength.EXPECTED},
    techniques=("T1021",),
    blind_spots="Administrators who work in just this way; commands that start no process.",
)
