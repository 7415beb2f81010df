"""A server or a document starts a shell."""

from vidocq.behaviour.programs import PLACES, SHELLS, name, one_of, starts
from vidocq.model.belief import Detection, Strength

SERVERS = (
    "w3wp.exe", "httpd.exe", "nginx.exe", "tomcat.exe", "tomcat8.exe", "tomcat9.exe", "ws_tomcatservice.exe", "php-cgi.exe", "sqlservr.exe", "mysqld.exe", "postgres.exe", "umworkerprocess.exe", "umservice.exe", "spoolsv.exe", "dns.exe",
    "httpd", "nginx", "apache2", "php-fpm", "next-server", "postgres", "mysqld", "redis-server",
)
"""Programs that do nothing but serve. Languages' runtimes, which also build and test, are another unit's."""
DOCUMENTS = ("winword.exe", "excel.exe", "powerpnt.exe", "outlook.exe", "msaccess.exe", "onenote.exe", "mspub.exe", "visio.exe", "eqnedt32.exe", "acrord32.exe", "acrobat.exe", "foxitreader.exe", "hh.exe", "iexplore.exe", "thunderbird.exe")

DETECTION = Detection(
    id="host.child_of_a_server",
    title="{parent} on {host} starts {program}: {command}",
    why="A server answers and a document is read: neither has a reason to start a shell. When one does, what came in from outside was run.",
    of=("process_activity",),
    sql=f"""SELECT *, CASE WHEN parent IN ({', '.join(repr(d) for d in DOCUMENTS)}) THEN ['T1204.002', 'T1059'] WHEN parent = 'w3wp.exe' THEN ['T1505.003', 'T1190'] ELSE ['T1190', 'T1059'] END AS techniques
        FROM ({starts(f"({one_of('parent', SERVERS)} OR {one_of('parent', DOCUMENTS)}) AND {one_of('process', SHELLS)} AND {name('process')} <> {name('parent')} AND NOT ({name('process')} = 'rundll32.exe' AND lower(command) LIKE '%printui%')")}) ORDER BY time""",
    entities=PLACES,
    suggests={"exploited_service": Strength.DAMNING, "host_compromise": Strength.TELLING, "something_hostile": Strength.DAMNING, "administration_by_code": Strength.NEUTRAL},
    severity=4,
    blind_spots="Pages that run a tool of the system as their work; a server that does everything within itself.",
)
