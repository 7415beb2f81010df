"""Does the machine that was attacked call the attacker?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct, first

CALLS = "(dst_port < 32768 OR src_port >= 32768 OR src_port IS NULL)"

QUESTION = Question(
    id="network.target_calls_back",
    text="Does the machine that was attacked open conversations with the one it was attacked from?",
    why="A server answers on the connection it was asked on. When it opens one of its own to where the attack came from, the attack worked.",
    of="network_activity",
    about=("ip:target", "ip:source"),
    by=("src_ip", "dst_ip"),
    before=timedelta(hours=1),
    after=timedelta(hours=1),
    measures={"calls": count(CALLS), "got_through": count(f"{CALLS} AND established"), "ports": distinct("dst_port", CALLS), "since": first("time", CALLS)},
    grades={"calls and gets through": "got_through > 0", "calls in vain": "calls > 0"},
    otherwise="answers only",
    means={"calls and gets through": "the machine that was attacked called the attacker", "calls in vain": "the machine that was attacked tried to call the attacker", "answers only": "it only answered"},
    speaks={
        "exploited_service": {"calls and gets through": Strength.TELLING, "calls in vain": Strength.EXPECTED}, "internet_noise": {"calls and gets through": Strength.RULES_OUT}, "vulnerability_scanner": {"calls and gets through": Strength.UNEXPECTED},
    },
    alarming={"calls and gets through": Strength.TELLING},
    blind_spots="A call to another address of the attacker's.",
)
