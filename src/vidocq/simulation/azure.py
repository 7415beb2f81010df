"""Records of the Azure Activity log as it is exported. Source of the fields: learn.microsoft.com, "Azure Activity Log event schema"."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from vidocq.simulation import ids
from vidocq.simulation.clock import stamp
from vidocq.simulation.firm import Employee, Firm
from vidocq.simulation.line import Line
from vidocq.simulation.tenant import guid, tenant, upn

OWNER, CONTRIBUTOR, READER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "b24988ac-6180-42a0-ab88-20f7382dd24c", "acdd72a7-3385-48ef-bd42-f606fba81ae7"
"""Roles that every directory knows by these names."""
PORTAL, COMMAND_LINE = "c44b4083-3bb0-49c1-b47d-974e53cbdf3c", "04b07795-8ddb-461a-bbee-02f9e1bf7b46"
_XML = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/"
_MS = "http://schemas.microsoft.com/"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: a person through a program, or an application by itself; and from where."""

    name: str
    id: str
    address: str
    program: str
    role: str
    person: bool


def person(firm: Firm, who: Employee, address: str, program: str = PORTAL, role: str = "Contributor") -> Caller:
    """A person who works through the portal or the command line."""
    return Caller(upn(firm, who), guid(firm, "user", who.login), address, program, role, True)


def application(firm: Firm, name: str, address: str, role: str = "Contributor") -> Caller:
    """An application that works by itself."""
    return Caller(guid(firm, "principal", name), guid(firm, "principal", name), address, guid(firm, "app", name), role, False)


def subscription(firm: Firm) -> str:
    """The firm's subscription."""
    return guid(firm, "subscription")


def resource(firm: Firm, group: str, *path: str) -> str:
    """The identifier of a resource in a group."""
    inner = f"/providers/{'/'.join(path)}" if path else ""
    return f"/subscriptions/{subscription(firm)}/resourceGroups/{group}{inner}"


def _claims(firm: Firm, caller: Caller, at: float) -> dict[str, str]:
    told = {
        "aud": "https://management.core.windows.net/", "iss": f"https://sts.windows.net/{tenant(firm)}/", "iat": str(int(at) - 900), "nbf": str(int(at) - 900), "exp": str(int(at) + 3600), "appid": caller.program,
        "appidacr": "0" if caller.person else "1", f"{_MS}identity/claims/objectidentifier": caller.id, f"{_MS}identity/claims/tenantid": tenant(firm), "ipaddr": caller.address, "ver": "1.0",
    }
    if caller.person:
        told |= {f"{_XML}upn": caller.name, f"{_XML}name": caller.name, f"{_MS}claims/authnmethodsreferences": "pwd,mfa", "name": caller.name}
    return told


def call(firm: Firm, rng: Random, at: float, caller: Caller, operation: str, target: str, body: Mapping[str, Any] | None = None, failed: str = "", takes: float = 0.0) -> tuple[Line, ...]:
    """A call is told when it begins and when it is done. `failed` is the status where it failed."""
    correlation, kind = ids.uuid4(rng), "ServicePrincipal" if not caller.person else "User"
    common = {
        "resourceId": target.upper(), "operationName": operation.upper(), "category": "Administrative", "callerIpAddress": caller.address, "correlationId": correlation,
        "identity": {
            "authorization": {"scope": target, "action": operation, "evidence": {"role": caller.role, "roleAssignmentScope": f"/subscriptions/{subscription(firm)}", "principalId": caller.id.replace("-", ""), "principalType": kind}},
            "claims": _claims(firm, caller, at),
        },
        "level": "Error" if failed else "Information", "location": "global", "tenantId": tenant(firm),
    }
    lines = []
    for then, outcome in ((at, "Start"), (at + max(takes, rng.uniform(0.3, 3)), "Failure" if failed else "Success")):
        properties: dict[str, Any] = {"eventCategory": "Administrative", "entity": target, "message": operation, "hierarchy": tenant(firm)}
        if outcome == "Start":
            properties |= {"requestbody": json.dumps(body, separators=(",", ":"))} if body else {}
        else:
            properties |= {"statusCode": failed or "OK", **({"requestbody": json.dumps(body, separators=(",", ":"))} if body else {})}
        record = common | {"time": stamp(then), "resultType": outcome, "resultSignature": f"{outcome}.{'' if outcome == 'Start' else failed or 'OK'}", "durationMs": str(rng.randrange(20, 900)), "properties": properties}
        lines.append(Line(then, "azure", _uid(correlation, operation, target, outcome), record))
    return tuple(lines)


def _uid(correlation: str, operation: str, target: str, outcome: str) -> str:
    """The name that the record goes by: the log gives one to the call, none to a record."""
    if outcome == "Start":
        return f"{correlation}:{operation}:{outcome}:{target.upper()}".lower()
    return f"{correlation}:{operation.lower()}:{target.lower()}{':failed' if outcome == 'Failure' else ''}"


def assignment(firm: Firm, rng: Random, role: str, principal: str, kind: str = "User") -> tuple[str, str, dict[str, Any]]:
    """Operation, target and request by which a principal gets a role over the subscription."""
    target = f"/subscriptions/{subscription(firm)}/providers/Microsoft.Authorization/roleAssignments/{ids.uuid4(rng)}"
    body = {"Id": target, "Properties": {"PrincipalId": principal, "PrincipalType": kind, "RoleDefinitionId": f"/providers/Microsoft.Authorization/roleDefinitions/{role}", "Scope": f"/subscriptions/{subscription(firm)}"}}
    return "Microsoft.Authorization/roleAssignments/write", target, body


