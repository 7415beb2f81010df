"""How many of the names it asks for do not exist?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

QUESTION = Question(
    id="network.names_missing",
    text="How many of the domains that the machine asks for do not exist?",
    why="Names that people and programs use exist. Names drawn by lot mostly do not, until somebody registers them all.",
    of="dns_activity",
    about=("ip:source",),
    by=("src_ip",),
    before=timedelta(hours=1),
    after=timedelta(minutes=5),
    measures={
        "missing": distinct("domain", "rcode IN ('NXDOMAIN', '3')"), "domains": distinct("domain"), "queries": count(),
        "one_word": distinct("query", "query = domain"),
    },
    grades={"most are missing": "missing >= 10 AND missing * 3 >= domains", "many are missing": "missing >= 8", "only bare domains": "domains >= 20 AND one_word * 10 >= domains * 9"},
    otherwise="they exist",
    means={
        "most are missing": "a third or more of the domains do not exist", "many are missing": "a number of the domains do not exist", "only bare domains": "it asks for the bare domain of each, never for a host in it as a browser does",
        "they exist": "the domains exist",
    },
    speaks={
        "generated_domains": {"most are missing": Strength.TELLING, "many are missing": Strength.EXPECTED, "only bare domains": Strength.TELLING, "they exist": Strength.UNEXPECTED},
        "ordinary_browsing": {"most are missing": Strength.UNEXPECTED, "only bare domains": Strength.UNEXPECTED},
    },
    alarming={"most are missing": Strength.TELLING, "only bare domains": Strength.TELLING},
    details={"missing": ("domains that do not exist", ""), "domains": ("domains asked for", "")},
    blind_spots="A resolver's list of advertising servers may be answered with 'does not exist'.",
)
