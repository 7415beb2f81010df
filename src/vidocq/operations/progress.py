"""Says what happens while it happens, on standard error; plain lines where it is no terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console


def console() -> Console:
    """Where results are printed."""
    from rich.console import Console

    return Console(highlight=False)


@contextmanager
def watched() -> Iterator[Callable[[str, str], None]]:
    """A function that is told (stage, message) and shows the latest."""
    from rich.console import Console
    from rich.text import Text

    from vidocq.operations.report.visible import visible

    def line(stage: str, message: str) -> Text:
        return Text(visible(f"{stage}: {message}"))

    err = Console(stderr=True, highlight=False)
    if not err.is_terminal:
        yield lambda stage, message: err.print(line(stage, message), soft_wrap=True) if stage != "ingest" or "skipped" in message else None
        return
    with err.status("reading") as status:
        yield lambda stage, message: status.update(line(stage, message))
