"""A tool that came with the system is made to run what it was not sent with."""

from vidocq.behaviour.programs import PLACES, of_few_machines, tools_told
from vidocq.model.belief import Detection, Strength

TOOLS = (
    # program, what its command line says, technique. Source: attack.mitre.org (T1218 and below, T1127.001, T1220, T1216), lolbas-project.github.io.
    ("mshta.exe", r"https?:|javascript:|vbscript:|\\users\\|\\temp\\", "T1218.005"),
    ("regsvr32.exe", r"/i:|scrobj|https?:|\\users\\|\\temp\\|\\programdata\\", "T1218.010"),
    ("rundll32.exe", r"^(\"[^\"]*\"|\S+) +([/-]\S+ +)*\"?\S*(\\users\\|\\temp\\|progra~3|\\programdata\\|https?:)|control_rundll.*(\\users|\\temp|progra~)|advpack\S*,\W?(registerocx|launchinf)|shdocvw\S*,\W?openurl|mshtml\S*,\W?printhtml", "T1218.011"),
    ("cmstp.exe", r"/s|/au|/ni|https?:|\\temp\\", "T1218.003"),
    ("installutil.exe", r"/u\b|logtoconsole=false", "T1218.004"),
    ("regasm.exe", r"\.dll", "T1218.009"),
    ("regsvcs.exe", r"\.dll", "T1218.009"),
    ("msiexec.exe", r"https?:|/y|/z", "T1218.007"),
    ("hh.exe", r"https?:|\\users\\.*\.chm|\\temp\\", "T1218.001"),
    ("control.exe", r"\\users\\.*\.cpl|\\temp\\.*\.cpl", "T1218.002"),
    ("mavinject.exe", r"injectrunning", "T1218.013"),
    ("odbcconf.exe", r"regsvr|/f |/a ", "T1218.008"),
    ("wmic.exe", r"/?format:.?https?|/?format:.*\.xsl", "T1220"),
    ("msxsl.exe", r".", "T1220"),
    ("msbuild.exe", r"\\users\\[^\\]+\\(downloads|desktop|appdata)|\\temp\\|^\S*msbuild\.exe\"? +[^/\\ ]+\.(csproj|xml|proj|txt)$", "T1127.001"),
    ("pubprn.vbs", r"script:", "T1216.001"),
    ("cscript.exe", r"pubprn.*script:", "T1216.001"),
    ("wscript.exe", r"/e:|\\temp\\|\\downloads\\|\\temporary internet files\\", "T1059.005"),
    ("cscript.exe", r"//?e:|\\downloads\\|\\temporary internet files\\", "T1059.005"),
    ("pcalua.exe", r"-a", "T1202"),
    ("forfiles.exe", r"/c", "T1202"),
    ("ftp.exe", r"-s:", "T1202"),
    ("explorer.exe", r"/root,", "T1202"),
)
"""What each of them can be made to run, and how that looks."""

DETECTION = Detection(
    id="host.proxy_execution",
    title="{tool} on {host} is made to run something: {command}",
    why="Tools of the system are trusted and watched less. With an address, a script or a file from a user's folder on its command line, such a tool runs somebody else's program.",
    of=("process_activity",),
    sql=of_few_machines(tools_told(TOOLS)),
    entities=PLACES,
    suggests={"host_compromise": Strength.TELLING, "malware_delivery": Strength.EXPECTED, "something_hostile": Strength.TELLING, "software_update": Strength.EXPECTED, "administration_by_code": Strength.EXPECTED},
    techniques=("T1218",),
    blind_spots="A tool that reads what to run from a file with an innocent name; command lines that were not recorded; what was said in the same words on four other machines a day ago.",
)
