"""What do the queries under that domain carry?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct, largest

QUESTION = Question(
    id="network.long_names",
    text="What do the queries under that domain carry?",
    why="Text and null records, and names at the limit of their length, carry data in both directions. Lookups of reputation services are short and come back as addresses.",
    of="dns_activity",
    about=("ip:source", "domain:registered"),
    by=("src_ip", "domain"),
    before=timedelta(hours=1),
    measures={"queries": count(), "names": distinct("query"), "carriers": count("qtype IN ('TXT', 'NULL', 'CNAME', 'MX', 'KEY', 'PRIVATE')"), "longest": largest("LENGTH(query)"), "missing": count("rcode IN ('NXDOMAIN', '3')")},
    grades={"records that carry text": "carriers * 2 >= queries AND names >= 20", "long names": "longest >= 60 AND names >= 20"},
    otherwise="ordinary names",
    means={"records that carry text": "most ask for records that carry text", "long names": "the names are as long as names can be", "ordinary names": "the names are of ordinary length"},
    speaks={
        "c2_dns": {"records that carry text": Strength.TELLING, "long names": Strength.TELLING, "ordinary names": Strength.UNEXPECTED}, "telemetry_poll": {"records that carry text": Strength.UNEXPECTED},
        "ordinary_browsing": {"records that carry text": Strength.UNEXPECTED, "long names": Strength.UNEXPECTED},
    },
    alarming={"records that carry text": Strength.TELLING, "long names": Strength.EXPECTED},
    details={"names": ("different names", ""), "longest": ("longest name", "letters")},
    blind_spots="Some anti-virus and mail filters ask in long names too.",
)
