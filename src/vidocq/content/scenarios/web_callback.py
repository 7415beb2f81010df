"""A web application exploited with one request: it calls back, fetches a program from a bare address, mines, and is exploited again."""

from __future__ import annotations

from random import Random

from vidocq.simulation import ids
from vidocq.simulation.clock import HOUR, MINUTE, every
from vidocq.simulation.firm import Firm
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.shop import PORT
from vidocq.simulation.zeek import Web, conn, dns, ends, http, tls

_AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/60.0.3112.113 Safari/537.36 Assetnote/1.0.0",
    "python-requests/2.32.3",
    "Go-http-client/1.1",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36",
)
_FETCHERS = ("curl/7.88.1", "Wget/1.21.3", "curl/8.5.0")
_ODD = (12323, 45178, 9443, 652, 8085, 31337, 4443, 7708)
_POOLS = ("pool.supportxmr.com", "xmr.2miners.com", "gulf.moneroocean.stream", "pool.hashvault.pro", None)
_FORM = "multipart/form-data"


def _exploit(firm: Firm, rng: Random, at: float, source: str, agent: str, look: bool) -> list[Line]:
    """A form is posted to a page that has none; its answer is an error or a redirect. Some look first."""
    host, page = rng.choice((firm.public, f"www.{firm.domain}")), rng.choice(("/", "/", "/api/action", "/login"))
    lines: list[Line] = []
    if look:
        lines += http(rng, at, source, firm.servers["web"].ip, PORT, Web(host, "/", agent=agent, answered=rng.randint(8_000, 40_000)))
        at += rng.uniform(2, 30)
    posts = [
        Web(host, page, "POST", agent, rng.choice((500, 500, 303)), rng.randint(620, 1_900), rng.randint(70, 900), "text/x-component", _FORM)
        for _ in range(rng.randint(1, 2))
    ]
    return lines + list(http(rng, at, source, firm.servers["web"].ip, PORT, *posts, gap=rng.uniform(1, 4)))


def _callbacks(firm: Firm, rng: Random, start: float, end: float, source: str, port: int, jitter: float) -> list[Line]:
    """The server opens a connection to whoever exploited it, once a minute; the first ones last while somebody types."""
    lines = []
    for n, at in enumerate(every(rng, start, end, 60, jitter)):
        typed = n < 3 and rng.random() < 0.7
        sent, received = (rng.randint(2_000, 40_000), rng.randint(400, 4_000)) if typed else (rng.randint(150, 420), rng.randint(90, 210))
        lines.append(conn(ends(rng, at, firm.servers["web"].ip, source, port), rng.uniform(20, 50) if typed else rng.uniform(0.2, 3), sent, received))
    return lines


def _download(firm: Firm, rng: Random, at: float, store: str) -> list[Line]:
    """A script, then a program for the machine's kind of processor, from a host that has no name."""
    agent, word, port = rng.choice(_FETCHERS), ids.letters(rng, rng.randint(4, 8)), rng.choice((80, 80, 8080, 8000))
    host = store if port == 80 else f"{store}:{port}"
    script = Web(host, f"/{word}.sh", agent=agent, answered=rng.randint(700, 6_000), mime="text/x-shellscript")
    program = Web(
        host,
        f"/{word}/{rng.choice(('x86_64', 'linux_amd64', 'bot.x64', 'kworker'))}",
        agent=agent,
        answered=rng.randint(1_400_000, 8_000_000),
        mime="application/x-executable",
    )
    lines = list(http(rng, at, firm.servers["web"].ip, store, port, script))
    return lines + list(http(rng, at + rng.uniform(1, 15), firm.servers["web"].ip, store, port, program, gap=rng.uniform(1, 9)))


def _mine(firm: Firm, rng: Random, at: float, end: float, address: str) -> list[Line]:
    """One conversation with a pool that lasts for hours: few bytes, all the time; it breaks once or twice."""
    pool, port = rng.choice(_POOLS), rng.choice((3333, 5555, 443, 14444))
    web, lines = firm.servers["web"].ip, list[Line]()
    if pool:
        lines += dns(rng, at, web, firm.servers["resolver"].ip, pool, (address,))
    while at < end:
        lasts = min(end - at, rng.uniform(0.6, 4) * HOUR)
        sent, received = int(lasts * rng.uniform(8, 14)), int(lasts * rng.uniform(15, 28))
        if port == 443:
            lines += tls(rng, at + 0.2, web, address, pool, lasts, sent, received, "miner")
        else:
            lines.append(conn(ends(rng, at + 0.2, web, address, port), lasts, sent, received))
        at += lasts + rng.uniform(3, 30)
    return lines


def play(stage: Stage) -> Story:
    firm, rng = stage.firm, stage.rng
    source, store, pool = stage.strangers[:3]
    start = stage.moment(1, 13)
    agent, port, jitter = rng.choice(_AGENTS), rng.choice(_ODD), rng.uniform(0.05, 0.3)
    again, end = start + rng.uniform(3, 6) * HOUR, start + rng.uniform(7, 9.5) * HOUR
    fetched = start + rng.uniform(3, 20) * MINUTE
    stays = fetched + rng.uniform(40, 90) * MINUTE
    steps = (
        Step(
            "1-exploit",
            "a form is posted to the web application from an exit of a VPN",
            ("T1190",),
            tuple(_exploit(firm, rng, start, source, agent, look=rng.random() < 0.6)),
            (("ip", source),),
        ),
        Step(
            "2-callback",
            "the web server calls the same address on an odd port, once a minute",
            ("T1059.004", "T1571"),
            tuple(_callbacks(firm, rng, start + rng.uniform(35, 60), stays, source, port, jitter)),
            (("ip", source),),
        ),
        Step("3-download", "the web server fetches a program from a bare address", ("T1105",), tuple(_download(firm, rng, fetched, store)), (("ip", store),)),
        Step(
            "4-mining",
            "the web server keeps a conversation with a mining pool",
            ("T1496",),
            tuple(_mine(firm, rng, fetched + rng.uniform(30, 200), end, pool)),
            (("ip", pool),),
        ),
        Step(
            "5-exploited-again",
            "the same address exploits the web application again, and is called back",
            ("T1190", "T1571"),
            (
                *_exploit(firm, rng, again, source, agent, look=False),
                *_callbacks(firm, rng, again + rng.uniform(20, 50), again + rng.uniform(10, 30) * MINUTE, source, port, jitter),
            ),
            (("ip", source),),
        ),
    )
    return Story(
        "a web application exploited, and its server made to mine", steps, (("ip", source), ("ip", store), ("ip", pool), ("ip", firm.servers["web"].ip))
    )


SCENARIO = Scenario("web-callback", "network", play, what="a web application exploited with one request; it calls back, downloads and mines")
