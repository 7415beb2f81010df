"""Somebody writes a command where a pipeline may read a name."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="code.injected_text",
    title="{actor_user} writes a command into a text of {resource}",
    why=(
        "Titles, names of pages and of branches are pasted into the scripts of pipelines. A title that holds a command is no mistake in typing; a text that tells how to run one often is help."
    ),
    of=("api_activity",),
    sql=r"""
        WITH written AS (
            SELECT time, uid, actor_user, resource, operation, CASE WHEN json_valid(detail) THEN json_extract_string(detail, '$.written') ELSE detail END AS words
            FROM api_activity WHERE service = 'github' AND detail LIKE '%"written":[%'
        )
        SELECT time, [uid] AS events, ['T1195.002', 'T1059'] AS techniques, actor_user, resource, operation, substr(words, 1, 200) AS words
        FROM written
        WHERE regexp_matches(words, '[$][(][^)]|[$][{]IFS|`[^`]*\b(curl|wget) [^`]*`|`\s*(whoami|id)\s*`|`[^`]*\b((ba|z|da)?sh|python[0-9.]*) -[a-z]*[ic]\b[^`]*`|(curl|wget)[^|"]*[|] *(ba|z|da)?sh|/bin/(ba|da|z)?sh +-[ic]|[; |&`](nc|ncat) +-?[a-z0-9.]+ +[0-9]{2,5}|/dev/tcp/')
    """,
    entities={"actor_user": "user:actor", "resource": "resource:target"},
    suggests={"exploited_service": Strength.EXPECTED, "something_hostile": Strength.EXPECTED},
    severity=3,
    blind_spots="Commands that are put together elsewhere; texts beyond their first hundreds of characters.",
)
