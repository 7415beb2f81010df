"""Records of Entra ID's sign-in and audit logs, as Azure Monitor's diagnostics write them.

Source of the fields: learn.microsoft.com, "signIn resource type", "directoryAudit resource type" and "Microsoft Entra authentication and authorization error codes".
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from vidocq.simulation import ids
from vidocq.simulation.clock import stamp
from vidocq.simulation.firm import Employee, Firm
from vidocq.simulation.line import Line
from vidocq.simulation.tenant import Device, guid, spoken, tenant, upn


@dataclass(frozen=True, slots=True)
class App:
    """An application that is signed in to, and the resource it asks for."""

    name: str
    id: str
    resource: str
    resource_id: str


_GRAPH = ("Microsoft Graph", "00000003-0000-0000-c000-000000000000")
_MAIL = ("Office 365 Exchange Online", "00000002-0000-0ff1-ce00-000000000000")
_FILES = ("Office 365 SharePoint Online", "00000003-0000-0ff1-ce00-000000000000")
_AZURE = ("Windows Azure Service Management API", "797f4846-ba00-4fd7-ba43-dac1f8f63013")

OFFICE = App("Microsoft Office", "d3590ed6-52b3-4102-aeff-aad2292ab01c", *_MAIL)
OUTLOOK_WEB = App("One Outlook Web", "9199bf20-a13f-4107-85dc-02114787ef48", *_MAIL)
OUTLOOK_MOBILE = App("Outlook Mobile", "27922004-5251-4030-b22d-91ecd9a37ea4", *_MAIL)
TEAMS = App("Microsoft Teams", "1fec8e78-bce4-4aaf-ab1b-5451cc387264", *_GRAPH)
SYNC = App("OneDrive SyncEngine", "ab9b8c07-8f02-4f72-87fa-80105867a763", *_FILES)
HOME = App("OfficeHome", "4765445b-32c6-49b0-83e6-1d93765276ca", *_GRAPH)
PORTAL = App("Azure Portal", "c44b4083-3bb0-49c1-b47d-974e53cbdf3c", *_AZURE)
COMMAND_LINE = App("Microsoft Azure CLI", "04b07795-8ddb-461a-bbee-02f9e1bf7b46", *_AZURE)
SECURITY_INFO = App("My Signins", "19db86c3-b2b9-44cc-b339-36da233a3be2", *_GRAPH)
EXCHANGE = App("Office 365 Exchange Online", "00000002-0000-0ff1-ce00-000000000000", *_MAIL)
ARM, GRAPH = App("", "", *_AZURE), App("", "", *_GRAPH)

REASONS = {
    50126: "Error validating credentials due to invalid username or password.",
    50053: "The account is locked, you've tried to sign in too many times with an incorrect user ID or password.",
    50055: "The password is expired.",
    50057: "The user account is disabled.",
    50074: "Strong Authentication is required.",
    50140: "This error occurred due to 'Keep me signed in' interrupt when the user was signing-in.",
    50034: "The user account does not exist in the directory.",
    53003: "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.",
    65001: "The user or administrator has not consented to use the application.",
    500121: "Authentication failed during strong authentication request.",
    7000222: "The provided client secret keys for app are expired.",
    7000215: "Invalid client secret provided.",
}
_STEPS = {"push": "Mobile app notification", "code": "OATH verification code", "key": "Passkey (device-bound)", "text": "Text message"}
_DENIED = {"push": "MFA denied; user did not respond to mobile app notification", "declined": "MFA denied; user declined the authentication"}


def _details(at: float, code: int, factor: str | None, declined: bool) -> list[dict[str, Any]]:
    """The steps of the sign-in: the password, then what was asked beside it. `factor` "before": the session still holds one."""
    step = {"authenticationStepDateTime": stamp(at), "authenticationStepRequirement": ""}
    if factor == "before":
        return [{**step, "authenticationMethod": "Previously satisfied", "succeeded": True, "authenticationStepResultDetail": "First factor requirement satisfied by claim in the token"}]
    if factor == "key":
        return [{**step, "authenticationMethod": _STEPS["key"], "succeeded": True, "authenticationStepResultDetail": "MFA completed in Azure AD"}]
    wrong = code in (50126, 50053, 50034, 50055, 50057)
    password = {
        **step, "authenticationMethod": "Password", "authenticationMethodDetail": "Password in the cloud", "succeeded": not wrong,
        "authenticationStepResultDetail": "Invalid username or password or Invalid on-premise username or password." if wrong else "Correct password",
    }
    if wrong or factor is None or code in (50074, 53003):
        return [password]
    told = "MFA completed in Azure AD" if code == 0 else _DENIED["declined" if declined else "push"]
    return [password, {**step, "authenticationMethod": _STEPS[factor], "succeeded": code == 0, "authenticationStepResultDetail": told}]


def _outer(firm: Firm, at: float, category: str, operation: str, correlation: str, address: str | None) -> dict[str, Any]:
    told = {
        "time": stamp(at), "resourceId": f"/tenants/{tenant(firm)}/providers/Microsoft.aadiam", "operationName": operation, "operationVersion": "1.0", "category": category, "tenantId": tenant(firm),
        "resultSignature": "None", "durationMs": 0, "correlationId": correlation, "Level": 4,
    }
    return told | ({"callerIpAddress": address} if address else {})


def sign_in(
    firm: Firm, rng: Random, at: float, who: Employee, address: str, device: Device, app: App, *, code: int = 0, factor: str | None = "before", declined: bool = False,
    interactive: bool = True, client: str = "", protocol: str = "none", agent: str = "", correlation: str = "", issuer: str = "AzureAD",
) -> Line:
    """A sign-in of a person. `factor` None: a password alone; `client` is the kind of client where it is no browser; not `interactive`: a token that is renewed."""
    uid, correlation = ids.uuid4(rng), correlation or ids.uuid4(rng)
    category = "SignInLogs" if interactive else "NonInteractiveUserSignInLogs"
    needed = "singleFactorAuthentication" if factor is None else "multiFactorAuthentication"
    status: dict[str, Any] = {"errorCode": code}
    if code:
        status["failureReason"] = REASONS[code]
    elif factor == "before":
        status["additionalDetails"] = "MFA requirement satisfied by claim in the token"
    said = {
        "id": uid, "createdDateTime": stamp(at), "userDisplayName": spoken(who), "userPrincipalName": upn(firm, who), "userId": guid(firm, "user", who.login), "appId": app.id, "appDisplayName": app.name,
        "ipAddress": address, "status": status, "clientAppUsed": client or ("Browser" if interactive else "Mobile Apps and Desktop clients"), "userAgent": agent or device.agent,
        "deviceDetail": {"deviceId": device.id, "displayName": device.name, "operatingSystem": device.system, "browser": device.browser, "isCompliant": device.managed, "isManaged": device.managed, "trustType": "Hybrid Azure AD joined" if device.managed else ""},
        "correlationId": correlation, "conditionalAccessStatus": "failure" if code == 53003 else "success" if factor else "notApplied", "appliedConditionalAccessPolicies": [], "originalRequestId": uid,
        "isInteractive": interactive, "tokenIssuerName": "", "tokenIssuerType": issuer, "authenticationProcessingDetails": [{"key": "Is CAE Token", "value": "False"}], "networkLocationDetails": [],
        "processingTimeInMilliseconds": rng.randrange(60, 900), "riskDetail": "none", "riskLevelAggregated": "none", "riskLevelDuringSignIn": "none", "riskState": "none", "riskEventTypes_v2": [],
        "resourceDisplayName": app.resource, "resourceId": app.resource_id, "resourceTenantId": tenant(firm), "homeTenantId": tenant(firm),
        "authenticationDetails": _details(at, code, factor, declined) if interactive or code else [], "authenticationRequirement": needed, "userType": "Member", "crossTenantAccessType": "none",
        "uniqueTokenIdentifier": base64.b64encode(uid.encode()).decode(), "incomingTokenType": "none" if interactive else "refreshToken", "authenticationProtocol": protocol,
    }
    record = _outer(firm, at, category, "Sign-in activity", correlation, address) | {"resultType": str(code), "identity": spoken(who), "properties": said}
    return Line(at, f"entra/{category}", uid, record)


def service_sign_in(firm: Firm, rng: Random, at: float, name: str, address: str, app: App, code: int = 0, foreign: bool = False) -> Line:
    """A sign-in of an application by itself, with its secret. `foreign`: it is registered in somebody else's directory."""
    uid, correlation = ids.uuid4(rng), ids.uuid4(rng)
    said = {
        "id": uid, "createdDateTime": stamp(at), "userId": None, "appId": guid(firm, "app", name), "ipAddress": address, "status": {"errorCode": code} | ({"failureReason": REASONS[code]} if code else {}),
        "correlationId": correlation, "conditionalAccessStatus": "notApplied", "isInteractive": False, "tokenIssuerType": "AzureAD", "processingTimeInMilliseconds": 0, "riskLevelDuringSignIn": "none", "riskState": "none",
        "resourceDisplayName": app.resource, "resourceId": app.resource_id, "servicePrincipalName": name, "servicePrincipalId": guid(firm, "principal", name), "crossTenantAccessType": "none",
        "servicePrincipalCredentialKeyId": guid(firm, "secret", name), "clientCredentialType": "clientSecret", "uniqueTokenIdentifier": base64.b64encode(uid.encode()).decode(), "authenticationProtocol": "none",
        "homeTenantId": guid(firm, "elsewhere", name) if foreign else tenant(firm), "resourceTenantId": tenant(firm),
    }
    record = _outer(firm, at, "ServicePrincipalSignInLogs", "Sign-in activity", correlation, address) | {"resultType": str(code), "properties": said}
    return Line(at, "entra/ServicePrincipalSignInLogs", uid, record)


