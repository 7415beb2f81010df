"""What an action on GitHub does, in one word: those that matter to an investigation, each with its ATT&CK tactic and technique.

Source of the names: docs.github.com, "Audit log events for your organization" and "Audit log events for your enterprise"; attack.mitre.org.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from vidocq.model.record import at, inside, text

Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Act:
    """Actions that do one thing; `when` looks at the record where the action's name does not tell."""

    name: str
    tactic: str
    technique: str
    actions: re.Pattern[str]
    when: Callable[[Told], bool] = lambda record: True


def _act(name: str, tactic: str, technique: str, actions: str, when: Callable[[Told], bool] = lambda record: True) -> Act:
    return Act(name, tactic, technique, re.compile(actions), when)


def public(record: Told) -> bool:
    """Everybody may read it from now on."""
    return text(record, "visibility", "access") == "public" or (at(record, "repository.private") is False and at(record, "visibility") is None)


def _admin(record: Told) -> bool:
    told = text(record, "permission", "role", "new_repo_permission", "membership.role", "changes.permission.to", "changes.role_name.to") or ""
    return told.lower() in ("admin", "owner", "maintain")


def _looser(record: Told) -> bool:
    """The rule goes, or is not enforced any more, or now lets somebody pass: one that is only made stricter takes nothing away."""
    if text(record, "ruleset_enforcement", "repository_ruleset.enforcement") in ("disabled", "evaluate"):
        return True
    return any(name.startswith("ruleset_rules_deleted") or "bypass_actors" in name for name in record) or not any(name.startswith("ruleset_rules_added") for name in record)


def _changed(record: Told) -> bool:
    return text(record, "operation_type") != "create"


def _analysis_off(record: Told) -> bool:
    """A repository's own scanners: what they were stands under `from`, what they are at the repository."""
    before, now = inside(record, "changes.from.security_and_analysis"), inside(record, "repository.security_and_analysis")
    return any(text(before, f"{name}.status") == "enabled" and text(now, f"{name}.status") == "disabled" for name in before)


def _forked_away(record: Told) -> bool:
    return at(record, "repository.private") is True and text(record, "forkee.owner.login") != text(record, "repository.owner.login")


_SCANNERS = "secret_scanning|push_protection|advanced_security|vulnerability_alert|dependabot|dependency_graph|code_scanning|code_security|vulnerability_reporting"

