"""A file is made to look older than it is."""

from vidocq.behaviour.programs import SHELLS, dropped, name, one_of
from vidocq.model.belief import Detection, Strength

LOOSE = r"\\appdata\\(roaming|local|locallow)\\[^\\]+$|\\users\\public\\|\\programdata\\[^\\]+$|\\windows\\|\\startup\\[^\\]+$|\\(inetpub|wwwroot|htdocs)\\"
"""Where no installer unpacks to; it uses a folder of its own below the temporary ones, and then the product's. A name of a program proves nothing."""

DETECTION = Detection(
    id="host.timestomp",
    title="{program} on {host} sets back the date of {file}",
    why="Who unpacks an archive keeps the dates in it. A shell, or a program from where nothing is installed, that dates back a program or a library wants it to be taken for an old one.",
    of=("base_event",),
    sql=rf"""
        WITH said AS (SELECT time, uid, host, actor_user, json_extract_string(fields, '$.Image') AS process, trim(lower(json_extract_string(fields, '$.ProcessGuid')), '{{}}') AS process_guid, json_extract_string(fields, '$.TargetFilename') AS file,
                TRY_CAST(json_extract_string(fields, '$.CreationUtcTime') AS TIMESTAMP) AS given, TRY_CAST(json_extract_string(fields, '$.PreviousCreationUtcTime') AS TIMESTAMP) AS before FROM base_event WHERE type = 'windows.sysmon.2')
        SELECT time, [uid] AS events, host, actor_user, process_guid, {name('process')} AS program, file FROM said
        WHERE given < before - INTERVAL 1 DAY AND regexp_matches(lower(file), '\.(exe|dll|sys|ps1|bat|vbs|js|aspx?|php|jsp|scr|hta)$') AND ({dropped('process')} AND regexp_matches(lower(file), '{LOOSE}') OR {one_of('process', SHELLS)})
        ORDER BY time, uid
    """,
    entities={"host": "host:host", "actor_user": "user:actor", "process_guid": "process:process"},
    suggests={"host_compromise": Strength.TELLING, "something_hostile": Strength.TELLING, "software_update": Strength.EXPECTED},
    techniques=("T1070.006",),
    blind_spots="Dates that are set beside the interface that is watched; synchronisation programs that keep dates.",
)
