"""Anthropic (compliance activity) and OpenAI (organisation audit log). Source of the fields: support.anthropic.com, "Audit logs"; platform.openai.com, "Audit Logs"."""

from vidocq.content.sources.saas_audit.service import Rule, Service

_ANTHROPIC = Service(
    name="anthropic", marks=("organization_id|organization_uuid", "actor.type", "type", "created_at", "id"), like={"actor.type": r"_actor$"}, action=("type",), time=("created_at",),
    actor=("actor.email_address", "actor.user_id", "actor.api_key_id", "actor.admin_api_key_id"), actor_type=("actor.type",), key=("actor.api_key_id", "actor.admin_api_key_id"),
    address=("actor.ip_address",), agent=("actor.user_agent",), account=("organization_id", "organization_uuid"),
    target=("claude_artifact_id", "claude_project_id", "claude_chat_id", "workspace_id", "api_key_id"), target_user=("deleted_user_email", "invited_email", "email", "user_email", "deleted_user_id"),
    sign_in=r"(user_)?(sso_)?(signed_in|login|sign_in)\w*", outcome=("type",), failed="failed",
    rules=(
        Rule("shared outside", r"\w*(sharing|visibility)_updated|\w+_shared", when=r'"type":"(public|anyone)|"visibility":"public'),
        Rule("", r"\w*sharing_updated|\w+_shared"),
        Rule("access removed", r"org_user_(deleted|removed)|(service|admin|api)_key_(revoked|deleted|disabled)|platform_api_key_deleted"),
        Rule("data exported", r"org_data_export\w*|\w*export_(started|completed|requested|created)|compliance_\w*downloaded"),
        Rule("user invited outside", r"org_user_invite_sent", outside=True),
        Rule("sign-in policy weakened", r"org_(sso|domain|magic_link|ip_restriction)\w*_(deactivated|disabled|removed|deleted)\w*|org_\w*provisioning\w*_(disabled|updated)"),
    ),
)
_OPENAI = Service(
    name="openai", marks=("object", "effective_at", "type", "actor"), like={"object": r"^organization\.audit_log"}, action=("type",), time=("effective_at",),
    actor=("actor.session.user.email", "actor.api_key.user.email", "actor.api_key.service_account.id", "actor.session.user.id", "actor.api_key.id"), actor_type=("actor.type",), key=("actor.api_key.id",),
    address=("actor.session.ip_address",), agent=("actor.session.user_agent",), account=("project.id",), target=("project.name", "project.id", "id"),
    target_user=("invite_sent.data.email", "user_added.data.email", "user_updated.email"), sign_in=r"login\.(succeeded|failed)", outcome=("type",), failed="failed",
    rules=(
        Rule("network allowed", r"ip_allowlist\..*"),
        Rule("sign-in policy weakened", r"scim\.disabled|sso\.\w*(disabled|deactivated|deleted)|external_key\.removed"),
        Rule("trust changed", r"scim\.enabled|external_key\.registered|certificate\.(created|activated)|certificates\.activated"),
        Rule("rights granted", r"role\.(assignment\.created|updated|created)|user\.(added|updated)|invite\.sent", when=r'"(role|new_role)":"?owner|"permissions_added"|resource_type'),
        Rule("access removed", r"user\.deleted|project\.archived|api_key\.deleted"),
        Rule("data exported", r"\w*export\w*\..*"),
    ),
)
SERVICES = (_ANTHROPIC, _OPENAI)
