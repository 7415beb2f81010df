"""On how many machines do the names stand that it visits?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

OUT = "host IS NOT NULL AND NOT COALESCE(host_is_ip, FALSE) AND dst_port IN (80, 443) AND dst_ip NOT LIKE '10.%' AND dst_ip NOT LIKE '192.168.%'"

QUESTION = Question(
    id="network.names_per_address",
    text="On how many addresses do the names stand that the machine visits?",
    why="A page draws from dozens of makers, each with servers of its own. Dozens of names on a handful of addresses belong to one owner: who collects names that malware makes up, or the one who made them.",
    of="http_activity",
    about=("ip:source",),
    by=("src_ip",),
    before=timedelta(minutes=10),
    after=timedelta(minutes=5),
    measures={"requests": count(OUT), "names": distinct("host", OUT), "addresses": distinct("dst_ip", OUT)},
    grades={"few names": "names < 20", "many names, few addresses": "names >= 3 * addresses"},
    otherwise="as a browser does",
    means={"few names": "it visited few names", "many names, few addresses": "the dozens of names it visits stand on a handful of addresses", "as a browser does": "the names it visits stand on many addresses"},
    speaks={"generated_domains": {"many names, few addresses": Strength.TELLING}, "ordinary_browsing": {"many names, few addresses": Strength.UNEXPECTED, "as a browser does": Strength.EXPECTED}},
    alarming={"many names, few addresses": Strength.TELLING},
    evidence=OUT,
    family="where lookups lead",
    details={"names": ("names visited", ""), "addresses": ("addresses they stand on", "")},
    blind_spots="Hosting companies put many names on one address, of which a person visits one or two.",
)
