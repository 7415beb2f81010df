"""The lines that web servers and load balancers write, each form as one pattern.

Sources: httpd.apache.org, "Log Files" and mod_log_config; nginx.org, ngx_http_log_module; docs.aws.amazon.com, "Amazon S3 server access log format",
"Access logs for your Application Load Balancer" and "... Classic Load Balancer".
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

_CLOCK = r"\[(?P<time>\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\]"


def _quoted(name: str) -> str:
    """A quoted value; a quote within it is escaped."""
    return rf'"(?P<{name}>(?:[^"\\]|\\.)*)"'


_CLIENT, _TARGET = r"(?P<src>\[?[0-9a-fA-F.:]+?\]?):(?P<src_port>\d+)", r"(?:(?P<dst>\[?[0-9a-fA-F.:]+?\]?):(?P<dst_port>\d+)|-)"

FORMS: dict[str, re.Pattern[str]] = {
    # Common and combined, with the virtual host before it or not.
    "access": re.compile(
        rf"(?:(?P<vhost>[\w.-]+):(?P<dst_port>\d+) )?(?P<src>\S+) \S+ (?P<user>.*?) {_CLOCK} {_quoted('request')} (?P<status>\d{{3}}|-) (?P<sent>\d+|-)"
        rf"(?: {_quoted('referrer')} {_quoted('agent')})?"
    ),
    "s3": re.compile(
        rf"\S+ (?P<bucket>\S+) {_CLOCK} (?P<src>\S+) (?P<user>\S+) (?P<id>\S+) (?P<operation>[A-Z]+\.\S+) (?P<key>\S+) (?:{_quoted('request')}|-)"
        rf" (?P<status>\d{{3}}|-) (?P<error>\S+) (?P<sent>\d+|-) \S+ \S+ \S+ (?:{_quoted('referrer')}|-) (?:{_quoted('agent')}|-)"
        r"(?: (?:\S+ ){5}(?P<vhost>\S+))?"
    ),
    "alb": re.compile(
        rf"(?:https?|h2|grpcs|wss?) (?P<time>\d{{4}}-\d\d-\d\dT\S+Z) (?P<balancer>\S+) {_CLIENT} {_TARGET} \S+ \S+ \S+ (?P<status>\d{{3}}|-) \S+"
        rf" (?P<received>\d+) (?P<sent>\d+) {_quoted('request')} {_quoted('agent')}"
    ),
    "elb": re.compile(
        rf"(?P<time>\d{{4}}-\d\d-\d\dT\S+Z) (?P<balancer>\S+) {_CLIENT} {_TARGET} \S+ \S+ \S+ (?P<status>\d{{3}}|-) \S+ (?P<received>\d+) (?P<sent>\d+)"
        rf" {_quoted('request')}(?: {_quoted('agent')})?"
    ),
    "apache_error": re.compile(
        r"\[(?P<time>[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d+)? \d{4})\] \[(?P<level>[\w:]+)\](?: \[pid [^\]]*\])?"
        r"(?: \[client (?P<src>[^\]\s]+?)(?::(?P<src_port>\d+))?\])? ?(?P<text>.*)",
        re.S,
    ),
    "nginx_error": re.compile(
        r"(?P<time>\d{4}/\d\d/\d\d \d\d:\d\d:\d\d) \[(?P<level>\w+)\] \d+#\d+: (?P<text>.*?(?:, client: (?P<src>[0-9a-fA-F.:]+).*)?)$",
        re.S,
    ),
}

_MONTHS = {m: n for n, m in enumerate(("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1)}


def moment(text: str) -> datetime | str:
    """The time of a line in UTC; an error log, which names no zone, is taken as UTC."""
    if text[2:3] == "/":
        zone = timedelta(hours=int(text[22:24]), minutes=int(text[24:26]))
        local = datetime(int(text[7:11]), _MONTHS[text[3:6]], int(text[:2]), int(text[12:14]), int(text[15:17]), int(text[18:20]), tzinfo=UTC)
        return local + zone if text[21] == "-" else local - zone
    if text[:1].isdigit():
        return text.replace("/", "-")
    _, month, day, clock, year = text.split()
    return datetime.fromisoformat(f"{year}-{_MONTHS[month]:02d}-{int(day):02d}T{clock}")
