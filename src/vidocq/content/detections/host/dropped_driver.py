"""A driver comes from where nothing is installed, or is put among the drivers by something that installs nothing."""

from vidocq.behaviour.programs import SHELLS, dropped, one_of
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="host.dropped_driver",
    title="A driver on {host} comes from an odd place: {file_name}",
    why="A driver runs with all rights there are. Vendors install theirs; whoever brings an old one with a hole in it uses a program from a folder of downloads.",
    of=("file_activity", "module_activity"),
    sql=f"""
        SELECT time, [uid] AS events, host, actor_user, process_guid, file_name, process FROM module_activity WHERE process = 'System' AND lower(file_name) LIKE '%.sys' AND ({dropped('file_name')} OR signed IS FALSE
            -- Every machine has these copies of its disk's drivers, in memory only: there is no file whose signature could be looked at.
            AND NOT regexp_matches(lower(file_name), '^[a-z]:\\\\windows\\\\system32\\\\drivers\\\\dump_[^\\\\]+\\.sys$'))
        UNION ALL SELECT time, [uid], host, NULL, NULL, file_name, process FROM file_activity WHERE regexp_matches(lower(file_name), '\\\\windows\\\\.*\\\\drivers\\\\[^\\\\]+\\.sys$') AND {one_of('process', SHELLS)}
        ORDER BY time
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "process_guid": "process:process"},
    suggests={"privilege_escalation": Strength.DAMNING, "defence_impairment": Strength.TELLING, "something_hostile": Strength.DAMNING},
    techniques=("T1068", "T1543.003"),
    severity=4,
    blind_spots="A driver with a hole that was installed with its product.",
)
