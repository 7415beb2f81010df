"""A program without a face uses the microphone or the camera."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="host.listening_in",
    title="{used_by} on {host} uses the {device}",
    why="Windows notes which program last used the microphone and the camera. People talk through programs with a window; a shell or a script host listens for somebody else.",
    of=("registry_activity",),
    sql=r"""
        SELECT time, [uid] AS events, host, actor_user, process_guid, regexp_extract(lower(path), 'consentstore\\(microphone|webcam)', 1) AS device, regexp_extract(path, '#([^#\\]+)\\[^\\]*$', 1) AS used_by,
            CASE WHEN lower(path) LIKE '%webcam%' THEN ['T1125'] ELSE ['T1123'] END AS techniques FROM registry_activity
        WHERE operation = 'set' AND regexp_matches(lower(path), 'consentstore\\(microphone|webcam)\\nonpackaged\\.*(powershell|pwsh|rundll32|regsvr32|cmd|wscript|mshta)\.exe\\') AND lower(path) LIKE '%lastusedtimestart'
        ORDER BY time, uid
    """,
    entities={"host": "host:host", "actor_user": "user:actor"},
    suggests={"host_compromise": Strength.DAMNING, "something_hostile": Strength.DAMNING},
    techniques=("T1123",),
    severity=4,
    blind_spots="Programs that are installed; older systems, which take no note.",
)
