"""AppOmni alerts (and, in the same feed, events of its own that are none). Source of the fields: docs.appomni.com, "Alert schema" (Elastic Common Schema)."""

from vidocq.content.sources.product_alerts.product import Product, Record, by_number
from vidocq.model.record import text


def _alerts(record: Record) -> bool:
    return text(record, "event.kind") == "alert" or text(record, "appomni.event.dataset") == "appomni_alert"


PRODUCT = Product(
    id="appomni", name="AppOmni", marks=(("appomni", "event.kind"), ("appomni.event.dataset",)), title=("rule.name",), rule=("rule.name",), time=("event.created", "timestamp", "@timestamp"), uid=("appomni.event.id",), message=("message",),
    severity=("event.severity",), scale=by_number(2, 3, 4, 5), user=("related.user", "user.name"), source=("related.ip", "source.ip"), techniques=("rule.threat.technique.id",), tactics=("rule.threat.tactic.name",), alerts=_alerts,
    entities=(("user", "actor", ("related.user",)), ("ip", "peer", ("related.ip",)), ("resource", "target", ("related.services.type",))),
)
