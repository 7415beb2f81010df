"""What the methods of Google Cloud's services do (`service:method`), where it matters to an investigation.

Source: docs.cloud.google.com, "Audit logging" of each service and "IAM roles and permissions index"; attack.mitre.org (Enterprise, IaaS).
"""

from __future__ import annotations

from vidocq.model.control_plane import Deed, deeds

# Rights over everything, over rights, or over the keys and tokens of others.
BROAD = (
    r"roles/(?:owner|editor|admin|resourcemanager\.(?:projectiamadmin|folderadmin|folderiamadmin|organizationadmin)|iam\.(?:securityadmin|roleadmin|organizationroleadmin|serviceaccountadmin"
    r"|serviceaccountkeyadmin|serviceaccounttokencreator|workloadidentitypooladmin|workforcepooladmin)|secretmanager\.admin|cloudkms\.admin|container\.admin|orgpolicy\.policyadmin|logging\.admin)$"
)
_BROAD = r'"broad":\['
_ALMIGHTY = r'"[a-z.]*(?:setiampolicy|serviceaccounts\.(?:actas|getaccesstoken|signjwt|signblob|implicitdelegation)|serviceaccountkeys\.create|iam\.roles\.update|orgpolicy\.policy\.set)"'
_ALL = r'"(?:0\.0\.0\.0/0|::/0)"'
_OPEN = rf'^(?!.*"direction":"egress")(?!.*"disabled":true)(?!.*"denied)(?=.*"sourceranges":\[[^\]]*{_ALL})'
_GIVEN_UP = r'"enforced?":false|"allowall":true|"allvalues":"allow"|"inheritfromparent":true|"reset":true'
_SSH = r'"(?:added|modified|inserted|updated)metadatakeys":\[[^\]]*"(?:ssh-keys|sshkeys|windows-keys|serial-port-enable|enable-oslogin|block-project-ssh-keys)"|"key":"(?:ssh-keys|sshkeys|windows-keys|serial-port-enable)"'
_SCRIPT = r'"[a-z]*metadatakeys":\[[^\]]*"[a-z0-9-]*(?:startup-script|shutdown-script)[a-z0-9-]*"|"key":"[a-z0-9-]*(?:startup|shutdown)-script'
_SET = "compute:instances.setMetadata, compute:projects.setCommonInstanceMetadata"
_POLICIES = "*:setiampolicy, *:setiampermissions"

