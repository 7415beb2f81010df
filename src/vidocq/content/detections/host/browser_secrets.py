"""A program that is no browser opens what browsers keep secret."""

from vidocq.behaviour.programs import dropped, name
from vidocq.model.belief import Detection, Strength

STORES = r"\\user data\\.*\\(login data|web data|cookies|network\\cookies|local state)$|\\user data\\local state$|\\profiles\\.*\\(key[34]\.db|logins\.json|signons\.sqlite|cookies\.sqlite)$|\\opera[^\\]*\\login data$|\\microsoft\\(credentials|protect|vault)\\.*[0-9a-f-]{16,}$"
BROWSERS = "chrome|msedge|firefox|opera|brave|vivaldi|iexplore|browser|thunderbird|msedgewebview2|lsass|svchost|msmpeng|mssense|searchindexer|searchprotocolhost|taskhostw|onedrive|explorer|backup|robocopy|mrt|compattelrunner|system"

DETECTION = Detection(
    id="host.browser_secrets",
    title="{program} on {host} opens what others keep secret: {kinds} stores",
    why="Logins lie in a browser's own files, and the browser opens them. Another program that opens those of one browser after another collects passwords.",
    of=("base_event",),
    sql=rf"""
        SELECT MIN(time) AS time, list(uid ORDER BY time, uid)[1:50] AS events, host, ANY_VALUE(actor_user ORDER BY time, uid) AS actor_user, {name('process')} AS program, COUNT(DISTINCT file) AS kinds FROM (
            SELECT *, json_extract_string(fields, '$.ProcessName') AS process, lower(json_extract_string(fields, '$.ObjectName')) AS file FROM base_event WHERE type IN ('windows.security.4663', 'windows.security.4656'))
        WHERE regexp_matches(file, '{STORES}') AND NOT (regexp_matches({name('process')}, '^({BROWSERS})(\.exe)?$') AND NOT {dropped('process')}) GROUP BY host, process, time_bucket(INTERVAL 1 HOUR, time) ORDER BY time, host, program
    """,
    entities={"host": "host:host", "actor_user": "user:actor"},
    suggests={"credential_theft": Strength.TELLING, "something_hostile": Strength.TELLING, "backup_replication": Strength.EXPECTED, "software_update": Strength.EXPECTED},
    techniques=("T1555.003", "T1555"),
    blind_spots="Only where such files are audited; backups and synchronisation read them too. A program that was installed under a browser's name.",
)
