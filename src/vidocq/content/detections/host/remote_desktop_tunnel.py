"""A remote desktop is reached through a tunnel."""

from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="host.remote_desktop_tunnel",
    title="Remote desktop on {host} is reached through a tunnel ({how})",
    why="Nobody signs in to a machine's desktop from that machine. A session that comes from its own address came through a tunnel which another program holds open.",
    of=("network_activity", "authentication", "process_activity", "base_event"),
    sql=r"""
        SELECT time, [uid] AS events, host, actor_user, 'a sign-in from its own address' AS how, ['T1021.001', 'T1572'] AS techniques FROM authentication
            WHERE (logon_type = '10' OR service = 'rdp') AND regexp_matches(src_ip, '^(127\.|::1$|0:0:0:0:0:0:0:1$)') AND host IS NOT NULL
        UNION ALL SELECT n.time, [n.uid], b.host, NULL, 'a connection from itself to its desktop port', ['T1021.001', 'T1572'] FROM network_activity AS n JOIN base_event AS b USING (uid)
            WHERE n.dst_port = 3389 AND b.host IS NOT NULL AND (regexp_matches(n.dst_ip, '^(127\.|::1$|0:0:0:0:0:0:0:1$)'))
        UNION ALL SELECT time, [uid], host, actor_user, substr(command, 1, 200), ['T1572', 'T1021.001'] FROM process_activity WHERE operation = 'start' AND regexp_matches(lower(command), '(plink|ssh)(\.exe)?"?\b.* -(r|l) .*3389|netsh +i\S* +p\S* +a.*connectp\S*=3389|ngrok\S* +tcp +3389|(^|\\)(chisel|sharprdp)(\.exe)?\b')
        ORDER BY time
    """,
    entities={"host": "host:host", "actor_user": "user:actor"},
    suggests={"lateral_movement": Strength.DAMNING, "c2_channel": Strength.EXPECTED, "something_hostile": Strength.DAMNING, "administration_by_hand": Strength.NEUTRAL},
    blind_spots="Tunnels that end on another machine.",
)
