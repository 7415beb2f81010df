"""Has the machine done the same before, at the same hour?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, Tier, count, distinct

FAILED = "protocol = 'tcp' AND NOT COALESCE(established, FALSE)"
BEFORE = f"{FAILED} AND time < c.at - INTERVAL '72000' SECOND"
SAME = f"{BEFORE} AND ABS(hour(time) - hour(c.at)) IN (0, 1, 23)"

QUESTION = Question(
    id="network.scans_before",
    text="Did the machine try as many doors on earlier days, at the same hour?",
    why="The owner's scanner works by a timetable, week after week, and nothing came of it. Who broke in yesterday has no timetable here.",
    of="network_activity",
    about=("ip:source",),
    by=("src_ip",),
    before=timedelta(days=35),
    tier=Tier.SCAN,
    measures={
        "now": count(f"{FAILED} AND time >= c.at - INTERVAL '3600' SECOND"), "earlier": count(BEFORE), "at_that_hour": count(SAME), "ports": distinct("dst_port", SAME), "machines": distinct("dst_ip", SAME), "days": distinct("date_trunc('day', time)", SAME),
    },
    grades={
        "too early to say": "history_hours < 96", "by a timetable": "at_that_hour >= 30 AND at_that_hour * 2 >= now AND at_that_hour * 10 >= earlier * 9 AND (ports >= 15 OR machines >= 15)", "it failed before": "earlier >= 30",
    },
    otherwise="never before",
    means={
        "too early to say": "the network has not been listened to for four days yet", "by a timetable": "it did the same on an earlier day at this very hour, and at no other", "it failed before": "it failed at doors on earlier days too, at all hours",
        "never before": "on no earlier day did it try so many doors",
    },
    speaks={"vulnerability_scanner": {"by a timetable": Strength.TELLING, "never before": Strength.UNEXPECTED}, "scanning": {"by a timetable": Strength.UNEXPECTED}, "broken_client": {"it failed before": Strength.EXPECTED}},
    alarming={"by a timetable": Strength.UNEXPECTED},
    details={"days": ("earlier days on which it scanned at that hour", "")},
    blind_spots="The first scan of a new scanner. A thief who stays for weeks and keeps hours.",
)
