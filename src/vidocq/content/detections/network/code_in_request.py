"""A web request carries code instead of a question."""

from vidocq.behaviour.injection import ANSWERED, sent
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="network.code_in_request",
    title="{src_ip} sends {attempts} requests with code in them to {target}, {answered} of which are answered with success",
    why="Addresses name things. One that carries a database's or a shell's commands is meant for a program that takes it for its own.",
    of=("http_activity",),
    sql=sent(f"NOT ({ANSWERED})"),
    entities={"src_ip": "ip:source", "dst_ip": "ip:target"},
    suggests={"exploited_service": Strength.TELLING, "something_hostile": Strength.TELLING, "internet_noise": Strength.EXPECTED, "vulnerability_scanner": Strength.EXPECTED},
    techniques=("T1190",),
    warm_up="One request to a server of ours; three kinds of code to one outside, since advertisers write addresses that look like code.",
    blind_spots="Code in the body of a request, or inside TLS; codings other than the address's own.",
)
