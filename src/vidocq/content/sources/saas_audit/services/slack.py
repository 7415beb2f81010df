"""Slack Enterprise Grid. Source of the fields: api.slack.com, "Audit Logs API" and its list of actions."""

from vidocq.content.sources.saas_audit.service import Rule, Service

SERVICES = (Service(
    name="slack", marks=("action", "actor.type|actor.user", "context.ua|context.location|context.ip_address"), like={"action": r"^[a-z0-9_.]+$"},
    action=("action",), time=("date_create",), actor=("actor.user.email", "actor.user.name", "actor.user.id"), actor_type=("actor.type",), address=("context.ip_address",),
    agent=("context.ua",), account=("context.location.domain", "context.location.id"), target=("entity.app.name", "entity.file.name", "entity.channel.name", "entity.workspace.name", "entity.user.email"),
    target_user=("entity.user.email", "entity.user.name"), detail=("details", "entity"), sign_in="user_login|user_login_failed", outcome=("action",), failed="login_failed",
    finding="file_malicious_content_detected|anomaly",
    rules=(
        Rule("trust changed", r"idp_(\w+_)?configuration_(added|updated)|idp_prod_configuration_updated|pref\.(sso|saml|idp)\w*"),
        Rule("sign-in policy weakened", r"idp_(\w+_)?configuration_deleted|pref\.(two_factor_auth_changed|session_duration\w*|sign_in\w*|guest_invite\w*)"),
        Rule("monitoring impaired", r"intune_disabled|pref\.(dlp|mdm|block_file_download\w*)\w*|\w*dlp\w*_(deleted|deactivated|disabled)"),
        Rule("protection removed", r"ekm_(unenrolled|key_removed|logging_stream_deleted)|legal_hold_policy_(released|updated|exclusion_added|entities_deleted)|\w*retention\w*_changed"),
        Rule("consent granted", r"app_(installed|approved|scopes_expanded|resources_added)|org_app_workspace_added|bot_token_upgraded"),
        Rule("", r"app_(uninstalled|restricted|removed_from_whitelist|token_preserved)|org_app_workspace_removed"),
        Rule("shared outside", r"file_public_link_created|file_shared_externally|external_shared_channel_(invite_(created|accepted|approved)|connected)|public_channel_\w*shared"),
        Rule("data exported", r"(manual|scheduled|corporate|channel)_exports?_(started|completed|downloaded|enabled)|export_\w+|file_bulk_downloaded|audit_export\w*"),
        Rule("rights granted", r"role_change_to_(admin|owner|org_admin|org_owner)|role_assigned|permissions_assigned|owner_transferred", technique="T1098.003"),
        Rule("user invited outside", r"guest_(created|invited)|role_change_to_guest|\w*guest_expiration_(set|cleared)"),
        Rule("access removed", r"user_(deactivated|session_reset_by_admin|session_invalidated)|bulk_session_reset_by_admin"),
        Rule("key made", r"(user|workflow|webhook|app|service)_token_(created|generated)|custom_tos_accepted_token|incoming_webhook_created"),
    ),
),)
