"""A program is told to mine."""

from vidocq.behaviour.programs import PLACES, starts
from vidocq.model.belief import Detection, Strength

PATTERN = (
    r"stratum(2)?\+(tcp|ssl|tls|udp)://|--donate-level|--nicehash\b|--randomx-|--cpu-max-threads-hint|--coin[= ](monero|xmr|zephyr|raptoreum)|(-a|--algo)[= ](rx/|cn/|randomx|cryptonight|kawpow|ethash|ghostrider)"
    r"|(-o|--url)[= ]\S+:\d{2,5} .*(-u|--user)[= ](4|8)[1-9a-z]{90,}"
)
"""The words that miners are told to work with: the pool's protocol, what goes to their maker, the kind of sum, a wallet. Source: the published options of common miners."""
READERS = r"^(/usr(/local)?)?/s?bin/(grep|egrep|rg|pgrep|pkill|killall|find|yara|clamscan|less|vi|vim|nano|man|docker|podman|apt|apt-get|git|curl|wget)$"
"""Programs that look for one, or fetch it, are told the same words. They count where they are installed: a miner may bear any name."""

DETECTION = Detection(
    id="unix.mining_command",
    title="{program} on {host} is told to mine: {command}",
    why="A pool's address, a wallet and a kind of sum are what a miner needs to be told; no other program knows these words. On a machine of a firm somebody else is paid for it.",
    of=("process_activity",),
    sql=starts(f"regexp_matches(lower(command), '{PATTERN}') AND NOT regexp_matches(lower(process), '{READERS}')"),
    entities=PLACES,
    suggests={"cryptomining": Strength.DAMNING, "host_compromise": Strength.EXPECTED, "something_hostile": Strength.DAMNING, "administration_by_hand": Strength.NEUTRAL},
    techniques=("T1496",),
    severity=4,
    blind_spots="A miner that reads its settings from a file.",
)
