"""What the activities of Entra ID's and Intune's audit logs do, where it matters to an investigation.

Source: learn.microsoft.com, "Microsoft Entra audit log activities" and "Intune audit logs"; attack.mitre.org (Enterprise, Identity Provider).
"""

from __future__ import annotations

from vidocq.model.control_plane import Deed, deeds

_WIDE = r"mail\.|mailbox|imap|ews\.accessasuser|exchange\.manage|files\.read|files\.readwrite|sites\.|offline_access|full_access|directory\.readwrite|rolemanagement\.|approleassignment|application\.readwrite|user_impersonation|notes\.read|chat\.read"
_ADMIN = r"admin|privileged|global|company|security|hybrid|partner tier|authentication|password|e8611ab8|62e90394|9b895d92|158c047a"
# What stood before is told apart from what was set: only the latter says what holds now.
_OFF = r'"new":.*"state":\s*"(disabled|enabledforreportingbutnotenforced)"'

DEEDS = deeds((
    Deed("user invited outside", "persistence", "T1136.003", "Invite external user, Invite external user with reset invitation status, Bulk invite users - finished (bulk)", '"outside":'),
    Deed("rights granted", "privilege-escalation", "T1098.003", """Add member to role, Add eligible member to role, Add scoped member to role, Add member to role in PIM completed (permanent),
        Add member to role in PIM completed (timebound), Add eligible member to role in PIM completed (permanent), Add eligible member to role in PIM completed (timebound),
        Add member to role outside of PIM (permanent)""", _ADMIN),
    Deed("rights granted", "privilege-escalation", "T1098.003", "create RoleAssignment, createRoleAssignment RoleAssignment, Update role definition, Add role definition"),
    Deed("consent granted", "persistence", "T1528", """Consent to application, Add delegated permission grant, Add OAuth2PermissionGrant, Add app role assignment to service principal,
        Update delegated permission grant""", _WIDE),
    Deed("application credential added", "persistence", "T1098.001", """Add service principal credentials, Update application – Certificates and secrets management,
        Update application - Certificates and secrets management"""),
    Deed("application credential added", "persistence", "T1098.001", "Update application, Update service principal, Add federated identity credential", "keydescription|keycredential|passwordcredential|federatedidentity"),
    Deed("trust changed", "persistence", "T1484.002", """Set federation settings on domain, Add partner to cross-tenant access setting, Add partner to cross tenant access setting,
        Update a partner cross-tenant access setting, Create company setting for identity provider, Create identity provider, Update identity provider"""),
    Deed("trust changed", "persistence", "T1484.002", "Set domain authentication, Add verified domain, Verify domain, Update domain", "federat|livetype|issuer|signingcertificate"),
    Deed("sign-in policy weakened", "defense-evasion", "T1556.009", """Delete conditional access policy, Delete named location, Disable Desktop Sso for a specific domain, Delete authentication strength policy,
        deleteDeviceCompliancePolicy DeviceCompliancePolicy, delete DeviceCompliancePolicy"""),
    Deed("sign-in policy weakened", "defense-evasion", "T1556.009", "Update conditional access policy", _OFF),
    Deed("sign-in policy weakened", "defense-evasion", "T1556.009", "Update security defaults, Update SecurityDefaults", '"isenabled":\\s*"?false'),
    Deed("sign-in policy changed", "", "T1556.009", """Update conditional access policy, Update named location, Add named location, Update authorization policy, Update authentication methods policy, Authentication Methods Policy Update,
        Update policy, Delete policy, Update security defaults, Set company information"""),
    Deed("second factor removed", "persistence", "T1556.006", """Disable Strong Authentication, User deleted security info, Admin deleted security info, Delete authentication method, Update StrongAuthenticationMethod"""),
    Deed("second factor added", "", "T1098.005", "User registered security info, Admin registered security info, User changed default security info, Create temporary access pass method for user, Register device, Add registered owner to device"),
    Deed("password set", "persistence", "T1098", "Reset user password, Reset password (by admin), Set user manager password"),
    Deed("identity made", "persistence", "T1136.003", "Add user, Create user"),
    Deed("remote command", "execution", "T1072", """create DeviceManagementScript, createDeviceManagementScript DeviceManagementScript, assignDeviceManagementScript DeviceManagementScript, patchDeviceManagementScript DeviceManagementScript,
        createDeviceShellScript DeviceShellScript, assignDeviceShellScript DeviceShellScript, createDeviceComplianceScript DeviceComplianceScript, createDeviceHealthScript DeviceHealthScript,
        assignDeviceHealthScript DeviceHealthScript, createDeviceCustomAttributeShellScript DeviceCustomAttributeShellScript, initiateOnDemandProactiveRemediation ManagedDevice"""),
    Deed("data destroyed", "impact", "T1485", "wipe ManagedDevice, wipeManagedDevice ManagedDevice, bulkWipe ManagedDevice"),
))

INTERRUPTED = frozenset(["16000", "50055", "50058", "50059", "50072", "50074", "50076", "50078", "50079", "50097", "50125", "50129", "50140", "50143", "50144", "50158", "50199", "51006", "53003", "65001", "81010", "81012", "81014", "399218", "700016", "90095"])
"""Codes after which a sign-in goes on, or which say nothing of the password: a second factor is asked for, a policy refuses, consent is missing."""

LEGACY = ("authenticated smtp", "imap", "pop", "smtp", "exchange activesync", "mapi", "exchange web services", "offline address book", "autodiscover", "other clients", "reporting web services", "exchange online powershell")
"""Clients that know no second factor (`clientAppUsed`)."""