def user_target(firm: Firm, who: Employee, **changed: tuple[Any, Any]) -> dict[str, Any]:
    """A person as what an act of the directory is done to; `changed` holds what stood before and what stands now, by property."""
    return {"id": guid(firm, "user", who.login), "displayName": spoken(who), "type": "User", "userPrincipalName": upn(firm, who), "modifiedProperties": modified(**changed)}


def modified(**changed: tuple[Any, Any]) -> list[dict[str, Any]]:
    """Properties that were set; a double underscore in a name stands for a dot."""
    return [{"displayName": name.replace("__", "."), "oldValue": None if old is None else json.dumps(old), "newValue": json.dumps(new)} for name, (old, new) in changed.items()]


def other_target(firm: Firm, kind: str, name: str, **changed: tuple[Any, Any]) -> dict[str, Any]:
    """A group, an application or a policy as what an act is done to."""
    return {"id": guid(firm, kind.lower(), name), "displayName": name, "type": kind, "modifiedProperties": modified(**changed)}


def audit(
    firm: Firm, rng: Random, at: float, by: Employee | str, address: str | None, operation: str, targets: Sequence[Mapping[str, Any]], *, category: str = "UserManagement", service: str = "Core Directory",
    reason: str = "", result: str = "success", agent: str = "",
) -> Line:
    """An act of the directory. `by` is a person, or the name of an application."""
    uid, correlation = f"Directory_{ids.hexes(rng, 12).upper()}_{ids.uuid4(rng)}", ids.uuid4(rng)
    if isinstance(by, str):
        who: dict[str, Any] = {"app": {"appId": None, "displayName": by, "servicePrincipalId": guid(firm, "principal", by), "servicePrincipalName": None}}
    else:
        who = {"user": {"id": guid(firm, "user", by.login), "displayName": spoken(by), "userPrincipalName": upn(firm, by), "ipAddress": address, "roles": []}}
    said = {
        "id": uid, "category": category, "correlationId": correlation, "result": result, "resultReason": reason, "activityDisplayName": operation, "activityDateTime": stamp(at), "loggedByService": service,
        "operationType": operation.split(" ", maxsplit=1)[0], "initiatedBy": who, "targetResources": [dict(t) for t in targets], "additionalDetails": [{"key": "User-Agent", "value": agent}] if agent else [],
    }
    record = _outer(firm, at, "AuditLogs", operation, correlation, None) | {"identity": by if isinstance(by, str) else spoken(by), "properties": said}
    return Line(at, "entra/AuditLogs", uid, record)