DEEDS = deeds((
    Deed("logging impaired", "defense-evasion", "T1562.008", "logging:DeleteSink, logging:DeleteBucket, logging:DeleteLog, logging:DeleteLink, logging:sinks.delete, logging:logs.delete"),
    Deed("logging impaired", "defense-evasion", "T1562.008", "logging:UpdateSink, logging:sinks.update", r'"disabled":true|"updatemask":"[^"]*destination'),
    Deed("logging impaired", "defense-evasion", "T1562.008", "logging:UpdateBucket, logging:UpdateBucketAsync", r'"retentiondays":[1-7]\b'),
    Deed("logging impaired", "defense-evasion", "T1562.008", "compute:subnetworks.patch, compute:subnetworks.update", r'"enableflowlogs":false|"logconfig":\{"enable":false'),
    Deed("logging impaired", "defense-evasion", "T1562.008", _POLICIES, r'"audit":\['),
    # What one sink leaves out; a topic that carries logs out of the project.
    Deed("record reduced", "defense-evasion", "T1562.008", "logging:UpdateSink, logging:sinks.update", r'"exclusions"|"updatemask":"[^"]*(?:exclusions|filter)|"filter":'),
    Deed("record reduced", "defense-evasion", "T1562.008", "logging:CreateExclusion, logging:UpdateExclusion, logging:exclusions.create"),
    Deed("record reduced", "defense-evasion", "T1562.008", "pubsub:DeleteTopic, pubsub:DeleteSubscription", r'"on":"[^"]*/[^/"]*(?:log|audit|siem)[^/"]*"'),
    Deed("monitoring impaired", "defense-evasion", "T1562.001", """monitoring:DeleteAlertPolicy, monitoring:DeleteNotificationChannel, logging:DeleteLogMetric, securitycenter:CreateMuteConfig,
        securitycenter:BulkMuteFindings, securitycenter:DeleteNotificationConfig, securitycenter:DeleteBigQueryExport"""),
    Deed("monitoring impaired", "defense-evasion", "T1562.001", """securitycenter:UpdateEventThreatDetectionSettings, securitycenter:UpdateContainerThreatDetectionSettings,
        securitycenter:UpdateSecurityHealthAnalyticsSettings, securitycenter:UpdateSecurityCenterService, monitoring:UpdateAlertPolicy""", r'"(?:serviceenablementstate|intendedenablementstate)":"disabled"|"enabled":false'),
    Deed("guard removed", "defense-evasion", "T1562.001", """accesscontextmanager:DeleteServicePerimeter, accesscontextmanager:DeleteAccessLevel, accesscontextmanager:DeleteAccessPolicy, orgpolicy:DeletePolicy,
        cloudresourcemanager:ClearOrgPolicy, compute:securityPolicies.delete, compute:securityPolicies.removeRule"""),
    Deed("guard removed", "defense-evasion", "T1562.001", "orgpolicy:UpdatePolicy, orgpolicy:CreatePolicy, cloudresourcemanager:SetOrgPolicy", _GIVEN_UP),
    Deed("guard removed", "defense-evasion", "T1562.001", "binaryauthorization:UpdatePolicy", "always_allow"),
    Deed("firewall opened", "defense-evasion", "T1562.007", "compute:firewalls.insert, compute:firewalls.patch, compute:firewalls.update", _OPEN),
    Deed("firewall opened", "defense-evasion", "T1562.007", "cloudsql:instances.update, cloudsql:instances.patch", rf'"authorizednetworks":\[[^\]]*"value":{_ALL}'),
    Deed("firewall opened", "defense-evasion", "T1562.007", "compute:firewallPolicies.delete, compute:networkFirewallPolicies.delete, compute:regionNetworkFirewallPolicies.delete"),
    Deed("network changed", "defense-evasion", "T1562.007", """compute:firewalls.delete, compute:firewalls.patch, compute:firewalls.update, appengine:DeleteIngressRule, *:deleteingressrule,
        compute:firewallPolicies.removeRule, compute:networkFirewallPolicies.removeRule, compute:routes.insert, compute:routes.delete, compute:networks.addPeering, compute:vpnTunnels.insert,
        compute:instances.updateNetworkInterface"""),
    Deed("traffic captured", "credential-access", "T1040", "compute:packetMirrorings.insert, compute:packetMirrorings.patch"),
    Deed("secret read", "credential-access", "T1555.006", "secretmanager:AccessSecretVersion"),
    Deed("key made", "persistence", "T1098.001", "iam:CreateServiceAccountKey, iam:UploadServiceAccountKey, iam:serviceAccountKeys.create, storage:hmacKeys.create, apikeys:CreateKey"),
    Deed("identity made", "persistence", "T1136.003", "iam:CreateServiceAccount"),
    Deed("trust changed", "persistence", "T1098", """iam:CreateWorkloadIdentityPoolProvider, iam:UpdateWorkloadIdentityPoolProvider, iam:CreateWorkforcePool, iam:UpdateWorkforcePool,
        iam:CreateWorkforcePoolProvider, iam:UpdateWorkforcePoolProvider"""),
    Deed("shared outside", "exfiltration", "T1537", f"{_POLICIES}, bigquery:PatchDataset, bigquery:UpdateDataset", r'"everybody":\['),
    Deed("rights granted", "privilege-escalation", "T1098.003", _POLICIES, _BROAD),
    Deed("rights granted", "privilege-escalation", "T1098.003", "iam:CreateRole, iam:UpdateRole", _ALMIGHTY),
    Deed("rights granted", "privilege-escalation", "T1098.003", "cloudresourcemanager:InsertProjectOwnershipInvite"),
    Deed("rights granted", "privilege-escalation", "T1098.003", "admin:addGroupMember", r'"group_email":"[^"]*(?:admin|root|owner)'),
    Deed("shared outside", "exfiltration", "T1537", _POLICIES, r'"outside":\['),
    Deed("copy made", "exfiltration", "T1537", "compute:images.insert, compute:machineImages.insert", r'"source(?:disk|snapshot|image|instance)":'),
    Deed("copy made", "exfiltration", "T1537", "cloudsql:instances.export, firestore:ExportDocuments, compute:images.export"),
    Deed("protection removed", "exfiltration", "T1530", "storage:buckets.update, storage:buckets.patch", r'"publicaccessprevention":"(?:inherited|unspecified)"'),
    Deed("remote command", "execution", "T1651", _SET, _SCRIPT),
    Deed("remote session", "lateral-movement", "T1021.004", _SET, _SSH),
    Deed("remote session", "lateral-movement", "T1021.004", "oslogin:ImportSshPublicKey, ssh-serialport:connect, ssh-serialport:v1.connect"),
    Deed("remote session", "lateral-movement", "T1021.007", "iap:AuthorizeUser", r'"on":"[^"]*iap_tunnel'),
    Deed("remote command", "execution", "T1651", "osconfig:CreateOSPolicyAssignment, osconfig:UpdateOSPolicyAssignment, osconfig:ExecutePatchJob", r'"(?:exec|script|execstepconfig|prestep|poststep)"'),
    Deed("function changed", "persistence", "T1525", "cloudfunctions:UpdateFunction, cloudfunctions:functions.update, run:ReplaceService, run:UpdateService"),
    Deed("compute started", "execution", "T1578.002", "compute:instances.insert, compute:instances.bulkInsert, compute:regionInstances.bulkInsert"),
    Deed("compute started", "execution", "T1648", """cloudfunctions:CreateFunction, run:CreateService, run:CreateJob, notebooks:CreateInstance, aiplatform:CreateCustomJob, batch:CreateJob, dataproc:CreateCluster,
        container:CreateCluster"""),
    Deed("recovery impaired", "impact", "T1490", "cloudsql:backupRuns.delete, backupdr:DeleteBackupVault, backupdr:DeleteBackup, backupdr:DeleteBackupPlan, compute:resourcePolicies.delete"),
    Deed("recovery impaired", "impact", "T1490", "storage:buckets.update, storage:buckets.patch", r'"versioning":\{"enabled":false|"retentiondurationseconds":"?0\b'),
    Deed("recovery impaired", "impact", "T1490", "cloudsql:instances.update, cloudsql:instances.patch", r'"backupconfiguration":\{[^}]*"enabled":false'),
    Deed("setting weakened", "defense-evasion", "T1562", "cloudsql:instances.update, cloudsql:instances.patch", r'"requiressl":false|"deletionprotectionenabled":false|"sslmode":"allow_unencrypted'),
    Deed("data destroyed", "impact", "T1485", """storage:buckets.delete, storage:objects.delete, cloudsql:instances.delete, cloudsql:databases.delete, compute:disks.delete, compute:snapshots.delete, compute:instances.delete,
        bigquery:DeleteDataset, bigquery:DeleteTable, bigquery:tables.delete, bigquery:datasets.delete, cloudkms:DestroyCryptoKeyVersion, cloudresourcemanager:DeleteProject, spanner:DropDatabase, spanner:DeleteInstance,
        secretmanager:DeleteSecret, secretmanager:DestroySecretVersion, container:DeleteCluster, file:DeleteInstance, firestore:DeleteDatabase, alloydb:DeleteCluster"""),
    Deed("data destroyed", "impact", "T1485", "bigquery:InsertJob, bigquery:insert", r'"statementtype":"(?:drop|truncate)_|"tabledeletion":'),
    Deed("data destroyed", "impact", "T1485", "cloudkms:UpdateCryptoKeyVersion", r'"state":"disabled"'),
))
