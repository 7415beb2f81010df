"""Tools that watch others: whoever takes their eyes away blinds the owner.

Source of the fields: docs.wiz.io, "Audit logs"; docs.snyk.io, "Audit logs"; docs.panther.com, "Panther Audit Logs"; developer.carbonblack.com, "Audit Log Events"; docs.axonius.com,
"Activity Logs"; docs.netskope.com, "Audit events"; help.zscaler.com, "NSS feed: Admin Audit Logs"; docs.sublime.security, "Audit log".
"""

from collections.abc import Iterator
from typing import Any

from vidocq.content.sources.saas_audit.service import Record, Rule, Service
from vidocq.model.record import as_json, every, named, text
from vidocq.model.source import Row

_WIZ = Service(
    name="wiz", marks=("action", "requestid", "status", "useragent|sourceip", "user|serviceaccount|actionparameters"), like={"action": r"^[A-Z][A-Za-z0-9]+$"}, action=("action",), time=("timestamp",),
    actor=("user.name", "user.id", "serviceaccount.name", "serviceaccount.id"), address=("sourceip",), agent=("useragent",), target=("actionparameters.input.id", "actionparameters.input.name", "actionparameters.id"),
    target_user=("actionparameters.input.email",), outcome=("status",), detail=("actionparameters",), guard=True,
    rules=(
        Rule("network allowed", r"update\w*iprestrictions?"),
        Rule("sign-in policy weakened", r"update(login|session|portal\w*security)settings|delete(saml|identityprovider)\w*"),
        Rule("trust changed", r"(create|update|modify)saml\w*"),
        Rule("rights granted", r"(create|update)(user|serviceaccount)?role\w*|(create|update)user\w*|modifysaml\w*groupmapping\w*", when=r'global_admin|"permissions?"|project_admin|admin:all|write:all'),
        Rule("application credential added", r"(rotate|create)serviceaccount\w*"),
        Rule("monitoring impaired", r"(delete|update|disable)(dataclassifier|imageintegrityvalidator|scanner\w*|connector|cloudaccount|securityscan\w*)"),
        Rule("data exported", r"create(report|export)\w*|(run|rerun|download)report\w*"),
        Rule("access removed", r"delete(user|serviceaccount)|resetuserpassword"),
    ),
)
_SNYK = Service(
    name="snyk", marks=("event", "created", "groupid|orgid|group_id|org_id"), like={"event": r"^(api|group|org|user|tenant|app|gateway)\.[a-z0-9_.]+$"}, action=("event",), time=("created",), actor=("userid", "user_id"),
    account=("groupid", "group_id", "orgid", "org_id"), target=("content.name", "content.orgname", "projectid", "content.serviceaccountpublicid", "orgid"), target_user=("content.email", "content.userpublicid"),
    detail=("content",), guard=True,
    rules=(
        Rule("", r".*\.(sync|membership\.sync|pr_check\w*|test|revoke)|org\.(create|project\.(edit|add|remove|monitor|import))|group\.edit"),
        Rule("trust changed", r"(group|org)\.sso\.(edit|add|create)|group\.sso\.(?!membership).*"),
        Rule("key made", r"\w+\.service_account\.(create|edit)|user\.(api_token|pat)\.(create|reset|edit)|\w+\.api_key\.create"),
        Rule("rights granted", r"(org|group)\.user\.(role\.(edit|create)|add|invite\.accept)|\w+\.user_role\.\w+", when=r"admin"),
        Rule("monitoring impaired", r"org\.(project\.(stop_monitor|ignore\.\w+|delete)|ignore_policy\.\w+|sast_settings\.\w+)|(group|org)\.(policy|settings|feature_flags|project\.settings)\.\w+"),
        Rule("sign-in policy weakened", r"(group|org)\.request_access_settings\.edit|(group|org)\.\w*(session|access)_settings\.edit"),
        Rule("consent granted", r"(org|group)\.(app|integration)\.(create|add|edit|install)|org\.app_bot\.create"),
        Rule("data exported", r"(org|group)\.(webhook\.add|export\.\w+)"),
        Rule("data destroyed", r"(org|group)\.(delete|org\.remove)"),
        Rule("", r"org\.(integration|project|collection|user)\..*"),
    ),
)
_PANTHER = Service(
    name="panther", marks=("actionname", "actionresult", "actor"), action=("actionname",), time=("timestamp",), actor=("actor.attributes.email", "actor.name", "actor.id"), actor_type=("actor.type",),
    address=("sourceip",), agent=("useragent",), target=("actionparams.dynamic.input.name", "actionparams.input.name", "actionparams.dynamic.input.id"), target_user=("actionparams.dynamic.input.email",),
    outcome=("actionresult",), detail=("actionparams",), guard=True, sign_in=r"sign_?in|login",
    rules=(
        Rule("rights granted", r"(create|update)_user_role", when=r'"permissions":\[[^\]]*(modify|manage|delete)'),
        Rule("", r"(create|update)_user_role|update_alert\w*|create_(rule|query|detection\w*)"),
        Rule("sign-in policy weakened", r"update_(saml|sso|general)_settings"),
    ),
)
_CARBON_BLACK = Service(
    name="carbon_black", marks=("loginname|actor", "description", "orgname|org_key", "clientip|actor_ip"), action=("description",), time=("eventtime", "create_time"), uid=("eventid", "event_id"),
    actor=("loginname", "actor"), address=("clientip", "actor_ip"), account=("orgname", "org_key"), target=("requesturl", "request_url"), detail=("description", "requesturl"), guard=True,
    sign_in=r"(user .*)?logged in.*|connector .* logged in.*",
    rules=(
        Rule("", r"(user .*)?logged (in|out).*"),
        Rule("rights granted", r".*\b(grant|role)s?\b.*", when=r"(grant|creat|add|updat|chang|assign)\w*.*(admin|super|owner)"),
        Rule("key made", r".*\b(api (key|id)|access level|connector)\b.*", when=r"(creat|add|regenerat|generat)"),
        Rule("logging impaired", r".*\bdata forwarder\b.*", when=r"(delet|disab|stop|remov)"),
        Rule("access removed", r".*\b(user|login)\b.*", when=r"(delet|remov|lock)"),
    ),
)
_AXONIUS = Service(
    name="axonius", marks=("event.action", "event.category", "event.type"), like={"event.action": r"^AuditAction\."}, action=("event.category", "event.action"), time=("time", "event.timestamp"),
    actor=("event.user", "event.params.user_name"), actor_type=("event.type",), address=("event.params.ip",), target=("event.params.name", "event.params.vendor_name", "event.params.config_id"),
    target_user=("event.params.user_name",), outcome=("event.params.status",), detail=("event.params", "event.action", "event.category"), guard=True, sign_in=r".*\.login\w*|.*auditaction\.login\w*",
    rules=(
        Rule("user invited outside", r".*addexternaluser"),
        Rule("data exported", r".*webhook\w*\..*(put|post|create)\w*"),
        Rule("key made", r".*(apikey|token|service_?account)\w*\..*(reset|create|put|add)\w*|.*resetapikey\w*"),
        Rule("rights granted", r".*(user|role)management\..*", when=r"admin"),
        Rule("", r".*usersession.*"),
    ),
)
_NETSKOPE = Service(
    name="netskope", marks=("audit_log_event", "user", "type|severity_level"), action=("audit_log_event",), time=("timestamp", "_insertion_epoch_timestamp"), actor=("user", "ur_normalized"), account=("organization_unit",),
    address=("supporting_data.data_values",), target=("supporting_data.data_type",), outcome=("supporting_data.data_values", "audit_log_event"), failed=r"^4\d\d$|^5\d\d$|fail",
    detail=("audit_log_event", "supporting_data", "is_netskope_personnel"), guard=True, sign_in=r"login.*",
    rules=(
        Rule("session impersonated", r".*", when=r'is_netskope_personnel":true'),
        Rule("rights granted", r".*(admin|role).*(creat|edit|updat|add).*|(creat|edit|updat|add).*(admin|role).*", when=r"admin"),
        Rule("", r"login.*|logout.*|rest api.*"),
    ),
)
_ZSCALER = Service(
    name="zscaler", marks=("event.adminid", "event.action", "event.category"), action=("event.category", "event.subcategory", "event.action"), time=("event.time",), uid=("event.recordid",), actor=("event.adminid",),
    actor_type=("event.interface",), address=("event.clientip",), target=("event.resource",), outcome=("event.result",), error=("event.errorcode",), says=("event.resource",), guard=True,
    detail=("event.resource", "event.preaction", "event.postaction", "event.subcategory"), sign_in=r"login.*sign_?in.*",
    rules=(
        Rule("", r"login\..*sign_?(in|out).*"),
        Rule("logging impaired", r".*(nss|log|mcas|siem).*(delete|update)", when=r"nss|audit|log"),
        Rule("sign-in policy weakened", r".*(saml|password|authentication|session|mfa).*(update|delete|patch)"),
        Rule("rights granted", r".*(admin|role)_?(management|users?|s)?\w*.*\.(create|update)", when=r"super ?admin|full|read_write|admin"),
        Rule("monitoring impaired", r".*(ssl|malware|sandbox|dlp|firewall|policy|url_filter|advanced_threat|ips)\w*.*\.(delete|disable)"),
        Rule("monitoring impaired", r".*(ssl|malware|sandbox|dlp|bypass|advanced_threat|ips)\w*.*\.update", when=r"(disab|bypass|do_not|allow|false)"),
        Rule("key made", r".*(api_?key|api_?client|oauth)\w*.*\.(create|update)"),
    ),
)
_SUBLIME = Service(
    name="sublime", marks=("created_by", "data.request", "type", "created_at"), action=("type",), time=("created_at",), actor=("created_by.email_address", "created_by.id"), actor_type=("created_by.role",),
    address=("data.request.ip",), agent=("data.request.user_agent",), target=("data.mailbox.email_address", "data.request.path", "data.rule.name"), target_user=("data.user.email_address",),
    detail=("type", "data.request.path", "data.request.method", "data.request.body"), guard=True, sign_in=r".*log_?in.*",
    rules=(Rule("monitoring impaired", r"mailbox\w*\.(deactivate\w*|disable\w*|remove\w*)|message_source\w*\.(delete|deactivate)\w*"), Rule("", r"message\w*\..*|.*log_?in.*")),
)


