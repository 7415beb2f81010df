"""What is spoken with that address, and on which port?"""


from vidocq.model.belief import Question, Strength, count

KNOWN = "(22, 25, 53, 80, 110, 119, 123, 143, 443, 465, 587, 853, 989, 990, 993, 995, 1194, 1723, 1883, 1935, 3128, 3478, 4500, 5060, 5061, 5222, 5223, 5228, 5229, 5230, 5938, 8000, 8008, 8080, 8443, 8883, 8888)"

QUESTION = Question(
    id="network.kind_of_port",
    text="What is spoken with that address, and on which port?",
    why="People's programs use the ports and protocols that firewalls and sensors know. Tools of remote control bring their own.",
    of="network_activity",
    about=("ip:source", "ip:destination"),
    by=("src_ip", "dst_ip"),
    measures={
        "flows": count("established"), "foreign": count(f"established AND protocol = 'tcp' AND app IS NULL AND dst_port NOT IN {KNOWN}"), "datagrams": count(f"established AND protocol = 'udp' AND app IS NULL AND dst_port NOT IN {KNOWN}"),
        "misplaced": count(f"established AND app IN ('http', 'ssl', 'ssh') AND dst_port NOT IN {KNOWN}"),
    },
    grades={"nothing": "flows = 0", "unknown protocol on a foreign port": "foreign > 0 AND foreign * 2 >= flows", "known protocol on a foreign port": "misplaced > 0", "datagrams on a foreign port": "datagrams > 0"},
    otherwise="the usual",
    means={
        "nothing": "no conversation came about", "unknown protocol on a foreign port": "they speak something unknown on a port of no known service", "known protocol on a foreign port": "they speak a known protocol on a port that is not its own",
        "datagrams on a foreign port": "they exchange datagrams on a port of no known service, as calls and games do", "the usual": "they speak a usual protocol on its port",
    },
    speaks={
        "c2_channel": {"unknown protocol on a foreign port": Strength.EXPECTED, "known protocol on a foreign port": Strength.EXPECTED},
        "exploited_service": {"unknown protocol on a foreign port": Strength.EXPECTED, "known protocol on a foreign port": Strength.EXPECTED},
        "cryptomining": {"unknown protocol on a foreign port": Strength.EXPECTED},
        "exfiltration": {"unknown protocol on a foreign port": Strength.EXPECTED, "known protocol on a foreign port": Strength.EXPECTED},
        "telemetry_poll": {"unknown protocol on a foreign port": Strength.UNEXPECTED}, "software_update": {"unknown protocol on a foreign port": Strength.UNEXPECTED, "the usual": Strength.NEUTRAL},
        "ordinary_browsing": {"unknown protocol on a foreign port": Strength.UNEXPECTED}, "backup_replication": {"unknown protocol on a foreign port": Strength.UNEXPECTED},
        "peer_to_peer_media": {"datagrams on a foreign port": Strength.EXPECTED, "the usual": Strength.UNEXPECTED},
    },
    alarming={"unknown protocol on a foreign port": Strength.EXPECTED},
    blind_spots="Control inside the web's own protocols is the usual here.",
)
