"""Who else here asks the web for that name?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct, largest

FLEET = "(SELECT COUNT(DISTINCT w.src_ip) FROM http_activity AS w)"

QUESTION = Question(
    id="network.fleet_name",
    text="How many other machines here visit that name?",
    why="What many machines poll is a vendor's or the company's own service. What one of many polls is that machine's own affair.",
    of="http_activity",
    about=("domain:destination",),
    by=("host",),
    before=timedelta(hours=24),
    measures={"machines": distinct("src_ip"), "requests": count(), "fleet": largest(FLEET)},
    grades={"no fleet": "fleet IS NULL OR fleet < 4", "shared": "machines >= 4 AND machines * 4 >= fleet", "several": "machines >= 2"},
    otherwise="only this one",
    means={
        "no fleet": "there are too few machines here to compare with", "shared": "many machines here visit it", "several": "others here visit it too", "only this one": "no other machine here visits it",
    },
    speaks={
        "c2_channel": {"shared": Strength.UNEXPECTED, "only this one": Strength.EXPECTED},
        "telemetry_poll": {"shared": Strength.TELLING, "several": Strength.EXPECTED, "only this one": Strength.UNEXPECTED},
        "software_update": {"shared": Strength.TELLING, "only this one": Strength.UNEXPECTED},
    },
    alarming={"only this one": Strength.EXPECTED, "shared": Strength.UNEXPECTED},
    family="fleet",
    blind_spots="A worm makes a rare thing common.",
)
