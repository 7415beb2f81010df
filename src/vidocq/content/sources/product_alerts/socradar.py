"""SOCRadar alarms: what was seen of a company outside of it. Source of the fields: SOCRadar, "Incident API"."""

from vidocq.content.sources.product_alerts.product import Product

PRODUCT = Product(
    id="socradar", name="SOCRadar", marks=(("alarm_id", "alarm_risk_level"), ("alarm_id", "alarm_type_details")), title=("alarm_type_details.alarm_generic_title", "alarm_type_details.alarm_sub_type", "alarm_type_details.alarm_main_type"),
    rule=("alarm_type_details.alarm_sub_type", "alarm_type_details.alarm_generic_title"), time=("date", "alarm_date", "insert_date", "notification_date"), uid=("alarm_id",), message=("alarm_text",), severity=("alarm_risk_level",),
    entities=(("user", "target", ("content.compromised_emails", "content.email")), ("domain", "destination", ("content.domain_name", "content.impersonating_domain")), ("ip", "peer", ("content.ip_address",)), ("resource", "target", ("alarm_asset",))),
)
