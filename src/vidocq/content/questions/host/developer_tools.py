"""Does the account build programs on this machine on other days?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

_TOOLS = ("git", "gcc", "cc1", "clang", "make", "cmake", "cargo", "rustc", "go", "javac", "mvn", "gradle", "msbuild", "dotnet", "devenv", "node", "npm", "yarn", "pip", "gdb", "code")
TOOL = "(" + " OR ".join(f"lower(process) LIKE '%/{t}' OR lower(process) LIKE '%_{t}.exe'" for t in _TOOLS) + ")"

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
