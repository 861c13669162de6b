"""A secret in shares: any two of them give it back, one alone says nothing (Shamir's scheme over GF(2^128), as the program ssss writes it)."""

from __future__ import annotations

import os
from collections.abc import Sequence

NEEDED = 2
SECRET_BYTES = 16


def new_secret() -> bytes:
    """A fresh 16-byte secret."""
    return os.urandom(SECRET_BYTES)


def deal_shares(secret: bytes, holders: int) -> list[bytes]:
    """Fresh shares of a 16-byte secret, 17 bytes each; shares of another dealing do not meet with them. At most 255 holders."""
    from Cryptodome.Protocol.SecretSharing import Shamir

    if len(secret) != SECRET_BYTES or not NEEDED <= holders <= 255:
        raise ValueError(f"a secret of {len(secret)} bytes cannot be dealt to {holders}")
    return [bytes([number]) + share for number, share in Shamir.split(NEEDED, holders, secret, ssss=True)]


def combine_shares(shares: Sequence[bytes]) -> bytes:
    """The secret behind two shares. Shares that were not dealt together give another secret: what it opens must notice.

    Raises:
        ValueError: not two different shares.
    """
    from Cryptodome.Protocol.SecretSharing import Shamir

    if len(shares) != NEEDED or len({share[:1] for share in shares}) != NEEDED:
        raise ValueError("two different shares are needed")
    return bytes(Shamir.combine([(share[0], share[1:]) for share in shares], ssss=True))
