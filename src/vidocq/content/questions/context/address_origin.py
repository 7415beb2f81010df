"""Where does the address belong?"""

from vidocq.model.belief import Question, Strength, count

QUESTION = Question(
    id="context.address_origin",
    text="Where does the address belong?",
    why="People work from offices, homes and phones. An address of a VPN provider, of Tor or of a hosting company is where somebody hides, or where a machine works.",
    of="address",
    about=("ip:source",),
    by=("ip",),
    before=None,
    measures={
        "inside": count("internal"), "tor_exit": count("tor"), "vpn_exit": count("vpn IS NOT NULL AND vpn <> 'none'"),
        "abused": count("abuse_hosting"), "rented": count("hosting OR (cloud IS NOT NULL AND cloud <> 'none')"), "known": count("asn IS NOT NULL OR organisation IS NOT NULL"),
    },
    grades={"inside": "inside > 0", "tor": "tor_exit > 0", "vpn": "vpn_exit > 0", "hosting": "rented > 0 OR abused > 0", "unknown": "known = 0"},
    otherwise="an access network",
    means={"tor": "it is an exit of Tor", "vpn": "it is an exit of a VPN provider", "hosting": "it belongs to a hosting company", "inside": "it is an address of our own", "an access network": "it belongs to an access network", "unknown": "nobody says whose network it belongs to"},
    speaks={
        "account_takeover": {"tor": Strength.TELLING, "vpn": Strength.EXPECTED, "hosting": Strength.EXPECTED},
        "travel_new_device": {"tor": Strength.UNEXPECTED, "hosting": Strength.UNEXPECTED, "an access network": Strength.EXPECTED},
    },
    blind_spots="Tables of addresses age; a home computer can be an exit too. Where no table of hosting ranges was given, a hosting company is known by its name only.",
)
