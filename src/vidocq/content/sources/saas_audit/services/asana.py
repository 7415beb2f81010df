"""Asana. Source of the fields: developers.asana.com, "Audit log events" and "Supported audit log events"."""

from vidocq.content.sources.saas_audit.service import Rule, Service

SERVICES = (Service(
    name="asana", marks=("event_type", "event_category", "actor", "context"), like={"event_type": r"^[a-z0-9_]+$"}, action=("event_type",), time=("created_at",), uid=("gid",), actor=("actor.email", "actor.name", "actor.gid"),
    actor_type=("actor.actor_type",), address=("context.client_ip_address",), agent=("context.user_agent",), account=("resource.gid",), target=("resource.name", "resource.email", "resource.gid"),
    target_user=("resource.email",), detail=("details", "resource", "event_category"), sign_in=r"user_log(ged_in|in_(succeeded|failed))", outcome=("event_type",), failed="failed",
    rules=(
        Rule("sign-in policy weakened", r"workspace_associated_email_domain_added|workspace_(google_sso|saml)\w*_disabled"),
        Rule("sign-in policy weakened", r"workspace_(require_app_approvals_of_type|password_requirements|session_duration|guest_invite_permissions)_changed", when=r'"new_value":"?(off|none|simple|anyone|never)'),
        Rule("", r"workspace_(require_app_approvals_of_type|password_requirements|guest_invite_permissions)_changed"),
        Rule("trust changed", r"workspace_saml_settings_changed"),
        Rule("shared outside", r"workspace_form_link_authentication_required_disabled|\w*_(made_public|shared_publicly)"),
        Rule("shared outside", r"\w*privacy_settings_changed", when=r'"new_value":"public_to_web'),
        Rule("data exported", r"(workspace|project|team|user)_export\w*(started|requested|completed)|\w*_csv_exported"),
        Rule("key made", r"(service_account|personal_access_token|app_authorization|user_app_authorized)_(created|added)|personal_access_token_created"),
        Rule("rights granted", r"user_(division|organization|workspace)_admin_role_(changed|added)|user_division_role_changed", when=r"admin"),
    ),
),)
