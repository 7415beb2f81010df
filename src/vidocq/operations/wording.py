"""What the words of other tools' alerts say: every text is read, and what an attacker may write into it weighs against him only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyarrow as pa

from vidocq.catalogue import Catalogue
from vidocq.engine.book import SUSPICION, phrase_sign
from vidocq.model.belief import BITS, Phrase
from vidocq.store.duckdb import Store

REPORTED = "category = 'reported'"
"""What a person shows us: no tool's alert, but a question asked by hand."""
OF_OTHERS = "COALESCE(category, '') NOT IN ('posture', 'reported')"
"""Which findings of other tools are alerts."""
KEY = ("rule", "title", "message", "techniques")
NAMED, WHOLE = "concat_ws(' ', rule, title)", "concat_ws(' ', rule, title, message, techniques)"
"""What the maker of the rule wrote, and all there is: a message repeats what the other side sent."""
_TECHNIQUE = r"T\d{4}(?:\.\d{3})?"


def read_wordings(store: Store, catalogue: Catalogue) -> int:
    """A table `wording`: each distinct text of an alert with its signature and its techniques; returns how many there are.

    The store's own regular expressions read them: they take time in proportion to the text whatever it holds, and a million long texts take half a minute.
    """
    listed = ", ".join(_sign(catalogue, name, n, p) for name, phrases in catalogue.phrases.items() for n, p in enumerate(phrases))
    said = f"list_filter([{listed}], lambda s: s IS NOT NULL)" if listed else "CAST([] AS VARCHAR[])"
    keys = ", ".join(f"COALESCE({k}, '') AS {k}" for k in KEY)
    store.execute(f"""CREATE OR REPLACE TEMP TABLE wording AS SELECT *, {said} AS signature
        FROM (SELECT *, {NAMED} AS named, {WHOLE} AS whole FROM (SELECT DISTINCT {keys} FROM detection_finding WHERE {OF_OTHERS} OR {REPORTED}))""")
    distinct = [r["signature"] for r in store.rows("SELECT DISTINCT signature FROM wording ORDER BY ALL")]
    known = pa.table({
        "signature": pa.array(distinct, pa.list_(pa.string())),
        "known": pa.array([_techniques(catalogue, signs) for signs in distinct], pa.list_(pa.string())),
    })
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE wording AS SELECT {", ".join(KEY)}, signature,
            list_sort(list_distinct(list_concat(regexp_extract_all(techniques, '{_TECHNIQUE}'), known))) AS techniques_named
        FROM wording JOIN known USING (signature)""",
        known=known,
    )
    return store.count("wording")


def together(signatures: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """What several alerts say as one: whatever is suspicious in any of them, and what is innocent only if all of them say it."""
    each = [set(s) for s in signatures]
    by_all = set.intersection(*each) if each else set()
    parted = {s if s in by_all or not s.startswith("phrase:") else s.removesuffix(SUSPICION) + SUSPICION for signs in each for s in signs}
    return tuple(sorted(s for s in parted if s.removesuffix(SUSPICION) == s or s.removesuffix(SUSPICION) not in by_all))


def _sign(catalogue: Catalogue, name: str, n: int, p: Phrase) -> str:
    """SQL: the sign of a phrase in a text, whole where the rule's maker wrote it, else as far as it is suspicious."""
    pattern = "'" + p.pattern.replace("'", "''") + "'"
    suspicious = p.techniques or any(BITS[s] > 0 and h in catalogue.hypotheses and not catalogue.hypotheses[h].benign for h, s in p.suggests.items())
    anywhere = f" WHEN regexp_matches(whole, {pattern}, 'i') THEN '{phrase_sign(name, n)}{SUSPICION}'" if suspicious else ""
    return f"CASE WHEN regexp_matches(named, {pattern}, 'i') THEN '{phrase_sign(name, n)}'{anywhere} END"


def _techniques(catalogue: Catalogue, signs: Sequence[str]) -> list[str]:
    phrases = {phrase_sign(name, n): p for name, group in catalogue.phrases.items() for n, p in enumerate(group)}
    return sorted({t for s in signs for t in phrases[s.removesuffix(SUSPICION)].techniques})
