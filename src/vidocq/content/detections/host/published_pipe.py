"""A program opens a pipe under a name that a published tool of attack gives it."""

from vidocq.behaviour.programs import PLACES, name
from vidocq.model.belief import Detection, Strength

PIPES = (
    # the name of the pipe, technique. Source: the tools' published defaults (attack.mitre.org S0154 Cobalt Strike, S0363 Empire, S0002 Mimikatz; github.com/SigmaHQ/sigma, "Malicious Named Pipe").
    (r"^\\(msse-[0-9a-f]{2,5}-server|msagent_[0-9a-f]{2,}|status_[0-9a-f]{2,}|postex(_ssh)?_[0-9a-f]{2,}|interprocess_tool|dserversvc|spoolss_[0-9a-f]+|win_svc|samr_[0-9a-f]+)$", "T1055"),
    (r"^\\(gruntsvc|demoagent_(11|22)|havoc|sliver|jaccdpqnvbrrxlaf|csexecsvc|remcom.*|winexesvc)$", "T1569.002"),
    (r"^\\(tsssp|isapihttp|isapidg2?|lsadump|cachedump|wceservicepipe|sdlrpc|katz.*)$", "T1003.001"),
    (r"^\\((rotten|rogue|juicy|sweet|efs|god|print)[a-z]*(potato|spoofer)|coerced|roguepotato|localpotato)", "T1134.001"),
)
_ROWS = ", ".join(f"('{pattern}', '{technique}')" for pattern, technique in PIPES)

DETECTION = Detection(
    id="host.published_pipe",
    title="{program} on {host} uses the pipe {pipe}, the default of a published tool",
    why="Parts of such a tool speak with each other through a pipe. Nobody else gives a pipe that name; whoever changes nothing of a tool keeps it.",
    of=("file_activity",),
    sql=f"""
        WITH known AS (SELECT * FROM (VALUES {_ROWS}) AS t(pattern, technique))
        SELECT MIN(f.time) AS time, list(f.uid ORDER BY f.time, f.uid)[1:50] AS events, f.host, CAST(NULL AS VARCHAR) AS actor_user, f.process_guid, {name('f.process')} AS program, f.file_name AS pipe, list_distinct(list(k.technique) || ['T1134.001']) AS techniques
        FROM file_activity AS f JOIN known AS k ON regexp_matches(lower(f.file_name), k.pattern)
        WHERE f.protocol = 'pipe' GROUP BY f.host, f.process_guid, f.process, f.file_name, time_bucket(INTERVAL 1 HOUR, f.time) ORDER BY time, host, pipe
    """,
    entities=PLACES,
    suggests={"host_compromise": Strength.DAMNING, "something_hostile": Strength.DAMNING},
    severity=4,
    blind_spots="The names are an option of every such tool.",
)
