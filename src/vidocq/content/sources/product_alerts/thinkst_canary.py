"""Thinkst Canary: decoy machines and tokens, by webhook. Source of the fields: docs.canary.tools, "Webhooks" and "Incident objects"."""

import re

from vidocq.content.sources.product_alerts.decoys import USED, touched
from vidocq.content.sources.product_alerts.product import Product, Record, address
from vidocq.model.record import text

_SOURCE = ("sourceip", "description.src_host", "additional_data.src_ip", "src_host")
_LOST = re.compile(r"(?i)settings|disconnect|reconnect|reboot|update|dummy|acknowledged|fan failure|battery")
"""What a decoy tells of itself."""


def _alerts(record: Record) -> bool:
    return not _LOST.search(f"{text(record, 'alerttype')} {text(record, 'description', 'title')}")


def _decoy(record: Record) -> str:
    token = text(record, "token", "canarytoken", "manage_url", "memo") or "token" in f"{text(record, 'alerttype', 'channel')}{text(record, 'canaryname')}".lower()
    kind = text(record, "description", "title", "channel") or "incident"
    # A token had to be found in a mailbox, a share or a repository before it could be used, wherever it is used from.
    return f"{USED if token else touched(address(record, _SOURCE))}: {kind[:100]}"


PRODUCT = Product(
    id="thinkst_canary", name="Thinkst Canary", marks=(("canaryip", "canaryname"), ("canaryname", "incidenthash"), ("canaryid", "incidentkey"), ("alerttype", "incidentkey", "sourceip"), ("manage_url", "memo", "channel")),
    title=("description", "title", "channel"), time=("timestamp", "createdstd", "created_std", "time"), uid=("incidentkey", "incidenthash"), message=("intro", "memo"), severity=("severity",), scale=lambda _: 4, host=("canaryname",),
    user=("username",), source=_SOURCE, target=("canaryip",), alerts=_alerts, decoy=_decoy, entities=(("domain", "source", ("reversedns",)),),
)
