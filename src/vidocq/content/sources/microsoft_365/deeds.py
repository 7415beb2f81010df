"""What the operations of Microsoft 365's Unified Audit Log do, where it matters to an investigation.

Source: learn.microsoft.com, "Audit log activities" and the reference of Exchange Online's cmdlets, whose names and parameters Exchange's records
carry; attack.mitre.org (Enterprise, Office Suite and Identity Provider).
"""

from __future__ import annotations

from vidocq.model.control_plane import Deed, deeds

_MONEY = "invoice|payment|paid|wire|iban|bank|payroll|remit|contract|purchase|statement|rechnung|zahlung|password|hack|phish|spam|fraud|suspicious|helpdesk|security|virus|mfa|docusign"
# Folders that nobody opens; a rule that files newsletters names one of its own.
_UNSEEN = r'"movetofolder":"[^"]*(rss|conversation history|archive|junk|deleted|notes|sync issues|drafts|notizen|archiv|gel..?scht|verlauf)'
_ELSEWHERE = r'"(forwardto|redirectto|forwardasattachmentto|redirectmessageto|blindcopyto|copyto|addtorecipients|forwardingsmtpaddress|forwardingaddress)":"?[^",}]'
_WIDE = r"mail\.|mailbox|imap|ews\.accessasuser|exchange\.manage|files\.read|files\.readwrite|sites\.|offline_access|full_access|directory\.readwrite|rolemanagement\.|application\.readwrite|user_impersonation"