def _flagged(record: Record) -> Iterator[Row]:
    """A mail that rules of Sublime flagged: what each of them is called is the title."""
    names = [str(name) for name in every(record, "data.flagged_rules.name")]
    sender = text(record, "data.message.sender.email.email", "data.message.sender.email", "data.message.sender")
    to = [str(v) for v in every(record, "data.message.mailbox.email_address")] + [str(v) for v in every(record, "data.message.recipients.email")]
    told: list[tuple[str, Any, str]] = [("mailbox", sender, "sender"), *(("mailbox", mailbox, "target") for mailbox in to[:20])]
    yield "detection_finding", {"uid": text(record, "data.message.id", "id"), "rule": names[0] if names else "flagged", "title": "; ".join(names[:5])[:300] or "A mail was flagged", "product": "Sublime Security",
                                "category": "threat", "severity": 3, "message": text(record, "data.message.subject"), "entities": as_json(named(told))}


_SUBLIME_MESSAGE = Service(name="sublime", marks=("data.flagged_rules", "type|created_at"), action=("type",), time=("created_at",), also=_flagged, only=False)
SERVICES = (_SUBLIME_MESSAGE, _WIZ, _SNYK, _PANTHER, _CARBON_BLACK, _AXONIUS, _NETSKOPE, _ZSCALER, _SUBLIME)
