"""Falco (JSON output). Source of the fields: falco.org, "Default rules" and "Supported fields for conditions and outputs"."""

from vidocq.content.sources.product_alerts.product import Product

_F = "output_fields"
PRODUCT = Product(
    id="falco", name="Falco", marks=(("output_fields", "priority", "rule"), ("output", "priority", "rule", "source")), title=("rule",), time=("time", f"{_F}.evt_time"), uid=("uuid",), message=("output",), severity=("priority",),
    host=("hostname", f"{_F}.evt_hostname", f"{_F}.k8s_node_name"), user=(f"{_F}.user_name", f"{_F}.ka_user_name"), source=(f"{_F}.fd_cip", f"{_F}.ka_sourceips"), target=(f"{_F}.fd_sip", f"{_F}.fd_rip"), techniques=("tags",),
    entities=(
        ("process", "process", (f"{_F}.proc_cmdline", f"{_F}.proc_name")), ("file", "file", (f"{_F}.fd_name", f"{_F}.proc_exepath")),
        ("resource", "target", (f"{_F}.container_id", f"{_F}.container_name", f"{_F}.k8s_pod_name", f"{_F}.ka_target_name")),
    ),
)
