"""To how many places do its visits lead?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

WEB = "established AND protocol = 'tcp' AND dst_port IN (80, 443, 8080)"

QUESTION = Question(
    id="network.few_places",
    text="To how many places do the machine's visits lead, after so many lookups?",
    why="Made-up names that do answer stand on the few machines of those who collect them. A page of the web draws from dozens of places.",
    of="network_activity",
    about=("ip:source",),
    by=("src_ip",),
    before=timedelta(minutes=5),
    after=timedelta(minutes=5),
    measures={"lookups": count("dst_port = 53"), "visits": count(WEB), "places": distinct("dst_ip", WEB)},
    grades={"no storm": "lookups < 60", "many lookups, few places": "lookups >= 60 AND visits >= 10 AND places * 6 <= lookups AND visits >= 3 * places"},
    otherwise="as a browser does",
    means={"many lookups, few places": "its many lookups lead to the same few places again and again", "as a browser does": "its lookups lead to many places", "no storm": "it made no storm of lookups"},
    speaks={
        "generated_domains": {"many lookups, few places": Strength.TELLING}, "ordinary_browsing": {"many lookups, few places": Strength.UNEXPECTED, "as a browser does": Strength.EXPECTED},
    },
    alarming={"many lookups, few places": Strength.TELLING},
    family="where lookups lead",
    details={"lookups": ("lookups", ""), "places": ("places visited", "")},
)
