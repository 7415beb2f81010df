"""What every log of mail says in the same words: addresses, domains, what a server found of the sender, and lists as the store keeps them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from email.utils import getaddresses
from functools import lru_cache
from urllib.parse import parse_qs, urlsplit

MOST = 50
"""Addresses, links and attachments that are kept of one message."""
LENGTH = 500
_ADDRESS = re.compile(r"[^\s<>\"',;:()\[\]]+@[^\s<>\"',;:()\[\]]+")
_ENCODED = re.compile(r"=\?[^?\s]{1,60}\?[bq]\?[^?]*\?=", re.I)
_CHECK = re.compile(r"\b(spf|dkim|dmarc)\W{1,4}(\w+)", re.I)
_HOST = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//(?:[^/?#@]*@)?([^/:?#\s]+)", re.I)


def mailbox(text: object) -> str | None:
    """The bare address in lower case, without name and brackets; None where there is none."""
    found = _ADDRESS.findall(text[:2000]) if isinstance(text, str) else []
    return found[-1].strip(".").lower() if found else None


def sender_of(head: object) -> str | None:
    """The address of a header as it was sent, still encoded: the first one named, whatever a name, a comment or an encoded word beside it looks like."""
    bare = _ENCODED.sub(" ", str(head or "")[:2000])
    found = [a for _, a in getaddresses([bare]) if _ADDRESS.fullmatch(a)] or _ADDRESS.findall(bare)
    return found[0].strip(".").lower() if found else None


def domain_of(address: str | None) -> str | None:
    """The domain of an address."""
    name = (address or "").rpartition("@")[2].strip(".> ").lower()
    return name if "." in name and len(name) <= 253 else None


def listed(values: Iterable[str | None]) -> str | None:
    """A list as a column keeps it: JSON, each value once, at most so many; None where there is none."""
    kept = list(dict.fromkeys(v[:LENGTH] for v in values if v))[:MOST]
    return json.dumps(kept, ensure_ascii=False) if kept else None


def checks(said: str | None) -> dict[str, str]:
    """What a server wrote of the sender: `spf=pass`, `"DKIM":"fail"`; of several for one check the first, save that one good signature is enough."""
    found: dict[str, str] = {}
    for name, result in _CHECK.findall(said or ""):
        name, result = name.lower(), result.lower()
        if name not in found or (name == "dkim" and result == "pass"):
            found[name] = result
    return found


@lru_cache(10_000)
def host_of(url: str | None) -> str | None:
    """The host a link leads to, behind what a gateway of ours wrapped around it."""
    found = _HOST.match((url or "").strip())
    host = found[1].lower().strip(".[]") if found else None
    if host and url and host.endswith("safelinks.protection.outlook.com"):
        return host_of(next(iter(parse_qs(urlsplit(url).query).get("url", [])), None)) or host
    return host


def site(host: str | None) -> str:
    """The last two labels of a name, three where the second is short as in `co.uk`: whose it is, nearly."""
    labels = (host or "").lower().strip(".").split(".")
    many = 3 if len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3 else 2
    return ".".join(labels[-many:])
