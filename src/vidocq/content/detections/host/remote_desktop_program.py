"""A remote desktop is used by a program, not by a person."""

from vidocq.model.belief import Detection, Strength

SMALL = 100_000
"""Pixels: less than the smallest screen that anybody worked on (320 by 400); clients without a window ask for 200 by 200."""
RDP = "windows.remotedesktopservices-rdpcorets"

DETECTION = Detection(
    id="host.remote_desktop_program",
    title="A remote desktop at {host} is used by a program: {what}",
    why="A person has a screen. A session of a few pixels is a program that types for somebody.",
    of=("base_event",),
    sql=f"""
        SELECT MIN(time) AS time, list(uid ORDER BY time, uid)[1:50] AS events, host, 'a screen of ' || json_extract_string(fields, '$.MonitorWidth') || ' by ' || json_extract_string(fields, '$.MonitorHeight') AS what FROM base_event
        WHERE type = '{RDP}.168' AND TRY_CAST(json_extract_string(fields, '$.MonitorWidth') AS BIGINT) * TRY_CAST(json_extract_string(fields, '$.MonitorHeight') AS BIGINT) BETWEEN 1 AND {SMALL}
        GROUP BY host, what, time_bucket(INTERVAL 1 HOUR, time)
        ORDER BY time, host
    """,
    entities={"host": "host:host"},
    suggests={"lateral_movement": Strength.DAMNING, "something_hostile": Strength.DAMNING, "telemetry_poll": Strength.NEUTRAL},
    techniques=("T1021.001",),
    severity=4,
    blind_spots="A program that asks for a screen of ordinary size; a probe that checks whether desktops can be reached.",
)
