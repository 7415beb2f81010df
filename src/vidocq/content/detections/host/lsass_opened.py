"""A program that is no part of the system opens the memory in which the system keeps its passwords."""

from vidocq.behaviour.programs import name
from vidocq.model.belief import Detection, Strength

READ = 0x10
"""PROCESS_VM_READ. Source: learn.microsoft.com, "Process Security and Access Rights"."""

DETECTION = Detection(
    id="host.lsass_opened",
    title="{program} on {host}, which is no part of the system, opens the memory of the system's authority of sign-ins",
    why="Passwords of everybody who is signed in lie there. Tools that list or trace processes open it too, with all the others: that alone says little, and in company much.",
    of=("process_activity",),
    sql=f"""
        SELECT time, [uid] AS events, host, actor_user, parent_guid AS process_guid, {name('parent')} AS program, access FROM process_activity
        WHERE operation = 'open' AND {name('process')} = 'lsass.exe' AND TRY_CAST(access AS BIGINT) & {READ} = {READ} AND NOT regexp_matches(lower(parent), '\\\\windows\\\\|\\\\program files|\\\\programdata\\\\microsoft\\\\')
        ORDER BY time, uid
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "process_guid": "process:process"},
    suggests={"credential_theft": Strength.TELLING, "host_compromise": Strength.NEUTRAL, "something_hostile": Strength.EXPECTED, "vulnerability_scanner": Strength.EXPECTED},
    techniques=("T1003.001",),
    severity=4,
    blind_spots="A tool that was installed; a driver that reads memory from below.",
)
