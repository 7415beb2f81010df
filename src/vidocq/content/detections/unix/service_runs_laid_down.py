"""An account that only serves runs a program that was laid down."""

from vidocq.behaviour.programs import PLACES
from vidocq.behaviour.unix import SERVICE_ACCOUNTS, laid_down
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="unix.service_runs_laid_down",
    title="{actor_user} on {host}, an account at which nobody sits, runs {program}",
    why="A web server's or a database's account runs what was installed for it. Nobody sits there to try a program out: what it runs from an open or hidden folder came in through the service.",
    of=("process_activity",),
    sql=f"""
        SELECT MIN(time) AS time, list(uid ORDER BY time, uid)[1:50] AS events, host, actor_user, arg_min(process_guid, (time, uid)) AS process_guid, process AS program, arg_min(substr(command, 1, 300), (time, uid)) AS command,
            CASE WHEN process LIKE '%/.%' THEN ['T1564.001', 'T1059'] ELSE ['T1059'] END AS techniques
        FROM process_activity WHERE operation = 'start' AND lower(actor_user) IN ({SERVICE_ACCOUNTS}) AND {laid_down('process')} GROUP BY host, actor_user, process, time_bucket(INTERVAL 1 DAY, time) ORDER BY time, host, program
    """,
    entities=PLACES,
    suggests={"exploited_service": Strength.TELLING, "host_compromise": Strength.TELLING, "something_hostile": Strength.TELLING, "administration_by_code": Strength.EXPECTED},
    techniques=("T1190",),
    severity=4,
    blind_spots="A build server compiles and runs in temporary folders; accounts of other names.",
)
