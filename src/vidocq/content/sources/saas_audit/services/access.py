"""Ways in and what keeps secrets: Tailscale, Teleport, 1Password, Cloudflare, Tines.

Source of the fields: tailscale.com/kb, "Configuration audit logging"; goteleport.com/docs, "Audit events reference"; developer.1password.com, "Events API";
developers.cloudflare.com, "Audit Logs"; tines.com/docs, "Audit logs".
"""

from collections.abc import Iterator
from typing import Any

from vidocq.content.sources.saas_audit.service import Record, Rule, Service
from vidocq.model.record import text
from vidocq.model.source import Row


def _session(record: Record) -> Iterator[Row]:
    """What ran on a machine within a session that Teleport recorded."""
    common: dict[str, Any] = {"host": text(record, "server_hostname", "server_id"), "actor_user": text(record, "login", "user")}
    event = text(record, "event")
    if event == "session.command":
        argv = record.get("argv")
        words = [str(a) for a in argv] if isinstance(argv, list) else []
        path = text(record, "path", "program")
        yield "process_activity", {**common, "process": path, "pid": text(record, "pid"), "parent_pid": text(record, "ppid"), "operation": "start",
                                   "command": " ".join([text(record, "program") or path or "", *words])[:4000]}
    elif event == "session.network":
        yield "network_activity", {"src_ip": text(record, "src_addr"), "dst_ip": text(record, "dst_addr"), "dst_port": text(record, "dst_port"), "process": text(record, "program"),
                                   "protocol": "tcp", "direction": "outbound"}


