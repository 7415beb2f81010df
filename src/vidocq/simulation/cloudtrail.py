"""CloudTrail records with the fields that AWS writes. Source: docs.aws.amazon.com, "CloudTrail record contents"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from vidocq.simulation import ids
from vidocq.simulation.clock import second
from vidocq.simulation.firm import Firm, Person
from vidocq.simulation.line import Line

_READS = ("Get", "List", "Describe", "Lookup", "Head", "Batch", "Search", "Simulate")
_GLOBAL = {"iam", "organizations", "signin", "route53", "cloudfront"}
_VERSIONS = {"s3": "1.10", "iam": "1.09", "sts": "1.08", "ec2": "1.10", "signin": "1.09"}
_DATA = {"GetObject", "PutObject", "DeleteObject", "DeleteObjects", "Invoke"}
_DENIED = {"ec2": "Client.UnauthorizedOperation"} | dict.fromkeys(
    ("lambda", "ecs", "secretsmanager", "ssm", "kms", "dynamodb", "organizations", "ecr", "eks"), "AccessDeniedException"
)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, from where, with what. `{}` in the agent is the command of the call; `console` marks a page of the console behind it."""

    identity: Mapping[str, Any]
    address: str
    agent: str
    console: bool = False

    def at(self, address: str, agent: str | None = None) -> Caller:
        """The same identity from elsewhere."""
        return replace(self, address=address, agent=agent or self.agent)


@dataclass(frozen=True, slots=True)
class Call:
    """A call of an operation with its request and the answer it gets."""

    service: str
    operation: str
    request: Mapping[str, Any] | None = None
    response: Mapping[str, Any] | None = None
    region: str | None = None
    error: str | None = None
    message: str | None = None

    def denied(self) -> Call:
        """The same call, refused for lack of a permission."""
        return replace(self, response=None, error="denied")


def user(firm: Firm, person: Person) -> dict[str, Any]:
    """An IAM user who signs with a long-lived key."""
    return {
        "type": "IAMUser",
        "principalId": person.principal,
        "arn": f"arn:aws:iam::{firm.account}:user/{person.name}",
        "accountId": firm.account,
        "accessKeyId": person.key,
        "userName": person.name,
    }


def console_user(firm: Firm, person: Person, rng: Random, since: float, mfa: bool = True) -> dict[str, Any]:
    """An IAM user inside a session of the console that began at `since`."""
    session = {"sessionContext": {"attributes": {"creationDate": second(since), "mfaAuthenticated": str(mfa).lower()}}}
    return user(firm, person) | {"accessKeyId": ids.aws(rng, "ASIA")} | session


def role(firm: Firm, name: str, session: str, rng: Random, since: float, path: str = "/", mfa: bool = False) -> dict[str, Any]:
    """A session of a role; the role's own id follows from its name, the session's key is new."""
    principal = ids.aws(Random(f"{firm.seed}/role/{name}"), "AROA")
    return {
        "type": "AssumedRole",
        "principalId": f"{principal}:{session}",
        "arn": f"arn:aws:sts::{firm.account}:assumed-role/{name}/{session}",
        "accountId": firm.account,
        "accessKeyId": ids.aws(rng, "ASIA"),
        "sessionContext": {
            "sessionIssuer": {
                "type": "Role",
                "principalId": principal,
                "arn": f"arn:aws:iam::{firm.account}:role{path}{name}",
                "accountId": firm.account,
                "userName": name,
            },
            "webIdFederationData": {},
            "attributes": {"creationDate": second(since), "mfaAuthenticated": str(mfa).lower()},
        },
    }


def service_role(firm: Firm, service: str, name: str, rng: Random, since: float) -> Caller:
    """A service that acts through its service-linked role."""
    host = f"{service}.amazonaws.com"
    identity = role(firm, name, service, rng, since, path=f"/aws-service-role/{host}/") | {"invokedBy": host}
    return Caller(identity, host, host)


def service(name: str) -> Caller:
    """A service of the cloud that acts for itself."""
    host = f"{name}.amazonaws.com"
    return Caller({"type": "AWSService", "invokedBy": host}, host, host)


