"""What the tools of a Unix host say of themselves: accounts made and changed, planned commands run.

Source of the texts: the shadow suite (useradd.c, usermod.c, passwd.c), Debian's cron (do_command.c).
"""

from __future__ import annotations

import re

from vidocq.model.source import Row

_FORMS: tuple[tuple[tuple[str, ...], re.Pattern[str], str], ...] = (
    (("useradd", "adduser"), re.compile(r"new user: name=(?P<target>[^,]+)(?P<detail>.*)"), "create"),
    (("useradd", "usermod", "gpasswd"), re.compile(r"add '(?P<target>[^']+)' to (?:shadow )?group '(?P<group>[^']+)'"), "add to group"),
    (("gpasswd",), re.compile(r"user (?P<target>\S+) added by (?P<actor>\S+) to group (?P<group>\S+)"), "add to group"),
    (("userdel",), re.compile(r"delete user '(?P<target>[^']+)'"), "delete"),
    (("passwd", "chpasswd"), re.compile(r"(?:pam_unix\([^)]*\): )?password changed for (?P<target>\S+)"), "change password"),
    (("usermod",), re.compile(r"change user '(?P<target>[^']+)' (?P<detail>.*)"), "change"),
)
_PLANNED = re.compile(r"\((?P<user>[^)]+)\) CMD \((?P<command>.*)\)\s*$", re.S)


def changed(program: str, text: str) -> Row | None:
    """The change of an account, or a planned command, that a line tells of; None for any other."""
    if program.lower() in ("cron", "crond", "anacron"):
        found = _PLANNED.match(text)
        return ("job_activity", {"kind": "cron", "operation": "run", "actor_user": found["user"], "command": found["command"].strip()}) if found else None
    for programs, form, operation in _FORMS:
        if program in programs and (found := form.search(text)):
            said = found.groupdict()
            return "account_change", {"target_user": said["target"], "group_name": said.get("group"), "actor_user": said.get("actor"), "operation": operation, "detail": (said.get("detail") or "").strip(" ,") or None}
    return None
