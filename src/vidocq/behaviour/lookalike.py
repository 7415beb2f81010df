"""Domains that are made to be taken for others: by letters that look alike, by one letter, by a word that is added.

Source of the method: Unicode Technical Standard 39, "Unicode Security Mechanisms": two names are confusable whose skeletons are the same. The table
holds the letters of its data that stand in names of domains, and the pairs that a reader of a narrow typeface takes for one letter.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

_ALIKE = str.maketrans({
    **dict(zip("аеорсухѕіјԁԛԝһӏкмтвнгзьѡ", "aeopcyxsijdqwhlkmtbhr3bw", strict=True)),
    **dict(zip("αονρτικυχεηγωϲϳ", "aovptikuxenywcj", strict=True)),
    **dict(zip("ıɑɡɩʟɴᴏƅʋɪℓոսօցհ", "iagilnobuilnuogh", strict=True)),
    **dict(zip("01|", "oll", strict=True)),
})
_PAIRS = (("rn", "m"), ("vv", "w"))
"""Two letters that are one at a glance."""
LETTERS, ONE_LETTER, WORD = "letters that look alike", "one letter off", "a word is added"
SHORTEST, SHORTEST_WORD = 6, 5
"""Of shorter names others are one letter off by chance, and are parts of other words."""
LURES = frozenset(
    ["account", "accounts", "admin", "billing", "care", "client", "corp", "email", "finance", "global", "group", "help", "helpdesk", "hr", "inc", "info", "int", "invoice", "it", "login", "mail", "my", "office", "online", "pay", "payment", "payments", "payroll", "portal", "secure", "security", "service", "services", "sharepoint", "sign", "signin", "sso", "support", "team", "update", "verify", "vpn", "web", "webmail"]
)
"""Words that are put beside a name to make an errand of it."""


@lru_cache(100_000)
def unpunycoded(domain: str) -> str:
    """The name as a reader sees it, in lower case."""
    return ".".join(map(_label, domain.lower().strip(".").split(".")))


def _label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError):
        return label


@lru_cache(100_000)
def skeleton(domain: str) -> str:
    """What is left of a name when letters that look alike are one letter: the same for two names that a reader takes for one."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", unpunycoded(domain)) if not unicodedata.combining(c)).casefold().translate(_ALIKE)
    for pair, letter in _PAIRS:
        plain = plain.replace(pair, letter)
    return plain


def own_label(domain: str) -> str:
    """What the owner chose, of a registered domain."""
    return unpunycoded(domain).partition(".")[0]


def _without_one(text: str) -> Iterator[str]:
    return (text[:i] + text[i + 1 :] for i in range(len(text)))


def one_apart(a: str, b: str) -> bool:
    """Do the two differ by one letter: another, one more, or two that changed places? Numbers that count on are a row of one owner's."""
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest_a, rest_b = a[start:], b[start:]
    if len(a) != len(b):
        longer, shorter = (rest_a, rest_b) if len(a) > len(b) else (rest_b, rest_a)
        return longer[1:] == shorter and not longer[0].isdigit()
    if rest_a[1:] == rest_b[1:]:
        return not (rest_a[0].isdigit() and rest_b[0].isdigit())
    return rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:]


@dataclass(slots=True)
class Known:
    """Registered domains that others may be taken for."""

    skeletons: dict[str, list[str]] = field(default_factory=dict)
    shortened: dict[str, list[str]] = field(default_factory=dict)
    labels: dict[str, list[str]] = field(default_factory=dict)

    @staticmethod
    def of(domains: Iterable[str]) -> Known:
        known = Known()
        for domain in sorted(set(domains)):
            known.skeletons.setdefault(skeleton(domain), []).append(domain)
            label = own_label(domain)
            if len(label) >= SHORTEST:
                for key in {domain, *_without_one(domain)}:
                    known.shortened.setdefault(key, []).append(domain)
            if len(label) >= SHORTEST_WORD and label not in LURES:
                known.labels.setdefault(label, []).append(domain)
        return known

    def imitated_by(self, domain: str) -> Iterator[tuple[str, str]]:
        """(known domain, how) for each that this one may be taken for, the likeliest way first."""
        yield from ((k, LETTERS) for k in self.skeletons.get(skeleton(domain), ()) if k != domain)
        near = {k for key in {domain, *_without_one(domain)} for k in self.shortened.get(key, ())}
        yield from ((k, ONE_LETTER) for k in sorted(near) if len(own_label(domain)) >= SHORTEST and one_apart(k, domain))
        yield from ((k, WORD) for label in _named_in(own_label(domain)) for k in self.labels.get(label, ()) if own_label(k) != own_label(domain))


def _named_in(label: str) -> list[str]:
    """The names that a label may hold beside another word: parts between hyphens, and what is left without a word of errand."""
    parts = label.split("-")
    joined = ["-".join(parts[:n]) for n in range(1, len(parts))] + ["-".join(parts[n:]) for n in range(1, len(parts))]
    cut = [label.removeprefix(w) for w in sorted(LURES) if len(w) > 2 and label.startswith(w)] + [label.removesuffix(w) for w in sorted(LURES) if len(w) > 2 and label.endswith(w)]
    return list(dict.fromkeys(x for x in (*joined, *cut) if len(x) >= SHORTEST_WORD and x != label))
