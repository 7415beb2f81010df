"""What an action does by the words of its name, in whatever service: those that are weighty anywhere.

Names of actions are made of the same few words everywhere: a thing (`token`, `saml`, `audit log`) and what was done to it (`created`, `disabled`). A row
holds both, and what must not be there. The order counts: the first row that fits names the act. Source of the techniques: attack.mitre.org.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

ACTS: dict[str, tuple[str, str]] = {
    "logging impaired": ("defense-evasion", "T1562.008"),
    "monitoring impaired": ("defense-evasion", "T1562.001"),
    "protection removed": ("defense-evasion", "T1562.001"),
    "sign-in policy weakened": ("defense-evasion", "T1556"),
    "network allowed": ("defense-evasion", "T1562.007"),
    "second factor removed": ("persistence", "T1556.006"),
    "trust changed": ("persistence", "T1484.002"),
    "key made": ("persistence", "T1098.001"),
    "application credential added": ("persistence", "T1098.001"),
    "consent granted": ("persistence", "T1528"),
    "identity made": ("persistence", "T1136.003"),
    "user invited outside": ("persistence", "T1136.003"),
    "password set": ("persistence", "T1098.001"),
    "function changed": ("persistence", "T1525"),
    "rights granted": ("privilege-escalation", "T1098.003"),
    "session impersonated": ("privilege-escalation", "T1134"),
    "secret read": ("credential-access", "T1555.006"),
    "remote session": ("lateral-movement", "T1021.007"),
    "code protection removed": ("defense-evasion", "T1562.001"),
    "repository exposed": ("exfiltration", "T1567.001"),
    "shared outside": ("exfiltration", "T1537"),
    "data exported": ("exfiltration", "T1567"),
    "access removed": ("impact", "T1531"),
    "data destroyed": ("impact", "T1485"),
}
"""What each act is for: its tactic and its technique."""

_OFF = r"\b(disabl(e|ed|ing)|deactivat(e|ed)|remov(e|ed)|delet(e|ed|ion)|destroy(ed)?|destruction|turned off|to off|off|stop(ped)?|paus(e|ed)|suspend(ed)?|bypass(ed)?|detach(ed)?|disassociate[d]?|releas(e|ed)|relax(ed)?)\b"
_MADE = r"\b(creat(e|ed|ion)|add(ed)?|new|generat(e|ed|ion)|regenerat(e|ed)|issu(e|ed)|regist(er|ered)|mint(ed)?|rotat(e|ed)|insert(ed)?|provision(ed)?)\b"
_LET_IN = r"\b(creat(e|ed)|add(ed)?|install(ed|ation)?|approv(e|ed)|authori[sz](e|ed)|grant(ed)?|connect(ed)?|enabl(e|ed)|activat(e|ed)|allow(ed)?)\b"
_CHANGED = r"\b(updat(e|ed)|chang(e|ed)|edit(ed)?|modif(y|ied)|configur(e|ed)|set|sav(e|ed)|put|patch(ed)?|upsert(ed)?)\b"
_ANY = f"{_OFF}|{_LET_IN}|{_CHANGED}|{_MADE}"
_FACTOR = r"\b(mfa|2fa|tfa|two factor|two step|second factor|multi factor|multifactor|authenticator|webauthn|passkey)\b"
_SIGN_IN = r"\b(sso|saml|oidc|single sign on|identity provider|idp|login settings?|sign ?in (methods?|settings?|policy)|authentication (policy|methods?|settings?)|password (policy|strength|requirements?)|session (timeout|duration|policy)|scim|domain (claim|verification))\b"


@dataclass(frozen=True, slots=True)
class Words:
    """A thing and what was done to it, as regular expressions over a name in lower case with blanks between its words."""

    act: str
    thing: str
    done: str
    never: str = r"\brevok(e|ed)\b"


WORDS: tuple[Words, ...] = (
    Words("logging impaired", r"\b(audit|event|activity|access|admin) ?(logs?|logging|events?|trail)\b|\blog (stream(ing)?|export|forward(er|ing)|delivery|sink|retention|configuration|drain)\b|\bsiem\b", _OFF),
    Words("monitoring impaired", r"\b(alert|detection|notification) (config(uration)?|rules?|polic(y|ies)|settings?)\b|\b(dlp|mdm|antivirus|malware protection|threat protection|anomaly detection|data loss)\b", _OFF),
    Words("second factor removed", rf"{_FACTOR}.*\b(user|member|device|factor)\b|\b(user|member|account)\b.*{_FACTOR}", rf"{_OFF}|\breset\b", r"\b(require(d|ment|s)?|enforce(d|ment)?|policy|settings?|org|organi[sz]ation|workspace|team)\b"),
    Words("sign-in policy weakened", rf"{_FACTOR}|{_SIGN_IN}", _OFF, r"\b(user|member|sync)\b"),
    Words("trust changed", r"\b(sso|saml|oidc|single sign on|identity provider|idp|trusted device ca|certificate authority|federation)\b", rf"{_MADE}|{_CHANGED}|{_LET_IN}", r"\b(login|logins|user|member|membership|sync|response|session)\b"),
    Words("sign-in policy weakened", _SIGN_IN, _CHANGED, r"\b(login succeeded|sync|user|member)\b"),
    Words("network allowed", r"\b(ip|network|address|cidr)s? ?(access|allow(ed)?|white|safe|restrictions?|rules?|polic(y|ies)|filter)( ?lists?)?\b|\b(allow|white) ?lists?\b|\btrusted (ips?|networks?|origins?)\b|\baccess list\b", _ANY, r"\b(failed|denied|export)\b"),
    Words("session impersonated", r"\b(impersonat(e|ed|ion)|sign(ed)? in as|log(ged)? ?in as|assumed? (user|identity|account)|masquerad(e|ed)|act(ed)? as user)\b", r".", r"\b(stop(ped)?|end(ed)?|disabl(e|ed)|exit|view(ed)?|list(ed)?|fail(ed|ure)?|denied)\b"),
    Words("application credential added", r"\b(client secret|app(lication)? (secret|credential|key)|signing secret|integration (key|secret))\b|\bservice (account|principal)s? (secret|credential|key)s?\b", rf"{_MADE}|\breset\b"),
    Words("key made", r"\b(tokens?|api ?keys?|access keys?|ssh keys?|deploy keys?|service keys?|admin (api )?keys?|secret keys?|pats?|credentials?|service (account|principal|user)s?|bot)\b|\b(api|auth) keys?\b", _MADE, r"\b(refresh(ed)?|login|session|failed|revok(e|ed)|delet(e|ed)|expir(e|ed)|temporary)\b"),
    Words("consent granted", r"\b(apps?|applications?|integrations?|plugins?|connectors?|extensions?|add ?ons?|oauth( client)?|bots?|marketplace|third party)\b", r"\b(install(ed|ation)?|approv(e|ed)|authori[sz](e|ed)|grant(ed)?|connect(ed)?|creat(e|ed)|add(ed)?)\b", r"\b(remov(e|ed)|uninstall(ed)?|fail(ed)?|user|member|comment|role|login|logins)\b"),
    Words("data exported", r"\bweb ?hooks?\b", _ANY, r"\b(delet(e|ed|ion)|remov(e|ed)|disabl(e|ed)|fail(ed)?|destroy(ed)?)\b"),
    Words("shared outside", r"\b(public(ly)?|external(ly)?|anyone|guests?|anonymous|open link|public link|outside)\b", r"\b(shar(e|ed|ing)|publish(ed)?|made|enabl(e|ed)|allow(ed)?|turned on|link (creat(e|ed)|add(ed)?))\b", r"\b(remov(e|ed)|disabl(e|ed)|revok(e|ed)|delet(e|ed)|key|declin(e|ed)|view(ed)?|download(ed)?)\b"),
    Words("user invited outside", r"\b(external|guests?|outside collaborators?) ?(users?|members?|collaborators?|accounts?)?\b", r"\b(invit(e|ed)|add(ed)?|creat(e|ed)|join(ed)?)\b", r"\b(remov(e|ed)|revok(e|ed)|permissions? (changed|settings)|expir(e|ed))\b"),
    Words("data exported", r"\b(exports?|exported|data downloads?|bulk downloads?|takeout|ediscovery|data dump)\b", r".", r"\b(fail(ed)?|cancel(l?ed)?|expir(e|ed)|disabl(e|ed)|delet(e|ed)|view(ed)?|list(ed)?|get)\b"),
    Words("rights granted", r"\b(admins?|administrators?|owners?|super ?user|super ?admin|moderators?|co owner)\b", r"\b(grant(ed)?|add(ed)?|assign(ed)?|promot(e|ed)|set|ma[dk]e|chang(e|ed)|creat(e|ed)|transfer(red)?|elevat(e|ed)|to)\b", r"\b(remov(e|ed)|revok(e|ed)|demot(e|ed)|api|key|settings?|login|session|invite (expired|revoked)|delet(e|ed)|(tasks?|issues?|tickets?|incidents?|alerts?|findings?|deals?|leads?|opportunit(y|ies)|records?|documents?|files?|pages?|dashboards?|reports?|assets?) owners?)\b"),
    Words("protection removed", r"\b(retention|legal hold|encryption( key)?|customer managed key|backups?|deletion protection|guardrails?|approvals?|data protection|content restriction)\b", rf"{_OFF}|\b(releas(e|ed)|exclusion)\b"),
    Words("access removed", r"\b(users?|members?|accounts?)\b.*\b(delet(e|ed|ion)|deactivat(e|ed)|suspend(ed)?|deprovision(ed)?|locked|lock)\b|\b(delet(e|ed)|deactivat(e|ed)|suspend(ed)?|deprovision(ed)?) (an? )?(org(ani[sz]ation)? )?(users?|members?|accounts?)\b|\bbulk session\b|\block created\b", r".", r"\b(unlock|un suspend|reactivat(e|ed)|role|setting|settings|group|folder|comment|token|key|photo|access list)\b"),
    Words("data destroyed", r"\b(workspaces?|repositor(y|ies)|projects?|organi[sz]ations?|orgs?|databases?|clusters?|tables?|schemas?|catalogs?|volumes?|spaces?|sites?|tenants?|stor(y|ies)|jobs?|environments?|buckets?|indexe?s?|warehouses?)\b", r"\b(delet(e|ed|ion)|destroy(ed)?|destruction|drop(ped)?|purg(e|ed)|truncat(e|ed)|wip(e|ed))\b", r"\b(undelet(e|ed)|undrop|restor(e|ed)|schedul(e|ed)|member|user|comment|tag|label|invite|settings?|role)\b"),
)

GUARD: tuple[Words, ...] = (
    Words("monitoring impaired", r"\b(rules?|polic(y|ies)|scanners?|classifiers?|validators?|integrations?|connectors?|detectors?|detections?|sensors?|mailbox(es)?|monitors?|monitor(ing)?|automations?|forwarders?|agents?|alerts?|feature flags?|log sources?|schedules?|feeds?|data classifier)\b", _OFF),
    Words("monitoring impaired", r"\b(ignore[sd]?|exceptions?|exclusions?|suppressions?|allow ?lists?)\b", rf"{_MADE}|{_CHANGED}"),
)
"""In a tool that watches others, what watches is itself the protection."""

_UNDONE = re.compile(r"\b(fail(ed|ure)?|denied|reject(ed)?|cancel(l?ed)?|declin(e|ed)|expir(e|ed|y))\b")
"""What did not come off, or was taken back."""
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NO_WORD = re.compile(r"[^A-Za-z0-9]+")
LONGEST = 300


def plain(name: str) -> str:
    """A name as its words in lower case: `OrgSSOSettings.update_all` is `org sso settings update all`."""
    return _NO_WORD.sub(" ", _CAMEL.sub(" ", name[:LONGEST])).lower().strip()


_COMPILED = tuple((w.act, re.compile(w.thing), re.compile(w.done), re.compile(w.never)) for w in WORDS)
_GUARDS = tuple((w.act, re.compile(w.thing), re.compile(w.done), re.compile(w.never)) for w in GUARD)


def act_by_words(name: str, guard: bool = False) -> str | None:
    """The act that a name's words tell of; None where they tell of nothing weighty."""
    words = plain(name)
    if _UNDONE.search(words):
        return None
    for act, thing, done, never in (*_GUARDS, *_COMPILED) if guard else _COMPILED:
        if thing.search(words) and done.search(words) and not never.search(words):
            return act
    return None
