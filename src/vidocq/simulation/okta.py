"""Events of Okta's System Log. Source of the fields: developer.okta.com, "System Log API" (LogEvent object) and "Event types"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from vidocq.simulation import ids
from vidocq.simulation.clock import stamp
from vidocq.simulation.firm import Employee, Firm
from vidocq.simulation.line import Line
from vidocq.simulation.tenant import Device, spoken, upn

APPS = ("Workforce Records", "Expense Desk", "Team Wiki", "GitHub Enterprise Cloud", "Customer Desk", "AWS IAM Identity Center")
_SAID = {
    "user.session.start": "User login to Okta", "user.session.end": "User logout from Okta", "user.authentication.auth_via_mfa": "Authentication of user via MFA", "user.authentication.sso": "User single sign on to app",
    "policy.evaluate_sign_on": "Evaluation of sign-on policy", "user.mfa.factor.activate": "Activate factor or authenticator enrollment method for user", "user.mfa.factor.reset_all": "Reset all factors for user",
    "user.mfa.factor.deactivate": "Reset factor or authenticator enrollment method for user", "user.account.update_password": "User update password for Okta", "user.account.reset_password": "User reset password for Okta (by admin)",
    "user.account.lock": "Max sign in attempts exceeded", "user.account.unlock": "Unlock user account", "user.lifecycle.create": "Create okta user", "user.lifecycle.activate": "Activate Okta user",
    "user.lifecycle.deactivate": "Deactivate Okta user", "group.user_membership.add": "Add user to group membership", "application.user_membership.add": "Add user to application membership",
    "user.session.clear": "Clear user session", "user.session.access_admin_app": "User accessing Okta admin app", "user.mfa.okta_verify.deny_push": "User rejected Okta push verify",
}
_FACTORS = {"push": "OKTA_VERIFY_PUSH", "code": "TOKEN_SOFTWARE_TOTP", "key": "FIDO_WEBAUTHN_FACTOR", "text": "SMS_FACTOR", "password": "PASSWORD_AS_FACTOR"}


def _id(firm: Firm, prefix: str, *what: str) -> str:
    return prefix + ids.letters(Random(f"{firm.seed}/okta/{'/'.join(what)}"), 17)


def person(firm: Firm, who: Employee) -> dict[str, Any]:
    """A person as actor or target."""
    return {"id": _id(firm, "00u", "user", who.login), "type": "User", "alternateId": upn(firm, who), "displayName": spoken(who)}


def thing(firm: Firm, kind: str, name: str) -> dict[str, Any]:
    """An application, a group or a policy as target."""
    return {"id": _id(firm, "0oa", kind, name), "type": kind, "alternateId": name, "displayName": name}


def event(
    firm: Firm, rng: Random, at: float, kind: str, who: Employee, address: str, device: Device, targets: Sequence[Mapping[str, Any]] = (), *, failed: str = "", factor: str = "", session: str = "", debug: Mapping[str, Any] | None = None,
) -> Line:
    """One event. `failed` is the reason where it failed; `factor` what was asked for."""
    uid = ids.uuid4(rng)
    data: dict[str, Any] = {"requestId": ids.letters(rng, 27), "requestUri": "/idp/idx/challenge/answer", "threatSuspected": "false", "dtHash": ids.hexes(Random(f"{firm.seed}/{device.agent}/{who.login}"), 64), **(debug or {})}
    if factor:
        data["factor"] = _FACTORS[factor]
    record = {
        "uuid": uid, "published": stamp(at), "eventType": kind, "version": "0", "severity": "WARN" if failed else "INFO", "displayMessage": _SAID.get(kind, kind), "actor": person(firm, who),
        "client": {"userAgent": {"rawUserAgent": device.agent, "os": device.system, "browser": device.browser.split(" ")[0].upper()}, "zone": "null", "device": "Computer" if device.managed else "Mobile", "ipAddress": address},
        "authenticationContext": {"authenticationStep": 0, "externalSessionId": session or f"idx{ids.letters(rng, 22)}", "credentialType": None},
        "outcome": {"result": "FAILURE", "reason": failed} if failed else {"result": "SUCCESS", "reason": None},
        "debugContext": {"debugData": data}, "legacyEventType": kind, "transaction": {"type": "WEB", "id": data["requestId"], "detail": {}}, "securityContext": {"isProxy": False},
        "request": {"ipChain": [{"ip": address, "version": "V4"}]}, "target": [dict(t) for t in targets],
    }
    return Line(at, "okta", uid, record)


def session(firm: Firm, rng: Random, at: float, who: Employee, address: str, device: Device, factor: str, apps: Sequence[str], behaviours: str = "New Device=NEGATIVE, New IP=NEGATIVE") -> tuple[Line, ...]:
    """Somebody signs in, is asked for the second factor, and opens applications one after the other."""
    name = f"idx{ids.letters(rng, 22)}"
    told = {"behaviors": "{" + behaviours + "}", "risk": "{level=LOW}"}
    dashboard = thing(firm, "AppInstance", "Okta Dashboard")
    lines = [
        event(firm, rng, at, "policy.evaluate_sign_on", who, address, device, [thing(firm, "PolicyEntity", "Everybody"), dashboard], session=name, debug=told),
        event(firm, rng, at + 6, "user.authentication.auth_via_mfa", who, address, device, [person(firm, who)], factor=factor, session=name),
        event(firm, rng, at + 6.2, "user.session.start", who, address, device, [dashboard], session=name, debug=told),
    ]
    for app in apps:
        at += rng.uniform(8, 1500)
        lines.append(event(firm, rng, at + 8, "user.authentication.sso", who, address, device, [thing(firm, "AppInstance", app), {"id": _id(firm, "0ua", app, who.login), "type": "AppUser", "alternateId": upn(firm, who), "displayName": spoken(who)}], session=name))
    return tuple(lines)
