"""What an operation of the Falcon console does, in one word, where it is weighty.

Source of the operations: Falcon console and API reference ("Event Streams", audit events), as parsers of several public projects name them. The
same operation is written `CreateAPIClients`, `create_policy` or `lift_containment_requested`: names are compared without case and signs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Act:
    """Operations that do one thing; `said` narrows it to what the audit's values say."""

    name: str
    tactic: str
    technique: str
    operation: str
    said: str = ""


_READS_ALERTS = r"alerts:read|detects:read|event-streams:read|incidents:read"

ACTS = (
    Act("monitoring impaired", "defense-evasion", "T1562.001", r"liftcontainment|(disable|delete)\w*polic|(disable|delete)\w*prevention|(reveal|bulkreveal)\w*token|uninstall\w*token|maintenancetoken"),
    Act("monitoring impaired", "defense-evasion", "T1562.001", r"(hide|suppress|delete)\w*(host|device)s?(requested)?$|create\w*(exclusion|suppression)|exclusioncreate"),
    # A client through which another system reads the alerts: without it nobody downstream hears of them.
    Act("monitoring impaired", "defense-evasion", "T1562.001", r"deleteapiclients?", _READS_ALERTS),
    Act("key made", "persistence", "T1098.001", r"createapiclients?|resetapiclientsecret|regenerateapiclient"),
    Act("rights granted", "privilege-escalation", "T1098.003", r"grantuserroles|updateuserroles|addrole", r"\"roles?\": \"[^\"]*(?<!non)(?<!non[_ -])admin|\"roles?\": \"[^\"]*responder"),
    Act("rights granted", "privilege-escalation", "T1098.003", r"updateapiclients?", r":write"),
    Act("identity made", "persistence", "T1136.003", r"createuser"),
    Act("second factor removed", "persistence", "T1556.006", r"resetauthsecret|requestedauthsecretreset|reset2fa|disable(2fa|mfa)"),
    Act("password set", "persistence", "T1098.001", r"changepassword|resetpassword$"),
    Act("network allowed", "defense-evasion", "T1562.007", r"(create|update)(ip)?allowlist\w*|ip_?rulesadded"),
    Act("sign-in policy weakened", "persistence", "T1556", r"deleteallowlist\w*|disableallowlist\w*|disablesso|deletesso\w*|updatesso\w*"),
    Act("remote session", "lateral-movement", "T1021.007", r"remoteresponsesessionstart"),
    Act("remote command", "execution", "T1651", r"remoteresponsesessionend", r"\b(runscript|run|put|put-and-run|memdump|reg set|reg delete|kill|rm)\b"),
)
_SIGNS = re.compile(r"[^a-z0-9]+")


def act_of(operation: str | None, said: str) -> Act | None:
    """The act of an operation whose audit says this."""
    name = _SIGNS.sub("", (operation or "").lower())
    return next((a for a in ACTS if re.search(a.operation, name) and (not a.said or re.search(a.said, said.lower()))), None)
