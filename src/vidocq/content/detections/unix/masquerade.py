"""A program goes by the name of a tool of the system, from where nothing is installed."""

from vidocq.behaviour.programs import PLACES, name
from vidocq.behaviour.unix import laid_down
from vidocq.model.belief import Detection, Strength

SYSTEM = (
    "vi", "vim", "nano", "less", "ls", "ps", "top", "htop", "ss", "netstat", "cat", "grep", "find", "tar", "gzip", "sed", "awk", "cp", "mv", "rm", "id", "who", "login", "su", "sudo", "passwd", "ssh", "sshd", "scp", "cron", "crond", "atd", "init",
    "systemd", "systemd-journald", "systemd-logind", "systemd-udevd", "systemd-resolved", "dbus-daemon", "rsyslogd", "auditd", "agetty", "getty", "udevd", "polkitd", "irqbalance", "chronyd", "ntpd", "snapd", "kworker", "kthreadd", "ksoftirqd",
    "kswapd0", "migration", "watchdogd", "rcu_sched", "nginx", "apache2", "httpd", "php-fpm", "mysqld", "postgres", "redis-server", "java", "perl", "bash", "sh", "dash", "zsh",
)
"""What every machine has, each in one place: it is expected in a list of processes, and nobody looks twice."""
KERNEL = r"^\[(kworker|kthreadd|ksoftirqd|kswapd|migration|watchdog|rcu_|kdevtmpfs|khugepaged|scsi_eh)[^ ]*\]?( |$)|^(kworker|kthreadd|ksoftirqd|kswapd|rcu_|kdevtmpfs|khugepaged|scsi_eh)[^ ]*( |$)|^(migration|watchdog)/[0-9]"
"""Threads of the kernel, which have no file."""

DETECTION = Detection(
    id="unix.masquerade",
    title="{program} on {host} is not the one that every machine has: it runs from {place}",
    why="A tool of the system lies in the system's folders. One of its name in a folder open to all, or in a hidden one, counts on the reader's eye.",
    of=("process_activity",),
    sql=f"""
        SELECT time, [uid] AS events, host, actor_user, process_guid, regexp_replace({name('process')}, ' \\(deleted\\)$', '') AS program, process AS place, substr(command, 1, 300) AS command FROM process_activity
        WHERE operation = 'start' AND process LIKE '/%' AND (regexp_replace({name('process')}, ' \\(deleted\\)$', '') IN ({', '.join(repr(s) for s in SYSTEM)}) AND {laid_down('process')} OR regexp_matches(lower(command), '{KERNEL}')
            OR regexp_matches({name('process')}, '^(kworker|kthreadd|ksoftirqd|kswapd|rcu_)'))
        ORDER BY time, uid
    """,
    entities=PLACES,
    suggests={"host_compromise": Strength.DAMNING, "malware_delivery": Strength.EXPECTED, "something_hostile": Strength.DAMNING, "software_update": Strength.NEUTRAL},
    techniques=("T1036.005",),
    severity=4,
    blind_spots="A false tool that was put into the system's folder; an archive of tools that somebody unpacked into the open folder itself.",
)
