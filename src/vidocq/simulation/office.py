"""Records of Microsoft 365's Unified Audit Log: mailboxes, files and sign-ins.

Source of the fields: learn.microsoft.com, "Office 365 Management Activity API schema" and "Detailed properties in the audit log".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from vidocq.simulation import ids
from vidocq.simulation.firm import Employee, Firm
from vidocq.simulation.line import Line
from vidocq.simulation.tenant import Device, guid, tenant, upn

OUTLOOK, WEB, PHONE, REST = "Client=MSExchangeRPC", "Client=OWA;Action=ViaProxy", "Client=OutlookService;Outlook-iOS/2.0;", "Client=REST;Client=RESTSystem;;"
"""What mail programs call themselves in a mailbox's audit."""


def _line(firm: Firm, rng: Random, at: float, workload: str, operation: str, kind: int, user: str, more: Mapping[str, Any]) -> Line:
    uid = ids.uuid4(rng)
    record = {
        "CreationTime": dt.datetime.fromtimestamp(int(at), dt.UTC).strftime("%Y-%m-%dT%H:%M:%S"), "Id": uid, "Operation": operation, "OrganizationId": tenant(firm), "RecordType": kind, "UserType": 0, "Version": 1,
        "Workload": workload, "UserId": user, "UserKey": ids.hexes(Random(f"{firm.seed}/puid/{user}"), 16).upper() + "@exchangelabs.com", **more,
    }
    return Line(float(int(at)), "office", uid, record)


def _named(**values: Any) -> list[dict[str, Any]]:
    return [{"Name": name, "Value": value} for name, value in values.items()]


def entry(firm: Firm, rng: Random, at: float, who: Employee, address: str, agent: str, app: str, error: int = 0) -> Line:
    """A sign-in as the suite's own log tells it: the same one that the directory's log tells."""
    told = {
        "ClientIP": address, "ActorIpAddress": address, "ApplicationId": app, "AzureActiveDirectoryEventType": 1, "ResultStatus": "Success", "ObjectId": guid(firm, "resource", app), "ActorContextId": tenant(firm),
        "Actor": [{"ID": guid(firm, "user", who.login), "Type": 0}, {"ID": upn(firm, who), "Type": 5}], "InterSystemsId": ids.uuid4(rng), "IntraSystemId": ids.uuid4(rng), "SupportTicketId": "", "TargetContextId": tenant(firm),
        "ExtendedProperties": _named(ResultStatusDetail="UserError" if error else "Success", UserAgent=agent, RequestType="OAuth2:Authorize"), "Target": [{"ID": guid(firm, "resource", app), "Type": 0}],
    }
    if error:
        told |= {"LogonError": {50126: "InvalidUserNameOrPassword", 50053: "IdsLocked", 500121: "AuthenticationFailedSasError"}.get(error, "UserError"), "ErrorNumber": str(error)}
    return _line(firm, rng, at, "AzureActiveDirectory", "UserLoginFailed" if error else "UserLoggedIn", 15, upn(firm, who), told)


def _mailbox(firm: Firm, rng: Random, who: Employee, address: str, client: str, app: str) -> dict[str, Any]:
    told = {
        "ResultStatus": "Succeeded", "ClientIPAddress": address, "ClientInfoString": client, "ExternalAccess": False, "InternalLogonType": 0, "LogonType": 0, "LogonUserSid": who.sid, "MailboxOwnerSid": who.sid,
        "MailboxGuid": guid(firm, "mailbox", who.login), "MailboxOwnerUPN": upn(firm, who), "OrganizationName": f"{firm.name}.onmicrosoft.example", "OriginatingServer": f"DB9PR0{rng.randrange(10)}MB{rng.randrange(1000, 9999)} (15.20.8534.036)",
        "SessionId": guid(firm, "session", who.login, address),
    }
    return told | ({"AppId": app, "ClientAppId": app} if app else {})


def message_id(firm: Firm, rng: Random) -> str:
    """A message's identifier."""
    return f"<DB9PR{ids.hexes(rng, 24).upper()}@DB9PR01MB{rng.randrange(1000, 9999)}.{firm.domain}>"


def read(firm: Firm, rng: Random, at: float, who: Employee, address: str, client: str, many: int = 1, sync: bool = False, app: str = "", folder: str = "Inbox") -> Line:
    """Mail is read: some messages, or (`sync`) a folder is brought to a machine."""
    found = [{"Id": ids.letters(rng, 24), "Path": f"\\{folder}", "FolderItems": [{"InternetMessageId": message_id(firm, rng), "SizeInBytes": rng.randrange(4_000, 400_000)} for _ in range(many)]}]
    told = {"OperationProperties": _named(MailAccessType="Sync" if sync else "Bind", IsThrottled="False"), "OperationCount": many}
    return _line(firm, rng, at, "Exchange", "MailItemsAccessed", 50, upn(firm, who), _mailbox(firm, rng, who, address, client, app) | told | ({} if sync else {"Folders": found}))


