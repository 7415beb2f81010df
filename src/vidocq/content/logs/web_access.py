"""The access log of the server before the shop, in the combined form: what was asked inside the TLS sessions that the wire only sees from outside. Source: nginx.org, "ngx_http_log_module"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from random import Random

from vidocq.simulation import ids
from vidocq.simulation.clock import date
from vidocq.simulation.firm import Firm
from vidocq.simulation.line import Form, Line, Log

_PAGES = ("/", "/products", "/products/{}", "/about", "/contact", "/blog", "/pricing", "/search?q=delivery", "/static/app.{}.js", "/static/site.css", "/media/{}.webp", "/cart", "/api/stock?id={}")
_AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Safari/605.1.15",
)


def hear(firm: Firm, line: Line) -> Iterator[Line]:
    record = line.record
    if line.log != "zeek/ssl" or record["id.resp_h"] != firm.servers["web"].ip:
        return
    rng, at = Random(line.uid), line.at
    agent, came = rng.choice(_AGENTS), f"https://www.{firm.domain}/"
    for n in range(rng.randint(2, 9)):
        at += rng.uniform(0.05, 0.4) if n % 4 else rng.uniform(1, 10)
        path, status = rng.choice(_PAGES).format(rng.randrange(900)), rng.choice((200,) * 12 + (304, 304, 301, 404))
        when = dt.datetime.fromtimestamp(at, dt.UTC).strftime("%d/%b/%Y:%H:%M:%S +0000")
        asked = f'{record["id.orig_h"]} - - [{when}] "GET {path} HTTP/2.0" {status} {0 if status == 304 else rng.randint(300, 90_000)} "{came if n else "-"}" "{agent}"'
        yield Line(at, "web_access", ids.of_text(asked), {"text": asked}, line.noise)


LOG = Log("web_access", lambda firm, log, at: f"nginx/www.{firm.domain}/access-{date(at)}.log.gz", lambda firm, log: Form(lambda record: record["text"].encode()), hear)
