"""Lists what can be played: every scenario with what it is, an attack with its innocent twins below it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from vidocq.catalogue import simulated
from vidocq.simulation.line import Scenario

if TYPE_CHECKING:
    from rich.console import Console


def in_order(known: Mapping[str, Scenario]) -> list[Scenario]:
    """Attacks by id, the twins of each after it; then innocent ones that are nobody's twin."""
    attacks = [s for s in known.values() if s.hostile]
    rows = [s for a in attacks for s in (a, *(t for t in known.values() if t.twin_of == a.id))]
    return rows + [s for s in known.values() if s not in rows]


def print_scenarios(console: Console) -> None:
    """A line for each."""
    table = Table.grid(padding=(0, 2), expand=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for s in in_order(simulated("scenarios")):
        twin = f"innocent twin of {s.twin_of}: " if s.twin_of else "" if s.hostile else "innocent: "
        what = s.what.removeprefix("an innocent twin: ")
        table.add_row(Text(("  " if s.twin_of else "") + s.id, style="bold" if s.hostile else ""), Text(s.domain), Text(twin + what))
    console.print(table)
