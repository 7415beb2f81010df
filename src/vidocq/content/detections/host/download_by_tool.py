"""A tool of Windows fetches a program or a script from the web."""

from vidocq.behaviour.programs import PLACES, starts
from vidocq.model.belief import Detection, Strength

PATTERN = (
    r"certutil.*(urlcache|verifyctl)|bitsadmin.*(/transfer|/addfile)|start-bitstransfer|downloadstring|downloadfile|downloaddata|net\.webclient|invoke-webrequest|\biwr\b|invoke-restmethod"
    r"|xmlhttp|desktopimgdownldr.*https?:|mpcmdrun.*-downloadfile|(curl|wget)(\.exe)?\b.*https?://.*( -o|>|\| *(ba|z|da)?sh)|finger .*@|hh\.exe.*https?:"
)
"""How each of them fetches. Source: attack.mitre.org T1105, T1197; lolbas-project.github.io (Download)."""

DETECTION = Detection(
    id="host.download_by_tool",
    title="{program} on {host} fetches from the web: {command}",
    why="People fetch with a browser and programs with their updater. A tool of the system that is told an address on its command line brings what somebody needs who has nothing else yet.",
    of=("process_activity",),
    sql=f"""SELECT *, CASE WHEN lower(command) LIKE '%bits%' THEN ['T1197', 'T1105'] ELSE ['T1105'] END AS techniques FROM ({starts(f"regexp_matches(lower(command), '{PATTERN}') AND process NOT LIKE '/%'")}) ORDER BY time""",
    entities=PLACES,
    suggests={"malware_delivery": Strength.TELLING, "host_compromise": Strength.EXPECTED, "something_hostile": Strength.TELLING, "software_update": Strength.EXPECTED, "administration_by_code": Strength.EXPECTED},
    facet="a program is brought",
    blind_spots="Unix, where fetching by hand is daily work: there it counts what is run of it. A browser, and programs that fetch by themselves.",
)
