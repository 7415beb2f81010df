"""Identifiers in the forms that each log gives them, drawn from a source of chance."""

from __future__ import annotations

import hashlib
import uuid
from random import Random

_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_UPPER = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def uuid4(rng: Random) -> str:
    """A random UUID."""
    return str(uuid.UUID(int=rng.getrandbits(128), version=4))


def hexes(rng: Random, length: int) -> str:
    """Hexadecimal digits."""
    return f"{rng.getrandbits(4 * length):0{length}x}"


def zeek(rng: Random, prefix: str = "C") -> str:
    """A connection's (C) or a file's (F) identifier as Zeek writes it."""
    return prefix + "".join(rng.choices(_BASE62, k=17))


def aws(rng: Random, prefix: str) -> str:
    """An IAM identifier: AKIA, ASIA (keys), AIDA (users), AROA (roles)."""
    return prefix + "".join(rng.choices(_BASE32, k=16 if prefix in ("AKIA", "ASIA") else 17))


def s3_request(rng: Random) -> str:
    """A request's identifier as S3 writes it."""
    return "".join(rng.choices(_UPPER, k=16))


def letters(rng: Random, length: int, of: str = _BASE62) -> str:
    """Characters of an alphabet."""
    return "".join(rng.choices(of, k=length))


def of_text(line: str) -> str:
    """How evidence is named whose format gives it no name: by a digest of the line."""
    return "sha256:" + hashlib.sha256(line.encode()).hexdigest()[:16]
