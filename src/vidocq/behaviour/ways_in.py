"""How somebody may have come onto a machine, by what the programs there descend from, in SQL.

A process says who let it in: what a sign-in starts descends from the service of that sign-in, what the management plane runs from its agent, what a
request made a server do from the server.
"""

from __future__ import annotations

from vidocq.behaviour.programs import name
from vidocq.behaviour.unix import SERVICE_ACCOUNTS

APPLICATION, SIGN_IN, STOLEN, MANAGEMENT, ITSELF = "application", "remote sign-in", "stolen credentials", "management plane", "starts by itself"

_DOORS = (
    (MANAGEMENT, r"amazon-ssm-agent|ssm-agent-worker|ssm-document-worker|ssm-session-worker|waagent|windowsazureguestagent|customscripthandler|runcommandextension|google_guest_agent|googlecloudguestagent|runc|crun|containerd-shim.*|conmon|kubelet"),
    (SIGN_IN, r"sshd|sshd-session|dropbear|wsmprovhost|winrshost|wmiprvse|psexesvc|paexec|remcomsvc|rdpinit|rdpshell|tsclient|telnetd|in\.telnetd|xrdp"),
    (ITSELF, r"cron|crond|anacron|atd|taskeng|taskhostw?|runonce"),
    (APPLICATION, r"nginx|httpd|apache2?|php|php-fpm.*|php-cgi|w3wp|tomcat.*|ws_tomcatservice|sqlservr|mysqld|mariadbd|postgres|redis-server|mongod|next-server.*|umworkerprocess|umservice|puma|unicorn|gunicorn|uwsgi|caddy|lighttpd|haproxy|jenkins"),
)
_RUNTIMES = r"node|java|python[0-9.]*|ruby|dotnet|beam\.smp|bun|deno"
"""Programs that serve where they run under an account that does; elsewhere they build, test, or are typed at."""


def door(program: str, account: str) -> str:
    """SQL: the way in that a forefather stands for; NULL for any other program."""
    stem = f"regexp_replace({name(program)}, '\\.exe$', '')"
    arms = " ".join(f"WHEN regexp_full_match({stem}, '{which}') THEN '{route}'" for route, which in _DOORS)
    return f"CASE {arms} WHEN regexp_full_match({stem}, '{_RUNTIMES}') AND lower({account}) IN ({SERVICE_ACCOUNTS}) THEN '{APPLICATION}' END"


REMOTE_CONTROL = {22: "SSH", 3389: "RDP", 5985: "WinRM", 5986: "WinRM"}
"""Ports at which a machine is worked on from elsewhere, and nothing else is done."""

SIGN_IN_BY = """CASE WHEN lower(service) IN ('ssh', 'sshd') THEN 'SSH' WHEN lower(service) = 'rdp' OR logon_type IN ('10', 'RemoteInteractive') OR dst_port = 3389 THEN 'RDP'
    WHEN dst_port IN (5985, 5986) THEN 'WinRM' WHEN logon_type IN ('3', 'Network') THEN 'network sign-in' WHEN lower(service) IN ('kerberos', 'ntlm') THEN lower(service) ELSE COALESCE(service, 'sign-in') END"""
"""SQL: by what somebody signed in."""

BY_PROGRAM = f"""CASE WHEN regexp_full_match({name('parent')}, '(wsmprovhost|winrshost)\\.exe') OR regexp_full_match({name('process')}, '(wsmprovhost|winrshost)\\.exe') THEN 'WinRM' WHEN {name('parent')} = 'wmiprvse.exe' THEN 'WMI'
    WHEN regexp_full_match({name('process')}, '(psexesvc|paexec.*|remcomsvc)\\.exe') OR regexp_full_match({name('parent')}, '(psexesvc|paexec.*|remcomsvc)\\.exe') THEN 'psexec' END"""
"""SQL: by what a start came over the network, where its parent says so."""

BY_CALL = """CASE WHEN lower(endpoint) = 'svcctl' AND regexp_matches(lower(operation), '^(rcreateservice|createservice|rstartservice|startservice)') THEN 'service'
    WHEN regexp_matches(lower(endpoint), '^(iwbemservices|iwbemlevel1login)') THEN 'WMI' WHEN regexp_matches(lower(endpoint), '^(itaskscheduler|atsvc)') AND regexp_matches(lower(operation), 'register|run|add') THEN 'planned task' END"""
"""SQL: by what a remote procedure call runs something on another machine; NULL for any other call."""

PLANES = "'aws_cloudtrail', 'azure_activity', 'kubernetes_audit', 'ocsf'"
"""Sources that tell what a management plane was asked to do."""
MANAGED = "(act IN ('remote command', 'remote session', 'pod exec'))"
"""SQL: whether a call runs something on a machine or opens it."""

AUTOSTART_KEYS = r"(?i)\\currentversion\\(run|runonce|winlogon|image file execution)|\\services\\|\\taskcache\\|\\startup"
"""Keys of the registry that start something by themselves."""
