"""What programs report to the audit trail: sign-ins, commands of sudo, accounts, services, and the trail itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from vidocq.model.control_plane import address
from vidocq.model.source import Row

Fields = Mapping[str, str]
_PROGRAMS = {"sshd": "ssh", "su": "sudo", "sudo": "sudo"}


def _program(f: Fields) -> str:
    name = f.get("exe", "").rsplit("/", 1)[-1]
    return _PROGRAMS.get(name, name or "login")


def _account(f: Fields) -> str | None:
    return f.get("acct") or f.get("ID") or f.get("id")


def _person(f: Fields) -> str | None:
    """Who signed in before it all: that name survives sudo. Nobody did where it is unset."""
    named, number = f.get("AUID"), f.get("auid")
    if named:
        return None if named == "unset" else named
    return "root" if number == "0" else f"uid {number}" if number and number != "4294967295" else None


def _status(f: Fields) -> str:
    return "success" if f.get("res") in ("success", "1", "yes") else "failure"


def _login(f: Fields) -> Row:
    return "authentication", {"service": _program(f), "status": _status(f), "actor_user": _account(f), "src_ip": address(f.get("addr")), "method": f.get("op"), "client": f.get("terminal")}


def _checked(f: Fields) -> Row | None:
    """A check of a password or a key. One that succeeds is told again when the session opens; one that fails, only here."""
    return _login(f) if _status(f) == "failure" else None


def _command(f: Fields) -> Row:
    return "authentication", {"service": "sudo", "status": _status(f), "actor_user": _person(f), "method": "root", "client": f.get("cmd")}


def _changed(operation: str) -> Callable[[Fields], Row | None]:
    def make(f: Fields) -> Row | None:
        # What is added is told in steps (`op=adding user`, `op=adding home directory`): the one that names an account is the change.
        said = f.get("op", "")
        if _status(f) == "failure" or "home directory" in said:
            return None
        return "account_change", {"actor_user": _person(f) or f.get("UID") or ("root" if f.get("uid") == "0" else None), "target_user": _account(f), "group_name": f.get("grp"), "operation": operation, "detail": said or None}

    return make


def _member(f: Fields) -> Row | None:
    added = "add" in f.get("op", "") and "group" in f.get("op", "")
    return _changed("add to group" if added else "change")(f)


def _service(operation: str) -> Callable[[Fields], Row | None]:
    def make(f: Fields) -> Row | None:
        if _status(f) == "failure":
            return None
        return "job_activity", {"kind": "service", "name": f.get("unit"), "operation": operation, "command": None, "actor_user": _person(f)}

    return make


def _trail(f: Fields) -> Row | None:
    """The rules of the trail itself change: taken away, or the whole switched off."""
    said = f.get("op", "")
    off = f.get("audit_enabled") == "0" and f.get("old") not in (None, "0")
    if ("remove" in said or off) and _status(f) == "success":
        return "event_log_activity", {"log": "audit", "operation": "change audit policy", "actor_user": _person(f), "detail": " ".join(f"{k}={v}" for k, v in f.items())[:500]}
    return None


def _ended(f: Fields) -> Row:
    return "event_log_activity", {"log": "audit", "operation": "stop", "actor_user": _person(f), "detail": f.get("op")}


REPORTS: dict[str, Callable[[Fields], Row | None]] = {
    "USER_LOGIN": _login, "USER_AUTH": _checked, "USER_ERR": _checked, "USER_CMD": _command, "ADD_USER": _changed("create"), "DEL_USER": _changed("delete"), "USER_CHAUTHTOK": _changed("change password"), "USER_MGMT": _member,
    "GRP_MGMT": _member, "ADD_GROUP": _changed("create group"), "DEL_GROUP": _changed("delete group"), "SERVICE_START": _service("start"), "SERVICE_STOP": _service("stop"), "CONFIG_CHANGE": _trail, "DAEMON_END": _ended,
}
"""Type of record -> what it becomes; None leaves it to the base event."""
