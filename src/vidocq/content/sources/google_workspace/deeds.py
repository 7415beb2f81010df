"""What the events of Google Workspace's audit logs do (`application:name`), where it matters to an investigation.

Source: developers.google.com, "Admin SDK, Reports API: activity events" of each application; attack.mitre.org (Enterprise, Office Suite).
"""

from __future__ import annotations

from vidocq.model.control_plane import Deed, deeds

_WIDE = (
    r"mail\.google\.com|auth/gmail\.(readonly|modify|settings|insert|metadata)|auth/drive(\.readonly|\.admin[a-z.]*)?[\"\s,]|admin\.directory|auth/ediscovery|cloud-platform|cloud_search|auth/contacts|"
    r"admin\.reports|apps\.groups|ediscovery|vault|auth/chat\.|auth/devstorage"
)
_SECURITY = r'"application_name":"security"|"setting_name":"[^"]*(password|2-step|two.?step|less secure|session control|advanced protection|context-aware|api control|sso|login challenge)'
# A protection that is switched on, unless the switch is one that takes it away.
_GUARD_UP = r'(?!.*(?:disable|bypass|skip|exempt)).*"new_value":"?(?:true|on|enabled|1)\b'
_OPENED = r'"setting_name":"[^"]*sharing_outside_domain.*"?|sharing_outside_domain'
_LOOSE = (
    r'"new_value":"(off|false|disabled|none|0)".*(enforce|strong|2-step|two.?step|require)|(enforce strong|2-step|two.?step|require).*"new_value":"(off|false|disabled|none|0)"|'
    r'"new_value":"?(true|on|enabled)"?.*(password reuse|less secure)|(password reuse|less secure).*"new_value":"?(true|on|enabled)"?|'
    r'allowed_with|"new_value":"?(none|unenforced)'
)

