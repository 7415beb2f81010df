"""Was work announced for this machine?"""

from vidocq.model.belief import Question, Strength, count

QUESTION = Question(
    id="context.maintenance_of_host",
    text="Did the owner announce work on this machine for that time?",
    why="Guards go down, services are made and records are emptied when a machine is mended. Whoever plans it has written down when.",
    of="asset",
    about=("host:host",),
    by=("name",),
    before=None,
    measures={"entries": count(), "window": count("maintenance_from <= c.at AND (maintenance_until IS NULL OR maintenance_until >= c.at)"), "over": count("maintenance_until < c.at OR maintenance_from > c.at")},
    grades={"work is under way": "window > 0", "no work at that time": "over > 0"},
    otherwise="not said",
    means={"work is under way": "work on this machine was announced for this time", "no work at that time": "work on this machine was announced, but not for this time", "not said": "the owner's list has it, and says nothing of work"},
    speaks={"scheduled_maintenance": {"work is under way": Strength.TELLING, "no work at that time": Strength.UNEXPECTED}},
    blind_spots="Whoever knows the plan can hide in it: what does more than the work needs stays above it.",
)
