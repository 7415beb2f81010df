"""A web request carries code instead of a question."""

from vidocq.behaviour.direction import HOME, ours
from vidocq.model.belief import Detection, Strength

_SPACE = "([+]|%20|%09|/[*].{0,12}[*]/|[ ])"
LOOKUP = "([$]|%24)([{]|%7b)(jndi|lower|upper|env|sys|::-|%3a%3a)|[(][)] ?[{] ?:; ?[}]"
"""What a library that logs, or a shell, takes for an order wherever it stands: in the name of a client too."""
CODE = "|".join((
    f"union{_SPACE}+(all{_SPACE}+)?select", f"('|%27|%22){_SPACE}*(or|and){_SPACE}+.{{1,24}}(=|%3d|like|--)", "(sleep|benchmark|pg_sleep|extractvalue|updatexml|load_file)([(]|%28)", f"waitfor{_SPACE}+delay", "information_schema", "xp_cmdshell",
    "((%2e|[.])(%2e|[.])(/|%2f|%5c|%255c|%252f)){2,}", "/etc/(passwd|shadow)|boot[.]ini|win[.]ini", "(;|%3b|[|]|%7c|`|%60|[$][(]|%24%28|%26%26|&&)" + _SPACE + "*(cat|wget|curl|id|whoami|nc|bash|sh|ping|chmod|uname|powershell)([ +;&]|%20|%3b|$)",
    LOOKUP, "class[.]module[.]classloader|%23_memberaccess|ognl[.]", "php://(input|filter)|allow_url_include|auto_prepend_file|invokefunction|eval-stdin", "(<|%3c)(script|svg|img)[^a-z]",
))
"""What no page asks for: commands of databases, ways out of the folder, a shell's commands, look-ups by a logging library, a script."""

ANSWERED = "answered >= 3 AND answered * 10 >= attempts * 9"
"""The server took nearly all of it for its own: more than a lucky page or two."""


def sent(which: str) -> str:
    """The statement for clients' hours with code in requests, kept to those of which `which` holds."""
    return f"""
        WITH {HOME}, sent AS (
            SELECT time, uid, src_ip, dst_ip, host, status_code, COALESCE(NULLIF(regexp_extract(lower(url), '{CODE.replace("'", "''")}'), ''), regexp_extract(concat_ws(' ', lower(user_agent), lower(referrer)), '{LOOKUP}')) AS code FROM http_activity
        ), counted AS (
            SELECT MAX(time) AS time, list(uid ORDER BY (status_code BETWEEN 200 AND 299) DESC NULLS LAST, time, uid)[1:200] AS events, COUNT(*) AS all_events, MIN(time) AS first_event, src_ip, dst_ip, COALESCE(MIN(host), dst_ip, 'the web server') AS target, COUNT(*) AS attempts,
                COUNT(DISTINCT code) AS kinds, COUNT(CASE WHEN status_code BETWEEN 200 AND 299 THEN 1 END) AS answered, MIN(code)[1:40] AS example
            FROM sent WHERE code <> '' AND src_ip IS NOT NULL GROUP BY src_ip, dst_ip, time_bucket(INTERVAL 1 HOUR, time)
            HAVING dst_ip IS NULL OR {ours('dst_ip')} OR COUNT(DISTINCT code) >= 3
        )
        SELECT * FROM counted WHERE {which} ORDER BY time, src_ip, dst_ip
    """


DETECTION = Detection(
    id="network.code_in_request",
    title="{src_ip} sends {attempts} requests with code in them to {target}, {answered} of which are answered with success",
    why="Addresses name things. One that carries a database's or a shell's commands is meant for a program that takes it for its own.",
    of=("http_activity",),
    sql=sent(f"NOT ({ANSWERED})"),
    entities={"src_ip": "ip:source", "dst_ip": "ip:target"},
    suggests={"exploited_service": Strength.TELLING, "something_hostile": Strength.TELLING, "internet_noise": Strength.EXPECTED, "vulnerability_scanner": Strength.EXPECTED},
    techniques=("T1190",),
    warm_up="One request to a server of ours; three kinds of code to one outside, since advertisers write addresses that look like code.",
    blind_spots="Code in the body of a request, or inside TLS; codings other than the address's own.",
)
