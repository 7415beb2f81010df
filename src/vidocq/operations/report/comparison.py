"""Prints how verdicts compare with people's decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from vidocq.operations.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from vidocq.operations.compare import Comparison, Disagreement


def print_comparison(console: Console, c: Comparison) -> None:
    """Counts first, then every disagreement with the investigation to read."""
    console.print(Text(f"{c.agreed} agree, {c.undecided} undecided here, {len(c.missed)} called hostile but dismissed here, {len(c.overcalled)} called innocent but raised here"))
    _listed(console, "Called hostile, dismissed here:", c.missed)
    _listed(console, "Called innocent, raised here:", c.overcalled)
    if c.unknown:
        console.print(Text(f"{len(c.unknown)} decisions name nothing of this run, the first: {visible(c.unknown[0])}"))
    if c.unread:
        console.print(Text(f"{len(c.unread)} decisions were not understood, the first: {visible(c.unread[0])}"))


def _listed(console: Console, title: str, rows: Sequence[Disagreement]) -> None:
    if rows:
        console.print(Text(title, style="bold"))
    for d in rows:
        console.print(Text(f"  {visible(d.alert)}  {d.investigation}  concern {d.concern:.2f}  {_short(visible(d.summary))}"), soft_wrap=True)


def _short(text: str, most: int = 300) -> str:
    """The beginning of a text, up to the end of a word."""
    if len(text) <= most:
        return text
    kept = text[: most + 1].rpartition(" ")[0] or text[:most]
    return f"{kept.rstrip(' ,;:')} …"