_TELEPORT = Service(
    name="teleport", marks=("event", "code", "uid", "time"), like={"code": r"^T[A-Z0-9]{2,6}[IWE]$"}, action=("event",), time=("time",), uid=("uid",), actor=("user", "updated_by"), actor_type=("user_kind",),
    address=("addr_remote", "remote_addr", "addr.remote"), agent=("user_agent",), account=("cluster_name",), target=("name", "server_hostname", "server_id", "db_name", "kubernetes_cluster"), target_user=("target.user", "login"),
    outcome=("success",), error=("error", "message"), detail=("event", "code", "name", "target", "roles", "login", "program", "error", "method"), sign_in=r"user\.login|auth", also=_session,
    rules=(
        Rule("access removed", r"lock\.created|user\.delete\w*"),
        Rule("rights granted", r"role\.(created|updated)|user\.(create|update)\w*|access_request\.(approve\w*|review)", when=r"editor|admin|\broot\b|\*"),
        Rule("identity made", r"user\.create\w*|bot\.create\w*"),
        Rule("trust changed", r"(saml|oidc|github)\.(created|updated)|trusted_cluster\.create\w*|join_token\.create|cert(ificate)?_authority\.\w+"),
        Rule("sign-in policy weakened", r"(saml|oidc|github)\.deleted|auth_preference\.update|mfa\.(disabled)|cluster_networking_config\.update"),
        Rule("second factor removed", r"mfa\.delete|recovery_code\.used"),
        Rule("logging impaired", r"session_recording_config\.update|session\.recording\.(disabled|deleted)|audit\.delete"),
        Rule("", r"session\..*|auth|user\.login|cert\.create|resize|exec|sftp.*|scp.*|port|subsystem"),
    ),
)
_TAILSCALE = Service(
    name="tailscale", marks=("event.action", "event.actor", "event.target", "event.origin|event.eventgroupid"), action=("event.target.type", "event.target.property", "event.action"), time=("time", "fields.recorded", "event.eventtime"),
    uid=("event.deferredat", "uid"), actor=("event.actor.loginname", "event.actor.displayname", "event.actor.id"), actor_type=("event.actor.type",), account=("fields.tailnet", "event.tailnet"), target=("event.target.name", "event.target.id"),
    detail=("event.target", "event.old", "event.new", "event.action"),
    rules=(
        Rule("network allowed", r"tailnet\.(acl|policy_?file)\w*\.update|(node|machine)\.(allowed_ips|exit_node|posture\w*)\.\w+"),
        Rule("sign-in policy weakened", r"tailnet\.(machine_approval\w*|device_approval\w*|user_approval\w*|machine_auth_needed)\.(disable|update)|(node|machine)\.key_expiry\w*\.disable|tailnet\.key_expiry\w*\.\w+"),
        Rule("logging impaired", r"\w*(log_?stream\w*|logging|network_flow_log\w*|recorder)\w*\.(\w+\.)?(disable|delete)"),
        Rule("protection removed", r"tailnet\.(magic_dns|tailnet_lock\w*|https|posture\w*)\.disable|tailnet_lock\w*\.disable"),
        Rule("key made", r"(api_key|auth_key|oauth_client|api_access_token)\.(\w+\.)?create"),
        Rule("rights granted", r"user\.(user_)?role\w*\.update|user\.(grant|update)", when=r"admin|owner"),
        Rule("shared outside", r"(invite|share|node_share|device_invite)\.(\w+\.)?(create|accept)"),
        Rule("trust changed", r"tailnet\.(idp|oidc|identity_provider|sso)\w*\.\w+"),
    ),
)
_ONE_PASSWORD_AUDIT = Service(
    name="1password", marks=("actor_uuid", "action", "object_type"), action=("object_type", "action"), time=("timestamp",), uid=("uuid",), actor=("actor_details.email", "actor_details.name", "actor_uuid"), address=("session.ip",),
    target=("object_details.email", "object_details.name", "object_uuid"), target_user=("aux_details.email", "object_details.email"), detail=("action", "object_type", "aux_info", "aux_details", "object_details"),
    rules=(
        Rule("second factor removed", r"(mfa|user)\.(disable\w*|dltmfa|detechmfa|detachmfa|delmfa)|user\.\w*mfa\w*"),
        Rule("sign-in policy weakened", r"(account|sso|mfa|policy|fwall)\w*\.(disblmfa|dsblsso|disable\w*|dlt\w*sso|delete)"),
        Rule("trust changed", r"(account|sso)\w*\.(enblsso|updtsso|create|chngasso|chngpsso)"),
        Rule("network allowed", r"(account|fwall|firewall)\w*\.(updatfw|updtfw|update)"),
        Rule("key made", r"(sa|satoken|sctoken|satkn|eventsapi|connect|token)\w*\.create"),
        Rule("rights granted", r"(gm|gma|group|gva|uva)\w*\.(join|role|grant|create|update)", when=r'"(m|a|admin|owner|r)"|administrators|owners'),
        Rule("data exported", r"(vault|items?|account|report)\w*\.export\w*"),
        Rule("access removed", r"user\.(suspend|delete|beginr|del)"),
        Rule("user invited outside", r"(invite|user)\.(create|invite)", outside=True),
    ),
)
_ONE_PASSWORD_SIGN_IN = Service(
    name="1password", marks=("session_uuid", "category", "type", "target_user"), action=("category",), time=("timestamp",), uid=("uuid",), actor=("target_user.email", "target_user.name"), address=("client.ip_address",),
    agent=("client.app_name",), account=("country",), outcome=("category",), failed=r"failed|failure", error=("type",), detail=("category", "type", "details"), sign_in=r".*", words=False,
)
_ONE_PASSWORD_ITEM = Service(
    name="1password", marks=("vault_uuid", "item_uuid", "user"), action=("action",), time=("timestamp",), uid=("uuid",), actor=("user.email", "user.name"), address=("client.ip_address",), agent=("client.app_name",),
    target=("item_uuid",), detail=("vault_uuid", "action", "used_version"), words=False, rules=(Rule("data exported", r"export\w*"),),
)
_CLOUDFLARE = Service(
    name="cloudflare", marks=("action.type|action.result", "actor.email|actor.id|actor.ip", "when", "resource|interface"), action=("resource.type", "action.type"), time=("when",), actor=("actor.email", "actor.id"),
    actor_type=("actor.type",), address=("actor.ip",), account=("owner.id",), target=("resource.id",), outcome=("action.result",), detail=("action", "resource", "newvaluejson", "oldvaluejson", "metadata"),
    sign_in=r".*login.*",
)
_CLOUDFLARE_LOGPUSH = Service(
    name="cloudflare", marks=("actiontype", "actoremail|actorid|actorip", "when", "resourcetype|interface"), action=("resourcetype", "actiontype"), time=("when",), actor=("actoremail", "actorid"), actor_type=("actortype",),
    address=("actorip",), account=("ownerid",), target=("resourceid",), outcome=("actionresult",), detail=("actiontype", "resourcetype", "newvalue", "oldvalue", "metadata"), sign_in=r".*login.*",
)
_TINES = Service(
    name="tines", marks=("operation_name", "tenant_id", "user_id|user_email"), action=("operation_name",), time=("created_at",), actor=("user_email", "user_name", "user_id"), address=("request_ip",), agent=("request_user_agent",),
    account=("tenant_id",), target=("inputs.inputs.name", "inputs.name", "inputs.id"), detail=("inputs",), sign_in=r"login\w*",
    rules=(
        Rule("key made", r"authenticationtokencreation|\w*(token|key)creation"),
        Rule("trust changed", r"sso\w*(set|update\w*|creation)"),
        Rule("sign-in policy weakened", r"sso\w*(unset|deletion|destruction|disabl\w*|default\w*)|\w*mfa\w*disabl\w*|\w*ssoenforce\w*"),
        Rule("data destroyed", r"(jobs|story|stories|storyitems|team|folder|resource)\w*(deletion|destruction)"),
        Rule("rights granted", r"\w*(user|team)\w*(update|invitation|creation|role\w*)", when=r"admin|owner"),
        Rule("session impersonated", r"\w*support\w*access\w*|\w*impersonat\w*"),
        Rule("secret read", r"\w*credential\w*(reveal|decrypt)\w*"),
        Rule("shared outside", r"\w*(publish|public\w*link|share)\w*"),
        Rule("", r"login\w*|logout\w*"),
    ),
)
SERVICES = (_TELEPORT, _TAILSCALE, _ONE_PASSWORD_AUDIT, _ONE_PASSWORD_SIGN_IN, _ONE_PASSWORD_ITEM, _CLOUDFLARE, _CLOUDFLARE_LOGPUSH, _TINES)
