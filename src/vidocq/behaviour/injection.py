"""Code in the addresses of web requests, in SQL for detections."""

from __future__ import annotations

from vidocq.behaviour.direction import HOME, ours

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
