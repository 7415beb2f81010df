"""A machine of one's own runs the jobs of a public repository."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="code.public_runner",
    title="The runner {runner} ran a job of the public repository {resource}",
    why="Anybody can propose a change to a public repository, and its jobs run on a machine that keeps what they leave behind and stands in the own network.",
    of=("api_activity",),
    sql="""
        WITH jobs AS (
            SELECT time, uid, actor_user, resource, operation, runner
            FROM (
                SELECT *, CASE WHEN json_valid(detail) THEN json_extract_string(detail, '$.runner_name') END AS runner, CASE WHEN json_valid(detail) THEN json_extract_string(detail, '$.private') END AS private
                FROM api_activity WHERE service = 'github' AND operation = 'workflow_job.completed'
            )
            WHERE private = 'false' AND COALESCE(runner, '') NOT IN ('', 'null')
                AND (detail LIKE '%"self-hosted"%' OR NOT regexp_matches(detail, '"runner_(group_)?name":"(GitHub Actions|GitHub-hosted|Hosted Agent)'))
        ), firsts AS (SELECT *, ROW_NUMBER() OVER (PARTITION BY resource, runner ORDER BY time, uid) AS nth FROM jobs)
        SELECT time, [uid] AS events, actor_user, resource, operation, runner FROM firsts WHERE nth = 1
    """,
    entities={"actor_user": "user:actor", "resource": "resource:target"},
    suggests={"exploited_service": Strength.EXPECTED},
    techniques=("T1195.002",),
    severity=2,
    warm_up="None: the first job of each runner for a repository is told.",
    blind_spots="Whether a run from a stranger's copy had to be approved is not in the record.",
)
