"""The firm's own web server: visitors, search engines, and what the internet sends to every address."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from vidocq.simulation.clock import any_times
from vidocq.simulation.firm import Firm
from vidocq.simulation.line import Line, Part
from vidocq.simulation.shop import PORT
from vidocq.simulation.zeek import Web, conn, ends, http, ssh, tls

"""Where the application answers in clear text, beside 443."""
_AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (X11; Linux x86_64; rv:135.0) Gecko/20100101 Firefox/135.0",
)
_PAGES = ("/", "/products", "/about", "/contact", "/blog", "/pricing", "/login", "/search?q=delivery")
_PROBES = (
    "/",
    "/.env",
    "/.git/config",
    "/wp-login.php",
    "/xmlrpc.php",
    "/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php",
    "/boaform/admin/formLogin",
    "/cgi-bin/luci/;stok=/locale",
    "/actuator/health",
    "/solr/admin/info/system",
    "/owa/auth/x.js",
    "/_next/static/chunks/webpack.js",
    "/api/action",
    "/hudson",
    "/manager/html",
)
_SCANNERS = ("Mozilla/5.0 zgrab/0.x", "python-requests/2.31.0", "Go-http-client/1.1", "curl/7.88.1", "Mozilla/5.0 (compatible; CensusBot/1.1)", "-")
_PORTS = (22, 23, 80, 443, 445, 2222, 3000, 3389, 5555, 6379, 8080, 8443, 8545, 9200)


def _visit(firm: Firm, rng: Random, at: float) -> Iterator[Line]:
    visitor, web = rng.choice(firm.visitors), firm.servers["web"].ip
    if rng.random() < 0.6:
        yield from tls(rng, at, visitor, web, f"www.{firm.domain}", rng.uniform(2, 90), rng.randint(1_500, 9_000), int(rng.lognormvariate(11, 1)), "visitor")
        return
    agent, pages = rng.choice(_AGENTS), rng.choices(_PAGES, k=rng.randint(1, 3))
    asked = [Web(f"www.{firm.domain}", page, agent=agent, answered=rng.randint(4_000, 90_000)) for page in pages]
    if rng.random() < 0.25:
        # The application's own forms post to the page they stand on.
        asked.append(
            Web(
                f"www.{firm.domain}",
                rng.choice(("/contact", "/login")),
                "POST",
                agent,
                rng.choice((200, 303)),
                rng.randint(180, 1_400),
                rng.randint(300, 4_000),
                "text/x-component",
                "multipart/form-data",
            )
        )
    yield from http(rng, at, visitor, web, PORT, *asked, gap=rng.uniform(1, 12))


def _probe(firm: Firm, rng: Random, at: float) -> Iterator[Line]:
    """A scan from the internet: a port that is closed, a page that is not there, a password that is wrong."""
    scanner, web, dice = rng.choice(firm.scanners), firm.servers["web"].ip, rng.random()
    if dice < 0.45:
        yield conn(
            ends(rng, at, scanner, rng.choice((web, firm.servers["jump"].ip)), rng.choice(_PORTS[4:])), 0, 0, 0, state=rng.choice(("S0", "REJ")), noise=True
        )
    elif dice < 0.85:
        agent = rng.choice(_SCANNERS)
        asked = [
            Web(firm.public, path, "GET" if rng.random() < 0.9 else "POST", agent, rng.choice((404, 404, 403, 400)), answered=rng.randint(150, 2_000))
            for path in rng.choices(_PROBES, k=rng.randint(1, 4))
        ]
        yield from http(rng, at, scanner, web, PORT, *asked, gap=0.2, noise=True)
    else:
        yield from ssh(
            rng,
            at,
            scanner,
            firm.servers["jump"].ip,
            False,
            rng.randint(1, 4),
            rng.choice(("SSH-2.0-Go", "SSH-2.0-libssh_0.9.6", "SSH-2.0-paramiko_3.4.0")),
            rng.uniform(1, 9),
            1_400,
            2_100,
            noise=True,
        )


def tell(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    for at in any_times(rng, day, 420):
        yield from _visit(firm, rng, at)
    for at in any_times(rng, day, 260):
        yield from _probe(firm, rng, at)


PART = Part("network", tell)
