"""A tool of the system runs what it has no honest reason to run."""

from vidocq.behaviour.programs import PLACES, tools_told
from vidocq.model.belief import Detection, Strength

TOOLS = (
    # program, what its command line says, technique. Source: attack.mitre.org (T1218 and below, T1220, T1216), lolbas-project.github.io.
    ("mshta.exe", r"https?:|javascript:|vbscript:", "T1218.005"),
    ("regsvr32.exe", r"/i:\S*(https?|ftp):|scrobj", "T1218.010"),
    ("rundll32.exe", r"javascript:|vbscript:|url\.dll,|zipfldr\S*,routethecall|advpack\S*,|pcwutl\S*,|shdocvw\S*,|mshtml|https?:", "T1218.011"),
    ("cmstp.exe", r"https?:", "T1218.003"),
    ("installutil.exe", r"logtoconsole=false", "T1218.004"),
    ("msiexec.exe", r"/(q|quiet|i|package)\S* .*https?://[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+", "T1218.007"),
    ("mavinject.exe", r"injectrunning", "T1218.013"),
    ("odbcconf.exe", r"regsvr", "T1218.008"),
    ("wmic.exe", r"/?format:.?https?|/?format:.*\.xsl|process +call +create", "T1220"),
    ("msxsl.exe", r".", "T1220"),
    ("cscript.exe", r"pubprn.*script:", "T1216.001"),
    ("pcalua.exe", r"-a", "T1202"),
    ("desktopimgdownldr.exe", r"https?:", "T1105"),
    ("ftp.exe", r"-s:", "T1202"),
)
"""What each of them can be made to run, and how that looks."""

DETECTION = Detection(
    id="host.borrowed_tool",
    title="{tool} on {host} runs what it has no reason to run: {command}",
    why="Nobody's work needs a registration tool to fetch a script, or a module of the shell to start a program. Whoever calls it so hides behind a name that is trusted.",
    of=("process_activity",),
    sql=tools_told(TOOLS),
    entities=PLACES,
    suggests={"host_compromise": Strength.DAMNING, "malware_delivery": Strength.EXPECTED, "something_hostile": Strength.DAMNING},
    techniques=("T1218",),
    severity=4,
    blind_spots="A tool that reads what to run from a file with an innocent name.",
)
