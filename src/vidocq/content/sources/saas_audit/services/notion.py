"""Notion. Source of the fields: notion.so/help, "Audit log" and its export to a SIEM."""

from vidocq.content.sources.saas_audit.service import Rule, Service

SERVICES = (Service(
    name="notion", marks=("event.type", "event.actor", "event.id", "event.workspace_id|event.ip_address"), action=("event.type",), time=("event.timestamp",), uid=("event.id",),
    actor=("event.actor.person.email", "event.actor.id"), actor_type=("event.actor.type",), address=("event.ip_address",), agent=("event.platform",), account=("event.workspace_id",),
    target=("event.details.target.name", "event.details.target.page_id", "event.details.target.id"), target_user=("event.details.member.person.email", "event.details.entity.person.email", "event.details.user.person.email"),
    detail=("event.details",), sign_in=r"user\.log(in|ged_in)",
    rules=(
        Rule("shared outside", r"page\.permissions\.(guest_role_(added|updated)|shared_to_public_role_(added|updated)|external\w*)"),
        Rule("rights granted", r"(teamspace|workspace)\.permissions\.(member|owner)_(added|role_updated|updated)|workspace\.permissions\.member_role_updated", when=r'"(new_)?role":"?(\w* ?)?owner'),
        Rule("", r"(teamspace|workspace)\.permissions\.member_\w+|page\.deleted|page\.permissions\.\w+"),
        Rule("data exported", r"(workspace|page)\.(content_)?export\w*|workspace\.audit_log_exported"),
        Rule("sign-in policy weakened", r"workspace\.settings\.(enforce_saml_sso_config_updated|allow\w*_updated|email_domain\w*)"),
        Rule("sign-in policy weakened", r"user\.settings\.login_method\.(mfa\w*removed|password_removed|mfa_backup_code_updated)"),
        Rule("trust changed", r"workspace\.settings\.(saml|idp|sso|scim)\w*(_updated|_added)?"),
        Rule("key made", r"workspace\.(scim_token_generated|integration_token_\w+)|user\.settings\.token_created"),
        Rule("consent granted", r"(workspace|integration)\.(integration|connection)_(added|installed|created)|workspace\.settings\.integration\w*"),
    ),
),)
