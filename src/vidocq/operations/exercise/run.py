"""An exercise from its beginning, or from where it was left, to its result."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from vidocq.errors import UsageError
from vidocq.operations.exercise import kept
from vidocq.operations.exercise.play import Clock, Seat
from vidocq.operations.exercise.screen import Screen
from vidocq.simulation.exercise import Desk, Done
from vidocq.simulation.scoring import Result, score

if TYPE_CHECKING:
    from rich.console import Console

Tell = Callable[[str, str], None]


def begin(folder: Path, case: Path | None, scenarios: Sequence[str] | None, seed: int, days: int, people: int, many: int, team: bool, tell: Tell | None = None) -> tuple[Desk, Done]:
    """The exercise that lies in the folder; where there is none, one of the case, or of a case that is simulated there. Raises UsageError."""
    if kept.there(folder):
        return kept.take_up(folder)
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(str(folder), "it holds files that are no exercise", "name an empty or a new folder")
    from vidocq.operations.exercise.prepare import prepare

    folder.mkdir(parents=True, exist_ok=True)
    if case is None:
        from vidocq.operations.simulate.write import simulate

        case = folder / "case"
        simulate(case, seed=seed, days=days, scenarios=scenarios, people=people)
    desk, done = prepare(case, folder / "run", many, seed, tell), Done(team=team)
    kept.keep_desk(folder, desk)
    kept.keep(folder, done)
    return desk, done


def play(folder: Path, desk: Desk, done: Done, lines: Iterator[str], console: Console, clock: Clock = time.time, pause: Callable[[], None] | None = None) -> Result | None:
    """Carry out the lines; the result where the exercise is finished, None where it was left."""
    screen = Screen(console, pause)
    if not done.finished:
        screen.desk(desk, done)
        if not Seat(desk, done, screen, clock).sit(lines, lambda state: kept.keep(folder, state)):
            screen.say(f"Left after {done.minutes} minutes; the same command takes it up again.")
            return None
    result = score(desk, done)
    kept.keep_result(folder, result)
    screen.result(desk, result)
    screen.say(f"As data: {folder / kept.RESULT}", "dim")
    return result


def typed(console: Console) -> Iterator[str]:
    """What is typed, or comes down the pipe, line by line."""
    if not sys.stdin.isatty():
        yield from sys.stdin
        return
    console.print("`help` lists the commands.", style="dim")
    while True:
        try:
            yield input("> ")
        except EOFError:
            return


def pause() -> None:
    """Until whoever takes the seat has sat down; nobody is waited for where nobody types."""
    if sys.stdin.isatty():
        input("Whoever takes the seat presses Enter. ")
