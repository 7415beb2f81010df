"""The exercise in a terminal. Texts of the logs go out as text, never as markup, with their control characters spelt out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from vidocq.operations.report.visible import clock, visible
from vidocq.simulation.exercise import ROLES, SUITS, VERDICTS, Card, Desk, Done, Prompt, Thing
from vidocq.simulation.scoring import Part, Result

HELP = (
    ("list", "the cases on the desk"),
    ("open CASE", "its alerts, and what can be asked of it (1 minute)"),
    ("ask NUMBER ...", "put questions of the open case; each costs the minutes that stand beside it"),
    (f"verdict [CASE] {'|'.join(VERDICTS)}", "what it is; of a case of which nothing was asked it is a guess, and counts as none"),
    ("scope KIND:NAME ...", "what belongs to an attack (`unscope` takes it back)"),
    ("contain ACTION KIND:NAME", f"what is done first: {', '.join(SUITS)}"),
    ("status", "what was said so far, and the minutes that are left"),
    ("finish", "end it, and read the result"),
    ("quit", "leave; the same command takes it up again"),
)
TEAM = (("handover [ROLE] WHAT YOU KNOW", f"give the seat on: {', '.join(ROLES)}"), ("note TEXT", "for whoever comes next"))
_STYLES = {"hostile": "bold red", "innocent": "green", "undecided": "yellow"}


@dataclass(frozen=True, slots=True)
class Screen:
    """Where an exercise is shown. `pause` is called when a seat is given on: whoever takes it presses a key."""

    console: Console
    pause: Callable[[], None] | None = None

    def wait(self) -> None:
        if self.pause:
            self.pause()

    def say(self, text: str, style: str = "") -> None:
        self.console.print(Text(visible(text), style=style), soft_wrap=True)

    def head(self, text: str) -> None:
        """A line that begins something new."""
        self.console.print()
        self.say(text, "bold")

    def refuse(self, why: str) -> None:
        self.say(why, "yellow")

    def help(self, team: bool) -> None:
        table = _grid()
        for command, what in HELP + (TEAM if team else ()):
            table.add_row(Text(command, style="bold"), Text(what))
        self.console.print(table)

    def desk(self, desk: Desk, done: Done) -> None:
        """Every case in a line: its number, when, its first alert, what was said of it."""
        self.say(f"{desk.title}: {len(desk.cards)} cases, {desk.budget} minutes", "bold")
        table = _grid()
        for n, card in enumerate(desk.cards, 1):
            first, said = card.alerts[0], done.stated.verdicts.get(str(n), "")
            asked = len(done.asked_of(n))
            table.add_row(Text(str(n), style="bold"), Text(clock(first.time)[:16]), Text(visible(first.title)), Text(f"{asked} asked" if asked else "", style="dim"), Text(said, style=_STYLES.get(said, "")))
        self.console.print(table)
        self.status(desk, done)

    def status(self, desk: Desk, done: Done) -> None:
        seat = f"{done.seat}: " if done.team else ""
        self.say(f"{seat}{done.minutes} of {desk.budget} minutes used, {len(done.stated.verdicts)} of {len(desk.cards)} verdicts stated", "dim")
        if done.stated.scope:
            self.scope(done.stated.scope)
        if done.stated.containment:
            action, kind, name = done.stated.containment
            self.say(f"first: {action} {kind}:{name}")

    def scope(self, things: Sequence[Thing]) -> None:
        self.say("scope: " + (", ".join(f"{k}:{n}" for k, n in things) or "nothing"))

    def case(self, number: int, card: Card, asked: set[str], wide: bool) -> None:
        """A case opened: its alerts, then the questions with what each costs."""
        self.head(f"Case {number}")
        for alert in card.alerts:
            self.say(f"{clock(alert.time)}  {alert.rule}  {alert.title}")
            self.say("    " + "  ".join(f"{k}:{n}" for k, n in alert.things), "dim")
        if card.more:
            self.say(f"and {card.more} more alerts like these", "dim")
        if card.facts:
            self.say("The alert says: " + _facts(card.facts))
        table = _grid()
        for n, p in card.open_prompts(asked):
            known = p.answer if str(n) in asked else ("analysis asks" if p.wide and not wide else f"{p.minutes} min")
            table.add_row(Text(str(n), style="bold"), Text(visible(p.text)), Text(visible(p.about), style="dim"), Text(visible(known), style="bold" if str(n) in asked else "dim"))
        self.console.print(table)

    def answer(self, number: int, prompt: Prompt) -> None:
        """An answer, unsealed."""
        self.console.print(Text.assemble((f"{number} ", "bold"), visible(prompt.text), f" {visible(prompt.about)}: ", (visible(prompt.answer), "bold")), soft_wrap=True)
        if prompt.means:
            self.say(f"    It means: {prompt.means}")
        if prompt.facts:
            self.say("    " + _facts(prompt.facts), "dim")

    def handover(self, done: Done) -> None:
        last = done.handovers[-1]
        self.head(f"{last.of} hands over to {last.to} after {last.minute} minutes: {last.note or '(nothing was said)'}")

    def result(self, desk: Desk, result: Result) -> None:
        """The score with its reasons, beside the engine's; then each case, and what would have shown what was missed."""
        self.head(f"{result.score} of 100")
        table = _grid()
        beside = {p.name: p for p in result.engine}
        table.add_row(Text(""), Text("you", style="bold"), Text("engine", style="bold"), Text("why", style="bold"))
        for part in result.parts:
            table.add_row(Text(part.name), _points(part), _points(beside.get(part.name)), Text(visible(part.because)))
        self.console.print(table)
        cases = _grid()
        cases.add_row(Text(""), Text("you", style="bold"), Text("it was", style="bold"), Text("engine", style="bold"), Text(""))
        for (n, words), card in zip(result.verdicts.items(), desk.cards, strict=True):
            cases.add_row(Text(n, style="bold"), *(Text(w, style=_STYLES.get(w, "")) for w in words), Text(visible(card.truth)))
        self.console.print(cases)
        self._missed(result)
        for h in result.handovers:
            self.say(f"{h.of} to {h.to} at minute {h.minute}: taken up after {h.waited:.0f} s{'' if h.note else ', and nothing was said'}")
        for seat, seconds in (result.seconds or {}).items():
            self.say(f"{seat} sat for {seconds:.0f} s")

    def _missed(self, result: Result) -> None:
        for m in result.missed:
            said = "no verdict was stated" if m.said == "none" else f"called {m.said}"
            self.say(f"Case {m.case}: {said}, {m.truth}: {m.what}.", "bold")
            if not m.question:
                self.say("    No answer tells it: what the alert itself says, and what usually lies behind it, must do.")
                continue
            side = "hostile" if m.bits > 0 else "innocent"
            self.say(f"    {'Its answer was there' if m.asked else 'It would have been shown by'}: {m.question} {m.answer} ({abs(m.bits):.1f} bits towards {side})")
        for title in result.unseen:
            self.say(f"No alert told of: {title}. The engine missed it too.", "yellow")


def _points(part: Part | None) -> Text:
    if part is None:
        return Text("")
    return Text("–" if part.share is None else f"{part.points:.0f}/{part.worth}")


def _facts(facts: Sequence[tuple[str, str]]) -> str:
    return ", ".join(f"{k} {v}" for k, v in facts)


def _grid() -> Any:
    table = Table.grid(padding=(0, 2), expand=False)
    table.add_column(no_wrap=True)
    for _ in range(3):
        table.add_column(overflow="fold")
    return table