DEEDS = deeds((
    Deed("sign-in policy weakened", "defense-evasion", "T1556", "admin:CHANGE_APPLICATION_SETTING, admin:CREATE_APPLICATION_SETTING, admin:DELETE_APPLICATION_SETTING", _LOOSE),
    Deed("sign-in policy changed", "", "T1556", "admin:CHANGE_APPLICATION_SETTING, admin:CREATE_APPLICATION_SETTING, admin:DELETE_APPLICATION_SETTING", _SECURITY),
    Deed("sign-in policy weakened", "defense-evasion", "T1556.006", "admin:ENFORCE_STRONG_AUTHENTICATION, admin:ALLOW_STRONG_AUTHENTICATION", r'"new_value":"?(false|off)'),
    Deed("sign-in policy weakened", "defense-evasion", "T1556.006", "admin:DISALLOW_STRONG_AUTHENTICATION, admin:WEAK_PROGRAMMATIC_LOGIN_SETTINGS_CHANGED"),
    Deed("second factor removed", "persistence", "T1556.006", """user_accounts:2sv_disable, user_accounts:titanium_unenroll, admin:TURN_OFF_2_STEP_VERIFICATION, admin:UNENROLL_USER_FROM_TITANIUM, admin:UNENROLL_USER_FROM_STRONG_AUTH,
        admin:REVOKE_SECURITY_KEY, admin:GENERATE_2SV_SCRATCH_CODES, admin:SUSPEND_LOGIN_CHALLENGE, login:2sv_disable, login:titanium_unenroll"""),
    Deed("second factor added", "", "T1098.005", "user_accounts:2sv_enroll, login:2sv_enroll, user_accounts:recovery_phone_edit, user_accounts:recovery_email_edit, login:recovery_email_edit, login:recovery_phone_edit"),
    Deed("rights granted", "privilege-escalation", "T1098.003", "admin:GRANT_ADMIN_PRIVILEGE, admin:GRANT_DELEGATED_ADMIN_PRIVILEGES, admin:ASSIGN_ROLE, admin:ADD_PRIVILEGE"),
    Deed("identity made", "persistence", "T1136.003", "admin:CREATE_USER"),
    Deed("password set", "persistence", "T1098", "admin:CHANGE_PASSWORD"),
    Deed("consent granted", "persistence", "T1528", "token:authorize, admin:AUTHORIZE_API_CLIENT_ACCESS", _WIDE),
    Deed("consent granted", "persistence", "T1528", "admin:AUTHORIZE_API_CLIENT_ACCESS, admin:ADD_TO_TRUSTED_OAUTH2_APPS"),
    Deed("application allowed", "", "T1195", "admin:ADD_APPLICATION, admin:ADD_APPLICATION_TO_WHITELIST, admin:ADD_MOBILE_APPLICATION_TO_WHITELIST"),
    Deed("application allowed", "", "T1195", "admin:CHANGE_EMAIL_SETTING", "enable_g_suite_marketplace"),
    Deed("trust changed", "persistence", "T1484.002", "admin:CHANGE_SSO_SETTINGS, admin:TOGGLE_SSO_ENABLED, admin:ADD_TRUSTED_DOMAINS, admin:ADD_SECONDARY_DOMAIN, admin:ADD_DOMAIN_ALIAS, admin:INBOUND_SSO_PROFILE_CREATE, admin:CREATE_SAML2_SERVICE_PROVIDER_CONFIG"),
    Deed("mail forwarded", "collection", "T1114.003", "user_accounts:email_forwarding_out_of_domain, login:email_forwarding_out_of_domain, admin:CREATE_EMAIL_MONITOR"),
    Deed("mail forwarded", "collection", "T1114.003", "admin:CREATE_GMAIL_SETTING, admin:CHANGE_GMAIL_SETTING", r"rout|message_security_rule|journal|smtp_relay|forward"),
    Deed("monitoring impaired", "defense-evasion", "T1562.001", "admin:SYSTEM_DEFINED_RULE_UPDATED, rules:rule_deleted, admin:DELETE_ACTIVITY_RULE, admin:DELETE_DLP_RULE", r""),
    Deed("monitoring impaired", "defense-evasion", "T1562.001", "admin:CHANGE_EMAIL_SETTING, admin:DELETE_GMAIL_SETTING, admin:CHANGE_GMAIL_SETTING", rf"^(?!{_GUARD_UP}).*(?:spam|phish|attachment|safety|predelivery|pre-delivery)"),
    Deed("shared outside", "exfiltration", "T1567.002", """drive:change_user_access, drive:change_document_visibility, drive:change_document_access_scope, drive:shared_drive_membership_change, drive:team_drive_membership_change,
        calendar:change_calendar_acls""", '"outside":'),
    Deed("protection removed", "exfiltration", "T1530", "admin:CHANGE_CALENDAR_SETTING, admin:CHANGE_DOCS_SETTING, admin:CHANGE_DRIVE_SETTING, admin:CHANGE_CHAT_SETTING", _OPENED),
    Deed("protection removed", "exfiltration", "T1530", "drive:shared_drive_settings_change, drive:team_drive_settings_change", r'"new_settings_state":"(unrestricted|allowed)|domain_users_only'),
    Deed("data exported", "exfiltration", "T1567", "admin:CREATE_DATA_TRANSFER_REQUEST, admin:CUSTOMER_TAKEOUT_CREATED, admin:CUSTOMER_TAKEOUT_SUCCEEDED, takeout:user_initiated_takeout, admin:EMAIL_LOG_EXPORT, vault:create_export"),
    Deed("data destroyed", "impact", "T1485", "admin:REMOTE_WIPE_DEVICE, admin:DELETE_ORG_UNIT"),
))

FINDINGS = {
    "suspicious_login": ("Suspicious sign-in", 3), "suspicious_login_less_secure_app": ("Suspicious sign-in with a less secure application", 3), "suspicious_programmatic_login": ("Suspicious sign-in by a program", 3),
    "user_signed_out_due_to_suspicious_session_cookie": ("Session ended: suspicious cookie", 4), "account_disabled_password_leak": ("Account disabled: password leaked", 4), "account_disabled_hijacked": ("Account disabled: hijacked", 5),
    "account_disabled_spamming": ("Account disabled: it sends spam", 4), "account_disabled_spamming_through_relay": ("Account disabled: it sends spam through the relay", 4),
    "failed_password_attempts_event": ("Many wrong passwords on a device", 2), "rule_trigger": ("A rule of the house was triggered", 2),
    "account_disabled_generic": ("Account disabled: suspicious activity", 3), "gov_attack_warning": ("Government-backed attack", 4), "blocked_sender": ("Sender blocked", 1), "suspicious_activity_event": ("Suspicious activity of a device", 3),
}
"""Events in which the service itself finds something: what to call it, and how grave it is."""
