"""The directory's daily work: the service desk resets passwords and factors, people join and leave, groups change, applications are let in, telephones are replaced."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from vidocq.simulation import entra, office, okta
from vidocq.simulation.clock import HOUR, MINUTE, is_workday, midnight, office_times
from vidocq.simulation.firm import Employee, Firm
from vidocq.simulation.line import Line, Part
from vidocq.simulation.tenant import desk, employee, factor, movers, phone, spell_at, upn

_GROUPS = ("All Company", "Sales Europe", "Finance Reports", "Warehouse Rota", "Licences E3", "VPN Users", "Projects 2025", "Marketing Assets")
_SMALL = ("Meeting Polls", "Room Planner", "Whiteboard", "Team Calendar", "Diagram Maker")
_LARGE = (("Expense Scanner", "User.Read openid profile email offline_access"), ("Signature Manager", "User.Read Mail.ReadWrite MailboxSettings.ReadWrite"), ("Contract Vault", "User.Read Files.ReadWrite.All Sites.Read.All"))
"""Applications that an administrator lets in for everybody, with what they ask for."""


def _here(firm: Firm, who: Employee, at: float) -> str:
    spell = spell_at(firm, who, at)
    return spell.address if spell else who.home


def _at_work(firm: Firm, rng: Random, day: int) -> list[Employee]:
    return [e for e in firm.staff if spell_at(firm, e, midnight(day) + 10.5 * HOUR)]


def _forgotten(firm: Firm, rng: Random, at: float, helper: Employee, who: Employee) -> Iterator[Line]:
    """A password is forgotten or expired: some tries, a call to the desk, a new password, a sign-in from the usual place."""
    device, place = desk(firm, who), _here(firm, who, at)
    for n in range(rng.randint(2, 6)):
        then = at - (20 - 3 * n) * MINUTE + rng.uniform(0, 60)
        code = 50053 if n > 4 else 50055 if n == 0 and rng.random() < 0.3 else 50126
        yield entra.sign_in(firm, rng, then, who, place, device, entra.HOME, code=code, factor=None)
        yield office.entry(firm, rng, then, who, place, device.agent, entra.HOME.id, code)
    yield entra.audit(firm, rng, at, helper, _here(firm, helper, at), "Reset user password", [entra.user_target(firm, who)])
    yield entra.audit(firm, rng, at + 0.2, helper, _here(firm, helper, at), "Update PasswordProfile", [entra.user_target(firm, who, ForceChangePassword=(None, [True]))])
    back = at + rng.uniform(2, 12) * MINUTE
    yield entra.audit(firm, rng, back, who, place, "Change user password", [entra.user_target(firm, who)])
    yield entra.sign_in(firm, rng, back + 9, who, place, device, entra.HOME, factor=factor(firm, who))


def _new_phone(firm: Firm, rng: Random, at: float, helper: Employee, who: Employee) -> Iterator[Line]:
    """A telephone is lost or new: the desk takes the old factors away, the owner registers the new one from the usual place."""
    place, device = _here(firm, who, at), desk(firm, who)
    yield entra.sign_in(firm, rng, at - 9 * MINUTE, who, place, device, entra.HOME, code=500121, factor="push")
    yield entra.audit(firm, rng, at, helper, _here(firm, helper, at), "Admin deleted security info", [entra.user_target(firm, who)], service="Authentication Methods", reason="Admin deleted Authenticator App with push notification")
    yield okta.event(firm, rng, at + 90, "user.mfa.factor.reset_all", helper, _here(firm, helper, at), desk(firm, helper), [okta.person(firm, who)])
    again = at + rng.uniform(3, 25) * MINUTE
    yield entra.sign_in(firm, rng, again, who, place, device, entra.SECURITY_INFO, factor="text")
    yield entra.registered(firm, rng, again + 80, who, place)
    yield okta.event(firm, rng, again + 300, "user.mfa.factor.activate", who, place, device, [okta.person(firm, who)], factor="push")
    mobile = phone(firm, who)
    yield entra.sign_in(firm, rng, again + 20 * MINUTE, who, place, mobile, entra.OUTLOOK_MOBILE, factor="push")


def _joins(firm: Firm, rng: Random, at: float, by: Employee, who: Employee) -> Iterator[Line]:
    """An account, groups and licences; then the newcomer's first sign-in and factor, from the office."""
    place = _here(firm, by, at)
    yield entra.audit(firm, rng, at, by, place, "Add user", [entra.user_target(firm, who, AccountEnabled=(None, [True]), UserPrincipalName=(None, [upn(firm, who)]))])
    for n, group in enumerate(rng.sample(_GROUPS, 3)):
        yield entra.audit(firm, rng, at + 20 + 15 * n, by, place, "Add member to group", [entra.user_target(firm, who, Group__DisplayName=(None, group)), entra.other_target(firm, "Group", group)], category="GroupManagement")
    yield entra.audit(firm, rng, at + 90, by, place, "Change user license", [entra.user_target(firm, who)])
    for n, kind in enumerate(("user.lifecycle.create", "user.lifecycle.activate", "group.user_membership.add")):
        yield okta.event(firm, rng, at + 200 + 20 * n, kind, by, place, desk(firm, by), [okta.person(firm, who)])
    first = at + rng.uniform(0.5, 1.5) * HOUR
    yield entra.sign_in(firm, rng, first, who, firm.office, desk(firm, who), entra.HOME, factor=None)
    yield entra.registered(firm, rng, first + 240, who, firm.office)
    yield okta.event(firm, rng, first + 900, "user.mfa.factor.activate", who, firm.office, desk(firm, who), [okta.person(firm, who)], factor="push")


