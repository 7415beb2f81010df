"""A web server answers requests that carry code, nearly all of them, with success."""

from vidocq.behaviour.injection import ANSWERED, sent
from vidocq.model.belief import Detection, Strength

DETECTION = Detection(
    id="network.code_answered",
    title="{target} answers {answered} of {attempts} requests with code in them from {src_ip} with success",
    why="What knocks at every door is refused at nearly every one. A server that says yes to commands in an address may be carrying them out.",
    of=("http_activity",),
    sql=sent(ANSWERED),
    entities={"src_ip": "ip:source", "dst_ip": "ip:target"},
    suggests={"exploited_service": Strength.TELLING, "something_hostile": Strength.TELLING, "internet_noise": Strength.RULES_OUT, "vulnerability_scanner": Strength.EXPECTED},
    techniques=("T1190",),
    warm_up="Three requests that are answered, and nine of ten.",
    blind_spots="A page that says yes to everything; code in the body of a request, or inside TLS.",
)
