"""Carbon Black Cloud alerts (v2 and v7 of its API). Source of the fields: developer.carbonblack.com, "Alerts API"."""

from vidocq.content.sources.product_alerts.product import Product, Record, by_number
from vidocq.model.record import text


def _blocked(record: Record) -> bool:
    return (text(record, "sensor_action") or "").upper() in ("DENY", "TERMINATE", "BLOCK") or (text(record, "run_state") or "").upper() == "DID_NOT_RUN"


PRODUCT = Product(
    id="carbon_black", name="VMware Carbon Black Cloud", marks=(("org_key", "device_name", "threat_id"), ("alert_url", "device_name", "severity"), ("legacy_alert_id", "device_name")),
    # `reason` names programs of whoever started them; which analysis spoke is the product's word.
    title=("report_name", "watchlists.name", "rule_category_id", "type"), rule=("report_name", "watchlists.name", "rule_id", "type"), time=("detection_timestamp", "create_time", "backend_timestamp", "first_event_timestamp"), uid=("id", "legacy_alert_id"),
    message=("reason", "threat_cause_actor_name"), scale=by_number(2, 5, 7, 9), host=("device_name",), user=("process_username", "device_username", "actor_username"), source=("device_internal_ip", "netconn_local_ip"),
    target=("netconn_remote_ip",), techniques=("ttps", "attack_technique", "threat_indicators.ttps"), tactics=("attack_tactic",), blocked=_blocked,
    entities=(("hash", "file", ("process_sha256", "childproc_sha256")), ("process", "process", ("process_cmdline",)), ("file", "file", ("process_name",)), ("domain", "destination", ("netconn_remote_domain",))),
)