def _leaves(firm: Firm, rng: Random, at: float, by: Employee, who: Employee) -> Iterator[Line]:
    """The account is closed in the evening; the telephone asks on for a while and is refused."""
    place = _here(firm, by, at)
    yield entra.audit(firm, rng, at, by, place, "Disable account", [entra.user_target(firm, who, AccountEnabled=([True], [False]))])
    for n, group in enumerate(rng.sample(_GROUPS, 3)):
        yield entra.audit(firm, rng, at + 30 + 10 * n, by, place, "Remove member from group", [entra.user_target(firm, who), entra.other_target(firm, "Group", group)], category="GroupManagement")
    yield okta.event(firm, rng, at + 120, "user.lifecycle.deactivate", by, place, desk(firm, by), [okta.person(firm, who)])
    yield office.admin(firm, rng, at + 400, by, place, "Set-Mailbox", who.login, {"Type": "Shared"})
    for n in range(rng.randint(2, 7)):
        yield entra.sign_in(firm, rng, at + (n + 1) * rng.uniform(900, 2400), who, who.home, phone(firm, who), entra.OUTLOOK_MOBILE, code=50057, factor=None, interactive=False)


def _applications(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    """People let in small things that read their name; about each fortnight an administrator lets a larger one in for everybody."""
    for at in office_times(rng, day, len(firm.staff) / 70):
        who = rng.choice(firm.staff)
        if spell := spell_at(firm, who, at):
            yield from entra.consent(firm, rng, at, who, spell.address, rng.choice(_SMALL), "User.Read openid profile", everybody=False)
    admin = employee(firm, "admin")
    at = midnight(day) + rng.uniform(9.5, 16) * HOUR
    if day % 14 == 8 and (spell := spell_at(firm, admin, at)):
        app, scopes = _LARGE[day // 14 % len(_LARGE)]
        yield entra.sign_in(firm, rng, at - 300, admin, spell.address, desk(firm, admin), entra.PORTAL, factor=factor(firm, admin))
        yield from entra.consent(firm, rng, at, admin, spell.address, app, scopes, everybody=True)


def tell(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    if not is_workday(day):
        return
    helper, admin, many = employee(firm, "desk"), employee(firm, "admin"), len(firm.staff)
    there = _at_work(firm, rng, day)
    for at in office_times(rng, day, 0.4 + many / 60):
        yield from _forgotten(firm, rng, at, helper, rng.choice(there or list(firm.staff)))
    for at in office_times(rng, day, 0.15 + many / 150):
        yield from _new_phone(firm, rng, at, helper, rng.choice(there or list(firm.staff)))
    for at in office_times(rng, day, 0.5 + many / 40):
        by, who, group = rng.choice((helper, admin)), rng.choice(firm.staff), rng.choice(_GROUPS)
        yield entra.audit(firm, rng, at, by, _here(firm, by, at), rng.choice(("Add member to group", "Add member to group", "Remove member from group")), [entra.user_target(firm, who, Group__DisplayName=(None, group)), entra.other_target(firm, "Group", group)], category="GroupManagement")
    for mover in movers(firm, day):
        if mover.joins == day:
            yield from _joins(firm, rng, midnight(day) + rng.uniform(7.5, 8.5) * HOUR, helper, mover.who)
        elif mover.leaves == day:
            yield from _leaves(firm, rng, midnight(day) + rng.uniform(16.5, 18) * HOUR, helper, mover.who)
    yield from _applications(firm, rng, day)


PART = Part("identity", tell)
