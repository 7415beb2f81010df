"""The commands."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from vidocq.errors import VidocqError

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="The analyst that investigates every alert: point it at logs, get incidents.")


@app.command()
def investigate(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders of logs; formats are recognised from their content.", metavar="PATH...")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the results.", metavar="DIR", file_okay=False)],
    mapping: Annotated[Path | None, typer.Option("--mapping", help="Describes a table of alerts no source knows.", metavar="FILE", exists=True, dir_okay=False)] = None,
    store: Annotated[Path | None, typer.Option("--store", help="Keep the events here, for `ask` and queries.", metavar="DIR")] = None,
    context: Annotated[Path | None, typer.Option("--context", help="Enrichment tables, indicators, assets.", metavar="DIR", exists=True)] = None,
    rules: Annotated[list[Path] | None, typer.Option("--rules", help="Sigma rules to run over the events; may be given several times.", metavar="DIR", exists=True)] = None,
    threads: Annotated[int | None, typer.Option("--threads", help="Threads of the store.", min=1)] = None,
) -> None:
    """Read logs and alerts, investigate every alert, and leave incidents and a report in DIR."""
    from vidocq.operations.progress import watched

    with watched() as tell:
        from vidocq.operations.run import investigate as run

        result = run(paths, out, mapping=mapping, store=store, context=context, threads=threads, tell=tell, rules=rules or ())
    from vidocq.operations.progress import console
    from vidocq.operations.report.terminal import print_end, print_run
    from vidocq.operations.report.visible import visible

    for problem in result.problems[:20]:
        typer.echo(visible(problem), err=True)
    if len(result.problems) > 20:
        typer.echo(f"... and {len(result.problems) - 20} more problems: {out / 'problems.txt'} lists them all", err=True)
    print_run(console(), out)
    print_end(console(), out, result.unheard)


@app.command()
def show(
    ident: Annotated[str, typer.Argument(help="An incident or an investigation; the beginning of its id is enough.", metavar="ID")],
    out: Annotated[Path | None, typer.Option("--out", help="Where a run wrote its results.", metavar="DIR")] = None,
    store: Annotated[Path | None, typer.Option("--store", help="A store: its last run, and what was asked by hand.", metavar="DIR")] = None,
) -> None:
    """Print an incident or an investigation with its bits."""
    from vidocq.errors import UsageError
    from vidocq.operations.progress import console
    from vidocq.operations.report.terminal import beginning, print_one

    if not (out or store):
        raise UsageError("show", "it needs to know where to look", "pass --out DIR or --store DIR")
    named = ([out] if out else []) + ([store / "run", *sorted((store / "asked").glob("in-*"))] if store else [])
    places = [place for place in named if (place / "investigations.ndjson").exists()]
    if not places:
        raise UsageError(", ".join(str(p) for p in (out, store) if p), "no run has left its results there", "name the DIR of `vidocq investigate --out DIR` or `--store DIR`")
    if any(print_one(console(), place, ident) for place in places):
        return
    if several := [i for place in places for i in beginning(place, ident)]:
        raise UsageError(ident or "show", f"several ids begin so: {', '.join(several[:3])} ...", "write more of the one that is meant")
    raise UsageError(ident, "no incident or investigation there begins so", "take an id from incidents.ndjson or investigations.ndjson")


@app.command()
def ask(
    about: Annotated[str, typer.Argument(help="What to look at, as KIND:NAME (ip:192.0.2.7, user:ann, domain:example.com).", metavar="KIND:NAME")],
    at: Annotated[str, typer.Option("--at", help="When, in UTC: 2025-03-04T10:30:00Z.", metavar="TIME")],
    store: Annotated[Path, typer.Option("--store", help="The store with the events.", metavar="DIR")],
    window: Annotated[str, typer.Option("--window", help="How far around the time its events are taken: 30m, 1h, 2d.")] = "1h",
) -> None:
    """Investigate this, there and then: a manual trigger."""
    from vidocq.operations.manual import ask as by_hand
    from vidocq.operations.progress import console
    from vidocq.operations.report.terminal import print_one

    ident, out = by_hand(about, at, store, window)
    print_one(console(), out, ident)


@app.command()
def replay(out: Annotated[Path, typer.Argument(help="A folder that `investigate --out` wrote.", metavar="DIR")]) -> None:
    """Recompute every verdict and incident from the ledger; exits with 6 if anything differs."""
    from vidocq.operations.replay import replay as again

    typer.echo(f"{again(out)} investigations recomputed from the ledger: every verdict and incident as it was")


@app.command()
def compare(
    out: Annotated[Path, typer.Option("--out", help="A folder that `investigate --out` wrote.", metavar="DIR")],
    decisions: Annotated[Path, typer.Option("--decisions", help="Closed tickets: CSV or JSON with the id of an alert, event, investigation or incident, and a decision.", metavar="TABLE", exists=True, dir_okay=False)],
) -> None:
    """Hold the verdicts beside closed tickets of one's own, and list every disagreement."""
    from vidocq.operations.compare import compare as beside
    from vidocq.operations.progress import console
    from vidocq.operations.report.comparison import print_comparison

    print_comparison(console(), beside(out, decisions))


