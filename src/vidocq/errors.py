"""Four errors at the edge. Each says where, what, and what to do; its exit status never changes.

Faults in data are rows in quarantine, not exceptions.
"""

from __future__ import annotations

from typing import ClassVar


class VidocqError(Exception):
    """Something the person at the keyboard can mend."""

    status: ClassVar[int] = 1

    def __init__(self, at: str, problem: str, cure: str) -> None:
        super().__init__(f"{at}: {problem}. {cure[:1].upper()}{cure[1:]}.")
        self.at, self.problem, self.cure = at, problem, cure


class UsageError(VidocqError):
    """The call itself is wrong: a missing file, an unknown id."""

    status = 2


class InputError(VidocqError):
    """Nothing in the inputs could be read."""

    status = 3


class StoreError(VidocqError):
    """The store refused: not ours, of another version, or used by another process."""

    status = 4


class CatalogueError(VidocqError):
    """A content unit contradicts itself or names something that does not exist."""

    status = 5


class ReplayError(VidocqError):
    """A ledger does not lead to the verdicts that stand beside it, or was made with another catalogue."""

    status = 6