def line(rng: Random, firm: Firm, at: float, caller: Caller, call: Call) -> Line:
    """The record of one call."""
    region = "us-east-1" if call.service in _GLOBAL else call.region or firm.region
    uid = ids.uuid4(rng)
    record: dict[str, Any] = {
        "eventVersion": _VERSIONS.get(call.service, "1.08"),
        "userIdentity": dict(caller.identity),
        "eventTime": second(at),
        "eventSource": f"{call.service}.amazonaws.com",
        "eventName": call.operation,
        "awsRegion": region,
        "sourceIPAddress": caller.address,
        "userAgent": _agent(caller, call),
    }
    if call.error:
        record |= _refusal(caller, call)
    record |= {"requestParameters": call.request, "responseElements": None if call.error else call.response}
    if call.service == "s3":
        record |= {"additionalEventData": _s3_extra(rng)}
    record |= {
        "requestID": ids.s3_request(rng) if call.service == "s3" else ids.uuid4(rng),
        "eventID": uid,
        "readOnly": call.operation.startswith(_READS) or call.operation.startswith("AssumeRole") or call.operation in ("Decrypt", "GenerateDataKey"),
    }
    record |= _tail(firm, caller, call, region)
    return Line(float(int(at)), "cloudtrail", uid, record)


def _agent(caller: Caller, call: Call) -> str:
    agent = caller.agent.replace("{}", f"{call.service}.{_dashed(call.operation)}")
    return f"[{agent}]" if call.service == "s3" and "." in agent and not agent.endswith("amazonaws.com") else agent


def _dashed(operation: str) -> str:
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in operation).lstrip("-")


def _refusal(caller: Caller, call: Call) -> dict[str, str]:
    if call.error != "denied":
        return {"errorCode": str(call.error), "errorMessage": call.message or "The request failed."}
    who = caller.identity.get("arn", caller.address)
    action = f"{call.service}:{call.operation}"
    message = (
        "You are not authorized to perform this operation."
        if call.service == "ec2"
        else f"User: {who} is not authorized to perform: {action} because no identity-based policy allows the {action} action"
    )
    return {"errorCode": _DENIED.get(call.service, "AccessDenied"), "errorMessage": message}


def _s3_extra(rng: Random) -> dict[str, Any]:
    return {
        "SignatureVersion": "SigV4",
        "CipherSuite": "TLS_AES_128_GCM_SHA256",
        "bytesTransferredIn": 0,
        "AuthenticationMethod": "AuthHeader",
        "x-amz-id-2": ids.letters(rng, 75) + "=",
        "bytesTransferredOut": rng.randrange(0, 900),
    }


def _tail(firm: Firm, caller: Caller, call: Call, region: str) -> dict[str, Any]:
    data = call.operation in _DATA
    bucket = (call.request or {}).get("bucketName") if call.service == "s3" else None
    tail: dict[str, Any] = {}
    if bucket:
        objects = [{"type": "AWS::S3::Object", "ARN": f"arn:aws:s3:::{bucket}/{(call.request or {}).get('key', '')}"}] if data else []
        tail["resources"] = [*objects, {"accountId": firm.account, "type": "AWS::S3::Bucket", "ARN": f"arn:aws:s3:::{bucket}"}]
    tail |= {"eventType": "AwsApiCall", "managementEvent": not data, "recipientAccountId": firm.account, "eventCategory": "Data" if data else "Management"}
    if not caller.address.endswith("amazonaws.com"):
        host = f"{call.service}.amazonaws.com" if call.service in _GLOBAL else f"{bucket + '.' if bucket else ''}{call.service}.{region}.amazonaws.com"
        tail["tlsDetails"] = {"tlsVersion": "TLSv1.3", "cipherSuite": "TLS_AES_128_GCM_SHA256", "clientProvidedHostHeader": host}
    if caller.console:
        tail["sessionCredentialFromConsole"] = "true"
    return tail


def sign_in(rng: Random, firm: Firm, at: float, person: Person, address: str, agent: str, mfa: bool = True, failed: bool = False) -> Line:
    """A sign-in to the console with a password."""
    identity = {k: v for k, v in user(firm, person).items() if k != "accessKeyId"}
    made = line(rng, firm, at, Caller(identity, address, agent), Call("signin", "ConsoleLogin", response={"ConsoleLogin": "Failure" if failed else "Success"}))
    record = made.record | {
        "eventType": "AwsConsoleSignIn",
        "readOnly": False,
        "additionalEventData": {
            "LoginTo": "https://console.aws.amazon.com/console/home?hashArgs=%23&isauthcode=true",
            "MobileVersion": "No",
            "MFAUsed": "Yes" if mfa else "No",
        },
        "tlsDetails": {"tlsVersion": "TLSv1.3", "cipherSuite": "TLS_AES_128_GCM_SHA256", "clientProvidedHostHeader": "signin.aws.amazon.com"},
    }
    if failed:
        record["errorMessage"] = "Failed authentication"
    return Line(made.at, made.log, made.uid, record)
