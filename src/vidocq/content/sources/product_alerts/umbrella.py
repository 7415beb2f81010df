"""Cisco Umbrella, DNS log as JSON: each look-up, and an alert for one that was of a hostile kind. Source of the fields: docs.umbrella.com, "DNS log formats"."""

import re
from collections.abc import Iterator

from vidocq.content.sources.product_alerts.product import Product, Record, address
from vidocq.model.record import every, text
from vidocq.model.source import Row

HOSTILE = re.compile(r"(?i)malware|command and control|phishing|cryptomining|dns tunnel|botnet|newly seen domains\b.*malware|potentially harmful")


def _kinds(record: Record) -> str:
    return ", ".join(str(v) for path in ("blockedcategories", "blocked_categories", "categories", "categories.label", "threats.label") for v in every(record, path) if isinstance(v, str))


def _alerts(record: Record) -> bool:
    return bool(HOSTILE.search(_kinds(record)))


def _look_up(record: Record) -> Iterator[Row]:
    kind = (text(record, "querytype", "query_type") or "").strip()
    found = re.search(r"\(([A-Z0-9]+)\)", kind)
    yield "dns_activity", {
        "src_ip": address(record, ("internalip", "internal_ip")) or address(record, ("externalip", "external_ip")), "query": (text(record, "domain") or "").lower().rstrip(".") or None, "qtype": found[1] if found else kind or None,
        "rcode": (text(record, "responsecode", "response_code", "returncode") or "").upper() or None,
    }


def _blocked(record: Record) -> bool:
    return (text(record, "action", "verdict") or "").lower().startswith("block")


PRODUCT = Product(
    id="umbrella", name="Cisco Umbrella", marks=(("policyidentity", "domain", "externalip"), ("policyidentity", "domain", "responsecode"), ("internalip", "externalip", "domain", "querytype"), ("policy_identity", "domain", "external_ip")),
    title=("blockedcategories", "threats.label", "categories"), time=("timestamp",), message=("domain",), severity=("severity",), source=("internalip", "externalip", "internal_ip", "external_ip"), alerts=_alerts,
    blocked=_blocked, entities=(("domain", "destination", ("domain",)),), further=_look_up,
)
