"""Google Workspace: activities of the Admin SDK's Reports API (`items[]`), one per line, with `events[]` or flattened to one event each.

Source of the fields: developers.google.com, "Reports API: Activities" and the activity events of each application. Collectors flatten an activity:
the event's `name`, `type` and `parameters` (then an object) stand beside `id` and `actor`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vidocq.content.sources.google_workspace.deeds import DEEDS, FINDINGS
from vidocq.model.control_plane import SAID, address, compact, domain, factor, lowered, outsiders, weighty
from vidocq.model.mail import domain_of, listed, mailbox
from vidocq.model.record import as_json, at, every, inside, named, text
from vidocq.model.source import Head, Layout, Row, Source, names_in

_OPEN_TO_ALL = ("people_with_link", "public_on_the_web", "public_in_the_domain_with_link")
_ENTRIES = ("login_success", "login_failure", "login_challenge", "login_verification")
_TARGETS = ("user_email", "target_user", "affected_email_address", "user_email_address", "new_owner", "calendar_id")


def recognise(head: Head) -> Layout | None:
    lower = head.text[:40_000].lower()
    names = names_in(lower)
    told = "applicationname" in names and ("admin#reports#activit" in lower or ({"actor", "events"} & names and {"uniquequalifier", "name"} & names))
    return Layout("json", within=("items",)) if told else None


def _value(parameter: Mapping[str, Any]) -> Any:
    return next((parameter[k] for k in ("value", "multivalue", "boolvalue", "intvalue", "multiintvalue", "messagevalue", "multimessagevalue", "msgvalue") if k in parameter), None)


def _given(event: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters under their names in lower case, whether they are a list or an object."""
    found = event.get("parameters")
    if isinstance(found, Mapping):
        return {str(k).lower(): v for k, v in found.items()}
    return {str(text(p, "name")).lower(): _value(p) for p in found if isinstance(p, Mapping)} if isinstance(found, list) else {}


def _outside(given: Mapping[str, Any], who: str | None) -> str | None:
    """Whom a document is opened to outside the house; a change that closes it opens it to nobody."""
    visibility = [str(v) for name in ("visibility", "new_value") for v in every(given, name)]
    if any(v in _OPEN_TO_ALL for v in visibility) or str(text(given, "grantee_email")).startswith("__public_principal__"):
        return "*"
    if text(given, "visibility_change") != "external" and "shared_externally" not in visibility and text(given, "membership_change_type") not in ("add_to_shared_drive", "add_to_team_drive"):
        return None
    # A test of the owner's own rules names a person of another domain, or only the domain.
    named_domain = text(given, "target_domain")
    return outsiders(who, every(given, "target_user")) or (named_domain if named_domain and named_domain not in ("all", domain(who)) else None) or (text(given, "target_user") if text(given, "visibility_change") == "external" else None)


def _finding(call: Mapping[str, Any], application: str, name: str, given: Mapping[str, Any]) -> Iterator[Row]:
    if name.lower() in FINDINGS:
        title, severity = FINDINGS[name.lower()]
    elif name == "DEVICE_COMPROMISED_EVENT" and text(given, "device_compromised_state") == "COMPROMISED":
        title, severity = "Device is compromised", 3
    elif application == "gmail" and any(text(a, "malware_family") for a in every(given, "message_info.attachment")):
        title, severity = "Malware in an attachment", 3
    elif application == "gmail" and at(given, "message_info.is_spam") is True and text(given, "event_info.mail_event_type") in ("15", "16"):
        title, severity = "Link in a spam mail was opened (phishing)", 3
    elif application == "login" and at(given, "is_suspicious") in (True, "true"):
        title, severity = "Suspicious sign-in", 3
    else:
        return
    who = text(given, *_TARGETS) if application == "mobile" else call["actor_user"] or call["target_user"]
    found = named((("user", who, "actor"), ("ip", call["src_ip"], "source")))
    yield "detection_finding", {
        "time": call["time"], "uid": call["uid"], "rule": f"google {application}:{name}", "title": title, "message": None, "severity": severity, "product": "Google Workspace", "category": "threat",
        "actor_user": who, "src_ip": call["src_ip"], "entities": as_json(found),
    }


