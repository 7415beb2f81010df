"""Wiz issues, from the API and by webhook. Most tell of a weakness; a threat detection tells of a deed. Source of the fields: Wiz API, `Issue`."""

from vidocq.content.sources.product_alerts.product import Product, Record
from vidocq.model.record import text


def _posture(record: Record) -> bool:
    return (text(record, "type", "issue.type") or "").upper() != "THREAT_DETECTION"


PRODUCT = Product(
    id="wiz_issue", name="Wiz", marks=(("entitysnapshot", "severity", "status"), ("issue.severity", "resource", "control"), ("issue.severity", "trigger", "resource")),
    title=("sourcerule.name", "sourcerules.name", "control.name", "issue.control.name", "trigger.rulename"), rule=("sourcerule.id", "sourcerules.id", "control.id", "trigger.ruleid"),
    time=("createdat", "issue.created", "issue.createdat", "updatedat"), uid=("id", "issue.id"), message=("description", "control.description", "issue.description"), severity=("severity", "issue.severity"),
    host=("entitysnapshot.hostname",), posture=_posture, techniques=("sourcerule.securitysubcategories.title", "sourcerule.securitysubcategories.externalid"),
    entities=(
        ("resource", "target", ("entitysnapshot.providerid", "entitysnapshot.name", "resource.id", "resource.name")), ("account", "account", ("entitysnapshot.subscriptionexternalid", "resource.subscriptionid")),
    ),
)
