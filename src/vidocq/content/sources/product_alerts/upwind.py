"""Upwind detections. What it says of a hole or a setting is posture. Source of the fields: docs.upwind.io, "Threat detections" API."""

import re

from vidocq.content.sources.product_alerts.product import Product, Record
from vidocq.model.record import text


def _posture(record: Record) -> bool:
    return bool(re.search(r"(?i)vulnerab|misconfig|posture|compliance", f"{text(record, 'category')} {text(record, 'type')}"))


PRODUCT = Product(
    id="upwind", name="Upwind", marks=(("upwind_console_link",), ("first_seen_time", "occurrence_count", "category"), ("resource.upwind_asset_id",)), title=("title",), rule=("type",), time=("last_seen_time", "first_seen_time"), uid=("id",),
    message=("description",), host=("resource.host_name",), user=("triggers.events.data.user_name",), source=("triggers.events.data.source_ip",), target=("triggers.events.data.destination_ip",), techniques=("mitre_attacks.technique_id",),
    tactics=("mitre_attacks.tactic_name",), posture=_posture,
    entities=(
        ("resource", "target", ("resource.name", "resource.cluster_id")), ("account", "account", ("resource.cloud_account_id",)), ("process", "process", ("triggers.events.data.command",)),
        ("domain", "destination", ("triggers.events.data.domain",)),
    ),
)
