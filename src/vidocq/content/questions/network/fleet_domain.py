"""Who else here asks for long names under that domain?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct, largest

FLEET = "(SELECT COUNT(DISTINCT w.src_ip) FROM dns_activity AS w)"
LONG = "LENGTH(query) >= LENGTH(domain) + 21"
"""As long as a name must be to carry something."""

QUESTION = Question(
    id="network.fleet_domain",
    text="Who else here asks for long names under that domain?",
    why="A tunnel is one machine's own. What many machines spell into names under one domain is a product that all of them have: a virus scanner or a mail filter that asks what a file or an address is known for.",
    of="dns_activity",
    about=("domain:registered",),
    by=("domain",),
    before=timedelta(hours=24),
    measures={"askers": distinct("src_ip", LONG), "long_names": count(LONG), "fleet": largest(FLEET)},
    grades={"no fleet": "fleet IS NULL OR fleet < 4", "shared": "askers >= 4 AND askers * 4 >= fleet", "several": "askers >= 2"},
    otherwise="only this one",
    means={
        "no fleet": "there are too few machines here to compare with", "shared": "many machines here ask in long names under it", "several": "others here ask in long names under it too",
        "only this one": "no other machine here asks in long names under it",
    },
    speaks={
        "c2_dns": {"shared": Strength.UNEXPECTED, "only this one": Strength.EXPECTED},
        "telemetry_poll": {"shared": Strength.TELLING, "several": Strength.EXPECTED, "only this one": Strength.UNEXPECTED},
    },
    alarming={"shared": Strength.UNEXPECTED},
    family="fleet",
    blind_spots="A worm that talks through names makes a rare thing common. Behind a resolver that is the only one seen, all machines are one.",
)
