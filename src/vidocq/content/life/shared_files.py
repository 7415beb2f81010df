"""Files of teams and people: opened, changed, synchronised to a machine, shared with colleagues, with customers, with whoever has the link; now and then a whole folder is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from vidocq.simulation import office
from vidocq.simulation.firm import Employee, Firm
from vidocq.simulation.line import Line, Part
from vidocq.simulation.tenant import Spell, desk, newcomers, spells, times, upn

_NAMES = ("plan", "budget", "offer", "minutes", "prices", "rota", "drawing", "catalogue", "contract", "figures", "list", "photo")
_ENDS = ("xlsx", "docx", "pptx", "pdf", "docx", "xlsx", "jpg")


def _path(firm: Firm, rng: Random, who: Employee) -> tuple[str, str]:
    place = office.site(firm, who) if rng.random() < 0.4 else office.site(firm, who.department)
    return place, f"Shared Documents/{rng.choice(('2024', '2025', 'Old', 'Drafts'))}/{rng.choice(_NAMES)}-{rng.randrange(40)}.{rng.choice(_ENDS)}"


def _work(firm: Firm, rng: Random, who: Employee, spell: Spell) -> Iterator[Line]:
    device = desk(firm, who)
    for at in times(rng, spell, 10):
        place, path = _path(firm, rng, who)
        operation = rng.choice(("FileAccessed", "FileAccessed", "FilePreviewed", "FileModified", "FileModified", "FileUploaded", "FileDownloaded", "FileSyncUploadedFull", "FileSyncDownloadedFull"))
        yield office.file(firm, rng, at, who, spell.address, device, operation, place, path, sync="Sync" in operation)
    for at in times(rng, spell, 0.35):
        place, path = _path(firm, rng, who)
        kind = rng.random()
        if kind < 0.6:
            yield office.share(firm, rng, at, who, spell.address, device, "AddedToSecureLink", place, path, upn(firm, rng.choice(firm.staff)))
        elif kind < 0.85:
            partner = f"{rng.choice(('orders', 'sales', 'office'))}@{Random(f'{firm.seed}/customer/{who.login}/{rng.randrange(3)}').choice(firm.sites).domain}"
            yield office.share(firm, rng, at, who, spell.address, device, "SharingInvitationCreated", place, path, partner)
        else:
            yield office.share(firm, rng, at, who, spell.address, device, "AnonymousLinkCreated", place, path)


def _whole_folder(firm: Firm, rng: Random, who: Employee, spell: Spell) -> Iterator[Line]:
    """A new machine, or a folder that is to be there on the train: some hundred files in a few minutes, by the program that synchronises."""
    place, at = office.site(firm, who), rng.uniform(spell.start, spell.end)
    for n in range(rng.randint(60, 260)):
        at += rng.uniform(0.2, 4)
        yield office.file(firm, rng, at, who, spell.address, desk(firm, who), "FileSyncDownloadedFull", place, f"Documents/{_NAMES[n % len(_NAMES)]}-{n}.{_ENDS[n % len(_ENDS)]}", sync=True)


def tell(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    for who in (*firm.staff, *newcomers(firm, day)):
        for spell in spells(firm, who, day):
            yield from _work(firm, rng, who, spell)
            if rng.random() < 0.01:
                yield from _whole_folder(firm, rng, who, spell)


PART = Part("mail", tell)