DEEDS = deeds((
    Deed("mail forwarded", "collection", "T1114.003", "New-InboxRule, Set-InboxRule, Enable-InboxRule, New-TransportRule, Set-TransportRule, Set-Mailbox", _ELSEWHERE),
    Deed("mail forwarded", "collection", "T1114.003", "UpdateInboxRules, Set-InboxRule", r"forward|redirect"),
    Deed("mail forwarded", "collection", "T1114.003", "Set-RemoteDomain, New-RemoteDomain, Set-HostedOutboundSpamFilterPolicy, New-HostedOutboundSpamFilterPolicy", r'"autoforwardenabled":"?true|"autoforwardingmode":"?on'),
    Deed("mail hidden", "defense-evasion", "T1564.008", "New-InboxRule, Set-InboxRule", rf'"deletemessage":"?true|{_UNSEEN}'),
    Deed("mail hidden", "defense-evasion", "T1564.008", "New-InboxRule, Set-InboxRule", rf'"markasread":"?true.*({_MONEY})|({_MONEY}).*"markasread":"?true'),
    Deed("mail hidden", "defense-evasion", "T1564.008", "UpdateInboxRules", rf"delete|{_MONEY}"),
    Deed("logging impaired", "defense-evasion", "T1562.008", "Set-AdminAuditLogConfig", r'"(unifiedauditlogingestionenabled|adminauditlogenabled)":"?false'),
    Deed("logging impaired", "defense-evasion", "T1562.008", "Set-Mailbox", r'"auditenabled":"?false'),
    Deed("logging impaired", "defense-evasion", "T1562.008", "Set-OrganizationConfig", r'"auditdisabled":"?true'),
    Deed("logging impaired", "defense-evasion", "T1562.008", "Set-MailboxAuditBypassAssociation", r'"auditbypassenabled":"?true'),
    Deed("monitoring impaired", "defense-evasion", "T1562.001", """Disable-SafeLinksRule, Remove-SafeLinksRule, Remove-SafeLinksPolicy, Disable-SafeAttachmentRule, Remove-SafeAttachmentRule, Remove-SafeAttachmentPolicy,
        Disable-AntiPhishRule, Remove-AntiPhishRule, Remove-AntiPhishPolicy, Disable-MalwareFilterRule, Remove-MalwareFilterRule, Remove-MalwareFilterPolicy, Disable-HostedContentFilterRule,
        Remove-HostedContentFilterRule, Remove-DlpPolicy, Remove-DlpCompliancePolicy, Remove-ProtectionAlert, Disable-JournalRule, Remove-RetentionCompliancePolicy"""),
    Deed("monitoring impaired", "defense-evasion", "T1562.001", "Set-DkimSigningConfig, Set-AntiPhishPolicy, Set-MalwareFilterPolicy, Set-AtpPolicyForO365", r'"enable[a-z]*":"?false'),
    Deed("monitoring impaired", "defense-evasion", "T1562.001", "New-TransportRule, Set-TransportRule", r'"setscl":"?-1'),
    Deed("sign-in policy weakened", "defense-evasion", "T1556", "Set-CASMailbox, Set-TransportConfig", r'"smtpclientauthenticationdisabled":"?false|"(pop|imap)enabled":"?true'),
    Deed("sign-in policy weakened", "defense-evasion", "T1556", "Set-AuthenticationPolicy, New-AuthenticationPolicy", r'"allowbasicauth[a-z]*":"?true'),
    Deed("sign-in policy weakened", "defense-evasion", "T1556.009", "Delete conditional access policy, Disable Strong Authentication Policy, Delete policy"),
    Deed("rights granted", "privilege-escalation", "T1098.002", "Add-MailboxPermission, Add-MailboxFolderPermission, Add-RecipientPermission, Set-MailboxFolderPermission", r'"accessrights":"?[^,}]*(fullaccess|sendas|owner|editor)'),
    Deed("rights granted", "privilege-escalation", "T1098.003", "New-ManagementRoleAssignment, Add-RoleGroupMember, New-RoleGroup, Add-ManagementRoleEntry", r"impersonation|admin|management|discovery|export|hygiene|audit"),
    Deed("rights granted", "privilege-escalation", "T1098.003", "Add member to role, Add eligible member to role, Company Administrator", r"admin|privileged|global|company|partner"),
    Deed("rights granted", "privilege-escalation", "T1098.003", "SiteCollectionAdminAdded, SiteAdminChangeRequest, PermissionLevelAdded"),
    Deed("consent granted", "persistence", "T1528", "Consent to application, Add delegated permission grant, Add OAuth2PermissionGrant, Add app role assignment to service principal", _WIDE),
    Deed("application credential added", "persistence", "T1098.001", "Add service principal credentials, Update application – Certificates and secrets management, Update application - Certificates and secrets management"),
    Deed("trust changed", "persistence", "T1484.002", "Set federation settings on domain, Set domain authentication, New-FederatedDomain, Add-FederatedDomain, Add verified domain, New-AcceptedDomain, New-InboundConnector, New-PartnerApplication"),
    Deed("second factor removed", "persistence", "T1556.006", "Disable Strong Authentication, Admin deleted security info, User deleted security info"),
    Deed("password set", "persistence", "T1098", "Reset user password"),
    Deed("identity made", "persistence", "T1136.003", "Add user"),
    Deed("user invited outside", "persistence", "T1136.003", "Invite external user, MemberAdded, Add member to group", '"outside":'),
    Deed("shared outside", "exfiltration", "T1567.002", "AnonymousLinkCreated, AnonymousLinkUpdated, SharingInvitationCreated, SharingSet, AddedToSecureLink, SecureLinkCreated", '"outside":'),
    Deed("protection removed", "exfiltration", "T1530", "SharingPolicyChanged, Set-SharingPolicy, DeviceAccessPolicyChanged, NetworkAccessPolicyChanged, AllowedDataLocationAdded, Set-SPOTenant"),
    Deed("data exported", "collection", "T1114.002", "New-MailboxExportRequest, SearchExported, SearchExportDownloaded, New-ComplianceSearchAction, CaseAdded"),
    Deed("data destroyed", "impact", "T1485", "SiteDeleted, Remove-Mailbox, SiteCollectionDeleted"),
))
