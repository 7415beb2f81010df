"""A server asks who it is and what the machine holds."""

from vidocq.behaviour.programs import PLACES, name, one_of, starts
from vidocq.behaviour.unix import SERVICE_ACCOUNTS
from vidocq.model.belief import Detection, Strength

SERVERS = ("nginx", "httpd", "apache2", "php-fpm", "php", "java", "node", "ruby", "puma", "gunicorn", "uwsgi", "python", "python3", "postgres", "mysqld", "redis-server", "tomcat", "dotnet", "next-server")
ASKS = (
    r"(^|[/ ;&|''\"])(whoami|id)( +-[una]+)?( *[;&|<>''\"]|$| +[a-z0-9])|cat +(\S+ +)*/etc/(passwd|shadow|group|sudoers)|\bls +(-\S+ +)*(/root|/home)\b|\bsudo +(-n +)?-l\b|\bcrontab +-l\b|cat +\S*\.(aws/credentials|ssh/\S+|env|bash_history)\b|/proc/self/environ"
    r"|find +/ .*(-perm|id_rsa|\.pem|\.env)|\bgetent +passwd"
)
"""What a program that was installed there knows already (libraries do ask for the groups of an account), or has no use for. Source: attack.mitre.org, T1033, T1087.001, T1552."""

DETECTION = Detection(
    id="unix.server_asks",
    title="{parent} on {host} asks, as {actor_user}: {command}",
    why="A server knows under which account it runs and has no use for the others. Who asks it that through a shell is somebody who has just come in.",
    of=("process_activity",),
    sql=starts(f"process LIKE '/%' AND {one_of('parent', SERVERS)} AND lower(actor_user) IN ({SERVICE_ACCOUNTS}) AND {name('process')} IN ('sh', 'bash', 'dash', 'zsh', 'ash', 'busybox', 'whoami', 'id', 'cat', 'ls', 'find', 'sudo', 'crontab', 'getent') AND regexp_matches(lower(command), '{ASKS}')"),
    entities=PLACES,
    suggests={"exploited_service": Strength.DAMNING, "host_compromise": Strength.TELLING, "something_hostile": Strength.DAMNING, "administration_by_code": Strength.NEUTRAL},
    techniques=("T1190", "T1059.004", "T1033"),
    severity=4,
    blind_spots="Accounts of other names; parents that the log does not name; a start script that asks for its own account.",
)