@app.command()
def check(
    units: Annotated[list[str] | None, typer.Argument(help="Units to run, as ROOM/UNIT; all where none is named.", metavar="[UNIT...]")] = None,
    ablate: Annotated[bool, typer.Option("--ablate", help="Leave each unit out in turn: which change no verdict in any case?")] = False,
) -> None:
    """Run the units' own cases."""
    from vidocq import catalogue as finding
    from vidocq.operations import check as checking

    catalogue = finding.find()
    broken = [f"{where}: {what}" for found in (finding.check, checking.statement_problems) for where, what in found(catalogue)]
    cases = list(checking.unit_cases(catalogue, *(units or ())))
    wrong = [f"{case}: {p} ({case.file})" for case in cases if (p := checking.problem(catalogue, case))]
    for line in broken + wrong:
        typer.echo(line, err=True)
    typer.echo(f"{len(cases)} cases, {len(wrong)} wrong" + (f"; {len(broken)} faults in units" if broken else ""))
    if ablate:
        for line in checking.idle_units(catalogue):
            typer.echo(f"changes no verdict: {line}")
    if broken or wrong:
        raise typer.Exit(5)


@app.command()
def simulate(
    out: Annotated[Path | None, typer.Option("--out", help="An empty folder; it becomes a case: input, context, truth, labels.", metavar="DIR", file_okay=False)] = None,
    days: Annotated[int, typer.Option("--days", help="How many days of logs.", min=1)] = 7,
    people: Annotated[int, typer.Option("--people", help="How many people work there.", min=12, max=20_000)] = 20,
    servers: Annotated[int, typer.Option("--servers", help="How many servers it runs.", min=12, max=250)] = 12,
    scenario: Annotated[list[str] | None, typer.Option("--scenario", help="What is played in it, at a time where one is given; `none` for nothing. Without it the seed chooses.", metavar="ID[@TIME]")] = None,
    seed: Annotated[int, typer.Option("--seed", help="Another seed, another firm.")] = 1,
    listed: Annotated[bool, typer.Option("--list", help="List the scenarios, and write nothing.")] = False,
    live: Annotated[str | None, typer.Option("--live", help="Send the records there by HTTP, as JSON lines in order of time, instead of writing files.", metavar="URL")] = None,
    rate: Annotated[float | None, typer.Option("--rate", help="With --live: records a second; 100 unless told.", min=0.01)] = None,
    speed: Annotated[float | None, typer.Option("--speed", help="With --live: so many times faster than the logs' own time.", min=0.01)] = None,
) -> None:
    """Write the logs of a made-up organisation: innocent life, and attacks and their innocent twins inside it."""
    from vidocq.errors import UsageError
    from vidocq.operations.progress import console, watched
    from vidocq.operations.simulate import write

    if (out is not None) + (live is not None) + listed != 1:
        raise UsageError("simulate", "it writes a folder, sends its records, or lists its scenarios", "pass one of --out DIR, --live URL, --list")
    if listed:
        from vidocq.operations.simulate.listing import print_scenarios

        return print_scenarios(console())
    chosen = [] if scenario == ["none"] else scenario
    if out:
        made = write.simulate(out, seed=seed, days=days, scenarios=chosen, people=people, servers=servers)
        typer.echo(f"{out}: {days} days of logs of {people} people, played: {', '.join(s.id for s, _ in made.stories) or 'nothing'}")
    if live:
        from vidocq.operations.simulate.live import Wire, stream

        with watched() as tell:
            sent = stream(write.plan(seed, days, chosen, people=people, servers=servers), Wire(live), rate or (None if speed else 100.0), speed, tell if sys.stderr.isatty() else None)
        typer.echo(f"{sent.records} records sent in {sent.requests} requests; {sent.waits} times asked to wait, {sent.retries} not answered")