def _mail(call: Mapping[str, Any], given: Mapping[str, Any]) -> Row:
    message = inside(given, "message_info")
    way = inside(message, "connection_info")
    sender = mailbox(text(message, "source.from_header_address", "source.address"))
    to = text(message, "flattened_destinations") or ",".join(str(d) for d in every(message, "destination.address"))
    found = {name: "pass" if way.get(f"{name}_pass") is True else "fail" if way.get(f"{name}_pass") is False else None for name in ("spf", "dkim", "dmarc")}
    return "email_activity", {
        "time": call["time"], "uid": call["uid"], "src_ip": address(text(way, "client_ip")), "sender": sender, "sender_name": text(message, "source.from_header_displayname"), "sender_domain": domain_of(sender),
        "return_path": mailbox(text(message, "source.address")), "recipients": to, "recipient": mailbox(to.split(",")[0]), "subject": text(message, "subject"), "message_id": text(message, "rfc2822_message_id"),
        "direction": "internal" if way.get("is_internal") is True else "outbound" if sender and sender == call["actor_user"] else None, **found,
        "attachments": listed(text(a, "file_name") for a in every(message, "attachment")), "urls": listed(f"https://{d}" for d in every(message, "link_domain")),
        "status": "spam" if message.get("is_spam") is True else None,
    }


def _event(activity: Mapping[str, Any], event: Mapping[str, Any], n: int) -> Iterator[Row]:
    application, name, given = (text(activity, "id.applicationname") or "").lower(), text(event, "name") or "", _given(event)
    who = text(activity, "actor.email", "actor.profileid", "actor.key")
    qualifier = text(activity, "id.uniquequalifier")
    outside = _outside(given, who) if application in ("drive", "calendar") else None
    # All of one event's parameters, so that what a setting was set to stands beside its name.
    told = compact({"outside": outside, **lowered(given)})
    target = text(given, *_TARGETS)
    act = weighty(DEEDS, f"{application}:{name}", told)
    call = {
        "time": at(activity, "id.time"), "uid": f"{qualifier}.{n}" if qualifier and n else qualifier, "actor_user": who, "actor_type": text(activity, "actor.callertype"), "account": text(activity, "id.customerid"),
        "src_ip": address(text(activity, "ipaddress") or text(event, "ipaddress")), "service": f"google {application}".strip(), "operation": name, "read_only": False,
        "status": "failure" if name.endswith("_failure") else "success", "error": text(given, "login_failure_type", "saml_status_code") if name.endswith("_failure") else None,
        "resource": text(given, "doc_title", "app_name", "setting_name", "role_name", "group_email", "domain_name", "doc_id"), "target_user": target, "shared_with": outside, "detail": told[:SAID], **act,
    }
    yield "api_activity", call
    if name in _ENTRIES and application in ("login", "saml"):
        yield "authentication", {
            **{k: call[k] for k in ("time", "uid", "actor_user", "src_ip")}, "service": call["service"], "status": {"login_failure": "failure", "login_challenge": "challenge"}.get(name, "success"),
            "method": factor(text(given, "login_challenge_method") or text(given, "login_type")), "client": text(given, "application_name"),
        }
    if application == "gmail" and inside(given, "message_info"):
        yield _mail(call, given)
    yield from _finding(call, application, name, given)


def rows(record: Mapping[str, Any]) -> Iterator[Row]:
    activity = lowered(record)
    events = [e for e in every(activity, "events") if isinstance(e, Mapping)] or ([activity] if text(activity, "name") else [])
    for n, event in enumerate(events):
        yield from _event(activity, event, n)
    if not events:
        yield "base_event", {"time": at(activity, "id.time"), "uid": text(activity, "id.uniquequalifier"), "type": "google workspace", "message": compact(activity)[:SAID]}


SOURCE = Source(id="google_workspace", title="Google Workspace (Reports API activities)", recognise=recognise, rows=rows, rank=60, lag_s=3600)
