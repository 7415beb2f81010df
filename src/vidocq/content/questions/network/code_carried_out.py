"""Does the server say yes to the code that this client sends?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count

_WORDS = (
    "union%select", "select%from", "or%1=1", "sleep(", "benchmark(", "waitfor%delay", "extractvalue(", "updatexml(", "load_file(", "information_schema", "xp_cmdshell", "../..", "..%2f..", "%2e%2e%2f", "/etc/passwd", "/etc/shadow", "win.ini",
    "jndi:", "classloader", "php://", "invokefunction", "eval-stdin", "allow_url_include", "<script", "3cscript", ";wget", ";curl", ";cat", ";id", "3bcat", "3bid", "|cat", "|id",
)
CODE = "(" + " OR ".join(f"lower(url) LIKE '%{w}%'" for w in _WORDS) + ")"
"""The commonest of what the detections look for, in words that every store understands."""

QUESTION = Question(
    id="network.code_carried_out",
    text="Does the server answer the code in that client's requests with success?",
    why="Code that is refused one and all is weather. What a server says yes to may have been carried out, wherever the log leaves the server's own address out.",
    of="http_activity",
    about=("ip:source",),
    by=("src_ip",),
    before=timedelta(hours=1),
    after=timedelta(minutes=10),
    measures={"sent": count(f"{CODE} AND status_code IS NOT NULL"), "carried_out": count(f"{CODE} AND status_code >= 200 AND status_code < 300")},
    grades={"none seen": "sent = 0", "refuses": "carried_out = 0", "says yes": "carried_out >= 3 AND carried_out * 10 >= sent * 9"},
    otherwise="now and then",
    means={"none seen": "no code with an answer is seen in its requests", "refuses": "every request with code in it is refused", "says yes": "the server answers nearly every request with code in it with success", "now and then": "the server answers some requests with code in them with success"},
    speaks={
        "exploited_service": {"refuses": Strength.UNEXPECTED, "says yes": Strength.EXPECTED},
        "internet_noise": {"refuses": Strength.EXPECTED, "says yes": Strength.RULES_OUT, "now and then": Strength.UNEXPECTED},
    },
    family="network.server_answers",
    details={"carried_out": ("requests with code answered with success", "")},
    blind_spots="A page that says yes to everything.",
)
