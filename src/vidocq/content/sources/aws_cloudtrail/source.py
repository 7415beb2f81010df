"""AWS CloudTrail: `Records[]` as delivered to S3, one event per line, gzip or not.

Source of the fields: docs.aws.amazon.com, "CloudTrail record contents" and "CloudTrail userIdentity element".
"""

from __future__ import annotations

from vidocq.model.acts import named, number
from vidocq.model.source import Head, Layout, Map, Source, names_in


def recognise(head: Head) -> Layout | None:
    names = names_in(head.text[:60_000])
    if {"eventSource", "eventName"} <= names and {"eventVersion", "userIdentity"} & names:
        return Layout("json", within=("Records",))
    return None


_SIGN_IN = "{eventName} IN ('ConsoleLogin', 'SwitchRole', 'ExitRole', 'CheckMfa')"
_FAILED = "{errorCode} IS NOT NULL OR {errorMessage} IS NOT NULL OR {responseElements.ConsoleLogin} = 'Failure'"
# A principal id outlives a rename and tells two sessions of one role apart: it is the name of the actor where there is one.
_ACTOR = "COALESCE({userIdentity.principalId}, {userIdentity.arn}, {userIdentity.userName}, {userIdentity.invokedBy}, {userIdentity.type})"
# The source of a call that a service made on somebody's behalf is a name such as `cloudformation.amazonaws.com`: no address.
_ADDRESS = "CASE WHEN regexp_matches({sourceIPAddress}, '^[0-9a-fA-F.:]*[.:][0-9a-fA-F.:]+$') THEN {sourceIPAddress} END"
# `AWS Internal` is the console itself, where it stands for whoever clicks in it.
_BEHALF = "COALESCE({userIdentity.invokedBy}, CASE WHEN ({sourceIPAddress} = 'AWS Internal' AND {sessionCredentialFromConsole} = 'true') THEN NULL WHEN NOT regexp_matches({sourceIPAddress}, '^[0-9a-fA-F.:]*[.:][0-9a-fA-F.:]+$') THEN {sourceIPAddress} END)"
_BROWSER = "{userAgent} LIKE '%Mozilla/%' OR {userAgent} LIKE '%Console%' OR {userAgent} IN ('signin.amazonaws.com', 'AWS Internal', 'console.amazonaws.com') OR {sessionCredentialFromConsole} = 'true'"
# A role has one name wherever it stands, so that who made it and who acts through it meet. Of a role under a path IAM's requests give the last part only.
_ROLE = """COALESCE({requestParameters.roleArn}, {responseElements.role.arn}, CASE WHEN {eventSource} = 'iam.amazonaws.com' THEN
    COALESCE(NULLIF(regexp_extract({userIdentity.arn}, '^arn:aws[a-z-]*'), ''), 'arn:aws') || ':iam::' || COALESCE({recipientAccountId}, {userIdentity.accountId}) || ':role/'
    || {requestParameters.roleName} END, {requestParameters.roleName})"""
_RESOURCE = f"""COALESCE({{resources[0].ARN}}, {{requestParameters.bucketName}}, {_ROLE}, """ + """{requestParameters.userName},
    {requestParameters.instanceId}, {requestParameters.functionName}, {requestParameters.snapshotId}, {requestParameters.secretId}, {requestParameters.name},
    {requestParameters.groupId}, {requestParameters.imageId}, {requestParameters.keyId}, {requestParameters.trailName}, {requestParameters.dBSnapshotIdentifier}, {requestParameters.dBInstanceIdentifier}, {requestParameters.dBClusterIdentifier},
    {requestParameters.logGroupName}, {requestParameters.target}, {requestParameters.instanceIds[0]}, {requestParameters.DeleteFlowLogsRequest.FlowLogId.content},
    {requestParameters.instancesSet.items[0].instanceId}, {responseElements.instancesSet.items[0].instanceId}, {requestParameters.flowLogIds})"""

_OPERATION = "regexp_replace({eventSource}, '[.]amazonaws[.]com$', '') || ':' || regexp_replace({eventName}, '[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9](v[0-9]+)?$', '')"
# A policy arrives as text within text: without escapes and white space one pattern reads both forms.
_REQUEST = r"""CASE WHEN regexp_matches({requestParameters}, '\\|\s') THEN regexp_replace(replace({requestParameters}, '\"', '"'), '\\[nrt]|\s', '', 'g')
    ELSE COALESCE({requestParameters}, '') END"""
_ACCOUNT = "COALESCE({recipientAccountId}, {userIdentity.accountId}, '')"
# To whom a request opens something: an account that is not ours, or everybody. A removal names nobody here.
_NAMED = """'(?:(?:"AWS":.?|"[Pp]rincipal":)"|arn:aws[a-z-]*:(?:iam|sts)::)([0-9]+)[:"]'"""
# Who holds the key to what is written holds what is written.
_HOLDER = """'(?i)kms-?(?:master-?)?key-?id":"arn:aws[a-z-]*:kms:[a-z0-9-]+:([0-9]{12}):'"""
_OUTSIDER = f"""COALESCE({{requestParameters.launchPermission.add.items[0].userId}}, {{requestParameters.launchPermission.add.items[0].group}},
    {{requestParameters.createVolumePermission.add.items[0].userId}}, {{requestParameters.createVolumePermission.add.items[0].group}}, {{requestParameters.valuesToAdd[0]}},
    CASE WHEN COALESCE({{readOnly}}, '') <> 'true' THEN COALESCE(
        CASE WHEN regexp_matches({{request}}, '"[Pp]rincipal":.?("AWS":)?.?"[*]"|AllUsers|AuthenticatedUsers|"public-read') THEN '*' END,
        CASE WHEN regexp_matches({{request}}, {_HOLDER}) THEN NULLIF(regexp_extract({{request}}, {_HOLDER}, 1), {{owner}}) END,
        CASE WHEN regexp_matches({{request}}, {_NAMED}) THEN NULLIF(list_filter(regexp_extract_all({{request}}, {_NAMED}, 1), lambda a: length(a) = 12 AND a <> {{owner}})[1], '') END) END)"""
