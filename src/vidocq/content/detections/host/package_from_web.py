"""A package is installed from the web by the installer itself."""

from vidocq.behaviour.programs import OWN
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="host.package_from_web",
    title="The installer of {host} takes a package from {package}",
    why="Packages are fetched by a browser, an updater or software distribution, and lie on the disk when they are installed. To give the installer an address that proves nothing spares whoever has only one command.",
    of=("base_event",),
    sql=rf"""
        SELECT MIN(time) AS time, list(uid ORDER BY time, uid)[1:50] AS events, host, ANY_VALUE(actor_user ORDER BY time, uid) AS actor_user, package, CASE WHEN regexp_matches(package, '//[0-9.]+[:/]') THEN 'a bare address' WHEN regexp_matches(lower(package), '\.(msi|msp)(\?|$)') THEN 'a package' ELSE 'no package by its name' END AS looks
        FROM (SELECT *, regexp_extract(json_extract_string(fields, '$.Data'), '^ *((http|https|ftp)://[^ |]+)', 1) AS package FROM base_event WHERE type IN ('windows.application.1040', 'windows.application.1042', 'windows.application.11707', 'windows.application.11708', 'windows.msiinstaller.1040'))
        -- Vendors tell administrators to install their agents so: a package by its name, from a named server, over a channel that proves it.
        WHERE package <> '' AND NOT regexp_matches(lower(package), '^https://[^/]*[a-z][^/]*/.*\.ms[ip](\?|$)')
            -- A house has web servers of its own, whose names have no dot, and deploys packages from them.
            AND NOT (regexp_matches(lower(package), '^https?://([a-z][a-z0-9-]*|[0-9.]+)(:[0-9]+)?/.*\.ms[ip](\?|$)') AND (regexp_matches(lower(package), '^https?:{OWN}') OR NOT regexp_matches(package, '//[^/]*\.'))) GROUP BY host, package, time_bucket(INTERVAL 1 HOUR, time) ORDER BY time, host, package
    """,
    entities={"host": "host:host", "actor_user": "user:actor"},
    suggests={"malware_delivery": Strength.DAMNING, "host_compromise": Strength.TELLING, "something_hostile": Strength.DAMNING, "software_update": Strength.NEUTRAL, "administration_by_code": Strength.NEUTRAL},
    techniques=("T1218.007", "T1105"),
    blind_spots="Administrators who install from a web server of their own by its full name; a package from a neighbour's machine, of which the command is told elsewhere.",
)
