"""Did this person just pass a second factor, where they have long signed in from?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

_SECOND = "status = 'success' AND dst_ip IS NULL AND host IS NULL AND method IN ('push', 'one-time code', 'text message', 'call', 'security key')"

QUESTION = Question(
    id="identity.fresh_factor",
    text="Did this person just pass a second factor, where they have long signed in from?",
    why="A session that was carried off brings no new factor along, and a thief who wears a person down sits elsewhere. A factor that was given within hours at the usual place was given by its owner.",
    of="authentication",
    about=("user:actor", "ip:source"),
    by=("actor_user", "src_ip"),
    before=timedelta(hours=720),
    measures={
        "fresh": count(f"{_SECOND} AND time >= c.at - INTERVAL '4' HOUR"), "earlier": count("status = 'success' AND time < c.at - INTERVAL '12' HOUR"),
        "days": distinct("CAST(time AS DATE)", "status = 'success' AND time < c.at - INTERVAL '12' HOUR"),
    },
    grades={"at the usual place": "fresh > 0 AND days >= 2", "at a new place": "fresh > 0 AND earlier = 0 AND history_hours >= 48"},
    otherwise="not told",
    means={"at the usual place": "the person passed a second factor there within the last hours, as on other days", "at a new place": "a second factor was passed from a place that is new to the person", "not told": "no second factor was passed there within the last hours"},
    speaks={
        **{
            h: {"at the usual place": Strength.UNEXPECTED}
            for h in ("account_takeover", "identity_persistence", "privilege_escalation", "lateral_movement", "credential_theft", "cloud_exposure", "defence_impairment", "mail_takeover")
        },
        "administration_by_hand": {"at the usual place": Strength.EXPECTED}, "service_desk": {"at the usual place": Strength.EXPECTED},
    },
    alarming={"at the usual place": Strength.UNEXPECTED},
    blind_spots="Malware on the person's own machine, and the person themselves.",
)