# The family of a client, without its version. Whoever calls may claim any.
_TOOL = """CASE WHEN {userAgent} LIKE '%Mozilla/%' OR {userAgent} LIKE '%Console%' OR {userAgent} IN ('signin.amazonaws.com', 'AWS Internal') THEN 'console'
    WHEN {userAgent} ILIKE '%terraform%' THEN 'terraform' WHEN {userAgent} ILIKE '%pulumi%' THEN 'pulumi' WHEN {userAgent} LIKE '%.amazonaws.com' THEN 'aws service'
    ELSE regexp_extract(lower(ltrim({userAgent}, '[')), '^[^/ ]+') END"""

_TERMS = {
    "act_of": _OPERATION, "request": _REQUEST, "owner": _ACCOUNT, "outsider": _OUTSIDER, "weighty": number("{act_of}", "{request}", "{outsider}"),
}

_COMMON = {"time": "TRY_CAST({eventTime} AS TIMESTAMP)", "uid": "{eventID}"}

SOURCE = Source(
    id="aws_cloudtrail",
    title="AWS CloudTrail",
    recognise=recognise,
    rank=60,
    unique=True,
    lag_s=900,
    terms=_TERMS,
    maps=(
        Map("api_activity", columns={
            **_COMMON,
            "actor_user": _ACTOR,
            "actor_type": "{userIdentity.type}",
            "actor_key": "{userIdentity.accessKeyId}",
            "actor_session": "{userIdentity.arn}",
            "issuer": "{userIdentity.sessionContext.sessionIssuer.arn}",
            "account": "COALESCE({recipientAccountId}, {userIdentity.accountId})",
            "src_ip": _ADDRESS,
            "user_agent": "{userAgent}",
            "service": "regexp_replace({eventSource}, '[.]amazonaws[.]com$', '')",
            "operation": "{eventName}",
            "read_only": "COALESCE(TRY_CAST({readOnly} AS BOOLEAN), regexp_matches({eventName}, '^(Get|List|Describe|Lookup|Head|Batch(Get|Describe)|Search|Query|Scan|Check|View|Preview|Simulate)'))",
            "status": f"CASE WHEN {_FAILED} THEN 'failure' ELSE 'success' END",
            "error": "COALESCE({errorCode}, CASE WHEN {responseElements.ConsoleLogin} = 'Failure' THEN 'Failure' END)",
            "region": "{awsRegion}",
            "resource": _RESOURCE,
            "mfa": "COALESCE({additionalEventData.MFAUsed} = 'Yes', TRY_CAST({userIdentity.sessionContext.attributes.mfaAuthenticated} AS BOOLEAN))",
            "invoked_by": _BEHALF,
            "console": f"COALESCE({_BROWSER}, FALSE)",
            "new_key": "COALESCE({responseElements.credentials.accessKeyId}, {responseElements.accessKey.accessKeyId})",
            "new_session": "{responseElements.assumedRoleUser.assumedRoleId}",
            "target_user": "COALESCE({requestParameters.userName}, {requestParameters.roleName}, {requestParameters.roleArn}, {requestParameters.groupName})",
            # Parts of the request that questions ask about: policies, ports, shares, images.
            "detail": "LEFT({requestParameters}, 2000)",
            "shared_with": "{outsider}",
            "tool": _TOOL,
            **{column: named(what, "{weighty}") for column, what in (("act", "name"), ("tactic", "tactic"), ("technique", "technique"))},
        }),
        Map("authentication", also=True, when=f"{_SIGN_IN} AND {{eventSource}} = 'signin.amazonaws.com'", columns={
            **_COMMON, "src_ip": _ADDRESS, "actor_user": _ACTOR, "service": "'aws console'", "client": "{userAgent}",
            "status": f"CASE WHEN {_FAILED} THEN 'failure' ELSE 'success' END", "method": "CASE WHEN {additionalEventData.MFAUsed} = 'Yes' THEN 'mfa' ELSE 'password' END",
        }),
        # What it answers to questions about machines, CloudTrail does not write down: only that they were started.
        Map("inventory_info", also=True, when="{eventName} = 'RunInstances' AND {responseElements.instancesSet.items} IS NOT NULL", columns={
            **_COMMON, "account": "COALESCE({recipientAccountId}, {userIdentity.accountId})",
            "devices": """array_to_string(list_transform(json_extract({responseElements.instancesSet.items}, '$[*]'),
                lambda i: concat_ws('|', i ->> '$.instanceId', COALESCE(i ->> '$.privateIpAddress', ''), COALESCE(i ->> '$.privateDnsName', ''))), chr(10))""",
        }),
    ),
)
