"""Syslog of Unix hosts: the BSD form (RFC 3164), RFC 5424, the ISO form of rsyslog, and systemd's journal as JSON; sshd, sudo, su and PAM become sign-ins.

Source of the forms: rfc-editor.org, RFC 3164 and RFC 5424; man7.org, pam_unix(8), systemd.journal-fields(7); the messages of OpenSSH's auth.c.

The BSD form has no year. It is the year that the file's name gives (`auth-20240305.log`), else the first that its beginning names, else 2000:
a leap year, so that every date exists; nothing is taken from the clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from vidocq.content.sources.syslog.sysmon import of_sysmon
from vidocq.content.sources.syslog.tools import changed
from vidocq.model.source import Head, Layout, Row, Source, names_in

UNKNOWN_YEAR = "2000"
MESSAGE = 500

_BSD = re.compile(
    r"(?:<\d{1,3}>)?(?P<time>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d)(?: (?P<year>\d{4}))? (?P<host>\S+)"
    r" +(?:(?:-- )?(?P<program>[^\s:\[(]+(?:\([^)]*\))?)(?:\[(?P<pid>\d+)\])?: )?(?P<text>.*)",
    re.S,
)
_ISO = re.compile(
    r"(?:<\d{1,3}>)?(?P<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)) (?P<host>\S+)"
    r" (?P<program>[^\s:\[]+)(?:\[(?P<pid>\d+)\])?: (?P<text>.*)",
    re.S,
)
_5424 = re.compile(
    r"<\d{1,3}>\d{1,2} (?P<time>\S+) (?P<host>\S+) (?P<program>\S+) (?P<pid>\S+) \S+ (?:-|(?:\[(?:[^\]\\]|\\.)*\])+) ?\ufeff?(?P<text>.*)", re.S
)
_FORMS = (_5424, _ISO, _BSD)

_MONTHS = {m: n for n, m in enumerate(("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1)}
_DATED_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)-?(?:0[1-9]|1[0-2])(?:-?(?:0[1-9]|[12]\d|3[01]))?(?!\d)")
_DATED_TEXT = re.compile(r"(?<![\d.:-])((?:19|20)\d\d)-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)")


def recognise(head: Head) -> Layout | None:
    if head.text.lstrip()[:1] in ("{", "[") and "__REALTIME_TIMESTAMP" in names_in(head.text):
        return Layout("json")
    begun = [line for line in head.text.splitlines()[:50] if line.strip()]
    if not begun or sum(_parsed(line) is not None for line in begun) < max(1, 0.6 * len(begun)):
        return None
    dated = _DATED_NAME.search(head.name.rsplit("/", 1)[-1]) or _DATED_TEXT.search(head.text)
    return Layout("lines", variant=dated[1] if dated else "")


def _parsed(line: str) -> re.Match[str] | None:
    return next((found for form in _FORMS if (found := form.match(line))), None)


def rows(record: Mapping[str, Any]) -> Iterator[Row]:
    said = _said(record)
    if said is None:
        return
    common, program, text = {"time": said["time"], "host": said["host"]}, said["program"], said["text"]
    if program == "sysmon" and text.startswith("<Event>"):
        yield from ((table, {"host": common["host"], **row}) for table, row in of_sysmon(text, said["time"]))
        return
    signed = _sign_in(program, text)
    made = ("authentication", signed) if signed else changed(program, text)
    if made:
        yield made[0], {**made[1], **common}
        return
    yield "base_event", {**common, "type": f"syslog.{program.lower()}", "src_ip": _source(text)[0], "message": " ".join(text.split())[:MESSAGE] or None}


def _said(record: Mapping[str, Any]) -> dict[str, Any] | None:
    """Time, host, program and text of a line or of an entry of the journal; None for what is neither."""
    if "line" not in record:
        return _entry(record)
    found = _parsed(record["line"])
    if found is None:
        return None
    # "last message repeated 3 times" and the like come from syslogd itself, which does not say so.
    program = (found["program"] or "syslogd").split("(")[0].rsplit("/", 1)[-1]
    return {"time": _time(found, record.get("variant") or UNKNOWN_YEAR), "host": None if found["host"] == "-" else found["host"].lower(), "program": program, "text": found["text"]}


def _entry(record: Mapping[str, Any]) -> dict[str, Any] | None:
    """An entry of the journal. A message with other than plain characters is a list of its bytes, a field told twice a list of texts."""
    stamp, message = str(record.get("__REALTIME_TIMESTAMP", "")), record.get("MESSAGE")
    if not stamp.isdigit():
        return None
    if isinstance(message, list):
        bytes_of = [n for n in message if isinstance(n, int) and 0 <= n < 256]
        message = bytes(bytes_of).decode("utf-8", "replace") if bytes_of else " ".join(map(str, message))
    program = record.get("SYSLOG_IDENTIFIER") or record.get("_COMM") or record.get("_TRANSPORT") or "journal"
    host = record.get("_HOSTNAME")
    time = datetime.fromtimestamp(int(stamp) // 1_000_000, UTC).replace(microsecond=int(stamp) % 1_000_000)
    return {"time": time, "host": str(host).lower() if host else None, "program": str(program).split("(")[0].rsplit("/", 1)[-1], "text": str(message or "")}


def _time(found: re.Match[str], year: str) -> datetime | str:
    """The moment of a line; the BSD form, which names no zone, is taken as UTC."""
    text = found["time"]
    if text[:1].isdigit():
        return text
    hour, minute, second = (int(n) for n in text[7:].split(":"))
    return datetime(int(found["year"] or year), _MONTHS[text[:3]], int(text[4:6]), hour, minute, second)


_ADDRESS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")
_FROM = re.compile(r"\b(?:from|rhost=|by) ?(\S+)(?: port (\d+))?")


def _source(text: str) -> tuple[str | None, int | None]:
    """Address and port that a line says it comes from; a name is no address."""
    found = _FROM.search(text)
    host = found[1].strip("[](),").removeprefix("::ffff:") if found else ""
    return (host, int(found[2]) if found and found[2] else None) if _ADDRESS.fullmatch(host) else (None, None)


# The account ends before the LAST ` from`: it is the other side's choice, and may itself hold ` from 192.0.2.1`.
_SSHD = (
    (re.compile(r"Accepted (?P<method>\S+) for (?P<user>.*) from (?P<src>\S+) port (?P<port>\d+)"), "success"),
    (re.compile(r"Failed (?P<method>\S+) for (?:invalid user |illegal user )?(?P<user>.*) from (?P<src>\S+) port (?P<port>\d+)"), "failure"),
    (re.compile(r"(?:Invalid|Illegal) user (?P<user>.*) from (?P<src>\S+)(?: port (?P<port>\d+))?"), "failure"),
    (re.compile(r"User (?P<user>.*) from (?P<src>\S+) not allowed because"), "failure"),
    (re.compile(r"error: maximum authentication attempts exceeded for (?:invalid user )?(?P<user>.*) from (?P<src>\S+) port (?P<port>\d+)"), "failure"),
)
_PAM = re.compile(r"(?:[^\s(]+\([^)]*\): )?authentication failure; .*?rhost=(?P<src>\S*)(?:\s+user=(?P<user>\S*))?")
_SUDO = re.compile(r"\s*(?P<user>\S+) : (?P<said>.*)", re.S)
_SESSION = re.compile(r"(?:pam_unix\(su[^)]*\): )?session opened for user (?P<target>\S+) by (?P<user>[^(\s]*)")


def _sign_in(program: str, text: str) -> dict[str, Any] | None:
    """What a line says of a sign-in, None if it tells of none."""
    if program.startswith("sshd"):
        for form, status in _SSHD:
            found = form.match(text)
            if found:
                return _signed("ssh", status, found)
    if program == "sudo" and (run := _sudo(text)):
        return run
    if program == "su":
        found = _SESSION.match(text)
        if found:
            return {"service": "sudo", "actor_user": found["user"] or None, "status": "success", "method": found["target"], "client": "su"}
    found = _PAM.match(text)
    return _signed({"sshd": "ssh", "su": "sudo"}.get(program, program), "failure", found, "pam") if found else None


def _sudo(text: str) -> dict[str, Any] | None:
    """A command run, or refused: then the reason stands before the settings (`user NOT in sudoers ; TTY=...`)."""
    found = _SUDO.match(text)
    said, _, command = found["said"].partition(" ; COMMAND=") if found else ("", "", "")
    target = re.search(r"\bUSER=(\S+)", said)
    if not found or not target:
        return None
    status = "success" if re.match(r"[A-Z]+=", said) else "failure"
    return {"service": "sudo", "actor_user": found["user"], "status": status, "method": target[1], "client": command[:MESSAGE]}


def _signed(service: str, status: str, found: re.Match[str], method: str | None = None) -> dict[str, Any]:
    said = found.groupdict()
    src = (said.get("src") or "").removeprefix("::ffff:")
    return {
        "service": service, "status": status, "actor_user": said.get("user") or None, "method": said.get("method") or method,
        "src_ip": src if _ADDRESS.fullmatch(src) else None, "src_port": said.get("port"), "client": src if src and not _ADDRESS.fullmatch(src) else None,
    }


SOURCE = Source(id="syslog", title="Syslog of Unix hosts", recognise=recognise, rows=rows, rank=20)