def consent(firm: Firm, rng: Random, at: float, by: Employee, address: str, app: str, scopes: str, everybody: bool) -> tuple[Line, ...]:
    """An application is let in: its principal appears, a grant is made, and the consent is told. `everybody`: an administrator speaks for the whole house."""
    kind = "AllPrincipals" if everybody else "Principal"
    grant = f"[] => [[Id: {ids.letters(rng, 22)}, ClientId: {guid(firm, 'principal', app)}, PrincipalId: {'' if everybody else guid(firm, 'user', by.login)}, ResourceId: {guid(firm, 'graph')}, ConsentType: {kind}, Scope: {scopes}, CreatedDateTime: , LastModifiedDateTime ]]; "
    principal = other_target(firm, "ServicePrincipal", app)
    return (
        audit(firm, rng, at, by, address, "Add service principal", [other_target(firm, "ServicePrincipal", app, AccountEnabled=(None, [True]), AppAddress=(None, []))], category="ApplicationManagement"),
        audit(
            firm, rng, at + 0.4, by, address, "Add delegated permission grant",
            [other_target(firm, "ServicePrincipal", "Microsoft Graph", DelegatedPermissionGrant__Scope=(None, f" {scopes}"), DelegatedPermissionGrant__ConsentType=(None, kind)), principal], category="ApplicationManagement",
        ),
        audit(
            firm, rng, at + 0.9, by, address, "Consent to application",
            [other_target(firm, "ServicePrincipal", app, ConsentContext__IsAdminConsent=(None, str(everybody)), ConsentContext__IsAppOnly=(None, "False"), ConsentContext__OnBehalfOfAll=(None, str(everybody)), ConsentAction__Permissions=(None, grant))],
            category="ApplicationManagement",
        ),
    )


def registered(firm: Firm, rng: Random, at: float, who: Employee, address: str, method: str = "Authenticator App with push notification") -> Line:
    """Somebody registers a second factor."""
    return audit(firm, rng, at, who, address, "User registered security info", [user_target(firm, who)], service="Authentication Methods", reason=f"User registered {method}")
