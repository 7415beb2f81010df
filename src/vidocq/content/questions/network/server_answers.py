"""How does the server answer that client?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count

QUESTION = Question(
    id="network.server_answers",
    text="How does the web server answer that client?",
    why="Attempts that are refused one and all are weather. What the server carries out, or trips over, has reached it.",
    of="http_activity",
    about=("ip:source", "ip:target"),
    by=("src_ip", "dst_ip"),
    before=timedelta(hours=1),
    after=timedelta(minutes=10),
    measures={"requests": count(), "told": count("status_code IS NOT NULL"), "refused": count("status_code >= 300 AND status_code < 500"), "tripped": count("status_code >= 500"), "carried_out": count("status_code >= 200 AND status_code < 300")},
    grades={"not seen": "told = 0", "refuses": "refused * 20 >= told * 19", "trips": "tripped >= 3"},
    otherwise="answers",
    means={"not seen": "its answers are not seen", "refuses": "it refuses nearly everything", "trips": "it trips over what is sent: errors of its own", "answers": "it answers with success"},
    speaks={
        "exploited_service": {"refuses": Strength.UNEXPECTED, "trips": Strength.EXPECTED, "answers": Strength.EXPECTED},
        "internet_noise": {"refuses": Strength.TELLING, "answers": Strength.UNEXPECTED, "trips": Strength.UNEXPECTED},
    },
    alarming={"refuses": Strength.UNEXPECTED},
    details={"carried_out": ("requests answered with success", ""), "tripped": ("requests that led to errors", "")},
    blind_spots="A page that says yes to everything.",
)
