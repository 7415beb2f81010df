"""A program is fetched from an address that goes by no name."""

from vidocq.behaviour.direction import HOME, outside
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="network.program_from_address",
    title="{src_ip} fetches a program ({mime}) from the bare address {dst_ip}",
    why="Publishers have names. Who changes servers faster than names can follow serves programs from bare addresses.",
    of=("http_activity",),
    sql=f"""
        WITH {HOME}
        SELECT MAX(time) AS time, list(uid ORDER BY time, uid)[1:200] AS events, COUNT(*) AS all_events, MIN(time) AS first_event, src_ip, dst_ip, MIN(mime) AS mime, COUNT(*) AS fetched
        FROM http_activity WHERE (host_is_ip OR host IS NULL) AND {outside('dst_ip')}
            AND regexp_matches(lower(mime), 'application/(x-dosexec|x-executable|x-elf|x-sharedlib|x-mach-o|vnd[.]microsoft[.]portable-executable|x-msdownload|java-archive|x-msi|hta)|text/x-shellscript')
        GROUP BY src_ip, dst_ip, time_bucket(INTERVAL 1 HOUR, time) ORDER BY time, src_ip, dst_ip
    """,
    entities={"src_ip": "ip:source", "dst_ip": "ip:destination"},
    suggests={"malware_delivery": Strength.TELLING, "something_hostile": Strength.TELLING, "software_update": Strength.EXPECTED},
    techniques=("T1105", "T1071.001"),
    blind_spots="Programs fetched by name, or under another kind of content.",
)
