"""Wiz Defend detections. Source of the fields: Wiz API, `Detection`."""

from vidocq.content.sources.product_alerts.product import Product

PRODUCT = Product(
    id="wiz_detection", name="Wiz Defend", marks=(("rulematch.rule", "severity"), ("detectionurl", "severity"), ("tdrid", "severity"), ("triggeringeventscount", "severity")),
    title=("rulematch.rule.name", "rulename", "title"), rule=("rulematch.rule.id", "ruleid", "tdrid"), time=("createdat", "startedat", "updatedat"), uid=("id",), message=("description",),
    host=("primaryresource.hostname",), user=("actors.email", "actors.name", "primaryactor.name", "actors.externalid"), source=("triggeringevents.actorip", "actors.ip", "triggeringevents.nodes.actorip"),
    techniques=("rulematch.rule.securitysubcategories.title", "mitretechniques", "techniques.id"), tactics=("mitretactics",),
    entities=(("resource", "target", ("primaryresource.externalid", "primaryresource.name", "resources.externalid", "resources.name")), ("account", "account", ("cloudaccounts.externalid",)), ("user", "actor", ("actors.externalid",))),
)
