"""A script is written so that nobody can read it."""

from vidocq.model.belief import Detection, Strength

PATTERN = r"('[^' ]{1,8}'[ )]*\+[ (]*){4}|('[^' ]{1,8}'\+'[^' ]{1,8}'\)?\+?.{0,12}){3}|(\w`[cdg-mo-qswxyz]\w*){2}|(\{[0-9]+\}){8,}|(\[char\] *\(?[0-9a-fx]+\)? *\+ *){3}"
"""Words in pieces of a few letters, marks inside words, letters by their numbers, pieces put in order by a list. Source: attack.mitre.org T1027.010."""

DETECTION = Detection(
    id="host.scrambled_script",
    title="A script on {host} is written so that nobody can read it",
    why="Programs are written to be read. Words that are cut into pieces and put together only while they run are so for one reason: no eye and no rule shall know them.",
    of=("script_activity",),
    sql=f"""
        SELECT MIN(time) AS time, list(uid ORDER BY time, uid)[1:50] AS events, host, actor_user, COUNT(*) AS times FROM script_activity
        WHERE regexp_matches(lower(COALESCE(text, '')), '{PATTERN.replace("'", "''")}') GROUP BY host, actor_user, time_bucket(INTERVAL 1 MINUTE, time) ORDER BY time, host
    """,
    entities={"host": "host:host", "actor_user": "user:actor"},
    suggests={"host_compromise": Strength.DAMNING, "malware_delivery": Strength.TELLING, "something_hostile": Strength.DAMNING},
    techniques=("T1027", "T1059.001"),
    severity=4,
    blind_spots="Scripts that were packed to protect them from copying.",
)
