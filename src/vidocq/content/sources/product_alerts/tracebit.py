"""Tracebit: decoys in clouds and identity providers. Nobody has a reason to read them, and who does has found them from within."""

from vidocq.content.sources.product_alerts.decoys import USED
from vidocq.content.sources.product_alerts.product import Product, Record, by_word
from vidocq.model.record import text


def _decoy(record: Record) -> str:
    return f"{USED}: {text(record, 'canary.type', 'canary_type', 'alert_type', 'provider') or 'canary'}"


def _scale(value: object) -> int:
    """A touched decoy is never slight, whatever it is rated."""
    return max(4, by_word(value))


PRODUCT = Product(
    id="tracebit", name="Tracebit", marks=(("tracebit_portal_url",),), title=("title", "canary.type", "canary_type", "alert_type"), time=("timestamp", "time", "created_at", "event_time", "first_event_at"),
    uid=("alert_log_id", "id", "alert_id"), message=("message", "description"), scale=_scale, host=("host", "hostname"), decoy=_decoy,
    user=("principal.name", "principal.id", "principals.name", "principals.id", "principals", "principal", "actor"), source=("source_ip", "ip_address", "ip_addresses", "ips", "source_ips"), techniques=("mitre_techniques", "techniques"),
    entities=(("resource", "target", ("canary.resource_id", "canary.name", "canary_name", "resource")), ("account", "account", ("account_id", "accounts.id"))),
)
