"""A program for working on a machine from afar runs where it did not run before."""

from vidocq.behaviour.programs import PLACES, name, starts
from vidocq.model.belief import Detection, Strength

TOOLS = (
    r"^(anydesk|teamviewer(_service|_desktop)?|screenconnect\.\S+|connectwisecontrol\S*|atera(agent)?|splashtop\S*|srserver|srmanager|rustdesk|remotepc\S*|logmein\S*|lmi\S*guardian\S*|gotoassist\S*|g2\w+|ammyy\S*|aa_v\d\S*|supremo\S*"
    r"|dwagent|dwagsvc|meshagent\S*|tacticalrmm|remote_?utilities\S*|rutserv|rfusclient|ultraviewer\S*|zohoassist\S*|za_\S*|bomgar\S*|beyondtrust\S*|chrome-?remote-?desktop\S*|remoting_host|parsecd?|hoptodesk|action1_\w+|simplehelp\S*|ngrok|vncserver|winvnc\S*|tvnserver|x11vnc)(\.exe)?$"
)
"""Names under which they run. Source: attack.mitre.org T1219; cisa.gov AA23-025A; lolrmm.io."""
FIRST = f"""SELECT * FROM ({starts(f"regexp_matches({name('process')}, '{TOOLS}')")}) QUALIFY ROW_NUMBER() OVER (PARTITION BY host, program ORDER BY time, events[1]) = 1"""
MACHINES = 3
"""Machines with one program, before it is taken for the company's own."""

DETECTION = Detection(
    id="host.remote_desktop_tool",
    title="{program}, with which one works from afar, starts on {host}",
    why="Help desks have one such program, on all machines and for years. Who calls and pretends to be the help desk, or wants a way in that nobody blocks, brings another.",
    of=("process_activity",),
    sql=f"SELECT * FROM ({FIRST}) QUALIFY ROW_NUMBER() OVER (PARTITION BY program ORDER BY time, events[1]) <= {MACHINES} ORDER BY time",
    entities=PLACES,
    suggests={"c2_channel": Strength.EXPECTED, "host_compromise": Strength.EXPECTED, "something_hostile": Strength.EXPECTED, "administration_by_hand": Strength.EXPECTED, "software_update": Strength.EXPECTED},
    techniques=("T1219",),
    blind_spots="The program that the help desk itself uses; one under another name.",
)
