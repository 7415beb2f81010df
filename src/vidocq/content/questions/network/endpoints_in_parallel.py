"""How many endpoints of blockchains does the machine ask?"""

from datetime import timedelta

from vidocq.model.belief import Question, Strength, count, distinct

WORDS = ("rpc", "dataseed", "infura", "alchemy", "quiknode", "ankr", "publicnode", "mainnet", "testnet", "blockpi", "nodereal", "trongrid", "solana", "flashbots", "drpc")
"""What providers of such endpoints call them."""
ENDPOINT = "(" + " OR ".join(f"query LIKE '%{w}%'" for w in WORDS) + ")"

QUESTION = Question(
    id="network.endpoints_in_parallel",
    text="How many endpoints of blockchains does the machine ask, and how restlessly?",
    why="A wallet or node of the owner's is set to one endpoint. A list of spare ones is made by somebody who expects to lose some.",
    of="dns_activity",
    about=("ip:source",),
    by=("src_ip",),
    before=timedelta(hours=1),
    after=timedelta(minutes=10),
    measures={"asked": count(ENDPOINT), "endpoints": distinct("query", ENDPOINT), "chains": distinct("domain", ENDPOINT)},
    grades={"none": "asked = 0", "a list of them": "endpoints >= 4 AND chains >= 2", "one": "endpoints = 1"},
    otherwise="a few",
    means={"none": "it looked up no such endpoint", "a list of them": "it asks a whole list of endpoints of different owners", "one": "it asks one endpoint", "a few": "it asks a few endpoints"},
    speaks={"c2_blockchain": {"a list of them": Strength.TELLING, "one": Strength.UNEXPECTED}, "blockchain_node": {"a list of them": Strength.UNEXPECTED, "one": Strength.TELLING}},
    alarming={"a list of them": Strength.TELLING},
    details={"endpoints": ("endpoints asked", "")},
    blind_spots="Some wallets carry a list of spare endpoints too.",
)
