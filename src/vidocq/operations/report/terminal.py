"""The report in a terminal: the run in a page of text, or one incident or investigation in full.

Every text goes out as `rich.text.Text`, never as markup, and with its control characters spelt out.
"""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from vidocq.engine.story import tells_story
from vidocq.operations.report.attack import in_order
from vidocq.operations.report.overview import FUNNEL
from vidocq.operations.report.run_files import INCIDENTS, INVESTIGATIONS, REPORT, Investigation, Named, Step, entities_of, incidents, lines, read_run
from vidocq.operations.report.visible import clock, figure, paragraphs, visible

TOP, FEW = 20, 5
"""Incidents told in full, and entities named for one action."""
STYLES = {"critical": "bold red", "high": "red", "medium": "yellow", "low": "", "raised": "bold red", "undecided": "yellow", "dismissed": "green"}


def print_run(console: Console, out: Path) -> None:
    """The run's figures, its verdicts, and each of the TOP incidents as a story."""
    run, found = read_run(out), incidents(out)
    console.print(Text("  →  ".join(_count(run.get(what) or 0, what[:-1]) for what in FUNNEL), style="bold"))
    verdicts = Counter(n.verdict for n in map(msgspec.json.Decoder(Named).decode, lines(out / INVESTIGATIONS)))
    if verdicts:
        console.print(Text(", ".join(f"{verdicts[v]:,} {v}" for v in ("raised", "undecided", "dismissed")), style="dim"))
    if not found:
        console.print(Text(_nothing(verdicts)))
    for incident in found[:TOP]:
        console.print()
        _story(console, incident)
    if len(found) > TOP:
        console.print(Text(f"\n{_count(len(found) - TOP, 'more incident')}: report.html lists all.", style="dim"))


def _nothing(verdicts: Counter[str]) -> str:
    if not verdicts:
        return "No incident: no alert was given and no detection spoke. This says nothing about what no source recorded."
    return "No incident: no investigation gathered enough evidence." + (" The undecided ones are worth a look." if verdicts["undecided"] else "")


def print_end(console: Console, out: Path, unheard: Sequence[str] = ()) -> None:
    """Where to read on, what stayed open, and which formats nothing looked at."""
    named = list(map(msgspec.json.Decoder(Named).decode, lines(out / INVESTIGATIONS)))
    found = incidents(out)
    opened = sum(n.verdict == "undecided" and n.incident is None for n in named)
    console.print()
    for line in unheard:
        console.print(Text(visible(line), style="yellow"), soft_wrap=True)
    if opened:
        console.print(Text(f"{_count(opened, 'investigation')} ended undecided outside incidents: worth a look, the report lists {'it' if opened == 1 else 'them'}."), soft_wrap=True)
    console.print(Text(f"Report: {visible(str(out / REPORT))}"), soft_wrap=True)
    if ident := next((i["id"] for i in [*found, *({"id": n.id} for n in named)]), None):
        console.print(Text(f"One in full: vidocq show {visible(ident)} --out {visible(shlex.quote(str(out)))}"), soft_wrap=True)


def print_one(console: Console, out: Path, ident: str) -> bool:
    """The incident or investigation of this id, or of the only id that begins so, in full; False if there is none."""
    line = _find(out, ident)
    if line is None:
        return False
    raw = msgspec.json.decode(line)
    if "verdict" in raw:
        _investigation(console, msgspec.json.decode(line, type=Investigation))
    else:
        _story(console, raw)
        _rest(console, raw)
    return True


def beginning(out: Path, ident: str) -> list[str]:
    """The ids of incidents and investigations that begin so."""
    named = msgspec.json.Decoder(Named).decode
    return [id for name in (INCIDENTS, INVESTIGATIONS) for line in lines(out / name) if (id := named(line).id).startswith(ident)]


def _find(out: Path, ident: str) -> bytes | None:
    """The line of this id; of a prefix, if one id alone has it."""
    named = msgspec.json.Decoder(Named).decode
    close: list[bytes] = []
    for name in (INCIDENTS, INVESTIGATIONS):
        for line in lines(out / name):
            id = named(line).id
            if id == ident:
                return line
            if ident and id.startswith(ident) and len(close) < 2:
                close.append(line)
    return close[0] if len(close) == 1 else None


def _story(console: Console, incident: dict[str, Any]) -> None:
    """An incident as one reads it: what, how sure, what decided it, what to do."""
    priority = str(incident.get("priority") or "low")
    title = visible(incident.get("title") or incident["id"])
    console.print(Text.assemble((visible(priority), STYLES.get(priority, "")), f" {incident.get('score') or 0}  ", (title, "bold")))
    seen = f"{clock(incident.get('first_seen'))} to {clock(incident.get('last_seen'))} UTC"
    counts = f"{_count(len(incident.get('investigations') or ()), 'investigation')}, {_count(incident.get('events_total') or 0, 'event')}"
    _indent(console, Text(f"{visible(incident['id'])}  {seen}, {counts}", style="dim"))
    for paragraph in paragraphs(incident.get("summary") or ""):
        _indent(console, Text(paragraph))
    details = incident.get("details") or ()
    for heading, of in (("How it went", [d for d in details if tells_story(str(d.get("name")))]), ("Decided by", [d for d in details if not tells_story(str(d.get("name")))])):
        _list(console, heading, (f"{visible(d.get('name'))} {figure(d.get('value'), d.get('name'))} {visible(d.get('unit'))}".strip() for d in of))
    _list(console, "Techniques", (f"{visible(t.id)} {t.name}".strip() for t in in_order(incident.get("techniques") or [])))
    _list(console, "Do", _actions(incident.get("actions") or ()))


