"""Audit logs of services: each record has one owner, words tell weighty actions from the daily ones, and nothing a stranger writes stops the reading."""

import json
from pathlib import Path

import pytest

from vidocq.content.sources import saas_audit
from vidocq.content.sources.saas_audit.reading import SERVICES, lowered, rows, service_of
from vidocq.content.sources.saas_audit.words import ACTS, WORDS, act_by_words
from vidocq.model.event import columns

SAMPLE = [json.loads(line) for line in (Path(saas_audit.__path__[0]) / "sample.jsonl").read_text(encoding="utf-8").splitlines()]
NOBODYS = [r for r in SAMPLE if service_of(lowered(r)) is None]

WEIGHTY = {
    "logging impaired": "audit_log_stream.deleted AuditLogForwarderDisabled siem.integration_removed",
    "monitoring impaired": "alert_config_deleted DetectionRuleDeleted dlp_policy_disabled",
    "second factor removed": "user_mfa_disabled user.two_factor_reset member.2fa.removed",
    "sign-in policy weakened": "two_factor_requirement_disabled sso.disabled password_policy.updated require_mfa_policy_disabled",
    "trust changed": "saml_config.updated identity_provider.created SsoConfigurationSet",
    "network allowed": "ip_allowlist.updated ipAccessListUpdated organization.ip_allow_list_disabled",
    "key made": "api_key.created personal_access_token.created TokenRotated service_account.created",
    "consent granted": "app_installed integration.created oauth_client.created PluginInstalled",
    "data exported": "webhook.created workspace_export_started conversation.exported audit_log.exported",
    "shared outside": "file_shared_publicly public_link.created external_sharing.enabled guest_access.enabled",
    "user invited outside": "guest_invited external_user_added guestUserInvite",
    "session impersonated": "user.impersonated login_as_user userImpersonationStarted",
    "rights granted": "user.role_changed_to_admin admin_added owner_transferred superadmin.granted workspace_owner_changed MakeAdmin make_user_owner",
    "protection removed": "legal_hold.released retention_policy_deleted backup.deleted",
    "access removed": "user.deleted account.suspended bulk_user_delete",
    "data destroyed": "database.dropped project.deleted workspace_deleted",
}
DAILY = """user_login user.created file_uploaded page_viewed message.deleted channel_created comment.deleted project.created issue.updated api_token.revoked api_key.deleted token.refreshed
    user.updated team.member_added team.member_removed workspace.viewed integration.removed app.uninstalled app_user.added audit_log.viewed mfa.enabled user.mfa_enrolled sso.login user.sso_login saml_login
    user_password_changed role.viewed admin_login admin.removed guest.removed task_deleted file_deleted folder.deleted dashboard_deleted settings.updated profile.updated billing.updated
    webhook.deleted retention_policy.updated SessionCreated dns_record_created invite_user list_users get_export LoginFailed MembershipSync user_added_to_project member.invited domain.verified
    session.revoked notification_settings_updated event_deleted activity.created two_factor_requirement_enabled user_mfa_disable_failed api_key.create_failed guest_invite_declined undelete_project
    task_owner_set issue_owner_changed deal.owner_changed dashboard_owner_changed connected_app_login AlertOwnerAssigned"""


@pytest.mark.parametrize(("act", "name"), [(act, name) for act, names in WEIGHTY.items() for name in names.split()])
def test_words_name_a_weighty_action(act, name):
    assert act_by_words(name) == act


@pytest.mark.parametrize("name", DAILY.split())
def test_words_leave_daily_work_alone(name):
    assert act_by_words(name) is None


@pytest.mark.parametrize("name", ["ConnectorDisabled", "DELETE_RULE", "scanner.removed", "exception.created"])
def test_what_a_watching_tool_loses_is_weighty_there_alone(name):
    assert act_by_words(name, guard=True) == "monitoring impaired"
    assert act_by_words(name) is None


def test_every_act_has_a_tactic_and_a_technique():
    assert {w.act for w in WORDS} | {r.act for s in SERVICES for r in s.rules if r.act} <= ACTS.keys()


def test_every_service_stands_in_the_sample():
    assert {id(service_of(lowered(r))) for r in SAMPLE if r not in NOBODYS} == {id(s) for s in SERVICES}


@pytest.mark.parametrize("record", [r for r in SAMPLE if r not in NOBODYS], ids=lambda r: next(iter(r)))
def test_a_record_has_one_owner(record):
    plain = lowered(record)
    owners = [s for s in SERVICES if s.knows(plain)]
    assert len({s.name for s in owners}) == 1


@pytest.mark.parametrize("strange", [None, 7, True, [], {}, [[1]], {"a": {"b": [None]}}, "x" * 1_000_000, "\ud800", "2024-99-99T99:99:99Z"], ids=lambda v: repr(v)[:12])
def test_a_field_of_another_kind_stops_nothing(strange):
    for record in SAMPLE:
        for name in record:
            for of, event in rows({**record, name: strange}):
                assert set(event) <= set(columns(of))


def test_a_missing_field_stops_nothing():
    for record in SAMPLE:
        for name in record:
            list(rows({k: v for k, v in record.items() if k != name}))


def test_names_are_read_in_any_case():
    record = next(r for r in SAMPLE if r.get("serviceName") == "accounts" and r.get("actionName") == "setAccountAdmin")
    [(_, one)], [(_, other)] = list(rows(record)), list(rows({k.lower(): v for k, v in record.items()}))
    assert one == other
    assert one["act"] == "rights granted"


def test_an_invitation_is_outside_only_where_the_domain_is_another():
    record = next(r for r in SAMPLE if r.get("eventTypeName") == "INVITED_TO_ORG")
    acts = [dict(rows({**record, "targetUsername": who}))["api_activity"]["act"] for who in ("stranger@example.net", "dave@example.com", "dave")]
    assert acts == ["user invited outside", None, None]


def test_an_address_is_read_with_its_port_and_never_made_up():
    record = next(r for r in SAMPLE if r.get("actionName") == "samlLogin")
    found = [dict(rows({**record, "sourceIPAddress": a}))["api_activity"]["src_ip"] for a in ("198.51.100.7:443", "2001:db8::7", "[2001:db8::7]:443", "198.51.100.7, 10.0.0.1", "internal")]
    assert found == ["198.51.100.7", "2001:db8::7", "2001:db8::7", "198.51.100.7", None]


@pytest.mark.parametrize(("setting", "value", "act"), [
    ("enableResultsDownloading", "true", "protection removed"), ("enableResultsDownloading", "false", None), ("enableTokensConfig", "false", None),
    ("enable-X-Frame-Options", "false", "protection removed"), ("enableVerboseAuditLogs", "false", "logging impaired"),
])  # fmt: skip
def test_a_setting_that_is_made_stricter_takes_nothing_away(setting, value, act):
    said = {"serviceName": "workspace", "actionName": "workspaceConfEdit", "timestamp": 1709640000000, "userIdentity": {"email": "a@example.com"}, "requestParams": {"workspaceConfKeys": setting, "workspaceConfValues": value}}
    assert [call["act"] for of, call in rows(said) if of == "api_activity"] == [act]
