"""Does the account build programs on this machine on other days?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

_TOOLS = ("git", "gcc", "cc1", "clang", "ld", "cmake", "cargo", "rustc", "javac", "gradle", "msbuild", "devenv", "npm", "gdb")
TOOL = "(" + " OR ".join(f"process LIKE '/usr/%/{t}' OR lower(process) LIKE '_:_program files%_{t}.exe'" for t in _TOOLS) + ")"
"""Where the machine's owner installed them: a file of that name elsewhere is nobody's tool."""

QUESTION = Question(
    id="host.developer_tools",
    text="On how many days before did this account build programs on this machine?",
    why="Who builds programs fetches them, runs what lies in odd folders and sets what starts by itself, day after day. It makes such acts a little less odd, and excuses none: developers are whom thieves of code go for.",
    of="process_activity",
    about=("host:host", "user:actor"),
    by=("host", "actor_user"),
    before=timedelta(days=14),
    measures={"days": distinct("date_trunc('day', time)", f"operation = 'start' AND {TOOL} AND time < c.at - INTERVAL '12' HOUR"), "built": count(f"operation = 'start' AND {TOOL}")},
    grades={"on several days": "days >= 3", "once or twice": "days >= 1"},
    otherwise="never before",
    means={"on several days": "the account has built programs there on several days before", "once or twice": "the account has built programs there once or twice before", "never before": "the account has not built programs there before"},
    speaks={"developer_at_work": {"on several days": Strength.TELLING, "once or twice": Strength.EXPECTED, "never before": Strength.UNEXPECTED}},
    blind_spots="A program that a developer was talked into running runs as the developer.",
)
