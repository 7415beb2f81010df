"""How often does the sensor itself say that this machine scans?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

SAYS = "rule LIKE 'Scan::%' OR lower(title) LIKE '%scanned at least%'"

QUESTION = Question(
    id="network.scan_notices",
    text="How often does the sensor itself say that this machine scans, and on how many ports?",
    why="One notice may be a browser that met many dead servers. Notices about several ports are a search.",
    of="detection_finding",
    about=("ip:source",),
    by=("src_ip",),
    before=timedelta(hours=24),
    after=timedelta(hours=1),
    measures={"notices": count(SAYS), "kinds": distinct("title", SAYS)},
    grades={"again and again": "notices >= 3 AND kinds >= 2", "once or twice": "notices > 0"},
    otherwise="never",
    means={"again and again": "the sensor counted scans by it several times, on different ports", "once or twice": "the sensor counted a scan by it", "never": "the sensor counted no scan by it"},
    speaks={"scanning": {"again and again": Strength.TELLING}},
    family="many doors",
    alarming={"again and again": Strength.TELLING},
    blind_spots="The sensor's thresholds are somebody's choice.",
)
