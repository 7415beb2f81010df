"""A program starts a thread in another."""

from vidocq.behaviour.programs import SHELLS, dropped, name, one_of
from vidocq.model.belief import Detection, Strength

OWN = "'csrss.exe', 'wininit.exe', 'dwm.exe', 'services.exe', 'svchost.exe', 'winlogon.exe', 'lsass.exe', 'werfault.exe', 'msmpeng.exe', 'smss.exe', 'audiodg.exe', 'vboxservice.exe', 'vmtoolsd.exe'"
"""Parts of the system that start threads in others as their work."""

DETECTION = Detection(
    id="host.foreign_thread",
    title="{by_program} on {host} starts a thread in {program}",
    why="A thread that a shell, a script or a program from a user's folder starts in another program runs its code under that program's name. Protection does so from where it is installed.",
    of=("process_activity",),
    sql=f"""
        SELECT MIN(time) AS time, list(uid ORDER BY time, uid)[1:50] AS events, host, ANY_VALUE(actor_user) AS actor_user, parent_guid AS process_guid, {name('process')} AS program, {name('parent')} AS by_program
        FROM process_activity WHERE operation = 'inject' AND {name('parent')} NOT IN ({OWN}) AND {name('parent')} <> {name('process')} AND ({one_of('parent', SHELLS)} OR {dropped('parent')})
        GROUP BY host, parent_guid, parent, process, time_bucket(INTERVAL 1 MINUTE, time) ORDER BY time, host
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "process_guid": "process:process"},
    suggests={"host_compromise": Strength.DAMNING, "something_hostile": Strength.DAMNING},
    techniques=("T1055",),
    severity=4,
    blind_spots="Injection by other means than a thread; debuggers that were not installed.",
)
