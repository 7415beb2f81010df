"""A tool of the system runs what it has no honest reason to run."""

from vidocq.behaviour.programs import OWN, PLACES, tools_told
from vidocq.model.belief import Detection, Strength

PROGRAM = r"\.(exe|com|hta|jse?|vb[se]|bat|cmd|scr|pif|ps1|lnk|url)\b"
"""A library that opens pages and folders is asked for pages all day; whoever asks it for a program hides behind it."""
TOOLS = (
    # program, what its command line says, technique. Source: attack.mitre.org (T1218 and below, T1220, T1216), lolbas-project.github.io.
    ("mshta.exe", r"https?:|javascript:|vbscript:", "T1218.005"),
    ("regsvr32.exe", r"/i:\S*(https?|ftp):|/i:\S.*scrobj|scrobj.*/i:\S", "T1218.010"),
    ("rundll32.exe", r"javascript:|vbscript:|mshtml\S*,\W?runhtml|advpack\S*,\W?(registerocx|launchinf.*(\\users\\|\\temp\\|\\programdata\\|https?:))|pcwutl\S*,\W?launchapplication", "T1218.011"),
    ("rundll32.exe", r"url\.dll,\S+ +\"?(file:\W*)?([a-z]:)?[^:]+" + PROGRAM + r"|zipfldr\S*,\W?routethecall +\S*" + PROGRAM, "T1218.011"),
    ("cmstp.exe", r"https?:", "T1218.003"),
    ("installutil.exe", r"logtoconsole=false.*(\\users\\|\\temp\\|\\programdata\\|\\perflogs\\|\\windows\\(tasks|tracing|debug)\\)", "T1218.004"),
    ("msiexec.exe", r"/(q|quiet|i|package)\S* .*https?://[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+", "T1218.007"),
    ("mavinject.exe", r"injectrunning", "T1218.013"),
    ("odbcconf.exe", r"regsvr", "T1218.008"),
    ("wmic.exe", r"/?format:.?https?|/?format:.*\.xsl", "T1220"),
    ("wmic.exe", r"process +call +create", "T1047"),
    ("msxsl.exe", r".", "T1220"),
    ("cscript.exe", r"pubprn.*script:", "T1216.001"),
    ("desktopimgdownldr.exe", r"https?:", "T1105"),
)
"""What each of them can be made to run, and how that looks."""

DETECTION = Detection(
    id="host.borrowed_tool",
    title="{tool} on {host} runs what it has no reason to run: {command}",
    why="Nobody's work needs a registration tool to fetch a script, or a module of the shell to start a program. Whoever calls it so hides behind a name that is trusted.",
    of=("process_activity",),
    # The service of virtual programs starts the injector for each of them; a house has web servers of its own.
    sql=f"""SELECT * FROM ({tools_told(TOOLS)}) WHERE (tool = 'mavinject.exe' AND parent = 'appvclient.exe') IS NOT TRUE
        AND NOT (tool = 'msiexec.exe' AND NOT regexp_matches(regexp_replace(lower(command), '{OWN}', '', 'g'), '//[0-9]+\\.')) ORDER BY time, events""",
    entities=PLACES,
    suggests={"host_compromise": Strength.DAMNING, "malware_delivery": Strength.EXPECTED, "something_hostile": Strength.DAMNING},
    techniques=("T1218",),
    severity=4,
    blind_spots="A tool that reads what to run from a file with an innocent name; what old programs and nightly transfers are started with is another unit's, and weighs less.",
)
