"""An exercise in its folder: the desk as it was laid out, and what was done at it, so that one can leave and come back."""

from __future__ import annotations

from pathlib import Path

import msgspec

from vidocq.errors import UsageError
from vidocq.simulation.exercise import Desk, Done
from vidocq.simulation.scoring import Result

DESK, DONE, RESULT = "desk.json", "done.json", "result.json"


def keep_desk(folder: Path, desk: Desk) -> None:
    (folder / DESK).write_bytes(msgspec.json.encode(desk))


def keep(folder: Path, done: Done) -> None:
    """What was done so far; an older state is replaced only by a whole one."""
    part = folder / f".{DONE}"
    part.write_bytes(msgspec.json.encode(done))
    part.replace(folder / DONE)


def keep_result(folder: Path, result: Result) -> None:
    (folder / RESULT).write_bytes(msgspec.json.format(msgspec.json.encode(result), indent=1) + b"\n")


def there(folder: Path) -> bool:
    return (folder / DESK).is_file()


def take_up(folder: Path) -> tuple[Desk, Done]:
    """The desk, and what was done at it. Raises UsageError for files that are none of ours."""
    try:
        desk = msgspec.json.decode((folder / DESK).read_bytes(), type=Desk)
        done = msgspec.json.decode((folder / DONE).read_bytes(), type=Done) if (folder / DONE).is_file() else Done()
    except (msgspec.DecodeError, msgspec.ValidationError) as e:
        raise UsageError(str(folder), f"the exercise there cannot be read ({e})", "name another folder, or delete this one") from e
    return desk, done