@app.command()
def demo(
    out: Annotated[Path, typer.Option("--out", help="Where it is written.", metavar="DIR", file_okay=False)] = Path("demo"),
    days: Annotated[int, typer.Option("--days", help="How many days of logs.", min=1)] = 30,
    people: Annotated[int, typer.Option("--people", help="How many people work there.", min=12, max=20_000)] = 12,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open the report in a browser.")] = False,
) -> None:
    """A month of a small organisation with three attacks inside, investigated; the report opens in a browser."""
    from vidocq.operations.demo import demo as month
    from vidocq.operations.demo import open_report
    from vidocq.operations.progress import console, watched
    from vidocq.operations.report.terminal import print_end, print_run

    with watched() as tell:
        result = month(out, days, people, tell)
    print_run(console(), result.out)
    print_end(console(), result.out, result.unheard)
    if not no_open:
        open_report(result.out)


@app.command()
def exercise(
    out: Annotated[Path, typer.Option("--out", help="The exercise's folder; one that lies there is taken up where it was left.", metavar="DIR", file_okay=False)],
    case: Annotated[Path | None, typer.Option("--case", help="A case with its truth; without it one is simulated.", metavar="DIR", exists=True, file_okay=False)] = None,
    scenario: Annotated[list[str] | None, typer.Option("--scenario", help="What is played in the simulated case; without it the seed chooses.", metavar="ID")] = None,
    seed: Annotated[int, typer.Option("--seed", help="Another seed, another organisation, another desk.")] = 1,
    days: Annotated[int, typer.Option("--days", help="How many days are simulated.", min=1)] = 3,
    people: Annotated[int, typer.Option("--people", help="How many people work there.", min=12, max=20_000)] = 20,
    cases: Annotated[int, typer.Option("--cases", help="How many cases lie on the desk.", min=2, max=50)] = 8,
    team: Annotated[bool, typer.Option("--team", help="Three seats: triage, analysis, response; hand-overs are timed.")] = False,
    script: Annotated[Path | None, typer.Option("--script", help="Commands, one a line, instead of typed ones.", metavar="FILE", exists=True, dir_okay=False)] = None,
) -> None:
    """Investigate by hand what the engine investigated: ask, state verdicts, scope and containment, and read what was missed."""
    from vidocq.operations.exercise import run as exercising
    from vidocq.operations.progress import console, watched

    with watched() as tell:
        desk, done = exercising.begin(out, case, scenario, seed, days, people, cases, team, tell)
    lines = iter(script.read_text(encoding="utf-8").splitlines()) if script else exercising.typed(console())
    exercising.play(out, desk, done, lines, console(), pause=None if script else exercising.pause)


@app.command()
def new(
    unit: Annotated[str, typer.Argument(help="source, detection, question or hypothesis.", metavar="UNIT")],
    path: Annotated[str, typer.Argument(help="Its path, which is its id: identity/failed_logins.", metavar="PATH")],
    into: Annotated[Path | None, typer.Option("--into", help="A package of content of your own; default: this one's.", metavar="DIR")] = None,
) -> None:
    """Write the files of a new unit, ready to be filled in."""
    from vidocq.operations.scaffold import ROOM, scaffold

    for file in scaffold(unit, path, into or Path(__file__).parent / "content"):
        typer.echo(str(file))
    typer.echo(f"Fill them in, then run: vidocq check {ROOM[unit]}/{path.strip('/')}")
    if into:
        typer.echo(f'A package is found by its entry point: [project.entry-points."vidocq.content"] {into.resolve().name} = "{into.resolve().name}"')


def main() -> None:
    """The entry point: errors end in one line and their own status."""
    try:
        # Outside its standalone mode a command's `Exit` comes back as a value.
        sys.exit(app(standalone_mode=False) or 0)
    except VidocqError as e:
        _say(str(e))
        sys.exit(e.status)
    except OSError as e:
        # A full disk, a folder that may not be written: nothing that a trace of our own calls would explain.
        _say(f"{e.filename or 'files'}: {e.strerror or e}. Nothing more was written.")
        sys.exit(VidocqError.status)
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(130)
    except Exception as e:
        # Typer's own usage errors know how to show themselves.
        if hasattr(e, "show") and hasattr(e, "exit_code"):
            e.show()
            sys.exit(2)
        raise


def _say(message: str) -> None:
    """One line on standard error. A name in it is a stranger's: it shall not steer the terminal."""
    from vidocq.operations.report.visible import visible

    sys.stderr.write(f"vidocq: {visible(message)}\n")


if __name__ == "__main__":
    main()
