"""What lies where on a Unix host, and what starts by itself there, in SQL for detections and questions."""

from __future__ import annotations

from vidocq.behaviour.programs import name

LAID_DOWN = r"^/(tmp|var/tmp|dev/shm|run/shm)/[^/]+( \(deleted\))?$|/\.[^/]+/[^/]+( \(deleted\))?$|/\.[^/]+/\.[^/]+/"
"""Where a program was laid down rather than installed or built: directly in a folder open to all, or in a hidden folder. Builds and tool chains lie deeper."""


def laid_down(column: str) -> str:
    """Whether a program's path is one that nothing installs to; a name with `(deleted)` is that of a file that is gone while it runs."""
    return f"(regexp_matches({column}, '{LAID_DOWN}') AND {column} LIKE '/%')"


STARTING: tuple[tuple[str, str, str], ...] = (
    ("a planned job", r"^/(etc/cron|etc/crontab|etc/anacrontab|var/spool/(cron|at)/)", "T1053.003"),
    ("a service", r"^/(etc|usr/lib|lib|usr/local/lib|run)/systemd/(system|user)/[^/]+\.(service|timer|path|socket)$|^/etc/(init\.d|rc\.local|rc\d\.d)", "T1543.002"),
    ("a service of a user", r"/\.(config|local/share)/systemd/user/.*\.(service|timer|path|socket)$", "T1543.002"),
    ("what starts with the desktop", r"/(\.config|etc/xdg)/autostart/", "T1547.013"),
    ("a profile of shells", r"/\.(bashrc|bash_profile|bash_login|profile|zshrc|zprofile|zshenv|bash_logout|config/fish/config\.fish)$|^/etc/(profile|bash\.bashrc|profile\.d/[^/]+|zsh/)", "T1546.004"),
    ("a key to sign in with", r"/\.ssh/authorized_keys2?$|^/etc/ssh/authorized_keys", "T1098.004"),
    ("a library that every program loads", r"^/etc/ld\.so\.(preload|conf)", "T1574.006"),
    ("a module of sign-in", r"^/etc/pam\.d/|/pam_[^/]+\.so$|/security/pam_", "T1556.003"),
    ("a module of the kernel", r"^/etc/(modules$|modules-load\.d/)", "T1547.006"),
    ("a rule of the package manager", r"^/etc/(apt/apt\.conf\.d|yum/pluginconf\.d|dnf/plugins)/|^/etc/update-motd\.d/|^/etc/udev/rules\.d/", "T1546"),
)
"""What starts by itself, the files that say so, and the technique. Source: attack.mitre.org, tactic TA0003 (Linux)."""

TOLD: tuple[tuple[str, str], ...] = (
    ("a planned job", r"\| *crontab( -u \S+)? -|crontab +/\S+|> *(/etc/cron|/var/spool/cron)"),
    ("a service", r">+ *\S*/systemd/system/|tee +\S*/systemd/system/|>+ */etc/rc\.local"),
    ("a service of a user", r">+ *\S*\.config/systemd/user/|systemctl +--user +(enable|start)"),
    ("what starts with the desktop", r">+ *\S*/autostart/\S+"),
    ("a profile of shells", r">+ *\S*\.(bashrc|bash_profile|profile|zshrc)\b|>+ */etc/profile"),
    ("a key to sign in with", r">+ *\S*authorized_keys"),
    ("a library that every program loads", r">+ */etc/ld\.so\.preload"),
)
"""The same by a command line of a shell."""

INSTALLERS = "'dpkg', 'dpkg-deb', 'apt', 'apt-get', 'rpm', 'dnf', 'yum', 'zypper', 'pacman', 'apk', 'snapd', 'systemd', 'systemctl', 'update-rc.d', 'useradd', 'adduser', 'usermod', 'pam-auth-update', 'ldconfig', 'unattended-upgrade', 'cloud-init', 'dracut'"
"""What installs and enables: the system's own hands."""


def kind_of_start(column: str) -> str:
    """SQL: what starts by itself because of a file; NULL for any other file."""
    return "CASE " + " ".join(f"WHEN regexp_matches({column}, '{pattern}') THEN '{kind}'" for kind, pattern, _ in STARTING) + " END"


def kind_told(column: str) -> str:
    """SQL: what starts by itself because of a command; NULL for any other command."""
    return "CASE " + " ".join(f"WHEN regexp_matches({column}, '{pattern}') THEN '{kind}'" for kind, pattern in TOLD) + " END"


def technique_of_start(column: str) -> str:
    """SQL: the technique for what `kind_of_start` or `kind_told` gave."""
    return "CASE " + " ".join(f"WHEN {column} = '{kind}' THEN '{technique}'" for kind, _, technique in STARTING) + " END"


FOOTHOLDS = f"""
    SELECT time, uid, host, actor_user, process_guid, process, file_name AS what, {kind_of_start('file_name')} AS kind FROM file_activity
    WHERE operation IN ('create', 'write', 'rename', 'link') AND file_name LIKE '/%' AND ({name('process')} IN ({INSTALLERS}) AND NOT {laid_down('process')}) IS NOT TRUE
    UNION ALL SELECT time, uid, host, actor_user, process_guid, process, substr(command, 1, 300), {kind_told('command')} FROM process_activity WHERE operation = 'start' AND process LIKE '/%'
"""
"""SQL of a subquery: each act that makes something start by itself; `kind` is NULL for all others."""

SERVICE_ACCOUNTS = "'www-data', 'apache', 'nginx', 'httpd', 'tomcat', 'node', 'nodejs', 'app', 'web', 'webapp', 'nobody', 'postgres', 'mysql', 'redis', 'mongodb', 'jenkins', 'gitlab', 'git', 'daemon', 'http', 'www'"
"""Accounts that serve and at which nobody sits, by the names that distributions and images give them."""
