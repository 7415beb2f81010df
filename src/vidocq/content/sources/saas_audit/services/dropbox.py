"""Dropbox for teams. Source of the fields: dropbox.com/developers, "team_log/get_events"."""

from vidocq.content.sources.saas_audit.service import Rule, Service

_PUBLIC = r'"_tag":"(public|anyone|no_one_else_off|from_team_only_to_public)'

SERVICES = (Service(
    name="dropbox", marks=("event_type._tag", "actor"), action=("event_type._tag",), time=("timestamp",), uid=("event_id",),
    actor=("actor.user.email", "actor.admin.email", "actor.app.display_name", "actor.reseller.reseller_email"), actor_type=("actor._tag",),
    address=("origin.geo_location.ip_address",), account=("context.team.display_name",), target=("assets.path.contextual", "assets.display_name"),
    target_user=("participants.user.email", "context.email"), detail=("details", "assets", "participants", "involve_non_team_member"), sign_in=r"login_(success|fail)|sso_error",
    outcome=("event_type._tag",), failed=r"login_fail|sso_error|_error$",
    rules=(
        Rule("session impersonated", r"sign_in_as_session_start"),
        Rule("", r"sign_in_as_session_end"),
        Rule("second factor removed", r"tfa_(change_status|reset|remove_\w+)", when=r'new_value\W+_tag\W+disabled|tfa_reset|tfa_remove'),
        Rule("sign-in policy weakened", r"(tfa|sso|password_strength|two_account|device_approvals)_change_policy|(tfa|sso)_change_\w*policy|web_sessions_change_\w+", when=r'new_value\W+_tag\W+(optional|disabled|default|unlimited|off)'),
        Rule("trust changed", r"sso_(add|change)_(cert|login_url|logout_url|saml_identity_mode)"),
        Rule("sign-in policy weakened", r"sso_remove_(cert|login_url|logout_url)|domain_invites_\w+"),
        Rule("shared outside", r"shared_(folder|content)_transfer_ownership|shared_link_create|shared_link_change_visibility|\w+_add_(viewer|member)s?", when=rf'transfer_ownership|{_PUBLIC}|involve_non_team_member":true'),
        Rule("shared outside", r"shared_folder_transfer_ownership"),
        Rule("data exported", r"(data_placement|export_members_report|team_activity_create_report|files?_export|paper_\w*export)\w*"),
        Rule("rights granted", r"member_change_admin_role", when=r'new_value\W+_tag\W+(team_admin|user_management|support|limited)'),
        Rule("user invited outside", r"(member|guest)_(add_external_id|invite\w*)|shared_content_add_member", outside=True),
        Rule("consent granted", r"app_link_(team|user)|app_permissions_changed|integration_connected"),
        Rule("access removed", r"member_(delete\w*|suspend|permanently_delete\w*)|member_change_status", when=r"delet|suspend|removed"),
    ),
),)
