"""What an operation of a cloud does, in one word: the acts that matter to an investigation, each with its ATT&CK tactic and technique.

An act is named only where the operation is weighty: rights count when they are broad, a share when it leaves the account, a firewall
rule when it lets everybody in. Source of the mapping: attack.mitre.org (Enterprise, IaaS) and the operations' own reference.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Act:
    """Operations (`service:Operation`) that do one thing; `when` is SQL over {detail} (the request without white space), {foreign} and {error}."""

    name: str
    tactic: str
    technique: str
    operations: str
    when: str = "TRUE"


_OPEN = "regexp_matches({detail}, '/0\"|cidrIp(v6)?\":\"::/0')"
_BROAD = "regexp_matches({detail}, 'AdministratorAccess|IAMFullAccess|PowerUserAccess|\"(Not)?Action\":\\[?\"(iam:|[*])?[*]\"|iam:PassRole')"
_SHORT = "regexp_matches({detail}, '\"(Days|days)\":\"?[1-7]\"?[,}]')"
_OFF = "regexp_matches({detail}, '\"(enable|enabled|isLogging|includeManagementEvents|status)\":\"?(false|DISABLED|Disabled)')"

ACTS: tuple[Act, ...] = (
    Act("logging impaired", "defense-evasion", "T1562.008", """cloudtrail:StopLogging cloudtrail:DeleteTrail cloudtrail:PutEventSelectors
        cloudtrail:DeleteEventDataStore
        cloudtrail:StopEventDataStoreIngestion ec2:DeleteFlowLogs route53resolver:DeleteResolverQueryLogConfig
        route53resolver:DisassociateResolverQueryLogConfig
        config:StopConfigurationRecorder config:DeleteConfigurationRecorder config:DeleteDeliveryChannel logs:DeleteLogGroup logs:DeleteLogStream
        organizations:LeaveOrganization bedrock:DeleteModelInvocationLoggingConfiguration securitylake:DeleteDataLake"""),
    Act("logging impaired", "defense-evasion", "T1562.008", "cloudtrail:UpdateTrail cloudtrail:PutInsightSelectors", "regexp_matches({detail}, "
        "'false|\"s3BucketName\"|\\[\\]')"),
    Act("logging impaired", "defense-evasion", "T1562.008", "s3:PutBucketLifecycle s3:PutBucketLifecycleConfiguration",
        # A rule that is written down and disabled deletes nothing.
        _SHORT + " AND NOT ({detail} LIKE '%\"Status\":\"Disabled\"%' AND NOT {detail} LIKE '%\"Status\":\"Enabled\"%')"),
    # The record of one thing, or one guard before it: less than the trail of the whole account, and taken away by owners too.
    Act("record reduced", "defense-evasion", "T1562.008", """rds:StopActivityStream wafv2:DeleteLoggingConfiguration waf:DeleteLoggingConfiguration
        waf-regional:DeleteLoggingConfiguration network-firewall:DeleteLoggingConfiguration ssm:DeleteResourceDataSync detective:DeleteGraph
        redshift:DisableLogging elasticmapreduce:DeleteSecurityConfiguration"""),
    Act("record reduced", "defense-evasion", "T1562.008", "s3:PutBucketLogging", "NOT {detail} ILIKE '%targetbucket%'"),
    Act("record reduced", "defense-evasion", "T1562.008", "eks:UpdateClusterConfig elasticloadbalancing:ModifyLoadBalancerAttributes",
        "regexp_matches({detail}, '\"enabled\":\"?false|access_logs.s3.enabled\",\"value\":\"false')"),
    Act("guard removed", "defense-evasion", "T1562.001", """wafv2:DisassociateWebACL waf-regional:DisassociateWebACL wafv2:DeleteWebACL
        shield:DeleteProtection shield:DeleteSubscription network-firewall:DeleteFirewall network-firewall:DeleteFirewallPolicy
        bedrock:DeleteGuardrail cognito-idp:DeleteRiskConfiguration organizations:DetachPolicy organizations:DisablePolicyType"""),
    Act("region opened", "defense-evasion", "T1535", "account:EnableRegion cloudtrail:EnableRegion"),
    Act("monitoring impaired", "defense-evasion", "T1562.001", """guardduty:DeleteDetector guardduty:DeleteMembers
        guardduty:DisassociateFromMasterAccount guardduty:DisassociateFromAdministratorAccount
        guardduty:DisassociateMembers guardduty:StopMonitoringMembers guardduty:DeletePublishingDestination securityhub:DisableSecurityHub
        securityhub:BatchDisableStandards
        macie2:DisableMacie inspector2:Disable access-analyzer:DeleteAnalyzer monitoring:DeleteAlarms monitoring:DisableAlarmActions
        config:DeleteConfigRule"""),
    Act("monitoring impaired", "defense-evasion", "T1562.001", "guardduty:UpdateDetector events:DisableRule", _OFF + " OR {detail} LIKE '%\"name\"%'"),
    Act("firewall opened", "defense-evasion", "T1562.007", "ec2:AuthorizeSecurityGroupIngress ec2:CreateNetworkAclEntry", _OPEN),
    Act("password data read", "credential-access", "T1552.005", "ec2:GetPasswordData"),
    Act("secret read", "credential-access", "T1555.006", "secretsmanager:GetSecretValue secretsmanager:BatchGetSecretValue"),
    Act("secret read", "credential-access", "T1555.006", "ssm:GetParameter ssm:GetParameters ssm:GetParametersByPath", "{detail} LIKE "
        "'%\"withDecryption\":true%'"),
    Act("user data read", "discovery", "T1580", "ec2:DescribeInstanceAttribute", "{detail} LIKE '%userData%'"),
    Act("key made", "persistence", "T1098.001", "iam:CreateAccessKey iam:CreateServiceSpecificCredential iam:ResetServiceSpecificCredential "
        "iam:UploadSigningCertificate iam:UploadSSHPublicKey"),
    Act("password set", "persistence", "T1098.001", "iam:CreateLoginProfile iam:UpdateLoginProfile"),
    Act("second factor removed", "persistence", "T1556.006", "iam:DeactivateMFADevice iam:DeleteVirtualMFADevice"),
    Act("federated token made", "persistence", "T1550.001", "sts:GetFederationToken"),
    Act("identity made", "persistence", "T1136.003", "iam:CreateUser organizations:CreateAccount organizations:CreateAccountResult "
        "organizations:InviteAccountToOrganization sso-directory:CreateUser"),
    Act("session token made", "persistence", "T1550.001", "sts:GetSessionToken"),
    Act("trust changed", "persistence", "T1098", "rolesanywhere:CreateTrustAnchor rolesanywhere:CreateProfile iam:CreateSAMLProvider "
        "iam:UpdateSAMLProvider iam:CreateOpenIDConnectProvider"),
    Act("trust changed", "persistence", "T1098", "iam:UpdateAssumeRolePolicy iam:CreateRole", "{foreign} IS NOT NULL"),
    Act("rights granted", "privilege-escalation", "T1098.003", """iam:AttachUserPolicy iam:AttachRolePolicy iam:AttachGroupPolicy iam:PutUserPolicy
        iam:PutRolePolicy iam:PutGroupPolicy
        iam:CreatePolicyVersion""", _BROAD),
    Act("rights granted", "privilege-escalation", "T1098.003", "iam:AddUserToGroup", "regexp_matches({detail}, '(?i)admin|root|power')"),
    Act("rights granted", "privilege-escalation", "T1098.003", "iam:SetDefaultPolicyVersion"),
    Act("function changed", "persistence", "T1525", "lambda:UpdateFunctionCode"),
    Act("function changed", "persistence", "T1525", "lambda:UpdateFunctionConfiguration", "{detail} LIKE '%\"layers\"%'"),
    Act("function changed", "persistence", "T1525", "lambda:AddPermission lambda:AddLayerVersionPermission", "{foreign} IS NOT NULL"),
    Act("compute started", "execution", "T1578.002", "ec2:RunInstances ec2:RequestSpotInstances ec2:RequestSpotFleet ec2:CreateFleet"),
    Act("compute started", "execution", "T1648", "lambda:CreateFunction ecs:RunTask ecs:CreateService ecs:RegisterTaskDefinition ecs:CreateCluster "
        "sagemaker:CreateNotebookInstance apprunner:CreateService"),
    Act("remote command", "execution", "T1651", "ssm:SendCommand ecs:ExecuteCommand"),
    Act("remote command", "execution", "T1059", "ec2:ModifyInstanceAttribute", "{detail} LIKE '%\"userData\"%'"),
    Act("remote session", "lateral-movement", "T1021.007", "ssm:StartSession"),
    Act("remote session", "lateral-movement", "T1021.004", "ec2-instance-connect:SendSSHPublicKey "
        "ec2-instance-connect:SendSerialConsoleSSHPublicKey ec2:EnableSerialConsoleAccess"),
    Act("shared outside", "exfiltration", "T1537", """ec2:ModifySnapshotAttribute ec2:ModifyImageAttribute rds:ModifyDBSnapshotAttribute
        rds:ModifyDBClusterSnapshotAttribute s3:PutBucketPolicy
        s3:PutBucketAcl s3:PutBucketReplication kms:PutKeyPolicy kms:CreateGrant secretsmanager:PutResourcePolicy sqs:SetQueueAttributes
        sns:AddPermission ecr:SetRepositoryPolicy
        lambda:AddPermission""", "{foreign} IS NOT NULL"),
    Act("shared outside", "exfiltration", "T1537", "codebuild:UpdateProjectVisibility", "{detail} LIKE '%PUBLIC_READ%'"),
    Act("copy made", "exfiltration", "T1537", """ec2:CreateInstanceExportTask ec2:CreateStoreImageTask ec2:ExportImage ec2:CreateImage rds:StartExportTask
        dynamodb:ExportTableToPointInTime"""),
    Act("copy made", "exfiltration", "T1537", "rds:CopyDBSnapshot rds:CopyDBClusterSnapshot ec2:CopySnapshot ec2:CopyImage",
        "{detail} ILIKE '%sourceRegion%' OR {foreign} IS NOT NULL"),
    Act("encrypted for another", "impact", "T1486", "s3:CopyObject s3:PutObject s3:PutBucketEncryption s3:PutEncryptionConfiguration", "{foreign} IS NOT NULL"),
    Act("protection removed", "exfiltration", "T1530", "s3:DeletePublicAccessBlock s3:DeleteAccountPublicAccessBlock s3:DeleteBucketPublicAccessBlock"),
    Act("protection removed", "exfiltration", "T1530", "s3:PutPublicAccessBlock s3:PutBucketPublicAccessBlock s3:PutAccountPublicAccessBlock",
        "{detail} LIKE '%false%'"),
    Act("data destroyed", "impact", "T1485", """s3:DeleteBucket s3:DeleteObject s3:DeleteObjects rds:DeleteDBInstance rds:DeleteDBCluster
        rds:DeleteDBSnapshot rds:DeleteDBClusterSnapshot ec2:DeleteSnapshot
        ec2:DeleteVolume ec2:TerminateInstances dynamodb:DeleteTable dynamodb:DeleteBackup backup:DeleteRecoveryPoint backup:DeleteBackupVault
        kms:ScheduleKeyDeletion kms:DisableKey elasticfilesystem:DeleteFileSystem"""),
    Act("recovery impaired", "impact", "T1490", "s3:PutBucketVersioning", "{detail} LIKE '%Suspended%'"),
    Act("recovery impaired", "impact", "T1486", "s3:PutBucketEncryption s3:PutEncryptionConfiguration s3:DeleteBucketEncryption"),
    Act("model opened", "impact", "T1496", "bedrock:PutUseCaseForModelAccess bedrock:CreateFoundationModelAgreement bedrock:PutFoundationModelEntitlement"),
)


def number(operation: str, detail: str, foreign: str) -> str:
    """SQL that gives the place in ACTS, from 1, of what an operation does; NULL for the many that are not weighty.

    `operation` is SQL that gives `service:Operation`; the date that some services put behind it is not part of it.
    """
    arms = []
    for n, act in enumerate(ACTS, 1):
        names = ", ".join(f"'{o}'" for o in act.operations.split())
        when = act.when.replace("{detail}", detail).replace("{foreign}", foreign)
        arms.append(f"WHEN {operation} IN ({names}) AND ({when}) THEN {n}")
    return f"CASE {' '.join(arms)} END"


def named(what: str, number: str) -> str:
    """SQL that gives an act's name, tactic or technique (`what`) for its number."""
    every = ", ".join(f"'{getattr(act, what)}'" for act in ACTS)
    return f"[{every}][{number}]"
