"""What the events of Okta's System Log do, where it matters to an investigation.

Source: developer.okta.com, "Event types"; attack.mitre.org (Enterprise, Identity Provider).
"""

from __future__ import annotations

from vidocq.model.control_plane import Deed, deeds

_SCOPES = r"okta\.[a-z]+\.manage|offline_access"

DEEDS = deeds((
    Deed("logging impaired", "defense-evasion", "T1562.008", "system.log_stream.lifecycle.deactivate, system.log_stream.lifecycle.delete, event_hook.deactivated, event_hook.deleted"),
    Deed("monitoring impaired", "defense-evasion", "T1562.001", "security.threat.configuration.update, security.behavior.settings.delete, security.behavior.settings.deactivate"),
    Deed("second factor removed", "persistence", "T1556.006", "user.mfa.factor.deactivate, user.mfa.factor.reset_all, user.mfa.factor.suspend"),
    Deed("sign-in policy weakened", "defense-evasion", "T1556.006", """system.mfa.factor.deactivate, security.authenticator.lifecycle.deactivate, policy.lifecycle.deactivate, policy.lifecycle.delete,
        policy.rule.deactivate, policy.rule.delete, zone.deactivate, zone.delete, zone.remove_blacklist, application.policy.sign_on.rule.delete"""),
    Deed("sign-in policy changed", "", "T1556", "policy.lifecycle.update, policy.rule.update, application.policy.sign_on.update, application.policy.sign_on.rule.update, zone.update, user.mfa.factor.update"),
    Deed("rights granted", "privilege-escalation", "T1098.003", "user.account.privilege.grant, group.privilege.grant, iam.resourceset.bindings.add, group.account.privilege.grant"),
    Deed("identity made", "persistence", "T1136.003", "user.lifecycle.create"),
    Deed("password set", "persistence", "T1098", "user.account.reset_password, user.account.update_password"),
    Deed("secret read", "credential-access", "T1555", "application.user_membership.show_password, app.oauth2.client.read_client_secret"),
    Deed("account locked", "", "T1110", "user.account.lock, user.account.lock.limit"),
    Deed("second factor added", "", "T1098.005", "user.mfa.factor.activate, device.enrollment.create"),
    Deed("key made", "persistence", "T1098.001", "system.api_token.create"),
    Deed("application credential added", "persistence", "T1098.001", "app.oauth2.credentials.lifecycle.create, app.oauth2.credentials.lifecycle.activate, app.oauth2.client.lifecycle.update, app.oauth2.client.key.create", "secret|key|credential"),
    Deed("consent granted", "persistence", "T1528", "app.oauth2.as.consent.grant, app.oauth2.consent.grant, app.oauth2.scope.grant, app.oauth2.admin.consent.grant", _SCOPES),
    Deed("trust changed", "persistence", "T1484.002", "system.idp.lifecycle.create, system.idp.lifecycle.update, system.idp.lifecycle.activate, system.agent.ad.create, system.idp.key.create"),
    Deed("trust changed", "persistence", "T1484.002", "application.lifecycle.create, application.lifecycle.update, application.lifecycle.activate", "org2org"),
    Deed("session impersonated", "initial-access", "T1199", "user.session.impersonation.grant, user.session.impersonation.initiate, user.session.impersonation.extend"),
))

SIGN_INS = frozenset(["user.session.start", "user.authentication.auth_via_mfa", "user.authentication.sso", "user.authentication.auth_via_idp", "user.authentication.auth_via_social", "user.authentication.auth_via_radius", "user.authentication.auth_via_ad_agent", "user.authentication.auth_via_iwa", "user.authentication.auth_via_ldap_agent", "user.authentication.verify", "user.mfa.okta_verify.deny_push", "user.authentication.auth_via_richclient", "user.authentication.auth_via_inbound_saml", "user.authentication.auth_via_inbound_delauth", "user.mfa.attempt_bypass"])

FINDINGS = {
    "security.threat.detected": ("Credential attack from a known bad address (ThreatInsight)", 3),
    "security.attack.start": ("Password attack on the organisation", 3),
    "security.breached_credential.detected": ("Leaked credential is in use", 4),
    "user.account.report_suspicious_activity_by_enduser": ("Suspicious activity reported by the user", 4),
    "user.risk.detect": ("User at risk", 3),
}
"""Events in which the service itself finds something: what to call it, and how grave it is."""
