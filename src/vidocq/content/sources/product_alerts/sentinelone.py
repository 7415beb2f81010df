"""SentinelOne: the activity log, threats, and alerts of one's own rules. Source of the fields: SentinelOne Management API 2.1."""

from vidocq.content.sources.product_alerts.product import Product, Record, by_word
from vidocq.model.record import inside, text


def _alerts(record: Record) -> bool:
    """Of the activity log, what names an alert or a threat; all else there is somebody's work in the console."""
    return not text(record, "activitytype") or bool(text(record, "data.alertid", "data.threatclassification", "data.confidencelevel", "threatid"))


def _blocked(record: Record) -> bool:
    status = (text(record, "threatinfo.mitigationstatus", "data.status") or "").lower()
    return status in ("mitigated", "blocked", "quarantined", "killed") or bool(inside(record, "data") and text(record, "activitytype") == "18")


def _scale(value: object) -> int:
    """A threat has no severity: it is malicious, or suspicious."""
    return {"malicious": 4, "suspicious": 3, "n/a": 2}.get(str(value or "").lower()) or by_word(value)


PRODUCT = Product(
    id="sentinelone", name="SentinelOne", marks=(("activitytype", "primarydescription"), ("threatinfo", "agentrealtimeinfo"), ("alertinfo", "ruleinfo"), ("threatinfo.threatid",)),
    title=("data.rulename", "ruleinfo.name", "threatinfo.classification", "data.threatclassification"), rule=("data.rulename", "ruleinfo.name", "threatinfo.classification", "data.threatclassification", "activitytype"),
    time=("alertinfo.createdat", "threatinfo.createdat", "createdat", "threatinfo.identifiedat"), uid=("activityuuid", "threatinfo.threatid", "alertinfo.alertid"),
    message=("primarydescription", "threatinfo.threatname", "ruleinfo.description"), severity=("data.severity", "ruleinfo.severity", "threatinfo.confidencelevel", "data.confidencelevel"), scale=_scale,
    host=("data.computername", "agentrealtimeinfo.agentcomputername", "agentdetectioninfo.name", "data.agentcomputername", "agentid"), user=("threatinfo.processuser", "data.username", "sourceprocessinfo.user"),
    source=("data.srcip", "agentdetectioninfo.agentipv4", "data.agentipv4", "alertinfo.srcip"), target=("data.dstip", "alertinfo.dstip"), techniques=("indicators.tactics.techniques.name", "ruleinfo.s1ql", "data.techniques"),
    entities=(("file", "file", ("threatinfo.filepath", "data.filepath", "sourceprocessinfo.filepath")), ("hash", "file", ("threatinfo.sha256", "threatinfo.sha1", "data.filecontenthash")), ("process", "process", ("sourceprocessinfo.commandline",))),
    alerts=_alerts, blocked=_blocked,
)
