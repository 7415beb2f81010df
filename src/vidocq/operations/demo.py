"""A month of a small organisation with three attacks inside, investigated: what somebody sees first."""

from __future__ import annotations

import os
import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path

from vidocq.operations.report.run_files import REPORT
from vidocq.operations.run import Run, investigate
from vidocq.operations.simulate.write import simulate

SCENARIOS = ("aws-takeover", "react2shell", "exfil-upload", "aws-takeover-twin", "toolbox-twin")
"""An account, a server and a theft of data; and two who look like them."""
DAYS, PEOPLE = 30, 12


def demo(out: Path, days: int = DAYS, people: int = PEOPLE, tell: Callable[[str, str], None] | None = None) -> Run:
    """`out/example` holds the logs and what is known beside them, `out/result` what was found."""
    if tell:
        tell("simulate", f"{days} days of logs of {people} people, three attacks and two innocent twins inside")
    simulate(out / "example", days=days, scenarios=SCENARIOS, people=people)
    return investigate([out / "example" / "input"], out / "result", context=out / "example" / "context", tell=tell)


def open_report(result: Path) -> bool:
    """Show the report in a browser where there is a screen; never one in the terminal, which would take it."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    return webbrowser.open((result / REPORT).resolve().as_uri())
