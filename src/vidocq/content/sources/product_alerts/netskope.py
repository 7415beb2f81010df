"""Netskope alerts. Source of the fields: docs.netskope.com, "Alerts" (REST API v2). A policy that was kept (DLP, policy) is noted lower than what is hostile."""

from vidocq.content.sources.product_alerts.product import Product, Record, by_word
from vidocq.model.record import text

POLICY = frozenset({"policy", "dlp", "quarantine", "watchlist", "legal hold", "remediation", "security assessment", "content"})


def _posture(record: Record) -> bool:
    return (text(record, "alert_type") or "").lower() == "security assessment"


def _blocked(record: Record) -> bool:
    return (text(record, "action") or "").lower() in ("block", "blocked", "quarantine", "useralert block")


PRODUCT = Product(
    id="netskope", name="Netskope", marks=(("alert_type", "alert_name", "user"), ("alert_type", "alert", "ccl"), ("alert_type", "alert_name", "_insertion_epoch_timestamp")), title=("alert_name",), rule=("alert_name",),
    time=("timestamp", "_insertion_epoch_timestamp"), uid=("_id",), message=("object", "file_name", "url"), severity=("severity", "severity_level", "malware_severity", "dlp_rule_severity", "alert_type"),
    scale=lambda value: 2 if str(value or "").lower() in POLICY else by_word(value), host=("hostname",), user=("user", "ur_normalized", "userkey"), source=("srcip", "userip", "src_ip"), target=("dstip",), posture=_posture, blocked=_blocked,
    techniques=("mitre_technique_id",), entities=(("url", "destination", ("url",)), ("domain", "destination", ("domain",)), ("hash", "file", ("sha256", "md5")), ("resource", "target", ("app",))),
)
