"""Lays out the desk: the engine investigates first, and its answers are sealed until somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import msgspec

from vidocq.catalogue import load
from vidocq.engine.book import ALERT
from vidocq.model.belief import Question, Tier
from vidocq.operations.exercise.truths import Truth, read_truth
from vidocq.operations.report.run_files import ALERTS, INCIDENTS, Investigation, Step, entities_of, investigations, lines
from vidocq.operations.report.visible import figure
from vidocq.operations.run import investigate
from vidocq.simulation.exercise import HOSTILE, INNOCENT, UNDECIDED, Card, Desk, Prompt, Stated, Thing, Told
from vidocq.simulation.scoring import TELLS

Tell = Callable[[str, str], None]
CHEAP, DEAR = 2, 10
"""Minutes that a question costs: one that is asked of every case, and one that reads a great deal."""
PER_CASE = 15
"""Minutes there are for each case."""
SHOWN = 6
"""Alerts of a case that are listed."""
_SAYS = {"raised": HOSTILE, "dismissed": INNOCENT, "undecided": UNDECIDED}


@dataclass(slots=True)
class _Found:
    """An investigation of the engine's with its alerts, and what it really is about."""

    case: Investigation
    alerts: list[dict[str, Any]] = field(default_factory=list)
    attack: str = ""
    step: str = ""
    twin: str = ""
    clear: bool = True

    @property
    def rule(self) -> str:
        return str(self.alerts[0].get("rule") or "") if self.alerts else ""


def prepare(case: Path, out: Path, many: int = 8, seed: int = 1, tell: Tell | None = None) -> Desk:
    """Investigate the case into `out` and lay `many` of its investigations on a desk. Raises UsageError for a case without truth."""
    truth = read_truth(case)
    mapping, context = case / "mapping.yaml", case / "context"
    investigate([case / "input"], out, mapping=mapping if mapping.exists() else None, context=context if context.is_dir() else None, tell=tell)
    return lay_out(out, truth, many, seed)


def lay_out(out: Path, truth: Truth, many: int, seed: int) -> Desk:
    """The desk that a run and the truth about its input make; the same for the same arguments."""
    found = _sorted_out(out, truth)
    chosen = _chosen(found, many, seed)
    questions = load().questions
    incidents = [msgspec.json.decode(line) for line in lines(out / INCIDENTS)]
    hostile = [f for f in chosen if f.attack]
    own = {name for a in truth.attacks for _, name in a.things}
    on_desk = {t[1].lower() for f in hostile for t in _named(f)}
    theirs = [i for i in incidents if {f.case.id for f in hostile} & set(i.get("investigations") or ())]
    cards = tuple(_card(f, truth, questions) for f in chosen)
    return Desk(
        title=truth.title if not truth.attacks else f"{len(cards)} cases of an organisation",
        cards=cards,
        budget=PER_CASE * len(cards),
        own=tuple(sorted(own)),
        seen=tuple(sorted(own & on_desk)),
        involved=tuple(sorted({name.lower() for f in found if f.attack for a in f.alerts for _, name in _things(a)} - own)),
        advised=tuple(dict.fromkeys(_advice(i) for i in _advices(theirs))),
        engine=_engine(chosen, incidents),
        unseen=tuple(a.title for a in truth.attacks if a.id not in {f.attack for f in found}),
    )


def _sorted_out(out: Path, truth: Truth) -> list[_Found]:
    found = {case.id: _Found(case) for case in investigations(out)}
    for line in lines(out / ALERTS):
        alert = msgspec.json.decode(line)
        if alert.get("investigation") in found:
            found[alert["investigation"]].alerts.append(alert)
    for f in found.values():
        f.attack, f.step = truth.attack_of(f.alerts) or ("", "")
        f.twin, f.clear = truth.twin_of(f.alerts), truth.clear(f.alerts)
    return [f for f in found.values() if f.alerts]


