"""A language's runtime starts a shell."""

from vidocq.behaviour.programs import PLACES, SHELLS, name, one_of, starts
from vidocq.model.belief import Detection, Strength

RUNTIMES = ("java.exe", "javaw.exe", "node.exe", "php.exe", "python.exe", "ruby.exe", "java", "node", "php", "gunicorn", "uwsgi", "ruby", "puma")
"""They run servers, and also builds, tests and editors, whose work is full of shells."""

DETECTION = Detection(
    id="host.child_of_a_runtime",
    title="{parent} on {host} starts {program}: {command}",
    why="Where a runtime serves pages, a shell under it means that what came in was run. Where it builds, shells are its work, day after day: only what else happens tells them apart.",
    of=("process_activity",),
    sql=starts(f"{one_of('parent', RUNTIMES)} AND {one_of('process', SHELLS)} AND {name('process')} <> {name('parent')}"),
    entities=PLACES,
    suggests={"exploited_service": Strength.TELLING, "host_compromise": Strength.EXPECTED, "something_hostile": Strength.EXPECTED, "administration_by_code": Strength.EXPECTED},
    techniques=("T1190", "T1059"),
    blind_spots="A server that does everything within itself.",
)
