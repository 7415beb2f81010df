"""A shell itself has a connection to the outside."""

from vidocq.behaviour.direction import HOME, outside
from vidocq.behaviour.programs import name
from vidocq.model.belief import Detection, Strength

SHELLS = "'sh', 'bash', 'dash', 'zsh', 'ksh', 'ash', 'busybox'"
DIRECTORY = "53, 88, 111, 123, 389, 636, 749, 3268"
"""Ports at which a shell's libraries look up names and accounts."""

DETECTION = Detection(
    id="unix.shell_connects",
    title="A shell on {host} calls {dst_ip}:{dst_port} itself",
    why="A shell starts programs that use the network; it has no errand there itself. When it holds a connection, that is where its commands come from.",
    of=("network_activity",),
    sql=f"""
        WITH {HOME} SELECT MIN(time) AS time, list(uid ORDER BY time, uid)[1:50] AS events, host, actor_user, process_guid, dst_ip, dst_port, count(*) AS calls FROM network_activity
        WHERE host IS NOT NULL AND {name('process')} IN ({SHELLS}) AND COALESCE(direction, 'outbound') = 'outbound' AND {outside('dst_ip')} AND dst_port NOT IN ({DIRECTORY})
        GROUP BY host, actor_user, process_guid, dst_ip, dst_port ORDER BY time, host
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "process_guid": "process:process", "dst_ip": "ip:destination"},
    suggests={"host_compromise": Strength.DAMNING, "c2_channel": Strength.TELLING, "something_hostile": Strength.DAMNING, "administration_by_hand": Strength.NEUTRAL},
    techniques=("T1059.004", "T1095"),
    severity=5,
    blind_spots="A script that reads a page through the shell's own /dev/tcp; sensors that name the parent as the caller.",
)
