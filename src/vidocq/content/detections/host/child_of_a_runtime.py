"""A language's runtime starts a shell for something that it hardly ever started before."""

from vidocq.behaviour.programs import PLACES, SHELLS, name, one_of
from vidocq.model.belief import Detection, Strength

RUNTIMES = ("java.exe", "javaw.exe", "node.exe", "php.exe", "python.exe", "ruby.exe", "java", "node", "php", "gunicorn", "uwsgi", "ruby", "puma")
"""They run servers, and also builds, tests and editors, whose work is full of shells."""
BUILDS = r"\b(npm|npx|yarn|pnpm|node-gyp|gradle|mvn|maven|sbt|pip3?|setup\.py|webpack|vite|jest|gulp|grunt|bundle|rake|composer|ansible\S*|pytest|meson|cmake)\b"
"""What a runtime is told when it builds, tests or installs."""
USUAL = 3
"""Times that the same was started before: then it is the runtime's work."""

DETECTION = Detection(
    id="host.child_of_a_runtime",
    title="{parent} on {host} starts {program}: {command}",
    why="Where a runtime serves pages, a shell under it means that what came in was run. Where it builds or converts pictures, shells are its work, and the same ones come again: what it never started before is worth a look, and what else happens tells them apart.",
    of=("process_activity",),
    sql=f"""
        WITH started AS (
            SELECT time, uid, host, actor_user, process_guid, {name('process')} AS program, {name('parent')} AS parent, substr(COALESCE(command, process), 1, 300) AS command,
                COALESCE(NULLIF(regexp_extract(command, '[/-][cC] +[\"'']?(?:[^ \"'']*[/\\\\])?([A-Za-z0-9_.-]+)', 1), ''), {name('process')}) AS told
            FROM process_activity WHERE operation = 'start' AND {one_of('parent', RUNTIMES)} AND {one_of('process', SHELLS)} AND {name('process')} <> {name('parent')}
                AND NOT COALESCE(regexp_matches(lower(parent_command), '{BUILDS}'), FALSE)
        )
        SELECT time, [uid] AS events, host, actor_user, process_guid, program, parent, command, told FROM started
        QUALIFY ROW_NUMBER() OVER (PARTITION BY host, actor_user, parent, lower(told) ORDER BY time, uid) <= {USUAL} ORDER BY time, uid
    """,
    entities=PLACES,
    suggests={"exploited_service": Strength.EXPECTED, "host_compromise": Strength.EXPECTED, "something_hostile": Strength.EXPECTED, "administration_by_code": Strength.EXPECTED},
    techniques=("T1190", "T1059"),
    warm_up="The first three times of everything that a runtime starts are named.",
    blind_spots="A server that does everything within itself; an attacker who starts what the server starts too; what a package does while it is installed.",
)