ACTS: tuple[Act, ...] = (
    _act("logging impaired", "defense-evasion", "T1562.008", r"audit_log_streaming\.(destroy|update)|(org|business)\.disable_source_ip_disclosure"),
    _act("monitoring impaired", "defense-evasion", "T1562.001", r"hook\.destroy|meta\.deleted"),
    _act("code protection removed", "defense-evasion", "T1562.001", r"protected_branch\.(destroy|policy_override|update_\w+)|branch_protection_rule\.(deleted|edited)"
         r"|repository_ruleset\.(destroy|deleted)|environment\.remove_protection_rule|branch_protection_configuration\.disabled"),
    _act("code protection removed", "defense-evasion", "T1562.001", r"repository_ruleset\.(update|edited)", _looser),
    _act("code protection removed", "defense-evasion", "T1562.001", rf"\w*({_SCANNERS})\w*\.(\w+_)?(disabled?|bypass)|\w+\.\w*({_SCANNERS})\w*_disabled?"),
    _act("code protection removed", "defense-evasion", "T1562.001", r"security_and_analysis\.\w*|repository\.edited", _analysis_off),
    _act("code protection removed", "defense-evasion", "T1562.001", r"\w+\.set_(default_workflow_permissions|workflow_permission_can_approve_pr|actions_fork_pr_approvals_policy"
         r"|fork_pr_workflows_policy|actions_private_fork_pr_approvals_policy)", _changed),
    _act("repository exposed", "exfiltration", "T1567.001", r"repo\.access|repo\.change_visibility", public),
    _act("repository exposed", "exfiltration", "T1567.001", r"repo\.transfer(_outgoing|_start)?|repository\.(publicized|transferred)|private_repository_forking\.enable|public\.\w*"),
    _act("repository exposed", "exfiltration", "T1567.001", r"fork\.\w*", _forked_away),
    _act("data exported", "exfiltration", "T1213.003", r"migration\.create|(org|business|repo)\.\w*export\w*|repo\.download_zip"),
    _act("data exported", "exfiltration", "T1567.004", r"hook\.(create|created|config_changed|events_changed)"),
    _act("pipeline secret touched", "credential-access", "T1552", r"\w+\.(create|update|remove)_(actions|codespaces|dependabot)_secret"),
    _act("runner added", "execution", "T1072", r"\w+\.(register_self_hosted_runner|runner_group_visibility_updated|runner_group_runners_added)"),
    _act("rights granted", "privilege-escalation", "T1098.003", r"(org|repo|team)\.(add_member|update_member|add_repository|update_repository_permission)|organization\.member_added|member\.(added|edited)", _admin),
    _act("rights granted", "privilege-escalation", "T1098.003", r"business\.(add_admin|invite_admin)|organization_moderators\.add_(user|team)|org\.(add_security_manager|add_billing_manager)|team\.promote_maintainer|organization_role\.assign|role\.assign"),
    _act("user invited outside", "persistence", "T1136.003", r"\w+\.(add|invite)_outside_collaborator|org\.add_collaborator"),
    _act("key made", "persistence", "T1098.004", r"public_key\.create|deploy_key\.created?"),
    _act("key made", "persistence", "T1098.001", r"personal_access_token\.(create|access_granted)|personal_access_token_request\.(created|approved)|org_credential_authorization\.grant"),
    _act("application credential added", "persistence", "T1098.001", r"(oauth_application|integration)\.(generate_client_secret|reset_secret|generate_private_key|create)|integration_manager\.\w+"),
    _act("consent granted", "persistence", "T1528", r"integration_installation\.(create|version_updated|unsuspend)|installation\.(created|new_permissions_accepted)|org\.oauth_app_access_approved|oauth_authorization\.create"),
    _act("second factor removed", "persistence", "T1556.006", r"two_factor_authentication\.(disabled|remove_factor)"),
    _act("sign-in policy weakened", "defense-evasion", "T1556", r"(org|business)\.(disable_(two_factor_requirement|saml|oauth_app_restrictions|sso)|saml_disabled|recovery_codes_\w+)|ip_allow_list\.disable"),
    _act("trust changed", "persistence", "T1484.002", r"(org|business)\.(enable_saml|saml_enabled|update_saml_provider_settings|enable_oidc|update_oidc\w*)|ssh_certificate_authority\.create"),
    _act("network allowed", "defense-evasion", "T1562.007", r"ip_allow_list_entry\.(create|update)"),
    _act("session impersonated", "privilege-escalation", "T1134", r"staff\.fake_login|\w+\.impersonat\w+"),
    _act("data destroyed", "impact", "T1485", r"repo\.destroy|repository\.deleted|org\.delete|packages\.package_deleted|project\.delete"),
    _act("outside code run", "initial-access", "T1195.002", r"workflow_run\.(requested|in_progress|completed)", lambda record: outside(record) is not None),
)


def outside(record: Told) -> str | None:
    """The repository of somebody else whose code a run of ours takes; None where it is our own, or where only what was merged runs."""
    run = inside(record, "workflow_run")
    if not str(text(run, "event") or "").startswith("pull_request"):
        return None
    own = text(record, "repository.full_name")
    heads = {text(run, "head_repository.full_name")} | {text(pull, "head.repo.full_name") for pull in run.get("pull_requests") or () if isinstance(pull, Mapping)}
    return next((head for head in sorted(h for h in heads if h) if own and head != own), None)


def act_of(action: str, record: Told) -> Act | None:
    """The weighty thing that an action does, if it does one."""
    return next((a for a in ACTS if a.actions.fullmatch(action) and a.when(record)), None)
