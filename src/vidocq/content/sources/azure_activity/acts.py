"""What an operation of Azure's resource manager does, in one word.

Source: learn.microsoft.com, "Azure resource provider operations" and "Azure built-in roles"; attack.mitre.org (Enterprise, IaaS).
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Act:
    """Operations (lower case) that do one thing. `when` is a pattern over the request without white space; `bare`: it counts where no request is told."""

    name: str
    tactic: str
    technique: str
    operations: str
    when: str = ""
    bare: bool = True


# Owner, Contributor, User Access Administrator, Role Based Access Control Administrator, Key Vault Administrator, Storage Blob Data Owner.
_BROAD = (
    "8e3af657-a8ff-443c-a75c-2fe8c4bcb635|b24988ac-6180-42a0-ab88-20f7382dd24c|18d7d88d-d35e-4fb5-a5c3-7773c20a72d9|f58310d9-a9f6-439a-9e8d-f62e7b41a168"
    "|00482a5a-887f-4fb3-b363-3b7fe8e74483|b7e6dc6d-f1e8-4753-8033-0f276bb0955b"
)
_FROM_ALL = r'"sourceaddressprefix(?:es)?":\[?"(?:\*|0\.0\.0\.0/0|internet|any|::/0)"'

ACTS: tuple[Act, ...] = (
    Act("remote command", "execution", "T1651", """microsoft.compute/virtualmachines/runcommand/action microsoft.compute/virtualmachines/runcommands/write
        microsoft.compute/virtualmachinescalesets/virtualmachines/runcommand/action microsoft.compute/virtualmachinescalesets/virtualmachines/runcommands/write
        microsoft.containerservice/managedclusters/runcommand/action microsoft.hybridcompute/machines/runcommands/write"""),
    Act("remote command", "execution", "T1651", """microsoft.compute/virtualmachines/extensions/write microsoft.compute/virtualmachinescalesets/extensions/write
        microsoft.hybridcompute/machines/extensions/write""", r"customscript|vmaccess|runcommand|\bdsc\b", bare=False),
    Act("remote session", "lateral-movement", "T1021", """microsoft.serialconsole/serialports/connect/action microsoft.containerinstance/containergroups/containers/exec/action
        microsoft.app/containerapps/getauthtoken/action"""),
    Act("function changed", "persistence", "T1648", """microsoft.automation/automationaccounts/runbooks/write microsoft.automation/automationaccounts/runbooks/draft/write
        microsoft.automation/automationaccounts/runbooks/publish/action microsoft.automation/automationaccounts/runbooks/draft/content/write
        microsoft.automation/automationaccounts/webhooks/write microsoft.automation/automationaccounts/webhooks/action microsoft.automation/automationaccounts/jobs/write
        microsoft.web/sites/functions/write microsoft.web/sites/publish/action microsoft.logic/workflows/write"""),
    Act("logging impaired", "defense-evasion", "T1562.008", """microsoft.insights/diagnosticsettings/delete microsoft.network/networkwatchers/delete
        microsoft.network/networkwatchers/flowlogs/delete microsoft.operationalinsights/workspaces/delete microsoft.insights/datacollectionrules/delete
        microsoft.insights/logprofiles/delete microsoft.eventhub/namespaces/eventhubs/delete"""),
    Act("logging impaired", "defense-evasion", "T1562.008", "microsoft.sql/servers/auditingsettings/write microsoft.network/networkwatchers/flowlogs/write",
        r'"state":"disabled"|"enabled":false', bare=False),
    Act("monitoring impaired", "defense-evasion", "T1562.001", """microsoft.insights/actiongroups/delete microsoft.insights/activitylogalerts/delete
        microsoft.insights/metricalerts/delete microsoft.insights/scheduledqueryrules/delete microsoft.security/securitycontacts/delete
        microsoft.security/alertssuppressionrules/write microsoft.securityinsights/alertrules/delete microsoft.securityinsights/dataconnectors/delete
        microsoft.securityinsights/automationrules/delete microsoft.authorization/policyassignments/delete microsoft.authorization/policydefinitions/delete
        microsoft.authorization/policyexemptions/write microsoft.security/pricings/delete microsoft.security/workspacesettings/delete"""),
    Act("monitoring impaired", "defense-evasion", "T1562.001", """microsoft.security/pricings/write microsoft.security/autoprovisioningsettings/write
        microsoft.sql/servers/securityalertpolicies/write microsoft.security/settings/write""", r'"pricingtier":"free"|"autoprovision":"off"|"state":"disabled"|"enabled":false', bare=False),
    Act("firewall opened", "defense-evasion", "T1562.007", """microsoft.network/firewallpolicies/delete microsoft.network/azurefirewalls/delete
        microsoft.network/networksecuritygroups/delete microsoft.network/applicationgatewaywebapplicationfirewallpolicies/delete microsoft.network/frontdoorwebapplicationfirewallpolicies/delete
        microsoft.network/ddosprotectionplans/delete"""),
    Act("firewall opened", "defense-evasion", "T1562.007", "microsoft.network/networksecuritygroups/securityrules/write microsoft.network/networksecuritygroups/write",
        rf'{_FROM_ALL}(?=.*"direction":"inbound")(?=.*"access":"allow")|"access":"allow"(?=.*"direction":"inbound")(?=.*{_FROM_ALL})|"direction":"inbound"(?=.*"access":"allow")(?=.*{_FROM_ALL})',
        bare=False),
    Act("firewall opened", "defense-evasion", "T1562.007", """microsoft.sql/servers/firewallrules/write microsoft.dbforpostgresql/flexibleservers/firewallrules/write
        microsoft.dbformysql/flexibleservers/firewallrules/write""", r'"startipaddress":"0\.0\.0\.0"', bare=False),
    Act("network changed", "defense-evasion", "T1562.007", """microsoft.network/networksecuritygroups/write microsoft.network/networksecuritygroups/securityrules/write
        microsoft.network/networksecuritygroups/securityrules/delete microsoft.network/firewallpolicies/rulecollectiongroups/delete microsoft.sql/servers/firewallrules/write
        microsoft.network/routetables/routes/write microsoft.network/virtualnetworks/virtualnetworkpeerings/write"""),
    Act("traffic captured", "credential-access", "T1040", """microsoft.network/networkwatchers/startpacketcapture/action microsoft.network/networkwatchers/packetcaptures/write
        microsoft.network/networkwatchers/vpnconnections/startpacketcapture/action microsoft.network/vpngateways/startpacketcapture/action
        microsoft.network/virtualnetworkgateways/startpacketcapture/action microsoft.network/connections/startpacketcapture/action microsoft.network/virtualnetworktaps/write"""),
    Act("secret read", "credential-access", "T1555.006", """microsoft.keyvault/vaults/certificates/read microsoft.keyvault/vaults/keys/read/action
        microsoft.keyvault/vaults/keys/recover/action microsoft.keyvault/vaults/keys/restore/action microsoft.keyvault/vaults/keys/backup/action
        microsoft.keyvault/vaults/secrets/getsecret/action microsoft.keyvault/vaults/secrets/backup/action microsoft.keyvault/vaults/secrets/recover/action
        microsoft.keyvault/vaults/secrets/restore/action microsoft.keyvault/vaults/secrets/readmetadata/action microsoft.keyvault/vaults/secrets/read"""),
    Act("secret read", "credential-access", "T1552.005", """microsoft.storage/storageaccounts/listkeys/action microsoft.storage/storageaccounts/regeneratekey/action
        microsoft.storage/storageaccounts/listaccountsas/action microsoft.documentdb/databaseaccounts/listkeys/action
        microsoft.documentdb/databaseaccounts/listconnectionstrings/action microsoft.containerregistry/registries/listcredentials/action
        microsoft.containerservice/managedclusters/listclusteradmincredential/action microsoft.web/sites/config/list/action microsoft.web/sites/publishxml/action
        microsoft.automation/automationaccounts/listkeys/action microsoft.eventhub/namespaces/authorizationrules/listkeys/action microsoft.cognitiveservices/accounts/listkeys/action"""),
    Act("rights granted", "privilege-escalation", "T1098.003", "microsoft.authorization/elevateaccess/action microsoft.keyvault/vaults/accesspolicies/write"),
    Act("rights granted", "privilege-escalation", "T1098.003", "microsoft.authorization/roleassignments/write microsoft.authorization/roleeligibilityschedulerequests/write", _BROAD),
    Act("rights granted", "privilege-escalation", "T1098.003", "microsoft.authorization/roledefinitions/write", r'"actions":\["\*"|microsoft\.authorization/(?:\*|roleassignments)', bare=False),
    Act("rights granted", "privilege-escalation", "T1098.006", """microsoft.kubernetes/connectedclusters/rbac.authorization.k8s.io/rolebindings/write
        microsoft.kubernetes/connectedclusters/rbac.authorization.k8s.io/clusterrolebindings/write
        microsoft.containerservice/managedclusters/rbac.authorization.k8s.io/rolebindings/write
        microsoft.containerservice/managedclusters/rbac.authorization.k8s.io/clusterrolebindings/write"""),
    Act("trust changed", "persistence", "T1098.001", """microsoft.managedidentity/userassignedidentities/federatedidentitycredentials/write
        microsoft.managedservices/registrationassignments/write microsoft.managedservices/registrationdefinitions/write"""),
    Act("shared outside", "exfiltration", "T1537", "microsoft.compute/disks/begingetaccess/action microsoft.compute/snapshots/begingetaccess/action "
        "microsoft.compute/restorepointcollections/restorepoints/diskrestorepoints/begingetaccess/action"),
    Act("protection removed", "exfiltration", "T1530", "microsoft.storage/storageaccounts/write microsoft.storage/storageaccounts/blobservices/containers/write",
        r'"allowblobpublicaccess":true|"publicaccess":"(?:blob|container)"', bare=False),
    Act("setting weakened", "defense-evasion", "T1562", "microsoft.storage/storageaccounts/write microsoft.keyvault/vaults/write microsoft.sql/servers/write",
        r'"allowsharedkeyaccess":true|"defaultaction":"allow"|"supportshttpstrafficonly":false|"enablesoftdelete":false|"publicnetworkaccess":"enabled"', bare=False),
    Act("recovery impaired", "impact", "T1490", """microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/delete
        microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems/delete microsoft.recoveryservices/vaults/delete
        microsoft.recoveryservices/vaults/backuppolicies/delete microsoft.dataprotection/backupvaults/delete microsoft.dataprotection/backupvaults/backupinstances/delete
        microsoft.storage/storageaccounts/blobservices/containers/immutabilitypolicies/delete microsoft.authorization/locks/delete
        microsoft.compute/restorepointcollections/delete microsoft.compute/snapshots/delete microsoft.storage/storageaccounts/blobservices/containers/clearlegalhold/action"""),
    Act("recovery impaired", "impact", "T1490", "microsoft.storage/storageaccounts/blobservices/write microsoft.recoveryservices/vaults/backupconfig/write",
        r'"isversioningenabled":false|"deleteretentionpolicy":\{"enabled":false|"softdeletefeaturestate":"disabled"', bare=False),
    Act("data destroyed", "impact", "T1485", """microsoft.keyvault/vaults/delete microsoft.keyvault/vaults/keys/purge/action microsoft.keyvault/vaults/secrets/purge/action
        microsoft.keyvault/locations/deletedvaults/purge/action microsoft.compute/disks/delete microsoft.compute/virtualmachines/delete microsoft.sql/servers/delete
        microsoft.sql/servers/databases/delete microsoft.storage/storageaccounts/delete microsoft.documentdb/databaseaccounts/delete microsoft.resources/subscriptions/resourcegroups/delete
        microsoft.dbforpostgresql/flexibleservers/delete microsoft.dbformysql/flexibleservers/delete microsoft.containerservice/managedclusters/delete
        microsoft.automation/automationaccounts/runbooks/delete microsoft.storage/storageaccounts/blobservices/containers/delete microsoft.storage/storageaccounts/fileservices/shares/delete"""),
    Act("compute started", "execution", "T1578.002", "microsoft.compute/virtualmachines/write microsoft.compute/virtualmachinescalesets/write microsoft.containerinstance/containergroups/write"),
)
_BY_OPERATION: dict[str, list[tuple[Act, re.Pattern[str] | None]]] = {}
for _act in ACTS:
    for _operation in _act.operations.split():
        _BY_OPERATION.setdefault(_operation, []).append((_act, re.compile(_act.when) if _act.when else None))


def act_of(operation: str, request: str) -> Act | None:
    """The act of an operation (lower case) with this request (lower case, without white space; empty where none is told)."""
    for act, when in _BY_OPERATION.get(operation, ()):
        if act.bare if not request else when is None or when.search(request):
            return act
    # A setting of one resource is named under the provider of that resource, too.
    return act_of("microsoft.insights/diagnosticsettings/delete", request) if operation.endswith("/microsoft.insights/diagnosticsettings/delete") else None