def _actions(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """One line for each action and reason, with what it is done to, the first few by name."""
    groups: dict[tuple[Any, Any], list[str]] = {}
    for a in rows:
        groups.setdefault((a.get("action"), a.get("why")), []).append(_on(a.get("on")) + (f" ({visible(a['address'])})" if a.get("address") else ""))
    for (action, why), on in groups.items():
        more = f" and {len(on) - FEW:,} more" if len(on) > FEW else ""
        yield f"{visible(action)} {', '.join(on[:FEW])}{more}: {visible(why)}"


def _on(value: Any) -> str:
    return ", ".join(f"{visible(kind)} {visible(name)}".strip() for kind, name in entities_of(value))


def _rest(console: Console, incident: dict[str, Any]) -> None:
    """What an incident shows when it is asked for alone."""
    _list(console, "Hypotheses (each is judged on its own; they do not add up to 100 %)", (f"{visible(h.get('id'))} {h.get('probability') or 0:.1%}" for h in incident.get("hypotheses") or ()))
    _list(console, "Entities", (f"{visible(e.get('kind'))} {visible(e.get('name'))} ({visible(e.get('role'))})" for e in incident.get("entities") or ()))
    _list(console, "Indicators", (_on(e) for e in incident.get("indicators") or ()))
    events = incident.get("events") or []
    _list(console, f"Events ({len(events):,} of {incident.get('events_total') or len(events):,})",
          (f"{clock(e.get('time'))}  {visible(e.get('source'))}  {visible(e.get('what'))}  {visible(e.get('uid'))}" for e in events))  # fmt: skip
    _list(console, "Investigations", map(visible, incident.get("investigations") or ()))


def _investigation(console: Console, case: Investigation) -> None:
    """An investigation, its bits first, then every question in the order asked."""
    opened = f"opened at {clock(case.opened_at)} UTC, {_count(case.alerts, 'alert')}"
    console.print(Text.assemble((visible(case.verdict), STYLES.get(case.verdict, "")), f"  {visible(case.id)}  ", (opened, "dim")))
    for paragraph in paragraphs(case.summary):
        _indent(console, Text(paragraph))
    calibrated = "" if case.calibrated else ", uncalibrated"
    incident = f"; incident {visible(case.incident)}" if case.incident else ""
    _indent(console, Text(f"concern {case.concern:.1%}{calibrated}{incident}", style="dim"))
    for hypothesis in sorted(case.hypotheses, key=lambda h: (h.id != case.leading, -h.bits, h.id)):
        _waterfall(console, hypothesis.id, case)
    hop = None
    for step in case.steps:
        if step.hop != hop:
            hop = step.hop
            console.print(Text(f"\nHop {hop}", style="bold"))
        _step(console, step)
    _list(console, "Not asked (could not have changed the verdict)", map(visible, case.unasked))
    _list(console, "Not covered", map(visible, case.gaps))


def _waterfall(console: Console, id: str, case: Investigation) -> None:
    """The prior of one hypothesis, each counted weight, and their sum."""
    h = next(h for h in case.hypotheses if h.id == id)
    rows = [("before any question", h.prior_bits)]
    weights = [(s, w) for s in case.steps for w in s.weighed() if w.hypothesis == id and w.counted and w.bits]
    rows += [(f"{visible(s.text or s.question)} {visible(s.answer)}", w.bits) for s, w in weights]
    table = Table.grid(padding=(0, 2), expand=False)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for label, bits in rows:
        table.add_row(Text(f"{bits:+.1f}"), Text(_bar(bits)), Text(label))
    missing = h.bits - sum(bits for _, bits in rows)
    if abs(missing) > 0.05:
        table.add_row(Text(f"{missing:+.1f}"), Text(_bar(missing)), Text("not explained by a counted answer"))
    side = "innocent" if h.benign else "hostile"
    console.print()
    console.print(Text.assemble((f"{h.bits:+.1f} bits  ", "bold"), (visible(h.title or h.id), "bold"), (f"  {side}", "green" if h.benign else "red")))
    console.print(Padding(table, (0, 0, 0, 2)))


def _bar(bits: float) -> str:
    """A bar of one mark per bit, twelve at most."""
    return ("+" if bits > 0 else "−") * min(round(abs(bits)), 12)


def _step(console: Console, step: Step) -> None:
    asked = Text.assemble((visible(step.text or step.question), ""), "  ", (visible(step.answer or "–"), "bold"), "  ", (_on(step.entity), "dim"))
    console.print(Padding(asked, (0, 0, 0, 2), expand=False))
    facts = ", ".join(f"{visible(k)} {figure(v, k)}" for k, v in (step.facts or {}).items())
    total = len(step.events) if step.events_total is None else step.events_total
    shown = ", ".join(map(visible, step.events[:5])) + (f" and {total - 5:,} more" if total > 5 else "")
    weights = ", ".join(f"{visible(w.hypothesis)} {w.bits:+.1f}{'' if w.counted else ' (not counted)'}" for w in step.weighed())
    for name, text in (("facts", facts), ("weights", weights), ("events", shown if total else ""), ("query", " ".join(paragraphs(step.query or "")))):
        if text:
            _indent(console, Text.assemble((f"{name} ", "dim"), text), 6)


def _count(n: int, one: str) -> str:
    return f"{n:,} {one}" + ("" if n == 1 else "s")


def _list(console: Console, name: str, rows: Iterable[str]) -> None:
    """A heading and its rows; nothing if there are none."""
    for n, row in enumerate(rows):
        if not n:
            _indent(console, Text(name, style="bold"))
        _indent(console, Text(row), 4)


def _indent(console: Console, text: Text, by: int = 2) -> None:
    text.overflow = "fold"
    console.print(Padding(text, (0, 0, 0, by), expand=False))
