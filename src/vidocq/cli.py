"""The commands."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

from vidocq.errors import VidocqError

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="The analyst that investigates every alert: point it at logs, get incidents.")


@app.command()
def investigate(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders of logs; formats are recognised from their content.", metavar="PATH...")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the results.", metavar="DIR")],
    mapping: Annotated[Optional[Path], typer.Option("--mapping", help="Describes a table of alerts no source knows.", metavar="FILE")] = None,
    store: Annotated[Optional[Path], typer.Option("--store", help="Keep the events here, for `ask` and queries.", metavar="DIR")] = None,
    context: Annotated[Optional[Path], typer.Option("--context", help="Enrichment tables, indicators, assets.", metavar="DIR")] = None,
    threads: Annotated[Optional[int], typer.Option("--threads", help="Threads of the store.", min=1)] = None,
) -> None:
    """Read logs and alerts, investigate every alert, and leave incidents and a report in DIR."""
    from vidocq.operations.progress import watched

    with watched() as tell:
        from vidocq.operations.run import investigate as run

        result = run(paths, out, mapping=mapping, store=store, context=context, threads=threads, tell=tell)
    from vidocq.operations.report.terminal import print_run
    from vidocq.operations.progress import console

    for problem in result.problems[:20]:
        typer.echo(problem, err=True)
    if len(result.problems) > 20:
        typer.echo(f"... and {len(result.problems) - 20} more problems; the table `quarantine` of a --store has all", err=True)
    print_run(console(), out)


@app.command()
def show(ident: Annotated[str, typer.Argument(help="An incident or an investigation; the beginning of its id is enough.", metavar="ID")], out: Annotated[Path, typer.Option("--out", metavar="DIR")]) -> None:
    """Print an incident or an investigation with its bits."""
    from vidocq.errors import UsageError
    from vidocq.operations.progress import console
    from vidocq.operations.report.terminal import print_one

    if not print_one(console(), out, ident):
        raise UsageError(ident, f"no incident or investigation of {out} begins so", "take an id from incidents.ndjson or investigations.ndjson")


def main() -> None:
    """The entry point: errors end in one line and their own status."""
    try:
        app(standalone_mode=False)
    except VidocqError as e:
        sys.stderr.write(f"vidocq: {e}\n")
        sys.exit(e.status)
    except typer.Exit as e:
        sys.exit(e.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as e:
        # Typer's own usage errors know how to show themselves.
        if hasattr(e, "show") and hasattr(e, "exit_code"):
            e.show()
            sys.exit(2)
        raise
