"""Box: enterprise events. Source of the fields: developer.box.com, "Events" and "Enterprise event types"."""

from vidocq.content.sources.saas_audit.service import Rule, Service

SERVICES = (Service(
    name="box", marks=("event_type", "created_by", "type"), like={"type": "^event$", "event_type": r"^[A-Z0-9_]+$"}, action=("event_type",), time=("created_at",), uid=("event_id", "id"),
    actor=("created_by.login", "created_by.name", "created_by.id"), address=("ip_address",), account=("session_id",), target=("source.item_name", "source.name", "source.login", "source.item_id"),
    target_user=("source.login", "accessible_by.login"), detail=("additional_details", "source", "accessible_by"), sign_in=r"login|failed_login|admin_login", outcome=("event_type",), failed="FAILED",
    finding=r"file_marked_malicious|shield_\w+|\w*ransomware\w*",
    rules=(
        Rule("session impersonated", r"access_granted"),
        Rule("shared outside", r"(item_)?share(d)?(_create)?|item_shared(_update)?|enable_open_link|share_expiration\w*", when=r'"(open|company_open|access)":"?(open|public|true)|open_access'),
        Rule("rights granted", r"change_admin_role|admin_role_change\w*|group_admin_created", when=r""),
        Rule("second factor removed", r"two_factor_auth_disabled|disable_two_factor_auth"),
        Rule("sign-in policy weakened", r"(disable|edit)_(sso|device_trust|multi_factor)\w*|enterprise_app_authorization_update"),
        Rule("consent granted", r"application_(created|enabled|public_key_added)|oauth2_access_token_create|app_publicly_enabled"),
        Rule("key made", r"user_authenticate_oauth2_access_token_create_admin|application_public_key_added"),
        Rule("protection removed", r"retention_policy_(retired|deleted)|legal_hold_(policy_)?(deleted|release\w*)|shield_\w*_disabled|watermark_disabled"),
        Rule("access removed", r"delete_user|user_deactivated"),
    ),
),)
