"""Mailboxes in use: mail read at the desk and on the telephone, answered, filed and thrown away; rules that file newsletters; an assistant who reads for somebody else; a letter to many."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from vidocq.simulation import office
from vidocq.simulation.clock import HOUR, every, is_workday, midnight
from vidocq.simulation.firm import Employee, Firm
from vidocq.simulation.line import Line, Part
from vidocq.simulation.tenant import Spell, carrier, newcomers, phone, spell_at, spells, times, upn

_WORDS = ("Invoice", "Offer", "Minutes", "Delivery dates", "Holiday plan", "Order", "Contract draft", "Price list", "Question about the label", "Payment reminder", "Rota", "Travel costs", "Newsletter", "Welcome")
_FILED = (("Newsletters", "From", "newsletter@"), ("Build notices", "From", "notifications@"), ("Invoices 2025", "SubjectContainsWords", "invoice"), ("Customers", "FromAddressContainsWords", "customer"), ("Reports", "SubjectContainsWords", "weekly report"))


def _at_the_desk(firm: Firm, rng: Random, who: Employee, spell: Spell) -> Iterator[Line]:
    for at in times(rng, spell, 9):
        client, app = (office.WEB, "") if rng.random() < 0.3 else (office.OUTLOOK, "")
        yield office.read(firm, rng, at, who, spell.address, client, rng.randint(1, 9), app=app)
        if rng.random() < 0.45:
            yield office.item(firm, rng, at + rng.uniform(60, 400), who, spell.address, client, "Send", office.subjects(rng, _WORDS), "Sent Items")
        if rng.random() < 0.3:
            yield office.item(firm, rng, at + rng.uniform(5, 60), who, spell.address, client, rng.choice(("MoveToDeletedItems", "SoftDelete", "Move")), office.subjects(rng, _WORDS))
    if rng.random() < 0.5:
        # The mail program brings whole folders to the machine when it starts.
        yield office.read(firm, rng, spell.start + rng.uniform(60, 900), who, spell.address, office.OUTLOOK, rng.randint(1, 4), sync=True)


def _on_the_phone(firm: Firm, rng: Random, who: Employee, day: int) -> Iterator[Line]:
    for at in every(rng, midnight(day) + rng.uniform(6.5, 9) * HOUR, midnight(day) + 22 * HOUR, 3 * HOUR if is_workday(day) else 6 * HOUR, 0.6):
        place = who.home if rng.random() < 0.5 else carrier(firm, who, day)
        yield office.read(firm, rng, at, who, place, phone(firm, who).app if rng.random() < 0.2 else office.PHONE, rng.randint(1, 5))


def _filing(firm: Firm, rng: Random, who: Employee, spell: Spell) -> Iterator[Line]:
    """A rule that puts newsletters, notices or invoices into a folder of its owner's own."""
    folder, what, words = rng.choice(_FILED)
    given = {what: words + (firm.domain if words.endswith("@") else ""), "MoveToFolder": folder} | ({"MarkAsRead": "True"} if rng.random() < 0.3 else {})
    yield office.rule(firm, rng, rng.uniform(spell.start, spell.end), who, spell.address, folder, **given)


def _round_letter(firm: Firm, rng: Random, who: Employee, spell: Spell) -> Iterator[Line]:
    """Somebody of marketing writes to many customers one by one."""
    at = rng.uniform(spell.start, max(spell.start, spell.end - HOUR))
    for _ in range(rng.randint(20, 60)):
        at += rng.uniform(8, 60)
        yield office.item(firm, rng, at, who, spell.address, office.OUTLOOK, "Send", "Spring catalogue", "Sent Items")


def _answering_machine(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    """The desk lets a colleague who covers for somebody into the mailbox."""
    helper = next(e for e in firm.staff if e.login == firm.person("desk").name)
    at = midnight(day) + rng.uniform(9.5, 16) * HOUR
    if spell := spell_at(firm, helper, at):
        one, two = rng.sample(firm.staff, 2)
        yield office.admin(firm, rng, at, helper, spell.address, "Add-MailboxPermission", upn(firm, one), {"User": upn(firm, two), "AccessRights": "FullAccess", "InheritanceType": "All"})
        yield office.admin(firm, rng, at + 30, helper, spell.address, "Set-MailboxAutoReplyConfiguration", upn(firm, one), {"AutoReplyState": "Scheduled"})


def tell(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    for who in (*firm.staff, *newcomers(firm, day)):
        for spell in spells(firm, who, day):
            yield from _at_the_desk(firm, rng, who, spell)
            if rng.random() < 0.02:
                yield from _filing(firm, rng, who, spell)
            if who.department == "marketing" and rng.random() < 0.1:
                yield from _round_letter(firm, rng, who, spell)
        yield from _on_the_phone(firm, rng, who, day)
    if is_workday(day) and rng.random() < 0.1 + len(firm.staff) / 400:
        yield from _answering_machine(firm, rng, day)


PART = Part("mail", tell)
