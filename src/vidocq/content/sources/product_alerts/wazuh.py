"""Wazuh (`alerts.json`). Source of the fields: documentation.wazuh.com, "Rules classification" and "Alert threshold"."""

from collections.abc import Mapping
from typing import Any

from vidocq.content.sources.product_alerts.product import Product, Record, by_number
from vidocq.model.record import inside, text

ORDINARY = 3
"""Levels up to this are authorised events and notes of the system, by the product's own classification: records rather than alerts."""


def _alerts(record: Record) -> bool:
    level = text(record, "rule.level") or ""
    return not level.isdigit() or int(level) > ORDINARY


def _single(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {k: _single(v) for k, v in value.items()}
    return value.replace("\\\\", "\\") if isinstance(value, str) else value


def _mended(record: Record) -> Record:
    """What Windows says is escaped twice: `C:\\\\Windows` where the event has `C:\\Windows`."""
    data = inside(record, "data")
    return {**record, "data": {**data, "win": _single(data["win"])}} if isinstance(data.get("win"), Mapping) else record


PRODUCT = Product(
    id="wazuh", name="Wazuh", marks=(("rule.level", "rule.description", "agent"),), title=("rule.description",), rule=("rule.id",), time=("timestamp", "@timestamp"), uid=("id",), message=("full_log", "data.win.system.message"),
    severity=("rule.level",), scale=by_number(4, 7, 12, 15), host=("agent.name", "predecoder.hostname"),
    user=("data.dstuser", "data.srcuser", "data.win.eventdata.targetusername", "data.win.eventdata.user", "data.aws.useridentity.username", "syscheck.uname_after"),
    source=("data.srcip", "data.src_ip", "data.win.eventdata.ipaddress", "data.aws.sourceipaddress"), target=("data.dstip", "data.dest_ip"), techniques=("rule.mitre.id",), tactics=("rule.mitre.tactic",),
    entities=(("ip", "host", ("agent.ip",)), ("file", "file", ("syscheck.path", "data.win.eventdata.image", "data.virustotal.source.file")), ("hash", "file", ("syscheck.sha256_after",)), ("url", "destination", ("data.url",))),
    alerts=_alerts, mended=_mended,
)
