"""What logs of control planes share that are no AWS: identity providers, suites of office software and their like.

Each such source names in a table what its operations do (`Deed`); names of fields are compared in lower case, since collectors and warehouses
change their case; a caller is known by an address and the family of a client.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from typing import Any


@dataclass(frozen=True, slots=True)
class Deed:
    """Operations that do one thing, with its ATT&CK tactic and technique.

    `when` is a regular expression over what the request says (compact JSON, in lower case) without which the operation is not weighty. Names are
    separated by commas and compared in lower case.
    """

    act: str
    tactic: str
    technique: str
    operations: str
    when: str = ""


def deeds(table: Iterable[Deed]) -> Mapping[str, tuple[Deed, ...]]:
    """The deeds by operation, in the order of the table."""
    found: dict[str, tuple[Deed, ...]] = {}
    for deed in table:
        for name in deed.operations.split(","):
            key = " ".join(name.split()).lower()
            found[key] = (*found.get(key, ()), deed)
    return found


def weighty(known: Mapping[str, tuple[Deed, ...]], operation: str | None, told: str) -> dict[str, str]:
    """The columns `act`, `tactic` and `technique` of an operation; none for the many that are not weighty. `told` is the request as text."""
    found = known.get(" ".join((operation or "").split()).lower(), ())
    deed = next((d for d in found if not d.when or re.search(d.when, told.lower())), None)
    return {"act": deed.act, "tactic": deed.tactic, "technique": deed.technique} if deed else {}


def lowered(value: Any) -> Any:
    """The same record with the names of its fields in lower case."""
    if isinstance(value, Mapping):
        return {str(k).lower(): lowered(v) for k, v in value.items()}
    return [lowered(v) for v in value] if isinstance(value, list) else value


def compact(said: Any) -> str:
    """What a request says as JSON without white space; an empty text where it says nothing."""
    kept = {k: v for k, v in said.items() if v not in (None, "", [], {})} if isinstance(said, Mapping) else said
    return json.dumps(kept, separators=(",", ":"), ensure_ascii=False, default=str) if kept else ""


SAID = 2000
"""How much of a request a row keeps; what the operation does is told from all of it."""


def pairs(items: Any, name: str = "name", value: str = "value") -> dict[str, Any]:
    """A list of {name, value} as one object; the form in which audit logs write the parameters of a request."""
    found = {}
    for item in items if isinstance(items, list) else ():
        if isinstance(item, Mapping) and isinstance(item.get(name), str):
            found[item[name]] = item.get(value)
    return found


_PORT = re.compile(r"^\[?([0-9a-fA-F:.]+?)\]?(?::\d{1,5})?$")


@lru_cache(10_000)
def _address(text: str) -> str | None:
    for written in (text, *_PORT.findall(text)):
        try:
            found = ip_address(written.partition("%")[0])
        except ValueError:
            continue
        return str(getattr(found, "ipv4_mapped", None) or found)
    return None


def address(text: Any) -> str | None:
    """An address in its one form, without the port or the interface that some write behind it; None for a name or anything else."""
    return _address(text.strip()) if isinstance(text, str) and 1 < len(text) < 60 else None


_FAMILIES = (
    "aadinternals", "roadtools", "azurehound", "bloodhound", "teamfiltration", "graphrunner", "o365spray", "msolspray", "axios", "okhttp", "python-requests", "python-urllib", "aiohttp", "httpx",
    "go-http-client", "curl", "wget", "postman", "powershell", "azure-cli", "azurecli", "terraform", "java", "ruby", "node", "bav2ropc", "cbainprod",
)


def client(agent: str | None) -> str | None:
    """The family of a client of identity providers and office suites: the program behind it where one is known, else as `family`."""
    return _client(agent[:400].lower()) if agent else None


@lru_cache(10_000)
def _client(low: str) -> str | None:
    return next((f for f in _FAMILIES if f in low), None) or ("console" if "mozilla/" in low or "opera/" in low else family(low))


_WORD = re.compile(r"[^/\s(;,\[]+")


def family(agent: str | None) -> str | None:
    """`console` for a browser, else the client's own name without its version; None where none is given. Whoever calls may claim any."""
    if not agent:
        return None
    if agent.startswith(("Mozilla/", "Opera/")):
        return "console"
    found = _WORD.search(agent[:200])
    return found[0].lower()[:60] if found else None


_FACTORS = (
    ("push", "push|google_prompt|microsoft authenticator|mobile app notification|okta verify|okta_verify|signed_nonce|phoneappnotification"), ("security key", "webauthn|fido|u2f|passkey|security key|hello for business|certificate|x509"),
    ("one-time code", "totp|otp|passcode|token|software_oath|verification code|google authenticator|idv_preregistered|hardware|duo_mobile_passcode|code"), ("text message", "sms|text message"), ("call", "call|phone|voice"), ("mail", "email|magic"),
    ("remembered", "remembered|previously satisfied|claim in the token|bypass"), ("federated", "saml|federat|idp|sso|oidc|wsfed|google_password|exchange"), ("password", "password|pwd|reauth"),
)


def factor(said: str | None) -> str | None:
    """The factor in one of a few words that all services share, from what one of them calls it."""
    return _factor(said[:300].lower()) if said else None


@lru_cache(10_000)
def _factor(said: str) -> str:
    return next((word for word, pattern in _FACTORS if re.search(pattern, said)), said[:60])


def domain(mail: Any) -> str | None:
    """The domain of a mail address. An outside guest is written `ann_example.com#EXT#@tenant`: of the domain that stands before the mark."""
    if not isinstance(mail, str) or "@" not in mail:
        return None
    guest = re.search(r"_([^_@#]+\.[^_@#]+)#ext#@", mail.lower())
    return guest[1] if guest else mail.rsplit("@", 1)[1].strip(" >\"'").lower() or None


_PUBLIC = frozenset(
    ["gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com", "proton.me", "protonmail.com", "gmx.de", "gmx.net", "web.de", "mail.ru", "yandex.ru", "yandex.com", "qq.com", "163.com", "aol.com", "tutanota.com", "tuta.io", "zoho.com", "mail.com"]
)


def outsiders(own: Any, others: Iterable[Any]) -> str | None:
    """The mail addresses that are not of the house, separated by commas: of another domain than `own` (an address), or of a public mail service."""
    home = domain(own)
    found = [str(o).strip() for o in others if (d := domain(o)) and (d in _PUBLIC or (home and not _related(home, d)))]
    return ",".join(dict.fromkeys(found))[:500] or None


def _related(one: str, other: str) -> bool:
    """One domain stands below the other, or is the tenant's own below Microsoft's: of a tenant's further domains nobody knows here."""
    return one == other or one.endswith("." + other) or other.endswith("." + one) or one.endswith(".onmicrosoft.com") or other.endswith(".onmicrosoft.com")