def _chosen(found: Sequence[_Found], many: int, seed: int) -> list[_Found]:
    """A third of the desk, or a case more, is hostile where there is so much; of the rest, first what an innocent twin did, then as many kinds of alert as there are."""
    rng = Random(f"{seed}/desk")
    hostile = _various([f for f in found if f.attack], rng)
    kept = hostile[: -(-many // 3)]
    innocent = [f for f in found if not f.attack and f.clear]
    twins = _various([f for f in innocent if f.twin], rng)
    others = _various([f for f in innocent if not f.twin], rng)
    kept += twins[: max(many // 4, 1)]
    kept += others[: many - len(kept)]
    kept += [f for f in (*hostile, *twins) if f not in kept][: many - len(kept)]
    return sorted(kept, key=lambda f: (f.case.opened_at or "", f.case.id))


def _various(found: list[_Found], rng: Random) -> list[_Found]:
    """In an order in which every attack, step and rule comes before any comes again."""
    pool = rng.sample(sorted(found, key=lambda f: f.case.id), len(found))
    seen: dict[tuple[str, str], int] = {}
    order = []
    for f in pool:
        seen[(f.attack or f.twin, f.rule)] = seen.get((f.attack or f.twin, f.rule), 0) + 1
        order.append(seen[(f.attack or f.twin, f.rule)])
    # There is nothing to learn from a case of which no answer tells anything: it comes last.
    dull = [not any(abs(_prompt(s, _rivals(f.case), {}).lean) >= TELLS for s in f.case.steps) for f in pool]
    return [f for *_, f in sorted(zip(dull, order, range(len(pool)), pool, strict=True), key=lambda x: x[:3])]


def _things(alert: Mapping[str, Any]) -> list[Thing]:
    return [(str(e["kind"]), str(e["name"])) for e in alert.get("entities") or ()]


def _named(f: _Found) -> Iterable[Thing]:
    """What the alerts of a case and the questions about it name."""
    yield from (t for a in f.alerts for t in _things(a))
    yield from (t for s in f.case.steps for t in entities_of(s.entity))


def _card(f: _Found, truth: Truth, questions: Mapping[str, Question]) -> Card:
    first, steps = _alert_facts(f.case), [s for s in f.case.steps if not s.question.startswith(ALERT)]
    ids = _rivals(f.case)
    shown = [Told(str(a.get("time") or ""), str(a.get("rule") or ""), str(a.get("title") or ""), tuple(_things(a))) for a in f.alerts[:SHOWN]]
    return Card(f.case.id, tuple(shown), len(f.alerts) - len(shown), first, tuple(_prompt(s, ids, questions) for s in steps), bool(f.attack), _what(f, truth), _SAYS.get(f.case.verdict, UNDECIDED))


def _rivals(case: Investigation) -> tuple[str, str]:
    """The strongest hostile and the best innocent reading of a case."""
    best = [max((h for h in case.hypotheses if h.benign is side), key=lambda h: h.bits, default=None) for side in (False, True)]
    return best[0].id if best[0] else "", best[1].id if best[1] else ""


def _alert_facts(case: Investigation) -> tuple[tuple[str, str], ...]:
    said = next((s for s in case.steps if s.question.startswith(ALERT)), None)
    return _facts(said.facts or {}, apart=("rule", "title", "alerts")) if said else ()


def _facts(facts: Mapping[str, Any], apart: Sequence[str] = ()) -> tuple[tuple[str, str], ...]:
    return tuple((str(k), ", ".join(map(str, v)) if isinstance(v, list) else figure(v, k)) for k, v in facts.items() if k not in apart and v not in (None, "", []))


def _prompt(step: Step, ids: tuple[str, str], questions: Mapping[str, Question]) -> Prompt:
    q = questions.get(step.question)
    weights = {w.hypothesis: w.bits for w in step.weighed() if w.counted}
    about = ", ".join(step.facts["about"]) if step.facts and isinstance(step.facts.get("about"), list) else ", ".join(name for _, name in entities_of(step.entity))
    answer = step.answer or ""
    return Prompt(
        id=step.question, text=step.text, about=about, minutes=DEAR if q and q.tier is Tier.SCAN else CHEAP, hop=step.hop, answer=answer,
        means=q.means.get(answer, "") if q else "", facts=_facts(step.facts or {}, apart=("about",)), lean=weights.get(ids[0], 0.0) - weights.get(ids[1], 0.0),
    )


def _what(f: _Found, truth: Truth) -> str:
    if f.attack:
        title = next((a.title for a in truth.attacks if a.id == f.attack), f.attack)
        return f"{title}: {f.step}" if f.step else title
    return f"innocent, and meant to look like an attack ({f.twin})" if f.twin else "innocent life"


def _advices(incidents: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [a for i in incidents for a in i.get("actions") or ()]


def _advice(row: Mapping[str, Any]) -> tuple[str, str, str]:
    kind, _, name = str(row.get("on") or "").partition(":")
    return str(row.get("action")), kind, name


def _engine(chosen: Sequence[_Found], incidents: Sequence[Mapping[str, Any]]) -> Stated:
    """What the engine said of the same cases: the scope is that of the incidents they belong to, the containment the first that is advised."""
    ids = {f.case.id for f in chosen if f.case.verdict == "raised"}
    mine = [i for i in incidents if ids & set(i.get("investigations") or ())]
    advised = [_advice(a) for a in _advices(mine)]
    scope = dict.fromkeys((str(e.get("kind")), str(e.get("name"))) for i in mine for e in i.get("entities") or ())
    return Stated({str(n): _SAYS.get(f.case.verdict, UNDECIDED) for n, f in enumerate(chosen, 1)}, tuple(scope), advised[0] if advised else None)