def item(firm: Firm, rng: Random, at: float, who: Employee, address: str, client: str, operation: str, subject: str, folder: str = "Inbox", app: str = "") -> Line:
    """A message is sent, made, changed or thrown away."""
    told: dict[str, Any] = {"Subject": subject, "Id": ids.letters(rng, 40), "InternetMessageId": message_id(firm, rng), "ParentFolder": {"Id": ids.letters(rng, 24), "Path": f"\\{folder}"}}
    gone = operation in ("SoftDelete", "HardDelete", "MoveToDeletedItems", "Move")
    return _line(firm, rng, at, "Exchange", operation, 3 if gone else 2, upn(firm, who), _mailbox(firm, rng, who, address, client, app) | ({"AffectedItems": [told], "Folder": told["ParentFolder"]} if gone else {"Item": told}))


def rule(firm: Firm, rng: Random, at: float, who: Employee, address: str, name: str, operation: str = "New-InboxRule", **given: str) -> Line:
    """A rule of an inbox is made."""
    told = {
        "ClientIP": f"{address}:{rng.randrange(20_000, 60_000)}", "ResultStatus": "True", "UserType": 2, "ExternalAccess": False, "ObjectId": f"{firm.name}.onmicrosoft.example\\{who.login}\\{name}",
        "OrganizationName": f"{firm.name}.onmicrosoft.example", "OriginatingServer": f"DB9PR0{rng.randrange(10)}MB{rng.randrange(1000, 9999)} (15.20.8534.036)", "SessionId": guid(firm, "session", who.login, address),
        "Parameters": _named(AlwaysDeleteOutlookRulesBlob="False", Force="False", Name=name, **given, StopProcessingRules="True"),
    }
    return _line(firm, rng, at, "Exchange", operation, 1, upn(firm, who), told)


def site(firm: Firm, who: Employee | str) -> str:
    """The address of a team's site, or of somebody's own drive."""
    return f"https://{firm.name}.sharepoint.example/sites/{who}" if isinstance(who, str) else f"https://{firm.name}-my.sharepoint.example/personal/{who.login.replace('.', '_')}_{firm.name}"


def _file(firm: Firm, place: str, path: str, address: str, agent: str) -> dict[str, Any]:
    name = path.rpartition("/")[2]
    return {
        "ClientIP": address, "EventSource": "SharePoint", "ItemType": "File", "ObjectId": f"{place}/{path}", "Site": guid(firm, "site", place), "SiteUrl": place + "/", "SourceFileName": name,
        "SourceFileExtension": name.rpartition(".")[2], "SourceRelativeUrl": path.rpartition("/")[0], "ListItemUniqueId": guid(firm, "item", place, path), "UserAgent": agent,
    }


def file(firm: Firm, rng: Random, at: float, who: Employee, address: str, device: Device, operation: str, place: str, path: str, sync: bool = False) -> Line:
    """A file is opened, changed, fetched or laid down."""
    agent = "Microsoft SkyDriveSync 25.031.0217.0003 ship; Windows NT 10.0 (22631)" if sync else device.agent
    told = _file(firm, place, path, address, agent) | {"CorrelationId": ids.uuid4(rng), "IsManagedDevice": device.managed}
    return _line(firm, rng, at, "OneDrive" if "-my." in place else "SharePoint", operation, 6, upn(firm, who), told)


def share(firm: Firm, rng: Random, at: float, who: Employee, address: str, device: Device, operation: str, place: str, path: str, target: str = "") -> Line:
    """A file is shared with somebody, or with whoever has the link."""
    guest = bool(target) and not target.endswith(firm.domain)
    told = _file(firm, place, path, address, device.agent) | {"EventData": "<Type>Edit</Type>", "CorrelationId": ids.uuid4(rng), "UniqueSharingId": ids.uuid4(rng)}
    if target:
        told |= {"TargetUserOrGroupName": target, "TargetUserOrGroupType": "Guest" if guest else "Member"}
    return _line(firm, rng, at, "OneDrive" if "-my." in place else "SharePoint", operation, 14, upn(firm, who), told)


def admin(firm: Firm, rng: Random, at: float, who: Employee, address: str, cmdlet: str, target: str, given: Mapping[str, str]) -> Line:
    """An administrator sets something of a mailbox."""
    told = {
        "ClientIP": f"{address}:{rng.randrange(20_000, 60_000)}", "ResultStatus": "True", "UserType": 2, "ExternalAccess": False, "ObjectId": target, "OrganizationName": f"{firm.name}.onmicrosoft.example",
        "OriginatingServer": f"DB9PR0{rng.randrange(10)}MB{rng.randrange(1000, 9999)} (15.20.8534.036)", "Parameters": _named(Identity=target, **given),
    }
    return _line(firm, rng, at, "Exchange", cmdlet, 1, upn(firm, who), told)


def subjects(rng: Random, words: Sequence[str]) -> str:
    """What a mail is about."""
    return rng.choice(("Re: ", "", "FW: ", "", "")) + rng.choice(words) + rng.choice(("", "", f" {rng.randrange(1, 60)}", " - update", " for Thursday"))
